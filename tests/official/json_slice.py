"""Cut JSON Schemas out of GitHub's OpenAPI description and webhook schemas: no prose, only what is used."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Json = dict[str, Any]

MAPS = frozenset({"properties", "patternProperties", "definitions"})
LISTS = frozenset({"allOf", "anyOf", "oneOf"})
SCHEMAS = frozenset({"items", "additionalProperties", "not"})
PLAIN = frozenset(
    {
        "$ref",
        "type",
        "required",
        "enum",
        "const",
        "format",
        "pattern",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minimum",
        "maximum",
        "minProperties",
        "maxProperties",
    }
)
"""Keywords that decide whether a value is valid; every other one is prose and is left behind."""


def plain_schema(schema: Any) -> Any:
    """A schema of OpenAPI 3.0.3 or draft 7 as a plain JSON Schema: no prose, `nullable` turned into null.

    In OpenAPI 3.0.3 `nullable` also widens an `enum` beside it; GitHub uses it beside `$ref` and `oneOf` too.
    """
    if not isinstance(schema, Mapping):
        return schema
    plain: Json = {key: schema[key] for key in sorted(schema) if key in PLAIN}
    for key in sorted(schema.keys() & MAPS):
        plain[key] = {name: plain_schema(inner) for name, inner in sorted(schema[key].items())}
    for key in sorted(schema.keys() & LISTS):
        plain[key] = [plain_schema(inner) for inner in schema[key]]
    for key in sorted(schema.keys() & SCHEMAS):
        plain[key] = plain_schema(schema[key])
    return _or_null(plain) if schema.get("nullable") else plain


def _or_null(plain: Json) -> Json:
    if not plain:
        return plain
    if plain.keys() & (LISTS | {"$ref"}):
        return {"anyOf": [plain, {"type": "null"}]}
    if isinstance(plain.get("type"), str):
        plain["type"] = [plain["type"], "null"]
    if "enum" in plain and None not in plain["enum"]:
        plain["enum"] = [*plain["enum"], None]
    return plain


def references(schema: Any) -> Iterator[str]:
    """Every `$ref` in a schema."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for inner in schema.values():
            yield from references(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from references(inner)


def closure(roots: Any, found: Mapping[str, Any], prefix: str) -> Json:
    """The named schemas that `roots` refers to under `prefix`, directly or through others, made plain."""
    kept: Json = {}
    waiting = sorted(set(references(roots)))
    while waiting:
        name = waiting.pop().removeprefix(prefix)
        if name not in kept:
            kept[name] = plain_schema(found[name])
            waiting += references(kept[name])
    return dict(sorted(kept.items()))


def rest_slice(openapi: Json, operations: Iterable[str]) -> Json:
    """Ready schemas of each `METHOD /path`: the request and each response status (None: no body)."""
    kept = {name: _operation(openapi, name) for name in sorted(operations)}
    schemas = openapi["components"]["schemas"]
    return {"components": {"schemas": closure(kept, schemas, "#/components/schemas/")}, "operations": kept}


def _operation(openapi: Json, name: str) -> Json:
    found = _found(openapi, name)
    return {
        "request": plain_schema(_content(found.get("requestBody", {})).get("schema")),
        "responses": {
            status: plain_schema(_content(_resolve(openapi, response)).get("schema"))
            for status, response in sorted(found["responses"].items())
        },
    }


def _found(openapi: Json, name: str) -> Json:
    method, _, path = name.partition(" ")
    operation: Json = openapi["paths"][path][method.lower()]
    return operation


def _content(body: Json) -> Json:
    content: Json = body.get("content", {}).get("application/json", {})
    return content


def _resolve(openapi: Json, node: Json) -> Json:
    while "$ref" in node:
        _, *steps = node["$ref"].split("/")
        node = openapi
        for step in steps:
            node = node[step]
    return node


def rest_examples(openapi: Json, operations: Iterable[str]) -> list[Json]:
    """Every official example of the operations: operation, status (or "request"), name, value."""
    return [
        {"operation": operation, "of": of, "name": name, "value": _value(openapi, example)}
        for operation in sorted(operations)
        for of, content in _contents(openapi, _found(openapi, operation))
        for name, example in sorted(content.get("examples", {}).items())
    ]


def _value(openapi: Json, example: Json) -> Any:
    """What an example shows; GitHub also refers to another example where the value should stand."""
    value = _resolve(openapi, example)["value"]
    return _value(openapi, value) if isinstance(value, dict) and "$ref" in value else value


def _contents(openapi: Json, operation: Json) -> Iterator[tuple[str, Json]]:
    yield "request", _content(operation.get("requestBody", {}))
    for status, response in sorted(operation["responses"].items()):
        yield status, _content(_resolve(openapi, response))


def webhook_slice(schema: Json, events: Iterable[str]) -> Json:
    """The schemas of the events by name (`issues$labeled`, `push$event`) and what they refer to."""
    found = schema["definitions"]
    wanted = {name for name in found if name.partition("$")[0] in set(events) and "$" in name}
    roots = [{"$ref": f"#/definitions/{name}"} for name in sorted(wanted)]
    return {"definitions": closure(roots, found, "#/definitions/")}


def payloads(indexes: Mapping[str, list[Json]]) -> list[Json]:
    """Every example payload once, in order of event and content: event, payload, the first index with it."""
    seen: dict[str, Json] = {}
    for source, index in indexes.items():
        for entry in index:
            for payload in entry["examples"]:
                one = {"event": entry["name"], "payload": payload}
                seen.setdefault(json.dumps(one, sort_keys=True), {**one, "from": source})
    return [seen[key] for key in sorted(seen)]
