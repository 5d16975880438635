"""Issues and pull requests that an item names, as written: `#12`, `owner/name#12`, or an address."""

import re
from collections.abc import Callable

_ADDRESS = r"https?://[\w.-]{1,100}(?::[0-9]{1,5})?/[\w.-]{1,100}/[\w.-]{1,100}/(?:-/)?(?:issues|pull|pulls|merge_requests)/[0-9]{1,10}"
_SHORT = (
    r"(?<![\w/&#.-])(?:[A-Za-z0-9][\w.-]{0,60}/[\w.-]{1,100})?#[0-9]{1,10}(?![\w-])|(?<![\w/#-])GH-[0-9]{1,10}(?!\w)"
)
_LINKS = re.compile(rf"{_ADDRESS}|{_SHORT}", re.IGNORECASE)
_ALONE = re.compile(r"[\s,;.*_()\[\]-]*")
_SHOWN = re.compile(r"\[([^\[\]]*)\]\((https?://[^()\s]{1,500})\)")

_REFERENCE = rf"(?:{_SHORT}|[\ue000-\uf8ff])"
_BEFORE_IT = (
    r"(?:(?:(?:tracking )?(?:issue|ticket|link|pr|pull request|tracker|tracking)s?[*_]{0,2} ?:?[*_]{0,2}"
    r"|in|see|via) ?)?"
)
_AT_END = re.compile(
    rf"(?:(?:[ ]?[,;(]| [-\u2010-\u2015|]{{1,3}})? ?[*_]{{0,2}}{_BEFORE_IT}{_REFERENCE}\)?){{1,5}}[ .]{{0,3}}$",
    re.IGNORECASE,
)

MOST = 20
"""How many links of one item are kept."""


def links_of(text: str) -> tuple[str, ...]:
    """The links in their order, each once. A link's own text (`[#12](https://…)`) is the same link again."""
    shown = _SHOWN.sub(lambda found: found[2] if _LINKS.fullmatch(found[2]) else found[0], text)
    return tuple(dict.fromkeys(found[0] for found in _LINKS.finditer(shown)))[:MOST]


def only_links(text: str) -> bool:
    """Whether a text holds nothing but addresses and references."""
    bare = re.sub(r"<?https?://[^\s<>]+>?", " ", _SHOWN.sub(r" \2 ", text))
    return bool(_ALONE.fullmatch(_LINKS.sub(" ", bare))) and any(character.isalnum() for character in text)


def bare_of_references(text: str) -> str:
    """A fact's value without the references beside it: `2026-04-01 in #6` is `2026-04-01`, unless nothing is left."""
    return cut_at_references(text, lambda shown: shown)[0] or text


def cut_at_references(text: str, show: Callable[[str], str]) -> tuple[str, str]:
    """A text in front of the references at its end, and these as written: `Fix it @sam`, ` (#3)`.

    `show` gives back what is hidden behind one character of a masked text. Names with addresses stay where they are.
    """
    start = max(0, len(text) - 300)
    found = _AT_END.search(text, start)
    if not found or found[0].count("(") != found[0].count(")") or not text[: found.start()].strip():
        return text, ""
    hidden = (sign for sign in found[0] if "\ue000" <= sign <= "\uf8ff")
    if not all(links_of(show(sign)) or show(sign).startswith(("http", "<http")) for sign in hidden):
        return text, ""
    return text[: found.start()], found[0]
