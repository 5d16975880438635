"""A post-mortem issue, read."""

from datetime import UTC, datetime

import pytest
from tests.values import (
    World,
    assigned,
    card,
    case,
    comment,
    happened,
    incident_thread,
    labeled,
    thread,
    unlabeled,
)

from stanch.core.ledger import Ledger
from stanch.core.marker import Marker
from stanch.core.postmortem import PostMortem
from stanch.core.thread import Mark, Thread

BODY = "{marker}\n## Action items\n- [ ] Alert — Owner: @sam — Due: 2026-12-01\n"


def report(marker: object, label: str = "post-mortem", author: str = "github-actions") -> Thread:
    return thread(labeled(label, 1), assigned("jordan", 1), body=BODY.format(marker=marker), author=author)


def read(of: Thread) -> PostMortem | None:
    return case(of, 5).postmortem


@pytest.mark.parametrize("label", ["post-mortem", "Post Mortem", "post_mortem"])
def test_the_label_makes_it_one(label: str) -> None:
    """With what its first line remembers, and its items."""
    found = read(report(Marker("11/postmortem", stamp={"due": "20261119T180000Z"}), label))
    assert found is not None
    assert (found.incident, found.due, found.writers) == (11, datetime(2026, 11, 19, 18, tzinfo=UTC), ("jordan",))
    assert [item.owners for item in found.items] == [("sam",)]


def test_an_issue_without_the_label_is_none() -> None:
    """However it begins."""
    assert read(thread(body=BODY.format(marker=Marker("11/postmortem")), author="github-actions")) is None


@pytest.mark.parametrize(
    ("of", "is_incident"),
    [
        (happened(World(incident_thread()).looked_at(1).thread, labeled("post-mortem", 2)), True),
        (
            happened(World(incident_thread()).looked_at(1).thread, labeled("post-mortem", 2), unlabeled("sev-1", 3)),
            True,
        ),
        (incident_thread(labeled("post-mortem", 0)), True),
        (thread(labeled("post-mortem", 0), comment(1, "alex", "/sev 2 x", 1)), True),
        (thread(labeled("post-mortem", 0), comment(1, "kim", "/sev 2 x", 1)), False),
        (thread(labeled("post-mortem", 0), labeled("sev-1", 0, "kim"), author="kim"), False),
        (report(Marker("11/postmortem")), False),
        (happened(report(Marker("11/postmortem")), labeled("sev-1", 2)), False),
        (happened(report(Marker("11/postmortem"), author="kim"), labeled("sev-1", 2)), True),
        (happened(report("its first line is gone"), card(9, Ledger(), 2)), True),
    ],
)
def test_an_incident_stays_one_whatever_label_it_gets(of: Thread, is_incident: bool) -> None:
    """With a card or a severity that counts it is not its own post-mortem; what Stanch opened as one is."""
    found = case(of, 5)
    assert (found.incident is not None, found.postmortem is None) == (is_incident, is_incident)


def test_commands_still_count_on_an_incident_that_was_labelled_as_a_post_mortem() -> None:
    """Somebody mistakes the label: the incident goes on."""
    world = World(incident_thread()).looked_at(1).then(labeled("post-mortem", 2)).looked_at(3)
    world = world.then(comment(1, "jordan", "/ack", 4)).looked_at(5)
    assert world.thread.comments[-1].marks == {Mark.ACCEPTED}
    assert world.planned(6) == ()


def test_a_person_may_open_one() -> None:
    """It has two business days, and no incident that a forged line could name."""
    found = read(report(Marker("11/postmortem", stamp={"due": "20301119T180000Z"}), author="kim"))
    assert found is not None
    assert (found.incident, found.due) == (None, datetime(2026, 11, 19, 18, tzinfo=UTC))
