"""H010: somebody owns the cause, and what is temporary has an end."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.pulls import (
    GOOD,
    Gathered,
    instant,
    merged,
    plus_line,
    row,
    verdict,
    with_config,
    with_file,
    with_incident,
    with_severity,
)
from tests.rule_tables import Asked, Line, Table, answers, each, severity_of, unchanged
from tests.values import labeled, thread


def unled(g: Gathered) -> Gathered:
    return with_incident(g, thread(labeled(f"sev-{severity_of(g)}", 0, "sam"), author="sam"))


def telling(g: Gathered, line: str = "# HACK: until the cart is rewritten\n") -> Gathered:
    return with_file(g, "hack.py", "x = 1\n", f"x = 1\n{line}")


TABLE: Table = {
    "a good one": Line(unchanged, "pass/owned"),
    "nobody leads, nobody is named": Line(unled, "fail/no-owner"),
    "nobody leads, somebody is named": Line(lambda g: plus_line(unled(g), "Root-cause owner: @kim"), "pass/owned"),
    "named with more words": Line(
        lambda g: plus_line(unled(g), "Root cause owner: @kim (from Monday on)"), "pass/owned"
    ),
    "named nobody": Line(lambda g: plus_line(unled(g), "Root-cause owner: nobody"), "fail/no-owner"),
    "named a team": Line(lambda g: plus_line(unled(g), "Root-cause owner: @octo/payments"), "fail/no-owner"),
    "to be said": Line(lambda g: plus_line(unled(g), "Root-cause owner: TBD"), "fail/no-owner"),
    "a workaround": Line(lambda g: plus_line(g, "Workaround: yes"), "fail/no-end"),
    "no workaround": Line(lambda g: plus_line(g, "Workaround: no"), "pass/owned"),
    "no workaround, in a sentence": Line(lambda g: plus_line(g, "Workaround: No, it is the fix."), "pass/owned"),
    "a workaround with an end": Line(
        lambda g: plus_line(g, "Workaround: yes\nTemporary until: 2026-12-01"), "pass/owned"
    ),
    "an end that is none": Line(lambda g: plus_line(g, "Workaround: yes\nTemporary until: next week"), "fail/no-end"),
    "an end in the past": Line(lambda g: plus_line(g, "Workaround: yes\nTemporary until: 2026-11-01"), "fail/past"),
    "an end today": Line(lambda g: plus_line(g, "Temporary until: 2026-11-17"), "fail/past"),
    "an end tomorrow": Line(lambda g: plus_line(g, "Temporary until: 2026-11-18"), "pass/owned"),
    "it was to come when it was merged": Line(
        lambda g: replace(merged(plus_line(g, "Temporary until: 2026-11-18")), now=instant(7 * 24 * 60)), "pass/owned"
    ),
    "the code calls itself a hack": Line(telling, "fail/no-end"),
    "it says so, with an end": Line(lambda g: plus_line(telling(g), "Temporary until: 2026-12-01"), "pass/owned"),
    "a word that only looks like it": Line(lambda g: telling(g, "# a hacksaw, temporarily\n"), "pass/owned"),
    "an old hack beside the change": Line(
        lambda g: with_file(g, "h.py", "# HACK\nx = 1\n", "# HACK\nx = 2\n"), "pass/owned"
    ),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H010", asked)
    assert found == told


@pytest.mark.parametrize(("severity", "days"), [(1, 5), (2, 10), (3, 10), (4, 10)])
def test_when_the_cause_is_due(severity: int, days: int) -> None:
    """Five business days after a SEV-1, ten after any other, from the merge on."""
    assert row(with_severity(GOOD, severity), "H010").finding.values["days"] == days


def test_the_text_names_the_owner_before_the_lead() -> None:
    """Whoever leads the incident owns the cause, unless somebody else is named."""
    assert row(GOOD, "H010").finding.values["owner"] == "morgan"
    assert row(plus_line(GOOD, "Root-cause owner: kim."), "H010").finding.values["owner"] == "kim"


@pytest.mark.parametrize(("zone", "found"), [("UTC", "pass/owned"), ("Pacific/Auckland", "fail/past")])
def test_an_end_is_a_day_where_the_team_is(zone: str, found: str) -> None:
    """At 18:00 in London the next day has begun in Auckland."""
    there = with_config(GOOD, calendar=replace(GOOD.config.calendar, zone=zone))
    late = replace(plus_line(there, "Temporary until: 2026-11-18"), now=datetime(2026, 11, 17, 18, tzinfo=UTC))
    assert verdict(late, "H010") == found
