"""The GraphQL side: GitHub's limits on a query, then graphql-core over a subset of GitHub's public schema.

graphql-core is imported when the first query comes: it belongs to an extra.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from stanch.sandbox.call import Answer
from stanch.sandbox.rights import Caller

if TYPE_CHECKING:
    from graphql import DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema

    from stanch.sandbox.cost import Cost
    from stanch.sandbox.world import World


@dataclass(frozen=True)
class Asked:
    """A GraphQL request. `problem` is set when it is none."""

    text: str = ""
    variables: Mapping[str, Any] | None = None
    operation: str | None = None
    problem: str = ""

    @classmethod
    def of(cls, body: bytes) -> "Asked":
        try:
            sent = json.loads(body)
        except ValueError:
            return cls(problem="Problems parsing JSON")
        if not isinstance(sent, dict) or not isinstance(sent.get("query"), str):
            return cls(problem="A query attribute must be specified and must be a string.")
        return cls(sent["query"], sent.get("variables") or {}, sent.get("operationName"))

    @property
    def is_query(self) -> bool:
        return not self.text.lstrip().startswith("mutation")

    @property
    def name(self) -> str:
        """The operation's name, under which it is counted."""
        words = self.text.split("{", 1)[0].split("(", 1)[0].split()
        return words[1] if len(words) > 1 else words[0] if words else "unknown"


@cache
def schema() -> "GraphQLSchema":
    """The subset, executable. Raises LookupError for a field that nothing here answers."""
    from graphql import build_schema

    from stanch.sandbox.bindings import bind

    sdl = files("stanch.sandbox").joinpath("github.graphql").read_text("utf-8")
    made = build_schema(sdl, assume_valid=True)
    bind(made)
    return made


@dataclass(frozen=True)
class _Prepared:
    document: "DocumentNode | None"
    errors: tuple["GraphQLError", ...]


@lru_cache(maxsize=512)
def _prepare(text: str) -> _Prepared:
    """Parsed and validated, once for each text."""
    from graphql import GraphQLSyntaxError, parse, validate

    try:
        document = parse(text, no_location=False)
    except GraphQLSyntaxError as error:
        return _Prepared(None, (error,))
    return _Prepared(document, tuple(validate(schema(), document)))


def answer(world: "World", caller: Caller, asked: Asked) -> Answer:
    """Carry out one GraphQL request: 200 with `data`, `errors` or both, as GitHub does."""
    from stanch.sandbox.cost import OverLimit, cost

    if asked.problem:
        return Answer(400, {"message": asked.problem, "documentation_url": "https://docs.github.com/graphql"})
    prepared = _prepare(asked.text)
    if prepared.document is None or prepared.errors:
        return Answer(200, {"errors": [_shown(error) for error in prepared.errors]})
    try:
        price = cost(schema(), prepared.document, asked.text, asked.variables or {})
    except OverLimit as over:
        return Answer(200, {"errors": [over.shown()]})
    if not _pay(world, caller, asked, price):
        said = f"API rate limit exceeded for {caller.login}."
        return Answer(200, {"errors": [{"type": "RATE_LIMITED", "message": said}]})
    return Answer(200, _body(_executed(world, caller, asked, prepared.document, price)))


def _pay(world: "World", caller: Caller, asked: Asked, price: "Cost") -> bool:
    used = world.rates.spend(caller.login, "graphql", world.clock.now, price.points)
    world.points_spent += price.points
    world.costs[asked.name] = max(world.costs.get(asked.name, 0), price.points)
    return used <= world.rates.limit(is_bot=caller.is_bot)


def _executed(
    world: "World", caller: Caller, asked: Asked, document: "DocumentNode", price: "Cost"
) -> "ExecutionResult":
    from graphql import execute_sync

    from stanch.sandbox.executor import RememberingExecutor
    from stanch.sandbox.resolvers import View

    repos = world.visible() if asked.is_query else world.repos
    view = View(world, caller, repos, price)
    variables = dict(asked.variables or {})
    return execute_sync(
        schema(),
        document,
        context_value=view,
        variable_values=variables,
        operation_name=asked.operation,
        # A directive may make the same fields show differently, so such a document is not remembered.
        executor_class=None if "@" in asked.text else RememberingExecutor,
    )


def _body(result: "ExecutionResult") -> dict[str, object]:
    body: dict[str, object] = {"data": result.data}
    if result.errors:
        body["errors"] = [_shown(error) for error in result.errors]
    return body


def _shown(error: "GraphQLError") -> dict[str, object]:
    """An error as GitHub words it: `type` and `path` stand at the top level."""
    shown: dict[str, object] = {}
    kind = getattr(error.original_error, "kind", None)
    if kind:
        shown["type"] = kind
    if error.path:
        shown["path"] = list(error.path)
    locations = [{"line": place.line, "column": place.column} for place in error.locations or ()]
    return shown | {"locations": locations, "message": error.message}
