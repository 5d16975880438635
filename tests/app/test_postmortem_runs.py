"""Workflow runs in a post-mortem: as it is opened, as it is lengthened, and where they cannot be read."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from stanch.sandbox.exchange import Request
from stanch.sandbox.rights import DEFAULT_PERMISSIONS
from tests.app.rig import Mood, Rig, Told, harbour, reply, rigged

READ = "the deployments and the workflow runs record. Times"
NONE = "the workflow runs record; there was no run to tell of. Times"
UNREAD = "the deployments record; workflow runs could not be read. Times"
UNASKED = "the deployments record; workflow runs are not among it. Times"
FAILED = "Workflow `deploy` failed on `"


def of_runs(asked: Request) -> bool:
    return asked.is_graphql and b"query Runs" in asked.body


def on_runs(answer: tuple[int, dict[str, str], bytes]) -> Told:
    """Answer the question for workflow runs like this, and nothing else."""
    return lambda asked: answer if of_runs(asked) else None


def broken(rig: Rig, path: str = ".github/workflows/deploy.yml", conclusion: str = "failure") -> int:
    """An incident after a deployment whose workflow ended like this, resolved and not yet looked at again."""
    alex, jordan = rig.world.person("alex"), rig.world.person("jordan")
    alex.pushes("cart.py", "bad")
    run = alex.starts_run("main", path, event="push")
    rig.world.clock.advance(minutes=2)
    alex.deploys()
    alex.finishes_run(run, conclusion)
    rig.world.clock.advance(minutes=3)
    number = rig.incident()
    rig.look(number)
    rig.world.clock.advance(minutes=10)
    jordan.comments(number, "/take\n/resolve")
    return number


def report(rig: Rig) -> str:
    """The text of the post-mortem that was opened."""
    (found,) = [one for one in rig.world.repository().issues.values() if one.title.startswith("Post-mortem")]
    return found.body or ""


def questions(rig: Rig) -> int:
    """How often runs were asked for."""
    return rig.world.counts.kinds["Runs"]


def test_the_failed_workflow_of_a_bad_deployment_is_in_the_timeline(rig: Rig) -> None:
    """When it ended, what it was, and a link to the run; asked for once."""
    assert rig.look(broken(rig)).code == 0
    (run,) = rig.world.repository().runs
    (line,) = [one for one in report(rig).splitlines() if FAILED in one]
    assert line.startswith("| 10:02 UTC |")
    assert line.endswith(f"[run]({rig.world.html_url}/harbour/checkout/actions/runs/{run}) |")
    assert READ in report(rig)
    assert questions(rig) == 1


def test_the_printed_report_has_it_too(rig: Rig) -> None:
    """One read more; the client's asks nothing and shows nothing."""
    number = broken(rig)
    assert rig.look(number).code == 0
    printed = rig.run("postmortem", "new", "--issue", str(number))
    assert (printed.code, printed.out) == (0, report(rig).partition("\n")[2])
    assert questions(rig) == 2
    client = rig.run("postmortem", "new", "--issue", str(number), "--client").out
    assert "deploy" not in client
    assert "orkflow" not in client
    assert questions(rig) == 2


@pytest.mark.parametrize("missing", ["checks", "actions"])
def test_a_token_without_the_permission_opens_it_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    """Green, and the report says that runs could not be read."""
    world = harbour(bot_permissions=without(missing))
    with rigged(world, tmp_path, monkeypatch) as rig:
        number = broken(rig)
        assert rig.look(number).code == 0
        assert UNREAD in report(rig)
        assert FAILED not in report(rig)
        printed = rig.run("postmortem", "new", "--issue", str(number))
        assert (printed.code, printed.out) == (0, report(rig).partition("\n")[2])


def without(area: str) -> Mapping[str, str]:
    return {name: may for name, may in DEFAULT_PERMISSIONS.items() if name != area}


JSON = {"Content-Type": "application/json"}
ANSWERS = {
    "500": reply(500, "down"),
    "403": reply(403, "Resource not accessible by integration"),
    "404": reply(404, "Not Found"),
    "a limit": reply(403, "You have exceeded a secondary rate limit", {"Retry-After": "600"}),
    "no repository": (200, JSON, b'{"data": {"repository": null}}'),
    "null": (200, JSON, b'{"data": {"repository": {"r0": null}}}'),
    "something else": (200, JSON, b"[]"),
    "no JSON": (200, JSON, b"<html>"),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_a_github_that_cannot_answer_holds_up_nothing(rig: Rig, answer: tuple[int, dict[str, str], bytes]) -> None:
    """The post-mortem is opened, the run is green, and the next look has nothing to do."""
    number = broken(rig)
    rig.world.says = on_runs(answer)
    assert rig.look(number).code == 0
    assert UNREAD in report(rig)
    rig.heals(number)
    assert UNREAD in report(rig)


@pytest.mark.parametrize(
    ("path", "conclusion"),
    [
        ("", "failure"),
        (".github/workflows/stanch-hotfix.yml", "failure"),
        (".github/workflows/deploy.yml", "skipped"),
        (".github/workflows/deploy.yml", "action_required"),
    ],
)
def test_none_is_said_to_be_none(rig: Rig, path: str, conclusion: str) -> None:
    """Another app's check, one of our own, one that never ran: they were read, and there is nothing to tell."""
    assert rig.look(broken(rig, path, conclusion)).code == 0
    assert NONE in report(rig)
    assert questions(rig) == 1


def test_where_no_commit_is_named_nothing_is_asked(rig: Rig) -> None:
    """And it is not said that there was none."""
    number = rig.incident()
    rig.world.person("jordan").comments(number, "/resolve")
    assert rig.look(number).code == 0
    assert UNASKED in report(rig)
    assert questions(rig) == 0


@pytest.mark.parametrize("lag", [0, 10])
def test_the_long_form_asks_once_more(rig: Rig, lag: int) -> None:
    """What ended between the two is in it; also where reads lag behind what was written, it is written once."""
    alex, jordan = rig.world.person("alex"), rig.world.person("jordan")
    alex.deploys()
    number = rig.incident()
    rig.look(number)
    jordan.comments(number, "/take\n/status mitigated")
    rig.look(number)
    rig.world.clock.advance(hours=4 * 24)
    rig.look(number)
    assert NONE in report(rig)
    rig.world.clock.advance(minutes=3)
    alex.finishes_run(alex.starts_run("main", ".github/workflows/deploy.yml", event="push"), "failure")
    jordan.comments(number, "/resolve")
    rig.world.clock.advance(minutes=1)
    rig.world.faults.lag = lag
    written = rig.world.counts.kinds["change issue"]
    rig.look(number)
    rig.world.faults.lag = 0
    rig.heals(number)
    assert FAILED in report(rig)
    assert "## What went well" in report(rig)
    long_form_and_closing = 2
    assert rig.world.counts.kinds["change issue"] - written == long_form_and_closing
    assert questions(rig) == 2


def test_a_team_s_older_template_claims_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was taken over before there were runs does not say whether they are in it."""
    text = '{% import "postmortem/_parts.md" as part %}\n{{ part.zones(detected_at, zone) }}\n'
    world: Mood = harbour()
    world.person("alex").pushes_to("main", {".github/stanch/templates/postmortem.md": text})
    with rigged(world, tmp_path, monkeypatch) as rig:
        assert rig.look(broken(rig)).code == 0
        assert report(rig).partition("\n")[2].strip() == "Rebuilt from what is recorded. Times are UTC."
