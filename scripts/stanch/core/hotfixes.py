"""The hotfixes of an incident: what its thread and its card know of each, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from stanch.core.changes import reached_production
from stanch.core.hotfix_facts import HotfixMemory, Merged, Waived
from stanch.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Hotfix:
    """One pull request that was held to a hotfix's rules. `merged` is None while it is not; `live_at` is UTC.

    Merging is not mending: it is live only when a deployment has brought it to production.
    """

    pull: int
    waived: tuple[Waived, ...] = ()
    merged: Merged | None = None

    @property
    def live_at(self) -> datetime | None:
        return self.merged.live if self.merged else None


def hotfixes_of(memory: HotfixMemory) -> tuple[Hotfix, ...]:
    """Every pull request that a fact is about, by its number."""
    merged = {one.pull: one for one in memory.merged.values()}
    waived = sorted(memory.waived.items(), key=lambda one: (one[1].at, one[0]))
    pulls = sorted(merged.keys() | {one.pull for _, one in waived})
    return tuple(Hotfix(pull, tuple(one for _, one in waived if one.pull == pull), merged.get(pull)) for pull in pulls)


def followed(memory: HotfixMemory, contained: Mapping[int, str], snapshot: Snapshot) -> HotfixMemory:
    """The memory with what became of each: the containment that it is, and when it reached production.

    Both are remembered for good: ids must not move, and newer deployments push an old one out of view.
    """
    merged = {
        key: replace(one, contained=contained.get(one.pull, ""), live=one.live or reached_production(one, snapshot))
        for key, one in memory.merged.items()
    }
    return HotfixMemory(memory.waived, merged)
