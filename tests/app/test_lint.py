"""`stanch postmortem lint`: what is printed, what is written, and how it ends."""

import io
import json
import sys
from pathlib import Path

import pytest

from stanch.adapters.text_file import MOST_BYTES
from tests.app.rig import Rig, on_read, reply
from tests.app.test_cli import said_right
from tests.lint_documents import GOOD, items

SLOPPY = items("- [] Add a test — Owner: @sam — Due: 2026-03-24", "- Add an alert — Owner: @sam — Due: 2026-03-24")
ERRORS = items("- [ ] Add a test", "- [ ] Add an alert — Owner: @sam — Due: 2026-03-24")


def written(folder: Path, text: str, name: str = "report.md") -> str:
    file = folder / name
    file.write_bytes(text.encode())
    return str(file)


def lint(rig: Rig, *words: str) -> tuple[int, str, str]:
    ran = rig.run("postmortem", "lint", *words)
    return ran.code, ran.out, ran.err


def test_a_good_document_is_fine(rig: Rig, tmp_path: Path) -> None:
    """Exit 0, one line, nothing asked of GitHub."""
    assert lint(rig, written(tmp_path, GOOD)) == (0, "1 document, nothing missing.\n", "")
    assert rig.world.counts.requests == 0


def test_errors_are_told_with_their_place(rig: Rig, tmp_path: Path) -> None:
    """`file:line:column: code severity: what, and what to do`; exit 1."""
    file = written(tmp_path, ERRORS)
    code, out, _ = lint(rig, file)
    first = out.splitlines()[0]
    assert code == 1
    assert first.startswith(f"{file}:36:1: P005 error: Nobody owns `Add a test`. ")
    assert out.endswith("2 errors, 0 warnings in 1 document.\n")


def test_warnings_alone_end_well(rig: Rig, tmp_path: Path) -> None:
    """Exit 0, and the warnings are told."""
    code, out, _ = lint(rig, written(tmp_path, SLOPPY))
    assert code == 0
    assert "P009 warning" in out
    assert "2 can be mended with `--fix`" in out


def test_one_unreadable_file_hinders_no_other(rig: Rig, tmp_path: Path) -> None:
    """One sentence for each on stderr, the others are told, and the exit code is 2."""
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe\x00")
    names = [str(tmp_path / name) for name in ("gone.md", "bytes.md", ".")]
    code, out, err = lint(rig, *names, written(tmp_path, ERRORS))
    assert (code, "P005 error" in out) == (2, True)
    lines = err.strip().splitlines()
    assert len(lines) == 3
    for line, name in zip(lines, names, strict=True):
        said_right(line, name.rstrip("."))


@pytest.mark.parametrize(
    ("data", "named"),
    [(b"# Down\n\0", "no text file"), (b"a" * (MOST_BYTES + 1), "1,000,000 bytes"), (b"\xff", "UTF-8")],
)
def test_what_nobody_wrote_is_refused(rig: Rig, tmp_path: Path, data: bytes, named: str) -> None:
    """The same as `stanch actions` refuses; what is as large as may be is read."""
    file = tmp_path / "report.md"
    file.write_bytes(data)
    ran = rig.run("postmortem", "lint", str(file))
    said_right(ran.complaint, named)
    assert ran.code == 2
    file.write_bytes(b" " * MOST_BYTES)
    assert lint(rig, str(file))[0] == 1


def test_what_was_not_read_lacks_nothing_that_anybody_knows(rig: Rig) -> None:
    """Where no document could be read, none is called complete."""
    code, out, err = lint(rig, "gone.md")
    assert (code, out) == (2, "No document could be read.\n")
    assert "gone.md" in err


def test_each_is_read_once(rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names stdin or a file twice is told of one document."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    file = written(tmp_path, GOOD)
    assert lint(rig, "-", file, "-", file) == (0, "2 documents, nothing missing.\n", "")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ((), "--issue"),
        (("x.md", "--issue", "3"), "not both"),
        (("x.md", "--select", "P999"), "P999"),
        (("x.md", "--ignore", "H001"), "P001 to P018"),
        (("x.md", "--dry-run"), "--fix"),
        (("x.md", "--select", ""), "names no rule"),
        (("x.md", "--select", "P005", "--ignore", "p005"), "Leave one"),
    ],
)
def test_a_wrong_call_is_told_what_to_do(rig: Rig, words: tuple[str, ...], named: str) -> None:
    """Exit 2 and one sentence, before anything is read."""
    ran = rig.run("postmortem", "lint", *words)
    said_right(ran.complaint, named)
    assert (ran.code, ran.out) == (2, "")


def test_rules_can_be_chosen(rig: Rig, tmp_path: Path) -> None:
    """`--select` asks only these, `--ignore` leaves some out; commas, case and repetition do not matter."""
    file = written(tmp_path, ERRORS)
    assert "P006" not in lint(rig, file, "--select", "p005")[1]
    assert lint(rig, file, "--ignore", "P005,P006")[0] == 0
    out = lint(rig, file, "--select", "P005", "--select", "p006", "--ignore", "P005")[1]
    assert ("P005" in out, "P006" in out) == (False, True)


def test_json_is_for_scripts(rig: Rig, tmp_path: Path) -> None:
    """Each file with its findings, each with its rule, its place, its values and its sentence."""
    file = written(tmp_path, ERRORS)
    code, out, _ = lint(rig, "--json", file, str(tmp_path / "gone.md"))
    report = json.loads(out)
    (told,) = report["files"]
    assert (report["exit_code"], len(report["problems"]), told["file"]) == (code, 1, file)
    one = told["findings"][0]
    assert (one["code"], one["severity"], one["line"], one["why"]) == ("P005", "error", 36, "nobody")
    assert one["values"] == {"item": "Add a test"}
    assert one["message"].startswith("Nobody owns")


def test_fixing_writes_what_the_diff_says(rig: Rig, tmp_path: Path) -> None:
    """The diff, then what is left; again it finds nothing to mend. Ends of lines and a byte order mark stay."""
    text = "\ufeff" + SLOPPY.replace("\n", "\r\n")
    file = written(tmp_path, text)
    code, out, _ = lint(rig, "--fix", file)
    added = [line[1:] for line in out.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert code == 0
    assert [line.split("]")[0] for line in added] == ["- [ ", "- [ "]
    after = Path(file).read_bytes().decode()
    assert after == text.replace("- [] Add", "- [ ] Add").replace("- Add an", "- [ ] Add an")
    assert lint(rig, "--fix", file)[1] == "1 document, nothing missing.\n"
    assert Path(file).read_bytes().decode() == after


def test_a_dry_fix_only_prints(rig: Rig, tmp_path: Path) -> None:
    """The same diff, and the file as it was."""
    file = written(tmp_path, SLOPPY)
    assert "+- [ ] Add a test" in lint(rig, "--fix", "--dry-run", file)[1]
    assert Path(file).read_text(encoding="utf-8") == SLOPPY


def test_only_chosen_rules_are_mended(rig: Rig, tmp_path: Path) -> None:
    """What was not asked for stays."""
    file = written(tmp_path, SLOPPY)
    lint(rig, "--fix", "--select", "P010", file)
    assert Path(file).read_text(encoding="utf-8") == SLOPPY.replace("- Add an", "- [ ] Add an")


def test_a_file_that_cannot_be_written_is_told(rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, exit 2, and the file as it was."""
    file = written(tmp_path, SLOPPY)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    ran = rig.run("postmortem", "lint", "--fix", file)
    said_right(ran.complaint, file, "No space left")
    assert ran.code == 2


def test_stdin_is_read_and_never_written(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is what is piped in; a fix of it is the diff."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SLOPPY.encode())))
    code, out, _ = lint(rig, "--fix", "-")
    assert code == 0
    assert "+++ b/stdin" in out


def test_the_short_form_asks_for_less(rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three sections are enough with `--short`, and where the layout is the short one."""
    file = written(
        tmp_path,
        "# x\n\n## Impact\n\n3 users\n\n## Cause\n\nfull disk\n\n## Actions\n\n- [ ] Watch it — @sam — 2026-04-24\n",
    )
    assert lint(rig, file)[0] == 1
    assert lint(rig, "--short", file)[0] == 0
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/stanch.yml").write_text("postmortem: {layout: short}\n", encoding="utf-8")
    assert lint(rig, file)[0] == 0


def test_the_rules_are_listed(rig: Rig) -> None:
    """A table with each code, its severity and its reason; no file is needed."""
    code, out, _ = lint(rig, "--list")
    assert code == 0
    assert out.count("| P0") == 18


def test_under_actions_the_lines_are_annotated(rig: Rig, tmp_path: Path) -> None:
    """Errors, warnings and notices at their line; nine of a kind, then how many more."""
    rig.set("GITHUB_ACTIONS", "true")
    many = items(*(f"- Add test number {n} — Due: 2026-03-24" for n in range(12)))
    out = lint(rig, written(tmp_path, many))[1]
    notes = [line for line in out.splitlines() if line.startswith("::")]
    assert notes[0].startswith("::error file=")
    assert ",line=36,endLine=36,col=1,title=P005::Nobody owns" in notes[0]
    assert len([line for line in notes if line.startswith("::error ")]) == 10
    assert "::error title=Stanch::and 3 more, in the log above" in notes
    assert any(line.startswith("::warning ") for line in notes)


HOSTILE = "x%0A::error::boo,title=y:##[error]z\u202e"


def test_no_text_becomes_a_command_of_the_runner(rig: Rig, tmp_path: Path) -> None:
    """Neither a file's name nor an item's text begins a command, ends an annotation or turns a line around."""
    rig.set("GITHUB_ACTIONS", "true")
    file = written(tmp_path, items(f"- [ ] {HOSTILE}", "- ::error::boo"), "a,b=c%0A.md")
    out = lint(rig, file)[1]
    commands = [line for line in out.splitlines() if line.lstrip().startswith("::")]
    assert len(commands) > 2
    assert all(line.split(" ")[0] in {"::error", "::warning", "::notice"} for line in commands)
    assert all("file=" in line and "a%2Cb=c%250A.md" in line for line in commands)
    assert "##[" not in out
    assert "\u202e" not in out


def opened(rig: Rig, body: str, *labels: str) -> int:
    """The number of an issue that somebody opened with this body."""
    return rig.world.person("alex").opens("A post-mortem", body, labels=list(labels))


def test_an_issue_is_read_as_it_stands(rig: Rig) -> None:
    """One read, no write; findings name its number."""
    number = opened(rig, ERRORS, "post-mortem")
    before = rig.world.counts.requests
    code, out, _ = lint(rig, "--issue", str(number))
    assert code == 1
    assert out.startswith(f"#{number}:36:1: P005 error")
    assert rig.world.counts.requests == before + 1


def test_an_issue_is_held_to_what_its_card_holds_it_to(rig: Rig) -> None:
    """Of a report that was opened short, while the incident runs, the three sections of the short form are asked."""
    alex = rig.world.person("alex")
    incident = alex.opens("Down", "", labels=["sev-2"])
    rig.look(incident)
    alex.comments(incident, "/status mitigated")
    rig.world.clock.advance(hours=24 * 5)
    rig.look(incident)
    (ours,) = (issue for issue in rig.world.repository().issues.values() if "post-mortem" in issue.labels)
    alex.edits_body(ours.number, (ours.body or "").partition("## Timeline")[0])
    out = lint(rig, "--issue", str(ours.number), "--select", "P001")[1]
    assert [line.split(": ")[2].split(". ")[0] for line in out.splitlines()[:-1]] == [
        "There is no section about the root cause",
        "There is no section about the action items",
    ]


def test_an_issue_is_never_rewritten(rig: Rig) -> None:
    """`--fix` prints what somebody could change; the body stays theirs."""
    number = opened(rig, SLOPPY, "post-mortem")
    out = lint(rig, "--fix", "--issue", str(number))[1]
    assert "+- [ ] Add a test" in out
    assert rig.world.repository().issues[number].body == SLOPPY


def test_an_issue_has_no_file_to_annotate(rig: Rig) -> None:
    """Under Actions its findings are annotations of the step."""
    rig.set("GITHUB_ACTIONS", "true")
    out = lint(rig, "--issue", str(opened(rig, ERRORS)))[1]
    assert "\n::error title=P005::Nobody owns" in out


def test_the_highest_severity_that_was_held_asks_for_sharing(rig: Rig) -> None:
    """The post-mortem that Stanch opened after a SEV-1 is held to it, also when its text says something else."""
    alex = rig.world.person("alex")
    incident = alex.opens("Down", "", labels=["sev-1"])
    rig.look(incident)
    rig.world.clock.advance(minutes=30)
    alex.closes(incident)
    rig.look(incident)
    ours = [issue for issue in rig.world.repository().issues.values() if "post-mortem" in issue.labels]
    (postmortem,) = ours
    alex.edits_body(postmortem.number, (postmortem.body or "").replace("SEV-1", "SEV-3"))
    out = lint(rig, "--issue", str(postmortem.number), "--select", "P018")[1]
    assert "P018 error" in out


def test_an_incident_is_no_post_mortem(rig: Rig) -> None:
    """Exit 2, and the number of the issue that was meant, where there is one."""
    alex = rig.world.person("alex")
    incident = alex.opens("Down", "", labels=["sev-2"])
    rig.look(incident)
    ran = rig.run("postmortem", "lint", "--issue", str(incident))
    assert (ran.code, ran.out) == (2, "")
    said_right(ran.complaint, f"#{incident} is an incident. Name its post-mortem.")
    alex.closes(incident)
    rig.look(incident)
    assert f"post-mortem: #{incident + 1}." in rig.run("postmortem", "lint", "--issue", str(incident)).complaint


def test_github_out_of_reach_is_no_answer(rig: Rig) -> None:
    """Exit 3 and one sentence: nothing is known of the issue."""
    number = opened(rig, GOOD)
    rig.world.says = on_read(reply(403, "no"))
    ran = rig.run("postmortem", "lint", "--issue", str(number))
    said_right(ran.complaint)
    assert ran.code == 3
