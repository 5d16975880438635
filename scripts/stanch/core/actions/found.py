"""One item as it was found in a document, its box, and what only looks like an item."""

import re
from dataclasses import dataclass

from stanch.core.actions import dates
from stanch.core.actions.facts import Said
from stanch.core.actions.written import Form


@dataclass(frozen=True, slots=True)
class Found:
    """One item as it was found. `canonical` is a box that GitHub shows as one; `nested` stands below another item."""

    said: Said
    form: Form
    line: int
    line_end: int
    raw: str
    canonical: bool = False
    nested: bool = False


BOX = re.compile(r"\\?\[[ \t]?([ \txX*\u2713\u2714\u2705]?)[ \t]?\\?\](?:[ \t\n\u00a0]+|(?=[^\s(\[:\]]))(?=\S)")
_BOX_SIGN = re.compile(r"(?:([\u2610\u25fb\u2b1c]\ufe0f?|\U0001f532)|([\u2611\u2705\u2714]\ufe0f?))[ \t]+(?=\S)")
CANONICAL = re.compile(r"\[[ xX]\][ \t\n]+\S")
_NOTHING = re.compile(
    r"(?:none|n/?a|nil|tbd|tba|todo|nothing|no|keine?|aucune?s?|ningun[oa]?|nenhum[oa]?|nessun[oa]?|geen"
    r"|ing[ae]n?|-+|\u2013|\u2014|\.+|\u2026|\?+|x)"
    r"(?:(?: (?:yet|required|needed|identified|at (?:this|the) (?:time|moment)|for now|so far|further|new"
    r"|specific|other|actions?|items?"
    r"|follow[ -]?ups?|were|was|have|been|are|is|known)){0,6})[.!]?",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"[\[<{(\u2039](?!https?:|mailto:)[^\[\]]{0,200}[\]>})\u203a](?![\[(])"
    r"(?:[ ,/|\u2013\u2014-]*+[\[<{(@][^\[\]]{0,80}+\]?+)*+"
    r"|[*_]?(?:action|item|task|todo|follow-up|step)(?: item)?s? ?(?:#|no\.? ?)?(?:[0-9x]"
    r"|[a-c])?(?: here)?[*_]?(?: \(owner, .*\)|/.*)?"
    r"|(?:add|list|insert|describe|fill in) (?:your |the |any |action |follow-up |specific )*(?:action items?"
    r"|items?|actions?|tasks?|follow-ups?)? ?(?:here|below)?[.\u2026]*"
    r"|\{\{.*\}\}|lorem ipsum.*",
    re.IGNORECASE | re.DOTALL,
)
_ITALIC = re.compile(r"_[^_]+_|\*[^*]+\*")


def boxed(text: str) -> tuple[bool | None, str]:
    """What the box says, None without one, and what follows it."""
    found = BOX.match(text)
    if found:
        return found[1].strip() != "", text[found.end() :]
    sign = _BOX_SIGN.match(text)
    return (sign[1] is None, text[sign.end() :]) if sign else (None, text)


def nothing(text: str) -> bool:
    """Whether a text holds no item: empty, `None`, or what a template left there."""
    bare = dates.FORMAT.sub("", text).strip(" *_`.:;-")
    if not any(character.isalnum() for character in bare):
        return True
    return len(bare) < 300 and bool((_NOTHING.fullmatch(bare) and bare != "x") or _PLACEHOLDER.fullmatch(bare))


def left_there(found: Found) -> bool:
    """Whether it is a template's line in italics that nobody filled in: `_What to do_ \u2014 Due: _YYYY-MM-DD_`."""
    told = found.said
    return bool(
        dates.FORMAT.search(found.raw) and _ITALIC.fullmatch(told.text) and not told.owners and not told.due.raw
    )
