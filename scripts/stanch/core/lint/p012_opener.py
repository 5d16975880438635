"""P012: an item says when it is done."""

import re
from collections.abc import Iterator

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.phrases import any_of
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule

_LEAVING = (
    "write",
    "open",
    "decide",
    "report",
    "document",
    "file",
    "add",
    "publish",
    "record",
    "send",
    "present",
    "choose",
)

OPENERS = re.compile(
    r"[\s*_~`\"'“([]*(?:(?:we|everyone|everybody|all) (?:should|need to|must|will) |(?:please|also) )?("
    + any_of(
        "investigate, investigating, investigation, look into, looking into, look in to, look at, look for ways",
        "be careful, be more careful, being more careful, be vigilant, be more vigilant, be mindful",
        "be more mindful, pay attention, pay more attention, pay better attention, pay closer attention",
        "keep an eye on, remember to, consider, considering, explore, exploring, improve, improving, think about",
        "discuss, try to, evaluate, research",
    )
    + ")",
    re.IGNORECASE,
)
MEASURE = re.compile(
    r"(?<![#\w/.-])[0-9]+(?:[.,][0-9]+)?(?![\w/-]*[-/][0-9])|"
    + any_of(
        "so that, until, such that, to below, to under, to at most, to at least, less than, fewer than, more than, "
        "instead of",
        *(f"{joint} {verb}" for joint in ("and", "then", "to") for verb in _LEAVING),
    ),
    re.IGNORECASE,
)
"""What makes it measurable: a number, an end, or a second verb that leaves something behind."""


class Opener(Rule):
    """ "Investigate", "consider" and "improve" are never finished, unless a measurable result follows."""

    code = "P012"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        for item in report.items:
            opener = None if item.done else OPENERS.match(item.text[:200])
            if opener and not MEASURE.search(item.text[opener.end() : 2_000]):
                yield self.found("vague", item.line, item.line_end, opener=opener[1], item=item.text)
