"""How much of what users run a pull request changes.

Test files and generated ones are not counted; what is generated is decided by the base, never by the pull request.
"""

import difflib
import re
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

ATTRIBUTE = re.compile(r"(?P<pattern>\S+)\s+(?P<rest>.*\blinguist-generated\b.*)")

COMPARED = 400_000
"""Characters of the two sides of a file that are compared; a larger one is counted as GitHub counts it."""


@dataclass(frozen=True, slots=True)
class Surface:
    """What of production a pull request touches. `lines` are added and removed ones together.

    `opaque` are files whose change cannot be read: binary, a mode, a submodule. `workflows` are those below
    `.github/`. `marked` are added lines that call themselves temporary.
    """

    lines: int = 0
    files: tuple[str, ...] = ()
    opaque: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    migrations: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    uncounted: int = 0


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
        opaque=tuple(one.path for one in counted if _opaque(one)),
        renamed=tuple(one.path for one in counted if one.kind is ChangeKind.RENAMED),
        workflows=tuple(one.path for one in pull.files if one.path.startswith(".github/")),
        migrations=tuple(one.path for one in pull.files if matches(one.path, rules.migrations)),
        marked=tuple(line for one in counted for line in _marked(pull, one, beside)),
        uncounted=len(pull.files) - len(counted),
    )


def is_test(path: str, rules: HotfixRules) -> bool:
    """Whether a file is none that users run. What steers the repository itself never is."""
    return not path.startswith(".github/") and matches(path, rules.tests)


def _generated(path: str, rules: HotfixRules, attributes: str | None) -> bool:
    if path.startswith(".github/"):
        return False
    said = [told for pattern, told in _attributes(attributes or "") if matches(path, (pattern,))]
    return said[-1] if said else matches(path, rules.generated)


@lru_cache(maxsize=4)
def _attributes(text: str) -> tuple[tuple[str, bool], ...]:
    """The patterns of `.gitattributes` that speak of generated files; of several that fit, the last one holds."""
    found = (ATTRIBUTE.match(line.strip()) for line in text[:COMPARED].splitlines() if not line.startswith("#"))
    unset = {"-linguist-generated", "!linguist-generated", "linguist-generated=false"}
    return tuple((one["pattern"], not unset & set(one["rest"].split())) for one in found if one)


def _opaque(one: ChangedFile) -> bool:
    """GitHub counts no lines in it, although it changed."""
    return one.kind is ChangeKind.CHANGED or (one.added + one.removed == 0 and one.kind is not ChangeKind.RENAMED)


def _lines(pull: Pull, one: ChangedFile, beside: Beside) -> int:
    """The lines that one file adds and removes; a renamed one counts whole, since all of it is in a new place."""
    after = text_at(beside, pull.head_sha, one.path)
    if one.kind is ChangeKind.RENAMED:
        return max(one.added + one.removed, len((after or "").splitlines()), 1)
    changed = changed_lines(text_at(beside, pull.fork_point, one.path) or "", after or "") if after is not None else ()
    return max(one.added + one.removed, sum(_width(line) for line in changed))


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
    """The lines that differ, removed and added ones; nothing for texts that are too long to compare."""
    if len(before) + len(after) > COMPARED:
        return ()
    old, new = before.splitlines(), after.splitlines()
    steps = difflib.SequenceMatcher(None, old, new, autojunk=True).get_opcodes()
    return tuple(line for tag, a, b, c, d in steps if tag != "equal" for line in (*old[a:b], *new[c:d]))
