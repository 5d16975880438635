"""One item in every way to write it: text, owner, date, mark, links, form and lines."""

from datetime import date

import pytest

from stanch.core.actions import Form, Reading, Written, read


def one(line: str, how: Reading | None = None, top: str = "") -> Written:
    """The only item of a document with this line."""
    (item,) = read(f"{top}## Action items\n\n{line}\n", how)
    return item


@pytest.mark.parametrize(
    ("line", "form", "done", "strict"),
    [
        ("- [ ] Add a test", Form.CHECKBOX, False, True),
        ("* [x] Add a test", Form.CHECKBOX, True, True),
        ("+ [X] Add a test", Form.CHECKBOX, True, True),
        ("1. [ ] Add a test", Form.CHECKBOX, False, True),
        ("2) [x] Add a test", Form.CHECKBOX, True, True),
        ("- [*] Add a test", Form.CHECKBOX, True, False),
        ("- [] Add a test", Form.CHECKBOX, False, False),
        ("- [x]Add a test", Form.CHECKBOX, True, False),
        ("- \\[ \\] Add a test", Form.CHECKBOX, False, False),
        ("- \u2610 Add a test", Form.CHECKBOX, False, False),
        ("- \u2611 Add a test", Form.CHECKBOX, True, False),
        ("\u2610 Add a test", Form.CHECKBOX, False, False),
        ("[x] Add a test", Form.CHECKBOX, True, False),
        ("- Add a test", Form.BULLET, False, False),
        ("3. Add a test", Form.BULLET, False, False),
        ("Add a test", Form.PARAGRAPH, False, False),
        ("| Action | Owner |\n|---|---|\n| Add a test | |", Form.TABLE, False, False),
    ],
)
def test_every_dialect_is_read(line: str, form: Form, done: bool, strict: bool) -> None:
    """Only the boxes that GitHub shows as boxes are strict."""
    item = one(line)
    assert (item.text, item.form, item.done, item.strict) == ("Add a test", form, done, strict)


@pytest.mark.parametrize("heading", ["## Prevention", "## Improvements", "## Lessons learned and follow-ups to do"])
def test_automation_acts_only_where_items_are_surely_meant(heading: str) -> None:
    """A section that may hold items is for the lenient reading."""
    assert [item.strict for item in read(f"{heading}\n\n- [ ] Add a test\n")] == [False]


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("- Add a test (Owner: Kim Lee)", ("Kim Lee",)),
        ("- Add a test - owner: payments team", ("payments team",)),
        ("- **Owner:** @kim \u2014 Add a test", ("@kim",)),
        ("- Add a test. Owner: @kim", ("@kim",)),
        ("- Add a test. Assignee: kim", ("kim",)),
        ("- Add a test @kim", ("@kim",)),
        ("- Add a test (@kim, @sam)", ("@kim", "@sam")),
        ("- Add a test \u2014 @kim and @sam", ("@kim", "@sam")),
        ("- @kim: Add a test", ("@kim",)),
        ("- [@kim] Add a test", ("@kim",)),
        ("- Add a test (platform team)", ("platform team",)),
        ("- Platform team: Add a test", ("Platform team",)),
        ("- Add a test (kim, by Friday)", ("kim",)),
        ("- Add a test - Kim - 2026-12-01", ("Kim",)),
        ("- Add a test\n  - Owner: kim", ("kim",)),
        ("- Add a test \u2014 Responsable : Claire", ("Claire",)),
        ("- Add a test \u2014 Verantwortlich: J\u00fcrgen", ("J\u00fcrgen",)),
        ("- Add a test \u2014 Ansvarig: @lina", ("@lina",)),
        ("| Task | Who |\n|---|---|\n| Add a test | [kim](https://example.org/kim)? |", ("kim",)),
        ("| Action item | Owner(s) |\n|---|---|\n| Add a test | @kim / @sam |", ("@kim", "@sam")),
    ],
)
def test_owners_are_read_as_written(line: str, owners: tuple[str, ...]) -> None:
    """At either end, in brackets, in a column or below; several of them; and the text is without them."""
    item = one(line)
    assert (item.text.rstrip("."), item.owners) == ("Add a test", owners)


@pytest.mark.parametrize(
    "line",
    [
        "- Thank @kim and @sam for it",
        "- Talk to @kim",
        "- Write a note [20m]",
        "- Add a test (optional)",
        "- Add a test (P1)",
        "- Add a test ([issue](https://example.org/1))",
        "- Add a test ([issue][1])",
        "- Add a test (Kubernetes)",
        "- Cleanup: drop it",
        "- Need to add a test",
        "- Add a test - Owner: TBD",
        "- Add a test (owner: ?)",
        "- Mail ops@example.com",
        "- Pin `@types/node`",
        "- Bump @scope/package everywhere",
        "| Action | Owner |\n|---|---|\n| Add a test | n/a |",
        "- See [#12]",
    ],
)
def test_nobody_is_made_an_owner(line: str) -> None:
    """People who are spoken of, estimates, addresses, packages, references and placeholders own nothing."""
    assert one(line).owners == ()


def test_names_are_owners_where_the_document_knows_them() -> None:
    """Attendees and authors, and brackets that hold names again and again."""
    known = "**Authors:** Kim Lee, Sam\n\n"
    assert one("- Kim: Add a test", top=known).owners == ("Kim",)
    assert one("- Sam to add a test", top=known).owners == ("Sam",)
    assert one("- Add a test (Kim)", top=known).owners == ("Kim",)
    acting = "10:02 kimba restarts the relay\n\n"
    assert one("- [kimba] Add a test", top=acting).owners == ("kimba",)
    assert one("- Add a test [kimba?]", top=acting).owners == ("kimba",)
    assert one("- [relay] Add a test", top=acting).owners == ()
    items = read("## Action items\n\n- Add a test (Alex)\n- Drop the flag (Robin)\n- Write it up\n")
    assert [item.owners for item in items] == [("Alex",), ("Robin",), ()]


DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    "said",
    [
        "due 2026-12-01",
        "Due: 2026-12-01",
        "**Due:** 2026-12-01",
        "by 2026-12-01",
        "2026/12/01",
        "ETA 2026-12-01",
        "1.12.2026",
        "due: 1 December 2026",
        "Dec 1, 2026",
        "December 1st, 2026",
        "1st of December 2026",
        "Deadline: 01.12.2026",
        "due `2026-12-01`",
        "bis 1. Dezember 2026",
        "\u00c9ch\u00e9ance : 1 d\u00e9cembre 2026",
        "senast 1 december 2026",
        "prazo: 1 de dezembro de 2026",
        "Target date: 2026-12-01",
        "Estimated completion: 1 Dec 2026",
        "31/12/2026",
    ],
)
def test_a_date_is_read_in_each_way_to_write_it(said: str) -> None:
    """After its word or alone, in brackets or behind a dash; the text is without it."""
    due = date(2026, 12, 31) if said.startswith("31") else DAY
    for line in (f"- [ ] Add a test \u2014 {said}", f"- [ ] Add a test ({said})", f"- [ ] Add a test, {said}"):
        item = one(line)
        assert (item.text, item.due, item.ambiguous) == ("Add a test", due, False), line


@pytest.mark.parametrize(
    "said",
    [
        "next sprint",
        "this sprint",
        "Q4 2026",
        "Q4 2026 - Q1 2027",
        "H1",
        "June 28",
        "28 June",
        "June 2026",
        "end of Q3",
        "next week",
        "end of month",
        "12/24",
        "EOW",
        "by Friday",
        "within 7 days",
        "tomorrow",
        "2026-02-30",
    ],
)
def test_no_day_and_no_year_is_invented(said: str) -> None:
    """What names no calendar day stays as it was written."""
    item = one(f"- [ ] Add a test \u2014 Due: {said}")
    assert (item.text, item.due, item.due_raw) == ("Add a test", None, said)


@pytest.mark.parametrize(
    "said", ["this fixes the outage of 2026-01-01 for good", "since 2025 it was so", "v2026.12.1 is out"]
)
def test_a_date_in_a_sentence_is_no_due_date(said: str) -> None:
    """Only what stands apart, or after its word, says when."""
    item = one(f"- [ ] {said}")
    assert (item.due, item.due_raw) == (None, "")


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("within 7 days", date(2026, 3, 10)),
        ("in two weeks", date(2026, 3, 17)),
        ("tomorrow", date(2026, 3, 4)),
        ("by Friday", date(2026, 3, 6)),
        ("next sprint", None),
    ],
)
@pytest.mark.parametrize(
    "top", ["Date: 2026-03-03\n\n", "# Outage on 2026-03-03\n\n", "---\ndate: 2026-03-03\n---\n\n"]
)
def test_relative_dates_count_from_the_document(said: str, due: date | None, top: str) -> None:
    """From the day that it states or bears in its title."""
    assert one(f"- [ ] Add a test ({said})", top=top).due == due


def test_relative_dates_count_from_what_is_told() -> None:
    """A caller who knows the day outweighs the document."""
    assert one(
        "- [ ] Add a test \u2014 tomorrow", Reading(written_on=date(2026, 3, 9)), "Date: 2020-01-01\n\n"
    ).due == date(2026, 3, 10)


@pytest.mark.parametrize(("day_first", "due"), [(None, None), (True, date(2026, 4, 3)), (False, date(2026, 3, 4))])
def test_a_date_that_could_be_two_is_read_only_when_told_how(day_first: bool | None, due: date | None) -> None:
    """It is marked, so that somebody can be asked."""
    item = one("- [ ] Add a test \u2014 due 03/04/2026", Reading(day_first=day_first))
    assert (item.due, item.ambiguous, item.due_raw) == (due, True, "03/04/2026")


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("- Add a test (done)", True),
        ("- Add a test (DONE)", True),
        ("- Add a test \u2014 done", True),
        ("- Add a test. DONE", True),
        ("- \u2705 Add a test", True),
        ("- Add a test \u2705", True),
        ("- :white_check_mark: Add a test", True),
        ("- ~~Add a test~~", True),
        ("- [DONE] Add a test", True),
        ("- **DONE**: Add a test", True),
        ("- (WIP) Add a test", False),
        ("- [TODO] Add a test", False),
        ("- \u274c Add a test", False),
        ("- [ ] ~~Add a test~~", True),
        ("- [x] Add a test", True),
        ("- Add a test\n  - This has been done", True),
        ("- Add a test (Erledigt)", True),
        ("- Add a test (klart)", True),
    ],
)
def test_marks_of_being_done_are_read(line: str, done: bool) -> None:
    """A mark is no part of the text."""
    item = one(line)
    assert (item.text.rstrip("."), item.done) == ("Add a test", done)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Reverted the change", True),
        ("We have added an alert", True),
        ("Already added the fix", True),
        ("The limit has been raised", True),
        ("Fix it. DONE in [#12](https://github.com/o/r/pull/12)", True),
        ("[Done](https://github.com/o/r/pull/12): fix it", True),
        ("We have added a backlog task for it", False),
        ("**Fix it**: Has been scheduled for May", False),
        ("Ticket raised to fix it", False),
        ("Created a ticket to fix it", False),
        ("This could have been avoided", False),
        ("Set up an alert", False),
        ("Get it done by the vendor", False),
        ("Release what was reverted", False),
    ],
)
def test_a_sentence_may_say_that_it_was_done(text: str, done: bool) -> None:
    """Past tense counts where there is no box; an open box stays open."""
    assert one(f"- {text}").done is done
    if "done" not in text.casefold():
        assert one(f"- [ ] {text}").done is False


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Fix it (#12)", ("#12",)),
        ("Fix o/r#12 and GH-3", ("o/r#12", "GH-3")),
        ("Fix [#12](https://github.com/o/r/issues/12)", ("https://github.com/o/r/issues/12",)),
        ("https://github.com/o/r/pull/7", ("https://github.com/o/r/pull/7",)),
        ("<https://git.example.com/o/r/-/issues/7>", ("https://git.example.com/o/r/-/issues/7",)),
        ("Fix the #1 cause, #12a and a#3", ("#1",)),
        ("Fix it, see https://example.org/a", ()),
        ("Fix #12 and #12", ("#12",)),
    ],
)
def test_links_are_kept_as_written(text: str, links: tuple[str, ...]) -> None:
    """Issues and pull requests, each once; they stay in the text."""
    item = one(f"- [ ] {text}")
    assert (item.text, item.links) == (text, links)


def test_a_table_is_read_by_the_names_of_its_columns() -> None:
    """With or without a status, in any order and language; placeholders are nobody and never."""
    body = (
        "## Ma\u00dfnahmen\n\n| Nr | Verantwortlich | Ma\u00dfnahme | F\u00e4llig | Status |\n|--|--|--|--|--|\n"
        "| 1 | Jana | Zertifikate \\| Schl\u00fcssel erneuern | 22.03.2026 | offen |\n"
        "| 2 | offen | Alarm einrichten | - | erledigt |\n"
    )
    first, second = read(body)
    assert (first.text, first.owners, first.due, first.done, first.line) == (
        "Zertifikate | Schl\u00fcssel erneuern",
        ("Jana",),
        date(2026, 3, 22),
        False,
        5,
    )
    assert (second.text, second.owners, second.due, second.done) == ("Alarm einrichten", (), None, True)


def test_a_table_that_says_so_is_read_anywhere() -> None:
    """Its header names action items and their owners."""
    body = "## Details\n\n| Action Item | Type | Owner | Bug |\n|-|-|-|-|\n| Fix it | prevent | kim | **DONE** |\n"
    (item,) = read(body)
    assert (item.text, item.owners, item.done, item.form) == ("Fix it", ("kim",), True, Form.TABLE)


def test_lines_priority_and_confidence_are_told() -> None:
    """Where an item stands, how urgent it is, and how sure the reading is of it."""
    first, second, third = read("## Action items\n\n- [ ] (P1) Add\n  a test\n- maybe\n\n## Prevention\n\nAdd more.\n")
    assert (first.line, first.line_end, first.priority, first.text) == (3, 4, "P1", "Add a test")
    assert 1 >= first.confidence > second.confidence > third.confidence > 0


@pytest.mark.parametrize("due", ["1970-01-01", "9999-12-31", "0050-01-01", "0001-01-01"])
def test_any_year_is_a_date(due: str) -> None:
    """The reading does not judge; the linter may."""
    assert one(f"- [ ] Add a test \u2014 Due: {due}").due == date.fromisoformat(due)
    assert one(f"- [ ] Add a test \u2014 Due: {due}T10:00:00Z").due == date.fromisoformat(due)


def test_an_i_with_or_without_its_dot_is_an_i() -> None:
    """Case aside, a pattern takes both of these for one: what it has found is read."""
    known = Reading(written_on=date(2026, 3, 3))
    for month in ("apr\u0131l", "APR\u0130L"):
        assert one(f"- [ ] Add a test \u2014 Due: 5 {month} 2026").due == date(2026, 4, 5)
    for count in ("s\u0131x", "S\u0130X"):
        assert one(f"- [ ] Add a test \u2014 Due: within {count} days", known).due == date(2026, 3, 9)


def test_five_hundred_items_are_five_hundred() -> None:
    """All of them, in their order, with their lines."""
    items = read("## Action items\n\n" + "".join(f"- [ ] part {number}\n" for number in range(500)))
    assert [item.text for item in items] == [f"part {number}" for number in range(500)]
    assert [item.line for item in items] == list(range(3, 503))


def test_fifty_columns_are_read() -> None:
    """The wide ones too."""
    names = ["Action", "Owner", *(f"c{number}" for number in range(48))]
    row = ["Add a test", "kim", *("x" for _ in range(48))]
    body = f"## Action items\n\n| {' | '.join(names)} |\n{'|-' * 50}|\n| {' | '.join(row)} |\n"
    (item,) = read(body)
    assert (item.text, item.owners) == ("Add a test", ("kim",))


def test_scripts_may_be_mixed() -> None:
    """Right-to-left and East Asian text is text; invisible characters change no owner."""
    item = one(
        "- [ ] \u05d1\u05d3\u05d9\u05e7\u05d4 \u6d4b\u8bd5 \u202etest\u202c \u2014 Owner: @kim \u2014 Due: 2026-12-01"
    )
    assert (item.owners, item.due) == (("@kim",), DAY)
    assert "\u6d4b\u8bd5" in item.text


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("Remove C4 (flag: off \u2013 @\u200bkim) or accept it \u2014 Owner: @jordan", ("@jordan",)),
        ("Remove C4 (flag: off &lt;i&gt; @\u200ball) or accept it \u2014 Owner: @jordan", ("@jordan",)),
        ("Turn the knob @\u200bkim", ()),
        ("@\u200bkim: turn the knob", ()),
    ],
)
def test_a_mention_that_was_made_harmless_owns_nothing(line: str, owners: tuple[str, ...]) -> None:
    """What Stanch itself wrote of people's words names nobody: neither there nor where its own line is read again."""
    assert one(f"- [ ] {line}").owners == owners


def test_a_swedish_form_is_read() -> None:
    """The headings of a form in Swedish, and its owners and dates."""
    body = (
        "### Sammanfattning\r\n\r\nNere i 25 minuter.\r\n\r\n### \u00c5tg\u00e4rder\r\n\r\n"
        "- [ ] L\u00e4gg till larm @lina 2026-02-20\r\n"
    )
    (item,) = read(body)
    assert (item.text, item.owners, item.due, item.strict) == (
        "L\u00e4gg till larm",
        ("@lina",),
        date(2026, 2, 20),
        True,
    )
