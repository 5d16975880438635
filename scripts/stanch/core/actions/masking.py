"""Links, addresses and code, hidden while a text is taken apart: what stands in them is no separator and no fact."""

import re

from stanch.core.actions import marks

_MASK_FIRST = 0xE000
_MASKED = re.compile(r"[\ue000-\uf8ff]")
_OPAQUE = re.compile(
    r"<!--.{0,400}?-->|(?<!`)(`{1,3})(?!`)[^`]{1,400}\1(?!`)|!?\[[^\[\]\n]{0,300}\](?:\([^()\s]{0,600}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?\)|\[[^\[\]]{0,200}\])"
    r"|<[^<>\s]{1,600}>|https?://[^\s<>|()\[\]]{0,600}[^\s<>|()\[\].,;:!?*_~]"
)


_LINK_DONE = re.compile(rf"\[(?:[^\[\]]{{0,40}}\()?{marks.DONE_WORD}\)?\]\(", re.IGNORECASE)


class Mask:
    """A text in which each link, address and span of code stands as one character, without its comments."""

    def __init__(self, text: str) -> None:
        self.hidden: list[str] = []
        self.text = " ".join(_OPAQUE.sub(self._hide, _MASKED.sub("\ufffd", text)).split())

    def _hide(self, found: re.Match[str]) -> str:
        if found[0].startswith("<!--"):
            return " "
        if len(self.hidden) >= 6000:
            return found[0]
        self.hidden.append(found[0])
        return chr(_MASK_FIRST + len(self.hidden) - 1)

    def ends_done(self, text: str) -> bool:
        """Whether the first or the last word is a link that says so: `[FIXED](…)`."""
        ends = (end for end in (text[:1], text[-1:]) if _MASKED.fullmatch(end))
        return any(_LINK_DONE.match(self.show(end)) for end in ends)

    def show(self, text: str) -> str:
        return _MASKED.sub(lambda found: self.hidden[ord(found[0]) - _MASK_FIRST], text)
