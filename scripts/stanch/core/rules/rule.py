"""What a rule of the hotfix gate is, and what it may answer.

A rule is a small class: a stable code, one question, and an answer that explains itself. Its words stand in
`templates/rules/<code>.md`: the reason, and for every `why` the evidence and the one next action.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum, auto
from typing import ClassVar

from stanch.core.clock import Calendar, business_days_after
from stanch.core.rules.facts import Facts
from stanch.core.wanted import View

SHOWN = 3
"""Of many files, tests or checks, so many are named in a row."""


class Verdict(StrEnum):
    """What a rule answers. UNKNOWN never passes: it could not be told."""

    PASS = auto()
    FAIL = auto()
    PENDING = auto()
    SKIP = auto()
    UNKNOWN = auto()


class Waivable(StrEnum):
    """Who may waive a rule: nobody, one maintainer, or two of them with the reproduction pasted."""

    NEVER = "never"
    BY_ONE = "by a maintainer"
    BY_TWO = "by two maintainers"


@dataclass(frozen=True, slots=True)
class Debt:
    """What a skipped or eased rule leaves to be done within so many business days of the merge; `kind` names it."""

    kind: str
    days: int
    owner: str = ""

    def due(self, merged_at: datetime, calendar: Calendar) -> datetime:
        """When it has to be done, in UTC."""
        return business_days_after(merged_at, self.days, calendar)

    def view(self, merged_at: datetime | None, calendar: Calendar) -> View:
        """As the words need it: with a date only once it is merged, or an open one would be written anew each day."""
        due = None if merged_at is None else self.due(merged_at, calendar)
        return {"kind": self.kind, "owner": self.owner, "days": self.days, "due": due}


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's answer. `why` names the sentences, `values` fill them.

    A `firm` one is never waived, and one that is `advice` never blocks.
    """

    verdict: Verdict
    why: str
    values: View = field(default_factory=dict)
    firm: bool = False
    advice: bool = False
    debts: tuple[Debt, ...] = ()


class Rule(ABC):
    """One rule. `waivable` says by whom."""

    code: ClassVar[str]
    waivable: ClassVar[Waivable]

    @abstractmethod
    def judge(self, facts: Facts) -> Finding:
        """The answer, from the facts alone."""

    def owed_when_waived(self, facts: Facts) -> tuple[Debt, ...]:
        """What a waiver leaves to be done, with its date."""
        del facts  # most rules leave nothing that has a date of its own
        return ()


def passes(why: str, **values: object) -> Finding:
    return Finding(Verdict.PASS, why, values)


def fails(why: str, **values: object) -> Finding:
    return Finding(Verdict.FAIL, why, values)


def firmly(finding: Finding) -> Finding:
    """The same, and nobody can waive it."""
    return replace(finding, firm=True)


def warns(why: str, **values: object) -> Finding:
    return Finding(Verdict.FAIL, why, values, advice=True)


def waits(why: str, **values: object) -> Finding:
    return Finding(Verdict.PENDING, why, values)


def skips(why: str, *debts: Debt, **values: object) -> Finding:
    return Finding(Verdict.SKIP, why, values, debts=debts)


def cannot_tell(why: str, **values: object) -> Finding:
    return Finding(Verdict.UNKNOWN, why, values)
