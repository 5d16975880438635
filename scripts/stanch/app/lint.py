"""`stanch postmortem lint`: documents or an issue held to the rules, told in three ways, and mended where asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import unified_diff

from stanch.adapters.text_file import STDIN, Pipe, shown, text_of, write_text
from stanch.app.annotated import Told
from stanch.app.config import rules_here
from stanch.app.desk import Desk
from stanch.app.lint_told import Linted, told
from stanch.app.road import gather
from stanch.core.actions import Reading
from stanch.core.case import Case, case_of
from stanch.core.clock import local_date
from stanch.core.config import Config
from stanch.core.config_postmortem import Layout
from stanch.core.errors import UsageProblem
from stanch.core.lint import CODES, About, lint, report_of
from stanch.core.lint.mending import mended
from stanch.core.markdown import bare, lines_of
from stanch.core.postmortem import KEY, reading_of
from stanch.core.postmortem_lint import about_of


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: these rules, at this instant (UTC). A `dry` fix only prints its diff."""

    now: datetime
    codes: tuple[str, ...] = CODES
    fix: bool = False
    dry: bool = False
    short: bool = False


def chosen(select: Sequence[str], ignore: Iterable[str]) -> tuple[str, ...]:
    """The rules that `--select` and `--ignore` leave. Raises UsageProblem for an unknown code, or if none is left."""
    wanted, unwanted = _codes(select), _codes(ignore)
    if select and not wanted:
        raise UsageProblem(f"--select names no rule. The rules are {CODES[0]} to {CODES[-1]}.")
    unknown = sorted((wanted | unwanted) - set(CODES))
    if unknown:
        raise UsageProblem(f"There is no rule {bare(unknown[0], 40)}. The rules are {CODES[0]} to {CODES[-1]}.")
    left = tuple(code for code in CODES if (not wanted or code in wanted) and code not in unwanted)
    if not left:
        raise UsageProblem("--ignore leaves none of the rules that --select asks for. Leave one.")
    return left


def _codes(given: Iterable[str]) -> set[str]:
    return {code.strip().upper() for text in given for code in text.split(",") if code.strip()}


def lint_files(names: tuple[str, ...], pipe: Pipe, order: Order) -> Told:
    """Each file once and for itself: one that cannot be read hinders no other. Raises UsageProblem if none is named."""
    if not names:
        raise UsageProblem("Nothing to read. Name files, `-` for stdin, or an issue with --issue.")
    if order.dry and not order.fix:
        raise UsageProblem("--dry-run belongs to --fix: without it nothing is written anyway.")
    config = rules_here()
    linted, problems = [], []
    for name in dict.fromkeys(names):
        try:
            linted.append(_linted_file(name, pipe, order, config))
        except UsageProblem as problem:
            problems.append(problem.told)
    return told(linted, tuple(problems))


def lint_issue(desk: Desk, number: int, order: Order) -> Told:
    """An issue as it stands, held to what its card holds it to. Of a fix only the diff is told: nobody rewrites what
    a person wrote.

    Raises what reading it raises, and UsageProblem for an incident.
    """
    snapshot = gather(desk, desk.reader.thread(number))
    _refuse_incident(case_of(snapshot))
    about = about_of(snapshot)
    about = replace(about, short=about.short or order.short)
    how = reading_of(snapshot.thread, snapshot.config)
    linted, _ = _linted(f"#{number}", snapshot.thread.body, how, about, order)
    return told([linted], ())


def _refuse_incident(case: Case) -> None:
    if case.postmortem is None and case.incident is not None and case.incident.declared is not None:
        report = case.children.get(case.key(KEY))
        raise UsageProblem(f"#{case.number} is an incident. Name its post-mortem{f': #{report}' if report else ''}.")


def _linted_file(name: str, pipe: Pipe, order: Order, config: Config) -> Linted:
    text = text_of(name, pipe)
    body = text.removeprefix("\ufeff")
    short = order.short or config.postmortem.layout is Layout.SHORT
    about = About(local_date(order.now, config.calendar), None, short, frozenset(config.people))
    linted, better = _linted(shown(name), body, Reading(config.postmortem.day_first), about, order)
    if name == STDIN:
        return linted
    if better != body and not order.dry:
        write_text(name, text.removesuffix(body) + better)
    return replace(linted, file=name)


def _linted(name: str, body: str, reading: Reading, about: About, order: Order) -> tuple[Linted, str]:
    """A document and what it lacks; where it is to be mended, what it lacks then, and the better text."""
    findings = lint(report_of(body, reading, about), order.codes)
    better = mended(body, findings) if order.fix else body
    if better == body:
        return Linted(name, findings), body
    left = lint(report_of(better, reading, about), order.codes)
    return Linted(name, left, "\n".join(_diff(name, body, better)) + "\n"), better


def _diff(name: str, before: str, after: str) -> Iterator[str]:
    yield from unified_diff(lines_of(before), lines_of(after), f"a/{name}", f"b/{name}", lineterm="")
