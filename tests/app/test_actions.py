"""`stanch actions`: what it prints, and what it says of a file that it cannot read."""

import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stanch.adapters.text_file import MOST_BYTES
from stanch.app.actions import listed
from stanch.cli import cli
from stanch.core.actions import Reading
from stanch.core.errors import UsageProblem

REPORT = """\
# Outage of the checkout

Date: 2026-11-20

## Action items

- [ ] Test the retry \u2014 Owner: @alex \u2014 Due: 2026-12-01 (#12)
- [x] Alert on 409 \u2014 @sam \u2014 by Friday
- Write it down \u2014 due 03/04/2027
"""


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(cli, ["actions", *arguments], input=given)


@pytest.fixture
def report(tmp_path: Path) -> str:
    file = tmp_path / "report.md"
    file.write_text(REPORT, encoding="utf-8")
    return str(file)


def test_people_get_a_line_for_each_item(report: str) -> None:
    """With its line, its box, its text, who and when."""
    ran = run(report, "--dates", "day-first")
    assert ran.exit_code == 0
    assert ran.stdout.splitlines() == [
        f"{report}: 3 action items, 1 done",
        "  7: [ ] Test the retry (#12) (@alex, due 2026-12-01)",
        "  8: [x] Alert on 409 (@sam, due 2026-11-20)",
        "  9: [ ] Write it down (due 2027-04-03)",
    ]


def test_scripts_get_a_list_for_each_file(report: str) -> None:
    """One line of JSON a file, each with the keys that are promised."""
    ran = run("--json", report, "-", given=b"nothing here")
    first, second = (json.loads(line) for line in ran.stdout.splitlines())
    assert (ran.exit_code, second) == (0, [])
    assert first[0] == {
        "text": "Test the retry (#12)",
        "done": False,
        "owner": "@alex",
        "due": "2026-12-01",
        "due_raw": "2026-12-01",
        "line": 7,
        "line_end": 7,
        "form": "checkbox",
        "confidence": 1.0,
        "links": ["#12"],
    }


def test_strict_is_boxes_only(report: str) -> None:
    """A bullet is left out."""
    assert [item["line"] for item in json.loads(run("--json", "--strict", report).stdout)] == [7, 8]


def test_a_date_that_could_be_two_is_named(report: str) -> None:
    """On stderr, with what to do; not once it is said how dates are read."""
    assert run(report).stderr == (
        f'stanch: {report}:9: "03/04/2027" could be two days. '
        "Say which with --dates day-first or --dates month-first.\n"
    )
    assert run(report, "--dates", "month-first").stderr == ""


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a\0b", "no text file"),
        ("## \u00c5tg\u00e4rder".encode("latin-1"), "not UTF-8"),
        (b"a" * (MOST_BYTES + 1), "1,000,000 bytes"),
        (None, "There is no file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(
    content: bytes | None, why: str, report: str, tmp_path: Path
) -> None:
    """One sentence on stderr, exit 2, and null in the JSON."""
    bad = tmp_path / "bad.md"
    if content is not None:
        bad.write_bytes(content)
    ran = run("--json", "--dates", "day-first", str(bad), report)
    missing, read = (json.loads(line) for line in ran.stdout.splitlines())
    assert (ran.exit_code, missing, len(read)) == (2, None, 3)
    assert why in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_folder_and_a_name_with_a_null_are_no_files(tmp_path: Path) -> None:
    """The cause is told in words."""
    for name in (str(tmp_path), "a\0b"):
        ran = run(name)
        assert ran.exit_code == 2
        assert "cannot be read" in ran.stderr


@pytest.mark.parametrize(("told", "due"), [((), "2027-04-03"), (("--dates", "month-first"), "2027-03-04")])
def test_the_teams_config_says_how_dates_are_read(
    told: tuple[str, ...], due: str, report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it does for the linter; what the command says outweighs it."""
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/stanch.yml").write_text("postmortem:\n  dates: day-first\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = run("--json", *told, report)
    assert json.loads(ran.stdout)[2]["due"] == due
    assert ran.stderr == ""


def test_where_nothing_can_be_read_nothing_is_printed() -> None:
    """No empty line for a script to trip over."""
    ran = run("gone.md")
    assert (ran.exit_code, ran.stdout) == (2, "")


def test_a_list_that_is_cut_says_so(tmp_path: Path) -> None:
    """The first thousand are listed, and stderr says that the reading ended there; one less is whole."""
    file = tmp_path / "long.md"
    for count, told in ((999, False), (1_001, True)):
        file.write_text("## Action items\n\n" + "- [ ] Test the retry\n" * count, encoding="utf-8")
        ran = run(str(file))
        assert len(ran.stdout.splitlines()) == 1 + min(count, 1_000)
        assert ("the first 1,000 action items are listed" in ran.stderr) is told


def test_no_file_at_all_is_a_usage_error() -> None:
    """There is nothing to read by default."""
    assert run().exit_code == 2


@pytest.mark.parametrize("given", [b"", b"\xef\xbb\xbf## Action items\r\n\r\n- [ ] a b\r\n"])
def test_stdin_is_read(given: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """With or without a byte order mark and CRs."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert run("-", given=given).stdout.startswith("stdin: ")


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """No control character reaches the terminal, and no line begins a command to the runner."""
    file = tmp_path / "h.md"
    file.write_text("## Action items\n\n- [ ] a\x1b[31m b\u202e ##[error]x ::error::y\n", encoding="utf-8")
    shown = run(str(file)).stdout
    assert not {"\x1b", "\u202e"} & set(shown)
    assert "##[" not in shown


def test_in_json_hostile_text_is_what_was_written(tmp_path: Path) -> None:
    """The runner finds no command in it, and whoever reads the JSON gets the text."""
    file = tmp_path / "h.md"
    file.write_text("## Action items\n\n- [ ] Look at ##[error]x\n", encoding="utf-8")
    shown = run("--json", str(file)).stdout
    assert "##[" not in shown
    assert json.loads(shown)[0]["text"] == "Look at ##[error]x"


def test_no_name_of_a_file_is_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither that of one that is read, nor that of one that is missing."""
    monkeypatch.chdir(tmp_path)
    name = "::error title=x::y.md"
    Path(name).write_text(REPORT, encoding="utf-8")
    ran = run("--dates", "day-first", name, "gone\n::error::##[error].md")
    assert ran.stdout.splitlines()[0] == f"\u200b{name}: 3 action items, 1 done"
    assert len(ran.stderr.splitlines()) == 1
    assert "##[" not in ran.stderr


def test_each_is_read_once_and_told_as_often_as_it_is_named() -> None:
    """So that the lines of JSON still stand beside the names; stdin has nothing more to say the second time."""
    ran = run("--json", "-", "-", given=b"## Action items\n\n- [ ] Add a test\n")
    first, second = ran.stdout.splitlines()
    assert first == second
    assert json.loads(first)[0]["text"] == "Add a test"


def test_a_config_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It might say how dates are read."""
    (tmp_path / ".github/stanch.yml").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    problem = run("-").exception
    assert isinstance(problem, UsageProblem)
    assert ".github/stanch.yml cannot be read" in problem.told


def test_a_hostile_name_stays_a_name(tmp_path: Path) -> None:
    """A terminal gets no control character out of a file's name, whether the file is there or not."""
    there = tmp_path / "a\x1b[31m\u202e.md"
    there.write_text(REPORT, encoding="utf-8")
    told = listed((str(there), "gone\x1b[31m.md"), io.BytesIO().read, Reading(), strict=False, as_json=False)
    assert not {"\x1b", "\u202e"} & set("".join((told.text, *told.warnings)))
