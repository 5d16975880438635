"""The published JSON Schema and the loader are of one opinion."""

from typing import cast

import jsonschema_rs
import pytest

from stanch.core.config import Source, json_schema, load
from stanch.core.config_problems import Value

SCHEMA = jsonschema_rs.Draft202012Validator(json_schema())


def sev(key: str, value: object) -> object:
    return {"severities": {"sev-1": {key: value}}}


def team(key: str, value: object) -> object:
    return {"team": {key: value}}


def suite(key: str, value: object) -> object:
    """A proof with one suite that is right but for one key."""
    right = {"name": "api", "tests": ["**/test_*.py"], "command": "pytest {files} --junitxml={report}"}
    return {"proof": {"suites": [right | {key: value}]}}


def turns(key: str, value: object) -> object:
    """A team that takes turns, with one thing said about them."""
    return {"oncall": {"people": ["alex", "jordan"], key: value}}


COVER: dict[str, object] = {"person": "sam", "from": "2026-12-24", "to": "2026-12-26"}

GOOD: list[object] = [
    None,
    {},
    {"version": 1},
    {"team": None, "people": None, "services": None, "labels": {"sev-1": None}},
    *(team("zone", zone) for zone in ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"]),
    *(team("hours", hours) for hours in ["9:00-18:00", "09:00 - 18:00", "00:00\u201323:59"]),
    team("days", ["mon", "sun"]),
    team("holidays", ["2026-12-25"]),
    team("name", 404),
    {"people": ["alex", 12345, "kim_acme"]},
    {"clients": "none"},
    {"clients": []},
    {"clients": ["riley"]},
    *(sev("fix", text) for text in ["30m", "1h30m", "1d", "5 min", "2 hours", "same business day", "none"]),
    *(sev("fix", text) for text in ["1 business day", "2 business days", "backlog"]),
    *(sev("update", text) for text in ["2h", "none"]),
    *(sev("call", text) for text in ["everyone", "one", "assignee", "nobody"]),
    sev("card", False),
    {"services": {"a b": {"look": ["https://a.example/?q=1"], "rollback": "a\nb", "owner": "sam"}, "c": {}}},
    {"forms": {"severity": ["Allvarlighetsgrad", 7]}},
    {"containment": {"expires": "7d"}, "updates": {"calm": 100}, "call": {"at-most": 50}},
    {"oncall": None},
    *(turns("period", text) for text in ["1 week", "2 weeks", "1 day", "3d", "99w"]),
    *(turns("handover", text) for text in ["mon 09:00", "9:00", "sun 23:59"]),
    {"oncall": {"layers": {"one": {"people": ["alex"], "starts": "2026-11-16"}, "second line": {"people": [12345]}}}},
    {"oncall": {"people": ["alex", "jordan"], "zone": "Asia/Tokyo", "lead": "morgan", "overrides": [COVER]}},
    {"oncall": {"people": ["alex"], "overrides": [COVER | {"from": "2026-12-24T18:00", "to": "2026-12-24 23:00 UTC"}]}},
    {"proof": None},
    {"proof": {"repeats": {"before": 1, "after": 20}, "budget": "30m", "suites": None}},
    suite("root", "services/api"),
    suite("paths", ["services/api/**"]),
    suite("support", ["**/conftest.py"]),
    suite("inline", ["src/**/*.rs"]),
    suite("setup", "npm ci\nnpm run build"),
    suite("report", "jest-json"),
]

BAD: list[object] = [
    [],
    "people",
    1,
    True,
    {"serv": {}},
    {"serv": None},
    *({"version": version} for version in [2, "1", True, None]),
    *(team("zone", zone) for zone in ["", 7, None, "/etc", "../x", "a b", ["UTC"], "UTC\n"]),
    *(team("hours", hours) for hours in ["9-18", "", None, 540, "09:00", "9:0-18:00", "39:00-40:00", True]),
    *(team("days", days) for days in [[], "mon", ["monday"], [1], [None], ["Mon"]]),
    *(team("holidays", days) for days in [["25.12.2026"], [20261225], ["2026-1-1"], [None], "2026-01-01"]),
    *(team("name", name) for name in ["", "  ", True, None, ["a"], "a\nb", "x" * 201]),
    *({"people": people} for people in ["alex", ["@alex"], ["a b"], [""], [None], [True], [-1], [["a"]], {"a": 1}]),
    *({"clients": clients} for clients in ["nobody", "", True, ["@a"], 0]),
    *(sev("fix", text) for text in ["", "soon", 30, "30", "0m", "2h ", "1H", "0 business days", None, True, []]),
    *(sev("update", text) for text in ["same business day", "2 business days", "backlog", None, "0h"]),
    *(sev("call", text) for text in ["all", "", None, True, ["one"]]),
    *(sev("card", value) for value in ["yes", "true", 1, None]),
    {"severities": {"sev-5": {}}},
    {"severities": {"sev-1": []}},
    {"labels": {"sev-1": "P0"}},
    {"labels": {"sev-1": [None]}},
    {"labels": {"root-cause": ["x"]}},
    {"services": {"": {}}},
    {"services": {"a": None}},
    {"services": {"a": {"look": ["ftp://a"]}}},
    {"services": {"a": {"look": "https://a.example"}}},
    {"services": {"a": {"rollback": " "}}},
    {"services": {"a": {"rollback": 5}}},
    {"services": {"a": {"owner": "@sam"}}},
    {"services": []},
    {"forms": {"colour": ["x"]}},
    *({"containment": {"expires": text}} for text in ["none", "7", 7, None]),
    *({"updates": {"calm": factor}} for factor in [0, 101, "4", True, 1.5, None]),
    *({"call": {"at-most": most}} for most in [0, 51, "8"]),
    *({"proof": {"repeats": {"before": count}}} for count in [0, 21, "2", None]),
    *({"proof": {"budget": text}} for text in ["none", 8, None]),
    *({"oncall": section} for section in ["alex", [], {"people": []}, {"layers": {}}, {"layers": {"primary": {}}}]),
    *(turns("period", text) for text in ["", "0 days", "100 weeks", "week", "12h", 7, True]),
    *(turns("handover", text) for text in ["", "monday 09:00", "mon", "mon 24:00", "Mon 09:00", 9, True]),
    *(turns("starts", day) for day in ["16.11.2026", "2026-11", 20261116, "2026-11-16 09:00"]),
    *(turns("lead", login) for login in ["@alex", "", None]),
    *(
        turns("overrides", [COVER | {key: text}])
        for key in ("from", "to")
        for text in ["soon", "2026-12-24 25:00", None]
    ),
    *(turns("overrides", [{key: COVER[key] for key in COVER if key != gone}]) for gone in COVER),
    {"proof": {"suites": [{"name": "api"}]}},
    *(suite("name", name) for name in ["", "a b", "../a", 7, None, "x" * 41]),
    *(suite("root", root) for root in ["/", "../x", "a/../..", "", None, 7]),
    *(suite("tests", globs) for globs in ["**", [7], ["/x"], [""], None]),
    *(suite("command", line) for line in ["", None, ["pytest"], "x" * 2001]),
    *(suite("report", kind) for kind in ["xml", "", None, True]),
    suite("commands", "x"),
]

ONLY_THE_LOADER_SEES: list[object] = [
    team("zone", "Mars/Base"),
    team("hours", "18:00-09:00"),
    team("hours", "09:00-24:00"),
    team("holidays", ["2026-02-30"]),
    {"people": ["alex", "Alex"]},
    {"labels": {"sev-1": ["P1"], "sev-2": ["P1"]}},
    {"labels": {"sev-1": ["sev-2"]}},
    {"oncall": {"handover": "mon 09:00"}},
    {"oncall": {"people": ["alex"], "handover": "mon 09:00", "period": "1 day"}},
    turns("starts", "1999-12-31"),
    turns("overrides", [COVER | {"to": "2026-12-23"}]),
    turns("layers", {"primary": {"people": ["alex"]}}),
    suite("command", "pytest {files}"),
    suite("report", "exit-code"),
    {"proof": {"suites": [{"name": name, "tests": ["t"], "command": "x", "report": "exit-code"} for name in "aA"]}},
]


def accepted(document: object) -> tuple[bool, bool]:
    return SCHEMA.is_valid(document), not load(Source(value=cast("Value", document))).problems


@pytest.mark.parametrize("document", GOOD, ids=str)
def test_both_accept(document: object) -> None:
    """What the editor shows as right is right."""
    assert accepted(document) == (True, True)


@pytest.mark.parametrize("document", BAD, ids=str)
def test_both_refuse(document: object) -> None:
    """What the loader refuses is underlined in the editor."""
    assert accepted(document) == (False, False)


@pytest.mark.parametrize("document", ONLY_THE_LOADER_SEES, ids=str)
def test_the_loader_sees_more(document: object) -> None:
    """Whether a zone or a day exists, and who else claims a name, no schema can say."""
    assert accepted(document) == (True, False)


def test_the_schema_is_one_and_says_what_each_key_is_for() -> None:
    """It is a valid JSON Schema of 2020-12, and every key of every section has a description."""
    schema = json_schema()
    jsonschema_rs.meta.validate(schema)
    sections = [schema, *schema["$defs"].values()]  # type: ignore[attr-defined] # a schema is a tree of dicts
    keys = [entry for section in sections for entry in section["properties"].values()]
    assert len(keys) > 40
    assert all(entry["description"] for entry in keys)
