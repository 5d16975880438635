"""The page can be read by day and by night: every colour stands out from what is behind it.

The ratios are those of WCAG 2.2, 1.4.3 for text and 1.4.11 for marks. Shades that only repeat what stands beside
them in words are not measured.
"""

import re
from itertools import product

import pytest

from tests.source import ROOT

CSS = (ROOT / "templates/site/page.css").read_text("utf-8")
TEXT, MARK = 4.5, 3.0

TEXTS = (
    *product(("ink", "quiet", "accent", "hurt", "good"), ("paper", "surface", "sunk")),
    ("on-accent", "accent"),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("ink", "add"),
    ("ink", "cut"),
)
MARKS = tuple(product(("accent", "hurt", "good", "unseen"), ("paper", "surface")))


def palettes() -> dict[str, dict[str, str]]:
    """The colours by name, by day and by night; the night changes some of them."""
    day, night = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]
    found = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block)) for block in (day, night)]
    return {"day": found[0], "night": {**found[0], **found[1]}}


def luminance(color: str) -> float:
    """Relative luminance as WCAG defines it, from 0 (black) to 1 (white)."""
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_the_most_there_is() -> None:
    """The measure itself: 21 to 1, and 4.54 for the well-known #767676."""
    assert round(contrast("#000", "#fff"), 2) == 21
    assert round(contrast("#767676", "#fff"), 2) == 4.54


@pytest.mark.parametrize("time", ["day", "night"])
def test_every_colour_stands_out_from_its_background(time: str) -> None:
    """Text by 4.5 to 1, marks and bars by 3 to 1."""
    colors = palettes()[time]
    needed = {**dict.fromkeys(MARKS, MARK), **dict.fromkeys(TEXTS, TEXT)}
    found = {pair: round(contrast(colors[pair[0]], colors[pair[1]]), 2) for pair in needed}
    assert {pair: ratio for pair, ratio in found.items() if ratio < needed[pair]} == {}
