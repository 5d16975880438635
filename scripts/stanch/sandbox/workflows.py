"""The workflow files of a repository: their names, their states, and whether anything starts them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

import yaml

from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

FOLDER = ".github/workflows/"
ENDINGS = (".yml", ".yaml")
OFF = ("disabled_manually", "disabled_inactivity", "disabled_fork")


@dataclass(frozen=True)
class Workflow:
    """A workflow file of the default branch."""

    path: str
    name: str
    state: str


def number(repo: Repository, path: str) -> int:
    """A number that stands for a workflow file."""
    return repo.id % 100_000_000 + crc32(path.encode()) % 1_000_000


@lru_cache(maxsize=256)
def _name(path: str, text: str) -> str:
    """What a file calls itself; GitHub shows the path of one that does not say."""
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError:
        return path
    return str(read.get("name") or path) if isinstance(read, dict) else path


def every(repo: Repository) -> list[Workflow]:
    """The workflow files, by path."""
    paths = sorted(
        path
        for path in repo.files
        if path.startswith(FOLDER) and path.endswith(ENDINGS) and "/" not in path.removeprefix(FOLDER)
    )
    return [Workflow(path, _name(path, repo.files[path]), state(repo, path)) for path in paths]


def state(repo: Repository, path: str) -> str:
    return repo.workflow_states.get(path, "active")


def find(repo: Repository, named: str) -> Workflow:
    """A workflow by its number or its file's name; 404 when there is none."""
    for one in every(repo):
        if named in {str(number(repo, one.path)), one.path.removeprefix(FOLDER)}:
            return one
    raise Refusal(404, "Not Found")


def switch(world: "World", repo: Repository, by: Caller, path: str, to: str) -> None:
    """Switch a workflow on (`active`) or off."""
    require(repo, by, "write", "actions")
    with world.writing():
        repo.workflow_states[path] = to


def may_start(repo: Repository) -> bool:
    """Whether anything starts workflows here at all."""
    return repo.settings.actions.enabled and not repo.settings.archived
