"""P014: the timeline runs forward."""

from collections.abc import Iterator
from itertools import pairwise

from stanch.core.lint.clock_times import Moment, moment_of, names_a_day
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule
from stanch.core.lint.topics import Part, Topic

A_NIGHT = 6 * 60
"""Minutes that a clock may fall back before the next day is meant."""


class Order(Rule):
    """No line is earlier than the one above it. A timeline that runs backwards from end to end is in order, too."""

    code = "P014"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        seen: set[int] = set()
        for part in report.of(Topic.TIMELINE):
            stretches = tuple(_stretches(report, part))
            steps = [pair for stretch in stretches for pair in pairwise(stretch)]
            back = [(one, other) for one, other in steps if _is_earlier(other, one)]
            if len(back) > len(steps) / 2:
                continue
            for one, other in back:
                if other.line not in seen:
                    seen.add(other.line)
                    yield self.found("back", other.line, time=other.text, before=one.text)


def _stretches(report: Report, part: Part) -> Iterator[list[Moment]]:
    """The moments of a timeline that are told at its outermost level, day by day."""
    stretch: list[Moment] = []
    for number, line in report.below(part):
        if not report.shown[number - 1]:
            continue
        moment = moment_of(line, number)
        if moment is not None and (not stretch or moment.indent <= stretch[0].indent):
            stretch.append(moment)
        elif (number in report.headings and moment is None) or names_a_day(line):
            yield stretch
            stretch = []
    yield stretch


def _is_earlier(moment: Moment, before: Moment) -> bool:
    if moment.day and before.day and moment.day != before.day:
        return moment.day < before.day
    if (moment.day, moment.other_day) != (before.day, before.other_day):
        return False
    dated = moment.day is not None or moment.other_day != ""
    return moment.minutes < before.minutes and (dated or before.minutes - moment.minutes <= A_NIGHT)
