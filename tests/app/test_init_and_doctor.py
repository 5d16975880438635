"""What `stanch init` brings is right to `stanch doctor`, but for what only a person can decide."""

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stanch.core.labels import TABLE
from stanch.core.runbooks.placeholders import PLACEHOLDER
from stanch.sandbox.settings import Release
from tests.app.bringing import CI, FILES, NAME, at_hand, merged, now
from tests.app.clinic import ACTION, SHA, found
from tests.app.rig import ROLES, Mood, Rig, rigged

START = "2028-03-14T10:00:00Z"
"""Long after the runbooks that ship were reviewed: whoever installs them late has read none of them yet."""

RULES = ["D025 pull-request", "D025 squash", "D025 status"]
"""No file makes a branch rule: `doctor --fix` offers one, and an administrator agrees."""

BLANKS = ["D031 lint"]
"""What a runbook says of a team's own systems, nobody else knows."""


@dataclass(frozen=True)
class Kind:
    """A repository that knows nothing of Stanch."""

    files: dict[str, str] = field(default_factory=lambda: dict(FILES))
    labels: tuple[str, ...] = ("bug",)
    private: bool = False
    organization: bool = False
    branch: str = "main"
    roles: dict[str, str] = field(default_factory=lambda: dict(ROLES))

    def world(self) -> Mood:
        """The repository, and the newest release of Stanch beside it."""
        world = Mood(START)
        world.add_repository(
            NAME, private=self.private, organization=self.organization, files=self.files, labels=self.labels
        )
        for login, role in self.roles.items():
            world.add_person(login, role)
        if self.branch != "main":
            world.person("alex").moves_default_branch(self.branch)
        action = world.add_repository(ACTION, files={"action.yml": "name: stanch\n"})
        action.releases[1] = Release(1, "v0.1.0", "alex", world.clock.now)
        action.tags["v0.1.0"] = SHA
        return world


BARE = {"README.md": "# Checkout\n"}
MONOREPO = {
    "web/package.json": '{"scripts": {"test": "vitest"}}',
    "api/pyproject.toml": '[project]\nname = "api"\n',
    ".github/workflows/deploy.yml": "name: Deploy\non: push\njobs: {}\n",
    ".github/workflows/ci.yml": CI,
}
KINDS = {
    "public, with owners and tests": Kind(),
    "private": Kind(private=True),
    "without owners and tests": Kind(BARE),
    "another default branch": Kind(branch="trunk"),
    "several packages": Kind(MONOREPO),
    "of an organisation": Kind(organization=True, private=True),
    "of one person": Kind(BARE, roles={"alex": "admin"}),
    "labels of its own": Kind(labels=("bug", "P0-critical", "Severity 2")),
    "rules of its own": Kind({**BARE, ".github/stanch.yml": "people: [alex]\nhotfix: {branch-prefix: fix/}\n"}),
}


@contextmanager
def installed(kind: Kind, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """Stanch is brought in, its pull request merged, and the sweep that the merge starts has run."""
    patch.setenv("TZ", "UTC")
    patch.setattr(sys, "stdin", io.StringIO())
    with rigged(kind.world(), folder, patch) as rig:
        assert at_hand(rig, "--yes").code == 0
        merged(rig.world, 1)
        rig.set("GITHUB_TOKEN", rig.world.bot_token)
        rig.set("GITHUB_EVENT_NAME", "push")
        swept = rig.run("sweep", "--json")
        assert (swept.code, swept.kinds) == (0, ["DefineLabel"] * len(TABLE))
        rig.set("GITHUB_EVENT_NAME", None)
        rig.set("GITHUB_TOKEN", rig.world.token("alex"))
        yield rig


@pytest.mark.parametrize("name", KINDS)
def test_the_doctor_has_nothing_against_what_was_brought(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """But for branch rules and the blanks of the runbooks; and the sweep opens no issue about the set-up."""
    with installed(KINDS[name], tmp_path, monkeypatch) as rig:
        assert found(rig.run("doctor", "--json")) == [*RULES, *BLANKS]
        assert list(rig.world.repository().issues) == [1]


def test_with_the_blanks_filled_in_and_the_ruleset_made_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left to people is just that: then every check is fine."""
    with installed(Kind(), tmp_path, monkeypatch) as rig:
        for path, text in now(rig.world).items():
            if path.startswith("runbooks/"):
                read = re.sub(r"(?m)^last_reviewed: .*$", f"last_reviewed: {START[:10]}", text)
                rig.world.person("alex").pushes(path, PLACEHOLDER.sub("alex", read))
        assert found(rig.run("doctor", "--json")) == RULES
        assert rig.run("doctor", "--fix", "--yes").code == 0
