"""What `stanch gate` says in a terminal, as JSON and in the step's summary, with the exit code that belongs to it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from stanch.app.stage import stage
from stanch.sandbox.faults import Fault
from tests.app.rig import Mood, Ran, Rig, reply, rigged
from tests.gated import AFTER, BODY, CODE, Hotfix, harbour, hotfix

CODES = [f"H{n:03}" for n in range(1, 14)]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Rig, Hotfix]]:
    """A rig at a repository with the gate, and an incident whose hotfix is still to be opened."""
    world = cast("Mood", harbour(kind=Mood))
    with stage(world) as connected, rigged(world, tmp_path, monkeypatch) as rig:
        yield rig, hotfix(connected)


ASKED = [
    ("--explain",),
    ("--as", "SEV-1"),
    ("--as", "2", "--explain"),
    ("--dry-run",),
    ("--json", "--dry-run"),
    ("--explain", "--json"),
]


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("green", [False, True])
def test_asking_writes_nothing(told: tuple[Rig, Hotfix], asked: tuple[str, ...], green: bool) -> None:
    """Whether it is red, 1, or green, 0: every rule is told, and nothing is written."""
    rig, found = told
    found.opened()
    if green:
        found.green()
    before = found.world.counts.writes
    ran = rig.run("gate", str(found.number), *asked)
    assert (ran.code, found.world.counts.writes - before, ran.err) == (0 if green else 1, 0, "")
    assert all(code in ran.out for code in CODES)
    assert "--json" not in asked or len(json.loads(ran.out)["rows"]) == len(CODES)


def test_a_dry_run_prints_the_plan(told: tuple[Rig, Hotfix]) -> None:
    """Below the rules stand the status and the card that would be written; `--explain` plans nothing."""
    rig, found = told
    found.opened()
    dry, explained = (rig.run("gate", str(found.number), asked).out for asked in ("--dry-run", "--explain"))
    assert f"#{found.number}: would make 2 writes" in dry
    assert "status failure" in dry
    assert "would make" not in explained


def test_a_green_gate_that_could_not_be_written_is_exit_3(told: tuple[Rig, Hotfix]) -> None:
    """What was judged is not yet true: the status is still owed, and the next look pays it."""
    rig, found = told
    found.opened("Better words.", branch="feature/words")
    found.world.faults.at_write(found.world.counts.writes + 1, Fault.BAD_GATEWAY_BEFORE)
    ran = rig.run("gate", str(found.number))
    assert (ran.code, found.state) == (3, "")
    assert "status success" in ran.out + ran.err
    assert (rig.run("gate", str(found.number)).code, found.state) == (0, "success")


def test_without_a_question_it_writes_what_is_due(told: tuple[Rig, Hotfix]) -> None:
    """The status and the card, once; the exit code is the gate's."""
    rig, found = told
    found.opened()
    before = found.world.counts.writes
    codes = [rig.run("gate", str(found.number)).code for _ in range(2)]
    assert (codes, found.state, found.world.counts.writes - before) == ([1, 1], "failure", 2)


def test_what_if_it_were_graver(told: tuple[Rig, Hotfix]) -> None:
    """The severity that is asked about is the one that is judged, for this answer alone."""
    rig, found = told
    found.opened()
    one, two = (rig.run("gate", str(found.number), "--as", f"SEV-{n}").out for n in (1, 2))
    assert "SEV-1" in one.splitlines()[0]
    assert "SEV-2" in two.splitlines()[0]
    assert json.loads(rig.run("gate", str(found.number), "--as", "SEV-1", "--json").out)["severity"] == 1


@pytest.mark.parametrize("asked", [("--as", "grave"), ("--as", ""), ("--as", "SEV-9")])
def test_a_severity_that_is_none_is_a_usage_error(told: tuple[Rig, Hotfix], asked: tuple[str, ...]) -> None:
    """Exit 2, with an example."""
    rig, found = told
    found.opened()
    ran = rig.run("gate", str(found.number), *asked)
    assert (ran.code, "--as SEV-2" in ran.complaint) == (2, True)


def second_read_fails(found: Hotfix) -> None:
    """From now on GitHub does not say what a pull request points to."""
    world = found.world
    assert isinstance(world, Mood)
    world.says = lambda asked: reply(502) if b"query Beside" in asked.body else None


def test_what_cannot_be_told_is_three(told: tuple[Rig, Hotfix]) -> None:
    """A number of no pull request, and a second read that fails."""
    rig, found = told
    found.opened()
    assert rig.run("gate", "4711").code == 3
    assert rig.run("gate", str(found.incident), "--explain").code == 3
    second_read_fails(found)
    ran = rig.run("gate", str(found.number), "--explain")
    assert (ran.code, "cannot be told" in ran.out, "judge #" in ran.complaint) == (3, True, True)


def test_a_draft_is_not_green_for_a_script(told: tuple[Rig, Hotfix]) -> None:
    """It only waits, and still nothing may be merged: 1."""
    rig, found = told
    found.opened().green()
    found.world.person("jordan").drafts(found.number)
    ran = rig.run("gate", str(found.number), "--explain", "--json")
    assert (ran.code, json.loads(ran.out)["state"]) == (1, "pending")


def test_a_rule_that_cannot_tell_is_three(told: tuple[Rig, Hotfix]) -> None:
    """Everything was read, and the proof's artifact is none."""
    rig, found = told
    found.opened().green()
    found.proven({"evidence.json": "no"})
    ran = rig.run("gate", str(found.number), "--explain", "--json")
    assert (ran.code, json.loads(ran.out)["state"]) == (3, "error")


def test_a_script_reads_what_stands_and_who_waived_it(told: tuple[Rig, Hotfix]) -> None:
    """A rule that somebody eased stands; those that still need something do not."""
    rig, found = told
    large = AFTER + "".join(f"\n\ndef part{n}():\n    return {n}\n" for n in range(20))
    found.opened(BODY + "Why not smaller: the parts belong together\n", **{CODE.replace("/", "__"): large})
    found.world.person("alex").comments(found.number, "/waive H006 the parts cannot be taken apart")
    rows = json.loads(rig.run("gate", str(found.number), "--json").out)["rows"]
    assert {row["rule"] for row in rows if not row["stands"]} == {"H003", "H004"}
    assert {row["rule"]: row["waived_by"] for row in rows if row["waived_by"]} == {"H006": ["alex"]}


def test_what_is_no_hotfix_is_told_so(told: tuple[Rig, Hotfix]) -> None:
    """One line, and exit 0."""
    rig, found = told
    found.opened("A better name.", branch="feature/names")
    ran = rig.run("gate", str(found.number), "--explain")
    assert (ran.code, ran.out.strip().splitlines()[1:]) == (0, [])
    assert "no hotfix" in ran.out


def test_a_person_in_a_terminal_sees_no_markup(told: tuple[Rig, Hotfix]) -> None:
    """No tag or entity of ours: what people wrote is shown as they wrote it."""
    rig, found = told
    found.opened(
        BODY.replace("Revert this", "- Revert a\\b & [this] @kim"), **{"shop__a[b]@c.py": "x = 1  # TODO <b>\n"}
    )
    out = rig.run("gate", str(found.number), "--explain").out
    assert "   - Revert a\\b & [this] @kim pull request" in out
    assert "<code>" not in out
    assert "&lt;" not in out
    assert "&#" not in out
    assert "`x = 1 # TODO <b>`" in out


@pytest.mark.parametrize("text", ["::error::boo", "::add-mask::x", " ::set-output name=a::b", "##[error]boo"])
def test_no_line_is_a_command_to_the_runner(told: tuple[Rig, Hotfix], text: str) -> None:
    """Whatever somebody writes into the pull request, with or without a question."""
    rig, found = told
    found.opened(BODY.replace("Revert this", f"{text} Revert this"))
    for asked in ASKED:
        out = rig.run("gate", str(found.number), *asked).out
        assert [line for line in out.splitlines() if line.strip().startswith("::") or "##[" in line] == []


def by_event(rig: Rig, number: int) -> Ran:
    rig.event({"action": "opened", "pull_request": {"number": number}}, "pull_request")
    return rig.run("gate")


def test_the_steps_summary_shows_every_rule(told: tuple[Rig, Hotfix], tmp_path: Path) -> None:
    """Of a run that wrote something, and of a quiet one; the run itself is green, whatever the gate says."""
    rig, found = told
    found.opened()
    for n in range(2):
        rig.set("GITHUB_STEP_SUMMARY", str(tmp_path / f"summary{n}.md"))
        assert by_event(rig, found.number).code == 0
        shown = (tmp_path / f"summary{n}.md").read_text("utf-8")
        assert [f"| {code} " in shown for code in CODES] == [True] * len(CODES)
        assert ("to do" in shown, f"#{found.number}" in shown) == (True, True)


def test_the_summary_of_what_is_no_hotfix_has_no_table(told: tuple[Rig, Hotfix], tmp_path: Path) -> None:
    """It says what was written."""
    rig, found = told
    found.opened("A better name.", branch="feature/names")
    rig.set("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert by_event(rig, found.number).code == 0
    assert "H001" not in (tmp_path / "summary.md").read_text("utf-8")


def test_an_event_that_cannot_be_judged_is_three(told: tuple[Rig, Hotfix]) -> None:
    """The status says error, and the run is red and says why."""
    rig, found = told
    found.opened().green()
    second_read_fails(found)
    ran = by_event(rig, found.number)
    assert (ran.code, found.state, f"judge #{found.number}" in ran.complaint) == (3, "error", True)
