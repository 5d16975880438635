"""What changed before it broke: the production deployments and merges of the day before detection."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from stanch.core.ledger import Change
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Deployment

LOOKING_BACK = timedelta(hours=24)
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


def _deployed(snapshot: Snapshot) -> Iterator[Change]:
    names = {name.lower() for name in snapshot.config.production}
    reached = [
        one
        for one in snapshot.repository.deployments
        if one.environment.lower() in names and one.state.lower() in ARRIVED
    ]
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
