"""`stanch oncall`: who is on call, until when, and who is next; and what `config check` remarks on."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stanch.cli import cli
from tests.app.rig import harbour, rigged

TEAM = """\
team: {zone: Europe/Berlin}
people: [alex, jordan, morgan]
oncall:
  handover: mon 09:00
  starts: 2026-11-16
  lead: robin
  overrides:
    - {person: sam, from: 2026-11-25, to: 2026-11-26}
"""
TWO = "oncall: {people: [alex, jordan], starts: 2027-01-04}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that one stands in; nothing in the environment."""
    (tmp_path / ".github").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    return tmp_path


def written(folder: Path, text: str) -> None:
    (folder / ".github/stanch.yml").write_text(text, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["oncall", *arguments])


def test_it_says_who_is_on_call_and_who_is_next(folder: Path) -> None:
    """Per layer until when, in UTC and in the team's zone; then a row for each time from which it is somebody else."""
    written(folder, TEAM)
    ran = run("--at", "2026-11-22 06:07", "--weeks", "2")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert (
        ran.stdout
        == """\
On call at 2026-11-22 05:07 UTC (06:07 Europe/Berlin):
  primary: alex, until 2026-11-23 08:00 UTC (09:00 Europe/Berlin)
  secondary: jordan, until 2026-11-23 08:00 UTC (09:00 Europe/Berlin)
  lead: robin, who is called last

The next 2 weeks:
  from                                                    primary   secondary
  2026-11-22 05:07 UTC (06:07 Europe/Berlin)              alex      jordan
  2026-11-23 08:00 UTC (09:00 Europe/Berlin)              jordan    morgan
  2026-11-24 23:00 UTC (2026-11-25 00:00 Europe/Berlin)   sam*      morgan
  2026-11-26 23:00 UTC (2026-11-27 00:00 Europe/Berlin)   jordan    morgan
  2026-11-30 08:00 UTC (09:00 Europe/Berlin)              morgan    alex
* covers for somebody else
Swaps by /take on a hand-over issue are not shown here, and count before what the file says.
"""
    )


@pytest.mark.parametrize(
    ("at", "instant"),
    [
        ("2026-11-22", "2026-11-21T23:00:00+00:00"),
        ("2026-11-22 06:07", "2026-11-22T05:07:00+00:00"),
        ("2026-11-22T06:07Z", "2026-11-22T06:07:00+00:00"),
        (" 2026-11-22  06:07 UTC ", "2026-11-22T06:07:00+00:00"),
    ],
)
def test_an_instant_is_local_unless_it_says_utc(folder: Path, at: str, instant: str) -> None:
    """The team's zone decides; a day means its beginning."""
    written(folder, TEAM)
    assert json.loads(run("--at", at, "--json").stdout)["at"] == instant


def test_a_script_gets_everything(folder: Path) -> None:
    """Instants in UTC, layers in the order of escalation, overrides told apart."""
    written(folder, TEAM)
    told = json.loads(run("--at", "2026-11-25 12:00 UTC", "--weeks", "1", "--json").stdout)
    sam = {"layer": "primary", "login": "sam", "override": True}
    sam |= {"since": "2026-11-24T23:00:00+00:00", "until": "2026-11-26T23:00:00+00:00"}
    morgan = {"layer": "secondary", "login": "morgan", "override": False}
    morgan |= {"since": "2026-11-23T08:00:00+00:00", "until": "2026-11-30T08:00:00+00:00"}
    assert (told["at"], told["until"]) == ("2026-11-25T12:00:00+00:00", "2026-12-02T12:00:00+00:00")
    assert (told["zone"], told["lead"]) == ("Europe/Berlin", "robin")
    assert (told["on_call"], told["people"]) == ([sam, morgan], ["alex", "jordan", "morgan"])
    shown = [(one["layer"], one["login"]) for one in told["shifts"]]
    assert shown == [
        ("primary", "sam"),
        ("primary", "jordan"),
        ("primary", "morgan"),
        ("secondary", "morgan"),
        ("secondary", "alex"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("people: [alex, jordan]", 0, "Nobody takes turns. People are called in their order: alex, jordan. To take "),
        ("people: [alex]\noncall: {lead: sam}", 0, "Nobody takes turns. People are called in their order: alex; last"),
        ("oncall: {lead: sam}", 0, "Nobody takes turns. The last to be called is sam. To take turns, add `oncall:` to"),
        ("", 1, "Nobody is named in .github/stanch.yml, so an incident calls its assignees and the users in CODEOW"),
        (None, 1, "Nobody is named in .github/stanch.yml, so an incident calls its assignees and the users in CODEOWN"),
    ],
)
def test_without_turns_it_says_whom_an_incident_calls(folder: Path, text: str | None, code: int, says: str) -> None:
    """The people in their order; with nobody at all one sentence, and exit 1."""
    if text is not None:
        written(folder, text)
    ran = run()
    assert ran.exit_code == code
    assert ran.stdout.startswith(says)
    assert len(ran.stdout.splitlines()) == 1
    told = json.loads(run("--json").stdout)
    assert (told["on_call"], told["shifts"]) == ([], [])


def test_before_the_first_turn_nobody_is_on_call_yet(folder: Path) -> None:
    """Each layer says from when; people are called in their order until then."""
    written(folder, "people: [alex]\n" + TWO)
    ran = run("--at", "2026-12-30", "--weeks", "1")
    assert ran.exit_code == 0
    assert (
        ran.stdout
        == """\
On call at 2026-12-30 00:00 UTC:
  primary: nobody before 2027-01-04 09:00 UTC
  secondary: nobody before 2027-01-04 09:00 UTC
While nobody has a turn, people are called in their order: alex.

The next week:
  from                   primary   secondary
  2026-12-30 00:00 UTC   nobody    nobody
  2027-01-04 09:00 UTC   alex      jordan
Swaps by /take on a hand-over issue are not shown here, and count before what the file says.
"""
    )


def test_a_team_of_one_is_always_on_call(folder: Path) -> None:
    """One layer with one row: nothing changes, and nothing is wrong."""
    written(folder, "oncall: {people: [alex]}\n")
    ran = run("--at", "2026-12-30")
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[1] == "  primary: alex, until 2027-01-04 09:00 UTC"
    assert ran.stdout.splitlines()[-1] == "  2026-12-30 00:00 UTC   alex"


def test_no_weeks_is_only_now(folder: Path) -> None:
    """The table is left out."""
    written(folder, TEAM)
    assert len(run("--weeks", "0").stdout.splitlines()) == 5


@pytest.mark.parametrize(
    ("section", "warned"),
    [
        ("people: [alex, jordan]", True),
        ("people: [alex, jordan], handover-issue: false", False),
        ("people: [alex, jordan], period: 1 day", False),
        ("people: [alex, jordan], period: 1 day, handover-issue: true", True),
        ("people: [alex]", False),
    ],
)
def test_where_turns_can_be_swapped_it_says_that_swaps_are_not_read(folder: Path, section: str, warned: bool) -> None:
    """It asks nothing of GitHub, so whoever relies on it has to know; a script is told in every case."""
    written(folder, f"oncall: {{{section}}}\n")
    assert ("/take" in run().stdout) is warned
    assert json.loads(run("--json").stdout)["swaps_read"] is False


def test_another_file_may_be_asked(folder: Path) -> None:
    """One that is named, wherever it is."""
    (folder / "other.yml").write_text(TWO, encoding="utf-8")
    assert "jordan" in run("other.yml", "--at", "2027-01-12").stdout


@pytest.mark.parametrize("text", ["people: [alex\noncall", "people: alex\n"])
def test_of_a_file_that_cannot_be_read_nobody_is_said_to_be_missing(folder: Path, text: str) -> None:
    """Whom it names is not known: the mistake is all that is said."""
    written(folder, text)
    ran = run()
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("stanch: .github/stanch.yml:")


def test_a_wrong_file_is_told_and_what_counts_is_shown(folder: Path) -> None:
    """Exit 2 with each problem on stderr: who is on call counts all the same, and the team's zone for it."""
    written(folder, TEAM + "serv: {}\n")
    ran = run("--at", "2026-11-23 08:30 UTC")
    assert ran.exit_code == 2
    assert ran.stderr.startswith('stanch: .github/stanch.yml:9:1: unknown key "serv"; did you mean "services"?')
    assert "  primary: jordan, until 2026-11-24 23:00 UTC" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--at", "soon"), '--at is "soon"; write a day such as 2026-12-24, or a time such as '),
        (("--at", "2026-02-30"), '--at is "2026-02-30"; the calendar has no such day.'),
        (("--at", "9999-12-31"), '--at is "9999-12-31"; write a day from 2000 to 2099.'),
        (("--at", "\u202e"), '--at is ""; write a day'),
        (("none.yml",), "There is no file none.yml."),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    """A usage error names what was wrong."""
    ran = run(*arguments)
    assert ran.exception is not None
    told = getattr(ran.exception, "told", "")
    assert told.startswith(says) or (says.startswith('--at is ""') and "write a day" in told)


@pytest.mark.parametrize("weeks", ["-1", "53", "x"])
def test_weeks_are_a_number(folder: Path, weeks: str) -> None:
    """From none to a year."""
    assert run("--weeks", weeks).exit_code == 2


def test_hostile_names_do_nothing(folder: Path) -> None:
    """A layer called like a command to the runner is only shown."""
    written(folder, 'oncall: {layers: {"::error::x": {people: [alex]}, "##[group]": {people: [sam]}}}\n')
    ran = run("--weeks", "1")
    assert ran.exit_code == 0
    assert [line for line in ran.stdout.splitlines() if line.lstrip(" ").startswith("::") or "##[" in line] == []
    assert "##[" not in run("--json").stdout


def test_config_check_tells_what_should_be_known(folder: Path) -> None:
    """Remarks are exit 1 and take nothing out of force; problems go before them."""
    written(folder, "people: [alex]\noncall: {period: 1 day}\n")
    ran = CliRunner().invoke(cli, ["config", "check"])
    (remark, end) = ran.stdout.splitlines()
    assert ran.exit_code == 1
    assert remark.startswith(".github/stanch.yml:2:1: alex is always on call")
    assert end == ".github/stanch.yml is in force, with one remark."
    told = json.loads(CliRunner().invoke(cli, ["config", "check", "--json"]).stdout)
    assert told == {"file": ".github/stanch.yml", "present": True, "problems": [], "remarks": [remark]}
    written(folder, "people: [alex]\noncall: {period: 1 dya}\n")
    ran = CliRunner().invoke(cli, ["config", "check", "--json"])
    assert (ran.exit_code, json.loads(ran.stdout)["remarks"]) == (2, [])


@pytest.mark.parametrize(("extra", "code"), [("", 0), ("serv: {}\n", 2)])
def test_an_incident_calls_whoever_is_on_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: str, code: int
) -> None:
    """A SEV-2 on a Tuesday mentions Morgan, whose week it is, although others stand before; also in a broken file."""
    turns = (
        "people: [alex, jordan, morgan]\noncall: {people: [jordan, morgan], starts: 2026-03-10, handover: mon 09:00}\n"
    )
    with rigged(harbour(turns + extra), tmp_path, monkeypatch) as rig:
        number = rig.incident(severity=2)
        assert rig.look(number).code == code
        said = zip(rig.keys(number), rig.by_bot(number), strict=True)
        (called,) = [one.body for key, one in said if key.startswith(f"{number}/call/")]
    assert ("@morgan" in called, "@jordan" in called, "@alex" in called) == (True, False, False)
