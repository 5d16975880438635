"""The promises of each severity, as instants."""

from datetime import datetime

import pytest
from tests.values import World, card, case, closed, comment, form, incident_thread, instant, reopened, thread, unlabeled

from stanch.core.clocks import Promise, clocks, postmortem_deadline, postmortem_start
from stanch.core.ledger import Ledger
from stanch.core.thread import CloseReason, Item, Thread

P = Promise


def table(of: Thread, now: float = 30) -> dict[Promise, float]:
    """Minutes after the start at which each clock is due."""
    found = case(of, now)
    assert found.incident is not None
    return {one.promise: (one.due - instant(0)).total_seconds() / 60 for one in clocks(found.incident, found.config)}


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        (1, {P.ACKNOWLEDGE: 5, P.FIRST_MESSAGE: 15, P.FIX: 120}),
        (2, {P.ACKNOWLEDGE: 15, P.FIRST_MESSAGE: 15, P.FIX: 960}),
        (3, {P.ACKNOWLEDGE: 40 * 60}),
        (4, {}),
    ],
)
def test_each_severity_has_its_promises(severity: int, due: dict[Promise, float]) -> None:
    """The table of defaults, from a Tuesday at two in the morning."""
    assert table(incident_thread(severity=severity)) == due


def test_a_raised_severity_counts_from_when_it_was_raised() -> None:
    """Nobody is late for what was not yet promised."""
    one = incident_thread(comment(1, "jordan", "/sev 1 worse", 20), severity=2)
    assert table(one) == {P.ACKNOWLEDGE: 25, P.FIRST_MESSAGE: 35, P.FIX: 140}


def test_a_report_has_a_triage_clock_only() -> None:
    """That of a SEV-2, until it gets a severity."""
    assert table(thread(body=form(), author="kim")) == {P.TRIAGE: 15}


def test_withdrawn_and_adopted_have_none() -> None:
    """Nothing runs where nothing was promised."""
    assert table(incident_thread(unlabeled("sev-1", 5))) == {}
    assert table(incident_thread(), 30 * 24 * 60) == {}


def test_the_fix_clock_stops_at_mitigation() -> None:
    """Users are fine: that promise is met, whatever the root cause takes."""
    found = case(incident_thread(comment(1, "jordan", "/status mitigated", 26)), 30)
    assert found.incident is not None
    (fix,) = [one for one in clocks(found.incident, found.config) if one.promise is P.FIX]
    assert (fix.met, fix.late) == (instant(26), None)


@pytest.mark.parametrize(
    ("of", "start", "due"),
    [
        (incident_thread(), None, None),
        (incident_thread(closed(60)), instant(60), datetime.fromisoformat("2026-11-19T18:00:00+00:00")),
        (
            incident_thread(comment(1, "jordan", "/status mitigated", 26)),
            datetime.fromisoformat("2026-11-19T18:00:00+00:00"),
            datetime.fromisoformat("2026-11-23T18:00:00+00:00"),
        ),
        (incident_thread(closed(60), severity=3), instant(60), None),
        (incident_thread(closed(60), comment(1, "jordan", "/false-alarm x", 65)), None, None),
        (incident_thread(closed(60), comment(1, "jordan", "/sev 3 misjudged: x", 65)), instant(65), None),
    ],
)
def test_the_post_mortem_clock(of: Thread, start: datetime | None, due: datetime | None) -> None:
    """From resolution, or two business days after mitigation; two business days long."""
    found = case(of, 70)
    assert found.incident is not None
    assert postmortem_start(found.incident, found.config) == start
    assert postmortem_deadline(found.incident, found.config) == due


@pytest.mark.parametrize(
    ("of", "due"),
    [
        (incident_thread(closed(60), reopened(600)), {P.ACKNOWLEDGE: 605, P.FIRST_MESSAGE: 615, P.FIX: 720}),
        (
            incident_thread(comment(1, "jordan", "/update! x", 3), closed(60), reopened(600)),
            {P.ACKNOWLEDGE: 5, P.UPDATE: 630, P.FIX: 720},
        ),
        (
            incident_thread(closed(60, reason=CloseReason.NOT_PLANNED), reopened(600)),
            {P.ACKNOWLEDGE: 605, P.FIRST_MESSAGE: 615, P.FIX: 720},
        ),
        (
            incident_thread(closed(60), reopened(600), comment(1, "jordan", "/sev 2 smaller", 660)),
            {P.ACKNOWLEDGE: 675, P.FIRST_MESSAGE: 675, P.FIX: 960},
        ),
        (thread(closed(60), reopened(600), body=form(), author="kim"), {P.TRIAGE: 615}),
    ],
)
def test_a_reopened_incident_is_promised_anew(of: Thread, due: dict[Promise, float]) -> None:
    """From the reopening, so that nobody is late for the days on which it was closed."""
    assert table(of, 610) == due


def test_a_fix_that_did_not_hold_is_not_shown_as_kept() -> None:
    """After a reopening the fix is open again."""
    found = case(incident_thread(comment(1, "jordan", "/status mitigated", 26), closed(60), reopened(600)), 610)
    assert found.incident is not None
    (fix,) = [one for one in clocks(found.incident, found.config) if one.promise is P.FIX]
    assert (fix.met, fix.stopped) == (None, False)


HOUR = 60


@pytest.mark.parametrize(
    ("later", "due"),
    [
        ((), {}),
        ((comment(1, "jordan", "/ack", 101 * HOUR),), {}),
        ((comment(1, "jordan", "/status mitigated", 101 * HOUR),), {}),
        ((comment(1, "jordan", "/update! x", 101 * HOUR),), {P.UPDATE: 101 * HOUR + 30}),
        ((comment(1, "jordan", "/update! x", 100 * HOUR),), {P.UPDATE: 100 * HOUR + 30}),
        ((comment(1, "jordan", "/status mitigated x", 101 * HOUR),), {P.UPDATE: 103 * HOUR}),
        (
            (closed(101 * HOUR), reopened(102 * HOUR)),
            {P.ACKNOWLEDGE: 102 * HOUR + 5, P.FIRST_MESSAGE: 102 * HOUR + 15, P.FIX: 104 * HOUR},
        ),
    ],
)
def test_an_adopted_incident_is_told_of_once_somebody_speaks(
    later: tuple[Item, ...], due: dict[Promise, float]
) -> None:
    """Until then no clock runs and nobody is reminded; from then on the card and the reminders agree."""
    world = World(incident_thread()).looked_at(100 * HOUR).then(*later)
    shown = {promise: at for promise, at in table(world.thread, 102 * HOUR + 1).items() if promise is not P.POSTMORTEM}
    assert shown == due
    assert len(world.looked_at(110 * HOUR).bodies("/update/")) == bool(due)


def test_what_was_said_before_adoption_starts_no_clock() -> None:
    """It was history when Stanch came."""
    world = World(incident_thread(comment(1, "jordan", "/update! x", 99 * HOUR))).looked_at(100 * HOUR)
    assert table(world.thread, 101 * HOUR) == {}
    assert world.looked_at(110 * HOUR).bodies("/update/") == []


NEXT_WEEK = datetime.fromisoformat("2026-11-24T10:00:00+00:00")
LATE = datetime.fromisoformat("2026-11-26T18:00:00+00:00")


@pytest.mark.parametrize(
    ("severity", "said", "start", "due"),
    [
        (3, ("", "/sev 1 it lost orders"), NEXT_WEEK, LATE),
        (1, ("/sev 3 misjudged: no", "/sev 1 it lost orders"), NEXT_WEEK, LATE),
        (2, ("", "/sev 1 it lost orders"), NEXT_WEEK, LATE),
        (1, ("", "/sev 3 smaller"), instant(60), datetime.fromisoformat("2026-11-19T18:00:00+00:00")),
        (1, ("/sev 3 smaller", "/sev 1 again"), instant(60), datetime.fromisoformat("2026-11-19T18:00:00+00:00")),
    ],
)
def test_a_post_mortem_is_not_born_overdue(
    severity: int, said: tuple[str, str], start: datetime, due: datetime
) -> None:
    """Its clock starts at the end, or when the severity that asks for it began to hold, if that was later."""
    before, after = said
    of = incident_thread(
        card(9, Ledger()),
        comment(1, "jordan", before, 20),
        closed(60),
        comment(2, "jordan", after, NEXT_WEEK),
        severity=severity,
    )
    found = case(of, NEXT_WEEK)
    assert found.incident is not None
    assert postmortem_start(found.incident, found.config) == start
    assert postmortem_deadline(found.incident, found.config) == due
