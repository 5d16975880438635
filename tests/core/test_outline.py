"""Sections are found however their headings are written, and only where they are headings."""

import pytest

from stanch.core.outline import Section, outline


def told(body: str) -> list[tuple[str, int, int, int, int, str]]:
    return [(s.title, s.level, s.line, s.first, s.last, s.heading.value) for s in outline(body)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("", []),
        ("words", []),
        ("# A\n\nx\n\n## B ##\n", [("A", 1, 1, 2, 3, "atx"), ("B", 2, 5, 6, 5, "atx")]),
        ("A\n=\nx\n\nB b\n---\n\n", [("A", 1, 1, 3, 3, "setext"), ("B b", 2, 5, 7, 6, "setext")]),
        ("**A:**\n\nx\n\n__B__\ny", [("A", 7, 1, 2, 3, "bold"), ("B", 7, 5, 6, 6, "bold")]),
        ("x\n**A**:\ny", [("A", 7, 2, 3, 3, "bold")]),
        ("- **A**\n  - x\n- y", [("A", 8, 1, 2, 3, "bold-list")]),
        ("- **A**: x\n\n- **B:**\n  - y", [("A", 8, 1, 1, 1, "bold-list"), ("B", 8, 3, 4, 4, "bold-list")]),
        ("# **A** [b](c) `d`:", [("A b d", 1, 1, 2, 1, "atx")]),
        ("#### \u00c5tg\u00e4rder\r\n\r\nx\r\n", [("\u00c5tg\u00e4rder", 4, 1, 2, 3, "atx")]),
    ],
)
def test_a_heading_is_found_in_each_way_to_write_it(
    body: str, found: list[tuple[str, int, int, int, int, str]]
) -> None:
    """With its level, its line, and the lines of its own text."""
    assert told(body) == found


@pytest.mark.parametrize(
    "body",
    [
        "```\n# A\n```",
        "~~~\n# A",
        "    # A",
        "> # A\n> **B**",
        "<!--\n# A\n\n**B**\n-->",
        "<!-- never closed\n\n# A",
        "---\ntitle: A\n# B\n---\n",
        "+++\ntitle = 'A'\n+++\n",
        "#A",
        "**This is a whole sentence that somebody wanted to be read.**",
        "**A** and more",
        "- **Faster**: x\n- **Safer**: y",
        "1. x\n2. y",
        "| **A** | b |\n|---|---|\n| **c** | d |",
    ],
)
def test_what_is_no_heading_is_not_found(body: str) -> None:
    """Code, quotes, comments, front matter, sentences, labelled items and cells are no sections."""
    assert told(body) == []


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    """Only a block of keys that is closed hides what stands in it."""
    assert [s.title for s in outline("---\n\n**A**\n\nx\n\n---\n# B\n")] == ["A", "B"]
    assert [s.title for s in outline("---\ntitle: x\n\n# B\n")] == ["B"]


def test_front_matter_keeps_the_numbers_of_the_lines() -> None:
    """What stands below is where it was."""
    (section,) = outline("---\ntitle: x\ntags:\n  - a\n---\n\n# B\n")
    assert section == Section("B", 1, 7, 8, 7, section.heading)
