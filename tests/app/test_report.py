"""What a run says of itself: JSON, annotations, the summary, and a dry run that is like the real one."""

import json
from pathlib import Path

import pytest

from stanch.app.report import LONGEST_SUMMARY, annotations, as_lines, as_summary, complaint, exit_code, harmless
from stanch.app.road import Outcome
from stanch.core.naming import named
from stanch.core.writes import AddLabels, CreateComment, CreateIssue, RemoveLabel
from tests.app.rig import Rig, harbour, on_write, reply, rigged
from tests.app.test_cli import said_right

INJECTION = "x\n::error title=Boo::y\r\n##[error]z %0A::add-mask::1"
FINE = Outcome(1)
ALARMED = Outcome(2, alarms=("Nobody was called.",))
WRONG = Outcome(3, problems=("`.github/stanch.yml:1:1: unknown key`",), alarms=("Nobody was called.",))
OWING = Outcome(4, owed=("comment 4/card on #4: GitHub answered 403.",))
UNSURE = Outcome(5, uncertain=True)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([], 0),
        ([FINE], 0),
        ([FINE, ALARMED], 1),
        ([ALARMED, WRONG, FINE], 2),
        ([OWING, WRONG], 3),
        ([FINE, UNSURE], 3),
    ],
)
def test_the_gravest_outcome_decides_the_exit_code(outcomes: list[Outcome], code: int) -> None:
    """0 fine, 1 an alarm, 2 a broken config, 3 something owed or uncertain; order does not matter."""
    assert exit_code(outcomes) == exit_code(reversed(outcomes)) == code


def test_a_complaint_is_one_sentence_and_counts_the_rest() -> None:
    """What is owed comes first; what is said twice counts once; a fine run says nothing."""
    assert complaint([FINE]) == ""
    assert complaint([OWING, OWING]) == "comment 4/card on #4: GitHub answered 403."
    assert complaint([WRONG, OWING]) == "comment 4/card on #4: GitHub answered 403. And 2 more, above."
    assert "\n" not in complaint([Outcome(1, owed=(INJECTION,))])
    assert "##[" not in complaint([Outcome(1, owed=(INJECTION,))])


def test_an_annotation_cannot_be_broken_out_of() -> None:
    """Line ends and percent signs are escaped, so that a message holds one workflow command, ours."""
    (line,) = annotations([Outcome(1, alarms=(INJECTION,))])
    assert line == "::error title=Stanch::x%0A::error title=Boo::y%0D%0A##\u200b[error]z %250A::add-mask::1"
    assert len(line.splitlines()) == 1


def test_ten_annotations_are_the_most() -> None:
    """GitHub shows ten errors of a step: nine are told and the tenth counts the rest; doubles are one."""
    many = [Outcome(n, alarms=(f"alarm {n}", "the same")) for n in range(30)]
    lines = list(annotations(many))
    assert len(lines) == 10
    assert lines[-1].endswith("and 22 more, in the step's summary")


def test_a_log_holds_no_command_of_the_runner() -> None:
    """`##[` counts anywhere on a line: it is broken in text, and written otherwise in JSON."""
    assert "##[" not in harmless(INJECTION)
    value = json.dumps({"title": INJECTION})
    assert "##[" not in harmless(value)
    assert json.loads(harmless(value)) == {"title": INJECTION}


def test_no_line_of_a_dry_run_begins_with_a_command() -> None:
    """Bodies are shown as they would be posted, and what people wrote begins no line in them."""
    outcome = Outcome(
        1, (CreateComment(1, "1/card", "> \\::error::x\n\n## Card"), CreateIssue("k", "::x", "y", (), ()))
    )
    lines = list(as_lines([outcome], dry=True))
    assert [line for line in lines if line.lstrip().startswith(("::", "##["))] == []


def test_a_summary_is_never_too_large_to_be_shown() -> None:
    """A sweep with thousands of threads is cut below GitHub's limit."""
    outcome = Outcome(1, owed=tuple(f"look at #{n}: {'x' * 300}" for n in range(5000)))
    assert len(as_summary([outcome], dry=False).encode()) <= LONGEST_SUMMARY


def test_the_json_report_has_its_shape(rig: Rig) -> None:
    """`dry_run`, `exit_code` and `threads`, each with its number, writes, debts, alarms and problems."""
    number = rig.incident()
    report = rig.look(number, "--json").report
    assert sorted(report) == ["clocks", "dry_run", "exit_code", "threads"]
    assert (report["dry_run"], report["exit_code"]) == (False, 0)
    (thread,) = report["threads"]
    assert sorted(thread) == ["alarms", "number", "owed", "problems", "writes"]
    assert thread["number"] == number
    assert [sorted(write) for write in thread["writes"]] == [
        ["body", "key", "number", "write"],
        ["body", "key", "number", "write"],
        ["body", "comment_id", "number", "write"],
    ]


def test_the_log_and_the_summary_name_every_write(rig: Rig) -> None:
    """One line a write on stdout; the summary is appended to what stands there."""
    summary = rig.folder / "summary.md"
    summary.write_text("before\n")
    rig.set("GITHUB_STEP_SUMMARY", str(summary))
    number = rig.incident()
    ran = rig.look(number)
    assert f"#{number}: made 3 writes" in ran.out
    text = summary.read_text("utf-8")
    assert text.startswith("before\n")
    assert f"**#{number}**" in text
    assert f"comment {number}/card on #{number}" in ran.out
    assert f"comment {number}/card on" in text
    rig.look(number)
    assert summary.read_text("utf-8").startswith(text)


def test_annotations_are_for_actions_alone(rig: Rig) -> None:
    """On a terminal there is no `::error`; under Actions each reason is one, but not in JSON."""
    number = rig.incident()
    rig.world.says = on_write(reply(422, "Validation Failed"))
    assert "::error" not in rig.look(number).out
    rig.set("GITHUB_ACTIONS", "true")
    lines = [line for line in rig.look(number).out.splitlines() if line.startswith("::error title=Stanch::")]
    assert len(lines) == 2
    assert rig.look(number, "--json").report["exit_code"] == 3


def test_a_failure_before_the_first_write_is_an_annotation_too(rig: Rig) -> None:
    """Under Actions the one sentence stands on stderr and as an error of the step."""
    rig.set("GITHUB_ACTIONS", "true")
    ran = rig.look(99)
    said_right(ran.complaint, "Issue 99")
    assert ran.out.startswith("::error title=Stanch::Issue 99")
    assert ran.out.count("\n") == 1


def test_people_cannot_write_annotations(rig: Rig) -> None:
    """Titles, labels and texts with workflow commands begin no line of the log and hold no `##[`."""
    rig.set("GITHUB_ACTIONS", "true")
    rig.set("GITHUB_STEP_SUMMARY", str(rig.folder / "summary.md"))
    alex = rig.world.person("alex")
    number = alex.opens("::error::boo ##[error]boo", "::error::body\n##[error]body\n::stop-commands::x", ["sev-1"])
    alex.comments(number, "/take\n/update! ::error::said\n::error::more ##[warning]x")
    alex.comments(number, "/contain rollback ::error::x ##[error]x")
    alex.comments(number, "/resolve")
    for args in (("--dry-run",), ("--dry-run", "--json"), ("--json",), ()):
        out = rig.look(number, *args).out
        assert "##[" not in out
        assert [line for line in out.splitlines() if line.lstrip().startswith("::")] == []


@pytest.mark.parametrize(
    ("config", "code"),
    [("people: [jordan]\n", 0), (None, 1), ("people: 3\n", 2)],
    ids=["fine", "nobody called", "broken config"],
)
def test_a_dry_run_writes_nothing_and_exits_like_the_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str | None, code: int
) -> None:
    """Same exit code, same complaint, the same first writes; the world is as before."""
    with rigged(harbour(config), tmp_path, monkeypatch) as rig:
        number = rig.incident()
        before = rig.world.dump()
        dry = rig.look(number, "--dry-run")
        planned = rig.look(number, "--dry-run", "--json").writes
        assert (dry.code, rig.world.dump(), rig.world.counts.writes) == (code, before, 0)
        real = rig.look(number, "--json")
        assert (real.code, real.err) == (dry.code, dry.err)
        assert real.writes[: len(planned)] == planned
        assert "would make" in dry.out


def test_a_dry_run_shows_what_would_be_posted(rig: Rig) -> None:
    """The text of each comment stands below it, indented."""
    number = rig.incident()
    out = rig.look(number, "--dry-run").out
    assert "    ## 🔴 SEV-1 · investigating" in out
    assert "@jordan" in out


def test_a_run_whose_summary_cannot_be_written_says_so(rig: Rig) -> None:
    """The work is done; exit 2 names the variable."""
    number = rig.incident()
    rig.set("GITHUB_STEP_SUMMARY", str(rig.folder / "no" / "such" / "folder"))
    ran = rig.look(number)
    said_right(ran.complaint, "GITHUB_STEP_SUMMARY")
    assert (ran.code, len(rig.keys(number))) == (2, 2)


@pytest.mark.parametrize(
    ("config", "status", "code"), [("people: 3\n", None, 2), (None, None, 2), ("people: [jordan]\n", 403, 3)]
)
def test_the_gravest_code_wins_over_a_summary_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str | None, status: int | None, code: int
) -> None:
    """3 over 2 over 1: what could not be done is not hidden by where it could not be told."""
    with rigged(harbour(config), tmp_path, monkeypatch) as rig:
        number = rig.incident()
        rig.set("GITHUB_STEP_SUMMARY", str(rig.folder / "no" / "such" / "folder"))
        rig.world.says = on_write(reply(status, "no")) if status else None
        ran = rig.look(number)
        assert (ran.code, "GITHUB_STEP_SUMMARY" in ran.err, "Traceback" in ran.err) == (code, True, False)


def test_a_label_is_no_command_of_the_runner() -> None:
    """Label names are the one thing of people's that a write is named with: on one line, and broken where needed."""
    label = "sev 1 ##[add-mask]a\n::error::b"
    for write in (RemoveLabel(1, label), AddLabels(1, (label,))):
        said = named(write)
        assert "##[" not in said
        assert len(said.splitlines()) == 1
    assert named(RemoveLabel(1, "sev-1")) == "label sev-1 off #1"
    owing = [Outcome(1, owed=(f"label {label} off #1: no",))]
    assert [said for said in (complaint(owing), *annotations(owing)) if "##[" in said] == []


def test_json_stays_json_when_something_is_owed(rig: Rig) -> None:
    """What a script reads is whole; the sentence for people goes to stderr."""
    number = rig.incident()
    rig.world.says = on_write(reply(422, "Validation Failed"))
    ran = rig.look(number, "--json")
    said_right(ran.complaint, "Validation Failed")
    assert (ran.code, ran.report["exit_code"]) == (3, 3)
    assert len(json.loads(ran.out)["threads"][0]["owed"]) == 2
