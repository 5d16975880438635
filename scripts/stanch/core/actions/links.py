"""Issues and pull requests that an item names, as written: `#12`, `owner/name#12`, or an address."""

import re

_ADDRESS = r"https?://[\w.-]{1,100}(?::[0-9]{1,5})?/[\w.-]{1,100}/[\w.-]{1,100}/(?:-/)?(?:issues|pull|pulls|merge_requests)/[0-9]{1,10}"
_SHORT = (
    r"(?<![\w/&#.-])(?:[A-Za-z0-9][\w.-]{0,60}/[\w.-]{1,100})?#[0-9]{1,10}(?![\w-])|(?<![\w/#-])GH-[0-9]{1,10}(?!\w)"
)
_LINKS = re.compile(rf"{_ADDRESS}|{_SHORT}", re.IGNORECASE)
_ALONE = re.compile(r"[\s,;.*_()\[\]-]*")
_SHOWN = re.compile(r"\[([^\[\]]*)\]\((https?://[^()\s]{1,500})\)")

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
