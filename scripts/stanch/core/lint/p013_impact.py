"""P013: the impact has a size."""

import re
from collections.abc import Iterator

from stanch.core.lint.blanks import is_blank, says_something
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.phrases import any_of
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule
from stanch.core.lint.topics import Topic

SIZE = re.compile(
    r"(?<![#\w/])[0-9]|[½¼¾]|"
    + any_of(
        "all, every, each, none, nobody, no one, any, most, both, entire, whole, half, third, quarter, single",
        "dozen*, no users, no user, no customers, no customer, no clients, no client, no data, no impact",
        "no effect, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, twenty, thirty",
        "forty, fifty, hundred*, thousand*, million*",
    ),
    re.IGNORECASE,
)
_NOT_A_SIZE = re.compile(
    r"`[^`]{1,200}`|https?://\S{1,500}|#[0-9]+|\bv[0-9][\w.]*|\b[A-Z]{2,10}-[0-9]+"
    r"|\b(?:HTTP|error|code|status) [0-9]{3}\b|\b[45](?:[0-9]{2}s?|xx)\b"
)
"""Digits that count nothing: code, addresses, versions, tickets and HTTP codes."""
_CLOCK = r"\b[0-9]{1,2}[:h][0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\b)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b\.?"
_DAY = (
    r"\b(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})"
    rf"|(?:[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?)"
    r"(?![\w%])(?:,? [0-9]{4})?)"
)
_MOMENT = re.compile(
    rf"(?:{_CLOCK}(?: [a-z]{{2,4}})?,? (?:on )?)?{_DAY}(?:(?:T|,? (?:at )?){_CLOCK})?|{_CLOCK}", re.IGNORECASE
)
"""A day, a time of day, or both."""


class Impact(Rule):
    """How many, how much or how long: one number, or "all" or "none"."""

    code = "P013"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        found = report.of(Topic.IMPACT)
        told = [line for part in found for _, line in report.below(part)]
        said = _NOT_A_SIZE.sub(" ", "\n".join(line[:4_000] for line in told if not is_blank(line)))
        if not _has_size(said) and any(map(says_something, told)):
            yield self.found("no-number", found[0].line, found[0].last)


def _has_size(said: str) -> bool:
    """Whether it has a figure. One moment is none: only from a second one on does it say how long."""
    moments = len(_MOMENT.findall(said))
    return moments > 1 or bool(SIZE.search(_MOMENT.sub(" ", said)))
