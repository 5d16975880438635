"""The bounds of `/snooze`, and when a severity counts as confirmed."""

from dataclasses import replace

import pytest
from tests.values import (
    World,
    comment,
    form,
    incident_in,
    incident_thread,
    instant,
    labeled,
    thread,
    unlabeled,
)

from stanch.core.thread import Item, Thread


def refusals(*items: Item, severity: int = 1) -> list[str]:
    return [record.refusal for record in incident_in(incident_thread(*items, severity=severity), 300).records]


@pytest.mark.parametrize(
    ("texts", "severity", "expected"),
    [
        (["/snooze 1h"], 1, [""]),
        (["/snooze 61m"], 1, ["too-long-on-sev-1"]),
        (["/snooze 4h"], 2, [""]),
        (["/snooze 5h"], 2, ["too-long"]),
        (["/snooze 5m", "/snooze 5m"], 1, ["", "snoozed-already"]),
        (["/snooze 5m", "/ack", "/snooze 5m"], 1, ["", "", "snoozed-already"]),
        (["/snooze 5m", "/status identified", "/snooze 5m"], 2, ["", "", "snoozed-already"]),
        (["/snooze 5m", "/update! x", "/snooze 5m"], 1, ["", "", ""]),
        (["/snooze 5m", "/status identified x", "/snooze 5m"], 1, ["", "", ""]),
        (["/snooze 9h", "/snooze 5m"], 2, ["too-long", ""]),
    ],
)
def test_a_word_is_put_off_once_and_a_sev_1_for_an_hour(texts: list[str], severity: int, expected: list[str]) -> None:
    """Forty minutes lie between two comments, so that no snooze has ended by itself for want of time."""
    items = [comment(n, "jordan", text, 40 * n) for n, text in enumerate(texts, 1)]
    assert refusals(*items, severity=severity) == expected


def test_what_becomes_a_sev_1_was_put_off_for_no_more_than_one() -> None:
    """Four hours of a SEV-2 shrink to the one of a SEV-1, by command or by label."""
    put_off = comment(1, "jordan", "/snooze 4h", 10)
    assert incident_in(incident_thread(put_off, severity=2), 20).snoozed_until == instant(250)
    for raised in (comment(2, "morgan", "/sev 1 worse", 20), labeled("sev-1", 20)):
        assert incident_in(incident_thread(put_off, raised, severity=2), 30).snoozed_until == instant(70)


def test_a_snooze_that_was_refused_is_answered_and_changes_nothing() -> None:
    """The second one gets its reason, at every later look too."""
    world = World(incident_thread(comment(1, "jordan", "/snooze 30m", 3), comment(2, "jordan", "/snooze 1h", 20)))
    world = world.looked_at(21)
    assert "snoozed-already" in "".join(world.bodies("/refused/2"))
    assert incident_in(world.thread, 25).snoozed_until == instant(33)
    assert incident_in(replace(world.thread, items=world.thread.items[:3]), 25).snoozed_until == instant(33)


@pytest.mark.parametrize(
    ("of", "confirmed"),
    [
        (incident_thread(), False),
        (thread(labeled("sev-1", 0.05)), False),
        (thread(labeled("sev-1", 2)), True),
        (thread(labeled("sev-1", 0, "github-actions"), body=form()), False),
        (thread(body=form()), False),
        (thread(body=form("Not sure: treat it as SEV-1 until somebody has looked")), False),
        (incident_thread(labeled("sev-2", 20, "riley")), True),
        (incident_thread(labeled("sev-2", 20), unlabeled("sev-2", 30)), True),
        (incident_thread(labeled("sev-2", 20, "github-actions")), False),
        (incident_thread(comment(1, "sam", "/sev 1 nobody can pay", 9)), True),
        (incident_thread(comment(1, "sam", "/sev-2", 9)), True),
        (incident_thread(comment(1, "kim", "/sev 1 nobody can pay", 9)), False),
        (incident_thread(comment(1, "jordan", "/take", 9)), False),
    ],
)
def test_a_severity_is_confirmed_by_whoever_says_it_again_or_sets_it_later(of: Thread, confirmed: bool) -> None:
    """What came with the issue is a guess; so is what a bot or somebody without the right sets."""
    assert incident_in(of, 60).confirmed is confirmed


def test_whoever_is_not_sure_gets_the_worst_one() -> None:
    """If unsure, treat it as higher: the form's own choice, and what people write in theirs."""
    for answer in ("Not sure: treat it as SEV-1 until somebody has looked", "unknown", "I don’t know", "NOT SURE"):  # noqa: RUF001 # a quote as telephones type it
        assert incident_in(thread(body=form(answer)), 1).severity == 1
    assert incident_in(thread(body=form("SEV-3: not sure")), 1).severity == 3  # a severity
    assert incident_in(thread(body=form("Notes")), 1).severity is None
