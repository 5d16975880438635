"""`stanch drill --live` on the command line: what it says, with which exit code, and what it does not take."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from stanch.adapters.game_file import names
from stanch.cli import drill
from tests.app.playing import WELL, Act, Party, keys, party, quiet_world
from tests.app.rig import Rig, rigged

OWN = """\
title: Card payments are refused
severity: 2
alert: 34 % of card payments fail.
lasts: 20m
inputs:
  - {at: 4m, who: Support, text: Three clients ask.}
hints:
  - {after: 12m, text: What changed last?}
answer: {severity: 1, contain: [rollback], within: 20m, text: Roll it back.}
"""
SHORT: tuple[Act, ...] = ((2, "jordan", "/take"), (6, "jordan", "/resolve It is gone."))


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A scenario of the team's own."""
    file = tmp_path / "own.yml"
    file.write_text(OWN)
    return str(file)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Rig, Party]]:
    """The command line at alex's laptop, and a team whose minutes pass while it sleeps."""
    world = quiet_world()
    with rigged(world, tmp_path, monkeypatch) as rig, party(world) as team:
        rig.set("GITHUB_API_URL", world.api_url)
        rig.set("GITHUB_TOKEN", world.token("alex"))
        monkeypatch.setattr(drill.time, "sleep", lambda length: team.sleep(max(length, 120)))
        yield rig, team


def test_a_game_is_told_as_it_goes_and_ends_with_its_scorecard(table: tuple[Rig, Party], own: str) -> None:
    """On stdout, exit 0 once the team has ended it."""
    rig, team = table
    team.acts += SHORT
    ran = rig.run("drill", "--live", own)
    assert (ran.code, ran.err) == (0, "")
    assert "Drill #1 is open: Card payments are refused." in ran.out
    assert "02:18 UTC input 1: Support" in ran.out
    assert "Drill #1 is over." in ran.out
    assert "Scorecard" in ran.out
    assert "Acknowledged after 2 min by" in ran.out
    assert "@jordan" in next(one.body for one in rig.world.issue(1).comments if "/invited/" in one.body)


def test_scripts_get_the_scorecard_as_json(table: tuple[Rig, Party], own: str) -> None:
    """Everything else goes to stderr; what a good answer would have been is not in it."""
    rig, team = table
    team.acts += SHORT
    ran = rig.run("drill", "--live", own, "--people", "@morgan, jordan", "--json")
    report = ran.report
    assert (ran.code, report["number"], report["scenario"], report["over"]) == (0, 1, "own", True)
    assert [row["what"] for row in report["scorecard"]["rows"]][:2] == ["acknowledged", "severity"]
    assert "Drill #1 is open" in ran.err
    assert "@morgan and @jordan" in next(one.body for one in rig.world.issue(1).comments if "/invited/" in one.body)


def test_a_game_whose_time_is_up_ends_with_1(table: tuple[Rig, Party], own: str) -> None:
    """The issue is left open, and how to end it is said; `--minutes` says when."""
    rig, team = table
    ran = rig.run("drill", "--live", own, "--minutes", "5")
    assert (ran.code, team.minute >= 5, team.minute < 9) == (1, True, True)
    assert "Drill #1 is still open: `/resolve` on it, or closing it, ends it." in ran.out
    assert rig.world.issue(1).state == "open"


def test_ctrl_c_says_what_is_left_and_the_game_goes_on_later(
    table: tuple[Rig, Party], own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 130; the same scenario, started again with --resume, brings what is left and nothing twice."""
    rig, team = table

    def interrupted(length: float) -> None:
        team.sleep(length)
        if team.minute >= 4.5:
            raise KeyboardInterrupt

    monkeypatch.setattr(drill.time, "sleep", interrupted)
    ran = rig.run("drill", "--live", own)
    assert ran.code == 130
    assert f"`stanch drill --live {own} --resume 1` goes on with it." in ran.out
    monkeypatch.setattr(drill.time, "sleep", lambda length: team.sleep(max(length, 120)))
    team.acts += [(8, "jordan", "/resolve It is gone.")]
    again = rig.run("drill", "--live", own, "--resume", "#1")
    assert (again.code, "Drill #1 goes on: Card payments are refused." in again.out) == (0, True), again
    assert [key for key in keys(rig.world, 1) if key.startswith("game/")] == ["game/invited/1", "game/input/1"]


def test_a_token_that_loses_its_right_half_way_leaves_the_game_open(table: tuple[Rig, Party], own: str) -> None:
    """What is left and how to go on is said, then why it stopped."""
    rig, team = table
    team.acts += [(3, "alex", lambda world, _number: world.repository().roles.pop("alex"))]
    rig.world.repository().private = True
    ran = rig.run("drill", "--live", own)
    assert ran.code == 3
    assert "Stopped. Drill #1 is still open" in ran.out
    assert ran.err.startswith("stanch: ")


def test_a_dry_run_needs_no_token_and_writes_nothing(table: tuple[Rig, Party], own: str) -> None:
    """What would be posted, by the minute, ten times as fast if asked; the answer is not spoilt."""
    rig, _ = table
    rig.set("GITHUB_TOKEN", None)
    rig.set("GITHUB_REPOSITORY", None)
    ran = rig.run("drill", "--live", own, "--dry-run", "--people", "jordan")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split("  ")[0].split(" min")[0] for line in ran.out.splitlines()] == ["+0", "+0", "+4", "+12", "+20"]
    assert "Roll it back" not in ran.out
    steps = rig.run("drill", "--live", own, "--dry-run", "--speed", "10", "--json").report["steps"]
    assert [step["minutes"] for step in steps] == [0, 0, 0.4, 1.2, 2]
    steps = rig.run("drill", "--live", own, "--dry-run", "--minutes", "10", "--json").report["steps"]
    assert [(step["minutes"], step["kind"]) for step in steps[2:]] == [(4, "input"), (10, "end")]
    assert rig.world.repository().issues == {}


def test_the_list_of_game_days(table: tuple[Rig, Party]) -> None:
    """The names that ship, a line each or as JSON; other ones than those of the embedded GitHub."""
    rig, _ = table
    assert tuple(rig.run("drill", "--list", "--live").out.split()) == names()
    assert rig.run("drill", "--list", "--live", "--json").report == {"scenarios": list(names())}
    assert not set(rig.run("drill", "--list").out.split()) & set(names())


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--live",), "Name the scenario of the game day: database-fails-over"),
        (("--live", "--dry-run"), "Name the scenario"),
        (("--live", "--resume", "1", "--dry-run"), "Name the scenario"),
        (("--live", "no-such"), 'There is no game day "no-such"'),
        (("--live", "payments-at-night", "--people", "a b!c"), "is no GitHub login"),
        (("--live", "payments-at-night", "--speed", "nan"), "nan is not a number"),
        (("--live", "payments-at-night", "--speed", "0"), "--speed"),
        (("--live", "payments-at-night", "--speed", "1e-9"), "--speed"),
        (("--live", "payments-at-night", "--minutes", "9999"), "--minutes"),
        (("--live", "payments-at-night", "--minutes", "0.5"), "--minutes"),
        (("--live", "payments-at-night", "--demo"), "belong to the embedded GitHub"),
        (("--live", "payments-at-night", "--resume", "x"), "is no number of an issue"),
        (("payments-at-night", "--speed", "2"), "belong to --live"),
        (("night", "--resume", "1"), "belong to --live"),
        (("night", "--dry-run"), "belong to --live"),
    ],
)
def test_what_it_does_not_take(table: tuple[Rig, Party], args: tuple[str, ...], told: str) -> None:
    """One sentence, exit 2, and nothing is opened."""
    rig, _ = table
    ran = rig.run("drill", *args)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert rig.world.repository().issues == {}


def test_no_token_is_a_usage_error(table: tuple[Rig, Party], own: str) -> None:
    """Said before anything is asked."""
    rig, _ = table
    rig.set("GITHUB_TOKEN", None)
    ran = rig.run("drill", "--live", own)
    assert (ran.code, "GITHUB_TOKEN is not set" in ran.complaint) == (2, True)


def test_without_workflows_somebody_is_told(table: tuple[Rig, Party], own: str) -> None:
    """After three minutes without a card: nothing looks after the issue."""
    rig, team = table
    team.installed = False
    ran = rig.run("drill", "--live", own, "--minutes", "6")
    assert "has no card yet: is stanch-incidents installed here" in ran.out


def test_a_workflow_plays_it_with_its_own_token(table: tuple[Rig, Party], own: str) -> None:
    """`workflow_dispatch` with GITHUB_TOKEN: no event tells anybody of what it writes, and still the card is there."""
    rig, team = table
    rig.set("GITHUB_TOKEN", rig.world.bot_token)
    team.acts += WELL
    ran = rig.run("drill", "--live", own, "--json")
    assert json.loads(ran.out)["over"] is True
    assert ran.code == 0
    assert "card" in keys(rig.world, 1)
    assert sum(key.startswith("scorecard/") for key in keys(rig.world, 1)) == 1
