"""Action items are found as people write them, and only where they are meant."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.steps import steps

from stanch.core.action_list import ActionItem, items


def one(line: str) -> ActionItem:
    """The only item of a post-mortem with this line."""
    (item,) = items(f"## Action items\n\n{line}\n")
    return item


LINES = [
    "- [ ] Add a test — Owner: @alex — Due: 2026-12-01",
    "- [ ] Add a test \u2013 owner: @alex \u2013 due: 2026-12-01",
    "- [ ] Add a test - Due: 2026-12-01 - Owner: @alex",
    "* [ ] Add a test | Owner: @alex | Due date: 2026-12-01",
    "+ [ ] Add a test, Owners: @alex, Due: 2026-12-01",
    "1. [ ] Add a test; owner: @alex; by: 2026-12-01",
    "- [ ] Owner: @alex — Due: 2026-12-01 — Add a test",
    "- [ ] Owner: @alex — Add a test — due 2026-12-01",
    "- [ ] Add a test (Owner: @alex, due: 2026-12-01)",
    "- [ ] Add a test — **Owner:** @alex — **Due:** 2026-12-01",
    "- [ ] Add a test — @alex — 2026-12-01",
    "- [ ] Add a test by 2026-12-01 — Owner: @alex",
    "- [ ] Add a test Owner: @alex Due: 2026-12-01",
    "- [ ] Add a\n  test — Owner: @alex\n  — Due: 2026-12-01",
]


@pytest.mark.parametrize("line", LINES)
def test_separators_and_order_are_free(line: str) -> None:
    """Every usual way to write one item is that item."""
    item = one(line)
    assert (item.text, item.done, item.owners, item.due, item.line) == (
        "Add a test",
        False,
        ("alex",),
        date(2026, 12, 1),
        3,
    )


def test_the_fingerprint_is_of_the_text_alone() -> None:
    """Ticking, handing over, moving the date and emphasis leave an item the same item."""
    others = ["- [x] Add a test", "- [ ] add a **test**. — Owner: @sam — Due: 2027-01-01", *LINES]
    assert {one(line).fingerprint for line in others} == {one(LINES[0]).fingerprint}
    assert one("- [ ] Add another test").fingerprint != one(LINES[0]).fingerprint
    assert len(one(LINES[0]).fingerprint) == 8


def test_rows_of_a_table_are_followed_like_boxes() -> None:
    """Where it has owners or dates, with no box in the whole text; a row with neither is none."""
    rows = "| What | Owner | Due |\n|---|---|---|\n| Alert | @sam | |\n| Test it | | 2026-12-01 |\n| Look at it | | |\n"
    found = [(item.text, item.owners, item.due) for item in items(f"## Action items\n\n{rows}")]
    assert found == [("Alert", ("sam",), None), ("Test it", (), date(2026, 12, 1))]


@pytest.mark.parametrize(("box", "done"), [("[ ]", False), ("[x]", True), ("[X]", True)])
def test_a_box_is_ticked_with_either_x(box: str, done: bool) -> None:
    """GitHub has written both."""
    assert one(f"- {box} x").done is done


@pytest.mark.parametrize(
    ("line", "owners", "due"),
    [
        ("- [ ] x — Owner: @who — Due: YYYY-MM-DD", (), None),
        ("- [ ] x — Owner: [Name] — Due: [Date]", (), None),
        ("- [ ] x — Owner: Alex — Due: soon", (), None),
        ("- [ ] x — Owner: @alex, @Alex and @jordan — Due: 2026-02-30", ("alex", "jordan"), None),
        ("- [ ] x — Owner: @o/team, sam@example.com", (), None),
        ("- [ ] x", (), None),
        ("- [ ] x — Due: 2026-12-01, then 2026-12-05", (), date(2026, 12, 1)),
    ],
)
def test_only_people_and_days_count(line: str, owners: tuple[str, ...], due: date | None) -> None:
    """A placeholder, a name without @ and a day that there is not are no owner and no date."""
    item = one(line)
    assert ({login.casefold() for login in item.owners}, item.due) == (set(owners), due)


def test_people_who_are_spoken_of_are_no_owners() -> None:
    """A sentence may name people; owners stand apart or after their word."""
    item = one("- [ ] Thank @sam, @kim, and everybody — Owner: @alex")
    assert (item.text, item.owners) == ("Thank @sam, @kim, and everybody", ("alex",))


def test_a_text_keeps_its_own_dashes_and_brackets() -> None:
    """Only owner and date are taken out of an item's text."""
    assert one("- [ ] Re-check (again) the a - b path — Owner: @alex").text == "Re-check (again) the a - b path"
    assert one("- [ ] Escape \\*stars\\* — Owner: @alex").text == "Escape *stars*"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "- [ ] x",
        "## Lessons\n- [ ] x",
        "## Action items\n## Lessons\n- [ ] x",
        "## Action items\n```\n- [ ] x\n```",
        "## Action items\n> - [ ] x",
        "## Action items\n- > [ ] x",
        "## Action items\n\n    - [ ] x",
        "## Action items\n<!--\n- [ ] x\n-->",
        "## Action items\n- x",
        "## Action items\n[ ] x",
        "## Action items\n- x\n\n  [ ] y",
        "> ## Action items\n\n- [ ] x",
        "```\n## Action items\n```\n- [ ] x",
    ],
)
def test_what_is_no_item_is_not_found(body: str) -> None:
    """Code, quotes, comments, other sections and lines without a box hold no items."""
    assert items(body) == ()


@pytest.mark.parametrize(
    "heading", ["# Action Items", "### 7. Action items (3)", "Action items\n---", "#### ACTION-ITEMS:"]
)
def test_the_heading_may_say_more(heading: str) -> None:
    """A section that names action items holds them, with its subsections, in every list."""
    body = f"{heading}\r\n\r\n- [ ] a\r\n  - [ ] b\r\n\r\n##### Later\r\n\r\n1. [x] c\r\n"
    assert [item.text for item in items(body)] == ["a", "b", "c"]


@given(st.text(max_size=120))
def test_no_line_makes_the_reading_fail(text: str) -> None:
    """Anything can stand in a post-mortem."""
    items(f"## Action items\n- [ ] {text}\n")


@pytest.mark.unmeasured
@pytest.mark.parametrize("unit", ["- [ ] a — Owner: @x\n", "- a\n", " — ", "@a ", ", ", "(", "owner: @a ", "**due "])
def test_twice_the_text_takes_at_most_three_times_the_steps(unit: str) -> None:
    """Nothing that people can write makes the reading grow faster than itself."""
    half, whole = ("## Action items\n- [ ] x " + unit * (size // len(unit)) for size in (16_384, 32_768))
    assert steps(lambda: items(whole)) <= 3 * steps(lambda: items(half)) + 100


def test_a_line_of_the_template_is_no_item_until_it_is_filled_in() -> None:
    """What stands in italics, nobody's and undated, waits for words; with an owner or a date it is somebody's."""
    blank = "- [ ] _What keeps it from happening again_ — Owner: _who_ — Due: _YYYY-MM-DD_"
    assert items(f"## Action items\n\n{blank}\n") == ()
    assert len(items(f"## Action items\n\n{blank.replace('_who_', '@sam')}\n")) == 1
    assert len(items(f"## Action items\n\n{blank.replace('_YYYY-MM-DD_', '2026-12-01')}\n")) == 1
    assert len(items("## Action items\n\n- [ ] _Restart_ the queue\n")) == 1
