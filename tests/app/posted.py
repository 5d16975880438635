"""What the bot posted, read as GitHub's readers would: mentions, tags, tables, fences and markers in it."""

import html
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from stanch.core.marker import marker_of

MENTION = re.compile(r"(?<![\w@/.`])@([A-Za-z0-9][A-Za-z0-9-]*(?:/[A-Za-z0-9._-]+)?)")
TAG = re.compile(r"<(/?[a-zA-Z!?][^>]*)>?")
OUR_TAGS = {"details", "/details", "summary", "/summary", "details open", "code", "/code"}
REFERENCE = re.compile(r"(?<![\w&#])(?:[\w.-]+/[\w.-]+)?#(\d+)\b|\bGH-(\d+)\b")
ADDRESS = re.compile(r"\b(?:https?|ftp)://\w|\bwww\.\w|[\w.]@\w+\.\w|\b(?:mailto|xmpp):\w", re.IGNORECASE)
ALTERS_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_PARSER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])


def without_heads(body: str) -> str:
    """A body without its hidden first lines: the marker and, on a card, the ledger."""
    lines = body.split("\n")
    while lines and lines[0].startswith("<!-- stanch"):
        lines.pop(0)
    return "\n".join(lines)


def tokens(body: str) -> Iterator[Token]:
    """Every token, those inside of others too."""
    for token in _PARSER.parse(without_heads(body)):
        yield token
        yield from token.children or ()


def mentions(body: str) -> set[str]:
    """Whom GitHub would notify, by lower-case login or team: what stands in text, outside code."""
    found = set()
    quiet = 0
    for token in tokens(body):
        if token.type == "html_inline" and "code" in token.content:
            quiet += -1 if token.content.startswith("</") else 1
        if token.type in {"text", "html_block"} and not quiet:
            found |= {login.lower() for login in MENTION.findall(html.unescape(token.content))}
    return found


def references(body: str) -> set[str]:
    """The issues that GitHub would link: each link leaves a trace on the other thread."""
    texts = [token.content for token in tokens(body) if token.type == "text"]
    return {number for text in texts for pair in REFERENCE.findall(html.unescape(text)) for number in pair if number}


def tags(body: str) -> set[str]:
    """The HTML that a reader's browser would be given, but ours."""
    raw = [token.content for token in tokens(body) if token.type in {"html_inline", "html_block"}]
    return {tag.strip() for text in raw for tag in TAG.findall(text)} - OUR_TAGS


def links(body: str) -> set[str]:
    """Where links and images lead."""
    found = {token.attrs.get("href") or token.attrs.get("src") for token in tokens(body)}
    return {str(address) for address in found if address}


def fences(body: str) -> list[str]:
    """Code blocks, fenced or indented: Stanch writes none."""
    return [token.content for token in tokens(body) if token.type in {"fence", "code_block"}]


def ragged_rows(body: str) -> list[str]:
    """Rows of tables that have more or fewer cells than their heading: split by any pipe that counts."""
    found, columns = [], 0
    for line in without_heads(body).split("\n"):
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        if cells and columns and cells != columns:
            found.append(line)
        columns = cells
    return found


def rendered_tables(body: str) -> list[int]:
    """How many rows each table has once it is rendered."""
    rows: list[int] = []
    for token in _PARSER.parse(without_heads(body)):
        if token.type == "table_open":
            rows.append(0)
        if token.type == "tr_open":
            rows[-1] += 1
    return rows


def source_tables(body: str) -> list[int]:
    """How many rows each table should have by its source: lines with a pipe at their start, without the rule."""
    rows: list[int] = []
    before = ""
    for line in without_heads(body).split("\n"):
        if line.startswith("|"):
            if not before.startswith("|"):
                rows.append(-1)
            rows[-1] += 1
        before = line
    return rows


def markers(body: str) -> list[str]:
    """Every opening of a comment of HTML in a body, after the marker and the ledger that Stanch put there."""
    return re.findall(r"<!--.*", without_heads(body))


def addresses(body: str) -> list[str]:
    """What GitHub would make a link of although nobody wrote one."""
    texts = [html.unescape(token.content) for token in tokens(body) if token.type == "text"]
    return [text[:60] for text in texts if ADDRESS.search(text)]


def faults_of(body: str, intended: set[str], numbers: set[str], hosts: tuple[str, ...] = ()) -> list[str]:
    """Everything that is wrong with a body that the bot posted.

    `intended` may be mentioned, `numbers` referred to, and links may lead to `hosts`.
    """
    checks: dict[str, object] = {
        "mentions": mentions(body) - intended,
        "references": references(body) - numbers,
        "markers": markers(body),
        "no marker of its own": [] if marker_of(body) else [body[:40]],
        "tags": tags(body),
        "links": {link for link in links(body) if not (hosts and link.startswith(hosts))},
        "addresses": addresses(body),
        "fences": fences(body),
        "ragged rows": ragged_rows(body),
        "tables": [] if rendered_tables(body) == source_tables(body) else [str(source_tables(body))],
        "direction": ALTERS_DIRECTION.findall(body),
        "templates": re.findall("23331", body),
        "length": [] if len(body.encode()) <= 60_000 else [str(len(body.encode()))],
    }
    return [f"{name}: {sorted(found)[:5]}" for name, found in checks.items() if isinstance(found, set | list) and found]
