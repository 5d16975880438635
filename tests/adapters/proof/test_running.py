"""What goes on around the tests: setups, limits, second tries, suites, undoing. The suite is a made-up command.

A line `name word` of a test file is a test that passes if `word` stands in code.txt.
"""

import os
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from stanch.adapters.proof.bench import Bench, Running
from stanch.adapters.proof.command import Clock, run_line
from stanch.adapters.proof.git import Git, NotComparable
from stanch.adapters.proof.picture import ConfigWrong, look
from stanch.adapters.proof.proving import prove
from stanch.adapters.proof.workshop import NoRoom, Workshop
from stanch.core.errors import UsageProblem
from stanch.core.proof import ProofVerdict, judge
from stanch.core.proof.evidence import Side, Trouble
from stanch.core.proof.manifest import Manifest
from tests.adapters.proof.repository import (
    ENVIRONMENT,
    FIXED,
    NEW_TEST,
    OLD_TEST,
    SHOP,
    Files,
    Shown,
    proved,
    proved_between,
    repository,
)
from tests.patience import PATIENCE

V = ProofVerdict
RUNNER = """\
report=$1; shift; bad=0
{ echo '<testsuite>'
for file in "$@"; do while read -r name word; do
  if grep -qs "needs $word" "$file" && ! grep -q "$word" code.txt; then bad=1
    echo "<testcase name='$file' classname='$file'><failure message='no $word'/></testcase>"; break; fi
  case $name in needs) continue;; esac
  if grep -qw "$word" code.txt; then echo "<testcase classname='$file' name='$name'/>"; else bad=1
  echo "<testcase classname='$file' name='$name'><failure message='$word is not there'/></testcase>"; fi
done <"$file"; done; echo '</testsuite>'; } >"$report"
exit $bad
"""
CONFIG = """\
proof:
  repeats: {before: 1, after: 1}
  suites:
    - name: made-up
      tests: ["t/*.t"]
      support: ["t/**"]
      command: sh run.sh {report} {files}
"""
BASE: Files = {"run.sh": RUNNER, "code.txt": "one\n", "t/a.t": "first one\n"}
HEAD: Files = {"code.txt": "one\ntwo\n", "t/b.t": "second two\n"}


def made_up(
    folder: Path,
    head: Files = HEAD,
    base: Files = BASE,
    *,
    add: str = "",
    seconds: float = PATIENCE,
    clock: Clock = time.monotonic,
    **changed: str,
) -> Shown:
    """The proof of the usual change; `add` is a line of the suite, `changed` are keys of the config, written anew."""
    config = CONFIG
    for old, new in changed.items():
        config = config.replace(f"{old}: ", f"{old}: {new} #", 1)
    config += f"      {add}\n" if add else ""
    return proved(folder, base, head, config, timedelta(seconds=seconds), clock)


def by_lines(log: Path, seconds: float) -> Clock:
    """A clock that moves on by so many seconds with each line of a file, and stands still otherwise."""
    return lambda: seconds * (log.read_text(encoding="utf-8").count("\n") if log.exists() else 0)


def test_the_made_up_suite_proves(tmp_path: Path) -> None:
    """The case that all others differ from; nothing is said of what takes no time."""
    shown = made_up(tmp_path, clock=lambda: 0.0)
    assert (shown.proof.verdict, shown.proof.tests) == (V.PROVEN, ("t/b.t::second",))
    assert (shown.proof.message, shown.said) == ("two is not there", [])


def test_nothing_is_run_without_a_test(tmp_path: Path) -> None:
    """A change without a test costs no run."""
    shown = made_up(tmp_path, {"code.txt": "two\n"})
    assert (shown.proof.verdict, shown.proved.evidence.runs) == (V.NO_TEST, ())


def test_a_setup_runs_once_in_each_tree(tmp_path: Path) -> None:
    """It counts its calls in the tree; the tests of one tree share it."""
    shown = made_up(tmp_path, add="setup: echo called >>setup.log; test $(wc -l <setup.log) = 1")
    setups = [run.label for run in shown.proved.evidence.runs if run.setup]
    # In the copy of the head it runs again, to build what the undone hunk is part of. Failing there is not judged.
    assert setups == ["before", "after", "undo:0"]
    assert shown.proof.verdict is V.PROVEN


def test_a_setup_that_fails_is_tried_again_and_then_inconclusive(tmp_path: Path) -> None:
    """It says nothing about the change; what it printed is kept."""
    shown = made_up(tmp_path, add="setup: echo no registry; exit 7")
    assert (shown.proof.verdict, shown.proof.why) == (V.INFRA, "setup-failed")
    assert [(run.side, run.turn) for run in shown.proved.evidence.runs] == [
        (Side.BEFORE, 1), (Side.AFTER, 1), (Side.BEFORE, 2), (Side.AFTER, 2),
    ]  # fmt: skip
    assert b"no registry" in next(iter(shown.proved.logs.values()))


def test_what_works_the_second_time_is_believed(tmp_path: Path) -> None:
    """A registry that did not answer once."""
    marker = tmp_path / "marker"
    shown = made_up(tmp_path / "r", add=f"setup: test -e {marker} || {{ touch {marker}; exit 1; }}")
    assert shown.proof.verdict is V.PROVEN
    assert {run.turn for run in shown.proved.evidence.runs} == {1, 2}


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("sh run.sh {report} {files}; exit 0", "disagree"),
        ("sh run.sh {report} {files}; exit 1", "disagree"),
        ("sh run.sh {report} {files}; kill -9 $$", "killed"),
        ("no-such-runner {files} {report}", "not-started"),
        ("true {report}", "unreadable"),
        ("echo passed >{report}", "unreadable"),
        ("echo '<testsuite><testcase/></testsuite>' >{report}.x; ln -s {report}.x {report}", "unreadable"),
        ("mkfifo {report}", "unreadable"),
        ("echo '<testsuite/>' >{report}", "no-tests"),
    ],
)
def test_a_command_that_goes_wrong_is_inconclusive(tmp_path: Path, command: str, why: str) -> None:
    """Neither a failure of the tests nor a pass; after a second try."""
    proof = made_up(tmp_path, command=f"{command!r}" if "'" not in command else f'"{command}"').proof
    assert (proof.verdict, proof.why) == (V.INFRA, why)


def test_a_run_that_takes_too_long_is_killed_with_its_children(tmp_path: Path) -> None:
    """Nothing that it started lives on."""
    late, own = tmp_path / "late", f"sleep {PATIENCE}.{os.getpid()}"
    ran = run_line(f"{own} & {own}; touch {late}", tmp_path, ENVIRONMENT, 1, lambda: None, time.monotonic)
    assert (ran.timed_out, late.exists()) == (True, False)
    words = ["/usr/bin/env", "ps", "-eo", "args"]
    assert own not in subprocess.run(words, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout


def test_a_run_that_takes_more_than_half_of_the_time_is_inconclusive(tmp_path: Path) -> None:
    """However much is left; and what the first turn found stands, where there is no time for a second."""
    log = tmp_path / "log"
    command = f"echo >>{log}; sleep {PATIENCE}; true {{report}}"
    shown = made_up(tmp_path / "r", seconds=1000, command=command, clock=by_lines(log, 501))
    assert (shown.proof.verdict, shown.proof.why) == (V.INFRA, "timed-out")
    assert [run.label for run in shown.proved.evidence.runs] == ["before", "after"]


def test_the_time_for_all_is_limited(tmp_path: Path) -> None:
    """When it is over before every run was made, nothing is known."""
    log = tmp_path / "log"
    command, clock = f"echo >>{log}; sh run.sh {{report}} {{files}}", by_lines(log, 30)
    shown = made_up(tmp_path / "r", seconds=100, command=command, repeats="{before: 1, after: 9}", clock=clock)
    assert (shown.proof.verdict, shown.proof.why) == (V.INFRA, "budget")
    assert [run.label for run in shown.proved.evidence.runs] == ["before", "after", "after", "after"]


def test_a_second_turn_that_comes_to_no_end_is_forgotten(tmp_path: Path) -> None:
    """What the first one showed is worth more: it was whole."""
    log = tmp_path / "log"
    command = f"echo >>{log}; sh run.sh {{report}} {{files}}; exit 0"
    shown = made_up(tmp_path / "r", seconds=80, command=command, clock=by_lines(log, 30))
    assert (shown.proof.verdict, shown.proof.why) == (V.INFRA, "disagree")
    assert [(run.label, run.turn) for run in shown.proved.evidence.runs] == [("before", 1), ("after", 1)]
    assert log.read_text(encoding="utf-8").count("\n") == 3


def test_one_run_may_take_half_of_the_time_or_what_is_left(tmp_path: Path) -> None:
    """Of a hundred seconds fifty at first, and ten of the last ten."""
    ticks = iter((0.0, 0.0, 90.0))
    bench = Bench(Workshop(tmp_path), {}, 100, print, ticks.__next__)
    assert (bench.limit, bench.limit) == (50, 10)


def test_what_takes_long_is_said_to_be_running(tmp_path: Path) -> None:
    """While it does: the suite goes on only when that was heard."""
    log, heard, said = tmp_path / "log", tmp_path / "heard", []
    wait = f"i=0; while ! test -e {heard} && test $((i += 1)) -lt 999; do sleep 0.05; done"
    made = repository(tmp_path / "r")
    base = made.commit(
        {
            ".github/stanch.yml": CONFIG.replace(
                "command: ", f"command: echo >>{log}; {wait}; sh run.sh {{report}} {{files}} #"
            ),
            **BASE,
        }
    )
    git = Git(made.folder, ENVIRONMENT)

    def say(one: Running) -> None:
        said.append(one)
        heard.touch()

    prove(git, look(git, base, made.commit(HEAD)), ENVIRONMENT, say, by_lines(log, 10))
    assert said[0] == Running("made-up", "before", 1)


def test_output_is_limited_and_a_noisy_child_does_not_hold_us(tmp_path: Path) -> None:
    """A child in the background that keeps the pipe open is killed when the command ends."""
    late = tmp_path / "late"
    line = f"yes | head -c 20000000; (sleep {PATIENCE}; touch {late}; echo late) &"
    ran = run_line(line, tmp_path, ENVIRONMENT, PATIENCE, lambda: None, time.monotonic)
    assert (ran.exit_code, ran.timed_out, len(ran.output)) == (0, False, 8 * 1024 * 1024 + 1)
    assert not late.exists()


@pytest.mark.parametrize("noise", ["yes", "while :; do echo on; sleep 0.05; done"])
def test_a_child_that_never_ceases_to_write_does_not_hold_us(tmp_path: Path, noise: str) -> None:
    """A server that a test left in the background: the run is over when the command is, not when its time is."""
    ran = run_line(f"({noise}) & echo done", tmp_path, ENVIRONMENT, 120, lambda: None, time.monotonic)
    assert (ran.exit_code, ran.timed_out, b"done" in ran.output) == (0, False, True)


@pytest.mark.parametrize(
    "harm",
    ['rm -rf "$PWD"', 'mv "$PWD" "$PWD-gone"', 'rm -rf "$TMPDIR"; : >"$TMPDIR"', "rm -f ../index; mkdir ../index"],
)
def test_a_test_that_takes_its_own_folder_away_is_said(tmp_path: Path, harm: str) -> None:
    """In a sentence; nothing can be run after it."""
    with pytest.raises(NoRoom, match="not as it was left") as found:
        made_up(tmp_path, base={**BASE, "run.sh": RUNNER.replace("exit", f"{harm}; exit")})
    assert "remove or move" in found.value.told


def test_a_command_has_no_input(tmp_path: Path) -> None:
    """A runner that asks gets an end of file, and does not wait."""
    assert run_line("cat; read x", tmp_path, ENVIRONMENT, PATIENCE, lambda: None, time.monotonic).exit_code == 1


def test_file_names_are_words(tmp_path: Path) -> None:
    """A test file may be called anything."""
    name = "t/-x $(touch pwned) ;b.t"
    shown = made_up(tmp_path, {"code.txt": "one\ntwo\n", name: "second two\n"})
    assert shown.proof.verdict is V.PROVEN
    assert not list(tmp_path.rglob("pwned"))


def test_each_touched_suite_is_run_in_its_own_root(tmp_path: Path) -> None:
    """One suite proves; a regression in another one still refutes. One that no changed test belongs to is not run."""
    config = "proof:\n  repeats: {before: 1, after: 1}\n  suites:\n" + "".join(
        f"    - name: {name}\n      root: {name}\n      tests: ['{name}/t/*.t']\n"
        "      command: sh run.sh {report} {files}\n"
        for name in ("api", "web", "docs")
    )
    names = ("api", "web", "docs")
    base: Files = {f"{name}/{path}": text for name in names for path, text in BASE.items()}
    head = {f"api/{path}": text for path, text in HEAD.items()} | {"web/t/c.t": "third one\n"}
    shown = proved(tmp_path / "good", base, head, config)
    assert (shown.proof.verdict, shown.proof.suites) == (V.PROVEN, ("api", "web"))
    worse = proved(tmp_path / "bad", base, {**head, "web/code.txt": "none\n"}, config)
    assert worse.proof.verdict is V.REGRESSION


def test_the_rules_are_the_base_s(tmp_path: Path) -> None:
    """A change that edits its own rules is proven by the old ones, and says so."""
    easy = CONFIG.replace("sh run.sh {report} {files}", "true {report}")
    shown = made_up(tmp_path, {**HEAD, ".github/stanch.yml": easy})
    assert (shown.proof.verdict, shown.proof.touches_rules) == (V.PROVEN, True)
    assert not made_up(tmp_path / "other").proof.touches_rules
    assert len(shown.proved.evidence.rules) == 64


@pytest.mark.parametrize("end", ["yml", "yaml"])
def test_a_change_of_the_workflow_is_a_change_of_the_rules(tmp_path: Path, end: str) -> None:
    """It is the workflow that runs the proof, by either name."""
    assert seen(tmp_path, {**HEAD, f".github/workflows/stanch-prove.{end}": "on: push\n"}).touches_rules


def seen(folder: Path, head: Files, config: str = CONFIG) -> Manifest:
    """What is known of a change before anything is run."""
    made = repository(folder)
    first = made.commit({**BASE, ".github/stanch.yml": config})
    return look(Git(folder, ENVIRONMENT), first, made.commit(head)).manifest


def test_a_file_is_itself_whatever_it_is_called(tmp_path: Path) -> None:
    """To git a star in a path would mean other files as well."""
    hunks = seen(tmp_path, {**HEAD, "co*.txt": "x\n"}).hunks
    assert sorted(hunk.path for hunk in hunks) == ["co*.txt", "code.txt"]


def test_the_snapshot_of_a_test_that_is_not_there_runs_nothing(tmp_path: Path) -> None:
    """What is left of a test would be a file that the runner cannot find."""
    assert seen(tmp_path, {**HEAD, "t/__snapshots__/gone.t.snap": "x\n"}).changed.tests == ("t/b.t",)


def test_a_test_belongs_to_the_first_suite_that_knows_it(tmp_path: Path) -> None:
    """A second one with the same files does not run them again."""
    again = CONFIG.partition("  suites:\n")[2].replace("made-up", "again")
    assert [suite.name for suite in seen(tmp_path, HEAD, CONFIG + again).suites] == ["made-up"]


def test_a_broken_config_is_said_and_nothing_is_run(tmp_path: Path) -> None:
    """The defaults are not tried in its place: nobody knows what the team wanted to be run."""
    with pytest.raises(ConfigWrong, match=r"stanch\.yml:2:3: unknown key") as told:
        proved(tmp_path, BASE, HEAD, "proof:\n  suits: []\n")
    assert told.value.exit_code == 2


def test_a_hunk_of_tests_is_none_of_the_code(tmp_path: Path) -> None:
    """Code and tests in one file: undoing the code makes the test fail; undoing the test is no sign of anything."""
    config = CONFIG.replace('support: ["t/**"]', 'inline: ["code.txt"]')
    asserts = "for t in $(grep -o 'assert [a-z]*' code.txt | cut -c8-); do echo \"$t $t:\"; done >all\n"
    runner = "report=$1; shift; " + asserts + RUNNER.replace('"$@"', "all").replace("report=$1; shift; bad=0", "bad=0")
    base: Files = {"run.sh": runner, "code.txt": "one: 1\nassert one\n\nlast\n"}
    head: Files = {"code.txt": "one: 1\ntwo: 2\nassert one\n\nlast\nassert two\n"}
    shown = proved(tmp_path, base, head, config)
    assert shown.proof.verdict is V.PROVEN_BY_UNDO, shown.proved.logs
    assert shown.proof.by_undo is not None
    assert (shown.proof.by_undo.start, shown.proof.tests) == (2, ("all::two",))
    assert shown.proof.unneeded == ()
    without = proved(tmp_path / "none", base, {"code.txt": "one: 1\ntwo: 2\nassert one\n\nlast\n"}, config)
    assert without.proof.verdict is V.NO_TEST


def test_a_report_is_only_believed_of_its_own_run(tmp_path: Path) -> None:
    """The first run leaves one, the next ones leave none: what stands there is not taken for theirs."""
    marker = tmp_path / "marker"
    command = f"test -e {marker} || sh run.sh {{report}} {{files}}; touch {marker}; exit 0"
    shown = made_up(tmp_path / "r", {**HEAD, "t/a.t": "first one\n# again\n"}, command=command)
    assert (shown.proof.verdict, shown.proof.why) == (V.INFRA, "unreadable")


def test_a_file_with_an_undone_hunk_is_younger_than_what_was_made_of_it(tmp_path: Path) -> None:
    """Python knows bytecode by the second of its source, and all this may happen within one."""
    log = tmp_path / "log"
    command = f"stat -c %Y code.txt >>{log}; sh run.sh {{report}} {{files}}"
    assert made_up(tmp_path / "r", command=command).proof.verdict is V.PROVEN
    *others, undone = [int(line) for line in log.read_text(encoding="utf-8").split()]
    assert undone >= max(others) + 2


def test_more_tests_than_can_be_run_are_inconclusive(tmp_path: Path) -> None:
    """Five hundred changed files of tests are run, one more is not; a deleted one counts too."""
    many: Files = {f"t/n{number}.t": "second two\n" for number in range(499)}
    git = repository(tmp_path)
    base = git.commit({".github/stanch.yml": CONFIG, **BASE, "t/old.t": "old one\n"})
    enough = git.commit({"code.txt": "one\ntwo\n", "t/old.t": None, **many})
    one_more = git.commit({"t/b.t": "second two\n"})
    seen = [look(Git(git.folder, ENVIRONMENT), base, head).manifest.trouble for head in (enough, one_more)]
    assert seen == [None, Trouble.TOO_MANY]


def test_no_hook_of_the_repository_is_run(tmp_path: Path) -> None:
    """What somebody installed for their own commits has no say in the trees."""
    made, ran = repository(tmp_path / "r"), tmp_path / "ran"
    base = made.commit({".github/stanch.yml": CONFIG, **BASE})
    head = made.commit(HEAD)
    for name in ("post-index-change", "post-checkout", "reference-transaction"):
        hook = made.folder / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
        hook.chmod(0o755)
    assert proved_between(made, base, head).proof.verdict is V.PROVEN
    assert not ran.exists()
    made.git("read-tree", base)
    assert ran.exists()


def test_no_more_than_twelve_hunks_are_undone(tmp_path: Path) -> None:
    """The rest is counted."""
    old = "".join(f"line {n}\n" for n in range(40))
    new = "".join(f"line {n}{'!' if n % 2 else ''}\n" for n in range(30)) + "two\n"
    shown = made_up(
        tmp_path, {"code.txt": new, "t/b.t": "second two\n"}, {**BASE, "code.txt": old, "t/a.t": "first line\n"}
    )
    assert (len(shown.proved.evidence.hunks), shown.proved.evidence.more_hunks) == (12, 3)
    assert len(shown.proof.unneeded) == 12


def test_a_coupled_test_is_undone_as_often_as_it_is_run(tmp_path: Path) -> None:
    """Once without the hunk is not enough where the rules say twice."""
    head: Files = {"code.txt": "one\nnew\ntwo\n", "t/b.t": "needs new\nsecond two\n"}
    base: Files = {**BASE, "code.txt": "one\n"}
    apart: Files = {"code.txt": "new\none\ntwo\n", "t/b.t": "needs new\nsecond two\n"}
    shown = made_up(tmp_path / "apart", apart, base, repeats="{before: 2, after: 1}")
    assert (shown.proof.verdict, shown.proof.tests) == (V.PROVEN_BY_UNDO, ("t/b.t::second",))
    assert len(shown.proved.evidence.of(Side.UNDO, hunk=1)) == 2
    assert made_up(tmp_path / "together", head, base).proof.verdict is V.COUPLED


def test_a_snapshot_that_changed_runs_its_test(tmp_path: Path) -> None:
    """The test itself may stay as it is."""
    base: Files = {
        **BASE,
        "t/__snapshots__/a.t.snap": "x\n",
        "run.sh": "cp t/__snapshots__/a.t.snap code2\n" + RUNNER.replace("code.txt", "code2"),
    }
    made = repository(tmp_path)
    first = made.commit({**base, "t/a.t": "first x\n", ".github/stanch.yml": CONFIG})
    head = made.commit({"t/__snapshots__/a.t.snap": "x y\n", "code.txt": "two\n"})
    picture = look(Git(tmp_path, ENVIRONMENT), first, head)
    assert picture.manifest.changed.tests == ("t/a.t",)


def test_links_and_odd_modes_survive(tmp_path: Path) -> None:
    """The trees are what git has: links, executables, empty files; and a link is not undone as if it were a text."""
    made = repository(tmp_path)
    (tmp_path / "t").mkdir()
    (tmp_path / "link").symlink_to("code.txt")
    first = made.commit({**BASE, ".github/stanch.yml": CONFIG})
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to("run.sh")
    shown = proved_between(made, first, made.commit(HEAD))
    assert shown.proof.verdict is V.PROVEN
    assert [hunk.path for hunk in shown.proved.evidence.hunks] == ["code.txt"]


def test_the_change_is_counted_from_where_it_left_the_base(tmp_path: Path) -> None:
    """What the base has gained since is none of the change; its rules are those of its tip."""
    made = repository(tmp_path)
    made.commit({**BASE, ".github/stanch.yml": CONFIG})
    made.git("checkout", "--quiet", "-b", "fix")
    head = made.commit(HEAD)
    made.git("checkout", "--quiet", "main")
    base = made.commit({"other.txt": "new\n", ".github/stanch.yml": CONFIG.replace("made-up", "renamed")})
    shown = proved_between(made, base, head)
    assert (shown.proof.verdict, shown.proof.suites) == (V.PROVEN, ("renamed",))
    assert shown.proved.evidence.changed.production == ("code.txt",)


def test_several_merge_bases_are_refused(tmp_path: Path) -> None:
    """Two branches that were merged into each other have no one point to compare with."""
    made = repository(tmp_path)
    made.commit(BASE)
    made.git("checkout", "--quiet", "-b", "other")
    other = made.commit({"b": "b\n"})
    made.git("checkout", "--quiet", "main")
    main = made.commit({"a": "a\n"})
    made.git("merge", "--quiet", "--no-ff", "--message", "m", other)
    made.git("checkout", "--quiet", "other")
    made.git("merge", "--quiet", "--no-ff", "--message", "m", main)
    with pytest.raises(NotComparable, match="2 best common ancestors") as told:
        look(Git(tmp_path, ENVIRONMENT), "main", "other")
    assert told.value.exit_code == 3


def test_no_common_history_is_refused(tmp_path: Path) -> None:
    """As in a checkout that is too shallow."""
    made = repository(tmp_path)
    made.commit(BASE)
    made.git("checkout", "--quiet", "--orphan", "alone")
    made.commit({"a": "a\n"})
    with pytest.raises(NotComparable, match="no common ancestor") as told:
        look(Git(tmp_path, ENVIRONMENT), "main", "alone")
    assert "fetch-depth: 0" in told.value.told


@pytest.mark.parametrize("name", ["nowhere", "--all", "", "HEAD~9", "main:code.txt"])
def test_a_commit_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    """Whatever is passed is a name, never an option."""
    made = repository(tmp_path)
    made.commit(BASE)
    with pytest.raises(UsageProblem, match="has no commit"):
        Git(tmp_path, ENVIRONMENT).commit(name)


def test_a_folder_without_git_is_named(tmp_path: Path) -> None:
    """The first thing that git is asked."""
    with pytest.raises(UsageProblem, match="Is --repository a git repository"):
        Git(tmp_path, ENVIRONMENT)


UNITTEST = {
    "test_shop.py": (
        "import unittest\nfrom shop import total\n\n\nclass Sums(unittest.TestCase):\n"
        "    def test_total(self):\n        self.assertEqual(total([1, 2]), 3)\n"
    )
}


@pytest.mark.parametrize(
    ("head", "verdict"),
    [
        ({"shop.py": FIXED}, V.PROVEN),
        ({"shop.py": SHOP + "# x\n"}, V.NOT_FIXED),
        ({"shop.py": FIXED.replace("total", "sums"), "test_shop.py": UNITTEST["test_shop.py"].replace("total", "sums")},
         V.COUPLED),
    ],
)  # fmt: skip
def test_unittest_needs_no_config_and_is_weak(tmp_path: Path, head: Files, verdict: ProofVerdict) -> None:
    """Its exit code tells, and what it prints when it cannot load."""
    base = {"shop.py": SHOP, "test_old.py": "import unittest\n"}
    shown = proved(tmp_path, base, {**UNITTEST, **head}, None)
    assert (shown.proof.verdict, shown.proof.weak, shown.proof.suites) == (verdict, verdict is V.PROVEN, ("unittest",))


def test_a_plain_pytest_project_needs_no_config(tmp_path: Path) -> None:
    """With its package below src/, as it is never installed from the tree that runs."""
    base: Files = {
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-q'\n",
        "src/shop.py": SHOP,
        "tests/test_shop.py": OLD_TEST,
    }
    shown = proved(tmp_path, base, {"src/shop.py": FIXED, "tests/test_shop.py": NEW_TEST}, None)
    assert (shown.proof.verdict, shown.proof.suites) == (V.PROVEN, ("pytest",))


def test_a_repository_that_says_nothing_is_inconclusive(tmp_path: Path) -> None:
    """No config, and no project file: nobody knows what a test is here."""
    proof = proved(tmp_path, BASE, HEAD, None).proof
    assert (proof.verdict, proof.why) == (V.INFRA, "no-suite")


def test_the_same_evidence_gives_the_same_verdict(tmp_path: Path) -> None:
    """What is read from the raw reports again is what was read at first."""
    shown = made_up(tmp_path)
    assert judge(shown.proved.evidence) == shown.proof
