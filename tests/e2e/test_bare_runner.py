"""The action's own step on a machine that has a Python and next to nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stanch import __version__
from tests.e2e.runner import download
from tests.patience import PATIENCE
from tests.workflows import action

BESIDE = ("bash", "cat", "cmp", "cp", "cut", "dirname", "rm")
"""What every Linux and macOS has, and the step uses. No uv, no pip, no git."""
NETWORK = ("HTTP", "HTTPS", "NO_PROXY", "PIP_", "REQUESTS_", "SSL_", "UV_")
"""How this machine reaches a registry: a setting of the machine, not a tool on it."""


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a step, with a PATH that holds only Python and what stands beside it."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in BESIDE:
        (tools / name).symlink_to(shutil.which(name) or name)
    (tools / "python3").symlink_to(Path(sys.base_prefix, "bin", "python3").resolve())
    network = {key: value for key, value in os.environ.items() if key.upper().startswith(NETWORK)}
    given = {"PATH": str(tools), "HOME": str(tmp_path), "RUNNER_TEMP": str(tmp_path / "temp")}
    return {**network, **given, "GITHUB_ACTION_PATH": str(tmp_path / "action")}


def test_the_action_needs_nothing_but_python(tmp_path: Path, bare: dict[str, str]) -> None:
    """As it is downloaded, in an empty folder: it installs what it needs by hash, and runs."""
    download(tmp_path / "action")
    (tmp_path / "temp").mkdir()
    (tmp_path / "work").mkdir()
    (step,) = action()["runs"]["steps"]
    ran = subprocess.run(
        [bare["PATH"] + "/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env={
            **bare,
            "PYTHONDONTWRITEBYTECODE": "1",
            "STANCH_COMMAND": "--version",
            "STANCH_ARGS": "",
            "GITHUB_TOKEN": "",
        },
        cwd=tmp_path / "work",
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, f"stanch {__version__}"), ran.stderr
    assert "fetching the installer (uv) by hash" in ran.stderr
    assert list((tmp_path / "work").iterdir()) == []
