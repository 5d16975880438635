"""The workflow runs of a timeline: which are told, which go first where they are too many, and what is said of it."""

from dataclasses import replace

import pytest
from tests.values import TEAM, closed, comment, ended_run, incident_thread, snapshot

from stanch.core.case import case_of
from stanch.core.client_story import client_story
from stanch.core.incident import Incident
from stanch.core.runs import MOST_LINES, End, EndedRun, Runs
from stanch.core.story import story
from stanch.core.thread import Item

DAY = 24 * 60


def incident(*items: Item, runs: Runs | None) -> Incident:
    read = case_of(replace(snapshot(incident_thread(*items), 300), runs=runs)).incident
    assert read is not None
    return read


def told(of: Incident) -> list[tuple[object, object]]:
    """The runs that the timeline shows: name and end."""
    timeline = story(of, TEAM)["timeline"]
    assert isinstance(timeline, list)
    return [(line["text"], line["end"]) for line in timeline if line["what"] == "run"]


def shown(*runs: EndedRun) -> list[tuple[object, object]]:
    return told(incident(closed(60), runs=Runs(runs, 1)))


@pytest.mark.parametrize("end", list(End))
def test_a_run_is_told_with_how_it_ended(end: End) -> None:
    """Its name, its end, what set it off, and its commit."""
    assert shown(ended_run(5, end)) == [("deploy", end.value)]


@pytest.mark.parametrize(
    ("when", "there"),
    [(-DAY - 1, False), (-DAY, True), (-10, True), (0, True), (59, True), (60, True), (61, False)],
)
def test_a_run_counts_from_the_day_before_to_the_end(when: float, there: bool) -> None:
    """What ended before that, or after the incident was over, is another story."""
    assert bool(shown(ended_run(when))) is there


def test_until_it_is_resolved_mitigation_ends_it_and_before_that_nothing_does() -> None:
    """As for deployments."""
    runs = Runs((ended_run(200),), 1)
    fine = comment(1, "jordan", "/status mitigated", 100)
    assert told(incident(runs=runs)) != []
    assert told(incident(fine, runs=runs)) == []
    assert told(incident(fine, closed(250), runs=runs)) != []


@pytest.mark.parametrize(
    ("name", "path", "there"),
    [
        ("stanch-sweep", ".github/workflows/stanch-sweep.yml", False),
        ("Stanch: incidents", ".github/workflows/ours.yml", False),
        ("Incidents", ".github/workflows/Stanch-incidents.yml", False),
        (" stanch", "", False),
        ("Incidents", ".github/workflows/stanchion/deploy.yml", True),
        ("Call stanch", ".github/workflows/ci.yml", True),
        ("", "", True),
    ],
)
def test_our_own_workflows_tell_nothing(name: str, path: str, there: bool) -> None:
    """By the name of the workflow or of its file."""
    assert bool(shown(ended_run(5, name=name, path=path))) is there


def test_of_too_many_the_failures_and_the_newest_are_shown() -> None:
    """In the order of time all the same; how many are left out is said."""
    good = [ended_run(n, End.SUCCEEDED, f"ok {n}") for n in range(1, 20)]
    bad = [ended_run(n + 0.5, end, f"bad {n}") for n, end in enumerate((End.FAILED, End.TIMED_OUT, End.CANCELLED), 1)]
    of = incident(closed(60), runs=Runs((*good, *bad), 2))
    found = [name for name, _ in told(of)]
    assert found == ["bad 1", "bad 2", *(["ok 3", "bad 3"]), *(f"ok {n}" for n in range(4, 20))]
    assert len(found) == MOST_LINES
    assert story(of, TEAM)["runs"] == {"state": "read", "count": 20, "left_out": 2, "unasked": 0, "more": 0}


@pytest.mark.parametrize(
    ("runs", "state"),
    [
        (None, "not asked"),
        (Runs((), 3), "read"),
        (Runs((ended_run(5),), 3), "read"),
        (Runs((ended_run(5),), 3, unread=1), "partly"),
        (Runs((), 3, unread=3), "unread"),
    ],
)
def test_what_was_not_read_is_not_said_to_be_none(runs: Runs | None, state: str) -> None:
    """Not asked, not to be read, partly read and read with nothing found are told apart."""
    view = story(incident(closed(60), runs=runs), TEAM)["runs"]
    assert isinstance(view, dict)
    assert (view["state"], view["count"]) == (state, len(runs.found) if runs else 0)


def test_a_run_fills_a_gap() -> None:
    """Something was recorded: the silence ends there."""
    whats = []
    for runs in (None, Runs((ended_run(30),), 1)):
        timeline = story(incident(closed(60), runs=runs), TEAM)["timeline"]
        assert isinstance(timeline, list)
        whats.append([line["what"] for line in timeline])
    assert whats == [["detected", "severity", "gap", "closed"], ["detected", "severity", "run", "closed"]]


def test_a_client_reads_of_no_run() -> None:
    """The facts for a client are the same with and without."""
    with_runs, without = (incident(closed(60), runs=runs) for runs in (Runs((ended_run(5),), 1), None))
    assert client_story(with_runs, TEAM) == client_story(without, TEAM)
