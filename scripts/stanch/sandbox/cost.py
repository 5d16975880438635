"""What a query costs by GitHub's published formula, and the limits that GitHub sets before it runs one.

Each connection is one request for each node that its parents can have; the sum over 100, rounded, is the
points (a half is rounded up), at least one. Source: docs.github.com/graphql/overview/rate-limits-and-query-limits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

MAX_NODES = 500_000
MAX_PAGE = 100
PAGING = ("first", "last")


@dataclass(frozen=True)
class Cost:
    """`points` of the hourly limit, and the most `nodes` that the query can bring."""

    points: int
    nodes: int


class OverLimit(Exception):
    """A query that GitHub refuses before it runs it."""

    def __init__(self, kind: str, message: str, path: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.kind, self.path = kind, path

    def shown(self) -> dict[str, object]:
        place: dict[str, object] = {"path": list(self.path)} if self.path else {}
        return {"type": self.kind, **place, "message": str(self)}


_MOST = 1024
"""Documents whose cost is remembered."""

_sizes: dict[str, tuple[str, ...]] = {}
_known: dict[tuple[str, tuple[object, ...]], Cost] = {}


def cost(schema: GraphQLSchema, document: DocumentNode, text: str, variables: Mapping[str, Any]) -> Cost:
    """The cost of a valid document; raises OverLimit. Counted once for a text and its page sizes."""
    if text in _sizes:
        known = _known.get((text, tuple(variables.get(name) for name in _sizes[text])))
        if known:
            return known
    if len(_known) >= _MOST:
        _known.clear()
        _sizes.clear()
    counted, names = _count(schema, document, variables)
    _sizes[text] = names
    return _known.setdefault((text, tuple(variables.get(name) for name in names)), counted)


def _count(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> tuple[Cost, tuple[str, ...]]:
    """The cost, and the variables that say how big a page is."""
    fragments = {part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)}
    counter = _Counter(schema, variables, fragments)
    for part in document.definitions:
        if isinstance(part, OperationDefinitionNode):
            root = schema.get_root_type(part.operation)
            counter.walk(part.selection_set, root, 1, (part.operation.value,))
    if counter.nodes > MAX_NODES:
        said = f"This query requests up to {counter.nodes:,} possible nodes which exceeds the maximum limit of"
        raise OverLimit("MAX_NODE_LIMIT_EXCEEDED", f"{said} {MAX_NODES:,}.")
    return Cost(max(1, (counter.requests + 50) // 100), counter.nodes), tuple(sorted(counter.sizes))


@dataclass
class _Counter:
    schema: GraphQLSchema
    variables: Mapping[str, Any]
    fragments: Mapping[str, FragmentDefinitionNode]
    requests: int = 0
    nodes: int = 0
    sizes: set[str] = field(default_factory=set)

    def walk(
        self, chosen: SelectionSetNode | None, parent: GraphQLNamedType | None, parents: int, path: tuple[str, ...]
    ) -> None:
        """Count the connections below a selection, of which there can be `parents`."""
        for node, owner in self._fields(chosen, parent):
            definition = getattr(owner, "fields", {}).get(node.name.value)
            if definition is None:
                continue
            here = (*path, node.alias.value if node.alias else node.name.value)
            below = parents
            named = get_named_type(definition.type)
            if named.name.endswith("Connection"):
                below = parents * self._page(node, definition, here)
                self.requests += parents
                self.nodes += below
            self.walk(node.selection_set, named, below, here)

    def _fields(
        self, chosen: SelectionSetNode | None, parent: GraphQLNamedType | None
    ) -> Iterator[tuple[FieldNode, GraphQLNamedType | None]]:
        for node in chosen.selections if chosen else ():
            if isinstance(node, FieldNode):
                yield node, parent
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                yield from self._fields(
                    fragment.selection_set, self.schema.type_map[fragment.type_condition.name.value]
                )
            elif isinstance(node, InlineFragmentNode):
                on = node.type_condition
                yield from self._fields(node.selection_set, self.schema.type_map[on.name.value] if on else parent)

    def _page(self, node: FieldNode, definition: GraphQLField, path: tuple[str, ...]) -> int:
        """How many nodes a connection asks for; 1 to 100, and it must say."""
        name = node.name.value
        if "first" not in definition.args:
            return MAX_PAGE
        asked = {arg.name.value: self._value(arg.value) for arg in node.arguments or () if arg.name.value in PAGING}
        for which, size in asked.items():
            if size is not None and not 1 <= size <= MAX_PAGE:
                said = (
                    f"Requesting {size} records on the `{name}` connection exceeds the `{which}` limit of 100 records."
                )
                raise OverLimit("EXCESSIVE_PAGINATION", said, path)
        sizes = [size for size in asked.values() if size is not None]
        if not sizes:
            said = f"You must provide a `first` or `last` value to properly paginate the `{name}` connection."
            raise OverLimit("MISSING_PAGINATION_BOUNDARIES", said, path)
        return sizes[0]

    def _value(self, node: object) -> int | None:
        if isinstance(node, IntValueNode):
            return int(node.value)
        if not isinstance(node, VariableNode):
            return None
        self.sizes.add(node.name.value)
        found = self.variables.get(node.name.value)
        return found if isinstance(found, int) else None
