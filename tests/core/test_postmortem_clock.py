"""When a post-mortem is finished: closed or reviewed, and clients of a SEV-1 told or a reason given."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.postmortems import FINISHED
from tests.values import (
    BOT,
    START,
    TEAM,
    Item,
    World,
    assigned,
    card,
    case,
    closed,
    comment,
    deleted,
    happened,
    labeled,
    person,
    reopened,
    thread,
    unlabeled,
)

from stanch.core.following import Ended, Ending
from stanch.core.ledger import Ledger
from stanch.core.linked_work import links_to_ask, may_link
from stanch.core.links import linked
from stanch.core.marker import Marker
from stanch.core.postmortem import OPEN_ITEMS, PostMortem, postmortem_of
from stanch.core.thread import Thread

HOME = "https://github.test/octo/shop"
REVIEWED = comment(5, "sam", "/reviewed", 60)


def report(*items: Item, body: str = FINISHED, sev: int = 2) -> Thread:
    first = Marker("11/postmortem", stamp={"due": "20261130T170000Z", "sev": str(sev)})
    opening = (labeled("post-mortem", 1), assigned("jordan", 1), assigned("alex", 2))
    return thread(*opening, *items, body=f"{first}{body}", author=BOT.login)


def read(of: Thread, now: float = 100) -> PostMortem:
    found = case(of, now).postmortem
    assert found is not None
    return found


def test_it_is_not_finished_while_it_is_written() -> None:
    """Whatever it says; its lead is the first assignee."""
    found = read(report())
    assert (found.finished, found.lead, found.writers) == (False, "jordan", ("jordan", "alex"))
    assert read(thread(labeled("post-mortem", 1), author=BOT.login)).lead == ""


@pytest.mark.parametrize(
    ("of", "finished"),
    [
        (report(closed(60)), True),
        (report(closed(60), body="\n"), True),
        (report(closed(60), reopened(70)), False),
        (report(REVIEWED), True),
        (report(REVIEWED, closed(70), reopened(80)), True),
        (report(REVIEWED, body="\n"), False),
    ],
    ids=["closed", "closed empty", "reopened", "reviewed", "reviewed and reopened", "reviewed empty"],
)
def test_closing_or_a_review_ends_its_clock(of: Thread, finished: bool) -> None:
    """Its unticked items are followed all the same."""
    assert read(of).finished is finished
    assert len(read(of).open_items) == (2 if "payments" in of.body else 0)


def test_a_review_counts_although_the_text_changes_later() -> None:
    """It was complete when somebody read it."""
    world = World(report(REVIEWED)).looked_at(70)
    assert read(replace(world.thread, body=world.thread.body.replace("## Impact", ""))).finished


@pytest.mark.parametrize(
    ("line", "finished"),
    [
        ("", False),
        ("- [ ] Shared with the client", False),
        ("- [x] Shared with the client", True),
        ("* [X] **shared WITH the clients** on Monday", True),
        ("1. [x] Shared with clients", True),
        ("- [ ] Shared with the client — not shared: no client was touched", True),
        ("Not shared: no client was touched", True),
        ("- not shared: secret", False),
        ("Not shared:", False),
        ("> - [x] Shared with the client", False),
        ("```\n- [x] Shared with the client\n```", False),
        ("<!--\n- [x] Shared with the client\n-->", False),
        ("- [x] We shared with the client", False),
    ],
)
@pytest.mark.parametrize("end", [closed(60), REVIEWED], ids=["closed", "reviewed"])
def test_clients_of_a_sev_1_are_told_or_there_is_a_reason(line: str, finished: bool, end: Item) -> None:
    """One line of the text says so; it is no action item, whatever section it stands in."""
    of = report(end, body=f"{FINISHED}\n{line}\n", sev=1)
    assert read(of).finished is finished
    assert len(read(of).followed) == 2 + ("We shared" in line)


def test_nobody_has_to_tell_clients_of_less() -> None:
    """A SEV-2 by its first line; a first line without a severity goes by the label that hangs there."""
    assert read(report(closed(60))).finished
    unsaid = report(closed(60))
    unsaid = replace(unsaid, body=unsaid.body.replace(" sev=2", ""))
    assert read(unsaid).finished
    assert not read(happened(unsaid, labeled("SEV 1", 61))).finished


def test_a_closed_one_is_left_alone_unless_it_was_followed() -> None:
    """Three days after its closing nobody starts with it; what has a card, or the label, goes on."""
    old = report(closed(60), body=FINISHED)
    now = 60 + 73 * 60
    assert read(old, 60 + 71 * 60).tended
    assert not read(old, now).tended
    assert World(old).planned(now) == ()
    for of in (happened(old, labeled(OPEN_ITEMS, 61)), happened(old, card(9, Ledger(items=()), 50))):
        assert read(of, now).tended


def test_its_card_makes_no_incident_of_it() -> None:
    """A person's post-mortem that has a card stays one, with a severity label too; without its label it is nothing."""
    own = World(replace(report(), ours=False, author=person("alex"), body=FINISHED)).looked_at(60)
    assert read(own.thread).number == 12
    severe = happened(own.thread, labeled("sev-1", 70))
    assert (case(severe, 80).postmortem is None, case(severe, 80).incident) == (False, None)
    bare = replace(own, thread=happened(own.thread, unlabeled("post-mortem", 70)))
    assert bare.planned(80) == ()


def test_a_deletion_from_before_its_first_card_is_no_notice() -> None:
    """The card takes nothing for delivered."""
    world = World(report(deleted(50), body=FINISHED)).looked_at(60)
    ledger = world.ledger()
    assert ledger is not None
    assert ledger.delivered == {}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("see #12", (12,)),
        ("#12, GH-13 and #12", (12, 13)),
        ("octo/shop#14", (14,)),
        ("OCTO/Shop#14", (14,)),
        ("octo/other#14", ()),
        (f"{HOME}/issues/15 and {HOME}/pull/16", (15, 16)),
        ("https://github.test/octo/other/issues/15", ()),
        ("&#12; a#12 x/#12 #12a #0 #1234567890 ##12", ()),
    ],
)
def test_what_a_text_links(text: str, numbers: tuple[int, ...]) -> None:
    """Issues and pull requests of this repository, in whatever way they are written."""
    assert linked(text, HOME) == numbers


LINKING = "\n## Action items\n\n- [ ] One, see #31 and #32 — Owner: @sam\n- [x] Two, see #33\n- [ ] As in #11 and #12\n"
MONDAY, SUNDAY = datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 15, tzinfo=UTC)


def test_only_what_open_items_link_is_asked() -> None:
    """Not its own number, nor its incident's, nor what a ticked, done or closed item links."""
    of = report(body=LINKING)
    assert links_to_ask(case(of, 100).snapshot) == {31, 32}
    assert links_to_ask(case(happened(of, comment(5, "sam", "/done 1", 60)), 100).snapshot) == frozenset()
    assert may_link(of, TEAM) >= {31, 32}
    assert links_to_ask(case(happened(of, unlabeled("post-mortem", 60)), 100).snapshot) == frozenset()
    assert links_to_ask(case(happened(of, closed(60)), 9_000).snapshot) == frozenset()


@pytest.mark.parametrize(
    ("finished", "ended"),
    [
        ({}, None),
        ({31: None, 32: None}, None),
        ({31: MONDAY, 32: None}, None),
        ({31: MONDAY, 32: SUNDAY}, Ended(Ending.DONE, MONDAY, why="#31 #32")),
        ({31: MONDAY}, Ended(Ending.DONE, MONDAY, why="#31")),
        ({11: MONDAY, 12: MONDAY}, None),
    ],
    ids=["not there", "open", "one is open", "both are done", "the other is not there", "the incident's own"],
)
def test_an_item_is_done_when_all_that_it_links_is(finished: dict[int, datetime | None], ended: Ended | None) -> None:
    """It says which; an issue that is opened again opens the item again."""
    known = replace(case(report(body=LINKING), 100).snapshot, finished=finished)
    found = postmortem_of(known)
    assert found is not None
    assert found.followed[0].ended == ended
    assert found.followed[2].ended is None


@pytest.mark.parametrize(
    "line",
    [
        "- [ ] Alert — Owner: @sam — Due: 2026-12-01 #31",
        "- [ ] Alert — Due: 2026-12-01 — Owner: @sam #31",
        "- [ ] Alert — Owner: @sam — Due: 2026-12-01\n  - Ticket: #31",
        "| What | Owner | Due |\n|---|---|---|\n| Alert | @sam | 2026-12-01 #31 |",
    ],
    ids=["behind the date", "behind the owner", "in a note", "in a table"],
)
def test_a_link_outside_of_the_words_counts(line: str) -> None:
    """Wherever it stands with the item: it is asked for, and ends it."""
    of = report(body=f"\n## Action items\n\n{line}\n")
    known = replace(case(of, 100).snapshot, finished={31: MONDAY})
    found = postmortem_of(known)
    assert found is not None
    assert [one.ended for one in found.followed] == [Ended(Ending.DONE, MONDAY, why="#31")]
    assert links_to_ask(replace(known, finished={})) == {31}


def test_the_time_of_a_change_is_the_texts_own() -> None:
    """As far as GitHub tells; never later than now."""
    at = START.replace(hour=3)
    of = replace(report(), edited_at=at, editor=person("sam"))
    assert {one.since for one in read(of).followed} == {at}
    assert {one.since for one in read(replace(of, edited_at=START.replace(year=2030))).followed} == {case(of, 100).now}
