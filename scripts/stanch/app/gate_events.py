"""What an event means for the gate: which pull requests to look at, and when the incident has to be looked at too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from stanch.adapters.payload import Trigger
from stanch.app.desk import Desk
from stanch.app.gate import case_of, look, look_if_installed
from stanch.app.road import Look, Outcome, apply, carry, noting, rules
from stanch.core.case import Case
from stanch.core.declared import declared
from stanch.core.errors import GitHubError, Moved, NoSuchThread, NotReadable
from stanch.core.gate import CONTEXT, REVIEW_OWED, State
from stanch.core.landing import Landing, unreviewed
from stanch.core.ledger import Ledger
from stanch.core.plan import LONGEST_STATUS, plan
from stanch.core.pull import Listed
from stanch.core.pull_case import PullCase
from stanch.core.sent import Sent
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Repository, Thread
from stanch.core.wanted import Text
from stanch.core.wishes import production_branch
from stanch.core.writes import CreateComment, SetStatus
from stanch.practices.followup import pushed
from stanch.practices.hotfix import state_of

AUDITED = timedelta(hours=26)
"""How far back a sweep looks at merged hotfixes: a follow-up may still be owed by a run that broke. Two sweeps are a
day apart at most.
"""

OWED_IN_SIGHT = 100
"""The newest reviews that are owed, among which that of a commit is looked for. One read shows fifty commits: of those
in sight at most 49 landed later, and at most 49 were found in the same look.
"""

MOST_LINKED = 5
"""Open pull requests of one incident that are looked at again when it changes."""


def react(desk: Desk, trigger: Trigger) -> Iterator[Outcome]:
    """Carry what an event of a pull request, a deployment, a run, a push or a merge group is about."""
    match trigger.event:
        case "merge_group":
            yield in_queue(desk, trigger.branch, trigger.sha)
        case "push":
            yield from arrived(desk, trigger.branch)
        case "deployment_status" | "workflow_run":
            for number in desk.pulls.of_commit(trigger.sha) if trigger.sha else ():
                yield from follow(desk, number, deployed=True, by=look)
        case _ if trigger.number is not None:
            yield from follow(desk, trigger.number, by=look)


def follow(desk: Desk, number: int, *, deployed: bool = False, by: Look = look_if_installed) -> Iterator[Outcome]:
    """Carry a pull request, and then its incident when that was told something, or may have been deployed for."""
    seen: list[Case] = []
    outcome = carry(desk, number, by=noting(by, seen))
    yield outcome
    facts = seen[-1].pull.facts if seen and seen[-1].pull else None
    incident = facts.incident.number if facts and facts.incident else 0
    told = any(isinstance(write, CreateComment) and write.number == incident for write in outcome.writes)
    if incident and (told or (deployed and facts is not None and facts.pull.merged is not None)):
        yield carry(desk, incident)


def in_queue(desk: Desk, branch: str, sha: str) -> Outcome:
    """Judge every pull request that a merge group would merge, and set the group's own status.

    A group that is not in the queue, or one of whose pull requests cannot be judged, is not green.
    """
    numbers, found, problems = _queued(desk, branch.removeprefix("refs/heads/"), sha)
    state = State.ERROR if problems else group_state(found)
    view = {"state": state.value, "numbers": [f"#{case.pull.number}" for case in found if not is_green(case)]}
    line = desk.words(Text("summary/queue_status", view)).strip()[:LONGEST_STATUS]
    number = numbers[-1] if numbers else 0
    address = found[-1].pull.thread.url if found else ""
    write = SetStatus(number, sha, CONTEXT, state.value, line, address)
    return apply(desk, (write,), Sent(), Outcome(number, owed=problems, uncertain=bool(problems)))[1]


def _queued(desk: Desk, base: str, sha: str) -> tuple[tuple[int, ...], list[PullCase], tuple[str, ...]]:
    """The pull requests of a merge group, those of them that could be read, and why it cannot be judged, if so."""
    found: list[PullCase] = []
    try:
        numbers = desk.pulls.queued(base, sha)
        cases = [case_of(desk, number).pull for number in numbers]
        found = [case for case in cases if case is not None]
    except GitHubError as problem:
        return (), found, (f"judge the merge group {sha[:7]}: {problem.told}",)
    if not numbers:
        return (), found, (f"judge the merge group {sha[:7]}: the queue of {base!r} does not show it.",)
    return numbers, found, tuple(case.problem for case in found if case.problem)


def group_state(cases: list[PullCase]) -> State:
    """Green when there is somebody to judge and all are green; else the first that is not."""
    if not cases:
        return State.ERROR
    return next((state_of(case) for case in cases if not is_green(case)), State.SUCCESS)


def is_green(case: PullCase) -> bool:
    return state_of(case) is State.SUCCESS


def arrived(desk: Desk, branch: str) -> Iterator[Outcome]:
    """What came to production through no pull request is read afterwards: one issue for each such commit."""
    repository, landings = desk.pulls.landings(branch)
    config = rules(repository.config, repository.config_alternative).config
    if not repository.has_gate or branch != production_branch(config, repository.default_branch):
        return
    strangers = tuple(unreviewed(landings, frozenset(one.sha for one in repository.merges)))
    if strangers:
        yield _owing(desk, repository, strangers)


def _owing(desk: Desk, repository: Repository, strangers: tuple[Landing, ...]) -> Outcome:
    """Open the issues that are not there yet. The repository itself is their parent: a case without a thread."""
    config = rules(repository.config, repository.config_alternative).config
    children = desk.reader.children((), REVIEW_OWED, OWED_IN_SIGHT)
    nobody = Thread(0, is_pull_request=True)
    snapshot = Snapshot(desk.instant, repository, nobody, config, children=children)
    case = Case(snapshot, Ledger())
    writes = plan(case, tuple(pushed(case, one) for one in strangers), desk.words)
    return apply(desk, writes, Sent(), Outcome(None))[1]


def linked_pulls(case: Case) -> tuple[int, ...]:
    """The open pull requests that mention an incident, the newest ones."""
    works = case.incident.works if case.incident else ()
    return tuple(sorted((work.number for work in works if work.merged_at is None), reverse=True)[:MOST_LINKED])


def sweep_pulls(desk: Desk, repository: Repository) -> Iterator[Outcome]:
    """Every pull request that is a hotfix or may be one, that waits, or has no status yet; and what was merged."""
    config = rules(repository.config, repository.config_alternative).config
    for one in desk.pulls.listed():
        if needs_look(one, config.hotfix.prefix, desk):
            try:
                yield from follow(desk, one.number)
            except (NoSuchThread, Moved, NotReadable) as problem:
                yield not_judged(one.number, problem)
    yield from arrived(desk, production_branch(config, repository.default_branch))


def needs_look(one: Listed, prefix: str, desk: Desk) -> bool:
    """Whether a listed pull request may have something to be done about it."""
    said = declared(one.body)
    may_be = one.head.startswith(prefix) or one.linked or bool(said.incidents or said.closings)
    if one.merged_at is not None:
        stopped = one.status not in {"", State.SUCCESS}
        return (may_be or stopped) and desk.instant - one.merged_at <= AUDITED
    return may_be or one.status != State.SUCCESS


def not_judged(number: int, problem: GitHubError) -> Outcome:
    """What became of a pull request that could not be read."""
    return replace(Outcome(number), owed=(f"judge #{number}: {problem.told}",), uncertain=True)
