"""What docs/runbook-suggestions.md promises is what is measured, and what the code does."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from stanch.core.runbooks.vocabulary import IDEAS
from stanch.practices.runbooks import TOO_OLD
from tests.runbooks.test_suggestions import SETS, Figures, by_overlap, measured, ranked

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/runbook-suggestions.md").read_text(encoding="utf-8")


def row(name: str) -> list[str]:
    """The cells of one line of the table of figures."""
    (line,) = [one for one in TEXT.splitlines() if one.startswith(f"| {name} |")]
    return [cell.strip() for cell in line.split("|")[2:-1]]


def held(cells: list[str], found: Figures) -> bool:
    """Whether figures are told as they are, but for a word in a runbook that moves an incident or two."""
    count, first, three, nothing = cells
    shares = ((first, found.first), (three, found.three))
    near = all(abs(int(told.removesuffix(" %")) - 100 * share) <= NEAR for told, share in shares)
    return near and int(count) == found.count and nothing.endswith(f" of {found.harmless}")


NEAR = 4
"""Points in a hundred."""


@pytest.mark.parametrize("name", SETS)
def test_the_figures_are_those_that_are_measured(name: str) -> None:
    """Of the ranking and of the baseline."""
    words = name.replace("_", " ")
    assert held(row(words), measured(name, ranked))
    assert held(row(f"{words}, by counting shared words"), measured(name, by_overlap))


def test_the_table_of_words_stands_where_it_is_told() -> None:
    """And has the examples that are given."""
    (path,) = re.findall(r"`(scripts/[\w/.]+)`", TEXT)
    assert (ROOT / path).read_text(encoding="utf-8").count('"""') > 1
    assert "x509" in IDEAS["certificate"]
    assert "too many clients" in IDEAS["connections used up"]


def test_the_bounds_are_told() -> None:
    """How long after the end an issue is still opened."""
    assert timedelta(hours=72) == TOO_OLD
    assert "72 hours after the end" in TEXT
