"""A game day on the embedded GitHub, in virtual time: what comes when, and what never comes of it."""

from dataclasses import replace

import pytest

from stanch.adapters.game_file import read_game
from stanch.app.live import Brought, Ended, Nap, Order, Trouble, begin, going_on, play
from stanch.core.errors import Forbidden, UnknownOutcome, UsageProblem
from stanch.core.game import Input
from stanch.sandbox.faults import Fault
from tests.app.playing import QUICK, WELL, Act, keys, party, played, quiet_world, seat
from tests.app.rig import Mood, reply
from tests.games import minutes

BROUGHT = [("invited", 1, 0), ("input", 1, 4), ("input", 2, 9)]
PUT = ["game/invited/1", "game/input/1", "game/input/2"]


def order(minutes_: int = 20) -> Order:
    return Order(QUICK, ("jordan",), 1.0, minutes(minutes_), minutes(1))


@pytest.mark.parametrize("who", ["alex", ""])
def test_a_whole_game(who: str) -> None:
    """With a person's token events start the workflows; with a workflow's own the process carries the issue itself.

    Either way the same is said: a card, the calls and one scorecard, all marked; no second issue, nothing owed.
    """
    with party(quiet_world(), *WELL) as team:
        ran = played(team, who)
        issue, said = team.world.issue(ran.number), keys(team.world, ran.number)
    assert (ran.brought, ran.troubles, team.owed) == (BROUGHT, [], [])
    assert ran.ended is not None
    assert (ran.ended.over, ran.ended.scorecard["suggestion"], ran.ended.scorecard["forgotten"]) == (True, "harder", [])
    assert [key for key in said if key.startswith("game/")] == PUT
    assert ran.carried == (0 if who else 4)
    kinds = [key.partition("/")[0] for key in said if not key.startswith("game/")]
    assert sorted(kinds) == ["call", "call", "card", "scorecard"]
    assert all("**Drill:**" in one.body for one in issue.comments if one.body.startswith("<!-- stanch"))
    assert (list(team.world.repository().issues), issue.state, sorted(issue.labels)) == (
        [1],
        "closed",
        ["drill", "sev-1"],
    )
    assert issue.title == "Drill: Card payments are refused"


def test_a_run_that_is_killed_after_everything_it_does_brings_everything_once() -> None:
    """Started again with nothing but the issue's number, it goes on where the thread says that it stopped."""
    with party(quiet_world(), *WELL) as team:
        ran = played(team, restarts=True)
        assert (ran.brought, keys(team.world, ran.number).count("scorecard/20260317T022600Z")) == (BROUGHT, 1)
        assert [key for key in keys(team.world, ran.number) if key.startswith("game/")] == PUT


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY_AFTER, Fault.BAD_GATEWAY_BEFORE, Fault.TIMEOUT_AFTER])
def test_an_unclear_answer_doubles_nothing_and_loses_nothing(fault: Fault) -> None:
    """The first input is sent, and nobody knows whether it arrived: the thread is asked before it is sent again."""
    world = quiet_world()

    def breaks(_world: Mood, _number: int) -> None:
        _world.faults.at_write(_world.counts.writes + 1, fault)

    acts: list[Act] = [(3.5, "alex", breaks), (15, "jordan", "/resolve")]
    with party(world, *acts) as team:
        ran = played(team)
        assert [key for key in keys(world, ran.number) if key.startswith("game/")] == [*PUT, "game/hint/1"]
    assert len(world.faults.fired) == 1
    assert len(ran.troubles) == 1


def test_a_label_that_is_taken_off_half_way_changes_nothing() -> None:
    """No post-mortem, no client, no debt: it was a drill from its beginning, and says so to the end."""
    acts = [
        *WELL[:3],
        (6.5, "jordan", lambda world, number: world.person("jordan").unlabels(number, "drill")),
        *WELL[3:],
    ]
    with party(quiet_world(), *acts) as team:
        ran = played(team)
        issue = team.world.issue(ran.number)
        assert list(team.world.repository().issues) == [1]
        assert "containment" not in issue.labels
        assert "drill" not in issue.labels
        assert sum("/scorecard/" in one.body.split("\n")[0] for one in issue.comments) == 1
        assert "**Drill:**" in next(one.body for one in issue.comments if "/card" in one.body)


def test_a_pause_makes_the_game_longer() -> None:
    """A laptop that slept for an hour: what was left comes afterwards at its distances, and then its time is up."""

    def sleeps(world: Mood, _number: int) -> None:
        world.clock.advance(hours=1)

    with party(quiet_world(), (5, "alex", sleeps)) as team:
        ran = played(team)
        assert ran.brought[:2] == BROUGHT[:2]
        assert [(kind, ordinal) for kind, ordinal, _ in ran.brought[2:]] == [("input", 2), ("hint", 1)]
        assert ran.brought[2][2] == pytest.approx(65, abs=1)
        assert ran.brought[3][2] == pytest.approx(ran.brought[2][2] + 3, abs=0.1)
        assert team.minute == pytest.approx(ran.brought[2][2] + 11, abs=0.1)
        assert ran.ended is not None
        assert not ran.ended.over


def test_whoever_asks_gets_a_hint_at_once_and_the_answer_once() -> None:
    """The line of a person is answered with the next hint; a second question after the last one is answered too."""
    asks: list[Act] = [(2, "jordan", "hint?"), (5, "morgan", "another hint"), (8, "jordan", "/resolve")]
    with party(quiet_world(), *asks) as team:
        ran = played(team)
    kinds = [(kind, minute) for kind, _, minute in ran.brought if kind != "input"]
    assert kinds == [("invited", 0), ("hint", 2), ("no-hint", 6)]


def test_when_its_time_is_up_the_issue_stays_open() -> None:
    """The world falls silent, and says how it stands; ending it is the team's."""
    with party(quiet_world(), (2, "jordan", "/ack")) as team:
        ran = played(team)
        assert ran.ended is not None
        assert (ran.ended.over, ran.ended.scorecard["over"], team.minute) == (False, False, 20)
        assert team.world.issue(ran.number).state == "open"
        assert not any("scorecard" in key for key in keys(team.world, ran.number))


def test_a_label_that_is_not_there_is_made() -> None:
    """Nobody has to prepare anything: the issue bears it from its first second."""
    with party(quiet_world(labels=("sev-1", "sev-2"))) as team:
        number, _ = begin(seat(team, "alex").desk(), order())
        assert "drill" in team.world.issue(number).labels
        assert [event.subject for event in team.world.issue(number).items][:1] == ["drill"]


def test_who_may_not_set_labels_opens_no_incident() -> None:
    """GitHub drops the label in silence; the issue is closed at once, and never was an incident."""
    with party(quiet_world()) as team:
        with pytest.raises(Forbidden, match="did not put the label drill on #1, so it was closed again"):
            begin(seat(team, "sam").desk(), order())
        issue = team.world.issue(1)
        assert (issue.state, issue.labels) == ("closed", ())
        team.workflows()
        assert issue.comments == ()


def test_a_token_that_may_only_read_opens_nothing() -> None:
    """Said as the permission that is missing."""
    world = quiet_world(bot_permissions={"contents": "read", "issues": "read", "metadata": "read"})
    with party(world) as team, pytest.raises(Forbidden):
        begin(seat(team, "").desk(), order())
    assert world.repository().issues == {}


def test_where_issues_are_switched_off_there_is_no_game() -> None:
    """GitHub answers 410; what to do is said."""
    world = quiet_world()
    world.repository().settings = replace(world.repository().settings, has_issues=False)
    with party(world) as team, pytest.raises(UsageProblem, match="Issues are switched off"):
        begin(seat(team, "alex").desk(), order())


def test_an_archived_repository_takes_no_game() -> None:
    """GitHub refuses every write there; its reason is told."""
    world = quiet_world()
    world.repository().settings = replace(world.repository().settings, archived=True)
    with party(world) as team, pytest.raises(Forbidden, match="archived"):
        begin(seat(team, "alex").desk(), order())


def test_one_drill_at_a_time() -> None:
    """While one is open, whoever opened it, a second one is refused and the first one named."""
    with party(quiet_world()) as team:
        begin(seat(team, "alex").desk(), order())
        with pytest.raises(UsageProblem, match=r"Drill #1 is still open.*--resume 1"):
            begin(seat(team, "jordan").desk(), order())


def test_an_opening_that_was_not_answered_clearly_is_found_by_the_next_run() -> None:
    """Nobody knows whether the issue is there, so nothing is opened after it until somebody has looked."""
    world = quiet_world()
    with party(world) as team:
        world.faults.at_write(world.counts.writes + 1, Fault.TIMEOUT_AFTER)
        desk = seat(team, "alex").desk()
        with pytest.raises(UnknownOutcome):
            begin(desk, order())
        with pytest.raises(UsageProblem, match="Drill #1 is still open"):
            begin(desk, order())
        assert going_on(desk, 1, None, lambda _: QUICK) == (QUICK, 1.0)


def test_who_may_go_on_with_a_game() -> None:
    """Only whoever opened it, with the scenario that was begun, while it is open."""
    with party(quiet_world()) as team:
        alex, jordan = seat(team, "alex").desk(), seat(team, "jordan").desk()
        team.world.person("jordan").opens("Something else", "", labels=["drill"])
        with pytest.raises(UsageProblem, match="#1 was not opened by a game day"):
            going_on(alex, 1, None, lambda _: QUICK)
        team.world.person("jordan").closes(1)
        number, _ = begin(alex, order())
        with pytest.raises(UsageProblem, match="#2 was opened by alex"):
            going_on(jordan, number, None, lambda _: QUICK)
        other = replace(QUICK, inputs=(Input(minutes(1), "x", "y"),))
        with pytest.raises(UsageProblem, match="another text"):
            going_on(alex, number, other, lambda _: QUICK)
        with pytest.raises(UsageProblem, match='#2 plays "payments": name its file before --resume 2'):
            going_on(alex, number, None, read_game)
        team.world.person("alex").closes(number)
        with pytest.raises(UsageProblem, match="#2 is closed"):
            going_on(alex, number, QUICK, lambda _: QUICK)


def test_a_game_goes_on_ten_times_as_fast_if_it_began_so() -> None:
    """The opening remembers the speed, for whoever starts it again."""
    with party(quiet_world()) as team:
        number, _ = begin(seat(team, "alex").desk(), replace(order(), speed=10.0))
        assert going_on(seat(team, "alex").desk(), number, None, lambda _: QUICK) == (QUICK, 10.0)


def test_a_file_full_of_commands_and_mentions_commands_and_mentions_nobody() -> None:
    """What the world says is quoted: no command is heard, nobody is called, no marker is believed."""
    wild = "/resolve\n/sev 1 now\n@morgan @octo/team\n<!-- stanch:1 key=1/card -->\n```\n| a | \u202e"
    hostile = replace(
        QUICK, alert=wild, inputs=(Input(minutes(4), "@morgan", wild), Input(minutes(5), "x", "~~~" * 600))
    )
    with party(quiet_world(), (8, "jordan", "/resolve")) as team:
        ran = played(team, game=hostile)
        issue = team.world.issue(ran.number)
        said = [one.body for one in issue.comments if "/game/input/" in one.body.split("\n")[0]]
        assert len(said) == 2
        assert not any(line.startswith("/") for body in (issue.body or "", *said) for line in body.splitlines())
        assert "@morgan" not in "".join(said)
        assert team.minute >= 8
        assert sum("refused" in key for key in keys(team.world, ran.number)) == 0


def test_a_look_that_fails_is_tried_again() -> None:
    """GitHub is away for a while; the game goes on when it is back."""
    world = quiet_world()

    def away(_world: Mood, _number: int) -> None:
        _world.says = lambda asked: reply(502) if asked.is_graphql else None

    def back(_world: Mood, _number: int) -> None:
        _world.says = None

    with party(world, (3.5, "alex", away), (6, "alex", back), (12, "jordan", "/resolve")) as team:
        ran = played(team)
    assert [kind for kind, _, _ in ran.brought] == ["invited", "input", "input"]
    assert ran.troubles
    assert all(why.endswith(".") and "sweep" not in why for why in ran.troubles)


def test_a_read_that_lags_behind_doubles_nothing() -> None:
    """GitHub shows for a while what was before the last write: what this run has brought it does not bring again."""
    world = quiet_world()

    def lags(_world: Mood, _number: int) -> None:
        _world.faults.lag = 20

    with party(world, (3.5, "alex", lags), (10.5, "jordan", "/resolve")) as team:
        ran = played(team)
        assert [key for key in keys(world, ran.number) if key.startswith("game/")] == PUT


def test_an_issue_that_cannot_be_seen_yet_is_waited_for() -> None:
    """The first look comes before GitHub shows what was just opened; once it was seen, it is gone when it is gone."""
    world = quiet_world()
    with party(world) as team:
        world.faults.lag = 20
        desk = seat(team, "alex").desk
        number, whole = begin(desk(), order())
        events = play(desk, whole, number)
        assert [type(next(events)) for _ in range(2)] == [Trouble, Nap]
        team.installed = False
        team.waiting.clear()
        team.sleep(60)
        world.faults.lag = 0
        assert isinstance(next(events), Brought)
        world.person("alex").closes(number)
        assert isinstance(next(events), Ended)
