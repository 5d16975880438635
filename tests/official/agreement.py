"""Where a GraphQL schema says something that GitHub's does not."""

from collections.abc import Iterator

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    is_required_argument,
    is_required_input_field,
    print_ast,
)

Composite = GraphQLObjectType | GraphQLInterfaceType


def disagreements(subset: GraphQLSchema, official: GraphQLSchema) -> list[str]:
    """One sentence for each type, field, argument, value or nullability that is not the official one."""
    found: list[str] = []
    for name, ours in subset.type_map.items():
        if name.startswith("__"):
            continue
        theirs = official.type_map.get(name)
        if theirs is None or type(theirs) is not type(ours):
            found.append(f"{name}: officially {_kind(theirs)}, here {_kind(ours)}")
        else:
            found += _compare(ours, theirs)
    return found


def _kind(named: GraphQLNamedType | None) -> str:
    return type(named).__name__.removeprefix("GraphQL") if named else "nothing"


def _compare(ours: GraphQLNamedType, theirs: GraphQLNamedType) -> Iterator[str]:
    if isinstance(ours, Composite) and isinstance(theirs, Composite):
        yield from _extra(ours.name, {i.name for i in ours.interfaces}, {i.name for i in theirs.interfaces})
        yield from _fields(ours, theirs)
    elif isinstance(ours, GraphQLUnionType) and isinstance(theirs, GraphQLUnionType):
        yield from _extra(ours.name, {t.name for t in ours.types}, {t.name for t in theirs.types})
    elif isinstance(ours, GraphQLEnumType) and isinstance(theirs, GraphQLEnumType):
        yield from _extra(ours.name, set(ours.values), set(theirs.values))
        yield from (f"{ours.name}: {v} is missing" for v in sorted(set(theirs.values) - set(ours.values)))
    elif isinstance(ours, GraphQLInputObjectType) and isinstance(theirs, GraphQLInputObjectType):
        yield from _inputs(ours, theirs)


def _extra(name: str, ours: set[str], theirs: set[str]) -> Iterator[str]:
    yield from (f"{name}: {word} is not official" for word in sorted(ours - theirs))


def _fields(ours: Composite, theirs: Composite) -> Iterator[str]:
    yield from _extra(ours.name, set(ours.fields), set(theirs.fields))
    for name in ours.fields.keys() & theirs.fields.keys():
        yield from _field(f"{ours.name}.{name}", ours.fields[name], theirs.fields[name])


def _field(where: str, ours: GraphQLField, theirs: GraphQLField) -> Iterator[str]:
    yield from _same(where, ours.type, theirs.type)
    yield from _extra(where, set(ours.args), set(theirs.args))
    for name, argument in theirs.args.items():
        if name in ours.args:
            yield from _same(f"{where}({name})", ours.args[name].type, argument.type)
            yield from _same(f"{where}({name}) default", _default(ours.args[name]), _default(argument))
        elif is_required_argument(argument):
            yield f"{where}: the required argument {name} is missing"


def _default(argument: GraphQLArgument) -> str:
    """As written: graphql-core 3.2 and 3.3 keep the value under different names."""
    node = argument.ast_node
    return print_ast(node.default_value) if node and node.default_value else "none"


def _inputs(ours: GraphQLInputObjectType, theirs: GraphQLInputObjectType) -> Iterator[str]:
    yield from _extra(ours.name, set(ours.fields), set(theirs.fields))
    for name, wanted in theirs.fields.items():
        if name in ours.fields:
            yield from _same(f"{ours.name}.{name}", ours.fields[name].type, wanted.type)
        elif is_required_input_field(wanted):
            yield f"{ours.name}: the required field {name} is missing"


def _same(where: str, ours: object, theirs: object) -> Iterator[str]:
    if str(ours) != str(theirs):
        yield f"{where}: officially {theirs}, here {ours}"
