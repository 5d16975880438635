"""What a thread says is owed: by whom, until when, and how it ended."""

import pytest
from tests.values import assigned, case, closed, comment, incident_thread, labeled, thread

from stanch.core.commitment import Kind
from stanch.core.committing import commitments_of
from stanch.core.following import Ending
from stanch.core.marker import Marker
from stanch.core.thread import CloseReason, Item, Thread

DAY = 24 * 60


def child(label: str, *items: Item) -> Thread:
    """An issue that the bot opened for a pull request, due three days later."""
    body = f"{Marker(f'45/{label}', stamp={'due': '20261120T170000Z'})}\nwords"
    return thread(labeled(label, 0), assigned("sam", 0), *items, body=body, author="github-actions")


@pytest.mark.parametrize(("label", "kind"), [("root-cause", Kind.ROOT_CAUSE), ("review-owed", Kind.REVIEW)])
@pytest.mark.parametrize(
    ("items", "how"),
    [
        ((), None),
        ((closed(60),), Ending.DONE),
        ((closed(60, reason=CloseReason.NOT_PLANNED),), Ending.DROPPED),
    ],
)
def test_an_issue_is_owed_until_it_is_closed(
    label: str, kind: Kind, items: tuple[Item, ...], how: Ending | None
) -> None:
    """By its assignees, until the day that its first line states; closed as not planned it was dropped."""
    (one,) = commitments_of(case(child(label, *items), DAY))
    assert (one.kind, one.owners, str(one.due)) == (kind, ("sam",), "2026-11-20")
    assert (one.ended.how if one.ended else None) is how


def test_a_post_mortem_closed_as_a_duplicate_owes_nothing() -> None:
    """The other one is followed in its place."""
    lines = "## Action items\n\n- [ ] Alert on failures — Owner: @sam — Due: 2026-11-20\n"
    one = thread(labeled("post-mortem", 0), assigned("sam", 0), body=lines)
    assert [owed.place for owed in commitments_of(case(one, DAY))] == ["12", "12.1"]
    gone = thread(*one.items, closed(60, reason=CloseReason.DUPLICATE), body=lines)
    assert commitments_of(case(gone, DAY)) == ()


def test_an_incident_that_bears_the_label_of_its_cause_owes_its_containment_too() -> None:
    """Both are asked about."""
    said = comment(1, "sam", "/contain flag x off until 2026-11-20", 5)
    found = commitments_of(case(incident_thread(said, labeled("root-cause", 6)), DAY))
    assert {one.kind for one in found} == {Kind.ROOT_CAUSE, Kind.CONTAINMENT}
