"""A notice as Slack's Block Kit, within its limits: https://docs.slack.dev/reference/block-kit/blocks.

Everything that people wrote stands in `plain_text`, in which Slack reads no mark-up, and is escaped all the same
(https://docs.slack.dev/messaging/formatting-message-text): no `<!channel>`, no `<@U…>`, no link but our own.
"""

import re
from collections.abc import Iterator

from stanch.core.markdown import bare, legible

HEADER = 150
SECTION = 3_000
MOST_BLOCKS = 50
FALLBACK = 1_000
"""Characters of the text that a notification shows; Slack takes 40,000."""

ADDRESS = re.compile(r"://|(?<=\bwww)\.|(?<=\bmailto):", re.IGNORECASE)
NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
MARKS = re.compile(r"[&<>]")


def message(text: str, label: str, address: str) -> dict[str, object]:
    """The body of a message without its place: the first line of the text is the headline."""
    head, _, rest = text.strip().partition("\n")
    blocks: list[dict[str, object]] = [{"type": "header", "text": _plain(bare(head, HEADER) or "Stanch", HEADER)}]
    shown = legible(rest, SECTION)
    if shown:
        blocks.append({"type": "section", "text": _plain(shown, SECTION)})
    link = _link(label, address)
    if link:
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": link, "verbatim": True}]})
    return {"text": fitted(bare(head, FALLBACK) or "Stanch", FALLBACK), "blocks": blocks}


def _plain(text: str, limit: int) -> dict[str, object]:
    return {"type": "plain_text", "text": fitted(text, limit), "emoji": False}


def _link(label: str, address: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>|\"]{1,1000}", address):
        return ""
    return f"<{address}|{fitted(label, 200).replace('|', ' ')}>"


def fitted(text: str, limit: int) -> str:
    """Text that does nothing, of at most `limit` characters as Slack may count them: escaped, in UTF-16."""
    pieces = list(_pieces(ADDRESS.sub("\\g<0>\u200b", text)))
    if _length("".join(pieces)) <= limit:
        return "".join(pieces)
    kept, room = [], limit - 1
    for piece in pieces:
        room -= _length(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + "…"


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that are not cut: a character with what is put upon it, or an entity."""
    for found in re.finditer(r"[&<>]|.[\u0300-\u036f\u200b-\u200d\ufe0f\U0001f3fb-\U0001f3ff]{0,8}", text, re.DOTALL):
        yield MARKS.sub(lambda mark: NAMES[mark[0]], found[0])


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
