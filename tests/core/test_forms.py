"""What was filled into an issue form is read back, whatever the language, the line ends and the slips."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stanch.core.forms import LABELS, Filing, IncidentForm, incident_form, stated_time
from stanch.core.severity import severity_in_choice, unsure

CREATED = datetime(2026, 11, 21, 2, 20, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
FILING = Filing(CREATED, BERLIN)
FORMS = Path(__file__).parents[2] / ".github" / "ISSUE_TEMPLATE"

FILLED = """### What is broken?

Checkout ends in an error page.

### Severity

SEV-1: down, data at risk, or revenue stopped

### Who is affected?

- [x] All users
- [ ] One tenant or customer
- [X] One region

### Is data at risk?

No

### What changed recently?

_No response_

### When was it detected? (UTC)

2026-11-21 02:14
"""


def form(body: str) -> IncidentForm | None:
    """The form as the default config reads it."""
    return incident_form(body, LABELS, severity_in_choice, FILING)


def test_a_filled_form_is_read_field_by_field() -> None:
    """Every answer is in its field, ticked boxes as their texts, and what was left empty is empty."""
    assert form(FILLED) == IncidentForm(
        broken="Checkout ends in an error page.",
        affected="All users, One region",
        data="No",
        detected=datetime(2026, 11, 21, 2, 14, tzinfo=UTC),
        severity_text="SEV-1",
    )


def test_line_ends_do_not_matter() -> None:
    """A form that was edited in a browser has CRLF and reads the same."""
    assert form(FILLED.replace("\n", "\r\n")) == form(FILLED)


def test_a_label_is_known_in_any_case_and_spacing() -> None:
    """Labels are compared by their words, not by their bytes."""
    assert form("###  what  IS broken\uff1f \n\nx\n\n### SEVERITY\n\nSEV-2: y\n") == IncidentForm(
        broken="x", severity_text="SEV-2"
    )


def test_labels_of_another_language_are_known_when_given() -> None:
    """A team's own labels count beside those that ship."""
    labels = {**LABELS, "broken": ("Was ist kaputt?",), "severity": ("Schweregrad",)}
    body = "### Was ist kaputt?\n\nDie Kasse\n\n### Schweregrad\n\nSEV-1: Ausfall\n"
    assert incident_form(body, labels, severity_in_choice, FILING) == IncidentForm(
        broken="Die Kasse", severity_text="SEV-1"
    )


@pytest.mark.parametrize(
    "body",
    [
        "",
        "It is broken.",
        "### What is broken?\n\nThe shop\n",
        "### What is broken?\n\nThe shop\n\n### Is data at risk?\n\nNo\n",
        "### Severity\n\nhigh\n",
        "### Steps\n\n1. Open\n\n### Urgency\n\nWe cannot work\n",
        "## Severity\n\nSEV-1\n",
    ],
)
def test_other_issues_are_no_incident_form(body: str) -> None:
    """An ordinary issue, whatever headings it has, declares nothing."""
    assert form(body) is None


def test_a_severity_as_an_answer_makes_a_form_of_unknown_labels() -> None:
    """A form in a language that nobody configured still says how bad it is."""
    assert form("### Gravité\n\nSEV-2: fonction majeure\n") == IncidentForm(severity_text="SEV-2")


def test_a_form_without_a_severity_is_still_a_form() -> None:
    """Its other answers are worth having when the severity was left open."""
    assert form("### What is broken?\n\nx\n\n### Severity\n\n_No response_\n") == IncidentForm(broken="x")


def test_a_heading_inside_an_answer_belongs_to_the_answer() -> None:
    """People write headings and paste logs; neither ends the field."""
    body = "### What is broken?\n\n### Login\n\nfails\n\n```\n### Severity\n```\n\n### Severity\n\nSEV-3: partly\n"
    read = form(body)
    assert read is not None
    assert read.broken == "### Login\n\nfails\n\n```\n### Severity\n```"
    assert read.severity_text == "SEV-3"


def test_a_fence_that_nobody_closed_hides_no_field() -> None:
    """A log pasted without its closing fence must not cost the severity."""
    assert form("### What is broken?\n\n```\nlog\n\n### Severity\n\nSEV-1: x\n") == IncidentForm(
        broken="```\nlog", severity_text="SEV-1"
    )


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("_No response_", ""),
        ("```shell\n\n```", ""),
        ("```Shell\nerror: 7\n```", "error: 7"),
        ("  \n\n", ""),
        ("```\na\n```\nb", "```\na\n```\nb"),
        ("a, b", "a, b"),
    ],
)
def test_an_empty_field_is_empty(value: str, read: str) -> None:
    """What GitHub writes for nothing is nothing, and a `render:` field is its text."""
    found = form(f"### What is broken?\n\n{value}\n\n### Severity\n\nSEV-1\n")
    assert (found and found.broken) == read


@pytest.mark.parametrize(
    ("boxes", "read"),
    [
        ("- [X] one\n- [ ] two\n- [x] three", "one, three"),
        ("- [ ] one\n- [ ] two", ""),
        ("* [x]   one \t\n\n+ [x]\ttwo", "one, two"),
        ("- [x] one\nand two", "- [x] one\nand two"),
        ("- [x]\n- [x] two", "- [x]\n- [x] two"),
        ("- [x]" + " " * 65_000 + "\nx", "- [x]" + " " * 65_000 + "\nx"),
    ],
    ids=["either x", "none", "blanks", "words between", "no text", "a wall of blanks"],
)
def test_ticked_boxes_are_read_as_their_texts(boxes: str, read: str) -> None:
    """Where every line is a checkbox the ticked ones are the answer; else the text is, as it stands."""
    found = form(f"### What is broken?\n\n{boxes}\n\n### Severity\n\nSEV-1\n")
    assert (found and found.broken) == read


TIMES = [
    ("2026-11-21 02:14", "2026-11-21 02:14"),
    ("2026-11-21T02:14:59Z", "2026-11-21 02:14"),
    ("2026-11-21 03:14 +01:00", "2026-11-21 02:14"),
    ("2026-11-21 03:14 UTC+1", "2026-11-21 02:14"),
    ("2026-11-21 03:14 Europe/Berlin", "2026-11-21 02:14"),
    ("2026-11-20 22:00", "2026-11-20 22:00"),
    ("03:14", "2026-11-21 02:14"),
    ("3:20", "2026-11-21 02:20"),
    ("02:14 UTC", "2026-11-21 02:14"),
    ("03:21", "2026-11-20 02:21"),
    ("23:59", "2026-11-20 22:59"),
]


@pytest.mark.parametrize(("text", "instant"), TIMES)
def test_a_stated_time_is_read_to_the_minute(text: str, instant: str) -> None:
    """A full time is UTC unless it says otherwise; a bare one is the last such time in the zone."""
    assert stated_time(text, FILING) == datetime.fromisoformat(f"{instant}+00:00")


@pytest.mark.parametrize(
    "text",
    ["", "now", "yesterday 22:00", "2026-11-21 02:21", "2026-10-01 02:14", "2026-02-30 10:00", "25:00", "10:61",
     "02:14 pm", "02:14 Europe", "02:14 ../../etc/passwd", "2026-11-21", "02:14 +99:00", "0001-01-01 00:00 +14:00",
     "9" * 60_000],
)  # fmt: skip
def test_an_unbelievable_time_is_no_answer(text: str) -> None:
    """What cannot be read, lies ahead or lies over 30 days back leaves the detection at the creation."""
    assert stated_time(text, FILING) is None


def test_a_label_that_says_utc_is_believed() -> None:
    """A bare time under `(UTC)` is UTC, also for a team in Berlin."""
    read = form("### Severity\n\nSEV-1: x\n\n### When was it detected? (UTC)\n\n02:14\n")
    assert read is not None
    assert read.detected == datetime(2026, 11, 21, 2, 14, tzinfo=UTC)


def test_a_bare_time_survives_the_hour_that_comes_twice() -> None:
    """On the night when clocks go back, the later of the two equal times counts."""
    filing = Filing(datetime(2026, 10, 25, 1, 45, tzinfo=UTC), BERLIN)
    assert stated_time("02:30", filing) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(st.integers(0, 365 * 1440), st.times())
def test_a_bare_time_lies_within_the_last_day(minutes: int, told: time) -> None:
    """Never ahead, and never more than a day and a changed clock behind."""
    filing = Filing(CREATED - timedelta(minutes=minutes), BERLIN)
    read = stated_time(f"{told:%H:%M}", filing)
    assert read is not None
    assert timedelta(0) <= filing.at - read <= timedelta(hours=26)


@given(st.text(max_size=200))
def test_no_body_makes_the_reading_fail(body: str) -> None:
    """Anything can stand in an issue."""
    form(body)
    form(f"### Severity\n\n{body}\n\n### When was it detected? (UTC)\n\n{body}")
    stated_time(body, FILING)


def test_the_form_that_ships_has_the_labels_that_are_read() -> None:
    """Each field of the incident form is known by its label and its id, and it sets no label itself."""
    shipped = yaml.safe_load((FORMS / "incident.yml").read_text(encoding="utf-8"))
    fields = {one["id"]: (one["attributes"]["label"],) for one in shipped["body"] if "id" in one}
    assert fields == dict(LABELS)
    assert "labels" not in shipped


def test_each_severity_in_the_form_that_ships_is_one() -> None:
    """The choices are the four severities, worst first, and that one is not sure: then it is treated as the worst."""
    shipped = yaml.safe_load((FORMS / "incident.yml").read_text(encoding="utf-8"))
    choices = next(one["attributes"]["options"] for one in shipped["body"] if one.get("id") == "severity")
    assert [severity_in_choice(choice) for choice in choices] == [1, 2, 3, 4, None]
    assert [unsure(choice) for choice in choices] == [False, False, False, False, True]


def test_a_client_report_is_never_taken_for_an_incident_form() -> None:
    """None of its labels and none of its choices says a severity."""
    shipped = yaml.safe_load((FORMS / "client-report.yml").read_text(encoding="utf-8"))
    fields = [one["attributes"] for one in shipped["body"] if "id" in one]
    answers = [choice for one in fields for choice in one.get("options", ["x"])]
    assert shipped["labels"] == ["client-report"]
    for answer in answers:
        assert form("".join(f"### {one['label']}\n\n{answer}\n\n" for one in fields)) is None
