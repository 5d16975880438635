"""Cut GitHub's public GraphQL schema down to what documents touch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    InlineFragmentNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    Node,
    NonNullTypeNode,
    ObjectFieldNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    UnionTypeDefinitionNode,
    Visitor,
    get_named_type,
    parse,
    print_ast,
    visit,
)

PAGING = frozenset({"first", "last", "after", "before"})
"""Arguments that every kept connection keeps, so that a server can enforce GitHub's page limits."""

Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode
Definition = (
    ObjectTypeDefinitionNode
    | InterfaceTypeDefinitionNode
    | UnionTypeDefinitionNode
    | EnumTypeDefinitionNode
    | InputObjectTypeDefinitionNode
    | ScalarTypeDefinitionNode
)


@dataclass
class Touched:
    """What documents use: fields with their arguments by type, and input fields by input type."""

    fields: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(dict))
    inputs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    types: set[str] = field(default_factory=set)

    def add(self, type_name: str, field_name: str, arguments: Iterable[str] = ()) -> None:
        """Note one field of a type and the arguments it is given."""
        self.fields[type_name].setdefault(field_name, set()).update(arguments)


class _Reader(Visitor):
    """Notes every field, argument, input field and type condition of a document."""

    def __init__(self, info: TypeInfo, touched: Touched) -> None:
        super().__init__()
        self.info, self.touched = info, touched

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self.info.get_parent_type()
        if parent and not node.name.value.startswith("__"):
            self.touched.add(parent.name, node.name.value, [a.name.value for a in node.arguments or ()])

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        parent = get_named_type(self.info.get_parent_input_type())
        if parent:
            self.touched.inputs[parent.name].add(node.name.value)

    def enter_inline_fragment(self, node: InlineFragmentNode, *_: object) -> None:
        self._condition(node.type_condition)

    def enter_fragment_definition(self, node: FragmentDefinitionNode, *_: object) -> None:
        self._condition(node.type_condition)

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        if (wanted := self.info.get_input_type()) is not None:
            self.touched.types.add(get_named_type(wanted).name)

    def _condition(self, node: NamedTypeNode | None) -> None:
        if node:
            self.touched.types.add(node.name.value)


def touched_by(schema: GraphQLSchema, documents: Iterable[str], extra: Iterable[str]) -> Touched:
    """What the documents use of the schema, with the `Type.field` names of `extra` on top."""
    touched = Touched()
    info = TypeInfo(schema)
    for document in documents:
        visit(parse(document), TypeInfoVisitor(info, _Reader(info, touched)))
    for name in extra:
        type_name, _, field_name = name.partition(".")
        touched.add(type_name, field_name)
    return touched


def cut(sdl: str, touched: Touched) -> str:
    """The schema with only what is touched, what that needs to be executed, and no prose.

    Kept whole: enums. Kept always: required arguments and input fields, the page arguments of connections.
    """
    definitions = {d.name.value: d for d in parse(sdl).definitions if isinstance(d, Definition)}
    _spread_interfaces(definitions, touched)
    kept = _reachable(definitions, touched)
    parts = [_trim(definitions[name], touched, kept) for name in sorted(kept & definitions.keys())]
    return print_ast(DocumentNode(definitions=tuple(parts))) + "\n"


def _spread_interfaces(definitions: dict[str, Definition], touched: Touched) -> None:
    """Give each kept object the kept fields of the interfaces it implements, as a valid schema must."""
    for name in list(touched.fields):
        node = definitions[name]
        if isinstance(node, ObjectTypeDefinitionNode):
            for interface in node.interfaces or ():
                for wanted, arguments in dict(touched.fields.get(interface.name.value, {})).items():
                    touched.add(name, wanted, arguments)


def _reachable(definitions: dict[str, Definition], touched: Touched) -> set[str]:
    kept = set(touched.fields) | set(touched.inputs) | touched.types
    while True:
        more = {name for known in kept if known in definitions for name in _names(definitions[known], touched)}
        if more <= kept:
            return kept
        kept |= more


def _names(node: Definition, touched: Touched) -> Iterator[str]:
    """The names of the types that the kept part of a definition mentions."""
    if isinstance(node, Composite):
        for kept in _kept_fields(node, touched):
            yield _inner(kept.type)
            yield from (_inner(argument.type) for argument in kept.arguments or ())
    elif isinstance(node, InputObjectTypeDefinitionNode):
        yield from (_inner(kept.type) for kept in _kept_inputs(node, touched))


def _inner(node: Node) -> str:
    while not isinstance(node, NamedTypeNode):
        node = node.type  # type: ignore[attr-defined]  # only lists and non-nulls wrap a named type
    return node.name.value


def _kept_fields(node: Composite, touched: Touched) -> list[FieldDefinitionNode]:
    wanted = touched.fields.get(node.name.value, {})
    return [_bare_field(f, wanted[f.name.value]) for f in node.fields or () if f.name.value in wanted]


def _bare_field(node: FieldDefinitionNode, used: set[str]) -> FieldDefinitionNode:
    paging = PAGING if _inner(node.type).endswith("Connection") else frozenset()
    kept = [a for a in node.arguments or () if a.name.value in used | paging or _required(a)]
    return FieldDefinitionNode(
        name=node.name, type=node.type, directives=(), arguments=tuple(_bare_value(a) for a in kept)
    )


def _required(node: InputValueDefinitionNode) -> bool:
    return isinstance(node.type, NonNullTypeNode) and node.default_value is None


def _bare_value(node: InputValueDefinitionNode) -> InputValueDefinitionNode:
    return InputValueDefinitionNode(name=node.name, type=node.type, default_value=node.default_value, directives=())


def _kept_inputs(node: InputObjectTypeDefinitionNode, touched: Touched) -> list[InputValueDefinitionNode]:
    used = touched.inputs.get(node.name.value, set())
    return [_bare_value(f) for f in node.fields or () if f.name.value in used or _required(f)]


def _trim(node: Definition, touched: Touched, kept: set[str]) -> Definition:
    """One definition without descriptions, directives and whatever is not kept."""
    bare: dict[str, Any] = {"name": node.name, "directives": ()}
    if isinstance(node, Composite):
        bare["interfaces"] = tuple(i for i in node.interfaces or () if i.name.value in kept)
        bare["fields"] = tuple(_kept_fields(node, touched))
    elif isinstance(node, UnionTypeDefinitionNode):
        bare["types"] = tuple(t for t in node.types or () if t.name.value in kept)
    elif isinstance(node, InputObjectTypeDefinitionNode):
        bare["fields"] = tuple(_kept_inputs(node, touched))
    elif isinstance(node, EnumTypeDefinitionNode):
        bare["values"] = tuple(type(v)(name=v.name, directives=()) for v in node.values or ())
    return type(node)(**bare)
