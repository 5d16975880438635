"""What becomes of each file when `init` runs: nothing that somebody wrote is ever overwritten or taken away."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from stanch.core.config_problems import CONFIG_PATH
from stanch.core.setup.manifest import MANIFEST, Manifest, digest


class Fate(StrEnum):
    """What becomes of one file."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"
    SAME = "same"
    KEEP = "keep"
    """Somebody edited it, and there is nothing new in it."""
    OFFER = "offer"
    """Somebody edited it, and there is something new in it, which is only shown."""
    THEIRS = "theirs"
    """It was there before Stanch was."""
    GONE = "gone"
    """Somebody deleted it, and it stays deleted."""


WRITES = frozenset({Fate.ADD, Fate.REPLACE, Fate.REMOVE})


@dataclass(frozen=True, slots=True)
class Change:
    """One file: what it says now, what it would say; None where there is none."""

    path: str
    fate: Fate
    before: str | None = None
    after: str | None = None

    @property
    def is_write(self) -> bool:
        return self.fate in WRITES


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Every file's fate, and what the manifest has to say afterwards; None for none."""

    changes: tuple[Change, ...]
    manifest: Manifest | None

    def of(self, *fates: Fate) -> tuple[Change, ...]:
        """The changes of these fates."""
        return tuple(change for change in self.changes if change.fate in fates)

    @property
    def writes(self) -> tuple[Change, ...]:
        """What is to be written."""
        return tuple(change for change in self.changes if change.is_write)


def fate(now: str | None, recorded: str | None, wanted: str | None) -> Fate:
    """What becomes of a file that says `now`, of which `recorded` is the digest that was written, for `wanted`.

    | now                | recorded | wanted      |         |
    |--------------------|----------|-------------|---------|
    | as wanted          | any      | any         | SAME    |
    | no file            | none     | a text      | ADD     |
    | no file            | any      | a text      | GONE    |
    | as recorded        | any      | another     | REPLACE |
    | as recorded        | any      | none        | REMOVE  |
    | anything else      | none     | a text      | THEIRS  |
    | anything else      | any      | as recorded | KEEP    |
    | anything else      | any      | another     | OFFER   |
    | anything else      | any      | none        | KEEP    |
    """
    if now is None:
        return Fate.SAME if wanted is None else Fate.ADD if recorded is None else Fate.GONE
    if wanted is not None and digest(now) == digest(wanted):
        return Fate.SAME
    if digest(now) == recorded:
        return Fate.REMOVE if wanted is None else Fate.REPLACE
    if recorded is None:
        return Fate.THEIRS
    return Fate.KEEP if wanted is None or digest(wanted) == recorded else Fate.OFFER


def upgrade(
    files: Mapping[str, str],
    installed: Manifest | None,
    wanted: Mapping[str, str],
    coming: Manifest,
    again: Collection[str] = (),
) -> Upgrade:
    """What is to be done with the `files` that are there, for the texts that are `wanted`.

    `coming` says by which version and which answers; `again` are paths that are written anew whatever stands there,
    because somebody asked for it.
    """
    recorded = installed.files if installed else {}
    paths = dict.fromkeys((*wanted, *sorted(recorded)))
    changes = [_change(path, files.get(path), recorded.get(path), wanted.get(path)) for path in paths]
    changes = [_again(change) if change.path in again else change for change in changes]
    kept = {change.path: is_ for change in changes if (is_ := _recorded(change, recorded.get(change.path)))}
    manifest = replace(coming, files=kept)
    return Upgrade((*changes, *_of_manifest(files.get(MANIFEST), str(manifest))), manifest)


def removal(files: Mapping[str, str], installed: Manifest) -> Upgrade:
    """What takes Stanch away again: everything that nobody edited, and the manifest."""
    changes = [_change(path, files.get(path), is_, None) for path, is_ in sorted(installed.files.items())]
    there = [change for change in changes if change.before is not None]
    return Upgrade((*there, Change(MANIFEST, Fate.REMOVE, files.get(MANIFEST), None)), None)


def _change(path: str, now: str | None, recorded: str | None, wanted: str | None) -> Change:
    """The team's configuration is theirs from the first edit on: nothing is offered for it."""
    found = fate(now, recorded, wanted)
    return Change(path, Fate.KEEP if found is Fate.OFFER and path == CONFIG_PATH else found, now, wanted)


def _again(change: Change) -> Change:
    if change.after is None or change.fate is Fate.SAME:
        return change
    return Change(change.path, Fate.ADD if change.before is None else Fate.REPLACE, change.before, change.after)


def _recorded(change: Change, before: str | None) -> str | None:
    """What the manifest remembers of a file: the text that was written or offered last."""
    if change.fate is Fate.GONE:
        return before
    return digest(change.after) if change.after is not None else before if change.fate is Fate.KEEP else None


def _of_manifest(now: str | None, wanted: str) -> Iterable[Change]:
    if now is None:
        yield Change(MANIFEST, Fate.ADD, None, wanted)
    elif digest(now) != digest(wanted):
        yield Change(MANIFEST, Fate.REPLACE, now, wanted)
