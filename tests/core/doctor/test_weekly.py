"""When the weekly look is due, and what it opens, keeps and closes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stanch.core.clock import Calendar
from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.weekly import KIND, SetUp, is_due, monday_of, remembered, written
from stanch.core.marker import Marker
from stanch.core.thread import Child, CloseReason

BERLIN = Calendar(zone="Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""09:00 in Berlin."""

FAULT = Finding("D018", Verdict.FAULT, "missing", {"names": ["sev-1"]}, about="sev-1")
OTHER = Finding("D022", Verdict.FAULT, "gone", {"login": "morgan"}, about="morgan")
WARNING = Finding("D014", Verdict.WARNING, "old")


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (MONDAY, MONDAY),
        (MONDAY - timedelta(seconds=1), MONDAY - timedelta(days=7)),
        (MONDAY + timedelta(days=6, hours=23), MONDAY),
        (datetime(2026, 3, 30, 7, 0, tzinfo=UTC), datetime(2026, 3, 30, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_week_begins_on_monday_at_nine_of_the_team(now: datetime, monday: datetime) -> None:
    """By the team's clock, before and after it goes forward."""
    assert monday_of(now, BERLIN) == monday


def test_it_is_due_until_a_sweep_has_ended_well_since_monday() -> None:
    """Also for the first sweep of all, and on a day on which the schedule comes late."""
    wednesday = MONDAY + timedelta(days=2)
    assert is_due(wednesday, BERLIN, None)
    assert is_due(wednesday, BERLIN, MONDAY - timedelta(minutes=1))
    assert not is_due(wednesday, BERLIN, MONDAY)
    assert not is_due(MONDAY - timedelta(hours=1), BERLIN, MONDAY - timedelta(days=3))


def child(number: int, week: str = "2026-W46", memory: tuple[Finding, ...] = (FAULT,)) -> Child:
    body = f"{Marker(f'{KIND}{week}')}\n{written(memory)}\ntext"
    return Child(number, "I_1", "Something is wrong", body, "", ours=True, at=MONDAY - timedelta(days=7))


def closed(one: Child, reason: CloseReason) -> Child:
    return replace(one, open=False, reason=reason)


def setup(*findings: Finding, standing: tuple[Child, ...] = ()) -> SetUp:
    return SetUp(findings, standing, MONDAY, "https://github.com/harbour/checkout")


def test_nothing_is_opened_while_nothing_is_wrong() -> None:
    """Warnings and what is unknown open no issue."""
    unknown = replace(FAULT, verdict=Verdict.UNKNOWN)
    assert not setup().opens
    assert not setup(WARNING, unknown).opens


def test_a_fault_opens_one_issue() -> None:
    """Of the week, by its ISO number; while one is open there is no second."""
    assert setup(FAULT).opens
    assert setup(FAULT).key == "0/setup/2026-W48"
    assert not setup(FAULT, standing=(child(7),)).opens


def test_whoever_closed_it_has_rest_until_next_monday() -> None:
    """That week's key is used up; the next week has another."""
    this_week = closed(child(7, "2026-W48"), CloseReason.COMPLETED)
    assert not setup(FAULT, standing=(this_week,)).opens
    assert setup(FAULT, standing=(closed(child(7), CloseReason.COMPLETED),)).opens


def test_not_planned_means_until_something_new_is_wrong() -> None:
    """All that was in it stays unsaid; one thing more opens an issue again."""
    left = closed(child(7), CloseReason.NOT_PLANNED)
    assert not setup(FAULT, standing=(left,)).opens
    assert setup(FAULT, OTHER, standing=(left,)).opens
    assert setup(FAULT, standing=(left, closed(child(9, "2026-W47"), CloseReason.COMPLETED))).opens


def test_an_issue_of_somebody_elses_counts_for_nothing() -> None:
    """The label alone makes no issue of ours."""
    assert setup(FAULT, standing=(replace(child(7), ours=False),)).opens


def test_what_was_wrong_is_remembered_as_far_as_it_can_be_read() -> None:
    """A line that somebody broke says nothing."""
    assert remembered(child(7, memory=(FAULT, OTHER)).body) == ("D018:missing:sev-1", "D022:gone:morgan")
    assert remembered("no line") == ()
    assert remembered('<!-- stanch:1 key=a -->\n<!-- stanch-ledger {"faults": 1} -->\n') == ()
