"""Who is said to own an item: exactly as written, without decoration, and nobody who is only spoken of."""

import re
from collections.abc import Iterator
from itertools import islice

from stanch.core.actions import words
from stanch.core.login import LOGIN

HANDLE = re.compile(rf"@{LOGIN}(?:/[\w.-]{{1,60}})?(?![\w/-])")
_BETWEEN = re.compile(
    r" ?(?:,|;|&|\+|<br ?/?>|\n) ?|/(?=@)| / |(?<![@\w-])(?<=\w)/(?=[A-Z])| (?:and|und|et|y|e|en|och|og"
    r"|with) (?=[@A-Z\[]|the [\w -]{1,40}(?:team|squad)\b)"
)
_DRESS = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)|<!--.*?-->")
_LINK = re.compile(r"(?!\[bot\](?!\())\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])?")
_NAME = r"[^\W\d_][\w'\u2019.-]{0,30}"
PERSON = re.compile(rf"(?=[^\W\d_a-z]){_NAME}(?: (?=[^\W\d_a-z]){_NAME}){{0,2}}")
"""One to three words that begin with a capital."""

ROLE = re.compile(
    r"(?:[\w&/-]+ ){0,3}(?:team|squad|crew|guild|on-?call|engineering|ops|sre|sres|devops|infra)", re.IGNORECASE
)


def owners_of(written: str) -> tuple[str, ...]:
    """The owners that a field, a cell or a bracket names, in order; placeholders and nobody are left out."""
    text = _DRESS.sub("", _LINK.sub(r"\1", written[:300]))
    if len(text) > 160:
        return ()
    return tuple(dict.fromkeys(name for part in _BETWEEN.split(text) if (name := _name(part))))


def _name(part: str) -> str:
    bare = part.strip()
    bot = "[bot]" if bare.endswith("[bot]") else ""
    name = bare.removesuffix(bot).strip(" \t.,:;()[]{}?!\u2013\u2014").removeprefix("and ").strip() + bot
    if name.casefold() in words.NOBODY or not any(character.isalnum() for character in name):
        return ""
    return "" if part.strip()[:1] in "<{" or len(name.split()) > 6 else name


def looks_like_people(text: str, known: frozenset[str]) -> bool:
    """Whether a bracket holds only handles, teams, or names of people whom the document names as such."""
    parts = [part.strip(" .?") for part in _BETWEEN.split(text.strip())]
    return bool(parts) and all(_is_person(part, known) for part in parts)


def _is_person(part: str, known: frozenset[str]) -> bool:
    if HANDLE.fullmatch(part):
        return True
    if part.casefold() in words.NO_NAMES or part.casefold() in words.NOBODY:
        return False
    return part.casefold() in known or bool(re.fullmatch(r"(?:[\w&-]+ ){1,3}(?:team|squad)", part, re.IGNORECASE))


def could_be_a_name(text: str) -> bool:
    """Whether one or more capitalised words stand alone, and none is a word that is put into brackets for else."""
    parts = [part.strip(" .?") for part in _BETWEEN.split(text.strip())]
    return all(
        PERSON.fullmatch(part) and not {word.casefold() for word in part.split()} & words.NO_NAMES for part in parts
    )


def is_no_name(text: str) -> bool:
    """Whether a word is one that is put into brackets for something else, or a placeholder."""
    return text.casefold() in words.NO_NAMES or text.casefold() in words.NOBODY


_WHO_LINE = re.compile(
    r"^[ \t>*_#-]{0,8}(?:authors?|written by|attendees|participants|responders?|incident (?:commander|lead"
    r"|manager)|leads?"
    r"|commander|scribe|reviewers?|reporter|owners?|present|involved|people(?: involved)?|autor(?:en|es)?|auteurs?"
    r"|teilnehmer|deltagare|deelnemers)(?:\(s\))?[*_]{0,3} ?:[*_]{0,3}[ \t]*(.{1,300})$",
    re.IGNORECASE | re.MULTILINE,
)


def known_people(body: str) -> frozenset[str]:
    """The names, in lower case, that the document gives as authors, attendees and the like, or that act in it."""
    listed = {name for line in _WHO_LINE.findall(body) for name in spellings(line)}
    nicks = dict.fromkeys(_NICK.findall(body))
    return frozenset(listed | {nick for nick in islice(nicks, MOST_NICKS) if _acts(nick, body)})


MOST_NICKS = 20
"""Words in square brackets that are looked for elsewhere in a document."""

_NICK = re.compile(r"(?<![\w\])])\[([a-z][a-z0-9_-]{2,19})\??\](?![(\[:])")


def _acts(nick: str, body: str) -> bool:
    """Whether a word in brackets does something elsewhere, as people do, and is neither a thing nor a link."""
    if nick in words.NO_NAMES or nick in words.NOBODY or re.search(rf"^\[{nick}\]:|\bthe {nick}\b", body, re.MULTILINE):
        return False
    doing = (
        rf"@{nick}\b|\bby {nick}\b|(?<![\w\[]){nick}: "
        rf"|(?<![\w\[]){nick}(?:'s| and \w+)? (?:is|was|has|will|[a-z]+(?:ed|es|s))\b"
    )
    return re.search(doing, body) is not None


def spellings(line: str) -> Iterator[str]:
    """The ways in which somebody who is named on a line may be called, in lower case."""
    for owner in owners_of(line):
        yield owner.casefold()
        yield owner.removeprefix("@").casefold()
        if PERSON.fullmatch(owner):
            yield owner.split()[0].casefold()
