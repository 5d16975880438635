"""H008: ten minutes of looking before code is changed; advice, until the team decides otherwise."""

from dataclasses import replace

import pytest
from tests.pulls import (
    GOOD,
    Gathered,
    incident_thread,
    instant,
    merged,
    row,
    verdict,
    with_hotfix,
    with_incident,
)
from tests.rule_tables import HOTFIX, UNDOING, Asked, Line, Table, answers, each, severity_of, unchanged
from tests.values import labeled, thread

from stanch.core.config_hotfix import Strictness


def at(g: Gathered, minute: float) -> Gathered:
    return replace(g, now=instant(minute))


def declared_late(g: Gathered) -> Gathered:
    """An issue of last week that became an incident eight minutes ago."""
    old = thread(labeled(f"sev-{severity_of(g)}", 52, "sam"), author="sam", when=-7 * 24 * 60)
    return with_incident(g, old)


def said_to_be_older(g: Gathered) -> Gathered:
    """Whoever filled in the form says that it started hours ago."""
    young = replace(incident_thread(severity_of(g), when=55), body="### When did it start?\n\n2026-11-16 22:00 UTC\n")
    return with_incident(g, young)


TABLE: Table = {
    "a good one": Line(unchanged, "pass/looked", kinds=HOTFIX),
    "it only takes something back": Line(unchanged, "skip/undoes", kinds=UNDOING),
    "even in the first minute": Line(lambda g: at(g, 1), "skip/undoes", kinds=UNDOING),
    "after nine minutes": Line(lambda g: at(g, 9.9), "pending/too-early", kinds=HOTFIX),
    "after ten": Line(lambda g: at(g, 10), "pass/looked", kinds=HOTFIX),
    "an old issue that was declared just now": Line(declared_late, "pending/too-early", kinds=HOTFIX),
    "a typed start never shortens it": Line(said_to_be_older, "pending/too-early", kinds=HOTFIX),
    "merged too early, seen later": Line(lambda g: merged(at(g, 90), 5), "pending/too-early", kinds=HOTFIX),
    "no incident": Line(lambda g: with_incident(g, None), "skip/no-incident", kinds=HOTFIX),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H008", asked)
    assert found == told


def test_it_blocks_only_where_the_team_wants_it() -> None:
    """As advice it stops nothing; with `ten-minutes: block` it waits."""
    early = at(GOOD, 9)
    assert row(early, "H008").stands
    assert not row(with_hotfix(early, ten_minutes=Strictness.BLOCK), "H008").stands
    assert verdict(with_hotfix(GOOD, ten_minutes=Strictness.BLOCK), "H008") == "pass/looked"


def test_it_says_when_it_opens() -> None:
    """The instant, so that nobody has to reckon at night."""
    assert row(at(GOOD, 9), "H008").finding.values["opens"] == instant(10)
