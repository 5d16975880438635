"""The last touch on a comment's HTML: what GitHub adds to Markdown inside a thread.

Links to threads of the story stay on the page, people and commands are set off, and nothing is fetched.
"""

import re
from collections.abc import Mapping

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
_THREAD_LINK = re.compile(r'href="[^"#?]*/(?:issues|pull)/(\d+)(?:#[^"]*)?"')
_ALT = re.compile(r'\balt="([^"]*)"')
_NUMBER = re.compile(r"(?<![\w&/#])#(\d+)\b")
_MENTION = re.compile(r"(?<![\w/@.])@([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)")
_COMMAND = r"(/[a-z][a-z-]*!?)(?=\s|$)"
_QUIET = {"a", "code", "pre"}
_LINE_STARTS = {"p", "br"}


def finished(html: str, anchors: Mapping[int, str]) -> str:
    """The same HTML, finished. `anchors` names the place on the page of each thread, by number.

    `html` is what the Markdown renderer made: `>` never stands inside an attribute.
    """
    pieces: list[str] = []
    quiet, last_tag = 0, "p"
    for piece in _TAG.split(html):
        name = _NAME.match(piece)
        if name is None:
            pieces.append(piece if quiet else _text(piece, anchors, starts=last_tag in _LINE_STARTS))
            continue
        last_tag = name[1].lower() if not piece.startswith("</") else ""
        quiet += _depth(piece, name[1].lower())
        pieces.append(_tag(piece, name[1].lower(), anchors))
    return "".join(pieces)


def _depth(tag: str, name: str) -> int:
    if name not in _QUIET:
        return 0
    return -1 if tag.startswith("</") else 1


def _tag(tag: str, name: str, anchors: Mapping[int, str]) -> str:
    if name == "img":
        alt = _ALT.search(tag)
        return f'<span class="image">{alt[1] if alt else ""}</span>'
    if name == "a":
        return _THREAD_LINK.sub(lambda link: _href(link, anchors), tag)
    return tag


def _href(link: re.Match[str], anchors: Mapping[int, str]) -> str:
    anchor = anchors.get(int(link[1]))
    return f'href="#{anchor}"' if anchor else link[0]


def _text(text: str, anchors: Mapping[int, str], *, starts: bool) -> str:
    line = r"(^|\n)" if starts else r"(\n)"
    text = re.sub(line + _COMMAND, r'\1<span class="command">\2</span>', text)
    text = _MENTION.sub(r'<span class="mention">@\1</span>', text)
    return _NUMBER.sub(lambda number: _reference(number, anchors), text)


def _reference(number: re.Match[str], anchors: Mapping[int, str]) -> str:
    anchor = anchors.get(int(number[1]))
    return f'<a href="#{anchor}">{number[0]}</a>' if anchor else number[0]
