"""The day in a page of the runbooks: the one on which the page came, and quiet as long as nothing is new."""

from datetime import date

import pytest

from stanch.core.setup.manifest import digest
from stanch.core.setup.review import dated, day_of, page_wanted

SHIPPED = """---
kind: handbook
owner: "<OWNER>"
last_reviewed: 2026-11-22
review_every: 90d
---

Write `last_reviewed: 2026-11-22` above.
last_reviewed: 2026-11-22
"""
NEWER = SHIPPED + "More.\n"
CAME, TODAY = date(2027, 1, 5), date(2027, 6, 1)
OURS = dated(SHIPPED, "2027-01-05")


@pytest.mark.parametrize(
    "page",
    ["", "# A page\n", "---\nlast_reviewed: soon\n---\n", "---\nowner: a\n---\nlast_reviewed: 2026-11-22\n"],
)
def test_a_page_without_a_day_stays_as_it_is(page: str) -> None:
    """Only front matter says when a page was reviewed."""
    assert (dated(page, "2027-01-05"), day_of(page)) == (page, None)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_day_stands_in_the_front_matter_alone(ends: str) -> None:
    """Once; an example below keeps its own, however lines end."""
    page = dated(SHIPPED.replace("\n", ends), "2027-01-05")
    assert (day_of(page), page.count("2027-01-05"), page.count("2026-11-22")) == ("2027-01-05", 1, 2)


def test_a_new_page_says_the_day_on_which_it_comes() -> None:
    """Also where its text is new: nobody here read it before."""
    assert page_wanted(SHIPPED, None, None, (), TODAY) == dated(SHIPPED, "2027-06-01")
    assert page_wanted(NEWER, OURS, digest(OURS), (CAME,), TODAY) == dated(NEWER, "2027-06-01")


@pytest.mark.parametrize("since", [(), (CAME,), (date(2026, 1, 1), CAME)])
def test_a_page_of_which_nobody_edited_anything_keeps_its_day(since: tuple[date, ...]) -> None:
    """Whether or not the record says since when."""
    assert page_wanted(SHIPPED, OURS, digest(OURS), since, TODAY) == OURS


def test_a_page_that_was_reviewed_here_has_nothing_new_in_it() -> None:
    """By the days of the record it is told from one with a new text; without them, by the day that ships."""
    reviewed = dated(OURS, "2027-03-01").replace("<OWNER>", "alex")
    assert page_wanted(SHIPPED, reviewed, digest(OURS), (CAME,), TODAY) == OURS
    assert page_wanted(SHIPPED, None, digest(OURS), (CAME,), TODAY) == OURS
    assert page_wanted(SHIPPED, reviewed, digest(SHIPPED), (), TODAY) == SHIPPED


def test_a_day_that_somebody_wrote_is_an_edit() -> None:
    """The page is the team's from then on, and is not taken for one that Stanch wrote."""
    reviewed = dated(OURS, "2027-03-01")
    assert page_wanted(SHIPPED, reviewed, digest(OURS), (CAME,), TODAY) == OURS


def test_without_a_record_a_page_is_known_by_its_text() -> None:
    """Whichever day it says; any other text is somebody's own."""
    assert page_wanted(SHIPPED, OURS, None, (), TODAY) == OURS
    assert page_wanted(SHIPPED, "# Mine\n", None, (), TODAY) == dated(SHIPPED, "2027-06-01")
