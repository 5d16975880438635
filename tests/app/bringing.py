"""A repository that Stanch is brought into, by somebody's own token."""

from collections.abc import Mapping
from functools import partial

from stanch.adapters.client import connect
from stanch.app import init
from stanch.sandbox.records import Issue
from tests.app.rig import ROLES, START, Mood, Ran, Rig

NAME = "harbour/checkout"
CI = "name: Build & test\non: [push, pull_request]\njobs: {}\n"
FILES = {".github/CODEOWNERS": "* @alex @jordan\n", ".github/workflows/ci.yml": CI, "requirements.txt": "pytest\n"}
EVERYTHING = {"contents": "write", "pull-requests": "write", "workflows": "write", "administration": "read"}


def bare_world(files: Mapping[str, str] = FILES, labels: tuple[str, ...] = ("bug",), *, private: bool = False) -> Mood:
    """A world with a repository that knows nothing of Stanch."""
    world = Mood(START)
    world.add_repository(NAME, labels=labels, files=dict(files), private=private)
    for login, role in ROLES.items():
        world.add_person(login, role)
    return world


def at_hand(rig: Rig, *args: str, token: str = "ghp_alex") -> Ran:  # noqa: S107 # a made-up token, not a secret
    """`stanch init` with somebody's token."""
    rig.set("GITHUB_TOKEN", token)
    rig.patch.setattr(init, "connect", partial(connect, pause=rig.waited.append))
    return rig.run("init", *args)


def pulls(world: Mood) -> list[Issue]:
    """Every pull request, by number."""
    return [issue for _, issue in sorted(world.repository().issues.items()) if issue.pull]


def merged(world: Mood, number: int) -> None:
    """Somebody with all rights merges it."""
    world.person("alex").merges(number, "squash")


def now(world: Mood, branch: str = "") -> dict[str, str]:
    """The files of a branch, by default of the default branch."""
    repo = world.repository()
    return dict(repo.commits[repo.branches[branch or repo.default_branch]].tree.texts)
