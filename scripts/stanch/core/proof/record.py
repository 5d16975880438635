"""A proof as plain JSON values, for a ledger: every text cut, every list short."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stanch.core.proof.evidence import Hunk
from stanch.core.proof.verdict import Proof, ProofVerdict

MOST = 20
NAME_MOST = 200
MESSAGE_MOST = 300

Name = Annotated[str, Field(max_length=NAME_MOST)]
Names = Annotated[tuple[Name, ...], Field(max_length=MOST)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Place = tuple[Name, Count, Count, bool]
Places = Annotated[tuple[Place, ...], Field(max_length=MOST)]


class _Record(BaseModel):
    """The plain values, as strict as they were written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1] = 1
    verdict: ProofVerdict
    why: Name = ""
    tests: Names = ()
    message: Annotated[str, Field(max_length=MESSAGE_MOST)] = ""
    weak: bool = False
    by_undo: Place | None = None
    unneeded: Places = ()
    regressions: Names = ()
    failing: Names = ()
    coupled: Names = ()
    removed: Names = ()
    renamed: Annotated[tuple[tuple[Name, Name], ...], Field(max_length=MOST)] = ()
    flaky: Names = ()
    snapshot_only: bool = False
    repeats: tuple[Count, Count] = (0, 0)
    suites: Names = ()
    touches_rules: bool = False


def to_plain(proof: Proof) -> Mapping[str, object]:
    """Plain values; what says nothing is left out. Texts and lists are cut."""
    record = _Record(
        verdict=proof.verdict,
        why=_cut(proof.why),
        tests=_short(proof.tests),
        message=_cut(proof.message, MESSAGE_MOST),
        weak=proof.weak,
        by_undo=_place(proof.by_undo) if proof.by_undo else None,
        unneeded=tuple(map(_place, proof.unneeded[:MOST])),
        regressions=_short(proof.regressions),
        failing=_short(proof.failing),
        coupled=_short(proof.coupled),
        removed=_short(proof.removed),
        renamed=tuple((_cut(old), _cut(new)) for old, new in proof.renamed[:MOST]),
        flaky=_short(proof.flaky),
        snapshot_only=proof.snapshot_only,
        repeats=proof.repeats,
        suites=_short(proof.suites),
        touches_rules=proof.touches_rules,
    )
    return record.model_dump(mode="json", exclude_defaults=True) | {"v": 1}


def from_plain(value: object) -> Proof | None:
    """The proof that was recorded; None for anything that `to_plain` does not write."""
    try:
        record = _Record.model_validate(value)
    except ValidationError:
        return None
    fields = {name: getattr(record, name) for name in _Record.model_fields if name != "v"}
    fields["by_undo"] = Hunk(*record.by_undo) if record.by_undo else None
    fields["unneeded"] = tuple(Hunk(*place) for place in record.unneeded)
    return Proof(**fields)


def _place(hunk: Hunk) -> Place:
    return _cut(hunk.path), hunk.start, hunk.end, hunk.of_tests


def _short(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_cut, names[:MOST]))


def _cut(text: str, limit: int = NAME_MOST) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
