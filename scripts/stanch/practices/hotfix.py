"""Hotfix: one commit status and one comment with a row per rule, each with the one thing to do next.

Every pull request gets the status, so that it can be required; only a hotfix gets the comment.
"""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.commands import Verb
from stanch.core.gate import REVIEW_OWED, ROOT_CAUSE, Row, State
from stanch.core.hotfix_facts import LONGEST_WHY, Waived
from stanch.core.ledger import Record
from stanch.core.pull import PullState
from stanch.core.pull_case import PullCase
from stanch.core.rules.rule import Verdict, Waivable
from stanch.core.snapshot import card_in_sight, card_key
from stanch.core.wanted import Card, StatusOn, Text, Told, Want

UNREADABLE = "unreadable"


def hotfix(case: Case) -> Iterator[Want]:
    pull = case.pull
    if pull is None or pull.gathered.predates_gate:
        return
    if pull.pull.state is PullState.OPEN and not is_spoken_for(pull):
        yield _status(case, pull)
    decision = pull.decision
    if decision is not None or pull.advice or (card_in_sight(case.snapshot.thread) and not pull.problem):
        yield Card(card_key(case.number), Text("comments/gate", view(case, pull)))
    if decision is not None and pull.facts is not None and pull.facts.incident is not None:
        for record in accepted_waivers(pull):
            yield _told(case, pull.facts.incident.number, record)


def is_spoken_for(pull: PullCase) -> bool:
    """Whether another pull request with the same head has a status there that is not green.

    A status belongs to a commit. What is no hotfix would open the way to one that is, with the same commits.
    """
    there = pull.pull.status
    if pull.decision is not None or pull.problem or there is None or not there.by.is_bot:
        return False
    return there.state != State.SUCCESS and there.url.rpartition("/")[2] in map(str, pull.pull.twins)


def _status(case: Case, pull: PullCase) -> Want:
    said = Text("summary/gate_status", status_view(pull))
    return StatusOn(pull.pull.head_sha, state_of(pull).value, said, case.snapshot.thread.url)


def state_of(pull: PullCase) -> State:
    """What the status says. What could not be read is never green; what is no hotfix always is."""
    if pull.problem:
        return State.ERROR
    return pull.decision.state if pull.decision else State.SUCCESS


def status_view(pull: PullCase) -> dict[str, object]:
    """What the one line beside the status is made from."""
    decision = pull.decision
    rows = [row for row in decision.rows if not row.stands] if decision else []
    return {
        "state": UNREADABLE if pull.problem else state_of(pull).value,
        "hotfix": decision is not None,
        "open": [row.code for row in rows],
        "count": len(decision.rows) if decision else 0,
    }


def view(case: Case, pull: PullCase) -> dict[str, object]:
    """Everything that the comment shows, as plain values."""
    decision, facts = pull.decision, pull.facts
    merged_at, calendar = pull.pull.merged.at if pull.pull.merged else None, case.config.calendar
    return {
        "number": case.number,
        "sha": pull.pull.head_sha[:7],
        "merged": pull.pull.state is PullState.MERGED,
        "audit": list(pull.memory.audit or ()),
        "children": {name: case.children.get(case.key(name), 0) for name in (ROOT_CAUSE, REVIEW_OWED)},
        "open": pull.pull.state is PullState.OPEN,
        "hotfix": decision is not None,
        "state": state_of(pull).value,
        "kind": decision.kind.value if decision else "",
        "severity": int(decision.severity) if decision and decision.severity else 0,
        "incident": facts.incident.number if facts and facts.incident else 0,
        "rows": [row_view(row) for row in (decision.rows if decision else pull.advice)],
        "debts": [one.view(merged_at, calendar) for one in decision.debts] if decision else [],
        "zone": calendar.zone,
        "problems": list(case.snapshot.problems),
    }


def row_view(row: Row) -> dict[str, object]:
    """One row: what the rule answered, and the values that its sentences name. `advice` does not stand, and may."""
    settled = bool(row.waived) or row.finding.verdict in {Verdict.PASS, Verdict.SKIP}
    return {
        "code": row.code,
        "verdict": "waived" if row.waived else row.finding.verdict.value,
        "advice": row.finding.advice and not settled,
        "stands": row.stands,
        "why": row.finding.why,
        "waivable": waivable(row),
        "waivers": [{"by": one.by, "why": one.why} for one in (*row.waived, *row.begun)],
        "values": dict(row.finding.values),
    }


def waivable(row: Row) -> str:
    """By whom it may be waived; what is firm may be once it has changed."""
    firm = row.finding.firm and row.rule.waivable is not Waivable.NEVER
    return "not as it stands" if firm else row.rule.waivable.value


def accepted_waivers(pull: PullCase) -> Iterator[Record]:
    """Every waiver that was accepted, whatever head it was for: the incident hears of each."""
    return (one for one in pull.records if one.accepted and one.verb == Verb.WAIVE.value)


def _told(case: Case, incident: int, record: Record) -> Told:
    rule, why = record.arguments.get("rule", ""), record.arguments.get("text", "")
    fact = Waived(case.number, rule, record.by, why[:LONGEST_WHY], record.at).fact()
    key = f"{incident}/waiver/{case.number}/{record.comment_id}/{record.line}"
    return Told(incident, key, Text("comments/waived", fact), fact)
