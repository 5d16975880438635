"""Whether and how long a watcher keeps an incident's clocks, and what the card says of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.values import (
    REPOSITORY,
    TEAM,
    card,
    closed,
    comment,
    incident_in,
    incident_thread,
    instant,
    reopened,
    snapshot,
    thread,
)

from stanch.core.case import case_of
from stanch.core.config import Config
from stanch.core.config_watch import Until, WatchRules
from stanch.core.ledger import Ledger
from stanch.core.sent import Sent
from stanch.core.severity import Severity
from stanch.core.thread import Item, Thread
from stanch.core.watchers import WORKFLOW
from stanch.core.watching import in_sight, watch_view, watching
from stanch.core.writes import StartWorkflow

HOUR = 60
INSTALLED = replace(REPOSITORY, has_watcher=True)
START = StartWorkflow(12, WORKFLOW, "main")
ACK = comment(1, "jordan", "/ack", 3)
FINE = comment(2, "jordan", "/status mitigated", 9)
WORSE = comment(3, "jordan", "/status investigating", 20)
RAISED = comment(4, "jordan", "/sev 1 it is everybody", 30)


def rules(severity: Severity, until: Until) -> Config:
    return replace(TEAM, watch=replace(WatchRules(), until={**WatchRules().until, severity: until}))


@pytest.mark.parametrize(
    ("severity", "items", "config", "ends"),
    [
        (1, (), TEAM, 4 * HOUR),
        (1, (ACK,), TEAM, 4 * HOUR),
        (1, (FINE,), TEAM, None),
        (1, (FINE, WORSE), TEAM, 4 * HOUR),
        (1, (closed(10),), TEAM, None),
        (1, (closed(10), reopened(50)), TEAM, 4 * HOUR + 50),
        (2, (), TEAM, 4 * HOUR),
        (2, (ACK,), TEAM, None),
        (2, (FINE,), TEAM, None),
        (2, (ACK, RAISED), TEAM, 4 * HOUR + 30),
        (3, (), TEAM, None),
        (4, (), TEAM, None),
        (1, (ACK,), rules(Severity.SEV_1, Until.ACKNOWLEDGED), None),
        (1, (), rules(Severity.SEV_1, Until.NEVER), None),
        (2, (ACK,), rules(Severity.SEV_2, Until.MITIGATED), 4 * HOUR),
        (3, (), rules(Severity.SEV_3, Until.ACKNOWLEDGED), 4 * HOUR),
        (1, (), replace(TEAM, watch=replace(WatchRules(), most=timedelta(minutes=7))), 7),
    ],
)
def test_what_is_watched_and_until_when(
    severity: int, items: tuple[Item, ...], config: Config, ends: int | None
) -> None:
    """Minutes after the incident's beginning; None: not, or not any more."""
    found = watching(incident_in(incident_thread(*items, severity=severity), 60, config), config)
    assert (found and found.ends) == (instant(ends) if ends is not None else None)


def test_what_is_no_incident_is_not_watched() -> None:
    """A client's report, and an issue that bears no severity."""
    for of in (thread(), replace(thread(), labels=("client-report",))):
        assert watching(incident_in(of, 5), TEAM) is None


def shown(
    of: Thread, now: float = 5, sent: Sent | None = None, *, installed: bool = True, config: Config = TEAM
) -> str:
    """In one word what a card says of who keeps its clocks; empty when it says nothing."""
    found = case_of(snapshot(of, now, config, INSTALLED if installed else REPOSITORY), sent)
    assert found.incident is not None
    view = watch_view(found, found.incident)
    return str(view["how"]) if view else ""


def known(*keys: str) -> Thread:
    """An incident whose card remembers these keys."""
    return incident_thread(card(9, Ledger(delivered=dict.fromkeys(keys, -1))))


@pytest.mark.parametrize(
    ("of", "now", "sent", "how"),
    [
        (incident_thread(), 5, Sent(), "watched"),
        (incident_thread(), 4 * HOUR - 1, Sent(), "watched"),
        (incident_thread(), 4 * HOUR, Sent(), "spent"),
        (incident_thread(FINE), 20, Sent(), "best effort"),
        (incident_thread(ACK, severity=2), 5, Sent(), "best effort"),
        (incident_thread(closed(10)), 20, Sent(), ""),
        (incident_thread(severity=3), 5, Sent(), ""),
        (incident_thread(), 5, Sent(refused=(START,)), "refused"),
        (known("12/watch/refused"), 5, Sent(), "refused"),
        (known("13/watch/refused"), 5, Sent(), "watched"),
        (known("12/watch/refused"), 5, Sent(writes=(START,)), "watched"),
        (known("12/watch/refused"), 4 * HOUR, Sent(), "spent"),
    ],
)
def test_what_the_card_says_of_it(of: Thread, now: float, sent: Sent, how: str) -> None:
    """Whether somebody is there to keep the clocks: not when GitHub said no, until it says yes."""
    assert shown(of, now, sent) == how


def test_without_the_workflow_nobody_keeps_the_clocks() -> None:
    """However long it burns; what is not watched anyway needs no workflow."""
    assert {shown(incident_thread(), now, installed=False) for now in (5, 4 * HOUR)} == {"missing"}
    assert shown(incident_thread(FINE), 20, installed=False) == "best effort"


@pytest.mark.parametrize(("pace", "how"), [(timedelta(minutes=5), "watched"), (None, "")])
def test_where_nobody_is_reminded_but_somebody_is_asked_next_there_is_a_clock(pace: timedelta | None, how: str) -> None:
    """Without either there is none, and nothing is said of who keeps it."""
    promises = replace(TEAM.rules[Severity.SEV_1], remind=False, escalate=pace)
    config = replace(TEAM, rules={**TEAM.rules, Severity.SEV_1: promises})
    assert shown(incident_thread(), config=config) == how


@pytest.mark.parametrize(
    ("of", "config", "seen"),
    [
        (incident_thread(), TEAM, True),
        (incident_thread(FINE), TEAM, True),
        (incident_thread(ACK, severity=2), TEAM, True),
        (incident_thread(severity=3), TEAM, False),
        (incident_thread(severity=3), rules(Severity.SEV_3, Until.MITIGATED), True),
        (incident_thread(severity=2), rules(Severity.SEV_2, Until.NEVER), True),
        (incident_thread(closed(10)), TEAM, False),
        (thread(), TEAM, False),
    ],
)
def test_a_watcher_sees_what_is_open_and_watched_here_or_by_default(of: Thread, config: Config, seen: bool) -> None:
    """By default: it reads the list before it knows the team's rules."""
    assert in_sight(case_of(snapshot(of, 30, config))) is seen
