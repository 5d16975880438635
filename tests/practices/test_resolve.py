"""Resolve: what was ordered closed is closed; what a person closed or reopened is left as it is."""

import pytest
from tests.values import World, case, closed, comment, incident_thread, instant, labeled, reopened, wants

from stanch.core.incident import Incident, Status
from stanch.core.thread import CloseReason, Item
from stanch.core.wanted import Closed, LabelOff, LabelOn
from stanch.practices.resolve import resolve


def incident(*items: Item) -> Incident:
    found = case(incident_thread(*items), 500).incident
    assert found is not None
    return found


def said(body: str, when: float, id_: int = 1) -> Item:
    return comment(id_, "jordan", body, when)


def test_nothing_to_do() -> None:
    """An open incident stays open, a closed one closed."""
    assert wants(resolve, incident_thread(), 10) == []
    assert wants(resolve, incident_thread(closed(5)), 10) == []


@pytest.mark.parametrize("body", ["/resolve", "/resolve It holds.", "/status resolved", "/status resolved It holds."])
def test_three_ways_to_resolve_mean_the_same(body: str) -> None:
    """Both commands close the issue as completed, and closing it by hand resolves it."""
    assert wants(resolve, incident_thread(said(body, 60)), 61) == [Closed(CloseReason.COMPLETED)]
    by_hand, by_word = incident(closed(60, "jordan")), incident(said(body, 60))
    assert by_hand.status is by_word.status is Status.RESOLVED
    assert by_hand.resolved == by_word.resolved
    assert by_hand.mitigated == by_word.mitigated


def test_mitigated_and_resolved_are_different_times() -> None:
    """The first moment at which users were fine, and the one at which the failure was gone."""
    one = incident(said("/status mitigated", 20), said("/status monitoring", 30, 2), said("/resolve", 60, 3))
    assert one.mitigated is not None
    assert one.resolved is not None
    assert (one.mitigated.at, one.resolved.at) == (instant(20), instant(60))


def test_a_relapse_takes_the_mitigation_back() -> None:
    """Investigating again means that users are not fine."""
    assert incident(said("/status mitigated", 20), said("/status investigating", 30, 2)).mitigated is None


@pytest.mark.parametrize("reason", [CloseReason.NOT_PLANNED, CloseReason.DUPLICATE])
@pytest.mark.parametrize("after", ["/status monitoring", "/status identified again", "/ack"])
def test_not_planned_and_duplicate_resolve_nothing(reason: CloseReason, after: str) -> None:
    """It is over without a cause, whatever is said below it while it stays closed."""
    for one in (incident(closed(60, reason=reason)), incident(closed(60, reason=reason), said(after, 70))):
        assert one.status is Status.DISMISSED
        assert one.resolved is None


REOPENED = [
    (said("/status mitigated", 20), closed(60)),
    (said("/resolve", 60), closed(61, "github-actions")),
    (said("/status monitoring", 20), closed(60), said("/status identified", 65, 2)),
    (closed(60), said("/status mitigated", 65)),
    (said("/false-alarm a test", 20), closed(21, "github-actions")),
    (closed(60, reason=CloseReason.NOT_PLANNED),),
]


@pytest.mark.parametrize("before", REOPENED)
def test_reopening_says_that_it_is_broken_again(before: tuple[Item, ...]) -> None:
    """The same incident, being looked at again: what was reached, checked or put off before no longer holds."""
    claims = (said("/ack\n/verify failure\n/snooze 4h", 10, 7), *before)
    one = incident(*claims, reopened(70))
    assert (one.status, one.mitigated, one.resolved, one.verified, one.snoozed_until) == (
        Status.INVESTIGATING,
        None,
        None,
        {},
        None,
    )
    assert (one.reopened_at, one.detected_at) == (instant(70), instant(0))
    assert one.acknowledged is not None
    assert not [want for want in wants(resolve, incident_thread(*claims, reopened(70)), 71) if isinstance(want, Closed)]


@pytest.mark.parametrize(
    "words",
    [("/resolve", "/false-alarm a test"), ("/status mitigated", "/false-alarm a test")],
)
def test_a_false_alarm_reached_nothing(words: tuple[str, str]) -> None:
    """What never was broken was neither mitigated nor resolved."""
    one = incident(said(words[0], 20), said(words[1], 30, 2))
    assert (one.status, one.mitigated, one.resolved) == (Status.FALSE_ALARM, None, None)


def test_a_second_resolution_counts_anew() -> None:
    """Resolved is when it was last resolved."""
    one = incident(closed(60), reopened(70), closed(90))
    assert one.resolved is not None
    assert one.resolved.at == instant(90)


def test_a_false_alarm_is_labelled_and_closed_as_not_planned() -> None:
    """With its label; when it was none after all, the label goes."""
    alarm = said("/false-alarm a test run", 20)
    assert wants(resolve, incident_thread(alarm), 21) == [Closed(CloseReason.NOT_PLANNED), LabelOn("false-alarm")]
    world = World(incident_thread(alarm)).looked_at(21)
    assert not world.thread.open
    assert "false-alarm" in world.thread.labels
    world = world.then(reopened(30))
    assert wants(resolve, world.thread, 31) == [LabelOff("false-alarm")]


@pytest.mark.parametrize("name", ["False-Alarm", "False alarm"])
def test_the_label_is_known_in_every_spelling(name: str) -> None:
    """The repository's own spelling is enough, and comes off when it was none after all."""
    alarm = [said("/false-alarm a test run", 20), labeled(name, 21)]
    assert wants(resolve, incident_thread(*alarm, closed(22, "github-actions")), 23) == []
    back = incident_thread(*alarm, closed(22, "github-actions"), reopened(30))
    assert wants(resolve, back, 31) == [LabelOff(name)]


def test_what_was_closed_is_not_closed_twice() -> None:
    """The second look has nothing left to do."""
    world = World(incident_thread(said("/resolve", 20))).looked_at(21)
    assert not world.thread.open
    assert world.planned(22) == ()
