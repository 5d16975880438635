"""The embedded GitHub's activity, workflow runs and artifacts, in GitHub's shapes."""

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
import requests

from stanch.sandbox import inprocess, runs, server
from stanch.sandbox.faults import Fault
from stanch.sandbox.world import World
from tests.contract.sandbox_scene import HOME, call, status, world
from tests.contract.test_sandbox_webhooks import listen
from tests.patience import PATIENCE

HOTFIX = "hotfix/basket"
PROOF = {"report.xml": "<testsuite/>", "raw.bin": b"\0\1"}


def run_with_proof(made: World, name: str = "stanch-proof") -> int:
    """A finished workflow run with one artifact."""
    jordan = made.person("jordan")
    jordan.pushes_to(HOTFIX, {"a": "a"})
    run = jordan.starts_run(HOTFIX, ".github/workflows/stanch-prove.yml")
    jordan.finishes_run(run, artifacts={name: PROOF})
    return run


def found(made: World, run: int, name: str = "stanch-proof") -> int:
    """The id of the artifact with that name."""
    rows = call(made, "GET", f"actions/runs/{run}/artifacts?name={name}")[2]["artifacts"]
    ids: list[int] = [row["id"] for row in rows]
    [only] = ids
    return only


def test_the_activity_of_a_branch_tells_who_moved_it() -> None:
    """Newest first, with the commits before and after, whoever wrote the commits."""
    made = world()
    jordan, morgan = made.person("jordan"), made.person("morgan")
    first = jordan.pushes_to(HOTFIX, {"a": "a"})
    made.clock.advance(60)
    second = morgan.pushes_to(HOTFIX, {"a": "b"}, author="jordan")
    made.clock.advance(60)
    third = jordan.pushes_to(HOTFIX, {"a": "c"}, onto="main")
    rows = call(made, "GET", f"activity?ref=refs/heads/{HOTFIX}&per_page=100")[2]
    told = [(row["activity_type"], row["actor"]["login"], row["before"], row["after"]) for row in rows]
    assert told == [
        ("force_push", "jordan", second, third),
        ("push", "morgan", first, second),
        ("branch_creation", "jordan", "0" * 40, first),
    ]
    assert rows[1]["timestamp"] == "2026-03-14T02:01:00Z"
    made.remove_account("morgan")
    assert call(made, "GET", f"activity?ref={HOTFIX}")[2][1]["actor"] is None


def test_merges_and_deletions_are_activity_too() -> None:
    """A merged pull request moves its base; a deleted branch ends at no commit."""
    made = world()
    jordan = made.person("jordan")
    number = jordan.opens_pull("Fix", "", HOTFIX, files={"a": "a"})
    sha = made.person("morgan").merges(number, "squash")
    jordan.deletes_branch(HOTFIX)
    rows = call(made, "GET", "activity")[2]
    assert [(row["activity_type"], row["after"]) for row in rows[:2]] == [
        ("branch_deletion", "0" * 40),
        ("pr_merge", sha),
    ]
    assert rows[1]["ref"] == "refs/heads/main"


def test_a_long_activity_is_read_by_cursors() -> None:
    """The next page begins behind the last entry of this one, also when new ones have come meanwhile."""
    made = world()
    jordan = made.person("jordan")
    for n in range(5):
        jordan.pushes_to(HOTFIX, {"a": str(n)})
    _, headers, rows = call(made, "GET", "activity?per_page=2")
    jordan.pushes_to(HOTFIX, {"a": "new"})
    path = headers["Link"].partition(">")[0].removeprefix(f"<{made.api_url}{HOME}/")
    assert 'rel="next"' in headers["Link"]
    more = call(made, "GET", path)[2]
    assert [row["before"] for row in rows] + [more[0]["before"]] == [row["after"] for row in (rows[1], *more)]


@pytest.mark.parametrize(
    ("area", "path"),
    [("contents", "activity"), ("actions", "actions/runs/1/artifacts"), ("actions", "actions/artifacts/1/zip")],
)
def test_the_bot_needs_a_permission_to_read_them(area: str, path: str) -> None:
    """403 without it; with it the unknown is a 404."""
    assert status(world({"metadata": "read"}), "GET", path) == 403
    assert status(world({area: "read"}), "GET", path) == (200 if area == "contents" else 404)


def test_an_artifact_is_fetched_elsewhere_and_without_the_token() -> None:
    """302 to an address outside the API; with the token it refuses, after a minute it has forgotten."""
    made = world()
    number = found(made, run_with_proof(made))
    code, headers, _ = call(made, "GET", f"actions/artifacts/{number}/zip")
    place = headers["Location"]
    assert (code, place.startswith(made.api_url)) == (302, False)
    status_, _, body = made.http("GET", place)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert (status_, archive.read("report.xml"), archive.read("raw.bin")) == (200, b"<testsuite/>", b"\0\1")
    assert made.http("GET", place, made.auth())[0] == 400
    made.clock.advance(61)
    assert made.http("GET", place)[0] == 403


def test_an_expired_artifact_is_gone() -> None:
    """410 after ninety days; the list still shows it, as expired."""
    made = world()
    run = run_with_proof(made)
    number = found(made, run)
    made.clock.advance(runs.KEPT)
    assert status(made, "GET", f"actions/artifacts/{number}/zip") == 410
    [row] = call(made, "GET", f"actions/runs/{run}/artifacts")[2]["artifacts"]
    assert (row["expired"], row["name"], row["workflow_run"]["id"]) == (True, "stanch-proof", run)


def test_artifacts_are_found_by_their_whole_name() -> None:
    """A run that left none has an empty list; an unknown run is a 404."""
    made = world()
    run = run_with_proof(made, "stanch-proof-2")
    assert call(made, "GET", f"actions/runs/{run}/artifacts?name=stanch-proof")[2] == {
        "total_count": 0, "artifacts": []
    }  # fmt: skip # one row
    assert status(made, "GET", f"actions/runs/{run + 1}/artifacts") == 404


@pytest.fixture
def host() -> Iterator[server.Server]:
    running = server.serve(world())
    yield running
    running.stop()


def test_an_artifact_travels_over_http(host: server.Server) -> None:
    """Over loopback it lies at another host, so that a client that follows drops the token."""
    made = host.world
    number = found(made, run_with_proof(made))
    place = call(made, "GET", f"actions/artifacts/{number}/zip")[1]["Location"]
    assert place.startswith("http://localhost:")
    assert zipfile.is_zipfile(io.BytesIO(requests.get(place, timeout=PATIENCE).content))
    assert requests.get(place, headers=made.auth(), timeout=PATIENCE).status_code == 400
    asked = requests.get(f"{host.address}{HOME}/actions/artifacts/{number}/zip", headers=made.auth(), timeout=PATIENCE)
    assert zipfile.is_zipfile(io.BytesIO(asked.content))


def test_an_artifact_is_had_in_process_by_requests() -> None:
    """A session with the sandbox's adapter follows the redirect, and drops the token on the way."""
    made = world()
    number = found(made, run_with_proof(made))
    with inprocess.connected(made) as address, requests.Session() as session:
        session.mount("http://", inprocess.Blobs())
        answered = session.get(f"{address}{HOME}/actions/artifacts/{number}/zip", headers=made.auth())
    assert (answered.status_code, len(answered.history)) == (200, 1)
    assert zipfile.is_zipfile(io.BytesIO(answered.content))


def test_fetching_can_go_wrong_as_every_read_can() -> None:
    """The archive is a read of its own in the fault plan."""
    made = world()
    number = found(made, run_with_proof(made))
    place = call(made, "GET", f"actions/artifacts/{number}/zip")[1]["Location"]
    made.faults.at_read(made.counts.reads + 1, Fault.BAD_GATEWAY_BEFORE)
    assert [made.http("GET", place)[0] for _ in range(2)] == [502, 200]
    assert made.counts.kinds["blob"] == 2


def test_a_status_says_why_it_is_refused() -> None:
    """140 characters of description are all there is; one more is a 422 that names the field."""
    made = world()
    sha = made.repository().head
    assert status(made, "POST", f"statuses/{sha}", {"state": "success", "description": "d" * 140}) == 201
    code, _, said = call(made, "POST", f"statuses/{sha}", {"state": "success", "description": "d" * 141})
    assert (code, said["errors"][0]["field"]) == (422, "description")
    assert "140" in json.dumps(said)


def test_a_context_takes_a_thousand_statuses() -> None:
    """In whatever case it is written; another context has its own thousand."""
    made = world()
    made.rates.bot = 5000
    path = f"statuses/{made.repository().head}"
    for n in range(1000):
        sent = json.dumps({"state": "success", "context": "Stanch" if n % 2 else "stanch"})
        assert made.http("POST", f"{HOME}/{path}", made.auth(), sent)[0] == 201
    assert status(made, "POST", path, {"state": "success", "context": "STANCH"}) == 422
    assert status(made, "POST", path, {"state": "success", "context": "other"}) == 201


WATCH = "stanch-watch.yml"


def watched_world() -> World:
    """A repository with one workflow that can be dispatched."""
    made = world()
    made.person("alex").pushes(f".github/workflows/{WATCH}", "on: workflow_dispatch\n")
    return made


def test_a_dispatched_run_waits_goes_on_and_ends() -> None:
    """It is listed at once, newest first, with the status that it has."""
    made = watched_world()
    listen(made)
    path = f"actions/workflows/{WATCH}/runs"
    assert call(made, "GET", path)[2] == {"total_count": 0, "workflow_runs": []}
    first, second = (made.person("alex").dispatches(WATCH) for _ in range(2))
    made.person("alex").gives_runner(first)
    rows = call(made, "GET", path)[2]["workflow_runs"]
    assert [(row["id"], row["status"], row["event"]) for row in rows] == [
        (second, "queued", "workflow_dispatch"),
        (first, "in_progress", "workflow_dispatch"),
    ]
    made.person("alex").finishes_run(first)
    assert [row["id"] for row in call(made, "GET", f"{path}?status=success")[2]["workflow_runs"]] == [first]
    assert status(made, "GET", "actions/workflows/none.yml/runs") == 404
