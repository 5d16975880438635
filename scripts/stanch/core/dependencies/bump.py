"""What a change of dependencies is called, and which changes a second person reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class BumpKind(StrEnum):
    """Why a change needs a second approval. Minor and patch versions and what is removed need none."""

    MAJOR = "major"
    NEW = "new"
    SOURCE = "new source"
    LOOSER = "wider range"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Bump:
    """One change in one file. `before` and `after` are versions, ranges or sources as written, empty for none."""

    path: str
    name: str
    before: str
    after: str
    kind: BumpKind


def folded(bumps: Iterable[Bump]) -> tuple[Bump, ...]:
    """The first bump of each name and kind: a manifest and its lock file say the same thing twice."""
    first: dict[tuple[str, BumpKind], Bump] = {}
    for bump in bumps:
        first.setdefault((bump.name, bump.kind), bump)
    return tuple(first.values())
