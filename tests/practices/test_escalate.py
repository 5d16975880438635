"""Escalate: nobody is left waiting for a person who sleeps, and nobody is asked twice by one tick."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.values import (
    DEFAULTS,
    REPOSITORY,
    TEAM,
    World,
    assigned,
    closed,
    comment,
    decided,
    form,
    incident_thread,
    instant,
    labeled,
    plainly,
    reopened,
    thread,
    unlabeled,
    upcoming,
    view_of,
    wants,
)

from stanch.core.config import Config
from stanch.core.marker import marker_of
from stanch.core.plan import plan
from stanch.core.rota import Layer, Rota
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Item, Thread
from stanch.core.upcoming import PATIENCE
from stanch.core.wanted import Notice
from stanch.core.watchers import Watchers
from stanch.practices.escalate import escalate

STAMP = "12/escalate/20261117T020000Z"
ACK = comment(1, "jordan", "/ack", 3)
ROTA = Rota((Layer("primary", ("jordan", "morgan"), date(2026, 11, 16), 1, time(9)),), lead="alex")
ON_CALL = replace(TEAM, oncall=ROTA)


def keys(of: Thread, now: float, config: Config = TEAM) -> list[str]:
    """What is due by now."""
    return [want.key for want in wants(escalate, of, now, config) if isinstance(want, Notice)]


def posted(world: World) -> list[str]:
    """The keys that stand in the thread, in the order in which they were posted."""
    markers = [marker_of(one.body) for one in world.thread.comments if one.ours]
    return [one.key for one in markers if one is not None and "/escalate/" in one.key]


QUIET: list[tuple[str, Thread, Config]] = [
    ("no incident", thread(), TEAM),
    ("before the first is due", incident_thread(), TEAM),
    ("a SEV-3", incident_thread(severity=3), TEAM),
    ("a SEV-4", incident_thread(severity=4), TEAM),
    ("closed", incident_thread(closed(2)), TEAM),
    ("withdrawn", incident_thread(unlabeled("sev-1", 2)), TEAM),
    ("a client's report", thread(body=form(), author="kim"), TEAM),
    ("mitigated", incident_thread(comment(1, "jordan", "/status mitigated", 2)), TEAM),
    ("nobody to ask", incident_thread(), DEFAULTS),
]


@pytest.mark.parametrize(("of", "config"), [row[1:] for row in QUIET], ids=[row[0] for row in QUIET])
def test_nothing_to_do(of: Thread, config: Config) -> None:
    """Nobody is asked before his time, nor about what hurts nobody, nor where nobody is known."""
    assert keys(of, 4, config) == []


@pytest.mark.parametrize(("of", "config"), [row[1:] for row in QUIET[2:]], ids=[row[0] for row in QUIET[2:]])
def test_what_pages_nobody_pages_nobody_later_either(of: Thread, config: Config) -> None:
    """Hours later it is as quiet, and nothing is announced."""
    assert (keys(of, 900, config), upcoming(escalate, of, 4, config)) == ([], [])


@pytest.mark.parametrize(
    ("now", "due", "announced"),
    [(1, [], 5), (5, ["1"], 10), (14, ["2"], 15), (44, ["8"], 45), (45, ["last"], None), (900, ["last"], None)],
)
def test_the_newest_and_the_next(now: float, due: list[str], announced: float | None) -> None:
    """Missed ticks give one notice, and a watcher is told when to look again."""
    of = incident_thread()
    assert keys(of, now) == [f"{STAMP}/{name}" for name in due]
    assert [one.due for one in upcoming(escalate, of, now)] == ([instant(announced)] if announced else [])
    assert all(one.timed for one in upcoming(escalate, of, now))


def test_what_was_missed_is_settled_by_what_was_said() -> None:
    """A clock that goes back ten minutes posts nothing of the past."""
    world = World(incident_thread()).looked_at(1).looked_at(21)
    assert posted(world) == [f"{STAMP}/4"]
    assert posted(world.looked_at(11)) == [f"{STAMP}/4"]
    assert posted(world.looked_at(25)) == [f"{STAMP}/4", f"{STAMP}/5"]


def test_after_the_last_notice_there_is_silence_whatever_the_team_becomes() -> None:
    """The last one is the last, although a longer list would have further rounds."""
    world = World(incident_thread(), config=replace(TEAM, people=("jordan",))).looked_at(1).looked_at(15)
    assert posted(world) == [f"{STAMP}/last"]
    assert posted(replace(world, config=TEAM).looked_at(30).looked_at(60)) == [f"{STAMP}/last"]


@settings(max_examples=25)
@given(st.lists(st.integers(1, 90), max_size=12))
def test_any_looks_post_each_notice_once_and_never_two_at_a_time(looks: list[int]) -> None:
    """Through the plan and the card, with looks missed, doubled and out of order."""
    world, before = World(incident_thread()), 0
    for minute in looks:
        world = world.looked_at(minute).looked_at(minute)
        assert len(posted(world)) - before in {0, 1}
        before = len(posted(world))
    assert len(set(posted(world))) == before
    newest = min(max(looks, default=0) // 5, 9)
    assert posted(world)[-1:] == ([f"{STAMP}/{'last' if newest == 9 else newest}"] if newest else [])  # rounds


def test_a_severity_that_is_raised_starts_its_own_schedule() -> None:
    """A SEV-2 asks after a quarter of an hour; from when it is a SEV-1, every five minutes."""
    of = incident_thread(labeled("sev-1", 16), severity=2)
    assert keys(of, 20) == []
    assert keys(of, 21) == ["12/escalate/20261117T021600Z/1"]


def test_a_severity_that_is_lowered_ends_it() -> None:
    """To a SEV-3, which pages nobody."""
    assert keys(incident_thread(labeled("sev-3", 16)), 900) == []


def test_what_is_reopened_with_nobody_on_it_calls_somebody_at_once() -> None:
    """The call was for the first time that it broke; an acknowledgement of that time stays."""
    of = incident_thread(closed(2), reopened(30))
    (want,) = wants(escalate, of, 30)
    assert isinstance(want, Notice)
    assert (want.key, want.timed) == ("12/escalate/20261117T023000Z/0", False)
    assert view_of(want)["cause"] == "reopened"
    assert keys(incident_thread(ACK, closed(4), reopened(30)), 40) == []


SILENT = "12/escalate/20261117T020300Z"


def test_whoever_acknowledged_and_fell_silent_is_asked_about() -> None:
    """Reminded after 15 and 30 minutes; five minutes later somebody else is asked to take it."""
    of = incident_thread(ACK)
    assert keys(of, 34) == []
    (want,) = wants(escalate, of, 35)
    assert isinstance(want, Notice)
    assert (want.key, want.timed) == (f"{SILENT}/0", True)
    view = view_of(want)
    assert (view["cause"], view["people"], view["since"]) == ("silent", ["alex"], instant(3))
    assert view["acknowledged"] == {"by": "jordan", "at": instant(3)}
    assert keys(of, 40) == [f"{SILENT}/1"]


@pytest.mark.parametrize(
    "sign",
    [
        "/ack",
        "/take",
        "/update More by 03:00.",
        "/update! x",
        "/status identified",
        "/status identified x",
        "/snooze 5m",
    ],
)
def test_any_word_of_the_team_ends_it(sign: str) -> None:
    """Of whoever may command, not only of the one who acknowledged."""
    of = incident_thread(ACK, comment(2, "sam", sign, 37))
    assert keys(of, 40) == []


def test_a_stranger_who_asks_ends_nothing() -> None:
    """Nobody of the team has spoken."""
    assert keys(incident_thread(ACK, comment(2, "kim", "Any news?\n/ack", 37)), 40) == [f"{SILENT}/1"]


def test_the_card_stays_while_nothing_but_time_passes() -> None:
    """An acknowledgement that expires is told by its notice; what the card shows is the same."""
    world = World(incident_thread(ACK)).looked_at(4)
    shown = [body.split("\n", 2)[2] for body in world.bodies("/card ")]
    for minute in range(5, 200, 5):
        world = world.looked_at(minute)
    assert [body.split("\n", 2)[2] for body in world.bodies("/card ")] == shown
    assert posted(world)[0] == f"{SILENT}/0"
    assert posted(world)[-1] == f"{SILENT}/last"


@pytest.mark.parametrize(
    ("items", "config", "mentions"),
    [
        ([], TEAM, ["jordan"]),
        ([], replace(TEAM, people=("alex",)), ["alex"]),
        ([assigned("sam", 1)], replace(DEFAULTS, people=()), ["sam"]),
    ],
)
def test_one_person_is_asked_and_a_team_of_one_is_asked_again(
    items: list[Item], config: Config, mentions: list[str]
) -> None:
    """Nobody pretends that there is a second one."""
    (want,) = wants(escalate, incident_thread(*items), 5, config)
    view = view_of(want)
    assert (view["people"], view["alone"]) == (mentions, len(config.people) < 2)


def test_the_last_notice_asks_everybody_once() -> None:
    """It mentions each person of the chain."""
    (want,) = wants(escalate, incident_thread(), 45)
    assert view_of(want)["people"] == ["alex", "jordan", "morgan"]


def test_teams_in_codeowners_are_never_mentioned() -> None:
    """A bot's team mention notifies nobody, so only users are asked."""
    owners = replace(REPOSITORY, codeowners="* @octo/payments @sam @riley ops@example.com")
    world = World(incident_thread(), config=DEFAULTS, repository=owners)
    for minute in (1, *range(5, 50, 5)):
        world = world.looked_at(minute)
    asked = world.bodies("/escalate/")
    assert len(asked) == len(posted(world)) == 6  # two people, three rounds
    assert not [body for body in asked if "payments" in body]


def test_how_late_a_notice_is() -> None:
    """Seconds since it fell due, and since when nobody has answered."""
    (want,) = wants(escalate, incident_thread(), 8.5)
    assert (view_of(want)["late"], view_of(want)["waited"], view_of(want)["due"]) == (210, 510, instant(5))


@pytest.mark.parametrize(("items", "guess"), [([], True), ([comment(1, "morgan", "/sev 1 nobody can pay", 2)], False)])
def test_a_severity_that_nobody_confirmed_is_said_to_be_a_guess(items: list[Item], guess: bool) -> None:
    """`/sev` with the same severity confirms it, and starts nothing anew."""
    (want,) = wants(escalate, incident_thread(*items), 5)
    assert (view_of(want)["unconfirmed"], getattr(want, "key", "")) == (guess, f"{STAMP}/1")


def test_whoever_is_on_call_next_is_asked_to_take_it_once() -> None:
    """At nine the shift ends: one notice, which is no escalation."""
    of = incident_thread(ACK, comment(2, "jordan", "/snooze 4h", 239), severity=2)
    assert [key for key in keys(of, 419, ON_CALL) if "/shift/" in key] == []
    found = [want for want in wants(escalate, of, 420, ON_CALL) if "/shift/" in getattr(want, "key", "")]
    assert [getattr(want, "key", "") for want in found] == ["12/shift/20261117T090000Z"]
    assert (view_of(found[0])["login"], view_of(found[0])["before"]) == ("morgan", "jordan")


DAY = 24 * 60
THREE = replace(ON_CALL.oncall, layers=(replace(ROTA.layers[0], people=("jordan", "morgan", "alex")),))
"""Turns of a day, from nine: jordan's ends seven hours after the start, and the next one of his begins on day two."""


@pytest.mark.parametrize(
    ("items", "now", "expected"),
    [
        ([ACK], 421, ("morgan", 420, 420, True)),
        ([ACK], 420 + DAY, ("alex", 420, 420, True)),
        ([ACK, closed(10), reopened(DAY)], DAY + 1, ("morgan", 420, DAY, False)),
        ([ACK, closed(10), reopened(1.5 * DAY)], 1.5 * DAY, ("alex", 420, 1.5 * DAY, False)),
        (
            [ACK, comment(2, "jordan", "/status mitigated", 9), comment(3, "jordan", "/status identified", DAY)],
            DAY + 1,
            ("morgan", 420, DAY, False),
        ),
    ],
    ids=[
        "at once",
        "a day late",
        "reopened",
        "reopened on the third's day",
        "hurts again",
    ],
)
def test_whoever_relieves_is_on_call_when_it_is_said(
    items: list[Item], now: float, expected: tuple[str, float, float, bool]
) -> None:
    """A look that comes late, or a fire that flares up again days later, asks nobody who is off call by then."""
    found = wants(escalate, incident_thread(*items), now, replace(TEAM, oncall=THREE))
    shifts = [want for want in found if isinstance(want, Notice) and "/shift/" in want.key]
    told = [(view_of(one)["login"], view_of(one)["due"], one.due, one.timed) for one in shifts]
    login, ended, due, timed = expected
    assert told == [(login, instant(ended), instant(due), timed)]


def test_whoever_is_on_call_again_is_relieved_when_that_ends() -> None:
    """Jordan's turn ended while it did not burn, and his next one has begun."""
    of = incident_thread(ACK, closed(10), reopened(1.5 * DAY))
    shifts = {now: [key for key in keys(of, now, ON_CALL) if "/shift/" in key] for now in (1.5 * DAY, 420 + 2 * DAY)}
    assert shifts == {1.5 * DAY: [], 420 + 2 * DAY: ["12/shift/20261119T090000Z"]}


@pytest.mark.parametrize(
    ("items", "config"),
    [
        ([ACK], TEAM),
        ([comment(1, "sam", "/ack", 3)], ON_CALL),
        ([ACK, comment(2, "morgan", "/handoff me", 500)], ON_CALL),
        ([], ON_CALL),
        ([ACK, comment(2, "jordan", "/status mitigated", 30)], ON_CALL),
        ([ACK], replace(TEAM, oncall=Rota((Layer("primary", ("jordan",), date(2026, 11, 16), 1, time(9)),)))),
    ],
    ids=["no rota", "not on call", "handed over", "not acknowledged", "mitigated", "alone in the rota"],
)
def test_nobody_is_asked_to_relieve(items: list[Item], config: Config) -> None:
    """Only whoever was on call when he took it is relieved, and only while users are hurt."""
    assert [key for key in keys(incident_thread(*items), 600, config) if "/shift/" in key] == []


def test_while_a_watcher_runs_an_event_leaves_it_to_that() -> None:
    """An acknowledgement in the second of an escalation doubles nothing; a dead watcher's debt is paid."""
    world = World(incident_thread()).looked_at(1)
    for now, said in ((5.5, False), (5 + PATIENCE.total_seconds() / 60, True)):
        left = replace(world.seen(now), watchers=Watchers(running=True))
        assert bool(_escalated(left)) is said


def _escalated(one: Snapshot) -> list[str]:
    found, wanted = decided(one)
    return [key for write in plan(found, wanted, plainly) if "/escalate/" in (key := getattr(write, "key", ""))]
