"""The workflows: safe by the linters, least rights, and silent about what is none of ours."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stanch.core.config import CONFIG_PATH
from tests.conditions import BOT, OTHER_BOT, PERSON, only_condition, started
from tests.patience import PATIENCE
from tests.workflows import ACTION, FOLDER, ROOT, action, jobs, names, pinned, workflow

TOOLS = Path(sys.executable).parent
FORMS = ROOT / ".github/ISSUE_TEMPLATE"

STARTS = {"actions": "write"}
READS = {"actions": "read", "checks": "read", "contents": "read", "deployments": "read"}
WRITES = {"issues": "write", "pull-requests": "write", "statuses": "write"}
PERMISSIONS = {
    ("ci", "test"): {"contents": "read"},
    ("release", "build"): {"contents": "read"},
    ("release", "attest"): {"artifact-metadata": "write", "attestations": "write", "id-token": "write"},
    ("release", "publish"): {"contents": "write"},
    ("stanch-hotfix", "gate"): READS | WRITES,
    ("stanch-incidents", "handle"): READS | WRITES | STARTS,
    ("stanch-prove", "prove"): {"contents": "read"},
    ("stanch-sweep", "sweep"): READS | WRITES | STARTS,
    ("stanch-watch", "watch"): READS | STARTS | {"issues": "write", "pull-requests": "read"},
}
"""What each job may do, and nothing more."""

WRITING = ("stanch-hotfix", "stanch-incidents", "stanch-sweep", "stanch-watch")
"""Those that write to GitHub, and run no code but Stanch's own."""


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TOOLS / tool, *arguments], capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=ROOT
    )


def test_zizmor_finds_nothing_at_its_strictest() -> None:
    """Each thing it is told to overlook has its reason in the file, beside it."""
    ran = run("zizmor", "--offline", "--pedantic", "--no-progress", "--no-config", ".")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_what_zizmor_overlooks_has_a_reason() -> None:
    """An ignore is followed by a sentence."""
    ignores = [
        line
        for path in [*FOLDER.glob("*.yml"), ROOT / "action.yml"]
        for line in path.read_text(encoding="utf-8").splitlines()
        if "zizmor: ignore" in line
    ]
    assert ignores
    assert [line for line in ignores if not re.search(r"ignore\[[a-z-]+\] # .{20,}", line)] == []


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", sorted(FOLDER.glob("*.yml"))),
        ("github-actions", [ROOT / "action.yml"]),
        ("dependabot", [ROOT / ".github/dependabot.yml"]),
        ("github-issue-forms", sorted(set(FORMS.glob("*.yml")) - {FORMS / "config.yml"})),
        ("github-issue-config", [FORMS / "config.yml"]),
    ],
)  # fmt: skip
def test_files_fit_their_schema(schema: str, files: list[Path]) -> None:
    """What GitHub reads has the form that GitHub expects."""
    assert files
    ran = run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("name", names())
def test_a_workflow_may_nothing_unless_a_job_says_so(name: str) -> None:
    """`permissions: {}` stands at the top of every file."""
    assert workflow(name)["permissions"] == {}


def test_each_job_has_exactly_the_rights_it_needs() -> None:
    """A new right is a change of this table, seen in review."""
    assert {(name, key): job["permissions"] for name, key, job in jobs()} == PERMISSIONS


@pytest.mark.parametrize("name", names())
def test_each_right_says_what_it_is_for(name: str) -> None:
    """Every granted permission has a comment on its line."""
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    granted = re.findall(r"^      [a-z-]+: (?:read|write)\b.*$", text, re.MULTILINE)
    assert granted
    assert [line for line in granted if not re.search(r"# \w.{5,}", line)] == []


def test_every_job_ends_by_itself_and_shares_its_group() -> None:
    """A timeout of at most the 15 minutes of a slim runner, and a concurrency group on the job itself.

    On the workflow a dropped event would push a waiting run out; where no job has a condition none is dropped.
    """
    for name, _, job in jobs():
        assert job["timeout-minutes"] <= (15 if job["runs-on"] == "ubuntu-slim" else 20), name
        assert "if" not in job if "concurrency" in workflow(name) else job["concurrency"]["group"], name


@pytest.mark.parametrize("name", WRITING)
def test_a_run_is_never_cut_off_between_two_writes(name: str) -> None:
    """What has begun is finished; only a waiting run may be replaced."""
    for job in workflow(name)["jobs"].values():
        assert (job.get("concurrency") or workflow(name)["concurrency"])["cancel-in-progress"] is False


def test_one_issue_one_queue() -> None:
    """Two incidents do not wait for each other."""
    assert workflow("stanch-incidents")["jobs"]["handle"]["concurrency"]["group"] == (
        "stanch-${{ github.event.issue.number }}"
    )


def test_the_schedule_stands_in_a_file_of_its_own_and_off_the_full_hour() -> None:
    """A quiet repository loses its sweep after 60 days, but not its incidents."""
    assert [name for name in names() if "schedule" in workflow(name)["on"]] == ["stanch-sweep"]
    minutes = [entry["cron"].split()[0] for entry in workflow("stanch-sweep")["on"]["schedule"]]
    assert all(int(minute) % 5 for minute in minutes)


def test_what_was_decided_or_installed_counts_at_once() -> None:
    """A push to the default branch that changes the configuration or the sweep itself starts a sweep, and no other."""
    sweep = workflow("stanch-sweep")["on"]
    assert set(sweep) == {"schedule", "workflow_dispatch", "push"}
    assert sweep["push"] == {"branches": ["main"], "paths": [CONFIG_PATH, ".github/workflows/stanch-sweep.yml"]}


def test_no_workflow_runs_for_strangers_with_our_rights() -> None:
    """`pull_request_target` is never used."""
    assert [name for name in names() if "pull_request_target" in workflow(name)["on"]] == []


def steps() -> list[dict[str, Any]]:
    return [*(step for _, _, job in jobs() for step in job["steps"]), *action()["runs"]["steps"]]


def test_no_expression_stands_inside_a_script() -> None:
    """Text from people reaches a shell by the environment only."""
    assert [step["run"] for step in steps() if "${{" in step.get("run", "")] == []


def test_every_action_is_pinned_by_its_hash() -> None:
    """A tag can be moved; a hash cannot. Its version stands beside it."""
    lines = [
        line
        for path in FOLDER.glob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\buses:", line)
    ]
    assert lines
    assert [line for line in lines if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_our_own_workflows_use_the_action_as_others_will() -> None:
    """One address, one pin, no checkout."""
    assert re.fullmatch(ACTION + r"@[0-9a-f]{40}", pinned())
    used = [step["uses"] for name in WRITING for step in _steps_of(name)]
    assert used == [pinned()] * len(WRITING)


def _steps_of(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def test_the_action_takes_four_inputs_and_gives_no_outputs() -> None:
    """What people wrote never travels in an output."""
    assert set(action()["inputs"]) == {"command", "args", "token", "python"}
    assert "outputs" not in action()


# What starts a runner for an issue or a comment. For a pull request see test_workflows_gate.

FORM = "### What is broken?\n\nCheckout\n\n### Severity\n\nSEV-1: down, data at risk, or revenue stopped\n\n"
OTHER_FORM = "### Describe the bug\n\nA typo\n\n"
CARD = "<!-- stanch:1 key=12/card -->\ncard"


def issue(action: str, labels: str = "", body: str | None = "text", label: str = "", sender: Any = PERSON) -> Any:
    named = {"label": {"name": label}} if label else {}
    return {"action": action, "issue": _issue(labels, body), "sender": sender} | named


def comment(
    body: str,
    labels: str = "",
    *,
    action: str = "created",
    was: str = "",
    by: Any = PERSON,
    sender: Any = PERSON,
    pr: bool = False,
) -> Any:
    target = _issue(labels, "text") | ({"pull_request": {"url": "x"}} if pr else {})
    changes = {"changes": {"body": {"from": was}}} if was else {}
    return {"action": action, "issue": target, "comment": {"body": body, "user": by}, "sender": sender} | changes


def _issue(labels: str, body: str | None) -> dict[str, Any]:
    return {"number": 12, "body": body, "labels": [{"name": name} for name in labels.split(",") if name]}


OURS = {
    "any label put on: it may be an alias": issue("labeled", "P0-critical", label="P0-critical"),
    "the last label taken off": issue("unlabeled", "", label="sev-1"),
    "opened with a label": issue("opened", "sev-2"),
    "opened by the incident form": issue("opened", body=FORM),
    "the incident form with CRLF": issue("opened", body=FORM.replace("\n", "\r\n")),
    "closed with an alias for a label": issue("closed", "P0-critical"),
    "closed with a label in other words": issue("closed", "bug,Severity: critical"),
    "a form of the team's own, with an alias": issue("opened", body="### Schweregrad\n\nP0-critical\n\n"),
    "assigned while it is a client's report": issue("assigned", "client-report"),
    "another bot raises an alarm": issue("labeled", "sev-1", label="sev-1", sender=OTHER_BOT),
    "a command": comment("/ack"),
    "a command on a later line": comment("I am on it.\r\n/ack"),
    "a command on a pull request": comment("/recheck", pr=True),
    "a command that was edited away": comment("never mind", action="edited", was="/ack"),
    "a command that was edited in": comment("/ack", action="edited", was="oops"),
    "a command that was deleted": comment("/ack", action="deleted"),
    "the card was deleted": comment(CARD, action="deleted", by=BOT),
    "the card was edited": comment("mine now", action="edited", was=CARD, by=BOT),
    "talk on an incident": comment("looking", "bug,SEV 1"),
    "talk on a client's report": comment("me too", "client-report"),
    "talk on a post-mortem": comment("done", "post-mortem"),
}
NONE_OF_OURS = {
    "an ordinary issue": issue("opened"),
    "an issue without a text": issue("opened", body=None),
    "another form": issue("opened", body=OTHER_FORM),
    "an ordinary issue, closed": issue("closed"),
    "an ordinary issue, assigned": issue("assigned"),
    "an ordinary label put on": issue("labeled", "bug", label="bug"),
    "an ordinary label taken off": issue("unlabeled", "help wanted", label="bug"),
    "an issue with ordinary labels, closed": issue("closed", "bug,documentation,dependencies"),
    "an issue with ordinary labels, assigned": issue("assigned", "enhancement,good first issue"),
    "our own label": issue("labeled", "sev-1", label="sev-1", sender=BOT),
    "our own comment": comment("/ack", "sev-1", by=BOT, sender=BOT),
    "an ordinary comment": comment("looks good, see src/a.py and/or b"),
    "an ordinary comment, edited": comment("b", action="edited", was="a"),
    "an ordinary comment, deleted": comment("b", action="deleted"),
    "talk on an issue with other labels": comment("+1", "bug,help wanted"),
    "talk on a pull request": comment("nit", "sev-1", pr=True),
    "a bot's comment on an incident": comment("coverage is 80 %", "sev-1", by=OTHER_BOT, sender=OTHER_BOT),
    "a bot's comment, deleted": comment("coverage", "bug", action="deleted", by=OTHER_BOT),
}
TABLE = [(name, True, event) for name, event in OURS.items()] + [(n, False, e) for n, e in NONE_OF_OURS.items()]


@pytest.fixture(scope="module")
def condition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The condition of stanch-incidents alone."""
    return only_condition(tmp_path_factory.mktemp("condition"), "stanch-incidents", "handle")


def starts(event: Any, condition: Path, tmp_path: Path, *further: str) -> bool:
    """Whether an event of issues or of their comments starts a runner."""
    return started("issue_comment" if "comment" in event else "issues", event, condition, tmp_path, *further)


UNUSUAL = {
    "an alias that nobody could guess, put on": issue("labeled", "feuer", label="feuer"),
    "the same, taken off": issue("unlabeled", label="feuer"),
    "closed with it": issue("closed", "feuer"),
    "a form with it": issue("opened", body="### Schwere\n\nfeuer\n\n"),
}


@pytest.mark.parametrize("event", UNUSUAL.values(), ids=UNUSUAL)
def test_labels_of_any_name_are_heard_where_the_team_says_so(event: Any, condition: Path, tmp_path: Path) -> None:
    """The repository variable STANCH_LISTEN, and nothing else, makes the difference."""
    assert not starts(event, condition, tmp_path)
    assert starts(event, condition, tmp_path, "--var", "STANCH_LISTEN=all")
    assert not starts(issue("closed"), condition, tmp_path, "--var", "STANCH_LISTEN=all")


@pytest.mark.parametrize(("wanted", "event"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_only_what_may_be_ours_starts_a_runner(*, wanted: bool, event: Any, condition: Path, tmp_path: Path) -> None:
    """Everything that could concern an incident is looked at; other traffic costs 0 runner seconds."""
    assert starts(event, condition, tmp_path) == wanted
