"""The slices are made by fixed rules, and one that is not current is shown as a diff."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.official import regenerate
from tests.official.json_slice import payloads, plain_schema

NULL = {"type": "null"}


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ({"type": "string", "description": "Prose."}, {"type": "string"}),
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        (
            {"type": "string", "nullable": True, "enum": ["a"]},
            {"type": ["string", "null"], "enum": ["a", None]},
        ),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"nullable": True}, {}),
        ({"$ref": "#/a", "nullable": True}, {"anyOf": [{"$ref": "#/a"}, NULL]}),
        (
            {"oneOf": [{"type": "string"}], "nullable": True},
            {"anyOf": [{"oneOf": [{"type": "string"}]}, NULL]},
        ),
        (
            {"properties": {"description": {"type": "string", "example": "Prose."}}},
            {"properties": {"description": {"type": "string"}}},
        ),
        ({"items": {"nullable": True, "type": "integer"}}, {"items": {"type": ["integer", "null"]}}),
        ({"additionalProperties": False}, {"additionalProperties": False}),
    ],
)
def test_an_official_schema_becomes_a_plain_one(official: dict[str, Any], plain: dict[str, Any]) -> None:
    """Prose goes, a property that is called like prose stays, `nullable` becomes null."""
    assert plain_schema(official) == plain


def test_a_payload_that_two_servers_share_is_kept_once() -> None:
    """The same content counts once, under the first server that shows it; order of keys does not matter."""
    first = [{"name": "issues", "examples": [{"a": 1, "b": 2}]}]
    second = [{"name": "issues", "examples": [{"b": 2, "a": 1}, {"a": 3}]}]
    kept = payloads({"api.github.com": first, "ghes-31": second})
    assert [(p["payload"], p["from"]) for p in kept] == [
        ({"a": 1, "b": 2}, "api.github.com"),
        ({"a": 3}, "ghes-31"),
    ]


def test_current_slices_have_no_difference() -> None:
    """What is kept equals itself, packed or not."""
    paths = [regenerate.HERE / "rest.json", regenerate.HERE / "payloads.json.gz"]
    kept = [p.read_bytes() for p in paths]
    texts = [kept[0].decode(), gzip.decompress(kept[1]).decode()]
    assert list(regenerate.differences(dict(zip(paths, texts, strict=True)))) == []


def test_a_slice_that_is_not_current_is_shown_as_a_diff() -> None:
    """One changed line of the official text is one line of the diff."""
    path = regenerate.SANDBOX_SCHEMA
    official = path.read_text("utf-8").replace("\n  isTruncated: Boolean!", "\n  isTruncated: Boolean")
    found = list(regenerate.differences({path: official}))
    assert found[0] == "--- scripts/stanch/sandbox/github.graphql (kept)"
    assert [line for line in found[2:] if line[0] in "+-"] == [
        "-  isTruncated: Boolean!",
        "+  isTruncated: Boolean",
    ]


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """An archive carries no time."""
    target = tmp_path / "slice.json.gz"
    regenerate.save({target: "{}\n"})
    once = target.read_bytes()
    regenerate.save({target: "{}\n"})
    assert target.read_bytes() == once
    assert once[4:8] == bytes(4)


def test_every_package_is_named_in_the_notice() -> None:
    """Name and version of each source stand beside the slices, with the licence."""
    notice = (regenerate.HERE / "NOTICE").read_text("utf-8")
    assert [p.name for p in regenerate.PACKAGES if f"{p.name} {p.version}" not in notice] == []
