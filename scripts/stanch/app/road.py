"""The one road, the same for an event, a timer and a drill: gather, decide, plan, apply, and again.

A bot's own write starts no workflow, so one run carries its thread to the fixpoint, in three passes at most, and one
more where the last one sent a notice: what became of it belongs into the card.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain

from stanch.adapters.config_file import read_either
from stanch.adapters.runbook_file import read_runbooks
from stanch.app.desk import Desk
from stanch.app.posting import post
from stanch.core.adding import to_hear
from stanch.core.case import Case, case_of
from stanch.core.commitment import Owed
from stanch.core.config import POST_MORTEM, Loaded
from stanch.core.doctor.weekly import SetUp
from stanch.core.drill_bounds import bounded
from stanch.core.errors import Forbidden, GitHubError, Moved, RateLimited, Refused, StanchError, UnknownOutcome
from stanch.core.lengthening import touched
from stanch.core.linked_work import links_to_ask
from stanch.core.naming import named
from stanch.core.people import questions
from stanch.core.plan import alarms, plan
from stanch.core.remembering import children_to_read
from stanch.core.run_questions import commits_to_ask
from stanch.core.runbooks.model import Shelf
from stanch.core.runs import MOST_COMMITS, Runs
from stanch.core.sent import Sent
from stanch.core.snapshot import Snapshot
from stanch.core.swaps import with_swaps
from stanch.core.thread import Repository, Thread
from stanch.core.upcoming import is_owed, watched_until
from stanch.core.wanted import Card, ChildIssue, Notice, Text, Want
from stanch.core.watching import in_sight
from stanch.core.week import Week
from stanch.core.writes import CreateComment, CreateIssue, Send, StartWorkflow, Write
from stanch.practices import PRACTICES
from stanch.render.own_words import OwnWords

PASSES = 3

DROPPED = "Check that the label exists, or that the person has access to the repository."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thread, or, without a number, of all that are left.

    `owed` names what could not be done, `alarms` what somebody has to see; `shown` is how a hotfix stands.

    In a dry run `writes` are those that would have been made. `next_due` is when time will make something due that a
    watcher is needed for (UTC), `late` by how much the latest notice was late that time alone had made due.
    """

    number: int | None
    writes: tuple[Write, ...] = ()
    owed: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    uncertain: bool = False
    limited: bool = False
    shown: Text | None = None
    next_due: datetime | None = None
    late: timedelta | None = None

    @property
    def says_something(self) -> bool:
        return bool(self.writes or self.owed or self.alarms or self.problems)

    @property
    def exit_code(self) -> int:
        """3 when something could not be told or done, 2 for a broken config, 1 for an alarm, else 0."""
        if self.uncertain or self.owed:
            return 3
        return 2 if self.problems else int(bool(self.alarms))


Found = tuple[Repository, Thread]

Look = Callable[[Desk, int, Found | None, Sent], tuple[Case, tuple[Want, ...]]]
"""Reads what is, and decides what should be: of an issue as `look` does, of a pull request as the gate does."""


def noting(by: Look, seen: list[Case]) -> Look:
    """The same look, which leaves every case that it comes to in `seen`."""

    def noted(desk: Desk, number: int, found: Found | None, sent: Sent) -> tuple[Case, tuple[Want, ...]]:
        case, wanted = by(desk, number, found, sent)
        seen.append(case)
        return case, wanted

    return noted


def carry(desk: Desk, number: int, found: Found | None = None, by: Look | None = None) -> Outcome:
    """Carry one thread to where it should be. `found` is the thread if it has just been read.

    Raises what the first reading raises. A failed write, and a reading that fails once something may have been
    written, end in the outcome instead.
    """
    sent, outcome = Sent(), Outcome(number)
    for turn in range(1 if desk.dry else PASSES + 1):
        try:
            case, wanted = (by or look)(desk, number, found, sent)
        except GitHubError as problem:
            if turn == 0:
                raise
            debt = f"look at #{number}: {problem.told}"
            return replace(outcome, owed=(*outcome.owed, debt), uncertain=True)
        words = OwnWords(desk.words, case.snapshot.repository.templates)
        writes = plan(case, wanted, words, sent)
        problems = dict.fromkeys((*case.snapshot.problems, *outcome.problems, *words.problems))
        outcome = replace(outcome, alarms=alarms(wanted, words), problems=tuple(problems))
        next_due = watched_until(wanted, case.now)
        outcome = told_of(case, replace(outcome, shown=standing(case, wanted), next_due=next_due))
        before = len(outcome.writes)
        sent, outcome = apply(desk, writes, sent, outcome)
        outcome = replace(outcome, late=latest(outcome, lateness(outcome.writes[before:], wanted, case.now)))
        enough = turn + 1 >= PASSES and not any(isinstance(write, Send) for write in writes)
        if not writes or outcome.uncertain or enough:
            break
        found = None
    return outcome


def lateness(writes: Iterable[Write], wanted: Iterable[Want], now: datetime) -> timedelta | None:
    """By how much the latest of these writes was late, of those that time alone had made due; None without one."""
    dues = {want.key: want.due for want in wanted if isinstance(want, Notice) and want.timed}
    late = (now - dues[one.key] for one in writes if isinstance(one, CreateComment) and one.key in dues)
    return max(late, default=None)


def latest(outcome: Outcome, late: timedelta | None) -> timedelta | None:
    """The worst lateness of a whole run."""
    return max((one for one in (outcome.late, late) if one is not None), default=None)


def opened(case: Case | None, outcome: Outcome) -> tuple[int, ...]:
    """The post-mortems that a run has opened: no event tells of what the bot did, so it goes on with them itself."""
    if case is None or outcome.uncertain:
        return ()
    made = (one.key for one in outcome.writes if isinstance(one, CreateIssue) and POST_MORTEM in one.labels)
    return tuple(case.children[key] for key in made if key in case.children)


def not_carried(number: int, problem: GitHubError) -> Outcome:
    """What became of a thread that could not be read."""
    return Outcome(number, owed=(f"look at #{number}: {problem.told}",), uncertain=True)


def standing(case: Case, wanted: tuple[Want, ...]) -> Text | None:
    """How a hotfix stands, rule by rule, as its card shows it; None for anything else."""
    judged = case.pull is not None and case.pull.decision is not None
    return next((want.text for want in wanted if judged and isinstance(want, Card)), None)


def told_of(case: Case, outcome: Outcome) -> Outcome:
    """The outcome with what the case itself could not be told."""
    problem = case.pull.problem if case.pull else ""
    known = problem in outcome.owed
    return replace(outcome, owed=(*outcome.owed, problem), uncertain=True) if problem and not known else outcome


def look(desk: Desk, number: int, found: Found | None, sent: Sent) -> tuple[Case, tuple[Want, ...]]:
    """Read what is, and decide what should be. Raises what reading raises."""
    snapshot = gather(desk, found or desk.reader.thread(number))
    case, wanted = decide(snapshot, sent)
    case = look_for_watchers(desk, look_for_children(desk, case, wanted, sent), wanted)
    commits = commits_to_ask(case, wanted, sent)
    return decide(with_runs(desk, case.snapshot, commits), sent) if commits else (case, wanted)


def gather(desk: Desk, found: Found) -> Snapshot:
    """Freeze what was read, and ask what people may do, and what linked work came to, where that decides something."""
    repository, thread = found
    loaded = rules_of(repository)
    problems = tuple(str(problem) for problem in loaded.problems)
    snapshot = Snapshot(desk.instant, repository, thread, loaded.config, problems, by_watcher=desk.by_watcher)
    snapshot = replace(snapshot, channels=desk.sender.channels, shelf=shelf_of(repository))
    answers = {login: desk.reader.access(login) for login in sorted(questions(snapshot))}
    numbers = links_to_ask(snapshot)
    finished = desk.reader.finished(numbers) if numbers else {}
    return replace(snapshot, access=answers, finished=finished)


def rules_of(repository: Repository) -> Loaded:
    """The config as it stands on the default branch, with the swaps that were accepted on hand-over issues."""
    loaded = rules(repository.config, repository.config_alternative)
    return replace(loaded, config=with_swaps(loaded.config, repository.handovers))


@lru_cache(maxsize=1)
def rules(yml: str | None, yaml: str | None) -> Loaded:
    """The config as it stands on the default branch; a sweep meets the same text many times."""
    return read_either(yml, yaml)


def shelf_of(repository: Repository) -> Shelf:
    """The runbooks as they stand on the default branch."""
    return read_shelf(tuple(sorted(repository.runbooks.items())))


@lru_cache(maxsize=1)
def read_shelf(files: tuple[tuple[str, str | None], ...]) -> Shelf:
    """A sweep meets the same files many times."""
    return read_runbooks(dict(files))


def decide(
    snapshot: Snapshot,
    sent: Sent | None = None,
    owed: Owed | None = None,
    week: Week | None = None,
    setup: SetUp | None = None,
) -> tuple[Case, tuple[Want, ...]]:
    """Read the snapshot as a case, and ask every practice what should be true.

    `owed`, `week` and `setup` only at the end of a sweep.
    """
    case = replace(case_of(snapshot, sent), owed=owed, week=week, setup=setup)
    return case, bounded(case, chain.from_iterable(practice(case) for practice in PRACTICES))


def look_for_children(desk: Desk, case: Case, wanted: tuple[Want, ...], sent: Sent) -> Case:
    """Before a child is created, and when a second one may have appeared, read what is there."""
    numbers = children_to_read(case, wanted, sent)
    if numbers is None:
        return case
    labels = tuple(dict.fromkeys(want.found_by for want in wanted if isinstance(want, ChildIssue))) or (POST_MORTEM,)
    found = {child.number: child for label in labels for child in desk.reader.children(numbers, label)}
    children = tuple(found[number] for number in sorted(found))
    case = replace(case, snapshot=replace(case.snapshot, children=children))
    further = (*touched(case, wanted), *to_hear(case, wanted, sent))
    beside = {number: desk.reader.thread(number)[1] for number in further}
    return replace(case, snapshot=replace(case.snapshot, beside=beside))


def look_for_watchers(desk: Desk, case: Case, wanted: tuple[Want, ...]) -> Case:
    """Before a watcher is started, and before what it may be about to say is said, ask whether there is one."""
    needed = watched_until(wanted, case.now) is not None or (is_owed(wanted, case.snapshot) and in_sight(case))
    if desk.by_watcher or not needed or not case.snapshot.repository.has_watcher:
        return case
    return replace(case, snapshot=replace(case.snapshot, watchers=desk.vigil.watchers(desk.reader)))


def with_runs(desk: Desk, snapshot: Snapshot, commits: tuple[str, ...]) -> Snapshot:
    """The snapshot with how the workflows on these commits ended. An answer that fails leaves that unknown."""
    if not commits:
        return snapshot
    asked = commits[:MOST_COMMITS]
    try:
        runs = desk.reader.runs(asked)
    except GitHubError:
        runs = Runs(asked=len(asked), unread=len(asked))
    return replace(snapshot, runs=replace(runs, unasked=len(commits) - len(asked)))


def apply(desk: Desk, writes: tuple[Write, ...], sent: Sent, outcome: Outcome) -> tuple[Sent, Outcome]:
    """Make the writes, in order. A definite no leaves the rest to be done; an unclear answer ends the run."""
    for place, write in enumerate(writes):
        if isinstance(write, Send):
            sent, debt = post(desk.sender, write, sent)
            outcome = _after(outcome, write, debt)
            continue
        try:
            applied = desk.writer.apply(write)
        except (Refused, Forbidden, Moved) as refusal:
            outcome = replace(outcome, owed=(*outcome.owed, owed(write, refusal)))
            sent = sent.tried(write)
            continue
        except (UnknownOutcome, RateLimited) as problem:
            left = tuple(owed(one, problem) for one in writes[place:])
            return sent.plus(write, None), replace(
                outcome, owed=(*outcome.owed, *left), uncertain=True, limited=isinstance(problem, RateLimited)
            )
        if isinstance(write, StartWorkflow):
            desk.vigil.started()
        dropped = tuple(f"GitHub dropped {name!r} without saying why. {DROPPED}" for name in applied.dropped)
        sent = sent.plus(write, applied.number if isinstance(write, CreateIssue) else applied.id)
        outcome = replace(outcome, writes=(*outcome.writes, write), owed=(*outcome.owed, *dropped))
    return sent, outcome


def _after(outcome: Outcome, write: Send, debt: str) -> Outcome:
    """The outcome after a notice left, or did not."""
    if not debt:
        return replace(outcome, writes=(*outcome.writes, write))
    return outcome if debt in outcome.owed else replace(outcome, owed=(*outcome.owed, debt))


def owed(write: Write, why: StanchError) -> str:
    """What was not done, why, and what to do about it."""
    return f"{named(write)}: {why.told}"
