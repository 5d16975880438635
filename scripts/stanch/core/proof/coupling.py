"""Failures that only say that something new is not there yet: they show no bug."""

import re
from collections.abc import Iterable, Set

_NAMES = (
    r"name '(\w+)' is not defined",
    r"cannot import name '(\w+)'",
    r"No module named '([\w.]+)'",
    r"has no attribute '(\w+)'",
    r"unexpected keyword argument '(\w+)'",
    r"(?<![\w$])([\w$]++) is not (?:a function|a constructor|defined)",
    r"\(intermediate value\)\.(\w+) is not a function",
    r"does not provide an export named '(\w+)'",
    r"Cannot find module '([^'\n]+)'",
    r"Failed to (?:resolve import|load url) \"?([^\s\"]+)",
    r"undefined: (?:\w+\.)*(\w+)",
    r"(?:cannot find|no) \w+(?: \w+)? (?:named )?`(\w+)`",
    r"unresolved imports? `([\w:]+)`",
)
_MISSING = re.compile("|".join(_NAMES))
_WORD = re.compile(r"[A-Za-z_$][\w$]*")

MOST_NAMES = 2000


def is_coupled(message: str, new_names: Set[str]) -> bool:
    """Whether a failure complains that a name is missing which the change itself adds."""
    told = (group for found in _MISSING.finditer(message) for group in found.groups() if group)
    return any(word in new_names for text in told for word in _WORD.findall(text))


def new_names(before: Iterable[str], after: Iterable[str], paths: Iterable[str]) -> frozenset[str]:
    """The identifiers in the head's texts that no text of the base has, and those in the paths of new files."""
    known = {word for text in before for word in _WORD.findall(text)}
    said = {word for text in after for word in _WORD.findall(text)}
    stems = {word for path in paths for word in _WORD.findall(path.rpartition("/")[2].rpartition(".")[0])}
    return frozenset(sorted((said | stems) - known)[:MOST_NAMES])


_SNAPSHOT = re.compile(r"\bsnapshot", re.IGNORECASE)


def is_about_a_snapshot(message: str) -> bool:
    """Whether a failure is a difference from a stored snapshot."""
    return bool(_SNAPSHOT.search(message))
