"""The gate's decision on one pull request: every rule's answer, what was waived, and what that comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from stanch.core.config_hotfix import EveryPull
from stanch.core.rules import RULES
from stanch.core.rules.facts import Class, Facts
from stanch.core.rules.rule import Debt, Finding, Rule, Verdict
from stanch.core.severity import Severity
from stanch.core.waivers import Waiver, enough, is_waivable

CONTEXT = "stanch/hotfix"
"""The commit status that can be required."""

ROOT_CAUSE, REVIEW_OWED = "root-cause", "review-owed"
"""The labels, and the keys, of the issues that a merged hotfix leaves."""


class State(StrEnum):
    """What the commit status says, in GitHub's words."""

    SUCCESS = "success"
    FAILURE = "failure"
    PENDING = "pending"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Row:
    """One rule's answer. `waived` are the waivers that ease it, if there are enough of them."""

    rule: Rule
    finding: Finding
    waived: tuple[Waiver, ...] = ()
    begun: tuple[Waiver, ...] = ()

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def stands(self) -> bool:
        """Whether it does not stand in the way. What could not be told always does, unless it was waived."""
        return self.finding.verdict in {Verdict.PASS, Verdict.SKIP} or bool(self.waived) or self.finding.advice


@dataclass(frozen=True, slots=True)
class Decision:
    """All rows in the order of their codes."""

    kind: Class
    severity: Severity | None
    rows: tuple[Row, ...]

    @property
    def state(self) -> State:
        """The worst that stands in the way: a failure before what could not be told, before what is still to come."""
        open_ = {row.finding.verdict for row in self.rows if not row.stands}
        for verdict, state in ((Verdict.FAIL, State.FAILURE), (Verdict.UNKNOWN, State.ERROR)):
            if verdict in open_:
                return state
        return State.PENDING if open_ else State.SUCCESS

    @property
    def debts(self) -> tuple[Debt, ...]:
        """What skipped and eased rules leave to be done."""
        return tuple(debt for row in self.rows for debt in row.finding.debts)

    def finding(self, code: str) -> Finding:
        return next(row.finding for row in self.rows if row.code == code)


def decide(facts: Facts, waivers: Iterable[Waiver] = ()) -> Decision:
    """Ask every rule. A waiver counts for the head that it was given for, and only where there is one to waive."""
    given = tuple(one for one in waivers if one.sha == facts.pull.head_sha)
    return Decision(facts.kind, facts.severity, tuple(_row(rule, facts, given) for rule in RULES))


EVERYWHERE = {EveryPull.ROLLBACK: "H007", EveryPull.DEPENDENCIES: "H011"}
"""The rules that a team may ask of every pull request into production."""


def advised(facts: Facts) -> tuple[Row, ...]:
    """What there is to say of a pull request that is no hotfix: what is asked everywhere and does not stand."""
    asked = {EVERYWHERE[one] for one in facts.config.hotfix.every}
    rows = (Row(rule, replace(rule.judge(facts), advice=True)) for rule in RULES if rule.code in asked)
    return tuple(row for row in rows if row.finding.verdict not in {Verdict.PASS, Verdict.SKIP})


def _row(rule: Rule, facts: Facts, given: tuple[Waiver, ...]) -> Row:
    finding = rule.judge(facts)
    mine = tuple(one for one in given if one.rule == rule.code) if is_waivable(finding, rule.waivable) else ()
    if not enough(mine, rule.waivable):
        return Row(rule, finding, begun=mine)
    return Row(rule, replace(finding, debts=(*finding.debts, *rule.owed_when_waived(facts))), mine)
