"""The embedded GitHub fails as GitHub does, at the place that a test names."""

import json
from typing import Any

import pytest
import requests
from github import Auth, Github

from stanch.adapters import documents
from stanch.sandbox import inprocess
from stanch.sandbox.faults import Dropped, Fault, Killed, TimedOut
from stanch.sandbox.world import World
from tests.contract.sandbox_scene import HOME, INCIDENT, ask, call, world

WHERE: dict[str, Any] = {"owner": "harbour", "name": "checkout"}
SILENT = {
    Fault.TIMEOUT_BEFORE: TimedOut,
    Fault.TIMEOUT_AFTER: TimedOut,
    Fault.DROPPED_BEFORE: Dropped,
    Fault.DROPPED_AFTER: Dropped,
    Fault.KILLED_BEFORE: Killed,
    Fault.KILLED_AFTER: Killed,
}
SPOKEN = {
    Fault.BAD_GATEWAY_BEFORE: 502,
    Fault.BAD_GATEWAY_AFTER: 502,
    Fault.SECONDARY_LIMIT: 403,
    Fault.TOO_MANY_REQUESTS: 429,
}


def comment(made: World) -> tuple[int, dict[str, str], bytes]:
    """One write of the bot."""
    return made.http("POST", f"{HOME}/issues/1/comments", made.auth(), json.dumps({"body": "x"}))


def comments(made: World) -> int:
    """How many of them are there."""
    return len(made.issue(1).comments)


def scene() -> World:
    """A world with one issue."""
    made = world()
    made.person("alex").opens(INCIDENT)
    return made


@pytest.mark.parametrize("fault", list(Fault))
def test_the_named_write_goes_wrong_and_no_other(fault: Fault) -> None:
    """Before: nothing was applied; after: it was. The writes around it are fine."""
    made = scene()
    made.faults.at_write(2, fault)
    assert comment(made)[0] == 201
    if fault in SILENT:
        with pytest.raises(SILENT[fault]):
            comment(made)
    else:
        assert comment(made)[0] == SPOKEN[fault]
    assert comments(made) == (2 if fault.applies else 1)
    assert comment(made)[0] == 201
    assert made.faults.fired == [("write", 2, fault)]


def test_every_fault_is_either_spoken_or_silent() -> None:
    """The table above leaves none out."""
    assert set(SILENT) | set(SPOKEN) == set(Fault)


def test_a_secondary_limit_says_how_long_to_wait() -> None:
    """403 with Retry-After; a 429 comes without."""
    made = scene()
    made.faults.at_write(1, Fault.SECONDARY_LIMIT)
    made.faults.at_write(2, Fault.TOO_MANY_REQUESTS)
    assert comment(made)[1]["Retry-After"] == "60"
    assert "Retry-After" not in comment(made)[1]


def test_a_read_goes_wrong_by_its_own_index() -> None:
    """GraphQL queries and GETs count as reads, mutations do not."""
    made = scene()
    made.faults.at_read(2, Fault.BAD_GATEWAY_BEFORE)
    assert made.http("GET", HOME, made.auth())[0] == 200
    query = json.dumps({"query": documents.threads(1), "variables": {"n0": 1, **WHERE}})
    assert made.http("POST", "/graphql", made.auth(), query)[0] == 502
    assert made.http("POST", "/graphql", made.auth(), query)[0] == 200


def test_the_same_seed_makes_the_same_faults() -> None:
    """About as many requests fail as the rate says; clearing ends it."""

    def run(seed: int) -> list[tuple[str, int, Fault]]:
        made = scene()
        made.faults.seeded(seed, 0.3)
        for _ in range(100):
            try:
                comment(made)
            except (TimedOut, Dropped, Killed):
                continue
        made.faults.clear()
        assert comment(made)[0] == 201
        return made.faults.fired

    assert run(1) == run(1) != run(2)
    assert 15 < len(run(1)) < 45


def seen(made: World) -> int:
    """How many comments a GraphQL read shows."""
    read = ask(made, documents.threads(1), n0=1, **WHERE)
    return len(read["data"]["repository"]["t0"]["timelineItems"]["nodes"])


def test_a_lagging_read_misses_the_last_write() -> None:
    """Until another write follows, or ten virtual seconds pass; REST shows it at once."""
    made = scene()
    made.faults.lag_reads()
    comment(made)
    assert (seen(made), len(call(made, "GET", "issues/1/comments")[2])) == (0, 1)
    made.person("alex").comments(1, "y")
    assert seen(made) == 1
    made.clock.advance(9)
    assert seen(made) == 1
    made.clock.advance(1)
    assert seen(made) == 2


def test_a_refused_write_does_not_lift_the_lag() -> None:
    """Only what was applied counts as another write."""
    made = scene()
    made.faults.lag_reads()
    comment(made)
    call(made, "POST", "issues/1/comments", {"body": ""})
    call(made, "PUT", "issues/1/labels", {"labels": ["sev-1", "unheard-of"]}, "sam")
    assert (seen(made), made.issue(1).labels) == (0, ())


def test_everything_is_counted() -> None:
    """Requests, reads, and writes by kind with their index; people make none."""
    made = scene()
    comment(made)
    call(made, "GET", "issues/1")
    call(made, "POST", "issues/1/labels", {"labels": ["sev-1"]})
    assert (made.counts.requests, made.counts.reads, made.counts.writes) == (3, 1, 2)
    assert [(write.index, write.kind) for write in made.counts.log] == [(1, "create comment"), (2, "add labels")]
    assert made.counts.bytes_in > 0
    assert made.counts.bytes_out > 0


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (Fault.TIMEOUT_AFTER, requests.exceptions.ReadTimeout),
        (Fault.DROPPED_AFTER, requests.exceptions.ConnectionError),
        (Fault.KILLED_AFTER, Killed),
    ],
)
def test_pygithub_sees_what_requests_would_raise(fault: Fault, raised: type[BaseException]) -> None:
    """In one process nothing else tells the sandbox from the network."""
    made = scene()
    with inprocess.connected(made) as address:
        github = Github(
            auth=Auth.Token(made.bot_token),
            base_url=address,
            retry=None,
            seconds_between_requests=0,
            seconds_between_writes=0,
        )
        issue = github.get_repo("harbour/checkout").get_issue(1)
        made.faults.at_write(1, fault)
        with pytest.raises(raised):
            issue.create_comment("x")
        assert [row.body for row in issue.get_comments()] == ["x"]
        github.close()
