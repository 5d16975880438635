"""Waivers: who may ease a rule, for how long, and when there is nothing to ease.

A waiver is bound to the head that it was given for. It is judged once, against the decision without it, and what
was accepted is remembered in the gate's card as every command is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from stanch.core.ledger import Record
from stanch.core.rules.rule import Finding, Verdict, Waivable

REPRODUCED = "reproduced"
"""The detail of a waiver whose comment shows, in a code block, what somebody did by hand."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One accepted `/waive`. `sha` is the head that it holds for."""

    rule: str
    by: str
    why: str
    at: datetime
    sha: str


@dataclass(frozen=True, slots=True)
class Request:
    """One `/waive` that nobody has judged. `may` says whether its author is a maintainer here, `own_words` whether
    nobody else has edited it: whoever may push may edit what others wrote.
    """

    by: str
    at: datetime
    may: bool
    reproduced: bool
    own_words: bool = True


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose change it is: its author, or who ordered it from a bot, who pushed last and when; None where that could
    not be told.
    """

    authors: frozenset[str]
    last_pusher: str | None
    pushed_at: datetime | None


def waivers_of(records: Iterable[Record], sha: str) -> tuple[Waiver, ...]:
    """The waivers that hold for this head."""
    return tuple(
        Waiver(one.arguments.get("rule", ""), one.by, one.arguments.get("text", ""), one.at, sha)
        for one in records
        if one.accepted and one.verb == "waive" and one.detail.get("sha") == sha
    )


def is_waivable(finding: Finding, waivable: Waivable) -> bool:
    """Whether there is something to waive. What could not be told is waived only where two people vouch for it."""
    if waivable is Waivable.NEVER or finding.firm:
        return False
    if finding.verdict is Verdict.UNKNOWN:
        return waivable is Waivable.BY_TWO
    return finding.verdict in {Verdict.FAIL, Verdict.PENDING}


def enough(given: Iterable[Waiver], waivable: Waivable) -> bool:
    """Whether so many people as the rule asks for have waived it."""
    people = {one.by.lower() for one in given}
    return len(people) >= (2 if waivable is Waivable.BY_TWO else 1)


def refusal(asked: Request, finding: Finding, waivable: Waivable, hands: Hands, *, reproduced: bool) -> str:
    """Why a waiver is refused; empty when it is accepted. `reproduced`: one before it pasted the reproduction."""
    checks = (
        (waivable is Waivable.NEVER, "never"),
        (not asked.may, "not-maintainer"),
        (not asked.own_words, "edited"),
        (asked.by.lower() in {login.lower() for login in hands.authors}, "own"),
        (hands.last_pusher is None or hands.pushed_at is None, "pusher-unknown"),
        (hands.last_pusher is not None and asked.by.lower() == hands.last_pusher.lower(), "own-push"),
        (hands.pushed_at is not None and asked.at < hands.pushed_at, "older"),
        (finding.verdict in {Verdict.PASS, Verdict.SKIP}, "passes"),
        (not is_waivable(finding, waivable), "firm"),
        (waivable is Waivable.BY_TWO and not (asked.reproduced or reproduced), "no-reproduction"),
    )
    return next((code for wrong, code in checks if wrong), "")
