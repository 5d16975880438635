"""The workflows of the hotfix gate: what they listen to, what starts a runner, and what the proof's job may not do."""

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from stanch.adapters.config_file import read_config
from stanch.adapters.documents import RULES
from stanch.adapters.payload import trigger
from stanch.adapters.pull_reader import ARTIFACT
from stanch.app import gate_events
from stanch.core.config import CONFIG_PATH
from stanch.core.gate import CONTEXT
from stanch.core.own_workflows import OWN_WORKFLOWS, PROOF_WORKFLOW
from stanch.core.proof.suite import FileClass, kind_of
from tests.conditions import BOT, OTHER_BOT, PERSON, REPOSITORY, only_condition, started
from tests.workflows import FOLDER, ROOT, names, pinned, workflow

HOTFIX, PROVE = workflow("stanch-hotfix"), workflow("stanch-prove")
GATE, PROOF = HOTFIX["jobs"]["gate"], PROVE["jobs"]["prove"]
SHA = "a" * 40
FORK = "kim/checkout"
PROOF_PATH = ".github/workflows/stanch-prove.yml"


def pull(action: str, head: str = "hotfix/total", body: str | None = "", home: str = REPOSITORY, **more: Any) -> Any:
    """An event of a pull request; the values of `more` belong to the pull request, but for `changes`."""
    changes = {"changes": more.pop("changes")} if "changes" in more else {}
    ends = {"head": {"ref": head, "sha": SHA, "repo": {"full_name": home} if home else None}, "base": {"sha": SHA}}
    subject = {"number": 41, "body": body, "merged": False, "user": PERSON} | ends | more
    return {"action": action, "pull_request": subject, "sender": PERSON} | changes


def review(action: str, state: str = "approved", by: Any = PERSON, home: str = REPOSITORY) -> Any:
    return pull(action, home=home) | {"review": {"state": state, "user": by}}


def deployed(state: str) -> Any:
    return {"deployment_status": {"state": state}, "deployment": {"sha": SHA}, "sender": PERSON}


def ran(
    path: str = PROOF_PATH,
    event: str = "pull_request",
    conclusion: str = "success",
    branch: str = "hotfix/total",
    home: str = REPOSITORY,
) -> Any:
    run = {"event": event, "conclusion": conclusion, "head_branch": branch, "head_sha": SHA, "pull_requests": []}
    about = {"workflow_run": run | {"head_repository": {"full_name": home}}, "workflow": {"path": path}}
    return {"action": "completed", "sender": PERSON} | about


CI = ".github/workflows/ci.yml"
PUSHED = {"ref": "refs/heads/main", "after": SHA, "sender": PERSON}
QUEUED = {"action": "checks_requested", "merge_group": {"head_sha": SHA, "base_ref": "refs/heads/main"}}

LOOKED_AT = {
    "opened": ("pull_request", pull("opened")),
    "opened, and no hotfix at all": ("pull_request", pull("opened", "docs", None)),
    "opened by the bot itself, after somebody let it run": ("pull_request", pull("opened", user=BOT) | {"sender": BOT}),
    "opened by another bot": ("pull_request", pull("opened", "bump", user=OTHER_BOT) | {"sender": OTHER_BOT}),
    "a push": ("pull_request", pull("synchronize")),
    "another base or text": ("pull_request", pull("edited")),
    "ready": ("pull_request", pull("ready_for_review")),
    "merged": ("pull_request", pull("closed", merged=True)),
    "approved": ("pull_request_review", review("submitted")),
    "changes requested": ("pull_request_review", review("submitted", "changes_requested")),
    "dismissed": ("pull_request_review", review("dismissed", "dismissed")),
    "dismissed by a bot": ("pull_request_review", review("dismissed", "dismissed") | {"sender": OTHER_BOT}),
    "deployed": ("deployment_status", deployed("success")),
    "a deployment that failed": ("deployment_status", deployed("failure")),
    "a group of the merge queue": ("merge_group", QUEUED),
    "a push to production": ("push", PUSHED),
    "the proof": ("workflow_run", ran()),
    "the proof of a branch with another name": ("workflow_run", ran(branch="fix/total")),
    "a proof that refuted": ("workflow_run", ran(conclusion="failure")),
    "the checks of a hotfix": ("workflow_run", ran(CI)),
    "a deployment's run": ("workflow_run", ran(".github/workflows/deploy.yml", "push", branch="main")),
    "a deployment's run by hand": (
        "workflow_run",
        ran(".github/workflows/deploy.yml", "workflow_dispatch", branch="v2"),
    ),
    "a fork's pull request, whose proof was skipped": ("workflow_run", ran(conclusion="skipped", home=FORK)),
}
DROPPED = {
    "a fork's, with a token that may only read": ("pull_request", pull("opened", home=FORK)),
    "of a fork that is gone": ("pull_request", pull("synchronize", home="")),
    "closed without being merged": ("pull_request", pull("closed")),
    "a review of a fork's": ("pull_request_review", review("submitted", home=FORK)),
    "a review that is only words": ("pull_request_review", review("submitted", "commented")),
    "a bot's approval": ("pull_request_review", review("submitted", by=OTHER_BOT)),
    "a deployment that is under way": ("deployment_status", deployed("in_progress")),
    "a deployment that waits": ("deployment_status", deployed("queued")),
    "a proof that was skipped": ("workflow_run", ran(conclusion="skipped")),
    "the checks of another branch": ("workflow_run", ran(CI, branch="docs")),
    "the checks of a fork": ("workflow_run", ran(CI, home=FORK)),
}
TABLE = [(name, True, *row) for name, row in LOOKED_AT.items()] + [(name, False, *row) for name, row in DROPPED.items()]

SAMPLES = dict(LOOKED_AT.values())
"""One payload of each event that the gate looks at."""

INCIDENT = "Sum an empty cart.\r\n\r\nIncident: #12\r\n"
WROTE = {"body": {"from": "Sum an empty cart."}}
PROVEN = {
    "a hotfix is opened": pull("opened"),
    "it is pushed to": pull("synchronize"),
    "it is opened again": pull("reopened"),
    "another branch for an incident": pull("opened", "fix/total", INCIDENT),
    "the same in bold": pull("synchronize", "fix/total", "**Incident**: #12"),
    "it goes to another base": pull("edited", changes={"base": {"ref": {"from": "develop"}}}),
    "another branch is given an incident": pull("edited", "fix/total", INCIDENT, changes=WROTE),
}
NOT_PROVEN = {
    "no hotfix": pull("opened", "docs", "Words about the last incident."),
    "no text at all": pull("opened", "docs", None),
    "a hotfix from a fork": pull("opened", home=FORK),
    "a hotfix from a fork that is gone": pull("synchronize", home=""),
    "a hotfix whose text was edited": pull("edited", body=INCIDENT, changes=WROTE),
    "another branch, whose text was edited again": pull(
        "edited", "fix/total", INCIDENT + "Rollback: …", changes={"body": {"from": INCIDENT}}
    ),
    "another branch, whose title was edited": pull("edited", "fix/total", INCIDENT, changes={"title": {"from": "x"}}),
}
PROOFS = [(name, True, event) for name, event in PROVEN.items()] + [
    (n, False, event) for n, event in NOT_PROVEN.items()
]


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return only_condition(tmp_path_factory.mktemp("gate"), "stanch-hotfix", "gate")


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return only_condition(tmp_path_factory.mktemp("proof"), "stanch-prove", "prove")


@pytest.mark.parametrize(("wanted", "event", "payload"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_gate_looks_at_every_pull_request_and_at_what_may_change_it(
    *, wanted: bool, event: str, payload: Any, gate: Path, tmp_path: Path
) -> None:
    """A pull request of this repository always gets a status; what tells nothing new costs 0 runner seconds."""
    assert started(event, payload, gate, tmp_path) == wanted


def test_checks_of_any_branch_are_heard_where_the_team_says_so(gate: Path, tmp_path: Path) -> None:
    """The repository variable STANCH_LISTEN, as for labels of unusual names."""
    payload = ran(CI, branch="urgent/total")
    assert not started("workflow_run", payload, gate, tmp_path)
    assert started("workflow_run", payload, gate, tmp_path, "--var", "STANCH_LISTEN=all")


@pytest.mark.parametrize(("wanted", "payload"), [row[1:] for row in PROOFS], ids=[row[0] for row in PROOFS])
def test_only_what_is_held_to_a_hotfix_s_rules_is_proven(
    *, wanted: bool, payload: Any, proof: Path, tmp_path: Path
) -> None:
    """By its branch or its incident, when its code or its base changes; a text alone is not proven again."""
    assert started("pull_request", payload, proof, tmp_path) == wanted


def test_the_gate_listens_to_nothing_else() -> None:
    """Each event has its payloads above."""
    assert set(HOTFIX["on"]) == set(SAMPLES)


def test_github_sends_what_may_change_an_answer() -> None:
    """A condition is of no use for an event that never comes. Pushes are those to production alone."""
    on, changes = HOTFIX["on"], {"opened", "edited", "synchronize", "reopened"}
    assert set(on["pull_request"]["types"]) == changes | {"ready_for_review", "converted_to_draft", "closed"}
    assert set(on["pull_request_review"]["types"]) == {"submitted", "dismissed"}
    assert on["merge_group"] == {"types": ["checks_requested"]}
    assert on["push"] == {"branches": ["main"]}
    assert on["workflow_run"]["types"] == ["completed"]
    assert {"stanch-prove", "ci"} <= set(on["workflow_run"]["workflows"])
    assert set(PROVE["on"]) == {"pull_request"}
    assert set(PROVE["on"]["pull_request"]["types"]) == changes


@pytest.mark.parametrize(("event", "payload"), SAMPLES.items(), ids=SAMPLES)
def test_every_event_that_starts_the_gate_leads_somewhere(
    event: str, payload: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`stanch gate` finds in it a pull request, a commit's pull requests, a merge group or what was pushed."""
    led: list[object] = []
    monkeypatch.setattr(gate_events, "follow", lambda _desk, number, **_: led.append(number) or [])
    monkeypatch.setattr(gate_events, "in_queue", lambda _desk, branch, sha: led.append((branch, sha)))
    monkeypatch.setattr(gate_events, "arrived", lambda _desk, branch: led.append(branch) or [])
    desk: Any = SimpleNamespace(pulls=SimpleNamespace(of_commit=lambda sha: {SHA: (41,)}[sha]))
    list(gate_events.react(desk, trigger(event, json.dumps(payload))))
    assert led == [{"push": "main", "merge_group": ("main", SHA)}.get(event, 41)]


def test_the_workflows_are_where_the_code_looks_for_them() -> None:
    """The proof by its file's path, its artifact by its name, and whether there is a gate at all."""
    assert {f".github/workflows/{name}.yml" for name in ("stanch-hotfix", "stanch-prove")} == OWN_WORKFLOWS
    assert PROOF_WORKFLOW == PROOF_PATH
    assert PROOF_PATH in GATE["if"]
    (installed,) = re.findall(r'gate: object\(expression: "HEAD:([^"]+)"\)', RULES)
    assert all((ROOT / path).is_file() for path in (*OWN_WORKFLOWS, installed))
    assert installed in OWN_WORKFLOWS - {PROOF_PATH}
    assert PROOF["steps"][-1]["with"]["name"] == ARTIFACT
    assert f"{CONTEXT} on the head" in (FOLDER / "stanch-hotfix.yml").read_text(encoding="utf-8")


def test_the_runs_that_are_waited_for_exist() -> None:
    """`workflow_run` goes by names: here each is its file's."""
    assert set(HOTFIX["on"]["workflow_run"]["workflows"]) <= set(names())
    assert [name for name in names() if workflow(name)["name"] != name] == []


def test_one_pull_request_one_queue() -> None:
    """The gate and the commands on the same pull request take turns; a new head's proof ends the old one's."""
    shared = "stanch-${{ github.event.%s.number"
    group = GATE["concurrency"]["group"]
    assert group.startswith(shared % "pull_request")
    others = ("workflow_run.pull_requests[0].number", "workflow_run.head_sha", "deployment.sha")
    assert group.partition(" || ")[2] == " || ".join((*(f"github.event.{one}" for one in others), "github.ref }}"))
    assert workflow("stanch-incidents")["jobs"]["handle"]["concurrency"]["group"] == (shared % "issue") + " }}"
    assert PROOF["concurrency"] == {
        "group": "stanch-prove-${{ github.event.pull_request.number }}",
        "cancel-in-progress": True,
    }


def test_the_proof_has_nothing_worth_stealing() -> None:
    """No secret, no cache, no token for Stanch, none left in the checkout, and none of the job's to write with."""
    text = (FOLDER / "stanch-prove.yml").read_text(encoding="utf-8")
    checkout, *others = PROOF["steps"]
    assert PROOF["permissions"] == {"contents": "read"}
    assert "environment" not in PROOF
    assert re.findall(r"secrets\.|github\.token|actions/cache|^ *cache", text, re.MULTILINE) == []
    assert checkout["with"] == {
        "ref": "${{ github.event.pull_request.head.sha }}",
        "fetch-depth": 0,
        "persist-credentials": False,
    }
    assert [step["with"] for step in others if step.get("uses") == pinned()] == [{"command": "prove", "token": ""}]


def test_what_a_proof_saw_is_kept_however_it_ended() -> None:
    """The last step uploads the folder that `stanch prove` writes, also when nothing was proven."""
    *_, proving, upload = PROOF["steps"]
    assert proving["with"]["command"] == "prove"
    assert (upload["if"], upload["with"]["path"]) == ("always()", "stanch-proof/")
    assert 1 <= upload["with"]["retention-days"] <= 14


def test_our_own_tests_are_known_to_the_proof() -> None:
    """The rules by which a hotfix of this repository is proven are right, and tell its tests from its code."""
    loaded = read_config((ROOT / CONFIG_PATH).read_bytes())
    assert loaded.problems == ()
    kinds = {"tests/core/test_markdown.py": FileClass.TEST, "tests/values.py": FileClass.SUPPORT}
    kinds |= {"scripts/stanch/core/markdown.py": FileClass.PRODUCTION}
    assert {path: kind_of(path, loaded.config.proof.suites) for path in kinds} == kinds
