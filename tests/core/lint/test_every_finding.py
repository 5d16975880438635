"""Every reason that a rule can give stands in a table, and every one has its words."""

import re

import pytest
from tests.app.posted import faults_of
from tests.golden.lint_views import FOUND, TABLES
from tests.source import ROOT

from stanch.core.lint import CODES, Finding, view
from stanch.core.wanted import Text
from stanch.render.words import Words

LIST = '{% from "lint/_list.md" import listed %}{{ listed(rows, 2) }}'
FEWEST = 8
"""Cases of a table."""


def reasons(code: str) -> set[str]:
    """Those that the template of a rule has words for."""
    text = (ROOT / f"templates/lint/{code.lower()}.md").read_text(encoding="utf-8")
    return {f"{code}-{why}" for why in re.findall(r'why == "([\w-]+)"', text)}


def test_every_reason_has_words_and_an_example() -> None:
    """What the templates tell is what the rules find, and nothing else."""
    assert set().union(*map(reasons, CODES)) == set(FOUND)


def test_every_rule_has_its_table() -> None:
    """With cases in which it fires, and cases in which it must not."""
    assert tuple(TABLES) == CODES
    small = [code for code, table in TABLES.items() if code != "P017" and len(table) < FEWEST]
    silent = [code for code, table in TABLES.items() if code != "P017" and all(whys for _, whys in table.values())]
    assert small + silent == []


@pytest.mark.parametrize("kind", FOUND)
def test_every_finding_is_said_in_sentences(kind: str) -> None:
    """What was seen, and the one thing to do next, each ending as a sentence does."""
    said = Words.load()(Text("summary/lint_finding", {"row": view([FOUND[kind]])[0]})).strip()
    assert re.fullmatch(r"[^\n]+[^.\n]\. [A-Z][^\n]+\.", said), said
    assert ".." not in said.replace("...", "")


def listing(rows: list[dict[str, object]]) -> str:
    return Words.load({"probe.md": LIST})(Text("probe", {"rows": rows}))


def test_a_list_says_how_many_more_there_are() -> None:
    """For a comment: the first few with their lines, then the number of the others."""
    rows = view(FOUND.values())
    shown = listing(rows)
    assert shown.count("\n- ") + shown.startswith("- ") == 2
    assert f"And {len(rows) - 2} more." in shown
    assert "more" not in listing(rows[:2])
    assert listing([]).strip() == ""


HOSTILE = "@victim <!-- --> | ``` <b> #99 [x](y) {{ 7 * 7 }} \u202e ~~ _it_"


@pytest.mark.parametrize("kind", FOUND)
def test_hostile_text_is_only_shown(kind: str) -> None:
    """Whatever stands in a document mentions nobody and breaks out of nothing, in every value of every finding."""
    one = FOUND[kind]
    values = {name: HOSTILE if isinstance(value, str) else value for name, value in one.values.items()}
    hurt = Finding(one.code, one.gravity, one.why, one.line, one.line_end, one.column, values)
    said = listing(view([hurt]))
    assert [fault for fault in faults_of(said, set(), set()) if not fault.startswith("no marker")] == []
    assert [bad for bad in ("\u202e", "49") if bad in said] == []
