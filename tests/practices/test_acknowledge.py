"""Acknowledge: `/ack` and `/take` say who looks; being assigned stops no clock."""

from datetime import timedelta

import pytest
from tests.values import (
    World,
    assigned,
    card,
    case,
    closed,
    comment,
    incident_thread,
    instant,
    marked,
    unassigned,
    unlabeled,
    wants,
)

from stanch.core.clocks import Promise, clocks
from stanch.core.incident import Deed
from stanch.core.ledger import Ledger, Record
from stanch.core.thread import Mark, Thread
from stanch.core.wanted import Assigned
from stanch.practices.acknowledge import acknowledge
from stanch.practices.card import view as card_view


def acknowledged(of: Thread) -> Deed | None:
    incident = case(of, 30).incident
    assert incident is not None
    return incident.acknowledged


def test_nothing_to_do() -> None:
    """Nobody took it, and nobody is assigned by `/ack`."""
    for one in (incident_thread(), incident_thread(comment(1, "jordan", "/ack", 3))):
        assert wants(acknowledge, one, 10) == []


def test_take_assigns_and_acknowledges() -> None:
    """Whoever takes it is assigned, has acknowledged, and leads if nobody does."""
    one = incident_thread(comment(1, "jordan", "/take", 3), comment(2, "morgan", "/take", 4))
    assert wants(acknowledge, one, 10) == [
        Assigned("12/assign/jordan/1/1", "jordan", instant(3)),
        Assigned("12/assign/morgan/2/1", "morgan", instant(4)),
    ]
    incident = case(one, 10).incident
    assert incident is not None
    assert (incident.acknowledged, incident.lead) == (Deed("jordan", instant(3)), "jordan")


def test_the_first_acknowledgement_counts() -> None:
    """A second `/ack` changes no time; any word from the work counts as one."""
    assert acknowledged(incident_thread(comment(1, "jordan", "/ack", 3), comment(2, "sam", "/ack", 4))) == Deed(
        "jordan", instant(3)
    )
    assert acknowledged(incident_thread(comment(1, "sam", "/contain flag x", 4))) == Deed("sam", instant(4))


def test_being_assigned_stops_no_clock() -> None:
    """Who assigned whom cannot be read, so it is no acknowledgement."""
    one = incident_thread(assigned("jordan", 2))
    assert acknowledged(one) is None
    incident = case(one, 30).incident
    assert incident is not None
    assert incident.assignees == ("jordan",)


def test_the_clock_shows_how_late_it_was() -> None:
    """Five minutes for a SEV-1, from detection; met after seven is two late."""
    found = case(incident_thread(comment(1, "jordan", "/ack", 7)), 30)
    assert found.incident is not None
    (clock,) = [one for one in clocks(found.incident, found.config) if one.promise is Promise.ACKNOWLEDGE]
    assert (clock.due, clock.met, clock.late) == (instant(5), instant(7), timedelta(minutes=2))


def test_whoever_is_taken_off_by_hand_stays_off() -> None:
    """An assignment is made once."""
    world = World(incident_thread(comment(1, "jordan", "/take", 3))).looked_at(4)
    assert world.thread.assignees == ("jordan",)
    ledger = world.ledger()
    assert ledger is not None
    assert "12/assign/jordan/1/1" in ledger.delivered
    assert world.then(unassigned("jordan", 9)).looked_at(10).thread.assignees == ()


def test_a_handoff_moves_the_lead_and_the_assignment() -> None:
    """The new lead is assigned and the old one is not; who acknowledged stays on record."""
    world = World(incident_thread(comment(1, "jordan", "/take", 3))).looked_at(4)
    world = world.then(comment(2, "jordan", "/handoff @sam", 60)).looked_at(61)
    assert world.thread.assignees == ("sam",)
    assert world.planned(62) == ()
    incident = case(world.thread, 62).incident
    assert incident is not None
    assert (incident.lead, incident.acknowledged) == ("sam", Deed("jordan", instant(3)))


def test_whoever_is_assigned_again_after_a_handoff_stays() -> None:
    """A handoff is carried out once, with a ledger and without one."""
    for severity in (1, 4):
        world = World(incident_thread(comment(1, "jordan", "/take", 3), severity=severity)).looked_at(4)
        world = world.then(comment(2, "jordan", "/handoff @sam", 60)).looked_at(61)
        world = world.then(assigned("jordan", 70), unassigned("sam", 71))
        assert world.looked_at(80).thread.assignees == ("jordan",)


def test_a_handoff_to_who_leads_already_takes_nobody_off() -> None:
    """In any spelling; and a lead who was not assigned is no reason for a write."""
    world = World(incident_thread(comment(1, "jordan", "/take", 3))).looked_at(4)
    assert world.then(comment(2, "sam", "/handoff @Jordan", 60)).looked_at(61).thread.assignees == ("jordan",)
    acked = World(incident_thread(comment(1, "jordan", "/ack", 3), assigned("alex", 4))).looked_at(5)
    assert acked.then(comment(2, "sam", "/handoff me", 60)).looked_at(61).thread.assignees == ("alex", "sam")


def test_take_after_a_handoff_assigns_again() -> None:
    """Every `/take` is an order of its own, whatever came of an earlier one."""
    world = World(incident_thread(comment(1, "jordan", "/take", 3))).looked_at(4)
    world = world.then(unassigned("jordan", 8)).looked_at(9).then(comment(2, "jordan", "/take", 20)).looked_at(21)
    assert world.thread.assignees == ("jordan",)
    world = world.then(comment(3, "jordan", "/handoff @sam", 30)).looked_at(31)
    assert world.thread.assignees == ("sam",)
    assert world.then(comment(4, "jordan", "/take", 40)).looked_at(41).thread.assignees == ("sam", "jordan")


@pytest.mark.parametrize("delivered", [{"12/assign/jordan": -1}, {}])
def test_an_older_card_assigns_nobody_twice(delivered: dict[str, int]) -> None:
    """Whoever was taken off by hand stays off, by the key without a place or by what the thread recorded."""
    taken = comment(1, "jordan", "/take", 3)
    old = Ledger(records=(Record(1, 1, "take", "jordan", instant(3)),), delivered=delivered)
    events = (assigned("jordan", 4), unassigned("jordan", 8)) if not delivered else ()
    world = World(incident_thread(card(9, old, 2), marked(taken, Mark.ACCEPTED), *events)).looked_at(20)
    assert world.thread.assignees == ()
    assert world.then(comment(2, "jordan", "/take", 30)).looked_at(31).thread.assignees == ("jordan",)


def test_one_person_has_one_spelling() -> None:
    """Logins are compared without case, whichever came first; `me` is whoever says it."""
    for said, lead, crew in (
        (("jordan", "/ack", "sam", "/lead @Jordan"), "jordan", ()),
        (("sam", "/lead @Jordan", "jordan", "/ack"), "jordan", ()),
        (("jordan", "/ack", "sam", "/lead me"), "sam", ("jordan",)),
    ):
        items = (comment(1, said[0], said[1], 3), comment(2, said[2], said[3], 4))
        found = case(incident_thread(*items), 10)
        assert found.incident is not None
        view = card_view(found, found.incident)
        assert (view["lead"], view["crew"]) == (lead, list(crew))


def test_what_does_not_burn_assigns_nobody() -> None:
    """Closed or withdrawn, nobody has to take it."""
    for end in (closed(5), unlabeled("sev-1", 5)):
        assert wants(acknowledge, incident_thread(comment(1, "jordan", "/take", 3), end), 10) == []
