"""What the page on escalation says is what the code does."""

import re
from datetime import UTC, datetime, timedelta

from stanch.core.escalation import asked, escalation
from tests.source import ROOT
from tests.values import TEAM, case, comment, labeled, thread

PAGE = (ROOT / "docs/escalation.md").read_text(encoding="utf-8")
DECLARED = datetime(2026, 11, 17, 2, 14, tzinfo=UTC)


def test_the_schedule_of_a_sev_1_is_the_one_that_is_shown() -> None:
    """Every instant, role and round, the last one included."""
    of = case(thread(labeled("sev-1", DECLARED), when=DECLARED), DECLARED)
    running = escalation(of)
    assert running is not None
    assert of.incident is not None
    shown = re.findall(r"^\| (\d\d:\d\d) \| ([^|]+?) \| (.*?) ?\|$", PAGE, re.MULTILINE)
    steps = [(step, asked(of, of.incident, running.cause, step)) for step in running.steps]
    assert shown[0] == ("02:14", "all hands: the call", "1 of 3")
    assert shown[1:-1] == [
        (f"{step.due:%H:%M}", rung.role if rung else "", f"{step.turn} of 3") for step, rung in steps[:-1]
    ]
    assert shown[-1][0] == f"{running.steps[-1].due:%H:%M}"


def test_the_instant_of_an_expiry_is_the_one_that_is_told() -> None:
    """A word at 02:35 is waited for until 03:05, 03:20 and 03:25."""
    said = comment(1, "jordan", "/ack\n/update! x", datetime(2026, 11, 17, 2, 35, tzinfo=UTC))
    running = escalation(
        case(thread(labeled("sev-1", DECLARED), said, when=DECLARED), DECLARED + timedelta(hours=1), TEAM)
    )
    assert running is not None
    assert f"asks somebody else at {running.start:%H:%M}" in PAGE
