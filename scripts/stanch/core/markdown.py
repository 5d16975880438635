"""Text from people made safe for Markdown, and the lines of a comment in which a command may stand.

What GitHub would make of a text: https://github.github.com/gfm/ (tables, autolinks, raw HTML),
mentions and references are GitHub's own additions, so they are broken by an invisible U+200B.
"""

import html
import re
import unicodedata
from bisect import bisect, bisect_left
from collections.abc import Iterator

from markdown_it.token import Token

from stanch.core.block_parse import Grammar, tokens

LINE = 500
"""How many characters of a person's text one line shows unless told otherwise."""

BLOCK = 4_000
"""How many characters of a person's text one quotation shows unless told otherwise."""

TITLE = 256
"""How many characters GitHub takes as an issue's title."""

BODY = 60_000
"""How many bytes of a body are sent: GitHub's limit is 65,536 characters."""

_GAP = "\u200b"
_NEWLINE = re.compile(r"\r\n?|\n")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNUSUAL = re.compile(r"[^\x20-\x7e]")
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
_STACKED = re.compile(rf"({_MARKS}{{4}}){_MARKS}+")
_OPAQUE = frozenset({"fence", "code_block", "blockquote_open", "html_block"})
_STRUCTURE = _OPAQUE | {
    "blockquote_close",
    "heading_open",
    "hr",
    "inline",
    "list_item_open",
}
_RISKY = re.compile(
    r"&(?=[#\w])|[\\`|<>]"
    r"|[*~$\[\]]|(?<![^\W_])_|_(?![^\W_])"
    r"|@|#(?=\w|$)|GH-(?=\d)|/(?=/)|(?:mailto|xmpp)(?=:)|www(?=\.)",
    re.IGNORECASE,
)
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&vert;", "`": "&grave;", "\\": "&bsol;"}
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_LEADING = re.compile(r"^(?:([-+=:#])|([0-9]{1,9})([.)]))")


class Safe(str):
    """Markdown that may be shown as it is: our own words, or people's after `plain` or `quoted`."""

    __slots__ = ()


def bare(text: str, limit: int = LINE) -> str:
    """One line of visible text, not Markdown: what a title may carry. `limit` is in characters."""
    return _shortened(" ".join(_visible(text).split()), limit)


def legible(text: str, limit: int = BLOCK) -> str:
    """People's text of several lines as visible text, not Markdown: what a service other than GitHub may be given."""
    return _shortened("\n".join(_lines_shown(_decoded(text))).strip("\n"), limit)


def as_written(text: str, limit: int = BLOCK) -> str:
    """Text of several lines for a fence or a terminal: every space stays where it is, and what nobody sees goes."""
    return _shortened("\n".join(map(_visible, lines_of(text))), limit)


def plain(text: str, limit: int = LINE) -> Safe:
    """People's text as one line that shows exactly what they wrote and does nothing.

    It makes no mention, reference, link, image, tag, marker, emphasis, list, heading or table cell,
    wherever on a line it is put. Entities are decoded first, so that `&commat;team` mentions nobody.
    """
    return Safe(_inert(bare(_decoded(text), limit)))


def quoted(text: str, limit: int = BLOCK) -> Safe:
    """People's text as a block of `> ` lines, each as safe as `plain`; at most `limit` characters."""
    shown = _shortened("\n".join(_lines_shown(_decoded(text))).strip("\n"), limit)
    return Safe("\n".join(f"> {_inert(line)}".rstrip() for line in shown.split("\n")) if shown else "")


def lines_of(body: str) -> list[str]:
    """The lines of a body as Markdown counts them: CRLF, CR and LF end a line, nothing else does."""
    return _NEWLINE.split(body)


def blocks(body: str) -> list[Token]:
    """The block structure of a body: no inline parsing, no paragraphs' own and few closing tokens.

    Of 64 KiB that are all list items, GitHub's largest comment, it takes less than half a second.
    """
    return tokens(body, _STRUCTURE)


def commands_area(body: str) -> tuple[tuple[int, str], ...]:
    """The lines outside code, quotes and HTML, as written, each with its number from 1."""
    hidden = _hidden_lines(body)
    return tuple((n, line) for n, line in enumerate(lines_of(body), start=1) if n not in hidden)


def cut(body: str, limit: int = BODY) -> str:
    """A body of at most `limit` bytes, cut at a line's end if one is near, with what is open closed."""
    if len(body.encode("utf-8", "replace")) <= limit:
        return body
    room = limit - 200
    kept = body.encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
    head, newline, tail = kept.rpartition("\n")
    kept = head if newline and len(tail) < room // 10 else kept
    return f"{kept}\n{_closers(kept)}\n…\n"


def fence_after(line: str, fence: str) -> str:
    """The fence that is open after a line, empty for none. A backtick fence's info has no backtick."""
    found = _FENCE.fullmatch(line)
    if not found:
        return fence
    run, rest = found[1], found[2]
    if fence:
        return "" if run.startswith(fence) and not rest.strip() else fence
    return "" if run[0] == "`" and "`" in rest else run


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _visible(text: str) -> str:
    return _STACKED.sub(r"\1", _UNUSUAL.sub(lambda found: _shown(found[0]), text))


def _shown(char: str) -> str:
    """Invisible and direction-changing characters go: they can make a text read as another one."""
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} else char


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 0 and unicodedata.category(text[end]) in {"Mn", "Me", "Sk"}:
        end -= 1
    return text[:end].rstrip() + "…"


def _inert(line: str) -> str:
    return _LEADING.sub(_leading, _RISKY.sub(_escaped, line))


def _escaped(found: re.Match[str]) -> str:
    """Entities hold in raw HTML too, and a backslash before a table's pipe would be read twice."""
    risk = found[0]
    if risk in _NAMES:
        return _NAMES[risk]
    if risk == "@" and found.string[found.start() - 1 : found.start()].strip():
        return f"{_GAP}@{_GAP}"  # an address: some readers take what follows the gap for its host
    return f"\\{risk}" if risk in "*~$[]_" else risk + _GAP


def _leading(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


def _lines_shown(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield " ".join(_visible(line).split())


def _hidden_lines(body: str) -> set[int]:
    hidden: set[int] = set()
    for token in tokens(body, _OPAQUE | {"inline"}, Grammar.LINES):
        if token.map is None:
            continue
        if token.type in _OPAQUE:
            hidden.update(range(token.map[0] + 1, token.map[1] + 1))
        elif token.type == "inline":
            hidden.update(token.map[0] + 1 + offset for offset in _inside_spans(token.content))
    return hidden


_OPENING = re.compile(r"\\.|`+|<!--", re.DOTALL)
_ENDS = {"<!--": "-->"}


def _inside_spans(content: str) -> Iterator[int]:
    """Offsets of the lines that begin inside a code span or an inline comment of a paragraph."""
    breaks = [found.start() for found in re.finditer("\n", content)]
    if not breaks or ("`" not in content and "<!--" not in content):
        return
    closing = _Closings(content)
    position = 0
    while found := _OPENING.search(content, position):
        position = found.end()
        end = closing.after(found[0], position)
        if end is not None:
            yield from range(bisect(breaks, found.start()) + 1, bisect_left(breaks, end) + 1)
            position = end


class _Closings:
    """Where spans of one paragraph may end; looked up once, so that unclosed openings cost nothing."""

    def __init__(self, content: str) -> None:
        self.runs: dict[str, list[int]] = {"<!--": [found.start() for found in re.finditer("-->", content)]}
        for found in re.finditer("`+", content):
            self.runs.setdefault(found[0], []).append(found.start())

    def after(self, opening: str, position: int) -> int | None:
        ends = self.runs.get(opening, [])
        place = bisect_left(ends, position)
        return ends[place] + len(_ENDS.get(opening, opening)) if place < len(ends) else None


_FOLD = re.compile(r"<(/?)details\b", re.IGNORECASE)


def _closers(kept: str) -> str:
    """What ends an open fence, comment or fold, so that what follows stands outside of it."""
    fence, folds = "", 0
    for line in lines_of(kept):
        fence = fence_after(line, fence)
        if not fence:
            folds = max(0, folds + sum(-1 if found[1] else 1 for found in _FOLD.finditer(line)))
    comment = "-->" if kept.rfind("<!--") > kept.rfind("-->") and not fence else ""
    return "\n".join([fence or comment, *["", "</details>"] * min(folds, 8)]).rstrip("\n")
