"""Follow-up: once a hotfix is merged, how to take it back, who mends the cause, and what was skipped.

What goes round the gate is not lost: it is read afterwards, by two people, and counted.
"""

from collections.abc import Iterator
from datetime import datetime

from stanch.core.case import Case
from stanch.core.clock import business_days_after
from stanch.core.config import Config
from stanch.core.declared import declared
from stanch.core.landing import Landing
from stanch.core.marker import stamp_of
from stanch.core.pull_case import PullCase
from stanch.core.rules.facts import Facts
from stanch.core.rules.h009_squash import was_rebased
from stanch.core.rules.h010_follow_up import due_at, owner_of
from stanch.core.rules.rule import Verdict
from stanch.core.wanted import ChildIssue, Notice, Text, Told, Want

BUG = "bug"
ROOT_CAUSE = "root-cause"
REVIEW_OWED = "review-owed"

REVIEW_DAYS = 1
"""Business days in which what went round the gate is read."""

NOTHING_TO_JUDGE = frozenset({"none", "not-burning", "no-incident"})
"""Why a rule was skipped that had nothing before it: no dependency, no other check. That eases nothing."""

READERS = 2


def followup(case: Case) -> Iterator[Want]:
    pull, facts = case.pull, case.pull.facts if case.pull else None
    if pull is None or facts is None or facts.pull.merged is None or not facts.pull.merged.sha:
        return
    if pull.gathered.predates_gate:
        return
    said = _merged(case, pull, facts)
    yield Notice(case.key("merged"), Text("comments/merged", {**said, "here": True}), facts.pull.merged.at)
    if facts.incident is not None:
        number = facts.incident.number
        key = f"{number}/merged/{case.number}"
        yield Told(number, key, Text("comments/merged", {**said, "here": False}), _fact(case, pull, facts))
    yield _root_cause(case, facts)
    if pull.memory.audit:
        yield _review(case, pull, facts)


def _merged(case: Case, pull: PullCase, facts: Facts) -> dict[str, object]:
    merged = facts.pull.merged
    sha = merged.sha if merged else ""
    count = facts.pull.commit_count if merged is not None and was_rebased(facts.pull, merged) else 1
    squashed = merged is not None and len(merged.parents) == 1 and count == 1
    return {
        "number": case.number,
        "kind": facts.kind.value,
        "sha": sha,
        "commits": count,
        "squashed": squashed,
        "rollback": facts.declared.first("rollback"),
        "open": list(pull.memory.audit or ()),
        "by": merged.by.login if merged else "",
    }


def _fact(case: Case, pull: PullCase, facts: Facts) -> dict[str, object]:
    """What the incident has to know, for whoever reads its thread next."""
    merged = facts.pull.merged
    skips = [row for row in pull.decision.rows if row.finding.verdict is Verdict.SKIP] if pull.decision else []
    return {
        "kind": "merged",
        "pull": case.number,
        "title": case.snapshot.thread.title[:200],
        "sha": merged.sha if merged else "",
        "base": facts.pull.base,
        "class": facts.kind.value,
        "by": merged.by.login if merged else "",
        "at": int(merged.at.timestamp()) if merged else 0,
        "open": list(pull.memory.audit or ()),
        "skipped": [row.code for row in skips if row.finding.why not in NOTHING_TO_JUDGE],
    }


def _root_cause(case: Case, facts: Facts) -> ChildIssue:
    owner, due = owner_of(facts), due_at(facts)
    until = facts.declared.temporary_until
    view = {
        "number": case.number,
        "title": case.snapshot.thread.title,
        "incident": facts.incident.number if facts.incident else 0,
        "kind": facts.kind.value,
        "owner": owner,
        "due": due,
        "until": until.isoformat() if until else "",
        "temporary": facts.declared.is_workaround or bool(facts.surface.marked),
        "debts": _debts(case, facts),
        "waived": _waived(case),
        "zone": case.config.calendar.zone,
    }
    return ChildIssue(
        key=case.key(ROOT_CAUSE),
        title=Text("issues/root_cause_title", {"title": case.snapshot.thread.title}),
        text=Text("issues/root_cause", view),
        labels=(BUG, ROOT_CAUSE),
        assignees=(owner,) if owner else (),
        stamp={"due": stamp_of(due)},
    )


def _debts(case: Case, facts: Facts) -> list[dict[str, object]]:
    decision, calendar = case.pull.decision if case.pull else None, case.config.calendar
    debts = decision.debts if decision else ()
    return [{"kind": one.kind, "owner": one.owner, "due": one.due(facts.now, calendar)} for one in debts]


def _waived(case: Case) -> list[dict[str, object]]:
    rows = case.pull.decision.rows if case.pull and case.pull.decision else ()
    return [{"rule": row.code, "by": one.by, "why": one.why} for row in rows for one in row.waived]


def _review(case: Case, pull: PullCase, facts: Facts) -> ChildIssue:
    merged = facts.pull.merged
    at = merged.at if merged else case.now
    view = {
        "number": case.number,
        "title": case.snapshot.thread.title,
        "sha": merged.sha if merged else "",
        "by": merged.by.login if merged else "",
        "incident": facts.incident.number if facts.incident else 0,
        "open": list(pull.memory.audit or ()),
        "due": review_due(at, case.config),
        "readers": readers(case.config),
        "zone": case.config.calendar.zone,
    }
    return ChildIssue(
        key=case.key(REVIEW_OWED),
        title=Text("issues/review_owed_title", {"number": case.number, "sha": ""}),
        text=Text("issues/review_owed", view),
        labels=(REVIEW_OWED,),
        stamp={"due": stamp_of(review_due(at, case.config))},
    )


def review_due(at: datetime, config: Config) -> datetime:
    """When what went round the gate has to be read."""
    return business_days_after(at, REVIEW_DAYS, config.calendar)


def readers(config: Config) -> int:
    """How many others read it: two; one in a team of two, who cannot be more; nobody where somebody works alone."""
    others = len(config.people) - 1
    return READERS if others < 0 else min(READERS, others)


def pushed(case: Case, landing: Landing) -> ChildIssue:
    """The review that is owed for a commit that came to production through no pull request."""
    due = review_due(case.now, case.config)
    linked = declared(landing.message).incidents
    view = {
        "number": 0,
        "title": landing.title,
        "sha": landing.sha,
        "by": landing.by,
        "incident": linked[0].number if linked else 0,
        "open": [],
        "due": due,
        "readers": readers(case.config),
        "zone": case.config.calendar.zone,
    }
    return ChildIssue(
        key=case.key("push", landing.sha[:12]),
        title=Text("issues/review_owed_title", {"number": 0, "sha": landing.sha}),
        text=Text("issues/review_owed", view),
        labels=(REVIEW_OWED,),
        stamp={"due": stamp_of(due)},
    )
