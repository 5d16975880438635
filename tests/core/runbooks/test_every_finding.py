"""Every reason that a rule for runbooks can give stands in a table, and every one has its words."""

import re
from dataclasses import replace

import pytest
from tests.app.posted import faults_of
from tests.golden.runbook_views import FOUND, TABLES
from tests.runbook_pages import PAGES, PATH, cases, library, said
from tests.source import ROOT

from stanch.core.runbooks.lint import CODES, Finding, lint, view
from stanch.core.wanted import Text
from stanch.render.words import Words

FEWEST = 8
"""Cases of a table."""


def reasons(code: str) -> set[str]:
    """Those that the template of a rule has words for."""
    text = (ROOT / f"templates/lint/runbooks/{code.lower()}.md").read_text(encoding="utf-8")
    return {f"{code}-{why}" for why in re.findall(r'why == "([\w-]+)"', text)}


@pytest.mark.parametrize(("code", "name"), cases(TABLES))
def test_a_rule_finds_what_its_table_says(code: str, name: str) -> None:
    """Each case with its reasons and their lines, and nothing else."""
    told, expected = TABLES[code][name]
    assert sorted(said(told, code)) == expected


def test_nothing_is_missing_in_good_pages() -> None:
    """Of runbooks in which all is right, no rule says anything; nor of an empty folder what only pages can lack."""
    assert lint(library(PAGES)) == ()
    assert {one.code for one in lint(library({}))} == {"R001", "R015"}


def test_every_reason_has_words_and_an_example() -> None:
    """What the templates tell is what the rules find, and nothing else."""
    assert set().union(*map(reasons, CODES)) == set(FOUND)


def test_every_rule_has_its_table() -> None:
    """With cases in which it fires, and cases in which it must not."""
    assert tuple(TABLES) == CODES
    small = [code for code, table in TABLES.items() if len(table) < FEWEST]
    silent = [code for code, table in TABLES.items() if all(whys for _, whys in table.values())]
    assert small + silent == []


def test_findings_come_in_order_and_only_those_that_are_asked_for() -> None:
    """By file, line and column; a rule that is not asked says nothing."""
    bad = library({**PAGES, PATH: "---\n---\n# Title\n"})
    places = [(one.path, one.line, one.column, one.code) for one in lint(bad)]
    assert places == sorted(places)
    assert {one.code for one in lint(bad, ("R011", "R013"))} == {"R011", "R013"}


def spoken(one: Finding) -> str:
    return Words.load()(Text("summary/runbook_finding", {"row": view([one])[0]})).strip()


@pytest.mark.parametrize("kind", FOUND)
def test_every_finding_is_said_in_sentences(kind: str) -> None:
    """What was seen, and the one thing to do next, each ending as a sentence does."""
    said = spoken(FOUND[kind])
    assert re.fullmatch(r"[^\n]+[^.\n][.?]? [A-Z][^\n]+\.", said), said
    assert ".." not in said.replace("../", "")


HOSTILE = "@victim <!-- --> | ``` <b> #99 [x](y) {{ 7 * 7 }} \u202e ~~ _it_"


def hostile(value: object) -> object:
    if isinstance(value, list):
        return [HOSTILE for _ in value]
    return HOSTILE if isinstance(value, str) else value


@pytest.mark.parametrize("kind", FOUND)
def test_hostile_text_is_only_shown(kind: str) -> None:
    """Whatever stands on a page mentions nobody and breaks out of nothing, in every value of every finding."""
    one = FOUND[kind]
    said = spoken(replace(one, values={name: hostile(value) for name, value in one.values.items()}))
    assert [fault for fault in faults_of(said, set(), set()) if not fault.startswith("no marker")] == []
    assert [bad for bad in ("\u202e", "49") if bad in said] == []
