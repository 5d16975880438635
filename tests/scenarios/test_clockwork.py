"""Due against done: random incidents, watched by runners that come late, beside sweeps that come later still."""

import pytest

from tests.scenarios.clockwork import EVENT, SWEEP, WATCHER, Job, Post
from tests.scenarios.timekeeping import Kept, at_once, lived, quantile, repeats, told

pytestmark = pytest.mark.unmeasured

EACH = 8
"""Incidents of one day."""

DAYS = 125
A_GROUP = 5
PROMISED = 60
"""Seconds by which a notice may be late at the 99th percentile where a watcher is promised."""


def kept(days: range, each: int = EACH) -> Kept:
    found = Kept()
    for seed in days:
        found = found.plus(lived(seed, each))
    return found


def assert_kept(found: Kept) -> None:
    assert found.wrong == [], told(found)
    assert found.copies == 0, told(found)
    assert quantile(found.watched, 0.99) <= PROMISED, told(found)


def test_every_notice_comes_once_and_within_a_minute() -> None:
    """Nothing is missed, early, doubled or needless, by a reckoning of its own."""
    found = kept(range(8, 9))
    assert_kept(found)
    assert len(found.watched) > 25
    assert len([job for job in found.jobs if job.source == WATCHER]) > 10


@pytest.mark.parametrize(
    ("first", "second", "excused"),
    [
        (Job(EVENT, 10, 30), Job(SWEEP, 20, 40), True),
        (Job(SWEEP, 10, 30), Job(EVENT, 30, 40), True),
        (Job(EVENT, 10, 30), Job(SWEEP, 31, 40), False),
        (Job(EVENT, 10, 30), Job(EVENT, 20, 40), False),
        (Job(WATCHER, 10, 30), Job(EVENT, 20, 40), False),
        (Job(SWEEP, 10, 30), Job(WATCHER, 20, 40), False),
    ],
)
def test_only_an_event_and_a_sweep_at_once_may_say_a_thing_twice(first: Job, second: Job, excused: bool) -> None:
    """They read before either wrote; what a watcher says nobody else says, and one group works through its turns."""
    posts = [Post(job.began, 1, key, job, 0, 0) for job in (first, second) for key in ("1/call/a", f"1/{job.began}/b")]
    (both,) = repeats(posts)
    assert at_once(*(post.job for post in both)) is excused


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, DAYS, A_GROUP))
def test_of_a_thousand_incidents_each_notice_comes_once_and_within_a_minute(first: int) -> None:
    """The same; `scripts/bench clocks` prints the table."""
    assert_kept(kept(range(first, first + A_GROUP)))


@pytest.mark.long
def test_the_same_seed_is_the_same_day() -> None:
    """Several processes in one virtual time leave nothing to chance."""
    once, again = lived(11, 2), lived(11, 2)
    assert (once.late, once.reads, once.points) == (again.late, again.reads, again.points)


@pytest.mark.long
def test_a_look_that_is_not_computed_would_have_changed_nothing() -> None:
    """Where nothing happened and nothing falls due, a watcher's look is only counted: notices are the same with it."""
    hurried, patient = (lived(12, 4, hurries=hurries) for hurries in (True, False))
    assert (hurried.due, hurried.outrun, hurried.wrong) == (patient.due, patient.outrun, patient.wrong)
    assert sum(job.hurried for job in hurried.jobs) > 0 == sum(job.hurried for job in patient.jobs)
