"""The linter as a whole: a good document, hostile ones, large ones, and what it hands on."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lint_documents import GOOD, TODAY, findings, items, with_section
from tests.steps import grows, named_calls, steps

from stanch.core.actions import Reading
from stanch.core.lint import CODES, RULES, About, Gravity, lint, report_of, view
from stanch.core.lint.phrases import any_of
from stanch.core.markdown import lines_of

SWEDISH = """\
# Incident 7: betalningarna låg nere

### Påverkan

Ungefär 300 användare kunde inte betala. Αλφα βήτα, 支付失败, оплата не прошла.

### Tidslinje

- 10:02 larmet gick
- 10:11 återställd

### Åtgärder

- [ ] Lägg till ett test — Owner: @åsa — Due: 2026-03-24
"""
WIDE = "\n".join(
    [
        "| Action | Owner | Due | " + " | ".join(f"c{n}" for n in range(47)) + " |",
        "|" + "---|" * 50,
        "| Add a test | @sam | 2026-03-24 | " + " | ".join("x" for _ in range(47)) + " |",
    ]
)


def test_a_good_document_has_no_finding() -> None:
    """Nothing is missing, so nothing is said."""
    assert findings(GOOD) == ()


def test_the_rules_are_in_order_and_each_has_its_own_code() -> None:
    """P001 to the last without a gap, and codes are what `--select` takes."""
    assert tuple(f"P{number:03}" for number in range(1, len(RULES) + 1)) == CODES


def test_findings_come_in_the_order_of_the_document() -> None:
    """So that somebody can go through it from the top; and only the rules that were asked answer."""
    found = findings("")
    assert [one.line for one in found] == sorted(one.line for one in found)
    assert {one.code for one in findings("", codes=("P003",))} == {"P003"}


def test_an_empty_document_lacks_everything() -> None:
    """Six sections and an item, and nothing breaks."""
    assert [one.code for one in findings("")] == ["P001"] * 6 + ["P003"]
    assert findings("\n\n\r\n  ") != ()


def test_a_document_in_another_language_is_read() -> None:
    """Its items and its headings are found: what is missing is missing, and what is there is not asked for."""
    found = findings(SWEDISH)
    missing = {one.values["topic"] for one in found if one.code == "P001"}
    assert missing == {"root cause", "contributing factors", "resolution"}
    assert "P015" not in {one.code for one in found}
    assert all(one.line <= len(SWEDISH.splitlines()) for one in found)


def test_a_table_of_fifty_columns() -> None:
    """The columns that count are found among the others."""
    assert [one.code for one in findings(with_section("Action items", WIDE))] == ["P004"]


def test_five_hundred_items() -> None:
    """Each is looked at, and their number is a single finding."""
    body = items(*(f"- [ ] Test number {n} — Owner: @sam — Due: 2026-03-24" for n in range(500)))
    assert [(one.code, one.values["count"]) for one in findings(body)] == [("P004", 500)]
    none = items(*(f"- [ ] Test number {n}" for n in range(500)))
    assert len([one for one in findings(none) if one.code == "P005"]) == 500


def test_the_view_is_plain() -> None:
    """Texts, numbers and lists, for a template or for JSON."""
    rows = view(findings(items("- [X] Improve it", "- do it")))
    assert json.loads(json.dumps(rows)) == rows
    assert {row["gravity"] for row in rows} <= {one.value for one in Gravity}


def test_phrases_are_whole_words() -> None:
    """A comma parts them, a star ends them openly, and a dash may be left out."""
    pattern = re.compile(any_of("roll-back, revert*, day one"))
    assert [bool(pattern.fullmatch(text)) for text in ("roll-back", "rollback", "roll back", "reverted", "day\n one")]
    assert pattern.search("trollback") is None
    assert pattern.search("_revert_") is not None


MARKUP = st.sampled_from(
    [
        "# ",
        "## Impact\n",
        "## Timeline\n",
        "## Root cause\n",
        "## Action items\n",
        "- ",
        "- [ ] ",
        "-[]",
        "[X]",
        "1. ",
        "|",
        "|---|",
        "> ",
        "```\n",
        "`",
        "\n",
        "\n\n",
        "\r\n",
        "12:03 ",
        "2026-03-24",
        "— Owner: ",
        "@sam",
        "Alex ",
        "should have checked",
        "forgot ",
        "human error",
        "**",
        "_",
        "_…_",
        "TBD",
        "[",
        "](",
        "<!--",
        "-->",
        "<b>",
        '"',
        "“",
        "'",
        "Impact: ",
        "Severity: SEV-1\n",
        "- [ ] Shared with the client",
        "not shared: ",
        "\u202e",
        "\u200b",
        "å",
        "支",
        "🚨",
        "\t",
        "  ",
        "\x0b",
        "\u2028",
        "---\n",
        "===\n",
        "{{",
        "%}",
        "&commat;",
        "~~",
        "\\",
        "https://x/",
    ]
)
BODIES = st.lists(st.one_of(MARKUP, st.text(max_size=6)), max_size=40).map("".join)


def looked_at(body: str) -> None:
    """Whatever is found lies in the document, and is made of plain values."""
    found = findings(body)
    count = len(lines_of(body))
    assert all(1 <= one.line <= one.line_end <= count and one.column >= 1 for one in found)
    assert json.dumps(view(found))


@settings(max_examples=300, deadline=None)
@given(BODIES)
def test_any_text_can_be_linted(body: str) -> None:
    """Nothing that somebody writes makes it fail."""
    looked_at(body)


@pytest.mark.long
@pytest.mark.unmeasured
@settings(max_examples=100_000, deadline=None)
@given(BODIES)
def test_a_hundred_thousand_texts_can_be_linted(body: str) -> None:
    """The same, for long."""
    looked_at(body)


LARGEST = 65_536
MOST_CALLS = 2_000_000
"""Calls in half a second, as tests/budgets/test_parsing.py counts them."""
HEAD = "# T\n\n## Root cause\n\n"
UNITS = {
    "items": "- [ ] x\n",
    "bad boxes": "-[]x\n",
    "headings": "# impact\n",
    "sections of a timeline": "## Timeline\n12:00 a\n",
    "bold lines": "**a**\n",
    "bold items": "- **a**: b\n",
    "fields": "Impact: x\n",
    "tables": "|a|b\n|-|-\n",
    "times": "- 12:03 x\n",
    "chat": "12:03 <sam> x\n",
    "backticks": "``a`",
    "quotation marks": '"a b',
    "brackets": "[](",
    "comments": "<!--",
    "tags": "<a ",
    "handles": "@a",
    "names": "Sam ",
    "names without a verb": "Sam should have ",
    "roles without a verb": "the engineer engineer ",
    "blame": "human error ",
    "spaces": "  \t",
    "italics": "_what ",
    "stacked marks": "å\u0301",
    "sharing": "- [ ] shared with the client not shared: \n",
    "authors": "Owner: Sam\n",
}


@pytest.mark.unmeasured
@pytest.mark.parametrize("size", [LARGEST // 4, pytest.param(LARGEST, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", UNITS)
def test_the_work_grows_with_the_text(name: str, size: int) -> None:
    """What makes a pattern work hard takes at most three times as long as half of it, and stays within its budget."""

    def work(size: int) -> object:
        body = (HEAD + UNITS[name] * size)[:size]
        report = report_of(body, Reading(), About(TODAY))
        return lint(report)

    assert not grows(work, size, size // 2)
    assert steps(lambda: work(size)) <= MOST_CALLS * size // LARGEST


def test_a_document_is_parsed_once() -> None:
    """Its sections, its words and its action items are read from the same blocks."""
    names = named_calls(lambda body: lint(report_of(body, Reading(), About(TODAY))), GOOD)
    assert (names["StateBlock.__init__"], names["StateInline.__init__"]) == (1, 0)
