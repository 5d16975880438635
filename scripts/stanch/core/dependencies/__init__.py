"""What a change of manifests, lock files, images and workflows does to what is installed, read from their texts.

Nothing is resolved, run or fetched: two texts of a file are read and compared. What cannot be read is said.
"""

from stanch.core.dependencies.bump import Bump, BumpKind, folded
from stanch.core.dependencies.comparing import Comparison
from stanch.core.dependencies.formats import format_of, vendored
from stanch.core.dependencies.pin import Format, Pin
from stanch.core.dependencies.reading import Unreadable, normal

__all__ = ["Bump", "BumpKind", "bumps", "folded", "is_manifest", "vendored"]


def is_manifest(path: str) -> bool:
    """Whether a change of this file can change what is installed."""
    return format_of(path) is not None


def bumps(path: str, before: str | None, after: str | None) -> tuple[Bump, ...]:
    """The changes of one file that need a second approval, in the file's order; empty for a file of no such kind.

    None stands for a file that was not there: a text that could not be had is the caller's to report.
    """
    found = format_of(path)
    if found is None or before == after:
        return ()
    name = path.rpartition("/")[2]
    if found.lock and after is None:
        return (Bump(path, name, "", "", BumpKind.LOOSER),)
    try:
        was, now = _pins(found, before), _pins(found, after)
    except (Unreadable, RecursionError):
        return (Bump(path, name, "", "", BumpKind.UNREADABLE),)
    return tuple(Comparison(path, found.dialect, lock=found.lock).bumps(was, now))


def _pins(kind: Format, text: str | None) -> tuple[Pin, ...]:
    return tuple(kind.read(normal(text))) if text is not None else ()
