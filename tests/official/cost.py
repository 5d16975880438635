"""What a GraphQL document costs, by the formulas that GitHub publishes.

Points: the requests that fill each connection once, all page limits reached, divided by 100 and rounded, at
least 1. Nodes: what those connections can return.
Source: docs.github.com, "Rate limits and query limits for the GraphQL API".
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    parse,
)

CONNECTION = "Connection"
TIMELINE = "IssueTimelineItemsConnection"


@dataclass(frozen=True)
class Connection:
    """One connection as it is asked for: its path of names, page size, and how often it must be filled."""

    path: tuple[str, ...]
    type_name: str
    size: int
    requests: int
    above: tuple[str, ...]

    @property
    def nodes(self) -> int:
        """Nodes that it can return in all."""
        return self.requests * self.size


@dataclass(frozen=True)
class _Place:
    """Where a selection stands: the connections above it and how many parents they make."""

    path: tuple[str, ...] = ()
    parents: int = 1
    above: tuple[str, ...] = ()


def points(schema: GraphQLSchema, document: str) -> int:
    """The published price of one request; a half is rounded up, as the dearer reading of "nearest"."""
    requests = sum(c.requests for c in connections(schema, document))
    return max(1, math.floor(requests / 100 + 0.5))


def nodes(schema: GraphQLSchema, document: str) -> int:
    """The nodes that one request can return; GitHub refuses more than 500,000."""
    return sum(c.nodes for c in connections(schema, document))


def connections(schema: GraphQLSchema, document: str) -> list[Connection]:
    """Every connection of the document, each alias and each use of a fragment for itself.

    Raises ValueError for a connection without a written page size, as GitHub does without any.
    """
    parsed = parse(document)
    fragments = {d.name.value: d for d in parsed.definitions if isinstance(d, FragmentDefinitionNode)}
    return list(_Walk(schema, fragments).document(parsed))


@dataclass(frozen=True)
class _Walk:
    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]

    def document(self, parsed: DocumentNode) -> Iterator[Connection]:
        for definition in parsed.definitions:
            if isinstance(definition, OperationDefinitionNode):
                root = self.schema.get_root_type(definition.operation)
                yield from self.selections(root, definition.selection_set, _Place())

    def selections(
        self, parent: GraphQLNamedType | None, chosen: SelectionSetNode | None, place: _Place
    ) -> Iterator[Connection]:
        for node in chosen.selections if chosen else ():
            if isinstance(node, FieldNode):
                yield from self.field(parent, node, place)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                inner = self.schema.get_type(fragment.type_condition.name.value)
                yield from self.selections(inner, fragment.selection_set, place)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = self.schema.get_type(condition.name.value) if condition else parent
                yield from self.selections(inner, node.selection_set, place)

    def field(self, parent: GraphQLNamedType | None, node: FieldNode, place: _Place) -> Iterator[Connection]:
        described = getattr(parent, "fields", {}).get(node.name.value)
        if described is None:
            return
        inner = get_named_type(described.type)
        path = (*place.path, (node.alias or node.name).value)
        below = _Place(path, place.parents, place.above)
        if inner.name.endswith(CONNECTION):
            size = _page(node, path)
            yield Connection(path, inner.name, size, place.parents, place.above)
            below = _Place(path, place.parents * size, (*place.above, inner.name))
        yield from self.selections(inner, node.selection_set, below)


def _page(node: FieldNode, path: tuple[str, ...]) -> int:
    for argument in node.arguments or ():
        if argument.name.value in ("first", "last") and isinstance(argument.value, IntValueNode):
            return int(argument.value.value)
    raise ValueError(f"{'.'.join(path)}: a connection without a written page size")
