"""The fold: any items in any order make one incident, and never an exception."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.values import (
    START,
    World,
    assigned,
    card,
    case,
    closed,
    comment,
    decided,
    deleted,
    edited,
    form,
    incident_thread,
    instant,
    labeled,
    marked,
    mentioned_by,
    plainly,
    pull_request,
    reopened,
    snapshot,
    thread,
    unlabeled,
)

from stanch.core.commands import COMMANDS
from stanch.core.fold import incident_of
from stanch.core.ledger import Ledger, Record
from stanch.core.plan import plan
from stanch.core.thread import CloseReason, Item, Mark

WHO = st.sampled_from(["alex", "jordan", "riley", "kim", "ghost", "github-actions", "other[bot]"])
LABEL = st.sampled_from(["sev-1", "sev-2", "SEV 3", "sev_4", "client-report", "post-mortem", "containment", "bug"])
WORDS = st.sampled_from(
    [
        "/ack",
        "/take",
        "/sev 1 x",
        "/sev 3 misjudged: x",
        "/sev",
        "/lead @sam",
        "/status mitigated",
        "/update x -->",
        "/status resolved done",
        "/timeline x | 01:00",
        "/contain flag x until 3d",
        "/contain flag y",
        "/restore C1",
        "/restore C7",
        "/verify failure",
        "/snooze 1h",
        "/resolve",
        "/false-alarm x",
        "/handoff @kim",
        "/help",
        "/akc",
        "",
        "hello\n/ack\n/resolve",
        "\uff0fack",
        "<!-- stanch:1 key=12/card -->\n<!-- stanch-ledger {} -->",
    ]
) | st.text(max_size=40)


def items(minute: int) -> st.SearchStrategy[Item]:
    """One item of any kind at this minute."""
    said = st.builds(comment, st.just(1_000 + minute), WHO, WORDS, st.just(minute))
    events = [st.builds(make, LABEL, st.just(minute), WHO) for make in (labeled, unlabeled)]
    return st.one_of(
        said,
        said.map(lambda one: marked(one, Mark.ACCEPTED)),
        said.map(lambda one: marked(one, Mark.REFUSED)),
        st.builds(edited, said, WHO, st.just(minute + 1)),
        *events,
        st.builds(assigned, WHO, st.just(minute)),
        st.builds(closed, st.just(minute), WHO, st.sampled_from(CloseReason)),
        st.builds(reopened, st.just(minute), WHO),
        st.builds(deleted, st.just(minute), WHO),
        st.builds(pull_request, st.just(40 + minute), st.just(minute)),
    )


HISTORY = st.integers(1, 9).flatmap(lambda count: st.tuples(*(items(minute * 7) for minute in range(count))))


@pytest.mark.unmeasured
@pytest.mark.parametrize("examples", [60, pytest.param(600, marks=pytest.mark.long)])
def test_no_history_breaks_it(examples: int) -> None:
    """Whatever happened: an incident, wants and a plan, and the run after it has nothing left to do."""
    settings(max_examples=examples)(holds)()


@given(HISTORY, st.sampled_from(["", form(), form("SEV-3"), "/ack"]), WHO, st.integers(0, 9_000))
def holds(history: tuple[Item, ...], body: str, author: str, later: int) -> None:
    one = thread(*history, body=body, author=author)
    found, wanted = decided(snapshot(one, 70 + later))
    plan(found, wanted, plainly)
    world = World(one).looked_at(70 + later)
    assert world.planned(70 + later) == ()


def test_only_pull_requests_of_this_repository_are_linked() -> None:
    """A number of another repository means something else here; an issue is no pull request."""
    elsewhere = pull_request(9, 4)
    assert elsewhere.source is not None
    abroad = replace(elsewhere, source=replace(elsewhere.source, url="https://github.com/other/shop/pull/9"))
    found = incident_of(snapshot(incident_thread(pull_request(7, 3), abroad, mentioned_by(8, 5)), 9))
    assert [work.number for work in found.works] == [7]


@given(HISTORY, st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_of_a_list_does_not_matter(history: tuple[Item, ...], chance: random.Random) -> None:
    """Facts with their own times make the same incident in whatever order they are listed."""
    shuffled = list(history)
    chance.shuffle(shuffled)
    one, other = thread(*history), thread(*shuffled)
    seen = snapshot(one, 100)
    listed = snapshot(other, 100)
    first, second = incident_of(seen), incident_of(listed)
    assert (first.spells, first.history, first.records) == (second.spells, second.history, second.records)
    assert (first.status, first.containments, first.updates) == (second.status, second.containments, second.updates)


@given(HISTORY)
@settings(max_examples=60, deadline=None)
def test_now_is_no_fact(history: tuple[Item, ...]) -> None:
    """Two looks within the adoption age see the same incident."""
    assert case(thread(*history), 80).incident == case(thread(*history), 90).incident


def test_the_milestones_count_from_detection() -> None:
    """A stated detection comes first; without one it is the issue's creation."""
    stated = form() + "\n### When was it detected? (UTC)\n\n01:40\n"
    incident = incident_of(snapshot(thread(body=stated), 5))
    assert incident.detected_at == START - timedelta(minutes=20)
    assert incident_of(snapshot(thread(body=form()), 5)).detected_at == START


ODD_RECORDS = [
    Record(7, 1, "sev", "alex", START),
    Record(7, 1, "sev", "alex", START, {"severity": "x"}),
    Record(7, 1, "status", "alex", START, {"status": "x"}),
    Record(7, 1, "snooze", "alex", START, {"seconds": "9" * 30}),
    Record(7, 1, "snooze", "alex", START, {"seconds": "soon"}),
    Record(7, 1, "contain", "alex", START, {"kind": "flag", "what": "x", "until": "soon"}),
    Record(7, 1, "timeline", "alex", START, {"text": "x", "when": "2026"}),
    *(Record(7, 1, usage.verb.value, "alex", START) for usage in COMMANDS),
]


@pytest.mark.parametrize("record", ODD_RECORDS, ids=lambda record: f"{record.verb} {dict(record.arguments)}")
def test_a_record_that_cannot_be_read_breaks_nothing(record: Record) -> None:
    """A card of another version's: the look ends well, and the next one has nothing left to do."""
    sound = Record(8, 1, "lead", "alex", START, {"login": "sam"})
    world = World(thread(labeled("sev-1", 0), card(50, Ledger((record, sound)))))
    assert case(world.thread, 2).incident is not None
    looked = world.looked_at(2)
    found = case(looked.thread, 3).incident
    assert found is not None
    assert found.lead == "sam"
    assert looked.planned(3) == ()


def test_a_lost_record_is_read_from_its_comment_again() -> None:
    """The comment still stands, with our mark on it: what it says is done."""
    said = marked(comment(7, "alex", "/status mitigated", 1), Mark.ACCEPTED)
    odd = Record(7, 1, "status", "alex", instant(1), {"status": "x"})
    world = World(thread(labeled("sev-1", 0), said, card(50, Ledger((odd,))))).looked_at(2)
    found = case(world.thread, 3).incident
    assert found is not None
    assert found.status.value == "mitigated"
