"""How late the clocks were kept: the worst of a run, in words, in JSON and in the summary of the step."""

from tests.app.rig import Rig

LAST_ESCALATION = 30
"""Minutes: two people, three rounds of five minutes each; the second reminder of an update follows 15 minutes later."""


def test_a_run_says_by_how_much_its_latest_notice_was_late(rig: Rig) -> None:
    """Of all that time made due: the last escalation of the older incident, which was due before its reminder."""
    older = rig.incident()
    rig.look(older)
    rig.world.clock.advance(minutes=10)
    rig.look(rig.incident())
    rig.world.clock.advance(minutes=110)
    clocks = rig.run("sweep", "--json").report["clocks"]
    assert clocks == {"looked_at": "2026-03-17T12:00:00+00:00", "late_seconds": (120 - LAST_ESCALATION) * 60}
    assert rig.run("sweep", "--json").report["clocks"] == {**clocks, "late_seconds": None}


def test_what_an_act_made_due_is_not_late(rig: Rig) -> None:
    """A call three minutes after the label is as late as its event; no clock was kept badly."""
    number = rig.incident()
    rig.world.clock.advance(minutes=3)
    ran = rig.look(number, "--json")
    assert "CreateComment" in ran.kinds
    assert ran.report["clocks"]["late_seconds"] is None


def test_the_terminal_and_the_summary_say_the_same(rig: Rig) -> None:
    """One sentence; up to two minutes are in time."""
    summary = rig.folder / "summary.md"
    rig.set("GITHUB_STEP_SUMMARY", str(summary))
    number = rig.incident()
    rig.look(number)
    for seconds, said in ((420, "No notice went out late."), (301, "The latest notice went out 2 min late.")):
        rig.world.clock.advance(seconds)
        ran = rig.run("sweep")
        assert said in ran.out
        assert summary.read_text(encoding="utf-8").rstrip().endswith(said)
