"""A post-mortem issue, read."""

from datetime import UTC, datetime

import pytest
from tests.values import assigned, case, labeled, thread

from stanch.core.marker import Marker
from stanch.core.postmortem import PostMortem
from stanch.core.thread import Thread

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


def test_a_person_may_open_one() -> None:
    """It has two business days, and no incident that a forged line could name."""
    found = read(report(Marker("11/postmortem", stamp={"due": "20301119T180000Z"}), author="kim"))
    assert found is not None
    assert (found.incident, found.due) == (None, datetime(2026, 11, 19, 18, tzinfo=UTC))
