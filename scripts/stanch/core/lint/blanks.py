"""What is still to be filled in."""

import re

from stanch.core.lint.phrases import any_of

_LEAD = re.compile(r"[ \t>|]*(?:(?:[-*+•]|[0-9]{1,9}[.)])[ \t]+)?(?:\[[ xX]?\][ \t]*)?")
_LABEL = re.compile(r"(?:[*_]{0,2}[^:|_*\n]{1,60}(?:[*_]{0,2}[:|][*_]{0,2}|\?)[ \t]*)")
_SAID = re.compile(
    any_of(
        "tbd, tba, tbc, t.b.d., t.b.a., todo, fixme, xxx, wip, work in progress, coming soon, placeholder",
        "to be filled, to be filled in, to be determined, to be done, to be written, to be confirmed",
        "to be announced, to be added, to be completed, to be decided, to be named, to be defined, fill me in",
        "fill this in, fill it in",
    )
    + r"[ \t.!]*|[.?…]{2,}|…",
    re.IGNORECASE,
)
_ASKED = any_of(
    "what, who, which, how, when, why, where, describe, description, explanation, summary, brief, specific, clear",
    "link, name, names, date, title, time, number, owner, action, reason, insert, list, add, your, example, HH:MM",
)
"""What stands in the brackets of a template; `[sic]` and `[see below]` are asides."""
_BRACKETS = re.compile(
    rf"\[(?=[^\]]{{0,200}}{_ASKED})[^\[\]\n]{{2,300}}\](?![(\[:])"
    r"|\{\{?[^{}\n]{1,120}\}\}?|<(?!https?:|/|[a-z]+[ />])[A-Za-z][^<>\n]{2,120}>"
)
_HINT = re.compile(
    r"([*_])(?:[^*_\n]{0,300}(?:…|\.{3}|\?)|[^*_\n]{1,120}, or [^*_\n]{1,60}|"
    + any_of("what, who, which, how, when, why, where, describe, list, amount, an amount, to be, lost")
    + r"[^*_\n]{0,300}|YYYY[^*_\n]{0,20})\1",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"(?<!\w)_(?:…|\.\.\.)_(?!\w)|_to be filled in_|(?<![^\W_])(?:YYYY-MM-DD|HH:MM|lorem ipsum)(?![^\W_])",
    re.IGNORECASE,
)
_LONGEST = 600


def is_blank(line: str) -> bool:
    """Whether a line with something on it still waits for what belongs there: `TBD`, `_who?_`, `[Describe ...]`."""
    text = line[:_LONGEST]
    if _LEFT.search(text):
        return True
    rest = text[_lead(text) :].strip(" \t|*")
    label = _LABEL.match(rest)
    value = rest[label.end() :].strip(" \t|*") if label else ""
    return any(_says_nothing(one) for one in (rest, value) if one)


def says_something(line: str) -> bool:
    """Whether a line holds more than a mark, a label or something that is still to be filled in."""
    text = line[:_LONGEST]
    rest = text[_lead(text) :].strip(" \t|")
    return any(map(str.isalnum, rest)) and not _LABEL.fullmatch(rest) and not is_blank(line)


def _says_nothing(text: str) -> bool:
    bare = text.strip("*_ \t")
    return bool(_HINT.fullmatch(text) or _SAID.fullmatch(bare) or _BRACKETS.fullmatch(text.strip("*_ .\t")))


def _lead(text: str) -> int:
    found = _LEAD.match(text)
    return found.end() if found else 0
