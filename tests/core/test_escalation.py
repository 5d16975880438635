"""Who is asked next while nobody answers, and when: absolute instants, whatever looks are missed or doubled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.values import (
    BOT,
    START,
    TEAM,
    assigned,
    case,
    closed,
    comment,
    incident_thread,
    instant,
    labeled,
    merged,
    pull_request,
    reopened,
    thread,
)

from stanch.core.case import Case
from stanch.core.config import Call, Config
from stanch.core.escalation import (
    MOST_RUNGS,
    ROUNDS,
    Cause,
    Escalation,
    Step,
    card_view,
    escalation,
    ladder,
    newest_and_next,
)
from stanch.core.escalation import (
    asked as asked_at,
)
from stanch.core.rota import Layer, Override, Rota
from stanch.core.severity import Severity
from stanch.core.signs import last_sign
from stanch.core.thread import Item

FIVE = timedelta(minutes=5)
ROTA = Rota(
    (
        Layer("primary", ("jordan", "morgan"), date(2026, 11, 16), 1, time(2, 10)),
        Layer("secondary", ("morgan", "jordan"), date(2026, 11, 16), 1, time(2, 10)),
    ),
    lead="alex",
)
"""Turns change ten minutes after the start."""


def running(of: Case) -> Escalation:
    found = escalation(of)
    assert found is not None
    return found


def people(of: Case) -> list[tuple[str, str]]:
    """Who is asked at each step, as the minute and the login."""
    assert of.incident is not None
    one = running(of)
    pairs = [(step, asked_at(of, of.incident, one.cause, step)) for step in one.steps]
    minutes = [(f"{(step.due - START).total_seconds() / 60:g}", rung) for step, rung in pairs]
    return [(minute, rung.login if rung else "") for minute, rung in minutes]


def team(*logins: str) -> Config:
    return replace(TEAM, people=logins)


def at_pace(pace: timedelta | None, call: Call = Call.EVERYONE, *, remind: bool = True) -> Config:
    changed = replace(TEAM.rules[Severity.SEV_1], escalate=pace, call=call, remind=remind)
    return replace(TEAM, rules={**TEAM.rules, Severity.SEV_1: changed})


def test_three_rounds_go_through_three_people_and_the_last_notice_follows() -> None:
    """The call is the first of round one; each has five minutes, and the last notice comes after forty-five."""
    of = case(incident_thread(), 1)
    names = ["jordan", "morgan", "alex"] * 3
    assert people(of) == [(str(5 * n), name) for n, name in enumerate(names[:8], 1)] + [("45", "alex")]
    assert [(step.turn, step.last) for step in running(of).steps] == [
        *[(n // 3 + 1, False) for n in range(1, 9)],
        (ROUNDS, True),
    ]


@pytest.mark.parametrize(
    ("config", "severity", "due"),
    [
        (TEAM, 1, [5 * n for n in range(1, 10)]),
        (TEAM, 2, [15 * n for n in range(1, 10)]),
        (team("jordan", "morgan"), 1, [5 * n for n in range(1, 7)]),
        (team("jordan"), 1, [5, 10, 15]),
        (at_pace(timedelta(minutes=2)), 1, [2 * n for n in range(1, 10)]),
        (replace(TEAM, oncall=ROTA), 1, [5 * n for n in range(1, 10)]),
        (team(), 1, None),
        (at_pace(None), 1, None),
        (at_pace(FIVE, call=Call.NOBODY), 1, None),
        (TEAM, 3, None),
        (TEAM, 4, None),
    ],
)
def test_when_each_notice_is_due(config: Config, severity: int, due: list[int] | None) -> None:
    """Minutes after the severity was set; a small team is asked as often, but nobody twice in one round."""
    found = escalation(case(incident_thread(severity=severity), 1, config))
    assert (found and [(step.due - START).total_seconds() / 60 for step in found.steps]) == due


def test_the_pace_counts_from_the_call_and_not_from_an_earlier_detection() -> None:
    """An old issue becomes a SEV-1 at minute 90: nobody is told that he is late at minute 91."""
    of = case(thread(labeled("sev-1", 90)), 91)
    assert (running(of).start, running(of).steps[0].due) == (instant(90), instant(95))


def test_who_is_on_call_is_asked_of_the_instant_at_which_a_notice_falls_due() -> None:
    """At ten past two the turn changes: the second step still asks the old secondary, later ones the new."""
    of = case(incident_thread(), 1, replace(TEAM, oncall=ROTA))
    assert people(of)[:5] == [("5", "morgan"), ("10", "alex"), ("15", "morgan"), ("20", "jordan"), ("25", "alex")]


def test_whoever_was_called_first_is_not_asked_again_before_the_others() -> None:
    """Alex declares a SEV-2, so jordan takes point first: then alex, then morgan, and only then jordan again."""
    of = case(incident_thread(severity=2), 1)
    assert [name for _, name in people(of)][:3] == ["alex", "morgan", "jordan"]


def test_an_assignee_who_is_on_no_list_stands_first() -> None:
    """He was called, so the others are asked before he is asked again; his place has no name."""
    of = case(incident_thread(assigned("sam", 1), severity=2), 2)
    assert of.incident is not None
    rungs = ladder(of, of.incident, Cause.UNANSWERED, instant(2))
    assert rungs[0].login == "sam"
    assert len({rung.login for rung in rungs}) == len(rungs)


@pytest.mark.parametrize(
    "text", ["/ack", "/take", "/update! We look.", "/update We look.", "/status identified", "/contain flag x"]
)
def test_a_working_command_ends_it(text: str) -> None:
    """What runs from then on is the wait for the next word."""
    assert running(case(incident_thread(comment(1, "jordan", text, 7)), 8)).cause is Cause.SILENT


@pytest.mark.parametrize("text", ["/snooze 30m", "/lead @morgan", "/timeline it began", "Looking at it.", "/help"])
def test_a_command_that_takes_nothing_in_hand_ends_nothing(text: str) -> None:
    """To put the next word off, above all, acknowledges nothing."""
    found = running(case(incident_thread(comment(1, "jordan", text, 7)), 8))
    assert (found.cause, found.start) == (Cause.UNANSWERED, START)


@pytest.mark.parametrize(
    ("items", "severity", "minutes"),
    [
        ([], 1, 35),
        ([comment(2, "jordan", "/update! x", 12)], 1, 62),
        ([comment(2, "jordan", "/update! x", 12), comment(3, "jordan", "still looking", 50)], 1, 70),
        ([comment(2, "jordan", "/update! x", 12), comment(3, "sam", "/ack", 50)], 1, 70),
        ([comment(2, "jordan", "/update! x", 12), comment(3, "kim", "any news?", 50)], 1, 62),
        ([comment(2, "jordan", "/update! x", 12), comment(3, "sam", "/update db-7 is down.", 50)], 1, 70),
        ([comment(2, "jordan", "/update! x", 12), comment(3, "kim", "/update db-7 is down.", 50)], 1, 62),
        ([comment(2, "jordan", "/update! x", 12), comment(3, "jordan", "/snooze 1h", 20)], 1, 100),
        ([], 2, 90),
        ([comment(2, "jordan", "/status mitigated", 12)], 1, None),
        ([comment(2, "jordan", "/resolve", 12)], 1, None),
    ],
)
def test_when_an_acknowledgement_expires(items: list[Item], severity: int, minutes: float | None) -> None:
    """Half an interval and one pace after the next word was due, or after the last sign if that came later."""
    of = case(incident_thread(comment(1, "jordan", "/ack", 3), *items, severity=severity), 5)
    found = escalation(of)
    assert (found and (found.start - START).total_seconds() / 60) == minutes


@pytest.mark.parametrize(
    "items",
    [
        [pull_request(45, 50)],
        [comment(2, "jordan", "/resolve", 40), closed(41, BOT.login), reopened(50, "sam")],
        [comment(2, "jordan", "/status mitigated", 40), comment(3, "sam", "/status identified", 50)],
        [labeled("sev-2", 40), labeled("sev-1", 50)],
        [assigned("sam", 50)],
        [merged(2, 51)],
    ],
    ids=["linked work", "reopened", "hurts again", "raised", "assigned", "hotfix"],
)
def test_what_is_a_sign(items: list[Item]) -> None:
    """Whatever a person did about it counts as of when it was done, without a word."""
    of = case(incident_thread(comment(1, "jordan", "/ack", 3), *items), 55)
    assert of.incident is not None
    assert last_sign(of.incident, of.snapshot.thread) == instant(50)


def test_a_long_chain_is_cut_so_that_its_last_notice_can_be_read_back() -> None:
    """Its first line names every step that it stands for; whoever fell silent is asked last all the same."""
    names = [f"person-{n}" for n in range(20)]
    layers = tuple(Layer(f"layer {name}", (name,)) for name in names)
    config = replace(TEAM, people=(), oncall=Rota(layers))
    for items, silent in (((), ""), ((comment(1, "jordan", "/ack", 3),), "jordan")):
        of = case(incident_thread(*items), 5, config)
        assert of.incident is not None
        asked = ladder(of, of.incident, Cause.SILENT if silent else Cause.UNANSWERED, instant(5))
        assert [rung.login for rung in asked] == names[:MOST_RUNGS]
        assert running(of).rungs == MOST_RUNGS


def test_a_chain_that_became_shorter_asks_its_last_one() -> None:
    """Morgan covers for jordan from minute seven on, so that there are two rungs left at the third's turn."""
    layers = (Layer("primary", ("jordan",)), Layer("secondary", ("morgan",)))
    covered = Override("primary", "morgan", instant(7), instant(90))
    of = case(incident_thread(), 1, replace(TEAM, people=(), oncall=Rota(layers, (covered,), lead="alex")))
    assert people(of)[:4] == [("5", "morgan"), ("10", "alex"), ("15", "morgan"), ("20", "alex")]


def test_without_reminders_no_acknowledgement_expires() -> None:
    """Nobody was asked for a word, so nobody failed to answer."""
    of = incident_thread(comment(1, "jordan", "/ack", 3))
    assert escalation(case(of, 5, at_pace(FIVE, remind=False))) is None


def test_whoever_fell_silent_is_asked_last() -> None:
    """The two reminders were his."""
    of = case(incident_thread(comment(1, "alex", "/ack", 3)), 5)
    assert [name for _, name in people(of)][:3] == ["jordan", "morgan", "alex"]


LENGTHS = st.builds(
    Escalation,
    st.sampled_from(Cause),
    st.just(START),
    st.just(START),
    st.integers(1, 180).map(lambda n: timedelta(minutes=n)),
    st.integers(1, 8),
)
LOOKS = st.lists(st.integers(-600, 30_000), max_size=40)
"""Seconds after the start, in any order: looks are missed, doubled, and a runner's clock goes wrong both ways."""


@given(LENGTHS)
def test_every_schedule_rises_by_one_pace_and_ends_with_its_one_last_notice(one: Escalation) -> None:
    """No two notices in one moment, and each person as often as the others."""
    assert {after.due - before.due for before, after in pairwise(one.steps)} == {one.pace}
    assert [step for step in one.steps if step.last] == [one.steps[-1]]
    assert one.steps[-1].due == one.start + ROUNDS * one.rungs * one.pace
    assert [step.turn for step in one.steps] == sorted(step.turn for step in one.steps)
    assert len({step.name for step in one.steps}) == len(one.steps)


def told(one: Escalation, looks: Sequence[int]) -> list[tuple[datetime, Step]]:
    """What looks at these seconds send, each settling all before it."""
    settled: set[str] = set()
    found = []
    for second in looks:
        now = START + timedelta(seconds=second)
        due = [step for step in newest_and_next(one.steps, now) if step.due <= now and step.name not in settled]
        if one.steps[-1].name in settled or not due:
            continue
        assert len(due) == 1
        found.append((now, due[0]))
        settled |= {step.name for step in one.steps if step.ordinal <= due[0].ordinal}
    return found


@given(LENGTHS, LOOKS)
def test_whatever_looks_there_are_each_sends_at_most_the_newest_that_is_due_and_none_comes_twice(
    one: Escalation, looks: list[int]
) -> None:
    """Steps only rise, nothing is sent before it is due, and what was overtaken is never sent."""
    sent = told(one, looks)
    assert [step.ordinal for _, step in sent] == sorted({step.ordinal for _, step in sent})
    for now, step in sent:
        assert step.due <= now
        assert not [later for later in one.steps if step.due < later.due <= now]


@given(LENGTHS, LOOKS)
def test_after_any_look_the_newest_that_is_due_has_been_sent(one: Escalation, looks: list[int]) -> None:
    """Unless a later one was: a clock that went back asks nobody of the past."""
    sent = told(one, looks)
    if looks:
        due = [step.ordinal for step in one.steps if step.due <= START + timedelta(seconds=max(looks))]
        assert [step.ordinal for _, step in sent][-1:] == due[-1:]


def test_the_card_shows_one_round_and_the_end_of_it_whatever_time_it_is() -> None:
    """The schedule follows from facts, so that no look rewrites it."""
    views = [card_view(case(incident_thread(), minute)) for minute in (1, 14, 44, 300)]
    assert views.count(views[0]) == len(views)
    shown = views[0]["escalation"]
    assert isinstance(shown, dict)
    assert [(row["login"], row["at"]) for row in shown["rows"]] == [
        ("jordan", instant(5)),
        ("morgan", instant(10)),
        ("alex", instant(15)),
    ]
    assert shown["last"] == instant(45)


def test_the_card_says_nothing_of_it_once_somebody_has_it() -> None:
    """That nobody has given a sign, a notice says; the card does not change by time alone."""
    of = incident_thread(comment(1, "jordan", "/ack", 3))
    assert [card_view(case(of, minute))["escalation"] for minute in (4, 34, 36, 300)] == [None] * 4
