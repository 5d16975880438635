"""P016: the root cause is in the system."""

import re
from collections.abc import Iterator

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.people_named import ROLE, people_of
from stanch.core.lint.phrases import SPACE, any_of, first_words
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule
from stanch.core.lint.topics import Topic

_DID = (
    "deployed, merged, pushed, caused, introduced, changed, deleted, removed, committed, executed, ran, run",
    "started, triggered, configured, misconfigured, applied, released, added, updated, upgraded, approved, written",
    "wrote, created, made, set, did, broke, broken, dropped, disabled, enabled, restarted, edited, copied, moved",
    "bypassed, skipped, ignored, overlooked, missed, misread, misunderstood, mistyped, assumed, thought, left",
    "turned, shut, forgot, failed, entered",
)
_DEEDS = any_of(*_DID)
"""What somebody did before it broke. Who noticed, reported or mended it may be thanked by name."""

_THEIRS = "change, commit, deploy, deployment, merge, mistake, error, fault, command, script, migration, typo, pr"
_WRONG = "mistake, mistakes, error, errors, fault, faults, typo, oversight, slip"
_THINGS, _FAULTS = any_of(_THEIRS), any_of(_WRONG)
_TELLING = first_words(*_DID, _THEIRS, _WRONG)
_ADVERB = any_of(
    "accidentally, mistakenly, inadvertently, unknowingly, manually, then, had, has, also, wrongly, simply",
)


class Named(Rule):
    """The root cause names nobody for what they did."""

    code = "P016"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        sections = [part for part in report.of(Topic.ROOT_CAUSE) if Topic.ACTIONS not in part.topics]
        if not sections or report.words.isdisjoint(_TELLING):
            return
        pattern, seen = _pattern(rf"{people_of(report).pattern}|(?i:{ROLE})"), set[int]()
        for part in sections:
            for found in pattern.finditer(report.prose.text, *report.prose.between(part.first, part.last)):
                line, column = report.prose.place(found.start("who") if found["who"] else found.start("by"))
                if line not in seen:
                    seen.add(line)
                    yield self.found("named", line, column=column, name=found["who"] or found["by"])


def _pattern(person: str) -> re.Pattern[str]:
    surname = r"(?:[ \t]+[A-Z][\w\u2019-]+)?"
    return re.compile(
        rf"(?<!\b[Aa]s )(?P<who>(?:{person}){surname})"
        rf"(?:{SPACE}(?:{_ADVERB}{SPACE})?{_DEEDS}|['\u2019]s{SPACE}(?i:{_THINGS}))"
        rf"|(?i:{_DEEDS}|{_FAULTS}){SPACE}by{SPACE}(?P<by>(?:{person}){surname})"
    )
