"""`stanch prove` as a process of its own, on a repository that is made for it, with a config from the page."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.adapters.proof.repository import Files, repository
from tests.patience import PATIENCE

PAGE = Path(__file__).parents[2] / "docs/proof.md"
CONFIG = ".github/stanch.yml"
NAMES = ("tests", "regressions", "failing", "coupled", "removed", "flaky")
PLAIN = ("why", "weak", "snapshot_only")


def config_of(heading: str) -> str:
    """The config that the page shows under a heading; `unittest 2` is the second one there."""
    name, _, number = heading.partition(" ")
    page = PAGE.read_text(encoding="utf-8")
    section = re.search(rf"^### {re.escape(name)}\n(.*?)(?=^### |\Z)", page, re.MULTILINE | re.DOTALL)
    shown = re.findall(r"^```yaml\n(.*?)^```", section[1] if section else "", re.MULTILINE | re.DOTALL)
    assert len(shown) >= int(number or 1), f"{PAGE.name} shows no config for {heading}"
    return str(shown[int(number or 1) - 1])


def repeated(config: str, before: int) -> str:
    """The same suites, run so often without the fix and once with it."""
    return config.replace("proof:\n", f"proof:\n  repeats: {{before: {before}, after: {before}}}\n", 1)


@dataclass(frozen=True)
class Told:
    """What `stanch prove` said: its exit code, its JSON, and the runs that it kept."""

    exit_code: int
    plain: Mapping[str, object]
    out: Path
    log: str

    @property
    def gist(self) -> dict[str, object]:
        """The verdict and all that was found, with short names for tests and hunks."""
        found: dict[str, object] = {"verdict": self.plain["verdict"]}
        found |= {name: self.plain[name] for name in PLAIN if name in self.plain}
        found |= {name: [short(one) for one in listed(self.plain[name])] for name in NAMES if name in self.plain}
        if "unneeded" in self.plain:
            found["unneeded"] = [place(one) for one in listed(self.plain["unneeded"])]
        if "by_undo" in self.plain:
            found["by_undo"] = place(self.plain["by_undo"])
        if "renamed" in self.plain:
            found["renamed"] = [" -> ".join(map(short, listed(pair))) for pair in listed(self.plain["renamed"])]
        return found

    @property
    def suite_files(self) -> list[str]:
        """The test files that its one suite ran on the head."""
        (suite,) = json.loads((self.out / "evidence.json").read_text())["suites"]
        return list(map(str, suite["files"]))

    @property
    def runs(self) -> list[Mapping[str, object]]:
        """Every run of a command, as the manifest has it."""
        runs: list[Mapping[str, object]] = json.loads((self.out / "evidence.json").read_text())["runs"]
        return runs


def listed(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def short(name: object) -> str:
    """A test without its file and class, and without what its language wants before it."""
    last = re.split(r"::| > ", str(name))[-1]
    return last.removeprefix("test_")


def place(hunk: object) -> str:
    path, start, *_ = listed(hunk)
    return f"{path}:{start}"


def told(folder: Path, base: Files, head: Files, config: str, more: Mapping[str, str] | None = None) -> Told:
    """The proof of a change: the head's files over the base's. `more` is what the job's environment has besides."""
    made = repository(folder / "repository")
    first = made.commit({CONFIG: config, **base})
    return told_between(folder, first, made.commit(head), more)


def told_between(folder: Path, base: str, head: str, more: Mapping[str, str] | None = None) -> Told:
    out = folder / "evidence"
    words = ["--repository", folder / "repository", "--base", base, "--head", head, "--out", out, "--json"]
    ran = subprocess.run(
        [sys.executable, "-m", "stanch", "prove", *map(str, words)],
        capture_output=True, text=True, check=False, timeout=PATIENCE, env={**surroundings(), **(more or {})},
    )  # fmt: skip
    assert ran.stdout, ran.stderr
    logs = [f"--- {log.name}\n{log.read_text(errors='replace')}" for log in sorted(out.glob("*.log"))]
    return Told(ran.returncode, json.loads(ran.stdout), out, "\n".join([ran.stdout, ran.stderr, *logs]))


def surroundings() -> dict[str, str]:
    """The environment without what a job on GitHub sets, and with the python that runs these tests first."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTEST_"))}
    return kept | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
