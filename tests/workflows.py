"""The workflow files as the tests read them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".github/workflows"
ACTION = "stanch-io/stanch"
"""Where this action will be found. A placeholder until the repository has its own address; see CONTRIBUTING."""


@cache
def workflow(name: str) -> dict[str, Any]:
    """One workflow by its file's stem. PyYAML reads the key `on` as True, so it is given back as "on"."""
    read = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in read.items()}


def names() -> list[str]:
    """Every workflow's file stem."""
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


def jobs() -> list[tuple[str, str, dict[str, Any]]]:
    """Every job: its workflow, its id, itself."""
    return [(name, key, job) for name in names() for key, job in workflow(name)["jobs"].items()]


def action() -> dict[str, Any]:
    """The composite action."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return read


def pinned() -> str:
    """This action as the workflows name it: `owner/stanch@SHA`."""
    used = {step["uses"] for _, _, job in jobs() for step in job["steps"] if step.get("uses", "").startswith(ACTION)}
    (one,) = used
    return str(one)
