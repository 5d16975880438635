"""Updates: one reminder when a word is due, one half an interval later, then silence."""

from dataclasses import replace

import pytest
from tests.values import (
    TEAM,
    World,
    case,
    closed,
    comment,
    form,
    incident_thread,
    instant,
    thread,
    unlabeled,
    view_of,
    wants,
)

from stanch.core.clocks import Promise, update_clock
from stanch.core.thread import Comment, Item, Thread
from stanch.core.wanted import Notice
from stanch.practices.updates import updates

UPDATE = comment(1, "jordan", "/update We roll back.", 10)


def due(*items: Item, severity: int = 1, config: object = None) -> float | None:
    """Minutes after the start at which the next word is due."""
    found = case(incident_thread(*items, severity=severity), 500)
    assert found.incident is not None
    clock = update_clock(found.incident, found.config)
    return None if clock is None else (clock.due - instant(0)).total_seconds() / 60


def reminders(of: Thread, now: float) -> list[dict[str, object]]:
    return [view_of(want) for want in wants(updates, of, now)]


def test_nothing_to_do() -> None:
    """Before the first word is due there is nothing to say."""
    assert wants(updates, incident_thread(), 14) == []


@pytest.mark.parametrize(
    ("items", "severity", "minutes"),
    [
        ([], 1, 15),
        ([], 2, 15),
        ([], 3, None),
        ([], 4, None),
        ([UPDATE], 1, 40),
        ([UPDATE], 2, 130),
        ([UPDATE], 3, None),
        ([UPDATE, comment(2, "sam", "/status identified index", 20)], 1, 50),
        ([UPDATE, comment(2, "sam", "/status identified", 20)], 1, 40),
        ([UPDATE, comment(2, "sam", "/update! More.", 20)], 1, 50),
        ([UPDATE, comment(2, "sam", "/status mitigated", 20)], 1, 130),
        ([UPDATE, comment(2, "sam", "/status mitigated rolled back", 20)], 1, 140),
        ([UPDATE, comment(2, "sam", "/status mitigated", 20), comment(3, "sam", "/status identified", 30)], 1, 40),
        ([comment(1, "jordan", "/snooze 1h", 5)], 1, 65),
        ([UPDATE, comment(2, "sam", "/snooze 30m", 35)], 1, 65),
        ([comment(1, "jordan", "/snooze 1h", 5), comment(2, "jordan", "/update x", 70)], 1, 100),
        ([UPDATE, comment(2, "kim", "/update nonsense", 20)], 1, 40),
        ([UPDATE, closed(20)], 1, None),
        ([UPDATE, unlabeled("sev-1", 20)], 1, None),
        ([comment(1, "jordan", "/sev 1 worse", 60)], 2, 75),
    ],
)
def test_when_the_next_word_is_due(items: list[Item], severity: int, minutes: float | None) -> None:
    """The first message in 15 minutes, then an interval after each word, four times as long once users are fine."""
    assert due(*items, severity=severity) == minutes


@pytest.mark.parametrize(
    ("now", "told"),
    [(14, None), (15, False), (29, False), (30, True), (500, True)],
)
def test_one_reminder_when_due_and_one_half_an_interval_later(now: float, told: bool | None) -> None:
    """There is never a third; the second says that it is the last."""
    found = reminders(incident_thread(), now)
    assert [view["last"] for view in found] == ([] if told is None else [told])


def test_five_missed_ticks_give_one_reminder_that_says_how_late_it_is() -> None:
    """A cron that slept sends one comment, with the lateness in seconds."""
    world = World(incident_thread(UPDATE)).looked_at(11).looked_at(40 + 150)
    (body,) = world.bodies("/update/")
    assert '"late": 9000' in body
    assert world.planned(300) == ()


def test_silence_after_the_second_until_the_next_word() -> None:
    """Every minute looked at, two reminders; a word starts the clock anew."""
    world = World(incident_thread())
    for minute in range(1, 90, 4):
        world = world.looked_at(minute)
    assert len(world.bodies("/update/")) == 2
    world = world.then(comment(1, "jordan", "/update Still on it.", 90))
    for minute in range(91, 260, 12):
        world = world.looked_at(minute)
    assert len(world.bodies("/update/")) == 4


def test_the_reminder_goes_to_one_person() -> None:
    """Whoever leads is asked; the first message is called that."""
    (view,) = reminders(incident_thread(comment(1, "jordan", "/ack", 3)), 16)
    assert (view["people"], view["first"], view["late"]) == (["jordan"], True, 60)


def test_a_reports_author_is_no_reason_to_chase_anybody() -> None:
    """A client report has a triage clock and no update clock."""
    assert wants(updates, thread(body=form(), author="kim"), 500) == []


def test_without_clients_only_the_team_is_told() -> None:
    """`clients: none`: no first message is owed, and the interval runs from detection."""
    config = replace(TEAM, tells_clients=False)
    assert wants(updates, incident_thread(), 29, config) == []
    found = wants(updates, incident_thread(), 31, config)
    assert [view_of(want)["first"] for want in found] == [False]


@pytest.mark.parametrize("silent", [{"remind": False}, {"update": None}])
def test_a_team_may_want_no_reminders(silent: dict[str, object]) -> None:
    """Switched off in the config, nothing is said."""
    rules = {level: replace(rule, **silent) for level, rule in TEAM.rules.items()}  # type: ignore[arg-type] # from a table
    one: list[Comment] = [UPDATE]
    assert wants(updates, incident_thread(*one), 500, replace(TEAM, rules=rules)) == []


def test_each_reminder_is_due_when_it_says() -> None:
    """The notice of the second slot became due at the second slot."""
    (want,) = wants(updates, incident_thread(), 31)
    assert isinstance(want, Notice)
    assert want.due == instant(30)
    assert view_of(want)["due"] == instant(15)
    assert Promise.FIRST_MESSAGE.value == "first client message"
