"""What a section of a post-mortem is about, by what people call it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from stanch.core.letters import folded
from stanch.core.lint import languages
from stanch.core.lint.clock_times import names_a_day, time_led
from stanch.core.lint.phrases import any_of
from stanch.core.outline import Heading, Section


class Topic(StrEnum):
    """The six things that a post-mortem tells."""

    IMPACT = "impact"
    TIMELINE = "timeline"
    ROOT_CAUSE = "root cause"
    CONTRIBUTING = "contributing factors"
    RESOLUTION = "resolution"
    ACTIONS = "action items"


LONG_FORM = tuple(Topic)
SHORT_FORM = (Topic.IMPACT, Topic.ROOT_CAUSE, Topic.ACTIONS)
"""What a small incident has to tell."""

NAMES = {
    Topic.IMPACT: "impact*, affected users, affected customers, users affected, customers affected, "
    "clients affected, blast radius, consequence*, effect, effects, damage, what users saw, what customers saw",
    Topic.TIMELINE: "timeline, time line, chronolog*, sequence of events, course of events, log of events, "
    "key events, events",
    Topic.ROOT_CAUSE: "root-cause, root-causes, cause, causes, rca, five whys, 5 whys, what caused, "
    "why did it happen, why it happened",
    Topic.CONTRIBUTING: "contribut*, factors, aggravating, what went wrong, what was bad, what went badly, "
    "what went poorly, what could have gone better, what didn't go well, what did not go well, went less well, "
    "where we got lucky",
    Topic.RESOLUTION: "resol*, mitigat*, recover*, fix, fixes, fixed, repair*, solution, remed*, restor*, "
    "containment, what we did, what was done, response",
    Topic.ACTIONS: "action, actions, action-item*, action-point*, actionable*, follow-up, follow-ups, next steps, "
    "to-do, to-dos, remediation*, improvements, prevent*, tasks",
}
"""How each is called; any of these words in a heading is enough."""

ELSEWHERE = {
    Topic.IMPACT: languages.IMPACT,
    Topic.TIMELINE: languages.TIMELINE,
    Topic.ROOT_CAUSE: languages.ROOT_CAUSE,
    Topic.CONTRIBUTING: languages.CONTRIBUTING,
    Topic.RESOLUTION: languages.RESOLUTION,
    Topic.ACTIONS: languages.ACTIONS,
}
"""The same in other languages."""

_ENGLISH = re.compile(any_of(*NAMES.values()), re.IGNORECASE)
_PATTERNS = {topic: re.compile(any_of(names, *ELSEWHERE[topic]), re.IGNORECASE) for topic, names in NAMES.items()}
_FIELD = re.compile(
    r"[ \t>|]*(?:[-*+•][ \t]+)?[*_]{0,3}([^\W\d_](?:[^\W\d_]|[' -]){2,40}?)[*_]{0,3}[ \t]*[:|][*_]{0,3}[ \t]*(\S.*)"
)
_MEASURED = re.compile(
    any_of(
        "time to, time of, time until, time since, mean time, duration, date, started, ended, at, by, status",
        "hours, minutes, resolution time, recovery time, mitigation time, response time, zeit, zeit bis, dauer",
        "durée, duración, tiempo, duração, tempo, durata, tijd, duur, tid, tid till, varaktighet",
    ),
    re.IGNORECASE,
)
"""In the label of a figure: `Time to resolve`, `Impact duration`, `Resolved at`."""
_FIGURE = re.compile(
    r"(?=\D{0,12}[0-9])(?:[^\w#]|[\d_]|(?<![^\W\d_])(?:utc|gmt|[ap]m|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?"
    r"|t|about|and|to)(?![^\W\d_]))+",
    re.IGNORECASE,
)
"""A value that is a duration or a moment and nothing else."""
_LONGEST = 60
"""Characters of a heading that names a topic; a longer one is a sentence about something else."""

FEW_MOMENTS = 3
"""Lines that begin with a time of day and are a timeline, whatever stands above them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with what stands below it. `line` is the heading's, which `first` is too where text stands beside it.

    A part that is one line, such as `**Impact:** ...` or a row of a table, has `field` set.
    """

    topics: frozenset[Topic]
    title: str
    line: int
    first: int
    last: int
    field: bool = False


@lru_cache(maxsize=1024)
def topics_of(title: str) -> frozenset[Topic]:
    """Everything that a heading promises. Questions are asked for what comes later, and promise nothing."""
    if len(title) > _LONGEST or title.casefold().startswith("question"):
        return frozenset()
    said = folded(title)
    return frozenset(topic for topic, pattern in _PATTERNS.items() if pattern.search(said))


def is_foreign(title: str) -> bool:
    """Whether a heading names a topic in another language than English only."""
    return bool(topics_of(title)) and not _ENGLISH.search(folded(title))


def parts(sections: tuple[Section, ...], shown: tuple[str, ...]) -> tuple[Part, ...]:
    """Every section as far as the next one of its level, then the lines that stand for one, then a bare timeline.

    `shown` are the lines of the document without what is hidden; the document's own title promises nothing.
    """
    headed = tuple(_of_sections(sections, len(shown)))
    told = {topic for part in headed for topic in part.topics}
    fields = tuple(part for part in _of_lines(shown) if not part.topics <= told)
    return (*headed, *fields, *(() if Topic.TIMELINE in told else _bare_timeline(shown)))


def _bare_timeline(shown: tuple[str, ...]) -> Iterator[Part]:
    times = [number for number, line in enumerate(shown, start=1) if time_led(line)]
    if len(times) >= FEW_MOMENTS:
        yield Part(frozenset({Topic.TIMELINE}), "", times[0], times[0], times[-1])


def _of_sections(sections: tuple[Section, ...], length: int) -> Iterator[Part]:
    ends = _ends(sections, length)
    for place, (section, end) in enumerate(zip(sections, ends, strict=True)):
        title = place == 0 and _is_title(sections)
        topics = frozenset() if title else topics_of(section.title)
        yield Part(topics, section.title, section.line, section.first, max(end, section.last))


def _ends(sections: tuple[Section, ...], length: int) -> list[int]:
    """The last line of each section with its subsections; a day or a time as a heading belongs to what it follows."""
    ends = [length] * len(sections)
    open_: list[int] = []
    moment = [names_a_day(one.title) or time_led(one.title) for one in sections]
    for place, section in enumerate(sections):
        while open_ and not (moment[place] and not moment[open_[-1]]) and sections[open_[-1]].level >= section.level:
            ends[open_.pop()] = section.line - 1
        open_.append(place)
    return ends


def _is_title(sections: tuple[Section, ...]) -> bool:
    """Whether the first heading is the document's: the only one of the highest level."""
    top = sections[0]
    return top.heading in {Heading.ATX, Heading.SETEXT} and all(one.level > top.level for one in sections[1:])


def _of_lines(shown: tuple[str, ...]) -> Iterator[Part]:
    for number, line in enumerate(shown, start=1):
        found = _FIELD.match(line[:200]) if ":" in line or "|" in line else None
        topics = _told_by(found[1], found[2]) if found else frozenset()
        if found and topics:
            yield Part(topics, found[1], number, number, number, field=True)


def _told_by(label: str, value: str) -> frozenset[Topic]:
    """What a labelled line tells; a figure tells of nothing but the impact how great it was."""
    if _MEASURED.search(label):
        return frozenset()
    return topics_of(label) & {Topic.IMPACT} if _FIGURE.fullmatch(value[:100]) else topics_of(label)
