"""P015: the timeline tells how it was noticed, when it got better and when it was over."""

import re
from collections.abc import Iterator

from stanch.core.lint.blanks import says_something
from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.phrases import any_of
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule
from stanch.core.lint.topics import Topic

MILESTONES = {
    "detection": "detect*, declar*, alert*, alarm*, page, paged, pager*, report*, notic*, discover*, flagged, "
    "trigger*, ticket*, complain*, aware, observ*, spotted, monitor*, investigat*, identif*, found, opened, raised, "
    "saw, seen, see, sees, acknowledg*, looking, realis*, realiz*, triag*",
    "mitigation": "mitigat*, repair*, roll-back, rolled-back, rolls-back, rolling-back, rollback*, revert*, "
    "contain*, work-around*, disabl*, switch*, turned off, flag*, scal*, restart*, reboot*, fail-over, failed-over, "
    "redirect*, fix*, patch*, deploy*, hotfix*, increas*, delet*, drain*, cordon*, remov*, recreat*, chang*, "
    "restor*, apply, applied, merg*, add, added, adds, updat*, kill*, block*, bump*, upgrad*, replac*, rotat*, "
    "clean*, moved",
    "resolution": "resolv*, restor*, recover*, close, closed, fixed, back to normal, back up, back online, "
    "confirm*, verif*, operational, healthy, over, all clear, no recurrence, normal*, success*, works, working, "
    "complete*, stable, end of, up again, return*, green, heal*",
}
"""What is looked for in the words of each: any one of them is enough."""

_PATTERNS = {name: re.compile(any_of(words), re.IGNORECASE) for name, words in MILESTONES.items()}


class Milestones(Rule):
    """Detection, mitigation and resolution each have a line; only English has words for them here."""

    code = "P015"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        if report.foreign or not report.readable:
            return
        found = report.of(Topic.TIMELINE)
        told = [line[:4_000] for part in found for _, line in report.below(part)]
        said = "\n".join(told)
        missing = [name for name, words in _PATTERNS.items() if not words.search(said)]
        if missing and any(map(says_something, told)):
            yield self.found("missing", found[0].line, found[0].last, missing=missing)
