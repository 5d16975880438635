"""`stanch gate`: one pull request held to the rules of a hotfix, on the same road as everything else.

Two reads: the pull request, then what it points to. Who pushed is asked once for each head that somebody approved,
and a proof is fetched once.
"""

from dataclasses import replace
from itertools import chain

from stanch.app.desk import Desk
from stanch.app.road import Found, Outcome, carry, gather, look_for_children, rules
from stanch.core.case import Case
from stanch.core.errors import GitHubError, NotReadable, StanchError
from stanch.core.fold import incident_of
from stanch.core.gathered import Gathered, asks_for_pushes, before_merge, proof_to_read
from stanch.core.hearing import unheard
from stanch.core.incident import Incident
from stanch.core.ledger import Ledger
from stanch.core.proof import judge
from stanch.core.pull import MergeSettings, Pull
from stanch.core.pull_case import PullCase, decided, unreadable
from stanch.core.pull_commands import askers, is_waiving, judged
from stanch.core.sent import Sent
from stanch.core.severity import Severity
from stanch.core.snapshot import Snapshot, ledger_of
from stanch.core.thread import Repository
from stanch.core.wanted import Want
from stanch.core.wishes import may_be_hotfix, production_branch, wishes_of
from stanch.practices import PRACTICES

Read = tuple[Repository, MergeSettings, Pull]
"""What the first of the two reads brings."""


def gate(desk: Desk, number: int) -> Outcome:
    """Carry one pull request. Raises what the first reading raises."""
    return carry(desk, number, by=look)


def look_if_installed(desk: Desk, number: int, _found: Found | None, sent: Sent) -> tuple[Case, tuple[Want, ...]]:
    """The same; where the hotfix workflow is not installed nobody asked for a gate, and nothing more is read."""
    read = desk.pulls.pull(number)
    if read[0].has_gate:
        return _wanted(desk, _case(desk, read, sent), sent)
    return Case(_snapshot(desk, read), Ledger(), sent=sent), ()


def look(desk: Desk, number: int, _found: Found | None, sent: Sent) -> tuple[Case, tuple[Want, ...]]:
    """Read a pull request, and decide what should be true of it."""
    return _wanted(desk, case_of(desk, number, sent), sent)


def _wanted(desk: Desk, case: Case, sent: Sent) -> tuple[Case, tuple[Want, ...]]:
    wanted = tuple(chain.from_iterable(practice(case) for practice in PRACTICES))
    return look_for_children(desk, case, wanted, sent), wanted


def case_of(desk: Desk, number: int, sent: Sent | None = None, asked: Severity | None = None) -> Case:
    """A pull request as it is judged now. `asked` is the severity of a "what if".

    Once the pull request itself is read, a further read that fails leaves a case that says so: it is never green.
    """
    return _case(desk, desk.pulls.pull(number), sent or Sent(), asked)


def _case(desk: Desk, read: Read, sent: Sent, asked: Severity | None = None) -> Case:
    repository, settings, pull = read
    snapshot, ledger = _snapshot(desk, read), ledger_of(pull.thread)
    branch, before = repository.default_branch, before_merge(pull)
    gathered = Gathered(desk.instant, snapshot.config, branch, settings, before, repository.deployments, asked=asked)
    gathered = replace(gathered, memory=ledger.gate)
    try:
        snapshot, found = _judged(desk, snapshot, ledger, gathered)
    except GitHubError as problem:
        found = unreadable(gathered, f"judge #{pull.number}: {problem.told}")
    return Case(snapshot, ledger, sent=sent, pull=found)


def _snapshot(desk: Desk, read: Read) -> Snapshot:
    repository, _, pull = read
    loaded = rules(repository.config, repository.config_alternative)
    problems = tuple(str(problem) for problem in loaded.problems)
    return Snapshot(desk.instant, repository, pull.thread, loaded.config, problems)


def _judged(desk: Desk, snapshot: Snapshot, ledger: Ledger, gathered: Gathered) -> tuple[Snapshot, PullCase]:
    """The decision, after everything that it takes has been asked."""
    gathered = _with_beside(desk, snapshot.repository, gathered)
    answers = {login: desk.reader.access(login) for login in sorted(askers(snapshot, ledger))}
    snapshot = replace(snapshot, access=answers)
    if asks_for_pushes(gathered, waiving=is_waiving(unheard(snapshot, ledger))):
        gathered = replace(gathered, pushes=desk.pulls.pushes(gathered.pull.head))
    gathered = _with_proof(desk, gathered)
    return snapshot, decided(gathered, judged(snapshot, ledger, gathered))


def _with_beside(desk: Desk, repository: Repository, gathered: Gathered) -> Gathered:
    """What the pull request points to; nothing is read of one that can be no hotfix."""
    pull, said, config = gathered.pull, gathered.declared, gathered.config
    held, production = gathered.memory.held, production_branch(config, gathered.default_branch)
    if not may_be_hotfix(pull, said, config, production, held):
        return gathered
    beside = desk.pulls.beside(wishes_of(pull, said, config, held), pull.head)
    threads = [thread for thread in beside.threads.values() if thread is not None]
    found = {thread.number: _incident(desk, (repository, thread)) for thread in threads}
    incidents = {number: one for number, one in found.items() if not one.drill}
    return replace(gathered, beside=beside, incidents=incidents)


def _incident(desk: Desk, found: Found) -> Incident:
    return incident_of(gather(desk, found))


def _with_proof(desk: Desk, gathered: Gathered) -> Gathered:
    """The proof that a job has left since the last look, judged anew from its raw reports."""
    run = proof_to_read(gathered) if gathered.is_hotfix else None
    if run is None:
        return gathered
    try:
        evidence = desk.pulls.evidence(run.id)
        if evidence.head != gathered.pull.head_sha:
            raise NotReadable(f"Run {run.id} proved {evidence.head[:7]}, which is not the head.")
    except StanchError as problem:
        return replace(gathered, problem=str(problem))
    return replace(gathered, fresh_proof=(run.mark, judge(evidence)))
