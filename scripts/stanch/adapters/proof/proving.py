"""The proof itself: three trees at one path, each run as often as the rules say, then the hunks undone one by one."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from stanch.adapters.proof.bench import Bench, BudgetSpent, Running
from stanch.adapters.proof.command import Clock
from stanch.adapters.proof.git import Git
from stanch.adapters.proof.picture import Picture
from stanch.adapters.proof.workshop import Workshop, workshop
from stanch.core.proof.comparison import Comparison
from stanch.core.proof.evidence import Evidence, Side, SuiteFacts, Trouble
from stanch.core.proof.hunks import Edit, lines, without
from stanch.core.proof.judge import judge
from stanch.core.proof.manifest import MANIFEST, Manifest
from stanch.core.proof.suite import Suite
from stanch.core.proof.undoing import is_settled, missed_by
from stanch.core.proof.verdict import ProofVerdict

SIDES = (Side.PRISTINE, Side.BEFORE, Side.AFTER)
LATER = 2
"""Seconds by which an undone file is newer than everything that was built from it."""

UNDOING = {ProofVerdict.PROVEN, ProofVerdict.COUPLED}
"""The verdicts after which hunks are undone: to find a proof, or to name the hunks that no test needs."""


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof that was run: the evidence, and what is kept of it. `raw` are reports, `logs` what was printed."""

    evidence: Evidence
    manifest: Manifest
    raw: Mapping[str, bytes]
    logs: Mapping[str, bytes]


def prove(
    git: Git,
    picture: Picture,
    environment: Mapping[str, str],
    say: Callable[[Running], None],
    clock: Clock = time.monotonic,
) -> Proved:
    """Run everything that the verdict needs. Raises StanchError when a tree cannot be made."""
    with workshop() as shop:
        manifest = picture.manifest.model_copy(update={"place": str(shop.tree)})
        bench = Bench(shop, environment, picture.rules.budget.total_seconds(), say, clock)
        proving = Proving(git, picture, bench, manifest)
        if manifest.trouble is None and bench.evidence(manifest).has_test:
            manifest = proving.run()
        final = manifest.model_copy(update={"runs": tuple(bench.runs)})
        return Proved(bench.evidence(final), final, bench.raw, bench.logs)


class Proving:
    """One proof on its way."""

    def __init__(self, git: Git, picture: Picture, bench: Bench, manifest: Manifest) -> None:
        self._git = git
        self._picture = picture
        self._bench = bench
        self._manifest = manifest
        self._shop: Workshop = bench.shop

    def run(self) -> Manifest:
        """All runs; the manifest says if the time was not enough."""
        try:
            self._all_sides()
            if self._verdict() is ProofVerdict.INFRA:
                # Once more: a registry that did not answer, a machine that ran out of memory.
                self._bench.turn = 2
                self._shop.forget()
                self._all_sides()
        except BudgetSpent:
            if self._bench.turn == 1:
                return self._manifest.model_copy(update={"trouble": Trouble.BUDGET})
            self._bench.forget_turn()
        if self._verdict() in UNDOING:
            self._undo_all()
        return self._manifest

    def _verdict(self) -> ProofVerdict:
        return judge(self._bench.evidence(self._manifest)).verdict

    def _all_sides(self) -> None:
        for side in SIDES:
            self._lay_out(side)
            self._shop.place(side)
            for suite, facts in self._suites():
                self._runs(suite, facts, side)

    def _lay_out(self, side: Side) -> None:
        manifest = self._manifest
        commit = manifest.head if side is Side.AFTER else manifest.merge_base
        overlay = self._picture.overlay if side is Side.BEFORE else ()
        self._git.lay_out(commit, overlay, self._shop.parked(side), self._shop.index)

    def _suites(self) -> list[tuple[Suite, SuiteFacts]]:
        by_name = {suite.name: suite for suite in self._picture.suites}
        return [(by_name[facts.name], facts) for facts in self._manifest.suites]

    def _runs(self, suite: Suite, facts: SuiteFacts, side: Side) -> None:
        """A suite in the placed tree, as often as its side asks for. The base as it is runs its own files once."""
        files = facts.base_files if side is Side.PRISTINE else facts.files
        rules = self._picture.rules
        times = {Side.PRISTINE: 1, Side.BEFORE: rules.before, Side.AFTER: rules.after}[side]
        if files and self._bench.set_up(suite, side):
            for attempt in range(1, times + 1):
                self._bench.test(suite, files, side, attempt)

    def _undo_all(self) -> None:
        """Each hunk on a copy of the head, as long as there is time."""
        for number, edit in enumerate(self._picture.edits):
            try:
                self._shop.place_copy(Side.AFTER)
                self._undo(edit)
                self._runs_without(number)
            except BudgetSpent:
                return
            finally:
                self._shop.drop()

    def _undo(self, edit: Edit) -> None:
        """Take one hunk out of the placed tree."""
        path, manifest = edit.hunk.path, self._manifest
        base = self._git.content(manifest.merge_base, path)
        head = self._git.content(manifest.head, path)
        target = self._shop.tree / path
        if base is None:
            target.unlink(missing_ok=True)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(without(edit, lines(base), lines(head or b"")))
        # Python knows bytecode by the source's size and second alone, and the copy was made this very second.
        changed = target.stat().st_mtime + LATER
        os.utime(target, (changed, changed))

    def _runs_without(self, number: int) -> None:
        """Once; and as often as the tests ran without the fix, if a test misses the hunk."""
        for suite, facts in self._suites():
            if self._bench.set_up(suite, Side.UNDO, number):
                self._bench.test(suite, facts.files, Side.UNDO, 1, number)
        for suite, facts in self._suites():
            self._repeat(suite, facts, number)

    def _repeat(self, suite: Suite, facts: SuiteFacts, number: int) -> None:
        attempt = 1
        while True:
            evidence = self._bench.evidence(self._manifest)
            missed = missed_by(Comparison(evidence), number)
            if suite.name not in {key.suite for key in missed} or is_settled(evidence, number, suite.name):
                return
            attempt += 1
            self._bench.test(suite, facts.files, Side.UNDO, attempt, number)


def kept_in(folder: Path, proved: Proved) -> None:
    """Write `evidence.json`, the raw reports and what was printed into a folder. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).write_text(proved.manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    for name, raw in (*proved.raw.items(), *proved.logs.items()):
        (folder / name).write_bytes(raw)
