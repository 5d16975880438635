"""What a document says in its own words: without code, quotations, chat logs, addresses and comments.

All of that is blanked, so that every place keeps its line and its column.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby

from stanch.core.structure import Block, Kind

_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?"
_ZONES = r"(?:UTC|GMT|[A-Z]?[CEMPWB][SED]?T|AM|PM)\b"
_CHAT = re.compile(
    r"[ \t>*+-]{0,12}(?:"
    rf"\[?{_CLOCK}\]?[ \t]*<[^<>\n]{{1,40}}>"
    rf"|\[[^\]\n]{{0,24}}{_CLOCK}[^\]\n]{{0,12}}\][ \t]*[*_]{{0,2}}[@\w][\w .'-]{{0,30}}[*_]{{0,2}}:"
    r"|<[@\w][\w .-]{0,30}>[ \t]"
    rf"|[*_]{{0,2}}[@\w][\w .-]{{0,30}}[*_]{{0,2}}[ \t]+[\[(]{_CLOCK}[^\])\n]{{0,12}}[\])]:?[ \t]"
    rf"|{_CLOCK}[ \t]+(?:[a-z][\w-]{{1,30}}:[ \t]|(?!{_ZONES})[A-Z]{{2,3}}:?[ \t]))"
)
"""`12:03 <sam> ...`, `[12:03] sam: ...`, `<sam> ...`, `sam [12:03] ...`, `12:03 sam: ...`, `12.03 SK ...`."""

_TALK = 3
"""So many lines of chat are a log: what stands between them, down to the next heading, was said in it too."""

_SPAN = re.compile(r"`+")
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_BLANKED = re.compile(
    r"<!--.{0,4000}?-->|</?[A-Za-z][^<>\n]{0,400}>|\]\([^()\s]{0,2000}\)|(?:https?|mailto):[^\s<>)]{1,2000}"
    rf"|[{_QUOTES}](?:[^{_QUOTES}\n]|\n(?![ \t]*\n)){{1,600}}[{_QUOTES}]"
    r"|(?<!\w)[\u2018'](?:[^'\u2018\u2019\n]){3,200}['\u2019](?!\w)",
    re.DOTALL,
)
_CHARACTER = re.compile(r"[^\n]")
_WORD = re.compile(r"[^\W\d_]+")


def shown_lines(lines: tuple[str, ...], blocks: Iterable[Block]) -> tuple[str, ...]:
    """The lines of headings, paragraphs, items and tables; every other one is empty."""
    seen = set(_numbers(blocks))
    return tuple(line if number in seen else "" for number, line in enumerate(lines, start=1))


def _numbers(blocks: Iterable[Block]) -> Iterator[int]:
    waiting = [*blocks]
    while waiting:
        block = waiting.pop()
        waiting += block.parts
        if block.kind is not Kind.LIST:
            yield from range(block.line, block.line_end + 1)


class Prose:
    """The words of a document, and where each of them stands."""

    __slots__ = ("_starts", "text")

    def __init__(self, shown: tuple[str, ...]) -> None:
        talk = set(_talk(shown))
        spoken = [" " * len(line) if number in talk else line for number, line in enumerate(shown)]
        self.text = _BLANKED.sub(_blank, _without_spans("\n".join(spoken)))
        self._starts = [0, *accumulate(len(line) + 1 for line in spoken)]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def between(self, first: int, last: int) -> tuple[int, int]:
        """The offsets at which lines `first` to `last` begin and end."""
        count = len(self._starts) - 1
        return self._starts[min(first, count + 1) - 1], self._starts[min(max(last, first - 1), count)]

    def words(self) -> frozenset[str]:
        """Every word of it, in lower case."""
        return frozenset(map(str.casefold, _WORD.findall(self.text)))


def _talk(shown: tuple[str, ...]) -> Iterator[int]:
    """The places of the lines that belong to a chat log."""
    chat = [number for number, line in enumerate(shown) if _CHAT.match(line[:200])]
    yield from chat
    ends = [number for number, line in enumerate(shown) if line.startswith("#")] + [len(shown)]
    for end, group in groupby(chat, key=lambda number: ends[bisect_right(ends, number)]):
        said = list(group)
        if len(said) >= _TALK:
            yield from range(said[0], end)


def _blank(found: re.Match[str]) -> str:
    return _CHARACTER.sub(" ", found[0])


def _without_spans(text: str) -> str:
    """Code spans blanked: a run of backticks ends at the next one of its length, within its paragraph."""
    runs = list(_SPAN.finditer(text))
    following: dict[str, list[int]] = {}
    for place in reversed(range(len(runs))):
        following.setdefault(runs[place][0], []).append(place)
    pieces, done, place = [], 0, 0
    while place < len(runs):
        opening = runs[place]
        candidates = following[opening[0]]
        while candidates and candidates[-1] <= place:
            candidates.pop()
        closing = runs[candidates[-1]] if candidates else None
        if closing is None or "\n\n" in text[opening.end() : min(closing.start(), opening.end() + _LONGEST_SPAN)]:
            place += 1
            continue
        if closing.start() - opening.end() > _LONGEST_SPAN:
            place += 1
            continue
        pieces += [text[done : opening.start()], _CHARACTER.sub(" ", text[opening.start() : closing.end()])]
        done, place = closing.end(), candidates[-1] + 1
    return "".join((*pieces, text[done:]))


_LONGEST_SPAN = 2_000
"""Characters of a code span that anybody writes."""
