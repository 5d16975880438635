"""Acknowledge: `/ack` and `/take` say who looks; being assigned stops no clock."""

from datetime import timedelta

from tests.values import World, assigned, case, closed, comment, incident_thread, instant, unlabeled, wants

from stanch.core.clocks import Promise, clocks
from stanch.core.incident import Deed
from stanch.core.thread import Thread
from stanch.core.wanted import Assigned
from stanch.practices.acknowledge import acknowledge


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
        Assigned("12/assign/jordan", "jordan"),
        Assigned("12/assign/morgan", "morgan"),
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
    assert "12/assign/jordan" in ledger.delivered


def test_a_handoff_moves_the_lead_and_assigns() -> None:
    """The new lead is assigned; who acknowledged stays on record."""
    world = World(incident_thread(comment(1, "jordan", "/take", 3), comment(2, "jordan", "/handoff @sam", 60)))
    world = world.looked_at(61)
    assert world.thread.assignees == ("jordan", "sam")
    incident = case(world.thread, 62).incident
    assert incident is not None
    assert (incident.lead, incident.acknowledged) == ("sam", Deed("jordan", instant(3)))


def test_what_does_not_burn_assigns_nobody() -> None:
    """Closed or withdrawn, nobody has to take it."""
    for end in (closed(5), unlabeled("sev-1", 5)):
        assert wants(acknowledge, incident_thread(comment(1, "jordan", "/take", 3), end), 10) == []
