"""A pull request read as a hotfix, or as none: what was gathered becomes facts, and facts a decision."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from stanch.core.dependencies import Bump, BumpKind, bumps, folded, is_manifest, vendored
from stanch.core.gate import Decision, Row, advised, decide
from stanch.core.gate_memory import NOTHING_SEEN, Bound, GateMemory, Head
from stanch.core.gathered import Gathered, burned, candidates, is_advised, proof_runs, set_by_others, touches_rules
from stanch.core.incident import Incident
from stanch.core.ledger import Record
from stanch.core.proof import Proof
from stanch.core.pull import (
    SHOWN_PUSHES,
    ChangedFile,
    ChangeKind,
    CheckState,
    Pull,
    Push,
    Review,
    Run,
)
from stanch.core.rules.facts import Facts, ProofState, Proving
from stanch.core.sameness import class_of, content_of
from stanch.core.severity import Severity
from stanch.core.surface import surface, text_at
from stanch.core.waivers import waivers_of
from stanch.core.wishes import production_branch

NO_FILE_BEFORE = frozenset({ChangeKind.ADDED, ChangeKind.COPIED, ChangeKind.RENAMED})
"""Kinds of change of a file that had no content at this path."""


@dataclass(frozen=True, slots=True)
class PullCase:
    """One pull request to decide about. `decision` is None for one that is no hotfix, which may get `advice`.

    `problem` says what could not be read: then nothing is decided, and the gate is not green.
    """

    gathered: Gathered
    facts: Facts | None = None
    decision: Decision | None = None
    records: tuple[Record, ...] = ()
    memory: GateMemory = field(default_factory=GateMemory)
    problem: str = ""
    advice: tuple[Row, ...] = ()

    @property
    def pull(self) -> Pull:
        return self.gathered.pull


def facts_of(gathered: Gathered) -> Facts:
    """The facts of a hotfix: what was read, and what follows from it."""
    pull, config, said = gathered.pull, gathered.config, gathered.declared
    memory = remembered(gathered)
    head, incident = memory.heads.get(pull.head_sha), gathered.incident
    severity = gathered.asked or (incident.severity if incident else None)
    changed = folded(bump for one in pull.files for bump in _bumps(gathered, one))
    return Facts(
        now=gathered.at,
        config=config,
        pull=pull,
        settings=gathered.settings,
        declared=said,
        kind=class_of(pull, config.hotfix, gathered.beside),
        surface=surface(pull, config.hotfix, gathered.settings.attributes, gathered.beside),
        production=production_branch(config, gathered.default_branch),
        deployments=gathered.deployments,
        incident=incident,
        burning=incident is not None and burned(incident, gathered.at),
        linked=frozenset(one.number for one in gathered.incidents.values() if one.ours),
        severity=severity,
        earned=gathered.asked or (earned(incident, pull) if incident else None),
        pushers=head.by if head else None,
        last_pusher=head.last if head else None,
        pushed_at=head.at if head else _first_run(pull.runs),
        content=content_of(pull, said, gathered.beside),
        bound=memory.bound,
        proving=proving(gathered, memory),
        bumps=changed,
        beside=gathered.beside,
    )


def _bumps(gathered: Gathered, one: ChangedFile) -> tuple[Bump, ...]:
    """What one file changes of what is installed. A text that could not be had says nothing, and so it is said."""
    pull, beside, path = gathered.pull, gathered.beside, one.path
    if not is_manifest(path):
        copied = vendored(path)
        return (Bump(copied, copied, "", "", BumpKind.SOURCE),) if copied else ()
    before, after = text_at(beside, pull.fork_point, path), text_at(beside, pull.head_sha, path)
    gone, new = one.kind is ChangeKind.DELETED, one.kind in NO_FILE_BEFORE
    if (after is None and not gone) or (before is None and not new):
        return (Bump(path, path.rpartition("/")[2], "", "", BumpKind.UNREADABLE),)
    return bumps(path, before, after)


def earned(incident: Incident, pull: Pull) -> Severity | None:
    """The severity that may ease a rule: what its authors set since the pull request was opened eases none."""
    others = set_by_others(incident, pull)
    if others:
        return max(others[-1].severity or Severity.SEV_4, incident.severity or Severity.SEV_4)
    return Severity.SEV_2 if incident.severity is Severity.SEV_1 else incident.severity


def proving(gathered: Gathered, memory: GateMemory) -> Proving:
    """How far the proof of this head is."""
    touched = touches_rules(gathered)
    known = _known(gathered.pull, memory)
    if any(one.state is CheckState.RUNNING for one in proof_runs(gathered.pull)):
        return Proving(ProofState.RUNNING, None, touched)
    if gathered.problem:
        return Proving(ProofState.UNREADABLE, None, touched, gathered.problem)
    if known is None:
        return Proving(ProofState.MISSING, None, touched)
    return Proving(ProofState.DONE, known[1], touched or known[1].touches_rules)


def _known(pull: Pull, memory: GateMemory) -> tuple[int, Proof] | None:
    """The proof of this head that was read; one from before the base was changed proves nothing about this base."""
    known = memory.proofs.get(pull.head_sha)
    if known is None or not pull.retargets:
        return known
    return known if known[0] in {one.mark for one in proof_runs(pull)} else None


def remembered(gathered: Gathered) -> GateMemory:
    """The memory with what this look adds: who moved the head, what was approved, and the proof that was read."""
    memory, pull = gathered.memory, gathered.pull
    holding = gathered.holding if gathered.asked is None else None
    held = memory.held or (holding.number if holding else 0)
    head = _head(gathered.pushes, pull)
    heads = {**memory.heads, **({pull.head_sha: head} if head else {})}
    proofs = dict(memory.proofs) | ({pull.head_sha: gathered.fresh_proof} if gathered.fresh_proof else {})
    known = heads.get(pull.head_sha)
    if known is None:
        return GateMemory(memory.bound, heads, proofs, memory.audit, held)
    content = content_of(pull, gathered.declared, gathered.beside)
    fresh = {one.id: _bound(one, pull, known, content) for one in candidates(pull) if one.id not in memory.bound}
    return GateMemory({**memory.bound, **fresh}, heads, proofs, memory.audit, held)


def _bound(review: Review, pull: Pull, head: Head, content: Bound) -> Bound:
    """What an approval that is seen for the first time was given to: this head, if it stood there by then.

    GitHub may move an approval on to a new head, so that the head had stood there before is asked as well, and that
    it has had the same base since. Of a text that was edited since, nobody knows what stood there.
    """
    turned = any(at > review.at for at in pull.retargets)
    if review.sha != pull.head_sha or head.at > review.at or turned:
        return NOTHING_SEEN
    written = pull.thread.edited_at
    return replace(content, rollback="") if written is not None and written > review.at else content


def _head(pushes: tuple[Push, ...] | None, pull: Pull) -> Head | None:
    """Who moved the branch, if the list reaches the head, and is not so long that it may have been cut at its end.

    None where it tells too little.
    """
    here = [one for one in pushes or () if one.after == pull.head_sha]
    if not here or len(pushes or ()) >= SHOWN_PUSHES:
        return None
    last = max(here, key=lambda one: one.at)
    return Head(frozenset(one.by for one in pushes or ()), last.by, last.at)


def _first_run(runs: Iterable[Run]) -> datetime | None:
    return min((one.at for one in runs), default=None)


def decided(gathered: Gathered, records: tuple[Record, ...]) -> PullCase:
    """The case with its decision; one that is no hotfix has none."""
    memory = remembered(gathered)
    if not gathered.is_hotfix:
        advice = advised(facts_of(gathered)) if is_advised(gathered) else ()
        return PullCase(gathered, records=records, memory=memory, advice=advice)
    facts = facts_of(gathered)
    in_time = (one for one in waivers_of(records, facts.pull.head_sha) if one.at <= gathered.at)
    decision = decide(facts, in_time)
    if gathered.pull.merged is not None and memory.audit is None:
        memory = replace(memory, audit=tuple(row.code for row in decision.rows if not row.stands))
    return PullCase(gathered, facts, decision, records, memory)


def unreadable(gathered: Gathered, problem: str) -> PullCase:
    """The case of which not enough could be read to decide anything."""
    return PullCase(gathered, memory=gathered.memory, problem=problem)
