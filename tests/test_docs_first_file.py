"""The one file of README that is enough to see Stanch at work."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.patience import PATIENCE
from tests.workflows import ROOT, pinned, workflow

README = (ROOT / "README.md").read_text(encoding="utf-8")
LEVELS = ("none", "read", "write")


def first_file() -> str:
    """The workflow that README shows whole."""
    (found,) = re.findall(r"^## The one file to copy\n.*?```yaml\n(.*?)```", README, re.MULTILINE | re.DOTALL)
    return str(found)


def test_it_is_the_workflow_that_init_brings_without_what_saves_and_keeps_time() -> None:
    """It listens to the same, in the same queue, by the same pin, and its token may do no more."""
    shown: dict[Any, Any] = yaml.safe_load(first_file())
    real = workflow("stanch-incidents")
    job, whole = shown["jobs"]["handle"], real["jobs"]["handle"]
    assert shown[True] == real["on"]
    assert (shown["name"], shown["permissions"]) == (real["name"], {})
    assert {key: job[key] for key in ("runs-on", "timeout-minutes", "concurrency")} == {
        key: whole[key] for key in ("runs-on", "timeout-minutes", "concurrency")
    }
    may = whole["permissions"]
    assert all(LEVELS.index(level) <= LEVELS.index(may.get(key, "none")) for key, level in job["permissions"].items())
    assert job["steps"] == [{"uses": pinned(), "with": {"command": "handle"}}]


def test_github_takes_it(tmp_path: Path) -> None:
    """It fits the schema of workflows."""
    file = tmp_path / "stanch-incidents.yml"
    file.write_text(first_file(), encoding="utf-8")
    tool = Path(sys.executable).parent / "check-jsonschema"
    command = [tool, "--builtin-schema", "vendor.github-workflows", file]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert ran.returncode == 0, ran.stdout + ran.stderr
