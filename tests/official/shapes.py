"""Whether requests, responses and webhooks look like GitHub's, by slices of its own descriptions.

The schemas leave two habits of GitHub unsaid, and these are checked too: no timestamp has a fraction of a
second, and a response has no field beside the described ones.
"""

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema_rs import Draft7Validator, ValidationError

HERE = Path(__file__).parent
FRACTION = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d)")
LONGEST = 160
"""Characters of one problem that are shown, half from each end: a message repeats the whole value."""
MOST = 8
"""Problems that the message shows; `problems` has them all."""
WITH_FRACTION = {"workflow", "workflows"}
"""The one object whose timestamps GitHub writes with milliseconds, by its own examples."""

Schema = dict[str, Any]


class ShapeError(AssertionError):
    """Something is not as GitHub describes it: one line, and all the problems apart in `problems`."""

    def __init__(self, where: str, problems: list[str]) -> None:
        self.where, self.problems = where, tuple(problems)
        more = [f"and {len(problems) - MOST} more"] if len(problems) > MOST else []
        super().__init__(f"{where}: {'; '.join([*problems[:MOST], *more])}")


def check_request(method: str, path: str, body: object) -> None:
    """Raise ShapeError unless GitHub describes this operation and takes this body (None: no body).

    `path` is the concrete one, such as `/repos/acme/shop/issues/7`; a query string is ignored.
    """
    name = operation(method, path)
    schema = _rest()["operations"][name]["request"]
    if schema is None:
        _demand(name, [] if body is None else ["a body where none is described"])
    else:
        _demand(name, [*_violations(_request_validator(name), body), *_fractions(body)])


def check_response(method: str, path: str, status: int, body: object) -> None:
    """Raise ShapeError unless GitHub describes this answer (None: no body) to this operation.

    A status from 400 on that the operation does not list, or lists without a body, must carry GitHub's usual error:
    `message` and `documentation_url`, and with a 422 perhaps a list of `errors`.
    """
    name = operation(method, path)
    where = f"{name} → {status}"
    schema = response_schema(name, status)
    if schema is None:
        _demand(where, [] if body is None else ["a body where none is described"])
    else:
        found = [*_violations(_response_validator(name, status), body), *_fractions(body)]
        _demand(where, found + list(_unknown(schema, body)))


def check_webhook(event: str, payload: dict[str, Any]) -> None:
    """Raise ShapeError unless GitHub describes this payload for the event and the payload's `action`."""
    name = f"{event}${payload.get('action', 'event')}"
    if name not in _webhooks()["definitions"] and event in ("deployment", "deployment_status"):
        name = f"{event}$created"
    if name not in _webhooks()["definitions"]:
        raise ShapeError(name, ["not a webhook of the slice; add it to tests/official/regenerate.py"])
    _demand(name, [*_violations(_webhook_validator(name), payload), *_fractions(payload)])


def operation(method: str, path: str) -> str:
    """The described operation that a request is, such as `POST /repos/{owner}/{repo}/issues`."""
    asked = urlsplit(path).path
    for pattern, name in _patterns():
        if name.startswith(f"{method.upper()} ") and pattern.fullmatch(asked):
            return name
    raise ShapeError(f"{method} {asked}", ["not an operation of the slice; add it to tests/official/regenerate.py"])


def examples() -> list[dict[str, Any]]:
    """GitHub's own examples of the operations: operation, of (`request` or a status), name, value."""
    found: list[dict[str, Any]] = _unpack("examples.json.gz")
    return found


def payloads() -> list[dict[str, Any]]:
    """GitHub's example payloads, each once: event, payload, from (`api.github.com` or an older `ghes-…`)."""
    found: list[dict[str, Any]] = _unpack("payloads.json.gz")
    return found


def response_schema(name: str, status: int) -> Schema | None:
    """The schema of an operation's answer, or None where an answer without a body is described."""
    described = _rest()["operations"][name]["responses"]
    schema: Schema | None = described.get(str(status))
    if str(status) in described and (schema is not None or status < 400):
        # Of two kinds of error each fits the other's schema too, so that none would be "one of" them.
        return {"anyOf": schema["oneOf"]} if schema and status >= 400 and "oneOf" in schema else schema
    if status >= 400:
        usual = {"$ref": f"#/components/schemas/{'validation' if status == 422 else 'basic'}-error"}
        return {"allOf": [usual, {"required": ["message", "documentation_url"]}]}
    raise ShapeError(f"{name} → {status}", [f"not described; described are {', '.join(described)}"])


def _demand(where: str, problems: list[str]) -> None:
    if problems:
        raise ShapeError(where, problems)


def _violations(validator: Draft7Validator, value: object) -> Iterator[str]:
    for error in validator.iter_errors(value):
        yield f"{_spot(error)}: {_short(error.message)}"


def _short(message: str) -> str:
    half = LONGEST // 2
    return message if len(message) <= LONGEST else f"{message[:half]} … {message[-half:]}"


def _spot(error: ValidationError) -> str:
    return "/".join(str(step) for step in error.instance_path) or "body"


def _fractions(value: object, spot: str = "") -> Iterator[str]:
    """Timestamps with a fraction: GitHub's have whole seconds, also where the format would allow more."""
    if isinstance(value, str) and FRACTION.fullmatch(value):
        yield f"{spot or 'body'}: {value} has a fraction of a second"
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in WITH_FRACTION:
                continue
            yield from _fractions(inner, f"{spot}/{key}".lstrip("/"))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _fractions(inner, f"{spot}/{index}".lstrip("/"))


def _unknown(schema: Schema, body: object) -> Iterator[str]:
    """Fields of the answer, or of each entry of a list, that its schema does not describe."""
    known = _described(schema)
    entries = body if isinstance(body, list) else [body]
    for entry in entries if known else []:
        if isinstance(entry, dict):
            yield from (f"{key}: not a described field" for key in entry if key not in known)


def _described(schema: Schema) -> set[str]:
    """The top-level fields that a schema names in any of its branches; empty if it names none."""
    known = set(schema.get("properties", {}))
    if "$ref" in schema:
        known |= _described(_rest()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for branch in (*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        known |= _described(branch)
    if isinstance(schema.get("items"), dict):
        known |= _described(schema["items"])
    return known


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """A pattern of the path for each operation, the one with the fewest holes first."""
    names = sorted(_rest()["operations"], key=lambda name: (name.count("{"), name))
    return tuple((re.compile(_pattern(name.partition(" ")[2])), name) for name in names)


def _pattern(path: str) -> str:
    """A file's path and a ref may hold slashes, every other hole is one step."""
    steps = (".+" if step in {"{path}", "{ref}"} else "[^/]+" if "{" in step else step for step in path.split("/"))
    return "/".join(steps)


@cache
def _rest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "rest.json").read_text("utf-8"))
    return found


@cache
def _webhooks() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "webhooks.json").read_text("utf-8"))
    return found


def _unpack(name: str) -> Any:
    return json.loads(gzip.decompress((HERE / name).read_bytes()))


@cache
def _request_validator(name: str) -> Draft7Validator:
    return _rest_validator(_rest()["operations"][name]["request"])


@cache
def _response_validator(name: str, status: int) -> Draft7Validator:
    return _rest_validator(response_schema(name, status) or {})


def _rest_validator(schema: Schema) -> Draft7Validator:
    """Draft 7 ignores what stands beside a `$ref`, so the schema itself is kept one level down."""
    whole = {"allOf": [schema], "components": _rest()["components"]}
    return Draft7Validator(whole, validate_formats=True)


@cache
def _webhook_validator(name: str) -> Draft7Validator:
    whole = {"$ref": f"#/definitions/{name}", "definitions": _webhooks()["definitions"]}
    return Draft7Validator(whole, validate_formats=True)
