"""Small git repositories with a base and a head, and proofs of the change between them."""

import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from stanch.adapters.proof.bench import Running
from stanch.adapters.proof.command import Clock
from stanch.adapters.proof.git import Git
from stanch.adapters.proof.picture import look
from stanch.adapters.proof.proving import Proved, prove
from stanch.core.proof import Proof, judge
from tests.patience import PATIENCE

Files = Mapping[str, str | None]
"""Texts by path; None is a file that is not there."""

ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
    "HOME": "/nonexistent",
    "GITHUB_TOKEN": "a-token",
    "ACTIONS_RUNTIME_TOKEN": "another",
}
WHO = {"GIT_AUTHOR_NAME": "sam", "GIT_AUTHOR_EMAIL": "sam@example.com", "GIT_CONFIG_GLOBAL": "/dev/null"}

SHOP = "def total(items):\n    return sum(items[1:])\n\n\ndef shown(amount):\n    return f'{amount} EUR'\n"
FIXED = SHOP.replace("items[1:]", "items")
OLD_TEST = "from shop import shown\n\n\ndef test_shown():\n    assert shown(3) == '3 EUR'\n"
NEW_TEST = (
    OLD_TEST.replace("import shown", "import shown, total") + "\n\ndef test_total():\n    assert total([1, 2]) == 3\n"
)

PYTEST = """\
proof:
  repeats: {before: 1, after: 1}
  budget: 10m
  suites:
    - name: unit
      tests: ["tests/**/test_*.py"]
      support: ["tests/**", "conftest.py"]
      command: >-
        PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 python -m pytest {files} -q -p no:cacheprovider
        --continue-on-collection-errors --junitxml={report}
"""


@dataclass(frozen=True)
class Repository:
    """A git repository in a folder."""

    folder: Path

    def git(self, *words: str) -> str:
        ran = subprocess.run(
            ["/usr/bin/env", "git", "-C", self.folder, *words], check=True, capture_output=True, text=True,
            timeout=PATIENCE,
            env={**ENVIRONMENT, **WHO, "GIT_COMMITTER_NAME": "sam", "GIT_COMMITTER_EMAIL": "sam@example.com"},
        )  # fmt: skip
        return ran.stdout.strip()

    def commit(self, files: Files) -> str:
        """Write, delete and commit; the SHA."""
        for name, text in files.items():
            path = self.folder / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "change")
        return self.git("rev-parse", "HEAD")


def repository(folder: Path) -> Repository:
    """An empty one."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Repository(folder)
    made.git("init", "--quiet", "--initial-branch=main")
    return made


@dataclass(frozen=True)
class Shown:
    """A proof with all that it was made from."""

    proof: Proof
    proved: Proved
    said: list[Running]

    @property
    def tests(self) -> list[str]:
        """The last part of the name of each proving test."""
        return [name.rpartition("::")[2] for name in self.proof.tests]


def proved(
    folder: Path,
    base: Files,
    head: Files,
    config: str | None = PYTEST,
    budget: timedelta | None = None,
    clock: Clock = time.monotonic,
) -> Shown:
    """The proof of a change: the head's files over the base's. `budget` stands in for the config's."""
    made = repository(folder)
    rules: Files = {} if config is None else {".github/stanch.yml": config}
    first = made.commit({**rules, **base})
    return proved_between(made, first, made.commit(head), budget, clock)


def proved_between(
    made: Repository, base: str, head: str, budget: timedelta | None = None, clock: Clock = time.monotonic
) -> Shown:
    git = Git(made.folder, ENVIRONMENT)
    picture = look(git, base, head)
    if budget is not None:
        picture = replace(picture, rules=replace(picture.rules, budget=budget))
    said: list[Running] = []
    found = prove(git, picture, ENVIRONMENT, said.append, clock)
    return Shown(judge(found.evidence), found, said)
