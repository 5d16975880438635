"""The section `postmortem:`: which layout after which severity, and how a date is meant."""

import pytest

from stanch.core.config import Config, Source, load
from stanch.core.config_postmortem import Layout
from stanch.core.config_problems import Value
from stanch.core.severity import Severity


def config_of(section: Value) -> Config:
    loaded = load(Source(value={"postmortem": section}))
    assert loaded.problems == ()
    return loaded.config


def test_nothing_written_is_the_default_layout_and_no_decision_about_dates() -> None:
    """Neither a section without keys nor an empty one decides anything."""
    for section in (None, {}, {"layout": "default"}, {"layouts": None}, {"layouts": {"sev-1": None}, "dates": None}):
        rules = config_of(section).postmortem
        assert (rules.day_first, [rules.layout_of(level) for level in (*Severity, None)]) == (
            None,
            [Layout.DEFAULT] * 5,
        )


def test_a_severity_may_have_a_layout_of_its_own() -> None:
    """Where none is named for it, the common one holds; so it does where nobody knows the severity."""
    rules = config_of({"layout": "list", "layouts": {"sev-1": "table", "sev-3": "short"}}).postmortem
    found = [rules.layout_of(level) for level in (*Severity, None)]
    assert found == [Layout.TABLE, Layout.LIST, Layout.SHORT, Layout.LIST, Layout.LIST]


@pytest.mark.parametrize(("written", "expected"), [("day-first", True), ("month-first", False)])
def test_how_a_date_is_meant(written: str, expected: bool) -> None:
    """`03/04/2026` is the third of April, or the fourth of March."""
    assert config_of({"dates": written}).postmortem.day_first is expected


WORDS = "default, short, list, table"


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"layout": "tabel"}, f'postmortem.layout is "tabel"; write one of {WORDS}; did you mean "table"?'),
        ({"layout": None}, f"postmortem.layout is empty; write one of {WORDS}"),
        ({"layouts": {"sev-2": 3}}, f"postmortem.layouts.sev-2 is 3; write one of {WORDS}"),
        ({"layouts": {"sev-5": "list"}}, 'unknown key "sev-5"; did you mean "sev-4"?'),
        ({"layouts": "list"}, 'postmortem.layouts is "list"; write `key: value` lines'),
        ({"dates": "dmy"}, 'postmortem.dates is "dmy"; write one of day-first, month-first'),
        ({"date": "day-first"}, 'unknown key "date"; did you mean "dates"?'),
    ],
)
def test_what_is_wrong_is_said(section: Value, message: str) -> None:
    """Each mistake with its place, what it is, and what to write."""
    loaded = load(Source(value={"postmortem": section}))
    assert [problem.message for problem in loaded.problems] == [message]
    assert loaded.config.postmortem.layout is Layout.DEFAULT
