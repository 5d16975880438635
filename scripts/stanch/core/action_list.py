"""The action items of a post-mortem that are followed: of what `core.actions` reads the boxes and the sure rows."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stanch.core.actions import Reading, read
from stanch.core.actions.written import Form, Written
from stanch.core.letters import folded
from stanch.core.login import LOGIN


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One checkbox, or one row of a table. `text` is without owner and date, `owners` are logins, `line` counts from 1.

    `fingerprint` (8 hex digits) stays the same when the box is ticked or the owner or the date changes.
    """

    text: str
    done: bool
    owners: tuple[str, ...]
    due: date | None
    line: int
    fingerprint: str
    links: tuple[str, ...] = ()


def items(body: str, how: Reading | None = None) -> tuple[ActionItem, ...]:
    """The action items of a body, in its order."""
    if not _BOX.search(body):
        return ()
    return tuple(
        ActionItem(
            text=item.text,
            done=item.done,
            owners=_logins(item.owners),
            due=item.due,
            line=item.line,
            fingerprint=_fingerprint(item.text),
            links=item.links,
        )
        for item in read(body, how)
        if _is_followed(item) and not _to_be_filled(item)
    )


PLACEHOLDERS = frozenset({"who", "name", "owner", "user", "username", "login", "handle", "somebody", "tbd", "todo"})
"""Logins that stand in templates for a person who is still to be found."""

_ITALIC = re.compile(r"_[^_]+_")
SURE = 0.8
"""The confidence from which a table's row is followed."""

_BOX = re.compile(r"\[[ xX]\]|\|")
_LOGIN = re.compile(rf"@({LOGIN})")


def _is_followed(item: Written) -> bool:
    """A box, or a row of a table with a column of owners or dates: where a team writes them so, it means them."""
    return item.strict or (item.form is Form.TABLE and item.confidence >= SURE and bool(item.owners or item.due_raw))


def _to_be_filled(item: Written) -> bool:
    """Whether it is a line of a template that nobody has filled in: all of it in italics, nobody's, and undated."""
    return item.due is None and not _logins(item.owners) and _ITALIC.fullmatch(item.text) is not None


def _logins(owners: Iterable[str]) -> tuple[str, ...]:
    """The logins among the owners. A name without an at-sign is nobody whom GitHub could tell."""
    logins = (found[1] for owner in owners if (found := _LOGIN.fullmatch(owner)))
    named = {login.casefold(): login for login in logins if login.casefold() not in PLACEHOLDERS}
    return tuple(named.values())


def _fingerprint(text: str) -> str:
    plainly = re.sub(r"[\W_]+", " ", folded(text).casefold()).strip()
    return hashlib.sha256(plainly.encode("utf-8", "replace")).hexdigest()[:8]
