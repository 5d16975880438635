"""What may become of a drill: every kind of want, allowed or not, and marked where it says something."""

from dataclasses import replace
from typing import get_args

import pytest
from tests.games import opened
from tests.values import START, TEAM, case, closed, comment, decided, incident_thread, snapshot

from stanch.core.channels import Channel, Kind
from stanch.core.config import Config
from stanch.core.config_drills import DrillRules
from stanch.core.drill_bounds import MARK, bounded
from stanch.core.thread import CloseReason, Mark
from stanch.core.wanted import (
    Added,
    Alarm,
    Announce,
    Assigned,
    Body,
    Card,
    ChildIssue,
    Closed,
    LabelOff,
    LabelOn,
    LongForm,
    Notice,
    Pinned,
    Reacted,
    StatusOn,
    Text,
    Told,
    Unassigned,
    Want,
    Watched,
)

SAID = Text("comments/help")
STAYS: tuple[Want, ...] = (
    LabelOn("sev-1"),
    LabelOn("false-alarm"),
    LabelOff("sev-2"),
    Assigned("12/assign", "jordan", START),
    Unassigned("12/unassign", "jordan", START),
    Reacted(1, Mark.ACCEPTED),
    Card("12/card", SAID),
    Notice("12/call", SAID, START),
    Closed(CloseReason.COMPLETED),
    Watched(START),
    Alarm(SAID),
)
GOES: tuple[Want, ...] = (
    LabelOn("containment"),
    LabelOn("overdue"),
    LabelOn("client-report"),
    ChildIssue("12/postmortem", SAID, SAID),
    Added("12/runbook/x/alex", "12/runbook/x", SAID),
    Body("dashboard", SAID, ""),
    Pinned(),
    LongForm("12/long", "12/postmortem", 13, SAID, SAID),
    StatusOn("4d5e", "failure", SAID, ""),
    Told(13, "13/merged/12", SAID),
)


def announced(channel: Channel, kind: Kind) -> Announce:
    return Announce(f"12/announce/{channel.service}/{kind}/x", channel, kind, SAID, START, 1)


def test_nothing_is_taken_from_a_real_incident() -> None:
    """What is wanted in earnest goes through as it is."""
    everything = (*STAYS, *GOES, announced(Channel.PAGERDUTY, Kind.DECLARED))
    assert bounded(case(incident_thread(), 1), everything) == everything


def test_of_a_drill_only_what_stays_on_its_thread() -> None:
    """No child, no status, no dashboard, no debt; everything that is said is marked."""
    kept = bounded(case(opened(), 1), (*STAYS, *GOES))
    assert [type(want) for want in kept] == [type(want) for want in STAYS]
    said = [want.text.view for want in kept if isinstance(want, Alarm | Card | Notice)]
    assert len(said) == 3
    assert all(view[MARK] is True for view in said)


def test_every_kind_of_want_has_been_thought_of() -> None:
    """Whoever adds a kind says here whether a drill may want it."""
    assert {type(want) for want in (*STAYS, *GOES)} | {Announce} == set(get_args(Want))


@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("kind", list(Kind))
def test_what_leaves_the_repository(channel: Channel, kind: Kind, marked: bool) -> None:  # a table's cell
    """Never a page, never what clients might read; to Slack and the webhook only where the team wants it, and marked.

    A page that was sent in earnest is ended: it would ring for ever.
    """
    config = replace(TEAM, drills=DrillRules(marked=marked))
    kept = bounded(case(opened(), 1, config), [announced(channel, kind)])
    if channel is Channel.PAGERDUTY:
        assert bool(kept) is (kind in {Kind.ACKNOWLEDGED, Kind.RESOLVED})
    else:
        assert bool(kept) is (marked and kind is not Kind.PUBLIC_UPDATE)
    assert all(isinstance(want, Announce) and want.drill and want.text.view[MARK] for want in kept)


def channels(config: Config) -> set[tuple[Channel, Kind]]:
    """What a drill announces in its second minute, with everything connected."""
    seen = replace(snapshot(opened(severity=1), 2, config), channels=frozenset(Channel))
    return {(want.channel, want.kind) for want in decided(seen)[1] if isinstance(want, Announce)}


def test_by_default_nobody_outside_hears_of_a_drill() -> None:
    """The real practices, with every secret set: nothing leaves, and PagerDuty never hears of one."""
    assert channels(TEAM) == set()
    told = channels(replace(TEAM, drills=DrillRules(marked=True)))
    assert told
    assert Channel.PAGERDUTY not in {channel for channel, _ in told}


def test_the_whole_life_of_a_drill_opens_no_issue() -> None:
    """Declared, contained, resolved, closed, and a month later: no post-mortem, no debt, no quiet day."""
    life = opened(
        comment(1, "jordan", "/take", 2),
        comment(2, "jordan", "/update Card payments fail. Your data is safe. The next update comes by 03:00 UTC.", 5),
        comment(3, "jordan", "/contain rollback release 203", 9),
        comment(4, "jordan", "/resolve it is gone", 30),
        closed(31),
        severity=1,
    )
    for now in (6, 31, 60 * 26, 60 * 24 * 30):
        _, wanted = decided(snapshot(life, now))
        keys = [want.key.split("/")[1] for want in wanted if isinstance(want, Notice)]
        assert not any(isinstance(want, ChildIssue | Told | Announce) for want in wanted), now
        assert "quiet" not in keys, now
        assert LabelOn("containment") not in wanted, now
