"""Gaps: when nothing was recorded although users were hurt."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.values import TEAM, closed, comment, incident_in, incident_thread, instant, reopened

from stanch.core.moments import moments
from stanch.core.severity import Severity
from stanch.core.silences import silences
from stanch.core.thread import Item


def ack(when: float) -> Item:
    return comment(int(when) + 1, "jordan", "/ack", when)


def note(when: float) -> Item:
    return comment(int(when) + 1, "jordan", "/contain flag x", when)


def fine(when: float) -> Item:
    return comment(int(when) + 1, "jordan", "/status mitigated", when)


def broken(when: float) -> Item:
    return comment(int(when) + 1, "jordan", "/status investigating", when)


CASES: list[tuple[str, int, list[Item], list[tuple[int, int]]]] = [
    ("thirty minutes are the interval of a SEV-1", 1, [note(30), fine(60)], []),
    ("a minute more is a gap", 1, [note(31), fine(61)], [(0, 31)]),
    ("two of them", 1, [note(35), note(50), fine(90)], [(0, 35), (50, 90)]),
    ("two hours are the interval of a SEV-2", 2, [note(120), fine(200)], []),
    ("and more is a gap", 2, [note(121), fine(200)], [(0, 121)]),
    ("twenty minutes where no update is promised", 3, [note(20), note(41), fine(50)], [(20, 41)]),
    ("not while users are fine", 1, [fine(10), note(200), closed(300)], []),
    ("again once it broke again", 1, [fine(10), broken(100), fine(140), closed(300)], [(100, 140)]),
    ("not between closing and reopening", 1, [closed(10), reopened(200), note(210), closed(250)], [(210, 250)]),
    ("nothing after the last record of one that goes on", 1, [note(10)], []),
    ("up to a closing", 1, [closed(60)], [(0, 60)]),
    ("what follows the end does not count", 1, [note(10), closed(20), note(90)], []),
]


@pytest.mark.parametrize(("severity", "items", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_when_a_silence_is_a_gap(severity: int, items: list[Item], expected: list[tuple[int, int]]) -> None:
    """Longer than 20 minutes and than the promised interval, from detection on, while users were hurt."""
    incident = incident_in(incident_thread(*items, severity=severity), 400)
    found = silences(incident, (one.at for one in moments(incident)), TEAM)
    assert [(one.at, one.until) for one in found] == [(instant(a), instant(b)) for a, b in expected]


def test_what_was_noted_of_the_time_before_makes_no_gap() -> None:
    """From the first alert to detection somebody may still have slept."""
    early = comment(5, "jordan", "/timeline first error | 2026-11-17 00:30 UTC", 5)
    incident = incident_in(incident_thread(early, fine(20)), 400)
    assert silences(incident, (one.at for one in moments(incident)), TEAM) == ()


def test_a_shorter_promise_does_not_make_shorter_gaps() -> None:
    """A team that wants a word every five minutes still reads of gaps from twenty minutes on."""
    rules = {**TEAM.rules, Severity.SEV_1: replace(TEAM.rules[Severity.SEV_1], update=timedelta(minutes=5))}
    incident = incident_in(incident_thread(note(15), fine(40)), 400)
    found = silences(incident, (one.at for one in moments(incident)), replace(TEAM, rules=rules))
    assert [one.length for one in found] == [timedelta(minutes=25)]
