"""What the gate's card remembers beside commands: what approvals were given to, who moved the head, and the proof.

All of it can be asked again but the first: what stood at the head when somebody approved it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from stanch.core.proof import Proof, from_plain, to_plain

KEPT = 4
"""Heads whose pushers and proofs are remembered, the newest ones."""

MOST_BOUND = 100

ODD = (LookupError, TypeError, ValueError, OverflowError, AttributeError)
"""What reading a value of another shape raises."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What an approval was given to: a print of the changed files at the head, and of the rollback sentence.

    Empty prints: it was given to something that was never seen here, so it holds for nothing.
    """

    content: str
    rollback: str


@dataclass(frozen=True, slots=True)
class Head:
    """Who had moved the branch when this head was first looked into, who did so last, and when (UTC)."""

    by: frozenset[str]
    last: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GateMemory:
    """`bound` maps a review's id, `heads` and `proofs` the head's id; a proof stands beside its run's number.

    `audit` are the codes of the rules that did not stand when it was merged, None while it is not; what is seen
    later does not change it.
    """

    bound: Mapping[str, Bound] = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)
    proofs: Mapping[str, tuple[int, Proof]] = field(default_factory=dict)
    audit: tuple[str, ...] | None = None

    def plain(self) -> dict[str, Any]:
        """JSON values; empty parts are left out."""
        parts = {
            "bound": {id_: [one.content, one.rollback] for id_, one in _newest(self.bound, MOST_BOUND)},
            "heads": {
                sha: [sorted(one.by), one.last, int(one.at.timestamp())] for sha, one in _newest(self.heads, KEPT)
            },
            "proofs": {sha: [run, to_plain(proof)] for sha, (run, proof) in _newest(self.proofs, KEPT)},
        }
        audit = {} if self.audit is None else {"audit": list(self.audit)}
        return {name: part for name, part in parts.items() if part} | audit


def _newest(table: Mapping[str, Any], count: int) -> Iterable[tuple[str, Any]]:
    return list(table.items())[-count:]


def merged(one: GateMemory, other: GateMemory) -> GateMemory:
    """The union of two; the first one's word wins."""
    return GateMemory(
        {**other.bound, **one.bound},
        {**other.heads, **one.heads},
        {**other.proofs, **one.proofs},
        other.audit if one.audit is None else one.audit,
    )


def memory_of(value: object) -> GateMemory:
    """What `plain` wrote; an entry that cannot be read is lost alone."""
    parts = value if isinstance(value, dict) else {}
    return GateMemory(
        _read(parts.get("bound"), lambda row: Bound(str(row[0]), str(row[1]))),
        _read(parts.get("heads"), _head),
        _read(parts.get("proofs"), lambda row: (int(row[0]), from_plain(row[1]))),
        tuple(map(str, audit)) if isinstance(audit := parts.get("audit"), list) else None,
    )


def _head(row: Any) -> Head:
    return Head(frozenset(map(str, row[0])), str(row[1]), datetime.fromtimestamp(int(row[2]), UTC))


def _read(rows: object, reader: Any) -> dict[str, Any]:
    found = {}
    for key, row in rows.items() if isinstance(rows, dict) else ():
        try:
            found[str(key)] = reader(row)
        except ODD:
            continue
    return found
