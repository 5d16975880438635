"""Follow-up: once a hotfix is merged, how to take it back, who mends the cause, and what was skipped.

What goes round the gate is not lost: it is read afterwards, by two people, and counted.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from stanch.core.case import Case
from stanch.core.clock import business_days_after
from stanch.core.config import Config
from stanch.core.declared import declared
from stanch.core.gate import REVIEW_OWED, ROOT_CAUSE
from stanch.core.hotfix_facts import LONGEST_TITLE
from stanch.core.hotfix_facts import Merged as MergedHotfix
from stanch.core.landing import Landing
from stanch.core.marker import stamp_of
from stanch.core.pull import Merged
from stanch.core.pull_case import PullCase
from stanch.core.rules.facts import Facts
from stanch.core.rules.h009_squash import was_rebased
from stanch.core.rules.h010_follow_up import due_at, owner_of
from stanch.core.rules.rule import Verdict
from stanch.core.wanted import ChildIssue, Notice, Text, Told, Want

BUG, PUSH = "bug", "push"

REVIEW_DAYS = 1
"""Business days in which what went round the gate is read."""

NOTHING_TO_JUDGE = frozenset({"none", "not-burning", "no-incident"})
"""Why a rule was skipped that had nothing before it: no dependency, no other check. That eases nothing."""

READERS = 2


def followup(case: Case) -> Iterator[Want]:
    pull, facts = case.pull, case.pull.facts if case.pull else None
    if pull is None or facts is None or pull.gathered.predates_gate:
        return
    merged = facts.pull.merged
    if merged is None or not merged.sha:
        return
    said = _merged(case, pull, facts, merged)
    yield Notice(case.key("merged"), Text("comments/merged", {**said, "here": True}), merged.at)
    if facts.incident is not None:
        number = facts.incident.number
        key = f"{number}/merged/{case.number}"
        yield Told(number, key, Text("comments/merged", {**said, "here": False}), _fact(case, pull, facts, merged))
    yield _root_cause(case, pull, facts)
    if pull.memory.audit:
        yield _review(case, pull, facts, merged)


def _merged(case: Case, pull: PullCase, facts: Facts, merged: Merged) -> dict[str, object]:
    count = facts.pull.commit_count if was_rebased(facts.pull, merged) else 1
    return {
        "number": case.number,
        "kind": facts.kind.value,
        "sha": merged.sha,
        "commits": count,
        "squashed": len(merged.parents) == 1 and count == 1,
        "rollback": facts.declared.first("rollback"),
        "open": list(pull.memory.audit or ()),
        "by": merged.by.login,
    }


def _fact(case: Case, pull: PullCase, facts: Facts, merged: Merged) -> dict[str, object]:
    """What the incident has to know, for whoever reads its thread next."""
    rows = pull.decision.rows if pull.decision else ()
    skips = [row for row in rows if row.finding.verdict is Verdict.SKIP]
    return MergedHotfix(
        pull=case.number,
        title=case.snapshot.thread.title[:LONGEST_TITLE],
        sha=merged.sha,
        base=facts.pull.base,
        kind=facts.kind.value,
        by=merged.by.login,
        at=merged.at,
        open=pull.memory.audit or (),
        skipped=tuple(row.code for row in skips if row.finding.why not in NOTHING_TO_JUDGE),
        heard=case.now,
    ).fact()


def _root_cause(case: Case, pull: PullCase, facts: Facts) -> ChildIssue:
    owner, due = owner_of(facts), due_at(facts)
    until, decision = facts.declared.temporary_until, pull.decision
    rows, debts = (decision.rows, decision.debts) if decision else ((), ())
    view = {
        "number": case.number,
        "title": case.snapshot.thread.title,
        "incident": facts.incident.number if facts.incident else 0,
        "kind": facts.kind.value,
        "owner": owner,
        "due": due,
        "until": until.isoformat() if until else "",
        "temporary": facts.declared.is_workaround or bool(facts.surface.marked),
        "debts": [one.view(facts.now, case.config.calendar) for one in debts],
        "waived": [{"rule": row.code, "by": one.by, "why": one.why} for row in rows for one in row.waived],
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


def _review(case: Case, pull: PullCase, facts: Facts, merged: Merged) -> ChildIssue:
    """The review that is owed for a hotfix that was merged without a green gate."""
    what = {
        "number": case.number,
        "title": case.snapshot.thread.title,
        "sha": merged.sha,
        "by": merged.by.login,
        "incident": facts.incident.number if facts.incident else 0,
        "open": list(pull.memory.audit or ()),
    }
    return _review_owed(case, case.key(REVIEW_OWED), merged.at, what)


def pushed(case: Case, landing: Landing) -> ChildIssue:
    """The review that is owed for a commit that came to production through no pull request."""
    named = declared(landing.message, here=case.snapshot.repository.full_name).incidents
    linked = [one.number for one in named if not one.repository]
    what = {
        "number": 0,
        "title": landing.title,
        "sha": landing.sha,
        "by": landing.by,
        "incident": linked[0] if linked else 0,
        "open": [],
    }
    return _review_owed(case, case.key(PUSH, landing.sha[:12]), case.now, what)


def _review_owed(case: Case, key: str, at: datetime, what: Mapping[str, object]) -> ChildIssue:
    """One review of `what` went round the gate. `at` (UTC) is when that became known."""
    due = business_days_after(at, REVIEW_DAYS, case.config.calendar)
    view = {**what, "due": due, "readers": readers(case.config), "zone": case.config.calendar.zone, "earlier": 0}
    return ChildIssue(
        key=key,
        title=Text("issues/review_owed_title", {"number": what["number"], "sha": what["sha"]}),
        text=Text("issues/review_owed", view),
        labels=(REVIEW_OWED,),
        stamp={"due": stamp_of(due)},
        alike=frozenset({REVIEW_OWED, PUSH}),
    )


def readers(config: Config) -> int:
    """How many others read it: two; one in a team of two, who cannot be more; nobody where somebody works alone."""
    others = len(config.people) - 1
    return READERS if others < 0 else min(READERS, others)
