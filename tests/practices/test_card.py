"""The card: one comment at the top, edited only when its text changes, rebuilt when it is lost."""

from dataclasses import replace

import pytest
from tests.values import (
    World,
    card,
    case,
    closed,
    comment,
    edited,
    form,
    incident_thread,
    thread,
    unlabeled,
    view_of,
    wants,
    without,
)

from stanch.core.ledger import Ledger, Record
from stanch.core.ledger import read as read_ledger
from stanch.core.writes import EditComment, Minimise
from stanch.practices.card import card as practice


def test_nothing_to_do() -> None:
    """A plain issue and a SEV-4 have no card."""
    assert wants(practice, thread(), 5) == []
    assert wants(practice, incident_thread(severity=4), 5) == []


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_every_other_severity_and_a_report_have_one(severity: int) -> None:
    """One card, the same at the next look an hour later: it names deadlines, not what remains."""
    for one in (incident_thread(severity=severity), thread(body=form(), author="kim")):
        assert wants(practice, one, 5) == wants(practice, one, 12) != []


def test_a_card_that_was_there_stays() -> None:
    """Lowered to SEV-4, withdrawn or closed for years: it tells how it ended."""
    world = World(incident_thread()).looked_at(1)
    for end in (comment(1, "jordan", "/sev 4 nothing", 5), unlabeled("sev-1", 5), closed(5)):
        assert len(world.then(end).looked_at(6).bodies("/card ")) == 1


def test_an_edit_is_made_only_for_a_change() -> None:
    """A quiet look writes nothing; talk writes nothing."""
    world = World(incident_thread()).looked_at(1)
    assert world.planned(2) == ()
    assert world.then(comment(1, "jordan", "hello", 3)).planned(4) == ()


def test_a_deleted_card_comes_back_with_its_memory() -> None:
    """Commands from their marks, notices from their markers: only the card is written."""
    world = World(incident_thread(comment(1, "jordan", "/ack", 3))).looked_at(4)
    before = world.ledger()
    (old,) = [one.id for one in world.thread.comments if "/card " in one.body]
    world = replace(world, thread=without(world.thread, old, 6)).looked_at(7)
    after = world.ledger()
    assert before is not None
    assert after is not None
    assert (after.records, after.delivered) == (before.records, before.delivered)
    assert (after.explained, len(world.bodies("/call/"))) == (1, 1)
    assert world.planned(8) == ()


def test_a_card_that_somebody_edited_is_written_anew() -> None:
    """In the same place, without believing it."""
    world = World(incident_thread()).looked_at(1)
    (old,) = [one for one in world.thread.comments if "/card " in one.body]
    items = tuple(edited(one, "kim", 2, old.body + "x") if one is old else one for one in world.thread.items)
    world = replace(world, thread=replace(world.thread, items=items))
    (write,) = world.planned(3)
    assert isinstance(write, EditComment)
    assert write.comment_id == old.id
    assert world.looked_at(3).planned(4) == ()


def test_two_cards_become_one() -> None:
    """The lowest id stays with what both knew, the other is folded away."""
    at = case(incident_thread(), 1).now
    one = card(5, Ledger((Record(91, 1, "ack", "jordan", at),)))
    other = card(6, Ledger((Record(92, 1, "take", "sam", at),)))
    world = World(incident_thread(one, other))
    assert Minimise(12, "C_6") in world.planned(2)
    world = world.looked_at(2)
    ledger = world.ledger()
    assert ledger is not None
    assert ledger.places == {91, 92}
    assert world.planned(3) == ()


def test_a_folded_copy_is_no_card_in_sight() -> None:
    """Somebody deletes the copy that stayed: a new one is written, and it knows what the folded one knew."""
    known = Ledger((Record(91, 1, "ack", "jordan", case(incident_thread(), 1).now),))
    world = World(incident_thread(card(5, Ledger()), card(6, known))).looked_at(2)
    assert world.planned(3) == ()
    world = replace(world, thread=without(world.thread, 5, 4)).looked_at(5)
    visible = [one for one in world.thread.comments if "/card " in one.body and not one.minimized]
    (ledger,) = [read_ledger(one.body) for one in visible]
    assert ledger is not None
    assert (ledger.places, ledger.explained) == ({91}, 1)
    assert world.planned(6) == ()


def test_a_broken_config_is_said_on_the_card() -> None:
    """The defaults apply and the card says what is wrong."""
    found = case(incident_thread(), 5)
    found = replace(found, snapshot=replace(found.snapshot, problems=("stanch.yml:1:1: unknown key",)))
    (want,) = practice(found)
    assert view_of(want)["problems"] == ["stanch.yml:1:1: unknown key"]


@pytest.mark.parametrize("later", [62, 30 * 24 * 60])
def test_a_post_mortem_that_exists_is_followed_in_its_own_thread(later: float) -> None:
    """The card says where, and neither a date nor whether it runs: that thread may tell otherwise."""
    world = World(incident_thread(closed(60))).looked_at(61)
    (number,) = [child.number for child in world.children]
    (want,) = wants(practice, world.thread, later)
    rows = view_of(want)["clocks"]
    assert isinstance(rows, list)
    row = next(row for row in rows if row["promise"] == "post-mortem")
    assert (row["issue"], row["due"], row["met"], row["stopped"]) == (number, None, None, False)
    assert world.planned(later) == ()
