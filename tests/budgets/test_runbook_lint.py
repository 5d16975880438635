"""What holding a runbook to the rules costs: any page stays cheap, and twice the page is not thrice the work."""

from collections.abc import Callable
from functools import partial
from itertools import islice, product
from string import ascii_lowercase

import pytest

from stanch.adapters.config_file import read_config
from stanch.core.runbooks.lint import Finding, lint
from tests.budgets.bodies import LARGEST
from tests.runbook_pages import GOOD, PAGES, PATH, library
from tests.steps import MOST_GROWTH, grows, steps

MOST_STEPS = 2_000_000
"""Calls that stand for 500 ms."""

MOST_ORDINARY = 200_000
"""Calls that stand for 50 ms: of three ordinary pages together."""


def words() -> list[str]:
    """Many words of six letters, none of which is another."""
    return ["".join(letters) for letters in islice(product("xyzqjwbgvf" + ascii_lowercase, repeat=4), 16_000)]


def repeated(text: str) -> Callable[[int], str]:
    return lambda size: text * (size // len(text))


def counted(form: str) -> Callable[[int], str]:
    """A form filled with one word after the other."""
    lines = [form.format(word) for word in words()]
    return lambda size: "".join(lines)[:size]


def diagram(text: str) -> Callable[[int], str]:
    return lambda size: "```mermaid\nflowchart TD\n" + text * (size // len(text)) + "\n```\n"


def commands(text: str) -> Callable[[int], str]:
    return lambda size: "```sh\n" + text * (size // len(text)) + "\n```\n"


WALLS: dict[str, Callable[[int], str]] = {
    "items": repeated("- a\n"),
    "headings": repeated("## Verify\n"),
    "underlined headings": repeated("x\n---\n"),
    "different headings": counted("## {}\n"),
    "fences": repeated("```sh\nx\n```\n"),
    "open fences": repeated("```sh\n"),
    "fences with their outcome": repeated("```sh\nx\n```\nExpect: y\n"),
    "diagrams": repeated("```mermaid\nflowchart TD\n a[\n```\n"),
    "open brackets": diagram("a["),
    "arrows": diagram("a --> end\n"),
    "dashes": diagram("-"),
    "quotes": diagram('"'),
    "groups": diagram("subgraph a\n"),
    "links": repeated("[a](b.md)\n"),
    "links in one line": repeated("]("),
    "different dead links": counted("[a]({}.md)\n"),
    "different dead anchors": counted("## {0}\n[a](#x{0})\n"),
    "definitions": repeated("[a]: b\n"),
    "backticks": repeated("`a ``b "),
    "placeholders": repeated("<A-B> "),
    "angles": repeated("<A-"),
    "named anchors": repeated("<a id='x'>\n"),
    "open anchors": repeated("<a id=' "),
    "minutes": repeated("10 "),
    "blanks": repeated(" "),
    "flags": commands("rm -r"),
    "spaces behind a command": commands("rm " + " " * 60),
    "pushes": commands("git push "),
    "copies": commands("dd x "),
    "deletions": commands("delete from a"),
    "comments": commands("# careful\n"),
}


def held(text: str) -> tuple[Finding, ...]:
    return lint(library({**PAGES, PATH: text}))


def page(wall: str, size: int) -> str:
    return GOOD + "\n" + WALLS[wall](size - len(GOOD) - 100)


def test_ordinary_pages_are_cheap() -> None:
    """Reading three of them and asking every rule takes a tenth of a second together."""
    assert steps(lambda: lint(library(PAGES))) <= MOST_ORDINARY


@pytest.mark.unmeasured
@pytest.mark.parametrize("size", [LARGEST // 8, pytest.param(LARGEST, marks=pytest.mark.long)])
@pytest.mark.parametrize("wall", WALLS)
def test_no_page_is_dear(wall: str, size: int) -> None:
    """A page stays within its share of the budget of the largest one, and twice the page is not thrice the work."""
    whole, half = page(wall, size), page(wall, size // 2)
    taken = steps(partial(held, whole))
    assert taken <= MOST_ORDINARY + MOST_STEPS * size // LARGEST
    assert taken <= MOST_GROWTH * steps(partial(held, half))
    assert not grows(held, whole, half)


def test_many_symptoms_and_services_are_read_once() -> None:
    """Lists of the front matter that fill a page, and services of the config of which none is known."""

    def front(size: int) -> str:
        names = "".join(f"  - {word}\n" for word in words()[: size // 9])
        return GOOD.replace("  - Nothing fails, everything waits\n", names, 1).replace("[checkout]", "\n" + names, 1)

    whole, half = front(LARGEST // 8), front(LARGEST // 16)
    assert steps(partial(held, whole)) <= MOST_GROWTH * steps(partial(held, half))
    assert not grows(held, whole, half)


def test_services_that_need_what_is_not_there_are_told_in_time() -> None:
    """What was probably meant is looked for only as often as it is told."""

    def config(size: int) -> str:
        some = words()[: size // 20]
        entries = (f"  {word}: {{needs: [x{word}]}}\n" for word in some)
        return "services:\n" + "".join(entries)

    whole, half = config(LARGEST // 16), config(LARGEST // 32)
    assert steps(partial(read_config, whole)) <= MOST_GROWTH * steps(partial(read_config, half))
    assert not grows(read_config, whole, half)
