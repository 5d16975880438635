"""What the linter says of a post-mortem that is followed: the text alone is not all that is known of it."""

from collections.abc import Iterable
from functools import lru_cache

from stanch.core.actions import Reading
from stanch.core.clock import local_date
from stanch.core.config_postmortem import Layout
from stanch.core.following import Followed
from stanch.core.lint import CODES, About, Finding, lint, report_of
from stanch.core.lint.sharing import Shared, sharing
from stanch.core.markdown import commands_area
from stanch.core.marker import marker_of
from stanch.core.severity import Severity
from stanch.core.snapshot import Snapshot

TOLD_ELSEWHERE = frozenset({"P008", "P018"})
"""Rules whose matter the card tells itself: what is past due, and whether clients were told."""

OWNER, DUE = "P005", "P006"
OF_ITEMS = frozenset({OWNER, DUE, "P007"})
"""Rules about one item: a command may have mended what they find, or ended the item."""


def findings_of(snapshot: Snapshot, how: Reading) -> tuple[Finding, ...]:
    """What is amiss in the text, whatever was said beside it."""
    return _found(snapshot.thread.body, how, about_of(snapshot))


def about_of(snapshot: Snapshot) -> About:
    """What is known of a post-mortem beside its text: by its first line, as far as the bot wrote it."""
    thread, config = snapshot.thread, snapshot.config
    marker = marker_of(thread.body) if thread.ours else None
    stamp = marker.stamp if marker else {}
    severity = next((one for one in Severity if stamp.get("sev") == str(int(one))), None)
    return About(
        today=local_date(snapshot.now, config.calendar),
        sev_1=severity is Severity.SEV_1 if "sev" in stamp else None,
        short=stamp.get("form") == "short" or config.postmortem.layout_of(severity) is Layout.SHORT,
        people=frozenset(login.lower() for login in config.people),
    )


@lru_cache(maxsize=4)
def _found(body: str, how: Reading, about: About) -> tuple[Finding, ...]:
    """One look meets the same text several times."""
    return lint(report_of(body, how, about), (code for code in CODES if code not in TOLD_ELSEWHERE))


def unmended(findings: Iterable[Finding], followed: Iterable[Followed]) -> tuple[Finding, ...]:
    """Those that no command has mended since."""
    by_line = {one.line: one for one in followed if one.line}
    return tuple(one for one in findings if not _mended(one, by_line.get(one.line)))


def _mended(finding: Finding, item: Followed | None) -> bool:
    """Whether a command did what the text still lacks, or nothing is to be done any more."""
    if item is None or finding.code not in OF_ITEMS:
        return False
    given = {OWNER: bool(item.owners), DUE: item.due is not None}.get(finding.code, False)
    return given or item.ended is not None


def shared_of(body: str) -> Shared:
    """Whether clients were given it, by what stands outside code and quotes."""
    if "shared" not in body.lower():
        return Shared.ABSENT
    return sharing(line for _, line in commands_area(body)).said
