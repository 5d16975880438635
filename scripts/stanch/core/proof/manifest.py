"""The evidence of a proof without what the tests said: that stands in the raw reports beside it."""

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stanch.core.proof.evidence import Changed, Evidence, Hunk, Run, Side, SuiteFacts, Trouble
from stanch.core.proof.outcomes import Case
from stanch.core.proof.suite import ReportKind

MANIFEST = "evidence.json"
"""The file that it stands in, beside the raw reports."""

MOST_RUNS = 2000

Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")]
Word = Annotated[str, Field(max_length=200)]
Number = Annotated[int, Field(ge=0, le=10_000_000)]

Reading = Callable[["RunFacts", ReportKind], tuple[tuple[Case, ...], str]]
"""How the raw report of a run is read: its cases, or why it could not be."""


class RunFacts(BaseModel):
    """One run; `report` names the file beside the manifest with what it reported, None if it left nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    suite: Word
    side: Side
    attempt: Number
    exit_code: Annotated[int, Field(ge=-1000, le=1000)]
    seconds: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
    timed_out: bool = False
    hunk: Number | None = None
    setup: bool = False
    turn: Number = 1
    report: Word | None = None


class Manifest(BaseModel):
    """`evidence.json`. `place` is the path of the worktree in the run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1] = 1
    base: Sha
    head: Sha
    merge_base: Sha
    place: Annotated[str, Field(max_length=4096)] = ""
    suites: Annotated[tuple[SuiteFacts, ...], Field(max_length=50)] = ()
    changed: Changed = Changed()
    runs: Annotated[tuple[RunFacts, ...], Field(max_length=MOST_RUNS)] = ()
    hunks: Annotated[tuple[Hunk, ...], Field(max_length=100)] = ()
    more_hunks: Number = 0
    new_names: Annotated[frozenset[Word], Field(max_length=2000)] = frozenset()
    touches_rules: bool = False
    rules: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    trouble: Trouble | None = None

    @property
    def is_sound(self) -> bool:
        """Whether each suite is named once, and each run is of one of them and of a hunk that is there."""
        names = [suite.name for suite in self.suites]
        known = all(run.suite in names for run in self.runs)
        return (
            known
            and len(set(names)) == len(names)
            and all((run.side is Side.UNDO) == (run.hunk is not None) for run in self.runs)
            and all(run.hunk is None or run.hunk < len(self.hunks) for run in self.runs)
        )


def parsed(text: bytes) -> Manifest | None:
    """The manifest in this JSON; None for anything that is not one."""
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError:
        return None
    return manifest if manifest.is_sound else None


def evidence_in(manifest: Manifest, read: Reading) -> Evidence:
    """The evidence, with every outcome read from the raw reports."""
    kinds = {suite.name: suite.report for suite in manifest.suites}
    return Evidence(
        base=manifest.base,
        head=manifest.head,
        merge_base=manifest.merge_base,
        suites=manifest.suites,
        changed=manifest.changed,
        runs=tuple(_run(facts, kinds[facts.suite], read) for facts in manifest.runs),
        hunks=manifest.hunks,
        more_hunks=manifest.more_hunks,
        new_names=manifest.new_names,
        touches_rules=manifest.touches_rules,
        rules=manifest.rules,
        trouble=manifest.trouble,
    )


def _run(facts: RunFacts, kind: ReportKind, read: Reading) -> Run:
    cases, unreadable = ((), "") if facts.setup else read(facts, kind)
    plain = {name: getattr(facts, name) for name in RunFacts.model_fields if name != "report"}
    return Run(cases=cases, unreadable=unreadable, **plain)
