"""The practice that asks for a watcher: while an incident burns that is to be watched, and a workflow can do it."""

from dataclasses import replace

import pytest
from tests.values import REPOSITORY, TEAM, comment, incident_thread, instant, snapshot, thread

from stanch.core.case import case_of
from stanch.core.thread import Repository, Thread
from stanch.core.wanted import Watched
from stanch.practices.watch import watch

HOUR = 60
INSTALLED = replace(REPOSITORY, has_watcher=True)
FINE = comment(1, "jordan", "/status mitigated", 3)


@pytest.mark.parametrize(
    ("of", "now", "repository"),
    [
        (thread(), 5, INSTALLED),
        (incident_thread(severity=3), 5, INSTALLED),
        (incident_thread(FINE), 5, INSTALLED),
        (incident_thread(), 5, REPOSITORY),
        (incident_thread(), 4 * HOUR, INSTALLED),
    ],
)
def test_nothing_to_do(of: Thread, now: int, repository: Repository) -> None:
    """Nothing burns, nothing is watched any more, there is no workflow, or its minutes are used up."""
    assert list(watch(case_of(snapshot(of, now, TEAM, repository)))) == []


@pytest.mark.parametrize("now", [0, 5, 4 * HOUR - 1])
def test_it_is_watched_until_its_minutes_are_used_up(now: int) -> None:
    """The same instant at each look."""
    found = list(watch(case_of(snapshot(incident_thread(), now, TEAM, INSTALLED))))
    assert found == [Watched(instant(4 * HOUR))]
