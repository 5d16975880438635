"""What time alone makes due: announced before, said once it is due, and left to a watcher while one runs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.values import (
    BOT,
    card,
    case,
    closed,
    comment,
    decided,
    edited,
    happened,
    incident_thread,
    instant,
    labeled,
    notice,
    plainly,
    snapshot,
    thread,
    upcoming,
    wants,
)

from stanch.core.channels import Channel
from stanch.core.ledger import Ledger
from stanch.core.plan import plan
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Comment, Item
from stanch.core.upcoming import PATIENCE, may_be_said, next_due, quiet_for
from stanch.core.wanted import Notice, Text
from stanch.core.watchers import Watchers
from stanch.core.writes import CreateComment, Send, Write
from stanch.practices.updates import updates

SLACK = PATIENCE.total_seconds() / 60


def at(now: float, *, left: bool) -> Snapshot:
    return replace(snapshot(incident_thread(), now), watchers=Watchers(running=left))


@pytest.mark.parametrize(
    ("now", "timed", "left", "said"),
    [
        (9.9, False, False, False),
        (9.9, True, False, False),
        (10, False, False, True),
        (10, True, False, True),
        (10, True, True, False),
        (10, False, True, True),
        (10 + SLACK - 0.1, True, True, False),
        (10 + SLACK, True, True, True),
    ],
)
def test_who_says_what_is_due_at_ten(now: float, timed: bool, left: bool, said: bool) -> None:
    """Nobody before its time; an event leaves it to the watcher, unless that is so late that it may be dead."""
    notice = Notice("1/x", Text("comments/help"), instant(10), timed=timed)
    assert may_be_said(notice, at(now, left=left)) is said


def test_the_next_deadline_is_the_least_that_is_still_to_come() -> None:
    """What is due by now is none, and what somebody's act makes due is none either."""
    wanted = [
        Notice(f"1/{n}", Text("comments/help"), instant(n), timed=timed)
        for n, timed in ((5, True), (10, True), (12, True), (8, False))
    ]
    assert next_due(wanted, instant(5)) == instant(10)
    assert next_due(wanted, instant(12)) is None
    assert next_due([], instant(0)) is None


def test_a_reminder_is_announced_before_it_is_due_and_the_second_one_with_the_first() -> None:
    """Two instants: when the first word is due, and half an interval later."""
    of = incident_thread()
    assert [notice.due for notice in upcoming(updates, of, 3)] == [instant(15)]
    assert [notice.due for notice in upcoming(updates, of, 15)] == [instant(30)]
    assert upcoming(updates, of, 30) == []
    assert wants(updates, of, 3) == []


def test_an_event_writes_no_reminder_while_a_watcher_runs_and_any_look_pays_what_a_dead_one_owes() -> None:
    """The card is written either way."""
    kinds = {}
    for minutes, left in ((15, True), (15, False), (15 + SLACK, True)):
        found, wanted = decided(at(minutes, left=left))
        kinds[minutes, left] = [
            str(key) for write in plan(found, wanted, plainly) if (key := getattr(write, "key", ""))
        ]
    assert [any("/update/" in key for key in keys) for keys in kinds.values()] == [False, True, True]
    assert all(any(key.endswith("/card") for key in keys) for keys in kinds.values())


def test_the_next_deadline_of_a_quiet_incident_is_its_first_word() -> None:
    """Read off what its practices announce."""
    found = case(incident_thread(), 1)
    assert next_due(updates(found), found.now) == instant(15)
    assert next_due(updates(found), found.now + timedelta(hours=9)) is None


REMARK = comment(3, "jordan", "Looking at the logs.", 4.5)
ASKED = "12/escalate/20261117T020000Z/1"
CALLED = incident_thread(card(1, Ledger()), notice(2, "12/call/sev-1/20261117T020000Z", 1))
SAID = notice(4, ASKED, 5)


@pytest.mark.parametrize(
    ("acts", "by_watcher", "writes"),
    [
        ((), True, ["pagerduty declared", "EditComment", "slack declared", ASKED]),
        ((REMARK,), False, ["pagerduty declared", "EditComment", "slack declared", ASKED]),
        ((REMARK,), True, [ASKED]),
        ((REMARK, SAID), True, ["pagerduty escalated"]),
    ],
)
def test_a_watcher_leaves_what_an_act_caused_to_its_event_but_says_what_time_made_due(
    acts: tuple[Comment, ...], by_watcher: bool, writes: list[str]
) -> None:
    """Five minutes without an answer: somebody is asked and then paged, whoever has just said something else."""
    channels = frozenset({Channel.SLACK, Channel.PAGERDUTY})
    found, wanted = decided(replace(snapshot(happened(CALLED, *acts), 5), channels=channels, by_watcher=by_watcher))
    assert [written(write) for write in plan(found, wanted, plainly)] == writes


def written(write: Write) -> str:
    if isinstance(write, Send):
        return f"{write.channel.value} {write.kind.value}"
    return write.key if isinstance(write, CreateComment) else type(write).__name__


@pytest.mark.parametrize(
    ("items", "quiet"),
    [
        ((), 10),
        ((comment(1, "jordan", "Hm.", 4),), 6),
        ((edited(comment(1, "jordan", "Hm.", 4), "jordan", 7),), 3),
        ((labeled("sev-1", 6),), 4),
        ((card(1, Ledger(), 9),), 10),
        ((closed(9, BOT.login),), 10),
    ],
)
def test_how_long_nobody_did_anything(items: tuple[Item, ...], quiet: int) -> None:
    """Minutes since a person spoke, edited, or touched a label; the bot's own doings are none."""
    assert quiet_for(thread(*items), instant(10)) == timedelta(minutes=quiet)


def test_whoever_edits_the_issue_itself_does_something() -> None:
    """Its text decides what it is, and the edit has an event of its own."""
    assert quiet_for(replace(thread(), edited_at=instant(8)), instant(10)) == timedelta(minutes=2)
