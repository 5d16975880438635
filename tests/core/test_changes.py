"""What changed before it broke: a day back, production and the default branch only, newest first."""

from dataclasses import replace

from tests.values import REPOSITORY, START, TEAM, deployment, incident_thread, merge, snapshot

from stanch.core.changes import changes_before
from stanch.core.ledger import Change
from stanch.core.thread import Repository

DAY = 24 * 60


def ids(repository: Repository, *known: Change) -> list[tuple[str, str]]:
    seen = snapshot(incident_thread(), 5, TEAM, repository)
    return [(one.kind, one.id) for one in changes_before(START, seen, known)]


def test_nothing_changed() -> None:
    """No deployment and no merge is an answer."""
    assert ids(REPOSITORY) == []


def test_only_what_could_have_broken_it() -> None:
    """The day before detection; no other environment, branch, failed deployment or later change."""
    failed = replace(deployment("6", -9), state="failure")
    deployments = (
        deployment("1", -5),
        deployment("2", -DAY),
        deployment("3", -DAY - 1),
        deployment("4", 1),
        deployment("5", -5, environment="staging"),
        failed,
    )
    merges = (merge(11, -7), merge(12, -6, base="next"), merge(13, 2))
    assert ids(replace(REPOSITORY, deployments=deployments, merges=merges)) == [
        ("deployment", "1"),
        ("merge", "11"),
        ("deployment", "2"),
    ]


def test_each_deployment_knows_what_ran_before() -> None:
    """So that it can be undone; none is in view before the first."""
    deployments = (deployment("2", -5, "bbb"), deployment("1", -50, "aaa"))
    seen = snapshot(incident_thread(), 5, TEAM, replace(REPOSITORY, deployments=deployments))
    assert [one.previous for one in changes_before(START, seen, ())] == ["aaa", ""]


def test_what_was_seen_is_kept() -> None:
    """A change that newer ones pushed out of view is still known."""
    assert ids(REPOSITORY, Change("merge", "9", START, "t", "s", "alex")) == [("merge", "9")]
