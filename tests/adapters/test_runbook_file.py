"""Runbooks as people write them: front matter with its places, and files that are not what they should be."""

from datetime import date, timedelta

import pytest

from stanch.adapters.runbook_file import MOST_BYTES, read_runbook, read_runbooks
from stanch.core.runbooks.model import Kind, Runbook
from stanch.core.severity import Severity
from tests.steps import steps

PATH = "runbooks/high-latency.md"

WHOLE = """\
---
services: [checkout, search]
symptoms:
  - Requests take longer than two seconds
  - Nothing fails
alerts: [HighLatency]
severity: sev-2
owner: alex
last_reviewed: 2026-11-01
review_every: 90d
---
# High latency

## Symptoms

- It is slow.

### In the morning

## First look

```sh
# this is no title
## and this is no section
```
"""


def read(text: str | bytes) -> Runbook:
    page = read_runbook(PATH, text)
    assert page.runbook is not None
    assert page.problems == ()
    return page.runbook


def told(text: str | bytes | None, path: str = PATH) -> list[str]:
    return [str(problem) for problem in read_runbook(path, text).problems]


def below(front: str) -> str:
    return f"---\n{front}\n---\n# Title\n"


def test_a_runbook_is_read_whole() -> None:
    """Every field, the title and the sections with their lines; code is neither a title nor a section."""
    one = read(WHOLE)
    assert (one.path, one.name, one.title, one.kind) == (PATH, "high-latency", "High latency", Kind.RUNBOOK)
    assert (one.services, one.alerts, one.owner) == (("checkout", "search"), ("HighLatency",), "alex")
    assert one.symptoms == ("Requests take longer than two seconds", "Nothing fails")
    assert (one.severity, one.last_reviewed, one.review_every) == (
        Severity.SEV_2,
        date(2026, 11, 1),
        timedelta(days=90),
    )
    assert [(part.title, part.line, part.first, part.last) for part in one.sections] == [
        ("Symptoms", 14, 15, 18),
        ("First look", 20, 21, 25),
    ]
    assert one.section("first-look") == one.sections[1]
    assert one.place("symptoms", 1).line == 5


@pytest.mark.parametrize(
    "text", [WHOLE.replace("\n", "\r\n"), WHOLE.replace("\n", "\r"), "\ufeff" + WHOLE, WHOLE.encode()]
)
def test_line_ends_and_a_byte_order_mark_change_nothing(text: str | bytes) -> None:
    """The same runbook, with the same places."""
    assert read(text) == read(WHOLE)
    assert read(text).places == read(WHOLE).places


def test_every_mistake_is_told_where_it_stands() -> None:
    """File, line and column, all of them at once, in the order of the file."""
    text = below(
        "alert: [HighLatency]\nservices: checkout\nseverity: sev-9\nowner: alex\nowner: sam\n"
        "last-reviewed: 2026-11-01\nreview_every: soon\nsymptoms: [a, {b: c}]\nshoe_size: 44\nkind: handbok"
    )
    assert told(text) == [
        f'{PATH}:2:1: unknown key "alert"; did you mean "alerts"?',
        f'{PATH}:3:11: services is "checkout"; write a list, such as [one, two]',
        f'{PATH}:4:11: severity is "sev-9"; write sev-1, sev-2, sev-3 or sev-4',
        f'{PATH}:6:1: "owner" is written twice, first in line 5',
        f'{PATH}:7:1: unknown key "last-reviewed"; did you mean "last_reviewed"?',
        f'{PATH}:8:15: review_every is "soon"; write a time such as 30m, 2h or 7d',
        f"{PATH}:9:15: symptoms[2] is a mapping; write a text, in quotes if it could be taken for something else",
        f'{PATH}:10:1: unknown key "shoe_size"; known here: kind, services, symptoms, alerts, severity, owner, '
        "last_reviewed, review_every",
        f'{PATH}:11:7: kind is "handbok"; write one of runbook, handbook; did you mean "handbook"?',
    ]


def test_a_slip_hides_nothing_else() -> None:
    """What is right of a runbook counts, whatever is wrong beside it: it may be needed tonight."""
    page = read_runbook(PATH, below("owner: '@alex'\nservices: [checkout]\nseverity: sev-1"))
    assert len(page.problems) == 1
    assert page.runbook is not None
    assert (page.runbook.owner, page.runbook.services) == (None, ("checkout",))
    broken = read_runbook(PATH, below("services: [checkout"))
    assert broken.problems
    assert broken.runbook is not None
    assert (broken.runbook.title, broken.runbook.services) == ("Title", ())


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("owner: *a", '2:8: write the text out again instead of "*a"'),
        ("owner: &a alex", '2:8: take "&a" out; anchors are not read'),
        ("owner: !!str alex", '2:8: take the tag "tag:yaml.org,2002:str" out; tags are not read'),
        ("- one", "2:1: the front matter is a list; write `key: value` lines"),
        ("text", '2:1: the front matter is "text"; write `key: value` lines'),
        ("owner: al\u202eex", "2:10: the invisible character U+202E (right-to-left override) is not allowed here"),
        ("owner: @alex", '2:8: text that begins with "@" needs quotes; a login is written without "@"'),
        ("last_reviewed: 2026-02-30", '2:16: last_reviewed is "2026-02-30"; the calendar has no such day'),
        ("owner: [alex]", "2:8: owner is a list; write a GitHub login, such as alex"),
    ],
)
def test_yaml_has_no_surprises(front: str, said: str) -> None:
    """Nothing is expanded or guessed, as in the config."""
    assert [line.removeprefix(f"{PATH}:") for line in told(below(front))][:1] == [said]


def test_what_is_not_filled_in_is_absent_and_no_problem() -> None:
    """A placeholder is what lint looks for; nobody is called by one."""
    one = read(
        below(
            'services: [<SERVICE>, checkout]\nsymptoms: [<WHAT-USERS-SEE>, <SERVICE> is slow]\nowner: "<OWNER>"\n'
            "alerts: [<SERVICE> is down]\nseverity: <SEVERITY>\nlast_reviewed: <DAY>\nreview_every: <HOW-OFTEN>"
        )
    )
    assert (one.services, one.symptoms, one.alerts) == (("checkout",), ("<SERVICE> is slow",), ())
    assert (one.severity, one.owner, one.last_reviewed, one.review_every) == (None, None, None, None)


@pytest.mark.parametrize("text", ["", "# Runbooks\n", " ---\nowner: alex\n---\n", "--- \ttext\n"])
def test_a_file_without_front_matter_is_no_runbook_but_is_named(text: str) -> None:
    """A README among the runbooks is nobody's mistake."""
    shelf = read_runbooks({PATH: text})
    assert (shelf.runbooks, shelf.handbook, shelf.plain, shelf.problems) == ((), (), (PATH,), ())


def test_empty_front_matter_makes_a_runbook() -> None:
    """Whatever it lacks, lint says."""
    assert read("---\n---\n# Title\n").title == "Title"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "---\nowner: alex\n# T\n",
            'the front matter that begins here never ends; put "---" on a line of its own below it',
        ),
        (b"---\n\0\n---", "it is no text; keep Markdown files in this folder"),
        (None, "it is no text; keep Markdown files in this folder"),
        (b"---\n\xff\n---", "the file is not UTF-8 at byte 4; save it as UTF-8"),
        ("x" * 1_000_000, f"the file has more than {MOST_BYTES:,} bytes, and nobody reads that at night; split it"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(text: str | bytes | None, said: str) -> None:
    """Such a file is no runbook, and not merely a plain page either."""
    assert told(text) == [f"{PATH}:1:1: {said}"]
    shelf = read_runbooks({PATH: text})
    assert (shelf.runbooks, shelf.plain) == ((), ())


def test_the_handbook_is_apart() -> None:
    """Its pages are no runbooks, and may be called anything."""
    page = "---\nkind: handbook\nowner: alex\n---\n# On call\n"
    shelf = read_runbooks({"runbooks/handbook/On call.md": page, PATH: WHOLE, "runbooks/README.md": "# Runbooks"})
    assert [one.title for one in shelf.handbook] == ["On call"]
    assert [one.name for one in shelf.runbooks] == ["high-latency"]
    assert shelf.problems == ()


def test_names_are_fit_for_a_command_and_nobody_shares_one() -> None:
    """`/runbook name worked` means one runbook."""
    assert told("---\n---\n", "runbooks/High Latency.md") == [
        "runbooks/High Latency.md:1:1: people name a runbook in a command by its file's name; "
        "use small letters, digits and dashes only"
    ]
    shelf = read_runbooks({PATH: WHOLE, "runbooks/more/high-latency.md": WHOLE})
    assert [str(problem) for problem in shelf.problems] == [
        f"runbooks/more/high-latency.md:1:1: {PATH} has the same name; rename one of the two files"
    ]
    assert [one.path for one in shelf.runbooks] == [PATH]
    assert shelf.named("High_Latency") is shelf.runbooks[0]
    assert shelf.named("nothing") is None


def test_a_runbook_is_overdue_a_rhythm_after_the_last_look_at_it() -> None:
    """Without a rhythm or a look there is no such day."""
    one = read(WHOLE)
    assert one.stale_since(one.last_reviewed) == date(2027, 1, 30)
    assert one.stale_since(None) is None
    assert read(below("owner: alex")).stale_since(date(2026, 1, 1)) is None


@pytest.mark.parametrize("unit", ["## a\n", "- a\n", "```\n", "<A-B>", "x\n---\n"])
def test_reading_grows_with_the_text_and_not_with_its_square(unit: str) -> None:
    """Twice the text takes at most three times the steps."""
    head = "---\nowner: alex\n---\n"
    short, long = (steps(lambda n=n: read_runbook(PATH, head + unit * n)) for n in (500, 1_000))
    assert long <= 3 * short
