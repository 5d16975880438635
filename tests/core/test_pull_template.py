"""The template of a hotfix's text: unfilled it declares nothing, filled in it declares everything."""

import re
from datetime import date
from pathlib import Path

import pytest

from stanch.core.declared import IssueName, declared

TEMPLATE = (Path(__file__).parents[2] / ".github/PULL_REQUEST_TEMPLATE/hotfix.md").read_text(encoding="utf-8")
ROLLBACK = "Revert this pull request and deploy `v1.4.2` again."
VALUES = {
    "Incident": "#12",
    "Rollback": ROLLBACK,
    "Root-cause owner": "@morgan",
    "Why not smaller": "The rounding is done in three places.",
    "Workaround": "yes",
    "Temporary until": "2026-12-01",
}
LINE = re.compile(r"(?m)^(?P<name>[A-Z][\w -]+): (?P<hint><!-- .+ -->)$")


def filled(way: str, line_end: str = "\n") -> str:
    """The template with every value: `before` its hint, or `over` it."""

    def line(found: re.Match[str]) -> str:
        value = f"{found['name']}: {VALUES[found['name']]}"
        return f"{value} {found['hint']}" if way == "before" else value

    return LINE.sub(line, TEMPLATE).replace("\n", line_end)


def test_unfilled_it_declares_nothing() -> None:
    """Neither a value, nor an issue that the merge would close, is read out of its hints."""
    said = declared(TEMPLATE)
    assert (said.values, said.incidents, said.closings) == ({}, (), ())
    assert (said.is_workaround, said.temporary_until, said.owner) == (False, None, "")


def test_it_asks_for_everything_that_is_read_and_nothing_else() -> None:
    """Each name once, in the spelling of this test's values."""
    assert [found["name"] for found in LINE.finditer(TEMPLATE)] == list(VALUES)


@pytest.mark.parametrize("way", ["before", "over"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_filled_in_it_declares_everything(way: str, line_end: str) -> None:
    """Whether the hints are left standing or written over, and with the browser's line ends."""
    said = declared(filled(way, line_end))
    assert said.incidents == (IssueName(12),)
    assert (said.first("rollback"), said.first("why not smaller")) == (ROLLBACK, VALUES["Why not smaller"])
    assert (said.is_workaround, said.temporary_until, said.owner) == (True, date(2026, 12, 1), "morgan")
    assert {name: len(values) for name, values in said.values.items()} == dict.fromkeys(map(str.lower, VALUES), 1)
    assert said.closings == ()


def test_it_is_short_enough_for_three_in_the_morning() -> None:
    """It fits on a small screen."""
    assert len(TEMPLATE.splitlines()) <= 20
