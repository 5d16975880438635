"""The sweep hands over: one issue for each change of the primary, through crashes, races, swaps and weekends."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from stanch.core.handover import KIND, LABEL
from stanch.core.marker import marker_of
from stanch.sandbox.faults import Fault, Killed
from stanch.sandbox.records import Issue
from tests.app.rig import Ran, Rig, harbour, rigged
from tests.app.test_follow_through import as_bot, keys, report, swept, until

CONFIG = "people: [jordan, morgan]\nclients: none\noncall:\n  starts: 2026-03-16\n"
"""Jordan's turn began on Monday the 16th at 09:00 UTC; the world begins on Tuesday; morgan follows on the 23rd."""


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """A team of two with a rota."""
    with rigged(harbour(CONFIG), tmp_path, monkeypatch) as one:
        yield one


def handovers(rig: Rig) -> list[Issue]:
    issues = rig.world.repository().issues.values()
    return [one for one in issues if (mark := marker_of(one.body or "")) and mark.key.startswith(KIND)]


def opened(rig: Rig) -> Issue:
    """The issue of the 23rd, as Friday's sweep opens it."""
    until(rig, 20)
    assert swept(rig).code == 0
    (one,) = handovers(rig)
    return one


def sweeps(rig: Rig, first: int, last: int, every: int = 8) -> list[Ran]:
    """A sweep every few hours from one day of March to another."""
    found = []
    for hour in range(first * 24, last * 24, every):
        until(rig, hour // 24, hour % 24)
        found.append(swept(rig))
    return found


def test_nothing_is_handed_over_before_friday(team: Rig) -> None:
    """A quiet sweep writes nothing; a repository without incidents gets its issue all the same, once it is due."""
    team.world.clock.advance(hours=1)
    assert {ran.code for ran in sweeps(team, 18, 20)} == {0}
    assert team.world.counts.writes == 0
    one = opened(team)
    assert (list(one.labels), sorted(one.assignees)) == ([LABEL], ["jordan", "morgan"])
    assert one.title == "Hand-over on 2026-03-23: jordan to morgan"
    assert "@jordan hands over to @morgan" in (one.body or "")


def test_without_a_rota_nothing_is_handed_over(rig: Rig) -> None:
    """Nor where it was switched off, nor in a team of one."""
    sweeps(rig, 18, 26)
    assert rig.world.counts.writes == 0


@pytest.mark.parametrize("more", ["  handover-issue: false\n", "  people: [jordan]\n", "  period: 1 day\n"])
def test_where_there_is_none_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str) -> None:
    """Switched off, a team of one, and turns of a day."""
    with rigged(harbour(CONFIG + more), tmp_path, monkeypatch) as rig:
        assert {ran.code for ran in sweeps(rig, 18, 26)} == {0}
        assert rig.world.counts.writes == 0


def test_a_month_has_one_for_each_week(team: Rig) -> None:
    """However often it is swept; each is assigned to whoever leaves and whoever comes."""
    runs = sweeps(team, 18, 40, every=12)
    assert {ran.code for ran in runs} == {0}
    assert [one.title[-31:] for one in handovers(team)] == [
        "on 2026-03-23: jordan to morgan",
        "on 2026-03-30: morgan to jordan",
        "on 2026-04-06: jordan to morgan",
    ]


@pytest.mark.parametrize(
    "fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.BAD_GATEWAY_AFTER, Fault.DROPPED_AFTER]
)
@pytest.mark.parametrize("place", [1, 2])
def test_a_broken_run_doubles_nothing(team: Rig, fault: Fault, place: int) -> None:
    """Killed before or after the write, or left without an answer: the next sweep opens what is missing."""
    until(team, 20)
    team.world.faults.at_write(team.world.counts.writes + place, fault)
    with suppress(Killed):
        assert swept(team).code in {0, 3}
    team.world.faults.clear()
    team.world.clock.advance(minutes=30)
    swept(team)
    assert [one.state for one in handovers(team)] == ["open"]
    assert swept(team).writes == []


def test_two_sweeps_that_race_leave_one(team: Rig) -> None:
    """The first stays, the other is closed as its duplicate, and says nothing of a hand-over."""
    first = opened(team)
    as_bot(team, first.title, first.body or "", LABEL)
    swept(team)
    assert [(one.state, one.state_reason) for one in handovers(team)] == [("open", None), ("closed", "duplicate")]
    assert swept(team).writes == []
    assert keys(team, "handed-over") == []


def test_a_text_that_was_overwritten_gets_no_second_one(team: Rig) -> None:
    """Whoever fills it in may clear it first; Stanch touches nothing of theirs, and hears `/take` all the same."""
    one = opened(team)
    team.world.person("jordan").edits_body(one.number, "All quiet, nothing to watch.")
    sweeps(team, 21, 24)
    issues = [issue for issue in team.world.repository().issues.values() if LABEL in issue.labels]
    assert [(issue.number, issue.body) for issue in issues] == [(one.number, "All quiet, nothing to watch.")]
    team.world.person("jordan").comments(one.number, "/take")
    team.look(one.number)
    assert [key.split("/")[1] for key in team.keys(one.number)] == ["swap"]


def test_the_note_tells_the_week(team: Rig) -> None:
    """An incident that ended more than four days ago, who was woken by it, and what is still open."""
    opened(team)
    until(team, 20, 23)
    night = team.incident()
    team.look(night)
    team.world.clock.advance(minutes=30)
    team.world.person("jordan").comments(night, "/resolve the release was rolled back")
    team.look(night)
    report(team, ("Alert on failures", "morgan", 30))
    until(team, 26)
    later = team.incident(severity=2)
    team.look(later)
    until(team, 27)
    assert swept(team).code == 0
    body = handovers(team)[-1].body or ""
    assert f"#{night}, SEV-1: Checkout is down: resolved, users were affected for 30 min" in body
    assert f"#{later}, SEV-2: Checkout is down: **still burning**" in body
    assert "`jordan`, in the turn before: **1** outside working hours" in body
    assert "Alert on failures, `morgan`, due 2026-03-30" in body
    assert set(swept(team).kinds) == {"EditComment"}  # the cards of what it names remember that it is none of theirs
    assert swept(team).writes == []


def test_a_take_counts_at_once(team: Rig) -> None:
    """It is answered once and marked; whoever took it is called for the next SEV-2, and assigned."""
    one = opened(team)
    said = team.world.person("alex").comments(one.number, "/take")
    team.look(one.number)
    (answer,) = team.by_bot(one.number)
    assert 'person: "alex"' in answer.body
    (comment,) = [one for one in team.world.issue(one.number).comments if one.id == said]
    assert [mark.content for mark in comment.reactions] == ["rocket"]
    assert sorted(team.world.issue(one.number).assignees) == ["alex", "jordan"]
    assert team.look(one.number, "--json").writes == swept(team).writes == []
    until(team, 24)
    number = team.world.person("jordan").opens("Search is slow", "Every search.", labels=["sev-2"])
    team.look(number)
    assert any(f"key={number}/call/" in said.body and "@alex" in said.body for said in team.by_bot(number))


def test_an_outsider_takes_nothing(team: Rig) -> None:
    """👎 and one answer; nobody else is on call for it."""
    one = opened(team)
    team.world.person("sam").comments(one.number, "/take")
    team.look(one.number)
    assert [key.split("/")[1] for key in team.keys(one.number)] == ["refused"]
    assert team.look(one.number, "--json").writes == []
    until(team, 24)
    number = team.world.person("jordan").opens("Search is slow", "Every search.", labels=["sev-2"])
    team.look(number)
    assert any("@morgan" in said.body for said in team.by_bot(number))


@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.TIMEOUT_AFTER])
@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_a_swap_survives_a_broken_run(team: Rig, fault: Fault, place: int) -> None:
    """Answered, marked and assigned once each, wherever the run broke."""
    one = opened(team)
    team.world.person("alex").comments(one.number, "/take")
    team.world.faults.at_write(team.world.counts.writes + place, fault)
    with suppress(Killed):
        team.look(one.number)
    team.world.faults.clear()
    team.world.clock.advance(minutes=5)
    team.look(one.number)
    assert [key.split("/")[1] for key in team.keys(one.number)] == ["swap"]
    assert sorted(team.world.issue(one.number).assignees) == ["alex", "jordan"]
    assert team.look(one.number, "--json").writes == []


def test_closing_it_says_who_is_on_call_once(team: Rig) -> None:
    """By the event, and by a sweep where the event was lost."""
    one = opened(team)
    until(team, 23, 11)
    team.world.person("jordan").closes(one.number)
    swept(team)
    assert keys(team, "handed-over") == []
    assert team.keys(one.number) == [f"{one.number}/handed-over"]
    assert "primary: `morgan`" in team.by_bot(one.number)[0].body
    team.world.person("jordan").reopens(one.number)
    team.world.person("jordan").closes(one.number)
    assert team.look(one.number, "--json").writes == swept(team).writes == []


def test_whoever_left_is_asked_once_to_close_it(team: Rig) -> None:
    """On Tuesday, and never again; nobody gets two comments on one day."""
    one = opened(team)
    sweeps(team, 23, 30)
    assert [key for key in keys(team, "remind") if key.startswith(f"{one.number}/")] == [
        f"{one.number}/remind/jordan/2026-03-24"
    ]


def test_nobody_gets_two_comments_on_one_day(team: Rig) -> None:
    """What jordan owes is due on Tuesday: the hand-over waits until a day without another reminder."""
    one = opened(team)
    owing = report(team, ("Alert on failures", "jordan", 24), by="morgan")
    sweeps(team, 23, 24)
    sweeps(team, 24, 25)
    team.world.person("morgan").ticks(owing, "Alert")
    sweeps(team, 25, 28)
    told = [key.partition("/remind/")[2] for key in keys(team, "remind") if "/jordan/" in key]
    assert len(told) == len(set(told))
    mine = [key for key in keys(team, "remind") if key.startswith(f"{one.number}/")]
    assert mine == [f"{one.number}/remind/jordan/2026-03-25"]


def test_a_rota_that_is_new_hands_over_nothing_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Configured on a Tuesday, years after its first turn: nothing but the coming hand-over gets an issue."""
    with rigged(harbour(CONFIG.replace("2026-03-16", "2020-03-16")), tmp_path, monkeypatch) as rig:
        sweeps(rig, 18, 20)
        assert rig.world.counts.writes == 0
        sweeps(rig, 20, 22)
        assert len(handovers(rig)) == 1


def test_a_dry_sweep_opens_nothing(team: Rig) -> None:
    """It shows what it would open."""
    until(team, 20)
    ran = team.run("sweep", "--dry-run", "--json")
    assert [write["write"] for write in ran.writes] == ["CreateIssue"]
    assert handovers(team) == []
