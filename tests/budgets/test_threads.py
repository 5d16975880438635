"""What a look at a long thread costs, counted in calls: twice the comments are twice the work, whatever they say."""

import pytest

from stanch.core.oncall import owners_in
from stanch.core.thread import Mark
from tests.steps import steps
from tests.values import World, comment, incident_thread, marked

MOST_GROWTH = 2.5
LENGTH = 60


def talk(count: int, body: str, severity: int, *marks: Mark) -> World:
    """An incident on which somebody said this so many times, within an hour."""
    said = (marked(comment(100 + n, "sam", body, 1 + n / count), *marks) for n in range(count))
    return World(incident_thread(*said, severity=severity))


@pytest.mark.parametrize("severity", [1, 4])
@pytest.mark.parametrize("body", ["See https://example.com/x.", "/update! We are on it.", "/akc", "> /ack\n\n/ack"])
def test_twice_the_comments_are_twice_the_work(body: str, severity: int) -> None:
    """At the first look and at a later one that finds everything done."""
    half, whole = talk(LENGTH, body, severity), talk(2 * LENGTH, body, severity)
    half.planned(60)  # what is done once in a process, such as building a rule's pattern, is nobody's growth
    assert steps(lambda: whole.planned(60)) <= MOST_GROWTH * steps(lambda: half.planned(60))
    half, whole = half.looked_at(60), whole.looked_at(60)
    assert steps(lambda: whole.planned(61)) <= MOST_GROWTH * steps(lambda: half.planned(61))


@pytest.mark.parametrize("severity", [1, 4])
def test_marks_cost_no_more(severity: int) -> None:
    """Also where they are all that tells."""
    half, whole = (talk(count, "hello", severity, Mark.ACCEPTED) for count in (LENGTH, 2 * LENGTH))
    assert steps(lambda: whole.planned(60)) <= MOST_GROWTH * steps(lambda: half.planned(60))


def test_twice_the_owners_are_twice_the_work() -> None:
    """A CODEOWNERS file of thousands of users is read in no time."""
    half, whole = ("\n".join(f"/d{n} @user{n}" for n in range(count)) for count in (LENGTH, 2 * LENGTH))
    assert steps(lambda: owners_in(whole)) <= MOST_GROWTH * steps(lambda: owners_in(half))
