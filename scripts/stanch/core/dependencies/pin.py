"""What one file says of one package, whatever the file's format."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from stanch.core.dependencies.version import PLAIN, Dialect


class Group(Enum):
    """What a statement is about: a package, one for developers only, a rule over others, or a place to get them."""

    MAIN = auto()
    DEV = auto()
    FORCED = auto()
    REGISTRY = auto()


@dataclass(frozen=True, slots=True)
class Pin:
    """One statement. `source` is empty for the usual registry; `digest` fixes what a version may only name."""

    name: str
    version: str = ""
    source: str = ""
    group: Group = Group.MAIN
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of file is read. A `lock` may hold several versions of a package at once."""

    read: Callable[[str], Iterable[Pin]]
    dialect: Dialect = PLAIN
    lock: bool = False


REGISTRY = "registry "
"""How the source of a package begins that lies in a registry which the file names."""

OWN = "workspace"
"""How the source of a package begins that is the repository's own: its change is read as code."""

VARIANT = "variant "
"""How the source of an image begins: `slim` and `alpine3` are other images under the same version."""

_HOST = re.compile(r"(?:[a-z+]+:)?//(?:[^/@\s]*@)?([^/\s?#]+)", re.IGNORECASE)


def registry(url: str) -> str:
    """The source of what lies in the registry at an address: its host alone, since paths bear names and versions."""
    found = _HOST.match(url)
    return f"{REGISTRY}{found[1].lower() if found else url}" if url else ""


def located(url: str) -> tuple[str, str]:
    """The address of a repository or an archive, and the revision that was asked for."""
    plain, _, fragment = url.partition("#")
    start = plain.rfind("/")
    address, at, revision = plain[start + 1 :].partition("@")
    if at:
        return plain[: start + 1] + address, revision
    return plain, "" if "=" in fragment else fragment.removeprefix("semver:")
