"""What reading action items costs: any body of 64 KiB stays cheap, and twice the body is not thrice the work."""

from functools import partial

import pytest

from stanch.core.actions import MOST_ITEMS, read
from stanch.core.outline import outline
from tests.budgets.bodies import LARGEST
from tests.steps import MOST_GROWTH, grows, steps

MOST_STEPS = 2_000_000
"""Calls that stand for 500 ms."""

PER_ITEM = 250
"""Calls for one item; at most MOST_ITEMS of a body are read, however short they are."""

HEADING = "## Action items\n\n"
TABLE = f"{HEADING}| Action | Owner | Due |\n|---|---|---|\n"
WALLS = {
    "brackets": "[",
    "closed brackets": "]",
    "pipes": "|",
    "stars": "*",
    "backticks": "`",
    "tildes": "~",
    "underscores": "_",
    "parentheses": "(",
    "angles": "<",
    "at-signs": "@",
    "handles": " @a",
    "handles and": "@a and ",
    "dashes": " - ",
    "commas": ", ",
    "colons": "a: ",
    "dates": "2026-12-01 ",
    "half dates": "by 1 ",
    "months": "may 1 ",
    "owners": "Owner: a ",
    "bold labels": "**a**: ",
    "links": "[a](b",
    "reference links": "[a][b]",
    "addresses": "http://",
    "done": "(done ",
    "shouting": "DONE ",
    "past": "has been ",
    "sentences": "We will do it.\n",
    "words": "word ",
    "quotes": "> " * 30 + "a\n",
    "quoted items": "> - [ ] a\n",
    "nested items": "- a\n  - b\n    - c\n",
    "deep items": "  - a\n    " * 9 + "\n",
    "items": "- [ ] a (kim, by Friday)\n",
    "bold items": "- **a**:\n  - b\n",
    "bold lines": "**a**\n",
    "headings": "## Actions\n",
    "long headings": "# " + "how we are to prevent " * 20 + "\n",
    "labels": "Owner: x\n",
    "label items": "- Due: tomorrow\n",
    "comments": "<!-- ",
    "unclosed comments": "- [ ] a <!-- b\n",
    "rows": "| a | @kim | 2026-12-01 |\n",
    "wide rows": "|a" * 50 + "|\n",
    "ticks": "\u2705 ",
    "names": "Aaaa Bbbb ",
    "bracketed names": "- a (Kim)\n",
    "struck": "~~a~~ ",
    "code": "`a` ",
    "entities": "&amp;",
    "lazy labels": "- a\nNext steps:\n",
    "announcing items": "- the tasks:\n",
    "bold leads": "**A** Add b\n\n",
    "numbered titles": "### 1) Add a `@kim`\n\nb\n\n",
    "announced lists": "We were late. Here is what we are doing so that it never happens again to us:\n- a\n\n",
    "should be": "a should be ",
    "legends": "- P0: a\n",
    "people as titles": "**@kim**\n- a\n\n",
}


def bodies(wall: str, size: int) -> tuple[str, ...]:
    """The wall in a list, in a table and in a paragraph, each of about `size` characters."""
    return tuple(top + wall * (size // len(wall)) for top in (f"{HEADING}- [ ] x ", f"{TABLE}| x ", HEADING))


@pytest.mark.unmeasured
@pytest.mark.parametrize("size", [LARGEST // 16, pytest.param(LARGEST, marks=pytest.mark.long)])
@pytest.mark.parametrize("wall", WALLS)
def test_no_wall_of_anything_is_dear(wall: str, size: int) -> None:
    """Within its share of the budget of the largest body, and growing as the body does."""
    for whole, half in zip(bodies(WALLS[wall], size), bodies(WALLS[wall], size // 2), strict=True):
        counted = steps(partial(read, whole))
        assert counted <= MOST_STEPS * size // LARGEST + MOST_ITEMS * PER_ITEM
        assert counted <= max(2_000, MOST_GROWTH * steps(partial(read, half)))


@pytest.mark.unmeasured
@pytest.mark.parametrize("wall", WALLS)
def test_nothing_is_gone_over_again_and_again(wall: str) -> None:
    """The time grows as the body does: a pattern that goes back makes no calls."""
    wholes, halves = bodies(WALLS[wall], LARGEST // 8), bodies(WALLS[wall], LARGEST // 16)
    slow = [
        name
        for name, whole, half in zip(("list", "table", "plain"), wholes, halves, strict=True)
        if grows(read, whole, half)
    ]
    assert slow == []


@pytest.mark.unmeasured
@pytest.mark.parametrize("opener", ["@", "<a> ", "(b/"])
def test_what_is_nearly_a_placeholder_is_looked_at_once(opener: str) -> None:
    """Not in each of the ways in which it could be one: with the next bracket there would be twice as many."""
    whole, half = (f"{HEADING}- [ ] <x> {opener * count}]]\n" for count in (22, 11))
    assert not grows(read, whole, half)


@pytest.mark.unmeasured
@pytest.mark.parametrize("wall", ["nested items", "bold lines", "headings", "bold items", "stars"])
def test_an_outline_is_cheap(wall: str) -> None:
    """It is read with every lint."""
    whole = (WALLS[wall] * LARGEST)[: LARGEST // 4]
    assert steps(partial(outline, whole)) <= MOST_STEPS // 4
