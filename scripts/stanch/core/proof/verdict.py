"""What a proof comes to."""

from dataclasses import dataclass
from enum import StrEnum

from stanch.core.proof.evidence import Hunk


class ProofVerdict(StrEnum):
    """The nine answers, as they are shown."""

    PROVEN = "PROVEN"
    PROVEN_BY_UNDO = "PROVEN-BY-UNDO"
    COUPLED = "COUPLED"
    NOT_REPRODUCED = "NOT-REPRODUCED"
    NOT_FIXED = "NOT-FIXED"
    REGRESSION = "REGRESSION"
    NO_TEST = "NO-TEST"
    FLAKY = "FLAKY"
    INFRA = "INFRA"

    @property
    def holds(self) -> bool:
        return self in {ProofVerdict.PROVEN, ProofVerdict.PROVEN_BY_UNDO}

    @property
    def is_inconclusive(self) -> bool:
        """Whether it shows nothing, and refutes nothing."""
        return self in {ProofVerdict.COUPLED, ProofVerdict.FLAKY, ProofVerdict.INFRA}

    @property
    def exit_code(self) -> int:
        """0 proven, 1 refuted, 3 could not tell."""
        if self.holds:
            return 0
        return 3 if self.is_inconclusive else 1


@dataclass(frozen=True, slots=True)
class Proof:
    """The verdict of one proof with everything that a reader needs to believe it.

    `tests` are those that fail before and pass after, by name; `message` is what the first of them says without
    the fix. `weak`: only an exit code told. `by_undo` is the hunk whose undoing makes a test fail, `unneeded` are
    those that no test misses. `coupled` tests pass with the fix and cannot run without it; `failing` ones fail with
    it. `removed` tests are gone from the head, `renamed` are pairs of old and new.
    `repeats` are the runs before and after. `why` is a code for the words: see `templates/summary/proof.md`.
    """

    verdict: ProofVerdict
    why: str = ""
    tests: tuple[str, ...] = ()
    message: str = ""
    weak: bool = False
    by_undo: Hunk | None = None
    unneeded: tuple[Hunk, ...] = ()
    regressions: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    coupled: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    flaky: tuple[str, ...] = ()
    snapshot_only: bool = False
    repeats: tuple[int, int] = (0, 0)
    suites: tuple[str, ...] = ()
    touches_rules: bool = False

    @property
    def holds(self) -> bool:
        """Whether a test was seen to fail without the fix and to pass with it."""
        return self.verdict.holds
