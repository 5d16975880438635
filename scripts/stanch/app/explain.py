"""`stanch gate N`: one pull request carried, or only explained, and every rule's answer told."""

import json
from dataclasses import dataclass

from stanch.app.desk import Desk
from stanch.app.gate import case_of, gate
from stanch.app.report import as_lines, unmarked
from stanch.app.road import Outcome
from stanch.core.case import Case
from stanch.core.errors import UsageProblem
from stanch.core.gate import State
from stanch.core.pull_case import PullCase
from stanch.core.rules import RULES
from stanch.core.severity import Severity, severity_of
from stanch.core.wanted import Text
from stanch.practices.hotfix import row_view, state_of, view
from stanch.render.words import Words

EXIT_CODES = {State.SUCCESS: 0, State.FAILURE: 1, State.PENDING: 1, State.ERROR: 3}


@dataclass(frozen=True, slots=True)
class Told:
    """What is printed, what became of the writes, and the exit code."""

    text: str
    outcome: Outcome
    exit_code: int


def severity_named(text: str | None) -> Severity | None:
    """The severity of `--as`, None without one. Raises UsageProblem for anything that is none."""
    if text is None:
        return None
    severity = severity_of(text) or severity_of(f"sev-{text}")
    if severity is None:
        raise UsageProblem(f"--as is {text[:40]!r}. Write a severity, as in --as SEV-2.")
    return severity


def explain(desk: Desk, number: int, asked: Severity | None, *, explain: bool, as_json: bool) -> Told:
    """Judge one pull request and tell it. Unless it is only explained or asked about, it is carried first.

    At a dry desk that makes the plan, which is printed below. Raises what reading it raises.
    """
    outcome = Outcome(number) if explain or asked is not None else gate(desk, number)
    case = case_of(desk, number, asked=asked)
    pull = case.pull
    if pull is None:
        return Told("", outcome, 3)
    owed = (pull.problem,) if pull.problem and pull.problem not in outcome.owed else ()
    outcome = Outcome(number, outcome.writes, (*outcome.owed, *owed), outcome.alarms, outcome.problems)
    text = as_json_text(case, pull) if as_json else _lines(desk, case, pull, explain=explain)
    if desk.dry and outcome.writes and not as_json:
        text += "\n" + unmarked("\n".join(as_lines([outcome], dry=True))) + "\n"
    return Told(text, outcome, max(EXIT_CODES[state_of(pull)], 3 if outcome.owed else 0))


def _lines(desk: Desk, case: Case, pull: PullCase, *, explain: bool) -> str:
    return unmarked(desk.words(Text("summary/gate", {**view(case, pull), "explain": explain, "problem": pull.problem})))


def as_json_text(case: Case, pull: PullCase) -> str:
    """The decision as JSON: `{number, state, hotfix, class, severity, rows: [{rule, verdict, why, waivable, …}]}`."""
    said = view(case, pull)
    rows = [
        {"rule": row.code, "verdict": row.finding.verdict.value, "why": row.finding.why, "stands": row.stands}
        | {"waivable": row_view(row)["waivable"], "waived_by": [one.by for one in row.waived]}
        | {"values": json.loads(json.dumps(dict(row.finding.values), default=str))}
        for row in (pull.decision.rows if pull.decision else ())
    ]
    whole = {"number": case.number, "sha": pull.pull.head_sha, "state": state_of(pull).value}
    whole |= {"hotfix": said["hotfix"], "class": said["kind"], "severity": said["severity"], "rows": rows}
    return json.dumps(whole | {"problem": pull.problem}, ensure_ascii=False) + "\n"


def listed() -> str:
    """Every rule of the gate with who may waive it and its reason, as a table in Markdown."""
    rules = [{"code": rule.code, "waivable": rule.waivable.value} for rule in RULES]
    return unmarked(Words.load()(Text("summary/gate_rules", {"rules": rules})))
