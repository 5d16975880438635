"""Names and messages from reports, made tidy: without colours, controls and the worktree's path."""

import re

NAME_MOST = 300
MESSAGE_MOST = 2000

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_DECISIVE = re.compile(r"^E   .+|^(?:\w+\.)*\w*(?:Error|Exception)\b.*", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class ReportError(Exception):
    """A report that cannot be read; its text is a short code for why."""


def tidy_name(text: str, place: str) -> str:
    """One line without white space around it; a path inside of the worktree is relative to it."""
    return " ".join(_without(text[: 4 * NAME_MOST], place).split())[:NAME_MOST]


def tidy_message(text: str, place: str) -> str:
    """What a test said, cut."""
    return _without(text[: 2 * MESSAGE_MOST], place).strip()[:MESSAGE_MOST]


def decisive_first(traceback: str) -> str:
    """A traceback with its last error in front: it is cut at its end, where Python says what went wrong."""
    errors = _DECISIVE.findall(traceback)
    return f"{errors[-1].removeprefix('E').strip()}\n{traceback}" if errors else traceback


def _without(text: str, place: str) -> str:
    plain = _CONTROL.sub(" ", _COLOUR.sub("", text))
    return plain.replace(f"{place}/", "") if place else plain
