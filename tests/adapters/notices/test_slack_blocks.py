"""Block Kit within its limits: judged by the models of slack_sdk, and by hand where those do not look."""

import json
import re
from itertools import product

import pytest
from slack_sdk.models.blocks import Block, ContextBlock, HeaderBlock, SectionBlock

from stanch.adapters.notices.slack_blocks import HEADER, MOST_BLOCKS, SECTION, fitted, message
from tests.adapters.notices.samples import HOSTILE

URL = "https://github.test/octo/shop/issues/12"
WHOLE = 13_000
"""Characters of all blocks beyond which Slack has been seen to refuse: slackapi/bolt-js#2509."""


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown(text: str, url: str = URL, label: str = "octo/shop#12") -> list[dict[str, object]]:
    blocks = message(text, label, url)["blocks"]
    assert isinstance(blocks, list)
    return blocks


def test_a_notice_is_a_headline_a_text_and_a_link() -> None:
    """The first line is the header; the link is our own."""
    assert message("Down: a & b\n\nDeclared.\nBy alex.\n", "octo/shop#12", URL) == {
        "text": "Down: a &amp; b",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "Down: a &amp; b", "emoji": False}},
            {"type": "section", "text": {"type": "plain_text", "text": "Declared.\nBy alex.", "emoji": False}},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": f"<{URL}|octo/shop#12>", "verbatim": True}]},
        ],
    }


PAIRS = product(HOSTILE, ("", "\n" + HOSTILE[3], "\n" + HOSTILE[8]))


@pytest.mark.parametrize("text", [one + two for one, two in PAIRS])
def test_whatever_people_wrote_fits(text: str) -> None:
    """Slack's own models accept every block; the limits hold however Slack counts characters."""
    body = message(text, "octo/shop#12", URL)
    blocks = shown(text)
    parsed = Block.parse_all(blocks)
    assert [type(one) for one in parsed if one] == [
        {"header": HeaderBlock, "section": SectionBlock, "context": ContextBlock}[str(one["type"])] for one in blocks
    ]
    for one in parsed:
        assert one is not None
        one.validate_json()
    texts = [str(block.get("text", {}).get("text", "")) for block in blocks if isinstance(block.get("text"), dict)]  # type: ignore[attr-defined] # the comprehension asks for a dict
    assert units(texts[0]) <= HEADER
    assert all(0 < units(one) <= SECTION for one in texts)
    assert len(blocks) <= MOST_BLOCKS
    assert units(json.dumps(body, ensure_ascii=False)) <= WHOLE


@pytest.mark.parametrize("text", HOSTILE)
def test_nobody_is_called_and_nothing_is_linked(text: str) -> None:
    """No `<` but that of our own link, no scheme that a client would make a link of."""
    body = json.dumps(message(text, "octo/shop#12", URL), ensure_ascii=False)
    assert body.replace(f"<{URL}|octo/shop#12>", "").count("<") == 0
    assert re.search(r"://\w|www\.\w|mailto:\w", body.replace(URL, "")) is None
    assert "\u202e" not in body


def test_what_is_cut_is_cut_between_characters() -> None:
    """An entity, an accent and a skin tone stay whole."""
    assert fitted("ab&", 7) == "ab&amp;"
    assert fitted("ab&c", 7) == "ab…"
    assert fitted("a\u0300" * 3, 5) == "a\u0300" * 2 + "…"
    assert fitted("👍🏽👍🏽", 7) == "👍🏽…"


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "https://a b", "https://x|y", "https://x>y<!channel>"])
def test_an_address_that_is_none_is_left_out(url: str) -> None:
    """The notice comes without a link."""
    assert [block["type"] for block in shown("Down\n\nx", url)] == ["header", "section"]
