"""`stanch postmortem lint`: documents or an issue held to the rules, told in three ways, and mended where asked."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import unified_diff
from pathlib import Path

from stanch.adapters.config_file import read_either
from stanch.app.actions import MOST_BYTES
from stanch.app.desk import Desk
from stanch.app.lint_told import Told, told
from stanch.app.road import gather, rules
from stanch.core.actions import Reading
from stanch.core.clock import local_date
from stanch.core.config import ALTERNATIVE_PATH, CONFIG_PATH, Config
from stanch.core.config_postmortem import Layout
from stanch.core.errors import UsageProblem
from stanch.core.fold import incident_of
from stanch.core.lint import CODES, About, Finding, lint, report_of
from stanch.core.lint.mending import mended
from stanch.core.markdown import bare, lines_of
from stanch.core.postmortem import postmortem_of
from stanch.core.severity import Severity

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: these rules, at this instant (UTC). A `dry` fix only prints its diff."""

    now: datetime
    codes: tuple[str, ...] = CODES
    fix: bool = False
    dry: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Linted:
    """One document: what it still lacks, after what was mended in `diff`. `file` is empty for what is no file."""

    name: str
    findings: tuple[Finding, ...]
    diff: str = ""
    file: str = ""


def chosen(select: Sequence[str], ignore: Iterable[str]) -> tuple[str, ...]:
    """The rules that `--select` and `--ignore` leave. Raises UsageProblem for a code that there is not."""
    wanted, unwanted = _codes(select), _codes(ignore)
    if select and not wanted:
        raise UsageProblem(f"--select names no rule. The rules are {CODES[0]} to {CODES[-1]}.")
    unknown = sorted((wanted | unwanted) - set(CODES))
    if unknown:
        raise UsageProblem(f"There is no rule {bare(unknown[0], 40)}. The rules are {CODES[0]} to {CODES[-1]}.")
    return tuple(code for code in CODES if (not wanted or code in wanted) and code not in unwanted)


def _codes(given: Iterable[str]) -> set[str]:
    return {code.strip().upper() for text in given for code in text.split(",") if code.strip()}


def lint_files(names: tuple[str, ...], order: Order) -> Told:
    """Each file once and for itself: one that cannot be read hinders no other. Raises UsageProblem if none is named."""
    if not names:
        raise UsageProblem("Nothing to read. Name files, `-` for stdin, or an issue with --issue.")
    if order.dry and not order.fix:
        raise UsageProblem("--dry-run belongs to --fix: without it nothing is written anyway.")
    config = config_here()
    linted, problems = [], []
    for name in dict.fromkeys(names):
        try:
            linted.append(_linted_file(name, order, config))
        except UsageProblem as problem:
            problems.append(problem.told)
    return told(linted, tuple(problems))


def lint_issue(desk: Desk, number: int, order: Order) -> Told:
    """An issue as it stands. Of a fix only the diff is told: nobody rewrites what a person wrote.

    Raises what reading it raises.
    """
    repository, thread = desk.reader.thread(number)
    config = rules(repository.config, repository.config_alternative).config
    snapshot = gather(desk, (repository, thread))
    postmortem = postmortem_of(snapshot)
    highest = _highest(desk, postmortem.incident) if postmortem and postmortem.incident else None
    sev_1 = None if highest is None else highest is Severity.SEV_1
    short = order.short or config.postmortem.layout_of(highest) is Layout.SHORT
    about = About(local_date(order.now, config.calendar), sev_1, short, frozenset(config.people))
    reading = Reading(config.postmortem.day_first, local_date(thread.at, config.calendar))
    return told([_linted(f"#{number}", thread.body, reading, about, replace(order, dry=True))], ())


def _highest(desk: Desk, number: int) -> Severity | None:
    """The highest severity that an incident held."""
    return incident_of(gather(desk, desk.reader.thread(number))).highest


def _linted_file(name: str, order: Order, config: Config) -> Linted:
    text = _text(name)
    body = text.removeprefix("\ufeff")
    about = About(local_date(order.now, config.calendar), None, order.short, frozenset(config.people))
    reading = Reading(config.postmortem.day_first)
    if name == STDIN:
        return _linted("stdin", body, reading, about, order)
    linted = replace(_linted(name, body, reading, about, order), file=name)
    if linted.diff and not order.dry:
        findings = lint(report_of(body, reading, about), order.codes)
        _write(name, text[: len(text) - len(body)] + mended(body, findings))
    return linted


def _linted(name: str, body: str, reading: Reading, about: About, order: Order) -> Linted:
    findings = lint(report_of(body, reading, about), order.codes)
    if not order.fix:
        return Linted(name, findings)
    better = mended(body, findings)
    if better == body:
        return Linted(name, findings)
    left = lint(report_of(better, reading, about), order.codes)
    return Linted(name, left, "\n".join(_diff(name, body, better)) + "\n")


def _diff(name: str, before: str, after: str) -> Iterator[str]:
    shown = bare(name)
    yield from unified_diff(lines_of(before), lines_of(after), f"a/{shown}", f"b/{shown}", lineterm="")


def config_here() -> Config:
    """The config of the folder that one stands in; the defaults where there is none or it cannot be read."""
    texts = [Path(path).read_bytes() if Path(path).is_file() else None for path in (CONFIG_PATH, ALTERNATIVE_PATH)]
    return read_either(*texts).config


def _text(name: str) -> str:
    """What a file says, as it stands there. Raises UsageProblem when it is no text or cannot be read."""
    try:
        data = _bytes(name)
        if len(data) > MOST_BYTES:
            raise UsageProblem(f"{bare(name)} has more than {MOST_BYTES:,} bytes: too long for a post-mortem.")
        if b"\0" in data:
            raise UsageProblem(f"{bare(name)} is no text file. Name Markdown files.")
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise UsageProblem(f"{bare(name)} is no UTF-8 text (byte {problem.start}). Save it as UTF-8.") from problem
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or type(problem).__name__
        raise UsageProblem(f"{bare(name)} cannot be read: {why}. Name Markdown files that exist.") from problem


def _bytes(name: str) -> bytes:
    """At most one byte more than may be."""
    if name == STDIN:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_bytes(text.encode("utf-8"))
    except OSError as problem:
        raise UsageProblem(
            f"{bare(name)} cannot be written: {problem.strerror}. Nothing in it was mended."
        ) from problem
