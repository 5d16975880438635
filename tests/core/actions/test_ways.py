"""Further ways in which people write owners, dates, boxes and marks; and what a template left behind."""

from datetime import date

import pytest

from stanch.core.actions import Form, Written, read

DAY = date(2026, 4, 1)


def one(line: str) -> Written:
    """The only item of a document with these lines, written on 1 March 2026."""
    (item,) = read(f"Date: 2026-03-01\n\n## Action items\n\n{line}\n")
    return item


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("- [ ] Move the mast owned by @kim", ("@kim",)),
        ("- [ ] Move the mast assigned to @kim", ("@kim",)),
        ("- [ ] Move the mast, by @kim", ("@kim",)),
        ("- [ ] Move the mast (by @kim)", ("@kim",)),
        ("- [ ] Move the mast, owner @kim", ("@kim",)),
        ("- [ ] Move the mast \u2192 @kim", ("@kim",)),
        ("- [ ] Move the mast [Owner: @kim]", ("@kim",)),
        ("- [ ] Move the mast \u2014 Owner: @kim and the harbour team", ("@kim", "the harbour team")),
        ("- [ ] Move the mast \u2014 Owner: @tidebot[bot]", ("@tidebot[bot]",)),
        ("- [ ] Move the mast \u2014 Owner: @ki\u200bm", ("@kim",)),
        ("3. Move the mast\n\n   Owner: @kim", ("@kim",)),
        ("3. Move the mast\n\n   Due: 2026-04-01\n   Owner: @kim", ("@kim",)),
    ],
)
def test_owners_are_read_in_further_ways(line: str, owners: tuple[str, ...]) -> None:
    """The text is without them."""
    item = one(line)
    assert (item.text, item.owners) == ("Move the mast", owners)


@pytest.mark.parametrize("line", ["- [ ] Undo what was sent by @kim", "- [ ] Mend the mast (was @kim)"])
def test_who_is_only_named_owns_nothing(line: str) -> None:
    """Who did something, or owned it once."""
    assert one(line).owners == ()


@pytest.mark.parametrize(
    ("said", "due", "raw"),
    [
        ("@kim within 7 days", date(2026, 3, 8), "within 7 days"),
        ("@kim next sprint", None, "next sprint"),
        ("@kim (due: 7 days)", date(2026, 3, 8), "7 days"),
        ("@kim \u2014 due: 2 weeks after the move", None, "2 weeks after the move"),
        ("@kim \u2014 due 1-Apr-2026", DAY, "1-Apr-2026"),
        ("@kim \u2014 due 01-Apr-26", None, "01-Apr-26"),
        ("@kim \u2014 due 2026-04-01T10:00Z", DAY, "2026-04-01T10:00Z"),
        ("@kim \u2014 Due: 2026-04-01 18:00 UTC", DAY, "2026-04-01 18:00 UTC"),
        ("@kim \u2014 Due: 2026-04-01 end of day", DAY, "2026-04-01 end of day"),
        ("@kim \u2014 Due: 2026-04-01 when the crane is back", DAY, "2026-04-01"),
        ("@kim \u2014 Due: 2026-04-01: the crane is back", DAY, "2026-04-01"),
        ("@kim \u2014 Due: YYYY-MM-DD", None, ""),
        ("[Owner: @kim] [Due: 2026-04-01]", DAY, "2026-04-01"),
    ],
)
def test_dates_are_read_in_further_ways(said: str, due: date | None, raw: str) -> None:
    """Beside the owner too; a year of two digits is not made one of four."""
    item = one(f"- [ ] Move the mast {said}")
    assert (item.text, item.owners, item.due, item.due_raw) == ("Move the mast", ("@kim",), due, raw)


@pytest.mark.parametrize(("raw", "ambiguous"), [("03/04/26", True), ("03/03/26", False), ("03/14/26", False)])
def test_a_short_year_may_be_two_days_too(raw: str, ambiguous: bool) -> None:
    """It names no day either way."""
    item = one(f"- [ ] Move the mast \u2014 due {raw}")
    assert (item.due, item.due_raw, item.ambiguous) == (None, raw, ambiguous)


@pytest.mark.parametrize(
    ("box", "done"),
    [("[ x ]", True), ("[ X ]", True), ("[x ]", True), ("[   ]", False), ("[x]\u00a0", True)],
)
def test_loose_boxes_are_boxes_and_not_strict(box: str, done: bool) -> None:
    """GitHub shows them as text, so nothing acts on them."""
    item = one(f"- {box} Move the mast")
    assert (item.text, item.form, item.done, item.strict) == ("Move the mast", Form.CHECKBOX, done, False)


def test_links_below_an_item_are_its_own() -> None:
    """When they are labelled as such."""
    assert one("- [ ] Move the mast\n  - Ticket: #6\n  - as heavy as #7").links == ("#6",)


@pytest.mark.parametrize("said", ["yes", "Yes", "x", "X", "y", "true", "100%", "100 %", "ja", "s\u00ed", "\u2705"])
@pytest.mark.parametrize("header", ["Done", "Completed", "Klar", "Done?"])
def test_a_column_for_it_says_what_is_done(header: str, said: str) -> None:
    """With a plain yes too."""
    items = read(f"## Action items\n\n| Task | {header} |\n|--|--|\n| Move the mast | {said} |\n| Paint it | no |\n")
    assert [item.done for item in items] == [True, False]


def test_a_first_column_without_name_may_hold_boxes() -> None:
    """When it holds nothing else; else it may be the text."""
    rows = "| \u2705 | Move it | @kim |\n| [x] | Paint it | @kim |\n| [ ] | Sell it | @kim |\n| | Keep it | @kim |\n"
    items = read(f"## Action items\n\n| | Task | Owner |\n|--|--|--|\n{rows}")
    assert [(item.text, item.done) for item in items] == [
        ("Move it", True),
        ("Paint it", True),
        ("Sell it", False),
        ("Keep it", False),
    ]
    (named,) = read("## Action items\n\n| | Owner |\n|--|--|\n| Move the mast | @kim |\n")
    assert named.text == "Move the mast"


def test_a_line_in_italics_that_a_template_left_is_no_item() -> None:
    """Once somebody fills in an owner or a date, it is."""
    left = "- [ ] _What keeps the mast up_ \u2014 Owner: _who_ \u2014 Due: _YYYY-MM-DD_"
    assert read(f"## Action items\n\n{left}\n") == ()
    assert one(left.replace("_who_", "@kim")).owners == ("@kim",)


@pytest.mark.parametrize("heading", ["### Handlingsplan", "### \u00c5tg\u00e4rdsf\u00f6rslag"])
@pytest.mark.parametrize(
    ("said", "due", "raw"),
    [
        ("\u00c4gare: @kim. F\u00f6rfallodatum: 2026-04-01", DAY, "2026-04-01"),
        ("\u2014 Ansvarig: @kim \u2014 inom 7 dagar", date(2026, 3, 8), "inom 7 dagar"),
        ("(\u00e4gare: @kim) (n\u00e4sta sprint)", None, "n\u00e4sta sprint"),
        ("@kim om 2 veckor", date(2026, 3, 15), "om 2 veckor"),
    ],
)
def test_swedish_is_read_further(heading: str, said: str, due: date | None, raw: str) -> None:
    """Headings, labels without dashes, and dates that count from the document's."""
    (item,) = read(f"Datum: 2026-03-01\n\n{heading}\n\n- [ ] Flytta masten {said}\n")
    assert (item.text, item.owners, item.due, item.due_raw) == ("Flytta masten", ("@kim",), due, raw)


def test_a_status_behind_a_full_stop_is_read() -> None:
    """Within a sentence it is a word like others."""
    assert (one("- Move the mast. Status: done").text, one("- Move the mast. Status: done").done) == (
        "Move the mast",
        True,
    )
    assert one("- Show the mast's status: up").text == "Show the mast's status: up"


@pytest.mark.parametrize(
    ("body", "owners"),
    [
        ("### @kim\n\n- Move the mast", ("@kim",)),
        ("**@kim**\n- Move the mast", ("@kim",)),
        ("**Kim**\n- Move the mast", ("Kim",)),
        ("**Harbour team**\n- Move the mast", ("Harbour team",)),
        ("- **@kim**\n  - Move the mast", ("@kim",)),
        ("### @kim\n\n- Move the mast (@sam)", ("@sam",)),
        ("**Kim** Move the mast", ("Kim",)),
        ("**Lee**\n- Move the mast", ()),
        ("**Detection**\n- Move the mast", ()),
    ],
)
def test_a_group_may_be_called_after_who_does_it(body: str, owners: tuple[str, ...]) -> None:
    """A handle, a team, or somebody whom the document knows; the item's own owner outweighs it."""
    (item,) = read(f"Authors: Kim, Sam\n\n## Action items\n\n{body}\n")
    assert (item.text, item.owners) == ("Move the mast", owners)


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("Move the mast (accomplished)", True),
        ("Move the mast; completed as of 2026-03-01.", True),
        ("Move the mast, to be completed by 2026-04-01", False),
        ("Mast: I have moved it", True),
        ("I have to move it", False),
        ("Greased the mast", True),
        ("Greased masts would be better", False),
        ("Need a better mast", False),
        ("Planned a new mast", False),
        ("Enforced the rule", True),
    ],
)
def test_further_words_say_what_is_done(said: str, done: bool) -> None:
    """A verb in the past before an article; not an adjective, and not a plan."""
    assert one(f"- {said}").done is done


@pytest.mark.parametrize("mark", ["**DOING**", "DOING:", "[doing]", "**FIXME**:", "FIXME", "(fixme)"])
def test_marks_of_being_open_are_taken_off(mark: str) -> None:
    """As programmers write them."""
    item = one(f"- {mark} Move the mast")
    assert (item.text, item.done) == ("Move the mast", False)


def test_what_was_done_may_be_said_once_for_a_list() -> None:
    """By the sentence above it."""
    above = "We were at it for three days and one night. We have taken these steps so that the mast stays where it is:"
    items = read(f"## Prevention\n\n{above}\n\n- Mast with two ropes\n- Ropes of steel\n")
    assert [item.done for item in items] == [True, True]


def test_japanese_and_chinese_tables_are_read() -> None:
    """Text, owner, date and state by the names of their columns; and labels behind an item."""
    rows = "| 1 | 監視を追加 | @kim | 2026-04-01 | **完了** |\n| 2 | 手順 | 未定 | | 未着手 |\n"
    header = "| # | アクション | 担当 | 期限 | 状態 |\n|--|--|--|--|--|\n"
    items = read(f"## アクションアイテム\n\n{header}{rows}")
    assert [(item.text, item.owners, item.due, item.done) for item in items] == [
        ("監視を追加", ("@kim",), DAY, True),
        ("手順", (), None, False),
    ]
    (boxed,) = read("## 行动项\n\n- [ ] 加监控 (负责人: @kim, 截止日期: 2026-04-01)\n")
    assert (boxed.text, boxed.owners, boxed.due, boxed.strict) == ("加监控", ("@kim",), DAY, True)
