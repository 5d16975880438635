"""When the issue of a hand-over opens, which hand-overs get one, and how it is found again."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from tests.handovers import BERLIN, CONFIG, FIRST, FRIDAY, HANDOVER, MONDAY, NEXT, PEOPLE, ROTA, issue, note, on
from tests.values import closed

from stanch.core.clock import Calendar
from stanch.core.handover import (
    Handover,
    Note,
    asked_at,
    handover_of,
    is_at_work,
    is_copy,
    notes,
    to_open,
)
from stanch.core.marker import Marker
from stanch.core.rota import Layer, Override, Rota
from stanch.core.thread import CloseReason


def days(rota: Rota, now: datetime, calendar: Calendar = BERLIN) -> list[str]:
    """The days of the hand-overs whose note may be written now."""
    return [one.handover.day for one in notes(rota, calendar, now)]


def of(*people: str, **more: object) -> Rota:
    layer = replace(Layer("primary", people, FIRST, zone="Europe/Berlin"), **more)
    return Rota((layer,))


def test_without_a_rota_there_is_nothing_to_hand_over() -> None:
    """Nor before the first turn, nor at the beginning of the first one."""
    assert notes(Rota(), BERLIN, FRIDAY) == ()
    assert days(ROTA, on(13)) == []
    assert days(ROTA, on(16, 9)) == []


def test_it_opens_on_the_last_working_morning_before_the_turn_ends() -> None:
    """On Friday at 09:00 in Berlin, and for 24 hours after the hand-over at the latest."""
    at = [FRIDAY - timedelta(seconds=1), FRIDAY, MONDAY, MONDAY + timedelta(hours=24), on(26)]
    assert [days(ROTA, one) for one in at] == [[], ["2026-11-23"], ["2026-11-23"], [], []]


def test_a_note_knows_what_it_tells_of() -> None:
    """Of everything since the note before it was due; wake-ups from the beginning of the turn before."""
    assert note() == Note(HANDOVER, FRIDAY, told=on(13, 8), turn=on(16, 8), before=on(9, 8))


@pytest.mark.parametrize(
    ("handover", "holidays", "opens"),
    [
        ((0, time(9)), (), on(20, 8)),
        ((0, time(12)), (), on(20, 8)),
        ((0, time(13)), (), on(23, 8)),
        ((2, time(17)), (), on(25, 8)),
        ((5, time(9)), (), on(27, 8)),
        ((0, time(9)), (date(2026, 11, 20),), on(19, 8)),
        ((0, time(9)), tuple(date(2026, 11, day) for day in range(14, 23)), on(23, 8)),
    ],
    ids=["monday", "too soon", "the same day", "wednesday evening", "saturday", "a holiday", "a week off"],
)
def test_there_is_time_to_fill_it_in(handover: tuple[int, time], holidays: tuple[date, ...], opens: datetime) -> None:
    """Four hours at least; where nobody worked in the whole turn, it opens as the next one begins."""
    weekday, at = handover
    rota = of(*PEOPLE, first=FIRST + timedelta(days=weekday), at=at)
    calendar = Calendar("Europe/Berlin", holidays=frozenset(holidays))
    found = [one.opens for one in notes(rota, calendar, opens)]
    assert found[-1:] == [opens]
    assert all(one.opens != opens for one in notes(rota, calendar, opens - timedelta(seconds=1)))


def test_a_team_of_one_has_nobody_to_hand_over_to() -> None:
    """A team of two has."""
    assert days(of("alex"), FRIDAY) == []
    assert days(of("alex", "Alex"), FRIDAY) == []
    assert days(of("alex", "jordan"), FRIDAY) == ["2026-11-23"]


@pytest.mark.parametrize(
    ("length", "decided", "opens"),
    [(7, None, 1), (14, None, 1), (1, None, 0), (3, None, 0), (7, False, 0), (1, True, 1)],
)
def test_short_turns_get_no_issue_unless_somebody_asks(length: int, decided: bool | None, opens: int) -> None:
    """Where turns last a week or longer they do, unless somebody decided otherwise."""
    rota = replace(of(*PEOPLE, days=length), issue=decided)
    end = rota.layers[0].handover(1)
    assert len(notes(rota, BERLIN, end + timedelta(minutes=1))) >= opens
    assert bool(notes(rota, BERLIN, end + timedelta(minutes=1))) == bool(opens)


def test_a_cover_for_a_day_hands_nothing_over() -> None:
    """An override in the middle of a turn is none; one over its end changes who hands over to whom."""
    wednesday = Override("primary", "morgan", on(18, 8), on(19, 8))
    assert days(ROTA.with_overrides(wednesday), on(18, 9)) == []
    over = Override("primary", "morgan", on(22), on(25))
    assert days(ROTA.with_overrides(over), FRIDAY) == []
    (found,) = notes(ROTA.with_overrides(Override("primary", "morgan", MONDAY, NEXT)), BERLIN, FRIDAY)
    assert (found.handover.outgoing, found.handover.incoming) == ("alex", "morgan")
    assert days(ROTA.with_overrides(Override("primary", "Alex", MONDAY, NEXT)), FRIDAY) == []


def test_one_that_stands_is_not_opened_again() -> None:
    """By its first line, open or closed; where somebody overwrote that, by when it opened. Not a person's copy."""
    calendar = CONFIG.calendar
    for there in (issue(), issue(closed(MONDAY)), issue(body="All quiet."), issue(body="<!-- x -->\nAll quiet.")):
        assert to_open(ROTA, calendar, (there,), MONDAY) is None
    for other in (
        issue(author="sam"),
        issue(body=str(Marker("0/handover/2026-11-16"))),
        replace(issue(), at=on(13, 8)),
    ):
        body_only = replace(other, body="quiet") if other.at == on(13, 8) else other
        assert to_open(ROTA, calendar, (body_only,), MONDAY) == note(MONDAY)


def test_it_remembers_whom_it_is_about() -> None:
    """Whatever becomes of the rota, and of the text below its first line."""
    whole = issue()
    assert handover_of(replace(whole, body=whole.body + "\nmore"), Rota(), BERLIN) == HANDOVER
    assert handover_of(issue(body="All quiet."), ROTA, BERLIN) == HANDOVER
    assert handover_of(issue(body="All quiet."), Rota(), BERLIN) is None


@pytest.mark.parametrize(
    "stamp",
    [
        {},
        {"since": "20261123T080000Z"},
        {"since": "20261123T080000Z", "until": "20261123T080000Z"},
        {"since": "2026", "until": "20261130T080000Z"},
        HANDOVER.stamp | {"outgoing": "a--b"},
        HANDOVER.stamp | {"until": "20261116T080000Z"},
    ],
)
def test_a_first_line_that_is_no_good_is_none(stamp: dict[str, str]) -> None:
    """Half of it, a turn that ends before it begins, somebody who cannot be."""
    assert handover_of(issue(body=str(Marker(HANDOVER.key, stamp=stamp))), ROTA, BERLIN) is None


def test_only_an_issue_of_ours_is_one() -> None:
    """A person's copy with the label and the first line is none; nor is another issue of ours with the label."""
    assert handover_of(issue(author="sam"), ROTA, BERLIN) is None
    assert handover_of(issue(body=str(Marker("12/postmortem"))), ROTA, BERLIN) is None


def test_the_later_of_two_is_a_copy() -> None:
    """The lowest number stays; one that was closed as a copy itself makes nothing a copy."""
    first, second = issue(), issue(number=71)
    assert is_copy(second, HANDOVER, (first, second))
    assert not is_copy(first, HANDOVER, (first, second))
    assert not is_copy(second, HANDOVER, (issue(closed(FRIDAY, reason=CloseReason.DUPLICATE)), second))
    assert not is_copy(second, HANDOVER, (issue(body=str(Marker("0/handover/2026-11-16"))), second))


@pytest.mark.parametrize(
    ("since", "asked"), [(MONDAY, on(24, 8)), (on(20, 16), on(23, 8)), (on(20, 23), on(23, 8)), (on(19, 23), on(23, 8))]
)
def test_it_is_asked_for_on_the_morning_after(since: datetime, asked: datetime) -> None:
    """09:00 of the first working day after the team's day of the hand-over."""
    one = Handover(since, since + timedelta(days=7), "alex", "jordan", "2026-11-23")
    assert asked_at(one, BERLIN) == asked


@pytest.mark.parametrize(
    ("at", "works"),
    [(on(20, 8), True), (on(20, 7), False), (on(20, 17), False), (on(20, 16), True), (on(21, 10), False)],
)
def test_working_hours_are_the_teams(at: datetime, works: bool) -> None:
    """From opening until just before closing, on working days; a holiday is none."""
    assert is_at_work(at, BERLIN) is works
    assert not is_at_work(at, replace(BERLIN, holidays=frozenset({date(2026, 11, 20)})))


@pytest.mark.unmeasured
def test_the_note_is_one_in_every_week_of_a_year() -> None:
    """Hour by hour, over both changes of clocks: each hand-over once, in its order, never twice."""
    standing: list[str] = []
    now = datetime(2026, 11, 17, tzinfo=UTC)
    while now < datetime(2027, 11, 17, tzinfo=UTC):
        found = [one for one in days(ROTA, now) if one not in standing]
        standing += found
        now += timedelta(hours=1)
    assert len(standing) == 52
    assert standing == sorted(set(standing))
    assert all(date.fromisoformat(day).weekday() == 0 for day in standing)
