"""What starts a runner: the real condition of a real workflow file, evaluated by act."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.patience import PATIENCE
from tests.workflows import ROOT, workflow

ACT = Path(sys.executable).parent / "act"
REPOSITORY = "harbour/checkout"

PERSON = {"login": "alex", "type": "User"}
BOT = {"login": "github-actions[bot]", "type": "Bot"}
OTHER_BOT = {"login": "dependabot[bot]", "type": "Bot"}


def only_condition(folder: Path, name: str, job: str) -> Path:
    """A repository whose one workflow has the real triggers and condition of a job, and a step that does nothing."""
    made = workflow(name)["jobs"][job] | {"steps": [{"run": "echo a runner starts"}], "runs-on": "ubuntu-slim"}
    file = folder / ".github/workflows/condition.yml"
    file.parent.mkdir(parents=True)
    # JSON is YAML: no second spelling of the condition.
    file.write_text(json.dumps({"on": workflow(name)["on"], "jobs": {job: made}}))
    subprocess.run([shutil.which("git") or "git", "init", "--quiet", folder], check=True)
    return folder


def started(event: str, payload: Any, condition: Path, folder: Path, *further: str) -> bool:
    """Whether act finds the condition true for this event; `folder` is for the payload's file."""
    (folder / "event.json").write_text(json.dumps(payload))
    ran = subprocess.run(
        [
            ACT, event, "-C", condition, "-e", folder / "event.json", "-P", "ubuntu-slim=-self-hosted",
            "--env", f"GITHUB_REPOSITORY={REPOSITORY}", "--no-cache-server", "--pull=false", *further,
        ],
        capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return "a runner starts" in ran.stdout
