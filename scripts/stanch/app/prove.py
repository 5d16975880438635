"""`stanch prove`: a hotfix's test fails without the fix and passes with it, shown by running it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stanch.adapters.proof.event import commits_of
from stanch.adapters.proof.git import Git
from stanch.adapters.proof.picture import Picture, look
from stanch.adapters.proof.proving import Proved, kept_in
from stanch.adapters.proof.proving import prove as run_proof
from stanch.core.errors import UsageProblem
from stanch.core.proof import judge, to_plain
from stanch.core.proof.validity import fault_of
from stanch.core.proof.view import view_with
from stanch.core.wanted import Text, View
from stanch.render.words import Words

HEAD = "HEAD"
"""The commit that is proven when none is named: what somebody has just written may not be in it."""

LOG_LINES = 15
LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Order:
    """What to prove: two names of commits in a repository, and the folder that the evidence goes to."""

    repository: Path
    base: str
    head: str
    out: Path


@dataclass(frozen=True, slots=True)
class Told:
    """What a proof says: for the terminal, for scripts and for the step's summary (empty where there is none)."""

    lines: tuple[str, ...]
    json: str
    summary: str
    exit_code: int


def ordered(base: str | None, head: str | None, event_path: str | None, repository: str, out: str) -> Order:
    """What the command line asks for; what it leaves out comes from the event. Raises UsageProblem."""
    if base is None:
        if not event_path:
            raise UsageProblem(
                "No base: name a commit with --base, or run this on a pull_request event (GITHUB_EVENT_PATH)."
            )
        base, of_event = commits_of(event_path)
        head = head or of_event
    return Order(Path(repository), base, head or HEAD, Path(out))


def prove(order: Order, environment: Mapping[str, str], say: Callable[[str], None]) -> Told:
    """Gather, run, judge, keep, tell. Raises StanchError."""
    git, picture = _looked(order, environment)
    unseen = _unseen(git, order) if order.head == HEAD else []
    if unseen:
        say(_line("uncommitted", name=unseen[0], count=len(unseen) - 1))
    _room_in(order.out)
    proved = run_proof(git, picture, environment, lambda one: say(_line("running", run=one)))
    proof = judge(proved.evidence)
    _keep(order.out, proved)
    view = view_with(proved.evidence, proof)
    lines = (*_lines(view), *_log(proved), _line("kept", name=str(order.out)))
    plain = {**to_plain(proof), "holds": proof.holds, "exit_code": proof.verdict.exit_code, "out": str(order.out)}
    summary = Words.load()(Text("summary/proof", view))
    return Told(lines, json.dumps(plain, ensure_ascii=False), summary, proof.verdict.exit_code)


def planned(order: Order, environment: Mapping[str, str]) -> Told:
    """What would be run, without running or writing anything. Raises StanchError."""
    _, picture = _looked(order, environment)
    steps = dict(_steps(picture))
    lines = tuple(_line("plan", name=name, text=text) for name, text in steps.items())
    return Told(lines, json.dumps(steps, ensure_ascii=False), "", 0)


def _looked(order: Order, environment: Mapping[str, str]) -> tuple[Git, Picture]:
    git = Git(order.repository, environment)
    return git, look(git, git.commit(order.base), git.commit(order.head))


def _unseen(git: Git, order: Order) -> list[str]:
    """What stands in no commit. Of a folder that nothing is committed of git names no more than the folder: the
    evidence's own is left out, and one that it stands in.
    """
    own = order.out.resolve()
    return [path for path in git.uncommitted() if not own.is_relative_to((order.repository / path).resolve())]


def _steps(picture: Picture) -> Iterator[tuple[str, str]]:
    manifest, rules = picture.manifest, picture.rules
    yield "base", manifest.merge_base
    yield "head", manifest.head
    yield "runs", f"{rules.before} without the fix, {rules.after} with it"
    yield "hunks", str(len(manifest.hunks))
    for suite, facts in zip(picture.suites, manifest.suites, strict=True):
        if suite.setup:
            yield f"setup of {suite.name}", suite.setup
        yield f"suite {suite.name}", suite.command_for(facts.files, "report")
    if not manifest.suites:
        yield "suites", manifest.trouble.value if manifest.trouble else "no test changed"


def _room_in(out: Path) -> None:
    """Make the evidence's folder before anything is run: minutes of tests are not run for nothing."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise _unwritable(out, problem) from problem


def _keep(out: Path, proved: Proved) -> None:
    try:
        kept_in(out, proved)
    except OSError as problem:
        raise _unwritable(out, problem) from problem


def _unwritable(out: Path, problem: OSError) -> UsageProblem:
    why = f"The evidence cannot be written to {out}: {problem.strerror or type(problem).__name__}"
    return UsageProblem(f"{why}. Name another folder with --out.")


def _line(kind: str, **view: object) -> str:
    return Words.load()(Text("summary/proof_line", {"kind": kind, **view})).strip()


def _lines(view: View) -> Iterator[str]:
    """The proof for a terminal: verdict, tests, message, what else was found, and what to do next."""
    words = Words.load()

    def line(kind: str, **more: object) -> str:
        return words(Text("summary/proof_line", {**view, "kind": kind, **more})).strip()

    yield line("verdict")
    if view["why"]:
        yield line("why")
    if view["fault"]:
        yield line("fault")
    yield from (f"  {line('row', row=row)}" for row in _listed(view, "rows"))
    if view["more_rows"]:
        yield line("more-rows", count=view["more_rows"])
    if view["message"]:
        yield line("message" if view["verdict"] in {"PROVEN", "COUPLED"} else "message-with")
    yield from _asides(view, line)
    yield line("next")


def _asides(view: View, line: Callable[..., str]) -> Iterator[str]:
    if view["by_undo"]:
        yield line("undo", hunk=view["by_undo"])
    yield from (line("unneeded", hunk=hunk) for hunk in _listed(view, "unneeded"))
    yield from (line("removed", name=name) for name in _listed(view, "removed"))
    yield from (line("renamed", name=pair["old"], new=pair["new"]) for pair in _listed(view, "renamed"))
    for name, kind in (("weak", "weak"), ("snapshot_only", "snapshots"), ("touches_rules", "rules")):
        if view[name]:
            yield line(kind)
    if view["more_hunks"]:
        yield line("more-hunks", count=view["more_hunks"])


def _listed(view: View, name: str) -> list[dict[str, str]]:
    found = view[name]
    return found if isinstance(found, list) else []


def _log(proved: Proved) -> Iterator[str]:
    """The end of what the run printed that went wrong, marked so that no line of it is one of ours."""
    found = fault_of(proved.evidence) if proved.evidence.has_test and not proved.evidence.trouble else None
    run = found[1] if found else None
    if run is None:
        return
    number = proved.evidence.runs.index(run)
    text = next((log for name, log in proved.logs.items() if name.startswith(f"{number:03}-")), b"")
    for line in text.decode(errors="replace").splitlines()[-LOG_LINES:]:
        yield "  | " + "".join(c for c in line[:LONGEST_LINE] if c.isprintable())
