"""What arrived on production's branch, and what of it came through no pull request."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Landing:
    """One commit on production's branch. `pulls` are the merged pull requests that brought it there."""

    sha: str
    message: str
    by: str
    pulls: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        return self.message.split("\n", 1)[0]


@dataclass(frozen=True, slots=True)
class Landings:
    """The newest commits of a branch, newest first. `installed` is the oldest one that touched the gate's workflow:
    what is older came before the gate, and is not judged. Empty: the gate is not installed on this branch.
    """

    branch: str
    commits: tuple[Landing, ...] = ()
    installed: str = ""


def unreviewed(landings: Landings, merged: frozenset[str]) -> Iterator[Landing]:
    """The commits that came through no pull request since the gate was installed, newest first.

    `merged` are the merge commits of pull requests, which a commit's own list may not name yet.
    """
    known = [one.sha for one in landings.commits]
    end = known.index(landings.installed) if landings.installed in known else len(known)
    for one in landings.commits[:end] if landings.installed else ():
        if not one.pulls and one.sha not in merged:
            yield one
