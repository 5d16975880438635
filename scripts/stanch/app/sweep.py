"""`stanch sweep`: look at everything that is open, and pay what events and broken runs left owing."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from stanch.adapters.round import Watch
from stanch.app.desk import Desk
from stanch.app.examining import Weekly, looked_weekly
from stanch.app.gate_events import sweep_pulls
from stanch.app.road import Outcome, not_carried, rules_of
from stanch.app.survey import Survey, carried, follow_through
from stanch.core.config import DEFAULTS, Config
from stanch.core.dashboard import LABEL as DASHBOARD
from stanch.core.errors import GitHubError, Moved, NoSuchThread, NotReadable
from stanch.core.gate import REVIEW_OWED, ROOT_CAUSE
from stanch.core.handover import LABEL as HANDOVER
from stanch.core.handover import Note, to_open
from stanch.core.linked_work import may_link
from stanch.core.postmortem import OPEN_ITEMS
from stanch.core.severity import Severity
from stanch.core.thread import Repository, Thread
from stanch.practices.contain import LABEL as CONTAINMENT

LOOKING_BACK = timedelta(hours=96)
"""How far back closed incidents are looked at: a post-mortem may still be owed by a run that broke."""

LOWERED = timedelta(days=10)
"""How far back open issues of a severity without a card are looked at: one that was lowered to it may owe a
post-mortem two business days after it was mitigated.
"""

ANYTHING = timedelta(hours=26)
"""How far back a sweep looks at whatever was touched, labelled or not: an incident that was declared in a form or
by a command bears no label yet when the run that should have put it on broke. Two sweeps are a day apart at most.
"""


def watches(config: Config, desk: Desk) -> tuple[Watch, ...]:
    """What a sweep reads: what is open, what was closed or touched lately, what is still contained, and post-mortems
    of which something is open, whether they are closed or not.

    A closed incident may owe a post-mortem whatever severity it bears: the highest one that it held decides.
    """
    lately = desk.now - LOOKING_BACK
    watched = config.watched_labels()
    closed = _labels(Severity, config)
    return (
        *(Watch(label) for label in watched),
        *(Watch(label, ("OPEN",), desk.now - LOWERED) for label in closed if label not in watched),
        Watch("", ("OPEN", "CLOSED"), desk.now - ANYTHING),
        *(Watch(label, ("CLOSED",), lately) for label in closed),
        Watch(CONTAINMENT, ("OPEN", "CLOSED")),
        Watch(DASHBOARD, ("OPEN", "CLOSED")),
        Watch(HANDOVER),
        *(Watch(label) for label in (ROOT_CAUSE, REVIEW_OWED)),
        Watch(OPEN_ITEMS, ("OPEN", "CLOSED")),
    )


def told_by(note: Note, config: Config) -> tuple[Watch, ...]:
    """What a sweep reads further where it writes the note for a hand-over: what was closed since the turn before."""
    severities = (severity for severity in Severity if config.promises(severity).card)
    return tuple(Watch(label, ("CLOSED",), note.before) for label in _labels(severities, config))


def _labels(severities: Iterable[Severity], config: Config) -> list[str]:
    """Every label that means one of these."""
    canonical = [severity.label for severity in severities]
    return sorted({name for label in canonical for name in (label, *config.aliases.get(label, ()))})


def sweep(desk: Desk, weekly: Weekly | None = None) -> Iterator[Outcome]:
    """Every watched thread's outcome, one at a time; memory does not grow with their number. `weekly` comes last.

    A thread that cannot be read stops no other one: it is named as owed, and left to the next sweep. What stops
    all of them (the list cannot be read, RateLimited, Forbidden) is raised, or, once a thread has been carried, is
    the last outcome: what was done is told all the same.
    """
    carried = False
    try:
        for outcome in _one_by_one(desk, weekly):
            carried = True
            yield outcome
    except GitHubError as problem:
        if not carried:
            raise
        yield Outcome(None, owed=(f"look at the threads that are left: {problem.told}",), uncertain=True)


def _one_by_one(desk: Desk, weekly: Weekly | None) -> Iterator[Outcome]:
    unread: list[Outcome] = []
    seen: list[Repository] = []
    survey = Survey()

    def of_this_team(repository: Repository) -> tuple[Watch, ...]:
        seen.append(repository)
        config = rules_of(repository).config
        note = to_open(config.oncall, config.calendar, repository.handovers, desk.instant)
        survey.handing_over.note = note
        return (*watches(config, desk), *(told_by(note, config) if note else ()))

    def left_out(number: int, problem: GitHubError) -> None:
        survey.unknown.add(number)
        unread.append(not_carried(number, problem))

    for found in desk.reader.threads(watches(DEFAULTS, desk), of_this_team, left_out, _linked):
        try:
            for outcome in carried(desk, found, survey):
                yield outcome
                if outcome.limited:  # every further write would be refused as well: the next sweep goes on
                    return
        except (NoSuchThread, Moved, NotReadable) as problem:
            survey.unknown.add(found[1].number)
            yield not_carried(found[1].number, problem)
    yield from unread
    if seen:
        yield from follow_through(desk, survey, seen[-1])
    if seen and seen[-1].has_gate:
        yield from sweep_pulls(desk, seen[-1])
    if seen and weekly is not None:
        yield from looked_weekly(desk, weekly, seen[-1], rules_of(seen[-1]).config)


def _linked(repository: Repository, thread: Thread) -> frozenset[int]:
    return may_link(thread, rules_of(repository).config)
