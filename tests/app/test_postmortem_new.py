"""`stanch postmortem new`: the report of an incident, printed; GitHub is only read."""

from pathlib import Path

import click
import pytest

from stanch.cli.postmortem import new as command
from stanch.core.config_postmortem import Layout
from tests.app.rig import CONFIG, Rig, harbour, on_read, reply, rigged

FOLDER = ".github/stanch/templates"


@pytest.fixture
def number(rig: Rig) -> int:
    """An incident that was worked on and is resolved."""
    number = rig.incident()
    rig.look(number)
    for minutes, said in ((4, "/take"), (8, "/update! Paying fails."), (9, "/contain flag cart off"), (20, "/resolve")):
        rig.world.clock.advance(minutes=minutes)
        rig.world.person("jordan").comments(number, said)
    rig.look(number)
    return number


def new(rig: Rig, number: int, *args: str) -> str:
    """What is printed; nothing is written to GitHub meanwhile."""
    writes = rig.world.counts.writes
    ran = rig.run("postmortem", "new", "--issue", str(number), *args)
    assert (ran.code, ran.err) == (0, "")
    assert rig.world.counts.writes == writes
    return ran.out


def test_it_prints_what_the_issue_was_opened_with(rig: Rig, number: int) -> None:
    """The same layout, filled with the same facts, without the hidden first line."""
    body = rig.world.issue(max(rig.world.repository().issues)).body or ""
    assert new(rig, number) == body.partition("\n")[2]


@pytest.mark.parametrize(
    ("args", "first"),
    [
        ((), "# Incident #1: Checkout is down"),
        (("--layout", "default"), "# Incident #1: Checkout is down"),
        (("--layout", "list"), "# Incident report: Checkout is down (#1)"),
        (("--layout", "table"), "# Post-mortem: Checkout is down"),
        (("--client",), "# Incident report: 2026-03-17"),
    ],
)
def test_the_layout_can_be_chosen(rig: Rig, number: int, args: tuple[str, ...], first: str) -> None:
    """Each by its name; the client's has none."""
    assert new(rig, number, *args).splitlines()[0] == first


def test_every_layout_can_be_asked_for() -> None:
    """By the names that the configuration takes."""
    (layout,) = [one.type for one in command.params if one.name == "layout"]
    assert isinstance(layout, click.Choice)
    assert list(layout.choices) == [*Layout]


def test_the_short_form(rig: Rig, number: int) -> None:
    """By its flag or its name, and without a word about an incident that is still open."""
    short = new(rig, number, "--short")
    assert short == new(rig, number, "--layout", "short")
    assert "## What went well" not in short
    assert "still open" not in short


def test_of_a_running_incident_it_is_the_short_form(rig: Rig) -> None:
    """Unless a layout is asked for; what has not happened yet is not said to have."""
    number = rig.incident()
    rig.look(number)
    assert "## What went well" not in new(rig, number)
    assert "not over yet" in new(rig, number)
    assert "## What went well" in new(rig, number, "--layout", "table")
    assert "_not yet_" in new(rig, number, "--client")


def test_the_clients_report_names_nobody(rig: Rig, number: int) -> None:
    """What they were told, how long it took and what was done, in plain words."""
    text = new(rig, number, "--client")
    assert "Paying fails." in text
    assert "we switched off what was at fault" in text
    for ours in ("jordan", "alex", "#1", "cart", "SEV"):
        assert ours not in text


def test_the_teams_layout_and_template_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The configuration names one by severity; a file of the team's own stands in for it."""
    world = harbour(f"{CONFIG}postmortem: {{layout: list, layouts: {{sev-2: table}}}}\n")
    with rigged(world, tmp_path, monkeypatch) as rig:
        one, two = rig.incident(), rig.incident(severity=2)
        for number in (one, two):
            world.person("jordan").closes(number)
            rig.look(number)
        assert new(rig, one).startswith("# Incident report: ")
        assert new(rig, two).startswith("# Post-mortem: ")
        world.person("alex").pushes_to("main", {f"{FOLDER}/postmortem-client.md": "For you: {{ to_resolve | span }}\n"})
        assert new(rig, one, "--client") == "For you: 0 s\n"


def test_it_can_be_written_to_a_file(rig: Rig, number: int, tmp_path: Path) -> None:
    """Then nothing is printed."""
    file = tmp_path / "report.md"
    assert new(rig, number, "--out", str(file)) == ""
    assert file.read_text(encoding="utf-8") == new(rig, number)


def test_what_somebody_wrote_is_not_lost(rig: Rig, number: int, tmp_path: Path) -> None:
    """A file that says something else stays, and exit 2 says so; the same text again, or an empty file, is no loss."""
    file = tmp_path / "report.md"
    file.touch()
    assert new(rig, number, "--out", str(file)) == new(rig, number, "--out", str(file)) == ""
    filled = file.read_text(encoding="utf-8") + "\nThe retry sent the same key twice.\n"
    file.write_text(filled, encoding="utf-8")
    ran = rig.run("postmortem", "new", "--issue", str(number), "--out", str(file))
    assert (ran.code, ran.out, file.read_text(encoding="utf-8")) == (2, "", filled)
    assert "says something else" in ran.complaint


@pytest.mark.parametrize("name", ["", "nowhere/report.md", "."])
def test_a_file_that_cannot_be_written_is_said(rig: Rig, number: int, name: str) -> None:
    """One sentence with the file's name, and exit 2."""
    ran = rig.run("postmortem", "new", "--issue", str(number), "--out", str(rig.folder / name))
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be written" in ran.complaint


def test_a_broken_template_is_said_and_ours_is_printed(rig: Rig, number: int) -> None:
    """Whoever writes one sees what is wrong before an incident does: exit 2."""
    rig.world.person("alex").pushes_to("main", {f"{FOLDER}/postmortem.md": "\n{{ nothing_like_it }}"})
    ran = rig.run("postmortem", "new", "--issue", str(number))
    assert ran.code == 2
    assert ran.out.startswith("# Incident #1")
    assert f'{FOLDER}/postmortem.md:2: there is no "nothing_like_it" in the view' in ran.complaint


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (("--short", "--client"), "--layout, --short and --client each say"),
        (("--layout", "list", "--client"), "--layout, --short and --client each say"),
        (("--layout", "lists"), "lists"),
        (("--issue", "x"), "is no number"),
    ],
)
def test_a_wrong_order_is_exit_2(rig: Rig, number: int, args: tuple[str, ...], problem: str) -> None:
    """Said in a sentence, before anything is read."""
    reads = rig.world.counts.reads
    ran = rig.run("postmortem", "new", "--issue", str(number), *args)
    assert (ran.code, ran.out) == (2, "")
    assert problem in ran.err
    assert rig.world.counts.reads == reads


def test_what_is_no_incident_has_no_report(rig: Rig, number: int) -> None:
    """A plain issue, the post-mortem itself, and a number that is not there."""
    plain = rig.world.person("alex").opens("A question")
    report = next(n for n, one in rig.world.repository().issues.items() if one.title.startswith("Post-mortem"))
    for wrong, said in (
        (plain, "is no incident"),
        (report, f"name its incident, #{number}"),
    ):
        ran = rig.run("postmortem", "new", "--issue", str(wrong))
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.complaint
    assert rig.run("postmortem", "new", "--issue", "99").code == 3


def test_github_unreachable_is_exit_3(rig: Rig, number: int) -> None:
    """Nothing is printed that could be taken for a report."""
    rig.world.says = on_read(reply(500, "down"))
    ran = rig.run("postmortem", "new", "--issue", str(number))
    assert (ran.code, ran.out) == (3, "")
