"""Whether two looks at a pull request saw the same thing, and whether a change only takes an earlier one back."""

import hashlib
import re
from collections.abc import Iterable, Mapping

from stanch.core.config_hotfix import HotfixRules
from stanch.core.declared import Declared
from stanch.core.gate_memory import Bound
from stanch.core.pull import Beside, ChangedFile, ChangeKind, FileText, Pull
from stanch.core.rules.facts import Class

REVERTS = re.compile(r"\bThis reverts commit ([0-9a-f]{40})\b")
"""What `git revert` and GitHub's button write into the message. It only says where to look."""

BROUGHT_BACK = re.compile(r"^(?:Reapply \"|Revert \"Revert \"|Revert \"Reapply \")", re.MULTILINE)
"""What they write when a revert is reverted: that puts a change back in, and takes none out."""

TOOK_BACK = re.compile(r"^Revert \"|\bThis reverts commit [0-9a-f]{7,40}\b", re.MULTILINE)
"""What a commit says that is a revert itself, whatever the one that reverts it is called."""

MOST_REVERTED = 5


def content_of(pull: Pull, declared: Declared, beside: Beside) -> Bound:
    """The print of what a reviewer reads now.

    It is made from the base's name and the content of every changed file at the head, so that a rebase over other
    files leaves it as it was, and one over the same files does not. Where that does not tell all, any push does.
    """
    named = tuple(f"{one.path}\0{one.kind}\0{_oid(beside.files, at_head(pull, one))}" for one in pull.files)
    exact = pull.all_files_shown and all(tells_all(one, beside.files.get(at_head(pull, one))) for one in pull.files)
    content = sorted(named) if exact else [pull.head_tree]
    return Bound(_print([pull.base, *content]), _print([" ".join(declared.first("rollback").split())]))


def at_head(pull: Pull, one: ChangedFile) -> str:
    return f"{pull.head_sha}:{one.path}"


def tells_all(one: ChangedFile, file: FileText | None) -> bool:
    """Whether a file's content is all that changed: a submodule has none here, and a renamed file has an old path."""
    if one.kind is ChangeKind.DELETED:
        return file is None
    return file is not None and one.kind is not ChangeKind.RENAMED


def _oid(files: Mapping[str, FileText | None], expression: str) -> str:
    file = files.get(expression)
    return file.oid if file else "gone"


def _print(parts: Iterable[str]) -> str:
    """24 hexadecimal digits; GitHub's own ids of content are SHA-1, so more would say no more."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def named_reverts(pull: Pull) -> tuple[str, ...]:
    """The commits that the pull request's own commits say they revert."""
    found = (sha for commit in pull.commits for sha in REVERTS.findall(commit.message))
    return tuple(dict.fromkeys(found))[: MOST_REVERTED + 1]


def class_of(pull: Pull, rules: HotfixRules, beside: Beside) -> Class:
    """What the change is, by its content alone."""
    if is_pure_revert(pull, beside):
        return Class.REVERT
    return Class.FLAG_FLIP if is_flag_flip(pull, rules) else Class.HOTFIX


def is_flag_flip(pull: Pull, rules: HotfixRules) -> bool:
    """Nothing but configured flag files is changed, and none of them is added, removed or moved."""
    return (
        bool(pull.files)
        and pull.all_files_shown
        and all(one.kind is ChangeKind.MODIFIED and rules.is_flag(one.path) for one in pull.files)
    )


def is_pure_revert(pull: Pull, beside: Beside) -> bool:
    """Whether every changed file is again what it was before the named commits, and none of theirs is left out.

    A file counts when it stood at the fork point as the commit left it and stands at the head as it was before it.
    A revert that had to be merged with later work is none, nor is one of a commit that the base never had, nor one
    that brings something back: they need their proof like any other change.
    """
    shas = named_reverts(pull)
    if not shas or len(shas) > MOST_REVERTED or not pull.files or not pull.all_files_shown:
        return False
    if not beside.landed.issuperset(shas) or any(BROUGHT_BACK.search(one.message) for one in pull.commits):
        return False
    if not all(brought_in(beside, sha) for sha in shas):
        return False
    taken = [[one.path for one in pull.files if takes_back(pull, beside, sha, one)] for sha in shas]
    whole = all(beside.changed.get(sha) == len(paths) for sha, paths in zip(shas, taken, strict=True))
    return whole and sum(map(len, taken)) == len(pull.files) == len({path for paths in taken for path in paths})


def brought_in(beside: Beside, sha: str) -> bool:
    """Whether a commit is no revert itself, by its own message; one that could not be read may be one."""
    said = beside.messages.get(sha, "")
    return bool(said) and TOOK_BACK.search(said) is None


def takes_back(pull: Pull, beside: Beside, sha: str, one: ChangedFile) -> bool:
    """Whether a file was changed by a commit, is unchanged since, and is at the head as it was before.

    A renamed file is none: what became of its old path is not told.
    """
    path = one.path
    places = (f"{pull.fork_point}:{path}", at_head(pull, one), f"{sha}:{path}", f"{sha}~1:{path}")
    if one.kind is ChangeKind.RENAMED or not all(place in beside.files for place in places):
        return False
    now, head, after, before = (_oid(beside.files, place) for place in places)
    return now == after != before == head
