"""Updates: one reminder when a word is due, one half an interval later, then silence."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

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
    reopened,
    thread,
    unlabeled,
    view_of,
    wants,
)

from stanch.core.clock import Within
from stanch.core.clocks import Promise, update_clock
from stanch.core.config import Config, SeverityRules
from stanch.core.severity import Severity
from stanch.core.thread import Comment, Item, Thread
from stanch.core.wanted import Notice
from stanch.practices.card import card
from stanch.practices.updates import updates

UPDATE = comment(1, "jordan", "/update We roll back. More at 03:00 UTC.", 10)


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
        ([UPDATE, comment(2, "sam", "/status mitigated", 20)], 1, 140),
        ([UPDATE, comment(2, "sam", "/status mitigated", 20), comment(3, "sam", "/status monitoring", 30)], 1, 140),
        ([comment(2, "sam", "/status mitigated", 10)], 1, 15),
        ([comment(2, "sam", "/status mitigated", 50)], 1, 170),
        ([UPDATE, comment(2, "sam", "/status mitigated rolled back", 20)], 1, 140),
        ([UPDATE, comment(2, "sam", "/status mitigated", 20), comment(3, "sam", "/status identified", 30)], 1, 60),
        ([comment(1, "jordan", "/snooze 1h", 5)], 1, 65),
        ([UPDATE, comment(2, "sam", "/snooze 30m", 35)], 1, 65),
        ([UPDATE, comment(2, "sam", "/snooze 5m", 12)], 1, 40),
        ([comment(1, "jordan", "/snooze 1h", 5), comment(2, "jordan", "/update! x", 20)], 1, 50),
        ([comment(1, "jordan", "/snooze 1h", 5), comment(2, "jordan", "/status identified x", 20)], 1, 50),
        ([comment(1, "jordan", "/snooze 1h", 5), comment(2, "jordan", "/status identified", 20)], 1, 65),
        ([UPDATE, comment(2, "sam", "/snooze 4h", 20), closed(30), reopened(60)], 2, 180),
        ([comment(1, "jordan", "/snooze 1h", 5), comment(2, "jordan", "/update! x", 70)], 1, 100),
        ([UPDATE, comment(2, "kim", "/update nonsense", 20)], 1, 40),
        ([UPDATE, closed(20)], 1, None),
        ([UPDATE, unlabeled("sev-1", 20)], 1, None),
        ([comment(1, "jordan", "/sev 1 worse", 60)], 2, 75),
    ],
)
def test_when_the_next_word_is_due(items: list[Item], severity: int, minutes: float | None) -> None:
    """The first message in 15 minutes, then an interval after each word, four times as long once users are fine.

    What turned users fine, or unhappy again, starts a new interval; a word ends what was put off before it.
    """
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
    world = world.then(comment(1, "jordan", "/update Still on it, more at noon.", 90))
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


def spoken(of: Thread, until: int = 400, every: int = 5) -> list[float]:
    """The minutes at which reminders were posted, when looked at every few minutes."""
    world = World(thread(body=of.body, author=of.author.login))
    for minute in range(1, until, every):
        since, now = instant(minute - every), instant(minute)
        world = world.then(*(item for item in of.items if since < item.at <= now)).looked_at(minute)
    told = [one for one in world.thread.comments if one.ours and UP in one.body.split("\n")[0]]
    return [(one.at - instant(0)).total_seconds() / 60 for one in told]


UP = "/update/"
LONG_AGO = form() + "\n### When was it detected? (UTC)\n\n2026-11-17 01:00\n"
"""Detected an hour before it was declared."""

JUST_NOW = LONG_AGO.replace("01:00", "01:50")


@pytest.mark.parametrize(
    ("of", "minutes"),
    [
        (thread(body=form()), [16, 31]),
        (thread(body=LONG_AGO), [16, 31]),
        (thread(body=JUST_NOW), [6, 21]),
        (thread(comment(1, "sam", "/sev 1 down", 90), body=form(), author="kim"), [106, 121]),
        (
            thread(comment(1, "sam", "/update! x", 5), comment(2, "sam", "/sev 1 x", 90), body=form(), author="kim"),
            [121, 136],
        ),
        (incident_thread(comment(1, "sam", "/sev 1 worse", 90), severity=3), [106, 121]),
        (incident_thread(UPDATE, comment(2, "sam", "/sev 1 worse", 90), severity=3), [121, 136]),
        (incident_thread(UPDATE, comment(2, "sam", "/status mitigated", 61)), [41, 56, 181, 241]),
        (incident_thread(comment(1, "sam", "/status mitigated", 61)), [16, 31, 181, 241]),
        (incident_thread(UPDATE, closed(20), reopened(300)), [331, 346]),
        (incident_thread(comment(1, "sam", "/false-alarm x", 10), reopened(300)), [316, 331]),
        (incident_thread(comment(1, "sam", "/snooze 1h", 33)), [16, 31, 96, 111]),
    ],
)
def test_nobody_is_reminded_of_what_could_not_yet_be_known(of: Thread, minutes: list[float]) -> None:
    """The first reminder comes when due; what was past when it began to be promised is given its whole time first."""
    assert spoken(of) == minutes


def test_the_deadline_stays_as_promised() -> None:
    """A late declaration moves the reminder, not the deadline that was promised from detection."""
    (view,) = reminders(thread(body=LONG_AGO), 16)
    assert (view["due"], view["late"], view["first"], view["last"]) == (instant(-45), 61 * 60, True, False)


def with_rules(**changes: object) -> Config:
    rules: Mapping[Severity, SeverityRules] = {
        level: replace(rule, **changes)  # type: ignore[arg-type] # from a table
        for level, rule in TEAM.rules.items()
    }
    return replace(TEAM, rules=rules)


CHANGED = [
    with_rules(first_client_message=Within(timedelta(minutes=5))),
    with_rules(first_client_message=Within(timedelta(minutes=90))),
    with_rules(update=timedelta(minutes=10)),
    with_rules(update=timedelta(hours=2)),
    replace(TEAM, tells_clients=False),
    replace(TEAM, calm_factor=1),
]


@pytest.mark.parametrize("config", CHANGED)
@pytest.mark.parametrize(
    "items",
    [(), (UPDATE,), (UPDATE, comment(2, "sam", "/status mitigated", 20)), (closed(2), reopened(5))],
)
def test_a_changed_promise_asks_no_further_question_of_the_same_silence(
    config: Config, items: tuple[Item, ...]
) -> None:
    """Two reminders are all, whatever the configuration says afterwards."""
    world = World(incident_thread(*items))
    for minute in (300, 900):
        world = world.looked_at(minute)
    assert len(world.bodies(UP)) == 1
    world = replace(world, config=config)
    for minute in range(901, 1500, 30):
        world = world.looked_at(minute)
    assert len(world.bodies(UP)) == 1


@pytest.mark.unmeasured
@pytest.mark.parametrize("config", CHANGED)
@pytest.mark.parametrize("changed_at", [16, 35])
def test_a_promise_that_changes_between_two_reminders_adds_none(config: Config, changed_at: int) -> None:
    """The first stays the first, and the second is still the last."""
    world = World(incident_thread())
    for minute in (*range(1, 70), *range(70, 900, 30)):
        world = (replace(world, config=config) if minute == changed_at else world).looked_at(minute)
    assert len(world.bodies(UP)) == 2


def test_another_stated_detection_asks_nothing_again() -> None:
    """Somebody corrects the form: the deadline moves, the reminders that were given stay given."""
    world = World(thread(body=form()))
    for minute in (16, 31):
        world = world.looked_at(minute)
    world = replace(world, thread=replace(world.thread, body=LONG_AGO))
    assert len(world.looked_at(40).looked_at(600).bodies(UP)) == 2


def test_what_was_put_off_says_so_only_while_it_decides() -> None:
    """The card tells of a snooze as long as the due time comes from it."""
    snooze = comment(1, "jordan", "/snooze 1h", 5)
    for items, severity, shown in [
        ((snooze,), 1, instant(65)),
        ((snooze, comment(2, "jordan", "/update! x", 20)), 1, None),
        ((comment(1, "jordan", "/snooze 5m", 5),), 1, None),
        ((snooze, closed(20)), 1, None),
        ((snooze,), 3, None),
    ]:
        (want,) = wants(card, incident_thread(*items, severity=severity), 30)
        assert view_of(want)["snoozed_until"] == shown
