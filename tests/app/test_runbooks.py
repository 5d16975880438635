"""`stanch runbooks`: which files are read, what is printed, and how it ends."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.rig import Rig
from tests.app.test_cli import said_right
from tests.runbook_pages import CONFIG, GOOD, HANDBOOK, OTHER, PAGE, PAGES, PATH, SPIKE

BAD = GOOD.replace("owner: alex\n", "").replace("## Verify", "## Check")


@pytest.fixture
def here(rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in which all is right, to stand in, in the spring of 2026."""
    monkeypatch.chdir(tmp_path)
    for name, text in {**PAGES, ".github/stanch.yml": CONFIG}.items():
        put(tmp_path, name, text)
    return tmp_path


def put(folder: Path, name: str, text: str | bytes) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def lint(rig: Rig, *words: str) -> tuple[int, str, str]:
    ran = rig.run("runbooks", "lint", *words)
    return ran.code, ran.out, ran.err


def test_good_pages_are_fine(rig: Rig, here: Path) -> None:
    """Exit 0 and one line; nothing is asked of GitHub."""
    assert lint(rig) == (0, "2 runbooks and 1 page of the handbook, nothing missing.\n", "")
    assert rig.world.counts.requests == 0


def test_errors_are_told_with_their_place(rig: Rig, here: Path) -> None:
    """`file:line:column: code severity: what, and what to do`, then the count; exit 1."""
    put(here, PATH, BAD)
    code, out, err = lint(rig)
    lines = out.splitlines()
    assert (code, err) == (1, "")
    assert lines[0].startswith(f"{PATH}:1:1: R011 error: Nobody owns this page. ")
    assert lines[1].startswith(f"{PATH}:12:1: R003 error: There is no section `Verify`. ")
    assert lines[-1] == "2 errors, 0 warnings in 2 runbooks and 1 page of the handbook."


def test_what_is_said_of_all_pages_names_the_folder(rig: Rig, here: Path) -> None:
    """And what is said of the config stands in the config, at its line."""
    put(here, ".github/stanch.yml", CONFIG + "  web: {}\n")
    for name in PAGES:
        (here / name).unlink()
    code, out, _ = lint(rig)
    assert code == 1
    assert "\nrunbooks/: R001 error: Nothing says how to roll back. " in f"\n{out}"
    assert "\n.github/stanch.yml:4:3: R015 warning: No runbook names the service `web`. " in out
    assert out.endswith("No page could be read.\n")


def test_warnings_end_well_unless_they_are_to_count(rig: Rig, here: Path) -> None:
    """Exit 0 with warnings alone; with `--strict` they count as errors do."""
    put(here, PATH, GOOD.replace("[error spike](error-spike.md)", "another"))
    assert (lint(rig)[0], lint(rig, "--strict")[0]) == (0, 1)
    assert "0 errors, 1 warning in" in lint(rig)[1]


def test_a_file_that_is_named_is_told_alone_and_held_against_all(rig: Rig, here: Path) -> None:
    """Its neighbours are known; what is wrong with them is left out, and so is what all pages together lack."""
    put(here, PATH, GOOD.replace("[HighLatency]", "[ErrorRate]"))
    put(here, OTHER, SPIKE.replace("owner: alex\n", ""))
    code, out, _ = lint(rig, PATH)
    assert (code, out.count(": R0")) == (1, 1)
    assert f"{PATH}:7:1: R014 error: `ErrorRate` leads to `{OTHER}` too." in out
    assert out.endswith("1 error, 0 warnings in 1 runbook and 0 pages of the handbook.\n")
    assert lint(rig, str(here / PATH))[1] == lint(rig, f"./{PATH}", PATH)[1] == out


def test_a_folder_that_is_named_is_read_instead(rig: Rig, here: Path) -> None:
    """All Markdown below it; hidden folders are left out."""
    put(here, "docs/runbooks/slow.md", GOOD.replace("error-spike.md", "../../runbooks/error-spike.md"))
    put(here, "docs/.cache/x.md", BAD)
    put(here, "docs/notes.txt", "no page")
    code, out, _ = lint(rig, "docs", "--ignore", "R001")
    assert (code, out) == (0, "1 runbook and 0 pages of the handbook, nothing missing.\n")
    put(here, "more/extra.md", BAD)
    assert {row["file"] for row in json.loads(lint(rig, "docs", "more", "--json")[1])["findings"]} >= {"more/extra.md"}


def test_links_are_followed_to_files_and_to_headings(rig: Rig, here: Path) -> None:
    """In the working tree, from the page on which they stand."""
    put(here, "docs/Deploying.md", "# How we deploy\n")
    links = (
        "[a](../docs/Deploying.md#how-we-deploy) [b](../docs) [c](../docs/deploying.md) [d](../docs/Deploying.md#why)"
    )
    put(here, PATH, GOOD.replace("- The dashboard", f"- {links} The dashboard"))
    out = lint(rig)[1]
    assert [line.split(": ")[2].split(" leads")[0] for line in out.splitlines()[:-1]] == [
        "`../docs/deploying.md`",
        "`../docs/Deploying.md#why`",
    ]


def test_a_page_without_front_matter_is_named(rig: Rig, here: Path) -> None:
    """It is no runbook; nobody has to guess why."""
    put(here, "runbooks/README.md", "# Runbooks\n")
    code, out, _ = lint(rig)
    assert code == 0
    assert out.splitlines()[-1] == "No runbook, for want of front matter: `runbooks/README.md`."
    assert json.loads(lint(rig, "--json")[1])["plain"] == ["runbooks/README.md"]


def test_json_is_for_scripts(rig: Rig, here: Path) -> None:
    """Each finding with its rule, its place, its values and its sentence."""
    put(here, PATH, GOOD.replace("deployment/checkout", "deployment/<DEPLOYMENT>"))
    code, out, _ = lint(rig, "--json", "runbooks", "gone.md")
    report = json.loads(out)
    (one,) = report["findings"]
    assert (report["exit_code"], len(report["problems"])) == (code, 1)
    assert (one["file"], one["code"], one["severity"], one["line"], one["why"]) == (PATH, "R009", "error", 65, "left")
    assert one["values"] == {"placeholders": ["<DEPLOYMENT>"], "count": 1}
    assert one["message"].startswith("1 placeholder is still to be filled in: `<DEPLOYMENT>`.")


def test_what_cannot_be_read_hinders_nothing_else(rig: Rig, here: Path) -> None:
    """One sentence for each on stderr, the others are told, and the exit code is 2."""
    put(here, PATH, BAD)
    os.mkfifo(here / "pipe.md")
    names = ("gone.md", "pipe.md", "x\0.md")
    code, out, err = lint(rig, "runbooks", *names)
    assert (code, "R011 error" in out) == (2, True)
    lines = err.strip().splitlines()
    assert len(lines) == 3
    for line, name in zip(lines, ("gone.md", "pipe.md", "x.md"), strict=True):
        said_right(line, name)


def test_a_folder_that_cannot_be_listed_is_told(rig: Rig, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes what was not read for what is not there."""
    real = os.scandir

    def shut(name: str) -> object:
        if str(name).endswith("handbook"):
            raise PermissionError(13, "Permission denied", name)
        return real(name)

    monkeypatch.setattr(os, "scandir", shut)
    code, _, err = lint(rig)
    assert code == 2
    said_right(err.strip(), "runbooks/handbook", "Permission denied")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (b"\0\1\2", "no text"),
        (b"---\n\xff\n---\n", "UTF-8"),
        (b"a" * 1_000_000, "more than 65,536 bytes"),
        (b"---\nowner: alex\n", "never ends"),
        (b"---\nowner: &a alex\nalerts: [*a]\n---\n# T\n", "anchors are not read"),
    ],
)
def test_what_nobody_can_use_is_an_error_of_the_page(rig: Rig, here: Path, text: bytes, named: str) -> None:
    """Exit 1, with the place, and the other pages are read."""
    put(here, "runbooks/odd.md", text)
    code, out, err = lint(rig, "runbooks/odd.md", "--select", "R002")
    assert (code, err) == (1, "")
    assert out.startswith("runbooks/odd.md:")
    assert named in out


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_a_byte_order_mark_are_no_fault(rig: Rig, here: Path, change: Callable[[str], str]) -> None:
    """Whoever writes on another system has runbooks too."""
    put(here, PATH, change(GOOD))
    assert lint(rig)[0] == 0


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--select", "R999"), "R999"),
        (("--ignore", "P001"), "R001 to R019"),
        (("--select", ""), "No rule is left"),
        (("--select", "R005", "--ignore", "r005"), "No rule is left"),
    ],
)
def test_a_wrong_call_is_told_what_to_do(rig: Rig, here: Path, words: tuple[str, ...], named: str) -> None:
    """Exit 2 and one sentence, before anything is read."""
    ran = rig.run("runbooks", "lint", *words)
    said_right(ran.complaint, named)
    assert (ran.code, ran.out) == (2, "")


def test_without_a_folder_nothing_is_guessed(rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2 and what to do."""
    monkeypatch.chdir(tmp_path)
    ran = rig.run("runbooks", "lint")
    said_right(ran.complaint, "no folder runbooks")
    assert ran.code == 2


def test_rules_can_be_chosen(rig: Rig, here: Path) -> None:
    """`--select` asks only these, `--ignore` leaves some out; commas, case and repetition do not matter."""
    put(here, PATH, BAD)
    assert "R003" not in lint(rig, "--select", "r011")[1]
    assert lint(rig, "--ignore", "R011,R003")[0] == 0
    assert lint(rig, "--select", "R011", "--select", "r003", "--ignore", "R003")[1].count("R0") == 1


def test_the_rules_are_listed(rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table with each code, its severity and its reason; no folder is needed."""
    monkeypatch.chdir(tmp_path)
    code, out, _ = lint(rig, "--list")
    assert (code, out.count("| R0")) == (0, 19)


HOSTILE = "a,b=c%0A::error::boo ##[error]z\u202e"


def test_under_actions_the_lines_are_annotated(rig: Rig, here: Path) -> None:
    """Errors and warnings at their line; nine of a kind, then how many more."""
    rig.set("GITHUB_ACTIONS", "true")
    for number in range(12):
        put(here, f"runbooks/x{number}.md", GOOD.replace("owner: alex\n", "").replace("[HighLatency]", "[]"))
    out = lint(rig, "--select", "R011")[1]
    notes = [line for line in out.splitlines() if line.startswith("::")]
    assert notes[0].startswith("::error file=runbooks/x0.md,line=1,endLine=1,col=1,title=R011::Nobody owns this page.")
    assert len(notes) == 10
    assert notes[-1] == "::error title=Stanch::and 3 more, in the log above"


def test_no_text_becomes_a_command_of_the_runner(rig: Rig, here: Path) -> None:
    """Neither a file's name nor a page's text begins a command, ends an annotation or turns a line around."""
    rig.set("GITHUB_ACTIONS", "true")
    name = HOSTILE.replace("/", "")
    put(here, f"runbooks/{name}.md", BAD.replace("[checkout]", f'["{name[:-1]}", "::error::boo"]'))
    out = lint(rig)[1]
    commands = [line for line in out.splitlines() if line.lstrip().startswith("::")]
    assert len(commands) > 3
    assert any("file=runbooks/a%2Cb=c%250A%3A%3Aerror" in line for line in commands)
    assert all(line.split(" ")[0] in {"::error", "::warning"} for line in commands)
    assert [bad for bad in ("##[", "\u202e") if bad in out] == []


def test_the_map_shows_the_services_of_the_config(rig: Rig, here: Path) -> None:
    """Mermaid, ready for a fence; the config is read where one stands."""
    put(here, ".github/stanch.yml", "services:\n  web: {needs: [api]}\n  api: {}\n")
    ran = rig.run("runbooks", "map")
    assert (ran.code, ran.out) == (0, 'flowchart LR\n  s1["web"]\n  s2["api"]\n  s1 --> s2\n')


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ("", "names no services"),
        ("services: {web: {needs: [aip]}}", "which is no service here"),
        ("[", "not YAML"),
        ("team: {zone: Berlin}", 'did you mean "Europe/Berlin"? `stanch config check`'),
    ],
)
def test_without_services_there_is_no_map(rig: Rig, here: Path, config: str, named: str) -> None:
    """Exit 2 and one sentence."""
    put(here, ".github/stanch.yml", config)
    ran = rig.run("runbooks", "map")
    said_right(ran.complaint, named)
    assert (ran.code, ran.out) == (2, "")


def test_a_circle_of_services_is_a_remark(rig: Rig, here: Path) -> None:
    """`stanch config check` says it, at its place, and exits with 1."""
    put(here, ".github/stanch.yml", CONFIG + "  web: {needs: [api]}\n  api: {needs: [web]}\n")
    ran = rig.run("config", "check")
    assert ran.code == 1
    assert ".github/stanch.yml:4:9: web is in a circle: web → api → web; " in ran.out


def test_the_handbook_is_held_to_what_holds_for_it(rig: Rig, here: Path) -> None:
    """An owner, a review, a rhythm, links; no sections and no commands."""
    put(here, HANDBOOK, PAGE.replace("owner: jordan\n", ""))
    assert [row["code"] for row in json.loads(lint(rig, "--json")[1])["findings"]] == ["R011"]
