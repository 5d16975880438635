"""The pieces of a change: where they stand, and how a file looks without one of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stanch.core.proof.evidence import Hunk

_HEADER = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_OF_TESTS = re.compile(
    r"assert|expect\(|#\[(?:cfg\(test\)|test\]|should_panic|tokio::test)|def test|\b(?:it|test)\(|^[+-]\s*>>> "
)


@dataclass(frozen=True, slots=True)
class Span:
    """Lines `start` to `end` (excluded, counted from 0) of one version of a file."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One hunk with the lines that it stands for: `old` on the base, `new` on the head."""

    hunk: Hunk
    old: Span
    new: Span


def edits_of(path: str, diff: str, *, inline: bool = False) -> Iterator[Edit]:
    """The hunks of a unified diff of one file without context (`-U0`).

    In an `inline` file a hunk that looks like a test is one of tests.
    """
    headers = list(_HEADER.finditer(diff))
    for number, header in enumerate(headers):
        old, new = _span(header[1], header[2]), _span(header[3], header[4])
        following = headers[number + 1].start() if number + 1 < len(headers) else len(diff)
        said = diff[header.end() : following].splitlines()
        yield from _apart(path, old, new, said) if inline else (_edit(path, old, new),)


def _apart(path: str, old: Span, new: Span, said: Sequence[str]) -> Iterator[Edit]:
    """Code and the tests that follow it in one hunk are two: undoing one must not take the other along."""
    added = [line for line in said if line.startswith("+")]
    first = next((number for number, line in enumerate(added) if _OF_TESTS.search(line)), len(added))
    of_tests = any(line.startswith("-") and _OF_TESTS.search(line) for line in said)
    code = any(line[1:].strip() for line in added[:first])
    if of_tests or not code or first == len(added):
        yield _edit(path, old, new, of_tests=of_tests or first < len(added))
        return
    yield _edit(path, old, Span(new.start, new.start + first))
    yield _edit(path, Span(old.end, old.end), Span(new.start + first, new.end), of_tests=True)


def _edit(path: str, old: Span, new: Span, *, of_tests: bool = False) -> Edit:
    return Edit(Hunk(path, new.start + 1, new.end, of_tests), old, new)


def _span(start: str, count: str | None) -> Span:
    """Of no lines, the header names the line before them."""
    lines = 1 if count is None else int(count)
    first = int(start) - 1 if lines else int(start)
    return Span(first, first + lines)


def without(edit: Edit, base: Sequence[bytes], head: Sequence[bytes]) -> bytes:
    """The head's file with this hunk as it was on the base. Both are lists of lines with their ends."""
    kept = (head[: edit.new.start], base[edit.old.start : edit.old.end], head[edit.new.end :])
    return b"".join(line for part in kept for line in part)


def lines(text: bytes) -> list[bytes]:
    """A file as git counts it: only a line feed ends a line."""
    return re.findall(rb"[^\n]*\n|[^\n]+", text)
