"""From nothing to a handled incident: `stanch init`, the merge of its pull request, and nothing else."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.github import REPOSITORY, GitHub
from tests.e2e.installed import Installed, initialised, summaries

FORM = """### What is broken?

Checkout ends in an error page after "Pay".

### Severity

SEV-1: down, data at risk, or revenue stopped"""

WORLD = f"""
title: A repository that has never heard of Stanch
start: 2026-11-22T12:00:00Z
repository: {REPOSITORY}
people: {{alex: admin, jordan: write}}
labels: [bug]
files: {{README.md: "Checkout", tests/test_basket.py: "def test_it(): pass", requirements.txt: pytest}}
steps: []
"""


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHub]:
    """An embedded GitHub with a fresh repository, and a runner for whatever its default branch has."""
    world = tmp_path / "world.yml"
    world.write_text(WORLD, encoding="utf-8")
    runner = Installed(tmp_path, "ghs_sandbox")
    runner.github = served = GitHub(runner, world)
    yield served
    runner.close()
    served.close()


def test_five_minutes(github: GitHub) -> None:
    """No question is answered, one button is pressed; then a form is filled in, and an incident is handled."""
    began = time.monotonic()
    told = initialised(github, "--yes")
    assert told.returncode == 0, told.stderr
    github.runner.settle()
    assert summaries(github.runner.runs) == ["stanch-hotfix: pull_request opened: exit 0"]
    (pull,) = github.call("GET", f"/repos/{REPOSITORY}/pulls")
    assert github.call("GET", f"/repos/{REPOSITORY}/labels?per_page=100")[0]["name"] == "bug"

    merged = github.goes_well("alex", "PUT", f"/pulls/{pull['number']}/merge", {"merge_method": "squash"})
    installed = time.monotonic()
    assert "stanch-sweep: push : exit 0" in summaries(merged)
    labels = {label["name"] for label in github.call("GET", f"/repos/{REPOSITORY}/labels?per_page=100")}
    assert {"bug", "sev-1", "sev-4", "post-mortem", "drill"} <= labels

    github.goes_well("jordan", "POST", "/issues", {"title": "Checkout is down", "body": FORM})
    number = max(issue["number"] for issue in github.issues() if "Checkout" in issue["title"])
    card, call = github.notes(number)
    seen = time.monotonic()
    assert "SEV-1" in card
    assert "@alex" in call
    assert isinstance(github.runner, Installed)
    assert github.runner.dispatched == [".github/workflows/stanch-watch.yml"]
    for command in ("/take\n/contain rollback release 204\n/status mitigated", "/resolve The release is gone."):
        github.goes_well("jordan", "POST", f"/issues/{number}/comments", {"body": command})
    assert github.issue(number)["state"] == "closed"
    postmortem = next(one for one in github.issues() if "post-mortem" in [label["name"] for label in one["labels"]])
    assert f"#{number}" in postmortem["body"]

    sys.stdout.write(
        f"\ninit, its pull request and the merge: {installed - began:.0f} s; from the form to the card: "
        f"{seen - installed:.0f} s; in all {time.monotonic() - began:.0f} s; questions: {told.stderr.count('? ')}\n"
    )
