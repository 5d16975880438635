"""What people write shows and does nothing; commands stand only where a reader sees them."""

import html
import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.steps import steps

from stanch.core.markdown import BODY, Safe, bare, commands_area, cut, plain, quoted

GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
ADDRESS = re.compile(r"https?://|ftp://|(?<![\w.])www\.", re.IGNORECASE)
MENTION = re.compile(r"@[A-Za-z0-9]")
REFERENCE = re.compile(r"#[0-9]|GH-[0-9]", re.IGNORECASE)

PIECES = (
    "@alex", "&commat;sam", "&#64;kim", "&#x40;riley", "&amp;#64;x", "@", "#12", "#", "12", "owner/repo#1", "GH-1",
    "fixes ", "closes: ", "https://github.com/o/r/issues/1", "www.example.com", "sam@example.com", "mailto:a@b.c",
    "<!--", "-->", "<!-- stanch:v1", "<b>", "</details>", "<img src=x onerror=y>", "<script>", "<", ">", "&lt;", "&",
    "|", "\\|", "\\", "`", "```", "~~~", "*", "**", "_", "__", "~~", "[", "]", "(", ")", "![x](y)", "[x](javascript:y)",
    "[x]: /u", "[^1]", "[!NOTE]", "- ", "+ ", "1. ", "2) ", "# ", "=", "---", "===", ":-:", "|-|-|", "$", "$x$", "\t",
    "    ", "\n", "\r\n", "\r", "\u2028", "\u202e", "\u200d", "\u200b", "\x00", "\x1b", "\x85", "\ud800", "é", "👩‍💻",
    "a", "b c", " ", "{{ 7*7 }}", "{% x %}", "&#0;", "&NewLine;", "&Tab;", "&#99999999;", "/ack",
)  # fmt: skip
HOSTILE = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=60))


def shown(markdown: str) -> str:
    """The text that a reader sees, without the invisible gaps."""
    return html.unescape(re.sub(r"<[^>]*>", "", GITHUB.render(markdown))).replace("\u200b", "").strip()


def tags(markdown: str) -> set[str]:
    """The tags that the Markdown makes."""
    return set(re.findall(r"<(/?\w+)", GITHUB.render(markdown))) | set(re.findall(r"<[!?]", GITHUB.render(markdown)))


def assert_harmless(markdown: str) -> None:
    """Nothing in it that GitHub would act upon."""
    assert not MENTION.search(markdown)
    assert not REFERENCE.search(markdown)
    assert not ADDRESS.search(markdown)
    assert "<" not in markdown
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Co"} for c in markdown.replace("\n", ""))
    assert {c for c in markdown if unicodedata.category(c) == "Cf"} <= {"\u200b"}


@given(HOSTILE)
def test_a_line_from_people_shows_what_they_wrote_and_nothing_else(text: str) -> None:
    """One paragraph, no tag, and the reader sees the text itself."""
    line = plain(text)
    assert "\n" not in line
    assert_harmless(line)
    assert tags(line) <= {"p", "/p"}
    assert shown(line) == bare(ENTITY.sub(lambda found: html.unescape(found[0]), text)).replace("\u200b", "")


@given(HOSTILE, HOSTILE)
def test_a_line_from_people_stays_in_its_table_cell(first: str, second: str) -> None:
    """A table of two columns keeps its two cells, whatever they hold."""
    page = GITHUB.render(f"| a | b |\n| - | - |\n| {plain(first)} | {plain(second)} |\n")
    assert (page.count("<tr>"), page.count("<td>")) == (2, 2)
    assert set(re.findall(r"<(\w+)", page)) <= {"table", "thead", "tbody", "tr", "th", "td"}


@given(HOSTILE)
def test_a_line_from_people_stays_in_its_list_item(text: str) -> None:
    """It begins no list, heading, quote or fence of its own, and ticks no box."""
    assert set(re.findall(r"<(\w+)", GITHUB.render(f"- {plain(text)}\n- x\n"))) <= {"ul", "li"}


@given(HOSTILE)
def test_a_line_from_people_stays_in_a_fold(text: str) -> None:
    """Inside raw HTML, where Markdown does not hold, it still is text."""
    page = GITHUB.render(f"<details><summary>{plain(text)}</summary>\n\nx\n\n</details>\n")
    assert re.findall(r"<(/?\w+)", page) == ["details", "summary", "/summary", "p", "/p", "/details"]


@given(HOSTILE)
def test_a_quotation_is_one_quotation_of_text(text: str) -> None:
    """Nothing but paragraphs inside, and what follows stands outside."""
    block = quoted(text)
    assert_harmless(block)
    page = GITHUB.render(f"{block}\n\nafter\n")
    assert set(re.findall(r"<(\w+)", page)) <= {"blockquote", "p"}
    assert page.endswith("<p>after</p>\n")


@given(HOSTILE)
def test_no_text_from_people_begins_with_a_marker(text: str) -> None:
    """Markers stand at byte 0 of what the bot writes, and there nobody else's text can look like one."""
    assert not plain(text).startswith("<")
    assert not quoted(text).startswith("<")
    assert "<!--" not in plain(text) + quoted(text)


@given(HOSTILE, st.integers(1, 30))
def test_the_limit_holds_for_what_is_seen(text: str, limit: int) -> None:
    """The shown text is cut, not the escapes that keep it harmless."""
    assert len(shown(plain(text, limit))) <= limit
    assert len(bare(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("max_connections is 3", "max_connections is 3"),
        ("a_b_ _c", "a_b\\_ \\_c"),
        ("R&D", "R&amp;D"),
        ("a | b \\", "a &vert; b &bsol;"),
        ("1. first", "1\\. first"),
        ("two\r\nlines", "two lines"),
        ("\u202egnp.exe", "gnp.exe"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 4),
        ("&#" + "9" * 5000 + ";", "&amp;#" + "\u200b" + "9" * 497 + "…"),
        ("", ""),
    ],
)
def test_lines_read_well(text: str, line: str) -> None:
    """What needs no escape gets none; what cannot be seen is gone."""
    assert plain(text) == line


def test_a_cut_leaves_no_half_character() -> None:
    """A combining mark goes with its letter, and an ellipsis tells of the rest."""
    assert plain("ae\u0301x", 3) == "a…"
    assert plain("word word", 6) == "word…"


def test_safe_text_is_still_text() -> None:
    """`Safe` is a str that says who has looked at it."""
    assert isinstance(plain("x"), Safe)
    assert plain("x") == "x"


AREA = [
    ("/ack\r\n/take\r/help", [(1, "/ack"), (2, "/take"), (3, "/help")]),
    ("```\n/ack\n```\n/take", [(4, "/take")]),
    ("~~~~\n/ack\n~~~\n/ack\n~~~~\n/take", [(6, "/take")]),
    ("```\n/ack", []),
    ("- x\n\n  ```\n/take", [(1, "- x"), (2, ""), (4, "/take")]),
    ("    /ack", []),
    ("\t/ack", []),
    ("x\n    /take", [(1, "x"), (2, "    /take")]),
    ("> /ack", []),
    ("> q\n/ack", []),
    ("> q\n\n/take", [(2, ""), (3, "/take")]),
    ("> q\n---\n/take", [(2, "---"), (3, "/take")]),
    ("<!--\n/ack\n-->\n/take", [(4, "/take")]),
    ("<!--\n/ack", []),
    ("<details>\n/ack\n</details>", []),
    ("<details>\n\n/take\n\n</details>", [(2, ""), (3, "/take"), (4, "")]),
    ("a <!--\n/ack\n--> b\n/take", [(1, "a <!--"), (4, "/take")]),
    ("a <!-- b -->\n/take", [(1, "a <!-- b -->"), (2, "/take")]),
    ("a <!-- b\n-->\n/take", [(1, "a <!-- b"), (3, "/take")]),
    ("a <!--\n/ack\n-->\n/take", [(1, "a <!--"), (4, "/take")]),
    ("a `x\n/ack` b\n/take", [(1, "a `x"), (3, "/take")]),
    ("a `x\n/take ``b", [(1, "a `x"), (2, "/take ``b")]),
    ("a \\`x\n/take` b", [(1, "a \\`x"), (2, "/take` b")]),
    ("a `\\`\n/take `", [(1, "a `\\`"), (2, "/take `")]),
    ("- x\n/take", [(1, "- x"), (2, "/take")]),
    ("[x]:\n/take", [(1, "[x]:"), (2, "/take")]),
    ("/take\n===", [(1, "/take"), (2, "===")]),
    ("a\x0b/ack", [(1, "a\x0b/ack")]),
]


@pytest.mark.parametrize(("body", "lines"), AREA)
def test_commands_stand_outside_code_quotes_and_html(body: str, lines: list[tuple[int, str]]) -> None:
    """The lines that a reader sees as plain text, as written, with their numbers."""
    assert [pair for pair in commands_area(body) if pair != (len(body.splitlines()) + 1, "")] == lines


BLOCKS = (
    "/ack\n",
    "> ",
    "- ",
    "1. ",
    "  ",
    "    ",
    "```\n",
    "~~~\n",
    "\n",
    "x\n",
    "<div>\n",
    "<!--",
    "-->\n",
    "# h\n",
    "--\n",
)


@given(st.lists(st.sampled_from(BLOCKS), max_size=16).map("".join))
def test_the_lean_parse_hides_what_the_whole_parse_hides(body: str) -> None:
    """Leaving tokens out for speed changes no decision about a line."""
    whole = MarkdownIt("commonmark")
    whole.core.ruler.enableOnly(["normalize", "block"])
    whole.block.ruler.disable(["reference", "lheading"])
    opaque = {"fence", "code_block", "blockquote_open", "html_block"}
    spans = [token.map for token in whole.parse(body) if token.type in opaque and token.map]
    hidden = {line + 1 for first, end in spans for line in range(first, end)}
    seen = {number for number, _ in commands_area(body)}
    assert not seen & hidden
    assert "<!--" in body or {n for n in range(1, len(body.split("\n")) + 1) if n not in hidden} == seen


@given(st.one_of(HOSTILE, st.sampled_from(["é" * 90, "```\n" + "x\n" * 90, "<details>\n" * 9, "<!-- " * 20])))
def test_a_cut_body_fits_and_leaves_nothing_open(body: str) -> None:
    """Whatever is cut, a line put after it is read as text, and the bytes are within the limit."""
    short = cut(body * 30, 400)
    assert len(short.encode("utf-8", "replace")) <= 400
    assert len(body.encode("utf-8", "replace")) > 400 or cut(body, 400) == body


@pytest.mark.parametrize("opening", ["```\n", "~~~~ text\n", "<!-- ", "<details>\n\n", "```\n~~~\n"])
def test_what_follows_a_cut_stands_outside_of_it(opening: str) -> None:
    """Fences, comments and folds that were open at the cut are closed."""
    page = GITHUB.render(cut(opening + "word " * 20_000) + "\nafter\n")
    assert page.endswith("after</p>\n")
    assert page.count("<details>") == page.count("</details>")


def test_a_cut_is_by_bytes_at_a_character() -> None:
    """Two bytes are never torn apart, and a body that fits is left alone."""
    assert len(cut("é" * 40_000).encode()) <= BODY
    assert "\ufffd" not in cut("é" * 40_000)
    assert cut("short\n") == "short\n"


UNITS = ("- a\n", "> ", "#\n", "`a", "<!--\n", "[", "a\n", "> - 1. ", "x <!--\n", "`` ` ", "&#64;", "\u0301")


@pytest.mark.unmeasured
@pytest.mark.parametrize("work", [plain, quoted, commands_area, cut])
@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_at_most_three_times_the_steps(work: Callable[[str], object], unit: str) -> None:
    """Nothing that people can write makes the reading grow faster than itself."""
    half, whole = (unit * (size // len(unit)) for size in (16_384, 32_768))
    work(half)  # whatever is made once and kept is made now
    assert steps(lambda: work(whole)) <= 3 * steps(lambda: work(half)) + 100
