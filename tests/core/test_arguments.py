"""What may follow a command's name, and what is said when it does not fit."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from tests.values import START

from stanch.core import arguments
from stanch.core.arguments import Wrong

Parser = Callable[[str, datetime, str], Mapping[str, str]]
LATE = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("parser", "typed", "found"),
    [
        (arguments.anything, "", {}),
        (arguments.anything, "why not", {"text": "why not"}),
        (arguments.a_text, "x" * 5_000, {"text": "x" * 4_000}),
        (arguments.a_severity, "1", {"severity": "sev-1", "text": ""}),
        (arguments.a_severity, "2 only exports", {"severity": "sev-2", "text": "only exports"}),
        (arguments.a_severity, "SEV-3 x", {"severity": "sev-3", "text": "x"}),
        (arguments.a_severity, "3 misjudged: a test", {"severity": "sev-3", "text": "a test", "misjudged": "yes"}),
        (arguments.a_severity, "3 Misjudged a test", {"severity": "sev-3", "text": "a test", "misjudged": "yes"}),
        (arguments.a_severity, "3 misjudgedly", {"severity": "sev-3", "text": "misjudgedly"}),
        (arguments.a_login, "@alex", {"login": "alex"}),
        (arguments.a_login, "alex", {"login": "alex"}),
        (arguments.a_login, "me", {"login": "me"}),
        (arguments.a_login, "@me", {"login": "me"}),
        (arguments.a_login, "to @morgan please", {"login": "morgan"}),
        (arguments.a_login, "@morgan, thanks @Morgan!", {"login": "Morgan"}),
        (arguments.a_login, "@mona_acme", {"login": "mona_acme"}),
        (arguments.a_severity, "2: only exports", {"severity": "sev-2", "text": "only exports"}),
        (arguments.a_status, "Mitigated", {"status": "mitigated"}),
        (arguments.a_status, "identified bad index", {"status": "identified", "text": "bad index"}),
        (arguments.a_status, "identified\nbad\nindex", {"status": "identified", "text": "bad\nindex"}),
        (arguments.a_check, "Failure", {"check": "failure"}),
        (arguments.a_check, "neighbors", {"check": "neighbours"}),
        (arguments.a_check, "failure neighbours containment", {"check": "failure neighbours containment"}),
        (arguments.a_check, "failure, and neighbours. By the metrics", {"check": "failure neighbours"}),
        (arguments.a_check, "failure is gone", {"check": "failure"}),
        (arguments.a_status, "mitigated: users are fine", {"status": "mitigated", "text": "users are fine"}),
        (arguments.a_runbook, "queue-backlog worked", {"runbook": "queue-backlog", "verdict": "worked"}),
        (arguments.a_runbook, "Queue backlog: Works!", {"runbook": "Queue backlog", "verdict": "worked"}),
        (
            arguments.a_runbook,
            "runbooks/queue-backlog.md failed: its link\nis dead",
            {"runbook": "runbooks/queue-backlog.md", "verdict": "failed", "text": "its link\nis dead"},
        ),
        (arguments.a_runbook, "job-failed - fails - no", {"runbook": "job-failed", "verdict": "failed", "text": "no"}),
        (arguments.a_runbook, "a worked failed", {"runbook": "a", "verdict": "worked", "text": "failed"}),
        (arguments.an_id, "C1 stays off for good", {"id": "C1"}),
        (arguments.an_id, "C1: for good, v1 is fine", {"id": "C1", "text": "v1 is fine"}),
        (arguments.an_id, "C1.", {"id": "C1"}),
        (arguments.an_id, "c1", {"id": "C1"}),
        (arguments.an_id, "07", {"id": "C7"}),
        (arguments.minutes, "30m", {"seconds": "1800"}),
        (arguments.minutes, "45", {"seconds": "2700"}),
        (arguments.minutes, "1h30m", {"seconds": "5400"}),
        (arguments.minutes, "4h", {"seconds": "14400"}),
        (arguments.a_containment, "rollback 7f3c", {"kind": "rollback", "what": "7f3c"}),
        (arguments.a_containment, "killswitch all", {"kind": "kill-switch", "what": "all"}),
        (
            arguments.a_containment,
            "flag new-cart off until 2026-12-01",
            {"kind": "flag", "what": "new-cart off", "until": "2026-12-01"},
        ),
        (arguments.a_containment, "scale to 9 until 3d", {"kind": "scale", "what": "to 9", "until": "2026-11-20"}),
        (arguments.a_containment, "scale x until 2026-11-17", {"kind": "scale", "what": "x", "until": "2026-11-17"}),
    ],
)
def test_what_fits_is_kept_as_plain_strings(parser: Parser, typed: str, found: dict[str, str]) -> None:
    """Arguments are kept as they stood, in one spelling."""
    assert parser(typed, START, "UTC") == found


@pytest.mark.parametrize(
    ("parser", "typed", "code"),
    [
        (arguments.a_text, "", "no-text"),
        (arguments.a_reason, "", "no-reason"),
        (arguments.a_severity, "", "no-severity"),
        (arguments.a_severity, "5 x", "no-severity"),
        (arguments.a_severity, "0", "no-severity"),
        (arguments.a_severity, "worse", "no-severity"),
        (arguments.a_severity, "3 misjudged:", "no-reason"),
        (arguments.a_login, "", "no-login"),
        (arguments.a_login, "@", "no-login"),
        (arguments.a_login, "@org/team", "no-login"),
        (arguments.a_login, "-alex", "no-login"),
        (arguments.a_login, "alex please", "no-login"),
        (arguments.a_login, "to morgan", "no-login"),
        (arguments.a_login, "@alex and @jordan", "no-login"),
        (arguments.a_login, "@alex of @org/team", "no-login"),
        (arguments.a_login, "alex@example.com", "no-login"),
        (arguments.a_login, "@deploy[bot]", "no-login"),
        (arguments.a_check, "failure but not neighbours", "no-check"),
        (arguments.a_status, "", "no-status"),
        (arguments.a_status, "fixed", "no-status"),
        (arguments.a_check, "", "no-check"),
        (arguments.a_check, "all", "no-check"),
        (arguments.a_runbook, "", "no-runbook"),
        (arguments.a_runbook, "worked", "no-verdict"),
        (arguments.a_runbook, "queue-backlog", "no-verdict"),
        (arguments.a_runbook, "queue-backlog\nworked", "no-verdict"),
        (arguments.a_runbook, "queue-backlog failed", "no-failure"),
        (arguments.a_runbook, "queue-backlog failed: -", "no-failure"),
        (arguments.an_id, "", "no-id"),
        (arguments.an_id, "D1", "no-id"),
        (arguments.minutes, "", "no-duration"),
        (arguments.minutes, "0m", "no-duration"),
        (arguments.minutes, "soon", "no-duration"),
        (arguments.minutes, "\u00b2", "no-duration"),
        (arguments.minutes, "4h1m", "too-long"),
        (arguments.minutes, "999h", "too-long"),
        (arguments.a_containment, "", "no-kind"),
        (arguments.a_containment, "hope it holds", "no-kind"),
        (arguments.a_containment, "flag", "no-what"),
        (arguments.a_containment, "flag until 2026-12-01", "no-what"),
        (arguments.a_containment, "flag x until monday", "no-date"),
        (arguments.a_containment, "flag x until 2026-02-30", "no-date"),
        (arguments.a_containment, "flag x until 2026-11-16", "date-out-of-range"),
        (arguments.a_containment, "flag x until 1970-01-01", "date-out-of-range"),
        (arguments.a_containment, "flag x until 9999-12-31", "date-out-of-range"),
        (arguments.a_moment, "", "no-text"),
        (arguments.a_moment, "| 02:00", "no-text"),
        (arguments.a_moment, "x | noon", "no-time"),
        (arguments.a_moment, "x | 25:00", "no-time"),
        (arguments.a_moment, "x | 0001-01-01 00:00", "time-out-of-range"),
        (arguments.a_moment, "x | 2026-11-18 02:00", "time-out-of-range"),
        (arguments.a_moment, "x | 2026-01-01 02:00", "time-out-of-range"),
    ],
)
def test_what_does_not_fit_is_named(parser: Parser, typed: str, code: str) -> None:
    """Each problem has a code of its own, for which the refusal has a sentence."""
    with pytest.raises(Wrong) as wrong:
        parser(typed, START, "UTC")
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("typed", "zone", "when"),
    [
        ("deployed", "UTC", "2026-11-17T23:30"),
        ("deployed |", "UTC", "2026-11-17T23:30"),
        ("deployed | 22:10", "UTC", "2026-11-17T22:10"),
        ("deployed | 00:10", "Europe/Berlin", "2026-11-17T23:10"),
        ("deployed | 23:50", "Europe/Berlin", "2026-11-17T22:50"),
        ("deployed | 22:10 UTC", "Europe/Berlin", "2026-11-17T22:10"),
        ("deployed | 23:50 UTC", "UTC", "2026-11-16T23:50"),
        ("deployed | 2026-11-16 08:00", "Europe/Berlin", "2026-11-16T07:00"),
        ("a | b | 22:10", "UTC", "2026-11-17T22:10"),
    ],
)
def test_a_bare_time_is_the_last_such_time(typed: str, zone: str, when: str) -> None:
    """In the team's zone unless it says UTC; what would lie ahead was yesterday; no time means now."""
    assert arguments.a_moment(typed, LATE, zone)["when"] == f"{when}:00+00:00"


def test_a_note_keeps_its_bars() -> None:
    """Only the last bar begins the time."""
    assert arguments.a_moment("a | b | 22:10", LATE, "UTC")["text"] == "a | b"
