"""What a person filled into an issue form, read back from the issue's body.

GitHub writes `### Label`, an empty line and the value for each field; only the label's text tells which
field it was. An empty field reads `_No response_`, an empty `render:` field an empty fence.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from stanch.core.clock import zone_named
from stanch.core.letters import folded
from stanch.core.markdown import fence_after, lines_of

LABELS: Mapping[str, tuple[str, ...]] = {
    "broken": ("What is broken?",),
    "affected": ("Who is affected?",),
    "data": ("Is data at risk?",),
    "changed": ("What changed recently?",),
    "trigger": ("What triggers it?",),
    "staging": ("Can it be reproduced in staging?",),
    "how": ("How was it detected?",),
    "detected": ("When was it detected? (UTC)",),
    "severity": ("Severity",),
}
"""The fields of the incident form that ships, with the label of each."""

OLDEST = timedelta(days=30)
"""A detection that is said to be older than this, seen from the issue's creation, is taken for a slip."""


@dataclass(frozen=True, slots=True)
class Section:
    """One `### Label` with the text below it, empty when nothing was filled in."""

    label: str
    value: str

    @property
    def ticked(self) -> tuple[str, ...]:
        """The texts of the checkboxes that are ticked."""
        boxes = (_box(line) for line in self.value.split("\n"))
        return tuple(box[2] for box in boxes if box and box[1] != " ")

    @property
    def answer(self) -> str:
        """The value, or the ticked texts where the field is a list of checkboxes."""
        lines = [line for line in self.value.split("\n") if line.strip()]
        if lines and all(map(_box, lines)):
            return ", ".join(self.ticked)
        return self.value


@dataclass(frozen=True, slots=True)
class IncidentForm:
    """The answers of an incident form, as written; `detected` is in UTC, None if not stated believably.

    `severity_text` is the chosen severity without its meaning: `SEV-1` of `SEV-1: down, …`.
    """

    broken: str = ""
    affected: str = ""
    data: str = ""
    changed: str = ""
    trigger: str = ""
    staging: str = ""
    how: str = ""
    detected: datetime | None = None
    severity_text: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """When an issue was created (UTC), and the zone in which its author tells the time."""

    at: datetime
    zone: tzinfo = UTC


def incident_form(
    body: str,
    labels_by_field: Mapping[str, tuple[str, ...]],
    severity_of: Callable[[str], object | None],
    filing: Filing,
) -> IncidentForm | None:
    """The answers if this is an incident form, else None.

    It is one if it has the severity's label and another that is known, or a section whose value
    starts like a severity. `severity_of` reads the name of a severity and gives None for other texts.
    """
    fields = {_plainly(label): field for field, labels in labels_by_field.items() for label in labels}
    found = _answered(body, fields)
    answers = _answers(found, fields)
    chosen = answers.get("severity") or _looks_severe(found, severity_of)
    if not ("severity" in answers and len(answers) > 1) and not _names(chosen, severity_of):
        return None
    texts = {field: answers.get(field, "") for field in FIELDS}
    says_utc = any("utc" in label for label in map(_label, found) if fields.get(label) == "detected")
    return IncidentForm(
        **texts,
        detected=stated_time(answers.get("detected", ""), Filing(filing.at, UTC if says_utc else filing.zone)),
        severity_text=_choice(chosen) if _names(chosen, severity_of) else chosen,
    )


def stated_time(text: str, filing: Filing) -> datetime | None:
    """When something was detected, in UTC, as a person wrote it; None if it is no believable time.

    `2026-11-21 02:14` is UTC unless a zone or an offset follows; `02:14` is the last such time before
    the issue was created, in the filing's zone. After the creation or over 30 days before is no answer.
    """
    found = _TIME.fullmatch(" ".join(text.split()))
    try:
        told = _instant(found, filing) if found else None
    except (ValueError, OverflowError):
        return None
    return told if told and filing.at - OLDEST <= told <= filing.at else None


_HEADING = re.compile(r"###[ \t]+(?=\S)")
_BOX = re.compile(r"[-*+][ \t]+\[([ xX])\][ \t]+(\S.*)")
_NO_RESPONSE = "_No response_"
FIELDS = ("broken", "affected", "data", "changed", "trigger", "staging", "how")
_CHOICE_END = re.compile(r"[:\n(\u2013\u2014]|\s-\s")
_TIME = re.compile(
    r"(?:(?P<day>\d{4}-\d{2}-\d{2})[Tt ] ?)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d{1,9})?)?"
    r" ?(?P<zone>Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|[A-Za-z][A-Za-z0-9_+/-]{1,40})?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)


def _box(line: str) -> re.Match[str] | None:
    """A line as a checkbox. It is stripped first: a pattern that sheds blanks by itself takes quadratic time."""
    return _BOX.fullmatch(line.rstrip())


def _headings(lines: list[str]) -> list[int]:
    """The lines that start a section. A fence that is never closed hides nothing."""
    starts: list[int] = []
    hidden: list[int] = []
    fence = ""
    for place, line in enumerate(lines):
        if _HEADING.match(line):
            (hidden if fence else starts).append(place)
        fence = fence_after(line, fence)
        if not fence:
            hidden = []
    return starts + hidden


def _heading(line: str) -> str:
    return _HEADING.sub("", line).strip()


def _between(lines: list[str], starts: list[int]) -> tuple[Section, ...]:
    ends = [*starts[1:], len(lines)]
    return tuple(
        Section(_heading(lines[start]), _value(lines[start + 1 : end]))
        for start, end in zip(starts, ends, strict=False)
    )


def _value(lines: list[str]) -> str:
    text = "\n".join(lines).strip()
    if text == _NO_RESPONSE:
        return ""
    inside = text.split("\n")
    fence = fence_after(inside[0], "")
    closings = [place for place, line in enumerate(inside) if fence and place and not fence_after(line, fence)]
    if closings and closings[0] == len(inside) - 1:
        return "\n".join(inside[1:-1]).strip("\n")
    return text


def _plainly(label: str) -> str:
    return " ".join(folded(label).casefold().split())


def _label(section: Section) -> str:
    return _plainly(section.label)


def _answered(body: str, fields: Mapping[str, str]) -> tuple[Section, ...]:
    """The sections, except that a heading that a person wrote into an answer belongs to the answer."""
    lines = lines_of(body)
    starts: list[int] = []
    form_began = False
    for start in _headings(lines):
        known = _plainly(_heading(lines[start])) in fields
        if known or not form_began:
            starts.append(start)
        form_began = form_began or known
    return _between(lines, starts)


def _answers(found: tuple[Section, ...], fields: Mapping[str, str]) -> dict[str, str]:
    """The first answer to each field that the body has; empty where none was given."""
    answers: dict[str, str] = {}
    for section in found:
        field = fields.get(_label(section))
        if field and not answers.get(field):
            answers[field] = section.answer
    return answers


def _looks_severe(found: tuple[Section, ...], severity_of: Callable[[str], object | None]) -> str:
    return next((section.answer for section in found if _names(section.answer, severity_of)), "")


def _choice(value: str) -> str:
    return _CHOICE_END.split(value, maxsplit=1)[0].strip()


def _names(value: str, severity_of: Callable[[str], object | None]) -> bool:
    choice = _choice(value)
    return bool(choice) and severity_of(choice) is not None


def _zone(name: str) -> tzinfo | None:
    if name.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    offset = _OFFSET.fullmatch(name)
    return _offset(offset) if offset else zone_named(name)


def _offset(found: re.Match[str]) -> tzinfo:
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(ahead if found[1] == "+" else -ahead)


def _instant(found: re.Match[str], filing: Filing) -> datetime | None:
    """The instant that a time means. Raises ValueError for a day, an hour or an offset that there is not."""
    zone = _zone(found["zone"]) if found["zone"] else UTC if found["day"] else filing.zone
    if zone is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["day"]:
        year, month, day = (int(part) for part in found["day"].split("-"))
        return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)
    here = filing.at.astimezone(zone).replace(hour=hour, minute=minute, second=0, microsecond=0)
    days = (here - timedelta(days=back) for back in (0, 1))
    shown = [day.replace(fold=fold).astimezone(UTC) for day in days for fold in (0, 1)]
    return max(instant for instant in shown if instant <= filing.at)
