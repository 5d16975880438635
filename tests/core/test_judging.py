"""What is refused of `/update` where commands are judged: only fresh ones, and by what was known there and then."""

from dataclasses import replace

import pytest
from tests.values import (
    TEAM,
    World,
    card,
    closed,
    comment,
    deleted,
    form,
    incident_in,
    incident_thread,
    instant,
    labeled,
    marked,
    reopened,
    thread,
    without,
)

from stanch.core.case import case_of
from stanch.core.client_check import Unfit
from stanch.core.incident import Deed
from stanch.core.ledger import Ledger
from stanch.core.thread import Item, Mark
from stanch.practices.updates import updates

PLAIN = "/update Paying fails."
"""Right, but for the time of the next word."""


def refusals(*items: Item, severity: int = 1, clients: bool = True) -> list[str]:
    config = replace(TEAM, tells_clients=clients)
    incident = incident_in(incident_thread(*items, severity=severity), 90, config)
    return [record.refusal for record in incident.records if record.verb.startswith("update")]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("/update Paying fails. Next update at 02:40 UTC.", ""),
        (PLAIN, Unfit.NO_TIME),
        ("/update! Paying fails.", ""),
        ("/update Paying works again.", ""),
        (f"{PLAIN}\n/status mitigated", ""),
        (f"/resolve\n{PLAIN}", ""),
        (f"{PLAIN}\n/status identified", Unfit.NO_TIME),
        ("/update db-7 is down. More at 02:40.", Unfit.MACHINE),
        ("/update! db-7 is down.", ""),
        ("/update Alex broke it. More at 02:40.", Unfit.BLAME),
        ("/update It is due to morgan. More at 02:40.", Unfit.BLAME),
        ("/update It is due to sam. More at 02:40.", Unfit.BLAME),
        ("/update NullPointerException. More at 02:40.", Unfit.TRACE),
        ("/update We are on it, [… what we do]. More at 02:40.", Unfit.BLANK),
    ],
)
def test_what_clients_should_not_be_sent_is_refused(said: str, why: str) -> None:
    """With a reason; `/update!` sends it anyway."""
    assert refusals(comment(1, "sam", "/ack", 3), comment(2, "jordan", said, 10)) == [why]


@pytest.mark.parametrize(
    ("items", "severity", "clients", "why"),
    [
        ((), 2, True, Unfit.NO_TIME),
        ((), 3, True, ""),
        ((), 1, False, ""),
        ((comment(1, "jordan", "/status identified", 5),), 1, True, Unfit.NO_TIME),
        ((comment(1, "jordan", "/status mitigated", 5),), 1, True, ""),
        ((comment(1, "jordan", "/status monitoring", 5),), 1, True, ""),
        ((comment(1, "jordan", "/resolve", 5),), 1, True, ""),
        ((closed(5),), 1, True, ""),
        ((closed(5), reopened(7)), 1, True, Unfit.NO_TIME),
        (
            (comment(1, "jordan", "/status mitigated", 5), comment(3, "jordan", "/status identified", 7)),
            1,
            True,
            "client-no-time",
        ),
    ],
)
def test_the_time_of_the_next_word_is_asked_while_it_burns(
    items: tuple[Item, ...], severity: int, clients: bool, why: str
) -> None:
    """Of severities of which clients hear at intervals, and where there are clients; never once users are fine."""
    assert refusals(*items, comment(2, "jordan", PLAIN, 10), severity=severity, clients=clients) == [why]


def test_a_report_that_nobody_rated_yet_is_answered_without_a_time() -> None:
    """It has no interval."""
    report = thread(labeled("client-report", 0), comment(2, "jordan", PLAIN, 10), body="x", author="kim")
    assert [record.refusal for record in incident_in(report, 20).records] == [""]


def test_a_refused_text_was_never_said() -> None:
    """Clients still wait for their word, and the answer names what it is about."""
    world = World(incident_thread(comment(1, "jordan", "/update db-7 is down.", 10))).looked_at(11)
    incident = incident_in(world.thread, 12)
    assert incident.updates == ()
    (body,) = world.bodies("/refused/")
    assert '"client-machine"' in body
    assert '"db-7"' in body
    assert world.planned(13) == ()


@pytest.mark.parametrize(
    ("by", "said", "acknowledged"),
    [
        ("jordan", "/update db-7 is down.", Deed("jordan", instant(10))),
        ("jordan", PLAIN, Deed("jordan", instant(10))),
        ("jordan", "/update", None),
        ("kim", "/update db-7 is down.", None),
    ],
)
def test_whoever_words_it_wrong_has_seen_it(by: str, said: str, acknowledged: Deed | None) -> None:
    """Nobody is called beside him while he mends his text, at this look and the next; a stranger tells nothing."""
    world = World(incident_thread(comment(1, by, said, 10)))
    assert incident_in(world.thread, 11).acknowledged == acknowledged
    assert incident_in(world.looked_at(11).thread, 12).acknowledged == acknowledged


def test_what_was_accepted_is_taken_at_its_word() -> None:
    """A card from before there were checks: nothing that it remembers is refused now."""
    world = World(incident_thread(comment(1, "jordan", "/update! db-7 is down.", 10))).looked_at(11)
    before = world.ledger()
    assert before is not None
    (record,) = before.records
    old = replace(record, verb="update")
    of = incident_thread(comment(1, "jordan", "/update db-7 is down.", 10), card(5, Ledger((old,)), 11))
    assert [one.text for one in incident_in(of, 20).updates] == ["db-7 is down."]


def test_a_lost_card_takes_no_accepted_word_back() -> None:
    """Said before there were checks, marked, and the card is deleted: by its mark it was heard."""
    said = marked(comment(1, "jordan", PLAIN, 10), Mark.ACCEPTED)
    assert [one.text for one in incident_in(incident_thread(said, deleted(12)), 20).updates] == ["Paying fails."]


def test_a_lost_card_makes_no_refused_word_good() -> None:
    """A comment of which one command was done and the word was not has both marks: it is judged as before."""
    world = World(incident_thread(comment(1, "jordan", f"/ack\n{PLAIN}", 10))).looked_at(11)
    (old,) = [one.id for one in world.thread.comments if "/card " in one.body]
    world = replace(world, thread=without(world.thread, old, 12))
    incident = incident_in(world.thread, 20)
    assert (incident.updates, [one.refusal for one in incident.records]) == ((), ["", "client-no-time"])


def test_another_workflows_mark_spares_no_check() -> None:
    """Where the card can tell what was heard, a rocket says nothing."""
    world = World(incident_thread(body=form())).looked_at(1)
    world = world.then(marked(comment(1, "jordan", PLAIN, 10), Mark.ACCEPTED))
    assert [one.refusal for one in incident_in(world.thread, 20).records] == ["client-no-time"]


def test_a_word_after_the_end_reopens_nothing() -> None:
    """A closed incident hears it, and stays closed and resolved."""
    world = World(incident_thread(comment(1, "jordan", "/resolve", 20), closed(21))).looked_at(22)
    world = world.then(comment(2, "jordan", "/update It has stayed quiet.", 26 * 60)).looked_at(26 * 60 + 1)
    incident = incident_in(world.thread, 26 * 60 + 2)
    assert ([one.public for one in incident.updates], incident.open, incident.status.over) == ([True], False, True)
    assert list(updates(case_of(world.seen(26 * 60 + 2)))) == []
