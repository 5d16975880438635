"""How much of what users run a pull request changes.

Test files and generated ones are not counted; what is generated is decided by the base, never by the pull request.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from stanch.core.config_hotfix import HotfixRules
from stanch.core.globs import matches
from stanch.core.pull import Beside, ChangedFile, ChangeKind, Pull

WIDTH = 120
"""Characters of a line; a longer one counts for as many lines as it would fill."""

TELLING = re.compile(r"\b(TODO|FIXME|HACK|XXX|TEMP(?:ORARY)?|WORKAROUND)\b")
"""What people write beside a workaround, in capitals."""

OWNERS = frozenset({"CODEOWNERS", "docs/CODEOWNERS"})
"""Where GitHub looks for the owners of code, beside `.github/`."""

GENERATED = {
    "linguist-generated": True,
    "linguist-generated=true": True,
    "linguist-generated=false": False,
    "-linguist-generated": False,
    "!linguist-generated": False,
}
"""What `.gitattributes` says of generated files, as github-linguist reads it."""

MOST_ATTRIBUTES = 400_000
"""Characters of `.gitattributes`; a longer one is not read, since its end may take back what it says first."""


@dataclass(frozen=True, slots=True)
class Surface:
    """What of production a pull request touches. `lines` are added and removed ones together.

    `opaque` are files whose change cannot be read: binary, a mode, a submodule, or too large. `hidden` is how many
    changed files were not shown at all. `workflows` are those that steer the repository itself. `marked` are added
    lines that call themselves temporary.
    """

    lines: int = 0
    files: tuple[str, ...] = ()
    opaque: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    migrations: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    uncounted: int = 0
    hidden: int = 0


def surface(pull: Pull, rules: HotfixRules, attributes: str | None, beside: Beside) -> Surface:
    """The surface of a pull request. `attributes` is the base's `.gitattributes`.

    Where not all files are shown, the lines that were not seen count as production's.
    """
    counted = [
        one for one in pull.files if not is_test(one.path, rules) and not _generated(one.path, rules, attributes)
    ]
    seen = sum(one.added + one.removed for one in pull.files)
    unseen = 0 if pull.all_files_shown else max(1, pull.added + pull.removed - seen)
    return Surface(
        lines=sum(_lines(pull, one, beside) for one in counted) + unseen,
        files=tuple(one.path for one in counted),
        opaque=tuple(one.path for one in counted if _opaque(pull, one, beside)),
        renamed=tuple(one.path for one in counted if one.kind is ChangeKind.RENAMED),
        workflows=tuple(one.path for one in pull.files if steers(one.path)),
        migrations=tuple(one.path for one in pull.files if matches(one.path, rules.migrations)),
        marked=tuple(line for one in counted for line in _marked(pull, one, beside)),
        uncounted=len(pull.files) - len(counted),
        hidden=max(0, pull.changed_files - len(pull.files)),
    )


def is_test(path: str, rules: HotfixRules) -> bool:
    """Whether a file is none that users run. What steers the repository itself never is."""
    return not steers(path) and matches(path, rules.tests)


def steers(path: str) -> bool:
    """Whether a file says what the repository does, or who has to agree: workflows, configs, the owners of code."""
    return path.startswith(".github/") or path in OWNERS


def _generated(path: str, rules: HotfixRules, attributes: str | None) -> bool:
    if steers(path):
        return False
    said = [told for pattern, told in _attributes(attributes or "") if matches(path, (pattern,))]
    return said[-1] if said else matches(path, rules.generated)


@lru_cache(maxsize=4)
def _attributes(text: str) -> tuple[tuple[str, bool], ...]:
    """The patterns of `.gitattributes` that speak of generated files; of several that fit, the last one holds.

    A pattern for a folder means nothing there, unlike in `.gitignore`.
    """
    if len(text) > MOST_ATTRIBUTES:
        return ()
    lines = (line.split() for line in text.splitlines() if not line.lstrip().startswith("#"))
    found = ((words[0], [GENERATED[word] for word in words[1:] if word in GENERATED]) for words in lines if words)
    return tuple((pattern, told[-1]) for pattern, told in found if told and not pattern.endswith("/"))


def _opaque(pull: Pull, one: ChangedFile, beside: Beside) -> bool:
    """Whether its lines cannot be seen: GitHub counts none although it changed, or its text could not be had.

    A file that comes or goes empty hides nothing.
    """
    after = text_at(beside, pull.head_sha, one.path)
    if one.kind is ChangeKind.DELETED:
        return one.removed == 0 and text_at(beside, pull.fork_point, one.path) != ""
    if one.kind is ChangeKind.CHANGED or after is None:
        return True
    silent = one.added + one.removed == 0
    return silent and one.kind is not ChangeKind.RENAMED and not (one.kind is ChangeKind.ADDED and after == "")


def _lines(pull: Pull, one: ChangedFile, beside: Beside) -> int:
    """The lines that one file adds and removes; a renamed one counts whole, since all of it is in a new place."""
    after = text_at(beside, pull.head_sha, one.path)
    before = "" if one.kind is ChangeKind.RENAMED else text_at(beside, pull.fork_point, one.path) or ""
    changed = changed_lines(before, after) if after is not None else ()
    least = 1 if one.kind is ChangeKind.RENAMED else 0
    return max(one.added + one.removed, sum(map(_width, changed)), least)


def _width(line: str) -> int:
    return max(1, -(-len(line) // WIDTH))


def _marked(pull: Pull, one: ChangedFile, beside: Beside) -> Iterator[str]:
    after = text_at(beside, pull.head_sha, one.path)
    before = text_at(beside, pull.fork_point, one.path) or ""
    known = set(before.splitlines())
    for line in (after or "").splitlines():
        if line not in known and TELLING.search(line):
            yield line.strip()


def text_at(beside: Beside, sha: str, path: str) -> str | None:
    """A file's text at a commit, None when there is none or it was not asked for."""
    file = beside.files.get(f"{sha}:{path}")
    return file.text if file else None


@lru_cache(maxsize=256)
def changed_lines(before: str, after: str) -> tuple[str, ...]:
    """The lines that only one of two texts has, or has more often. A line that only moves is in both."""
    old, new = Counter(before.splitlines()), Counter(after.splitlines())
    return (*(old - new).elements(), *(new - old).elements())
