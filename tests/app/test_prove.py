"""`stanch prove` from the command line: what it asks for, what it prints and writes, and how it ends."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from stanch.adapters.proof_artifact import MANIFEST
from stanch.app.prove import HEAD as NEWEST
from stanch.app.prove import ordered
from stanch.core.proof import ProofVerdict
from stanch.core.proof.evidence import Trouble
from stanch.core.proof.validity import Fault
from stanch.core.wanted import Text
from stanch.render.words import Words
from tests.adapters.proof.repository import Files, repository
from tests.adapters.proof.test_running import BASE, CONFIG, HEAD
from tests.patience import PATIENCE
from tests.source import ROOT

PROGRAM = "import sys; from stanch.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def prove(*words: str, folder: Path, **environment: str) -> Ran:
    """The command in a process of its own, with nothing of this one's environment but the PATH."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, "prove", *words],
        capture_output=True, text=True, timeout=PATIENCE, cwd=folder, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT / "scripts"), **environment},
    )  # fmt: skip
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def repaired(folder: Path, head: Files = HEAD, config: str = CONFIG) -> tuple[str, str]:
    """A repository with the usual base and a change; their SHAs."""
    made = repository(folder)
    base = made.commit({**BASE, ".github/stanch.yml": config})
    return base, made.commit(head)


def event(folder: Path, base: str, head: str) -> str:
    file = folder / "event.json"
    file.write_text(json.dumps({"pull_request": {"base": {"sha": base}, "head": {"sha": head}}}), encoding="utf-8")
    return str(file)


def test_a_proof_from_an_event(tmp_path: Path) -> None:
    """In a job nothing has to be said: base and head are those of the pull request. Exit 0, evidence and summary."""
    base, head = repaired(tmp_path / "r")
    summary = tmp_path / "summary.md"
    path = event(tmp_path, base, head)
    ran = prove(folder=tmp_path / "r", GITHUB_EVENT_PATH=path, GITHUB_STEP_SUMMARY=str(summary))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "PROVEN: A test fails without the fix and passes with it.",
        "  t/b.t::second: without the fix failed 1 of 1, with it passed 1 of 1",
        "Without the fix it says: two is not there",
        "Next: Reviewers: read what the test says without the fix. It should be the bug.",
        "The evidence is in stanch-proof.",
    ]
    kept = json.loads((tmp_path / "r/stanch-proof" / MANIFEST).read_text(encoding="utf-8"))
    assert (kept["base"], kept["head"]) == (base, head)
    assert "### ✅ Proof: PROVEN" in summary.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("base", "head", "asked"),
    [
        (None, None, ("a" * 40, "b" * 40)),
        (None, "v2", ("a" * 40, "v2")),
        ("v1", "v2", ("v1", "v2")),
        ("v1", None, ("v1", NEWEST)),
    ],
    ids=["nothing", "the head", "both", "the base"],
)
def test_what_is_named_wins_over_the_event(
    tmp_path: Path, base: str | None, head: str | None, asked: tuple[str, str]
) -> None:
    """What is left out is the event's; beside a base of one's own it is what is checked out."""
    order = ordered(base, head, event(tmp_path, "a" * 40, "b" * 40), ".", "kept")
    assert (order.base, order.head) == asked


@pytest.mark.parametrize(
    ("head", "code", "verdict"),
    [
        (HEAD, 0, "PROVEN"),
        ({"code.txt": "two\n"}, 1, "NO-TEST"),
        ({"code.txt": "one\nmore\n", "t/b.t": "second one\n"}, 1, "NOT-REPRODUCED"),
        ({"code.txt": "one\nnew two\n", "t/b.t": "needs new\nsecond two\n"}, 3, "COUPLED"),
    ],
)
def test_the_exit_code_tells_a_script(tmp_path: Path, head: Files, code: int, verdict: str) -> None:
    """0 proven, 1 refuted, 3 could not tell; and JSON on the output, nothing else."""
    base, _ = repaired(tmp_path / "r", head)
    ran = prove("--base", base, "--json", "--repository", "r", "--out", "kept", folder=tmp_path)
    told = json.loads(ran.out)
    assert (ran.code, told["verdict"], told["exit_code"], told["out"]) == (code, verdict, code, "kept")
    assert (tmp_path / "kept" / MANIFEST).exists()


def test_a_dry_run_runs_and_writes_nothing(tmp_path: Path) -> None:
    """It says which commits, how often, and the command of each suite."""
    base, _ = repaired(tmp_path / "r", config=CONFIG + "      setup: touch /nowhere/at-all\n")
    ran = prove("--base", base, "--dry-run", folder=tmp_path / "r")
    assert ran.code == 0
    assert "runs: 1 without the fix, 1 with it" in ran.out
    assert "setup of made-up: touch /nowhere/at-all" in ran.out
    assert "suite made-up: sh run.sh report t/b.t" in ran.out
    assert not (tmp_path / "r/stanch-proof").exists()
    plain = json.loads(prove("--base", base, "--dry-run", "--json", folder=tmp_path / "r").out)
    assert plain["base"] == base


def test_without_a_base_it_says_what_to_do(tmp_path: Path) -> None:
    """Nobody guesses what the change is to be compared with."""
    repaired(tmp_path)
    ran = prove(folder=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("stanch: No base: name a commit with --base")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"pull_request": {"base": {"sha": "main"}}}', "[" * 99_999])
def test_another_event_is_refused(tmp_path: Path, text: str) -> None:
    """A push has no base, and a name is no SHA."""
    repaired(tmp_path / "r")
    (tmp_path / "event.json").write_text(text, encoding="utf-8")
    ran = prove(folder=tmp_path / "r", GITHUB_EVENT_PATH=str(tmp_path / "event.json"))
    assert (ran.code, "no event of a pull request" in ran.err, ran.err.count("\n")) == (2, True, 1)


def test_what_is_not_committed_is_named(tmp_path: Path) -> None:
    """A test that was just written is in no commit: NO-TEST alone would send its author looking in the wrong place."""
    base, head = repaired(tmp_path / "r")
    assert "Not committed" not in prove("--base", base, folder=tmp_path / "r").err
    assert "Not committed" not in prove("--base", base, folder=tmp_path / "r").err  # though the evidence is not
    (tmp_path / "r/test_new.py").write_text("", encoding="utf-8")
    assert "Not committed, so not looked at: test_new.py." in prove("--base", base, folder=tmp_path / "r").err
    assert prove("--base", base, "--head", head, folder=tmp_path / "r").err == ""


@pytest.mark.parametrize("out", [".", "test", "build/proof"])
def test_the_evidence_hides_nothing_that_is_not_committed(tmp_path: Path, out: str) -> None:
    """Wherever it is written to, and whatever the folder is called; it is not named itself."""
    base, _ = repaired(tmp_path / "r")
    (tmp_path / "r/test_new.py").write_text("", encoding="utf-8")
    if out != ".":
        (tmp_path / "r" / out).mkdir(parents=True)
        (tmp_path / "r" / out / MANIFEST).write_text("{}", encoding="utf-8")
    said = prove("--base", base, "--out", out, folder=tmp_path / "r").err
    assert "Not committed, so not looked at: test_new.py." in said


def test_a_log_can_give_no_order_to_the_runner(tmp_path: Path) -> None:
    """What a command printed is shown when it went wrong; Actions must find no command of its own in it."""
    evil = "setup: printf '::set-output name=x::y\\n::error::z ##[group]q\\n'; exit 3"
    base, _ = repaired(
        tmp_path / "r", config=CONFIG + f"      {evil.replace('setup: ', 'setup: |-' + chr(10) + '        ')}\n"
    )
    ran = prove("--base", base, folder=tmp_path / "r")
    assert ran.code == 3
    assert "  | ::error::z" in ran.out
    assert [line for line in ran.out.splitlines() if line.startswith("::")] == []
    assert "##[" not in ran.out


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Exit 2 and what to do, before minutes of tests are run for nothing."""
    base, _ = repaired(tmp_path / "r", config=CONFIG + f"      setup: touch {tmp_path}/ran\n")
    (tmp_path / "taken").write_text("", encoding="utf-8")
    ran = prove("--base", base, "--repository", "r", "--out", "taken", folder=tmp_path)
    assert (ran.code, ran.err.count("\n"), (tmp_path / "ran").exists()) == (2, 1, False)
    assert "--out" in ran.err


@pytest.mark.parametrize("why", [*Fault, *Trouble, "does-not-load", "no-code", "skipped", "only-removed"])
def test_every_reason_has_words(why: str) -> None:
    """A code without words would leave a reader alone."""
    assert Words.load()(Text("summary/proof_why", {"why": str(why)})).strip()


@pytest.mark.parametrize("verdict", ProofVerdict)
def test_every_verdict_has_words_of_its_own(verdict: ProofVerdict) -> None:
    """What it means and what to do next, each on a line that is not cut."""
    words = Words.load()
    for template in ("summary/proof_says", "summary/proof_next"):
        said = {one: words(Text(template, {"verdict": one.value, "why": ""})) for one in ProofVerdict}
        assert len(set(said.values())) == len(ProofVerdict)
        assert len(said[verdict]) < 200
