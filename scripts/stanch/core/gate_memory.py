"""What the gate's card remembers beside commands: what approvals were given to, who moved the head, and the proof.

All of it can be asked again but the first: what stood at the head when somebody approved it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from stanch.core.keeping import instant, pairs_of, readable_by_key, seconds
from stanch.core.proof import Proof, from_plain, to_plain

Kept = TypeVar("Kept")

KEPT = 4
"""Heads whose pushers and proofs are remembered, the newest ones."""

MOST_BOUND = 100


@dataclass(frozen=True, slots=True)
class Bound:
    """What an approval was given to: a print of the changed files at the head, and of the rollback sentence.

    Empty prints: it was given to something that was never seen here, so it holds for nothing.
    """

    content: str
    rollback: str


NOTHING_SEEN = Bound("", "")


@dataclass(frozen=True, slots=True)
class Head:
    """Who had moved the branch when this head was first looked into, who did so last, and when (UTC)."""

    by: frozenset[str]
    last: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GateMemory:
    """`bound` maps a review's id, `heads` and `proofs` the head's id; a proof stands beside its run's mark.

    `audit` are the codes of the rules that did not stand when it was merged, None while it is not; what is seen
    later does not change it. `held` is the incident for which a pull request that is not called a hotfix was first
    held to the rules of one, 0 for none: who takes the link away is not let go.
    """

    bound: Mapping[str, Bound] = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)
    proofs: Mapping[str, tuple[int, Proof]] = field(default_factory=dict)
    audit: tuple[str, ...] | None = None
    held: int = 0

    def plain(self) -> dict[str, Any]:
        """JSON values; empty parts are left out."""
        parts = {
            "bound": {id_: [one.content, one.rollback] for id_, one in _newest(self.bound, MOST_BOUND)},
            "heads": {sha: [sorted(one.by), one.last, seconds(one.at)] for sha, one in _newest(self.heads, KEPT)},
            "proofs": {sha: [run, to_plain(proof)] for sha, (run, proof) in _newest(self.proofs, KEPT)},
        }
        audit = {} if self.audit is None else {"audit": list(self.audit)}
        held = {"held": self.held} if self.held else {}
        return {name: part for name, part in parts.items() if part} | audit | held


def _newest(table: Mapping[str, Any], count: int) -> Iterable[tuple[str, Any]]:
    return list(table.items())[-count:]


def merged(one: GateMemory, other: GateMemory) -> GateMemory:
    """The union of two. Where they differ, what eases less wins, in whichever order they are merged."""
    return GateMemory(
        _union(one.bound, other.bound, lambda a, b: a if a == b else NOTHING_SEEN),
        _union(one.heads, other.heads, _both),
        _union(one.proofs, other.proofs, lambda a, b: max(a, b, key=_weight)),
        _audits(one.audit, other.audit),
        min(filter(None, (one.held, other.held)), default=0),
    )


def _union(one: Mapping[str, Kept], other: Mapping[str, Kept], choice: Callable[[Kept, Kept], Kept]) -> dict[str, Kept]:
    shared = {key: choice(one[key], other[key]) for key in one if key in other}
    return {**other, **one, **shared}


def _weight(row: tuple[int, Proof]) -> tuple[int, bool, str]:
    """The newer run; of one run read twice the proof that does not hold, and else always the same one."""
    run, proof = row
    return run, not proof.holds, repr(proof)


def _both(one: Head, other: Head) -> Head:
    """Everybody who pushed as either saw it; the later look knows who was last."""
    later = max(one, other, key=lambda head: (head.at, head.last))
    return Head(one.by | other.by, later.last, later.at)


def _audits(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if one is None or other is None:
        return other if one is None else one
    return tuple(sorted({*one, *other}))


def memory_of(value: object) -> GateMemory:
    """What `plain` wrote; an entry that cannot be read is lost alone."""
    parts = value if isinstance(value, dict) else {}
    audit, held = parts.get("audit"), parts.get("held")
    return GateMemory(
        _read(parts.get("bound"), _bound),
        _read(parts.get("heads"), _head),
        _read(parts.get("proofs"), _proof),
        tuple(map(str, audit)) if isinstance(audit, list) else None,
        held if type(held) is int and held > 0 else 0,
    )


def _bound(row: Any) -> Bound:
    content, rollback = _list(row)
    if not isinstance(content, str) or not isinstance(rollback, str):
        raise TypeError("no prints")
    return Bound(content, rollback)


def _head(row: Any) -> Head:
    by, last, at = _list(row)
    return Head(frozenset(map(str, _list(by))), str(last), instant(at))


def _proof(row: Any) -> tuple[int, Proof]:
    run, plain = _list(row)
    proof = from_plain(plain)
    if proof is None:
        raise ValueError("no proof that was written here")
    return int(run), proof


def _list(value: object) -> list[Any]:
    """A list, and no text, whose letters would be taken for one."""
    if not isinstance(value, list):
        raise TypeError(f"{type(value).__name__} instead of a list")
    return value


def _read(rows: object, reader: Callable[[Any], Kept]) -> dict[str, Kept]:
    return readable_by_key(pairs_of(rows), lambda _, row: reader(row))
