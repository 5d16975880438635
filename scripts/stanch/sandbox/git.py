"""What git says of content: ids of files and trees, what changed between two trees, and whose name a commit bears.

A text with a NUL character is binary, as git judges; file modes, submodules and symbolic links there are none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha1

from stanch.sandbox.myers import distance

NO_COMMIT = "0" * 40
WEB = "GitHub <noreply@github.com>"
"""The committer of what GitHub itself commits: merges and edits in the browser."""

SIMILAR = 0.5
"""A deleted and an added file with this share of common lines count as one that was renamed, as in git."""
MOST_PAIRS = 10_000
"""Pairs of deleted and added files that are compared; with more, only equal contents are renames."""

_BY = re.compile(r"(.*?)\s*<([^<>]*)>\s*")
_TRAILER = re.compile(r"^co-authored-by:[ \t]*(.+?<[^<>]*>)[ \t]*$", re.I | re.M)
_NOREPLY = re.compile(r"(?:\d+\+)?([\w.-]+(?:\[bot\])?)@users\.noreply\.github\.com", re.I)


@lru_cache(maxsize=65_536)
def blob_sha(text: str) -> str:
    """Git's own id of a text file."""
    return _id("blob", text.encode())


def _id(kind: str, raw: bytes) -> str:
    return sha1(f"{kind} {len(raw)}\0".encode() + raw, usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Tree:
    """Every file of one commit by its path. Never changed: `with_changes` makes another."""

    texts: Mapping[str, str]

    @cached_property
    def _hash(self) -> int:
        return hash(frozenset(self.texts.items()))

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def oid(self) -> str:
        """Git's own id of the tree."""
        return tree_sha(self.texts)

    def with_changes(self, changes: Mapping[str, str | None]) -> "Tree":
        """The tree after files were set (text) or deleted (None)."""
        texts = {**self.texts, **{path: text for path, text in changes.items() if text is not None}}
        for path in [path for path, text in changes.items() if text is None]:
            texts.pop(path, None)
        return Tree(texts)

    def below(self, folder: str) -> "Tree | None":
        """The part of the tree in a folder; None when there is no such folder."""
        if not folder:
            return self
        start = folder.rstrip("/") + "/"
        found = {path.removeprefix(start): text for path, text in self.texts.items() if path.startswith(start)}
        return Tree(found) if found else None


EMPTY = Tree({})


def tree_sha(texts: Mapping[str, str]) -> str:
    """Git's own id of the tree with these files, each of mode 100644."""
    folders: dict[str, dict[str, str]] = {}
    entries = []
    for path, text in texts.items():
        name, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(name, {})[rest] = text
        else:
            entries.append((name, "100644", blob_sha(text)))
    entries += [(f"{name}/", "40000", tree_sha(inner)) for name, inner in folders.items()]
    entries.sort(key=lambda entry: entry[0].encode())
    rows = (f"{mode} {name.rstrip('/')}\0".encode() + bytes.fromhex(oid) for name, mode, oid in entries)
    return _id("tree", b"".join(rows))


def delta(before: Tree, after: Tree) -> dict[str, str | None]:
    """The changes that make one tree of another: new texts, and None for what is gone."""
    old, new = before.texts, after.texts
    changed: dict[str, str | None] = {path: text for path, text in new.items() if old.get(path) != text}
    return changed | {path: None for path in old if path not in new}


@dataclass(frozen=True, slots=True)
class FileChange:
    """One changed file, as GitHub counts it. `kind` is its PatchStatus in lower case, `old` the former path."""

    path: str
    kind: str
    added: int
    removed: int
    old: str = ""


@lru_cache(maxsize=512)
def changes(before: Tree, after: Tree) -> tuple[FileChange, ...]:
    """The changed files between two trees, by path, with their lines."""
    found = delta(before, after)
    gone = [path for path, text in found.items() if text is None]
    new = [path for path in found if path not in before.texts]
    moved = _renames(before, after, gone, new)
    rows = [
        _change(path, before.texts.get(moved.get(path, path)), after.texts.get(path), moved.get(path, ""))
        for path in found
        if path not in moved.values()
    ]
    return tuple(sorted(rows, key=lambda row: row.path))


def _change(path: str, old: str | None, new: str | None, source: str) -> FileChange:
    kind = "renamed" if source else "added" if old is None else "deleted" if new is None else "modified"
    added, removed = line_counts(old or "", new or "")
    return FileChange(path, kind, added, removed, source)


def _renames(before: Tree, after: Tree, gone: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """New paths with the path that each was renamed from: equal content first, then the most alike."""
    moved: dict[str, str] = {}
    by_text = {before.texts[path]: path for path in reversed(gone) if before.texts[path]}
    for path in new:
        source = by_text.pop(after.texts[path], None)
        if source:
            moved[path] = source
    left = [path for path in gone if path not in set(moved.values())]
    fresh = [path for path in new if path not in moved]
    if len(left) * len(fresh) <= MOST_PAIRS:
        for _, path, source in sorted(_alike(before, after, left, fresh), key=lambda row: (-row[0], row[1], row[2])):
            if path not in moved and source not in moved.values():
                moved[path] = source
    return moved


def _alike(before: Tree, after: Tree, gone: Sequence[str], new: Sequence[str]) -> Iterator[tuple[float, str, str]]:
    lines = {path: Counter(before.texts[path].splitlines()) for path in gone}
    for path in new:
        mine = Counter(after.texts[path].splitlines())
        for source, theirs in lines.items():
            most = max(mine.total(), theirs.total())
            share = (mine & theirs).total() / most if most else 0.0
            if share >= SIMILAR:
                yield share, path, source


@lru_cache(maxsize=65_536)
def line_counts(old: str, new: str) -> tuple[int, int]:
    """Lines added and removed by the shortest edit, as git counts them; none for what is binary."""
    if "\0" in old or "\0" in new:
        return 0, 0
    one, other = old.splitlines(keepends=True), new.splitlines(keepends=True)
    steps = distance(one, other)
    added = (steps + len(other) - len(one)) // 2
    return added, steps - added


def conflicts(base: Tree, ours: Tree, theirs: Tree) -> list[str]:
    """The files that both sides changed since `base`, to different ends.

    Whole files: git would also merge two changes of one file that are far enough apart.
    """
    mine, other = delta(base, ours), delta(base, theirs)
    return sorted(path for path in mine.keys() & other.keys() if mine[path] != other[path])


def signature(name: str) -> tuple[str, str]:
    """Name and e-mail of an author: `Name <e-mail>` as it stands, or an account with its noreply address."""
    match = _BY.fullmatch(name)
    return (match[1], match[2]) if match else (name, f"{name}@users.noreply.github.com")


def co_authors(message: str) -> tuple[str, ...]:
    """The people of the message's Co-authored-by lines, each as `Name <e-mail>`."""
    return tuple(_TRAILER.findall(message))


def noreply_login(email: str) -> str | None:
    """The account behind a noreply address; None for any other address."""
    match = _NOREPLY.fullmatch(email)
    return match[1] if match else None
