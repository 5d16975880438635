"""The weekly look at the set-up, at the end of a sweep: the labels are mended, and the one issue is kept.

It comes after everything else, and what goes wrong in it is told in the run.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from stanch.app.desk import Desk
from stanch.app.inspecting import inspect, inspector_of
from stanch.app.road import Found, Look, Outcome, apply, carry, decide, gather, look_for_children, noting
from stanch.core.case import Case
from stanch.core.config import Config
from stanch.core.doctor.checks import examine
from stanch.core.doctor.finding import Finding, MakeLabels, PaintLabels
from stanch.core.doctor.inspection import Unknown
from stanch.core.doctor.mending import writes_of
from stanch.core.doctor.weekly import SETUP, SetUp, is_due, monday_of
from stanch.core.errors import GitHubError
from stanch.core.sent import Sent
from stanch.core.thread import Repository, Thread
from stanch.core.wanted import Want

SWEEP = "stanch-sweep.yml"
A_DAY = timedelta(days=1)
NEWEST = 10
"""Issues about the set-up that are looked at, open and closed."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """What the weekly look needs. `version` is the one that runs; `now`: it is asked for, whatever the day."""

    version: str
    now: bool = False


def looked_weekly(desk: Desk, weekly: Weekly, repository: Repository, config: Config) -> Iterator[Outcome]:
    """The look, if it is due. Raises nothing of GitHub's: it is told as what is still owed."""
    try:
        if weekly.now or _is_due(desk, config):
            yield from _looked(desk, weekly, repository, config)
    except GitHubError as problem:
        yield Outcome(None, owed=(f"look at the set-up: {problem.told}",), uncertain=True)


def _is_due(desk: Desk, config: Config) -> bool:
    """Whether no sweep has ended well since Monday; where that is not to be told, whether it is Monday."""
    runs = inspector_of(desk).runs(SWEEP, 1, status="success")
    if isinstance(runs, Unknown):
        return desk.instant - monday_of(desk.instant, config.calendar) < A_DAY
    return is_due(desk.instant, config.calendar, max((run.at for run in runs), default=None))


def _looked(desk: Desk, weekly: Weekly, repository: Repository, config: Config) -> Iterator[Outcome]:
    seen = inspect(desk, weekly.version)
    labels, findings = _labelled(desk, examine(seen))
    if labels.says_something:
        yield labels
    if labels.limited or seen.home.archived or not seen.home.has_issues:
        return
    standing = desk.reader.children((), SETUP, NEWEST)
    setup = SetUp(findings, standing, monday_of(desk.instant, config.calendar), seen.home.url)
    yield from _kept(desk, setup, repository)


def _labelled(desk: Desk, findings: tuple[Finding, ...]) -> tuple[Outcome, tuple[Finding, ...]]:
    """Make the labels that are missing, and paint those that nobody did; what is mended is wrong no more."""
    outcome, left = Outcome(None), []
    for one in findings:
        if not isinstance(one.mend, MakeLabels | PaintLabels):
            left.append(one)
            continue
        before = outcome
        _, outcome = apply(desk, writes_of(one.mend), Sent(), outcome)
        if outcome.owed != before.owed:
            left.append(one)
    return outcome, tuple(left)


def _kept(desk: Desk, setup: SetUp, repository: Repository) -> Iterator[Outcome]:
    """Open the issue where there is none, as the dashboard is opened, and bring it up to date where there is one."""
    open_ = [one.number for one in setup.ours if one.open]
    if setup.opens:
        seen: list[Case] = []
        itself = (repository, Thread(0, is_pull_request=True))
        outcome = carry(desk, 0, by=noting(_knowing(setup, itself), seen))
        yield replace(outcome, number=None)
        number = seen[-1].children.get(setup.key, 0)
        open_ = [number] if number and not outcome.uncertain else []
    for number in open_:
        yield carry(desk, number, by=_knowing(setup, None))


def _knowing(setup: SetUp, itself: Found | None) -> Look:
    return partial(_decided, setup, itself)


def _decided(
    setup: SetUp, itself: Found | None, desk: Desk, number: int, found: Found | None, sent: Sent
) -> tuple[Case, tuple[Want, ...]]:
    snapshot = gather(desk, itself or found or desk.reader.thread(number))
    case, wanted = decide(snapshot, sent, setup=setup)
    return look_for_children(desk, case, wanted, sent), wanted
