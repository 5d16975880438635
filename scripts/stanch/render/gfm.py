"""GitHub's Markdown as HTML, for pages that show a thread: https://github.github.com/gfm/.

Raw HTML is shown as text, but for folds and a few tags without attributes; comments vanish and
images become links. Mentions and numbers are left to `thread_prose`, which knows the page.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.tasklists import tasklists_plugin

_TAG = re.compile(r"<(/?)(details|summary|br|code|kbd|sub|sup)( open)?\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BALANCED = re.compile(r"<(/?)(details|summary|code|kbd|sub|sup)\b[^>]*>")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<]{1,2000}")
_CHECKBOX = re.compile(
    r'<input class="task-list-item-checkbox"(?: checked="checked")? disabled="disabled" type="checkbox">'
)
_TRAILING = re.compile(r"[?!.,:*_~'\")]+$")


def html(markdown: str) -> str:
    """The HTML of one Markdown text, with every tag that it opens closed again."""
    return _closed(str(_parser().render(markdown)))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True})
    parser.enable(["table", "strikethrough"])
    parser.use(tasklists_plugin)
    parser.core.ruler.push("addresses", _addresses)
    for name in ("html_block", "html_inline"):
        parser.add_render_rule(name, _raw)
    parser.add_render_rule("image", _image)
    return parser


def _raw(_renderer: object, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
    if _CHECKBOX.fullmatch(tokens[index].content):
        return tokens[index].content
    return _allowed(_COMMENT.sub("", tokens[index].content))


def _allowed(raw: str) -> str:
    """The raw HTML with all but the few tags escaped; entities stay what they are."""
    parts, position = [], 0
    for found in _TAG.finditer(raw):
        parts += [_text(raw[position : found.start()]), f"<{found[1]}{found[2].lower()}{found[3] or ''}>"]
        position = found.end()
    return "".join([*parts, _text(raw[position:])])


def _text(raw: str) -> str:
    return raw.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _image(_renderer: object, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
    address = escape(str(tokens[index].attrs.get("src", "")))
    return f'<a href="{address}">{escape(tokens[index].content) or address}</a>'


def _addresses(state: StateCore) -> None:
    """Addresses in text become links; not inside links and code."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(_linked(token.children))


def _linked(children: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for child in children:
        depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and not depth:
            yield from _pieces(child.content)
        else:
            yield child


def _pieces(text: str) -> Iterator[Token]:
    position = 0
    for found in _ADDRESS.finditer(text):
        shown = _TRAILING.sub("", found[0])
        yield Token("text", "", 0, content=text[position : found.start()])
        target = shown if "://" in shown else f"http://{shown}"
        yield Token("link_open", "a", 1, attrs={"href": target})
        yield Token("text", "", 0, content=shown)
        yield Token("link_close", "a", -1)
        position = found.start() + len(shown)
    yield Token("text", "", 0, content=text[position:])


def _closed(page: str) -> str:
    """Folds that nobody closed are closed, and ends without a beginning go."""
    opened: list[str] = []

    def kept(found: re.Match[str]) -> str:
        if not found[1]:
            opened.append(found[2])
            return found[0]
        if found[2] not in opened:
            return ""
        between = ""
        while (last := opened.pop()) != found[2]:
            between += f"</{last}>"
        return between + found[0]

    return _BALANCED.sub(kept, page) + "".join(f"</{name}>" for name in reversed(opened))
