"""How good the suggestions are on the runbooks that ship, measured on incidents that were described before any ranking.

A word-overlap baseline stands beside it, so that the figures mean something. `pytest -s tests/runbooks` prints them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from stanch.adapters.runbook_file import read_runbooks
from stanch.core.runbooks.asking import told
from stanch.core.runbooks.model import Runbook
from stanch.core.runbooks.ranking import MOST, Said, suggest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SETS = ("described", "held_out")
NONE = "none"

Ranking = Callable[[tuple[Runbook, ...], Said], list[str]]


@dataclass(frozen=True)
class Figures:
    """Shares of one set. `nothing` are those for which no runbook fits and none was suggested, of `harmless`."""

    count: int
    first: float
    three: float
    nothing: int
    harmless: int

    def __str__(self) -> str:
        nothing = f"nothing suggested for {self.nothing} of the {self.harmless} that no runbook fits"
        return f"top-1 {self.first:.2f}, top-3 {self.three:.2f} of {self.count}; {nothing}"


@cache
def starter_set() -> tuple[Runbook, ...]:
    """The runbooks of this repository."""
    files = {f"runbooks/{path.name}": path.read_text("utf-8") for path in sorted((ROOT / "runbooks").glob("*.md"))}
    return read_runbooks(files).runbooks


@cache
def incidents(name: str) -> list[dict[str, Any]]:
    """The described incidents of one file."""
    found = yaml.safe_load((HERE / f"{name}.yml").read_text("utf-8"))
    assert isinstance(found, list)
    return found


def said(incident: dict[str, Any]) -> Said:
    """What the card would be given of it."""
    answers = {field: str(answer) for field, answer in incident.get("form", {}).items()}
    text = "\n".join((incident.get("text", ""), told(answers)))
    return Said(incident["title"], text, (incident["service"],) if "service" in incident else ())


def ranked(books: tuple[Runbook, ...], asked: Said) -> list[str]:
    return [one.runbook.name for one in suggest(books, asked)]


def by_overlap(books: tuple[Runbook, ...], asked: Said) -> list[str]:
    """The baseline: how many different words a runbook and an incident share."""
    words = bag(f"{asked.title} {asked.text}")
    return [one.name for one in sorted(books, key=lambda one: (-len(words & bag(one.text)), one.name))][:MOST]


def bag(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def measured(name: str, by: Ranking) -> Figures:
    """What a ranking finds of one set. Where no runbook fits, it is right to find none."""
    rows = incidents(name)
    found = [(row, by(starter_set(), said(row))) for row in rows]
    first = sum((names[:1] or [NONE]) == [row["expect"]] for row, names in found)
    three = sum(bool({row["expect"], *row.get("also", ())} & set(names or [NONE])) for row, names in found)
    harmless = [names for row, names in found if row["expect"] == NONE]
    return Figures(len(rows), first / len(rows), three / len(rows), harmless.count([]), len(harmless))


def test_there_is_enough_to_measure_with() -> None:
    """Sixty described incidents or more, some of which no runbook fits; every answer is a runbook that ships."""
    rows = [row for name in SETS for row in incidents(name)]
    assert len(incidents("described")) >= 60
    assert sum(row["expect"] == NONE for row in rows) >= 5
    known = {book.name for book in starter_set()} | {NONE}
    assert sorted({slug for row in rows for slug in (row["expect"], *row.get("also", ()))} - known) == []


@pytest.mark.parametrize("name", SETS)
def test_the_right_runbook_is_found(name: str) -> None:
    """Seven of ten at the top, nine among the three: on what the ranking was made with, and on what it never saw."""
    figures = measured(name, ranked)
    print(f"{name}: {figures}")  # noqa: T201 # the figures are what is measured
    assert figures.first >= 0.7
    assert figures.three >= 0.9
    assert figures.nothing >= figures.harmless / 2


@pytest.mark.parametrize("name", SETS)
def test_counting_words_finds_less(name: str) -> None:
    """The ranking earns its lines: by a fifth at the top, and among the three."""
    figures, baseline = measured(name, ranked), measured(name, by_overlap)
    print(f"{name}, by word overlap: {baseline}")  # noqa: T201 # as above
    assert figures.first >= baseline.first + 0.2
    assert figures.three >= baseline.three + 0.1
