"""H012: what stopped the bleeding is written down, and not past its date."""

from dataclasses import replace

import pytest
from tests.pulls import GOOD, Gathered, bleeding, incident_thread, instant, merged, row, with_incident
from tests.rule_tables import ALL, HOTFIX, UNDOING, Asked, Line, Table, answers, each, severity_of, unchanged
from tests.values import comment, labeled, thread

DAY = 24 * 60


def overdue(g: Gathered) -> Gathered:
    """The flag was to be off until the 25th; it is the 27th, and somebody still speaks."""
    later = replace(g, now=instant(10 * DAY))
    word = comment(9, "morgan", "/status identified Still at it.", 9 * DAY)
    return with_incident(later, incident_thread(severity_of(g), word))


def restored(g: Gathered) -> Gathered:
    gone = comment(8, "morgan", "/restore C1", 50)
    return with_incident(g, incident_thread(severity_of(g), gone))


def restored_in_time(g: Gathered) -> Gathered:
    """The same flag, which is on again since the first hour."""
    gone = comment(8, "morgan", "/restore C1", 50)
    word = comment(9, "morgan", "/status identified Still at it.", 9 * DAY)
    return with_incident(replace(g, now=instant(10 * DAY)), incident_thread(severity_of(g), gone, word))


TABLE: Table = {
    "a good one": Line(unchanged, "pass/recorded", kinds=HOTFIX),
    "it becomes one itself": Line(unchanged, "pass/is-one", kinds=UNDOING),
    "nothing, and it burns": Line(bleeding, "fail/nothing", severities=(1, 2), kinds=HOTFIX),
    "nothing, and it does not": Line(bleeding, "skip/not-burning", severities=(3, 4), kinds=HOTFIX),
    "users are fine": Line(lambda g: bleeding(g, "/status mitigated Fine."), "pass/recorded", kinds=HOTFIX),
    "it is gone again": Line(restored, "pass/recorded", kinds=HOTFIX),
    "past the date of what is gone": Line(restored_in_time, "pass/recorded", kinds=HOTFIX),
    "past its date": Line(overdue, "fail/overdue", kinds=ALL),
    "no incident": Line(lambda g: with_incident(g, None), "skip/no-incident", kinds=ALL),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H012", asked)
    assert found == told


def test_that_nothing_is_contained_is_advice() -> None:
    """It is said and stops nothing; what is past its date does."""
    assert row(bleeding(GOOD), "H012").stands
    assert not row(overdue(GOOD), "H012").stands


def test_what_came_after_the_merge_was_not_in_place_at_it() -> None:
    """Users were fine, and a flag off, only later: the row goes on saying what was seen at the merge."""
    later = replace(GOOD, now=instant(90))
    late = with_incident(
        later,
        thread(
            labeled("sev-1", 0, "sam"),
            comment(5, "morgan", "/contain flag empty-carts off", 80),
            comment(6, "morgan", "/status mitigated Fine.", 81),
            author="sam",
        ),
    )
    assert row(merged(late), "H012").finding.why == "nothing"
    removed = with_incident(later, incident_thread(1, comment(8, "morgan", "/restore C1", 80)))
    assert row(merged(removed), "H012").finding.values["ids"] == ["C1"]
