"""What reached production: the deployments and merges of the day before it broke, and what was merged to mend it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from stanch.core.hotfix_facts import Merged
from stanch.core.ledger import Change, Ledger
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Deployment

LOOKING_BACK = timedelta(hours=24)
IN_VIEW = 50
"""Deployments that one read brings, the newest ones."""

ARRIVED = frozenset({"success", "active", "inactive"})
"""States of a deployment that reached its environment; `inactive` means that a later one replaced it."""


def changes_before(detected: datetime, snapshot: Snapshot, known: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes of the 24 hours before detection, newest first, with those that were seen earlier."""
    seen = {(change.kind, change.id): change for change in known}
    for change in (*_deployed(snapshot), *_merged(snapshot)):
        seen.setdefault((change.kind, change.id), change)
    within = [c for c in seen.values() if detected - LOOKING_BACK <= c.at <= detected]
    return tuple(sorted(within, key=lambda change: (change.at, change.kind, change.id), reverse=True))


def deployed_since(detected: datetime, snapshot: Snapshot) -> tuple[Change, ...]:
    """The production deployments after detection, oldest first, as far as they are in view."""
    return tuple(sorted((c for c in _deployed(snapshot) if c.at > detected), key=lambda c: c.at))


def unstaged(changes: Iterable[Change], snapshot: Snapshot) -> tuple[str, ...]:
    """The deployed commits that no staging had in the 24 hours before: where there is one, and that time is in view."""
    names = {name.lower() for name in snapshot.config.staging}
    every = snapshot.repository.deployments
    staged = [one for one in every if one.environment.lower() in names]
    if not staged and not snapshot.config.stated_staging:
        return ()
    oldest = min((one.at for one in every), default=None) if len(every) >= IN_VIEW else None
    return tuple(
        one.sha
        for one in changes
        if one.kind == "deployment"
        and (oldest is None or oldest <= one.at - LOOKING_BACK)
        and not any(other.sha == one.sha and one.at - LOOKING_BACK <= other.at <= one.at for other in staged)
    )


def reached_production(merged: Merged, snapshot: Snapshot) -> datetime | None:
    """When a deployment that carries a merged change was made, UTC; None while none is in view that arrived.

    What goes back behind it later is not seen here.
    """
    carrying = [one.at for one in _reached(snapshot) if _carries(one, merged, snapshot)]
    return max(merged.at, min(carrying)) if carrying else None


def records_production(snapshot: Snapshot, ledger: Ledger) -> bool:
    """Whether this repository tells GitHub of its production deployments at all, as far as that was ever seen."""
    remembered = any(change.kind == "deployment" for change in ledger.changes)
    return remembered or bool(ledger.hotfixes.arrived or _in_production(snapshot))


def _carries(one: Deployment, merged: Merged, snapshot: Snapshot) -> bool:
    """Whether a deployment is of the merged commit, of a later one of its branch, or of the branch after the merge.

    A slow deployment of the branch may be made after the merge and still be of a commit that is older than it.
    """
    repository = snapshot.repository
    if one.sha == merged.sha:
        return True
    later = {m.sha for m in repository.merges if m.at > merged.at and m.base == merged.base}
    older = {m.sha for m in repository.merges if m.at < merged.at}
    older |= {d.sha for d in repository.deployments if d.at < merged.at}
    of_the_branch = one.ref == merged.base and one.sha not in older
    return one.at > merged.at and (of_the_branch or one.sha in later)


def _in_production(snapshot: Snapshot) -> list[Deployment]:
    names = {name.lower() for name in snapshot.config.production}
    return [one for one in snapshot.repository.deployments if one.environment.lower() in names]


def _reached(snapshot: Snapshot) -> list[Deployment]:
    return [one for one in _in_production(snapshot) if one.state.lower() in ARRIVED]


def _deployed(snapshot: Snapshot) -> Iterator[Change]:
    reached = _reached(snapshot)
    for one in reached:
        yield Change("deployment", one.id, one.at, one.ref, one.sha, one.creator.login, previous=_before(one, reached))


def _before(one: Deployment, reached: list[Deployment]) -> str:
    """The commit that ran in the same environment before this deployment; empty when it is not in view."""
    older = [d for d in reached if d.environment == one.environment and d.at < one.at and d.sha != one.sha]
    return max(older, key=lambda d: d.at).sha if older else ""


def _merged(snapshot: Snapshot) -> Iterator[Change]:
    for one in snapshot.repository.merges:
        if one.base == snapshot.repository.default_branch:
            yield Change("merge", str(one.number), one.at, one.title, one.sha, one.author.login, one.url)
