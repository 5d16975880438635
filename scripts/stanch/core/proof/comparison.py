"""Every test on every side, sorted into what it says about the change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from stanch.core.proof.coupling import is_coupled
from stanch.core.proof.evidence import Evidence, Side
from stanch.core.proof.outcomes import Key
from stanch.core.proof.states import Standing, State, standing


@dataclass(frozen=True, slots=True)
class Compared:
    """One test: on the pristine base, on the base with the head's tests, and on the head."""

    key: Key
    pristine: Standing
    before: Standing
    after: Standing
    names_new: bool
    """Whether what it says before is only that a name is missing which the head adds."""

    whole_run: bool = False
    """Whether it is no test at all but a run of them, of which only the exit code is known."""

    @property
    def is_proof(self) -> bool:
        """It fails in every run without the fix, on its own account, and passes in every run with it."""
        return self.before.state is State.RED and self.after.state is State.PASS and not self.names_new

    @property
    def is_coupled(self) -> bool:
        """It passes with the fix, and without it cannot even run."""
        gone = self.before.state in {State.COLLECT, State.ABSENT}
        return self.after.state is State.PASS and (gone or (self.before.state is State.RED and self.names_new))

    @property
    def is_regression(self) -> bool:
        """It passed without the fix and does not with it. One that is gone altogether is removed instead.

        A whole run has other tests in it than on the base as it is: only the same tests without the fix count.
        """
        passed = State.PASS in {self.before.state, None if self.whole_run else self.pristine.state}
        return passed and self.after.state in {State.RED, State.COLLECT, State.SKIP}

    @property
    def still_fails(self) -> bool:
        """It fails with the fix, and the base alone is not to blame."""
        bad = {State.RED, State.COLLECT}
        return self.after.state in bad and self.before.state is not State.PASS and self.pristine.state not in bad

    @property
    def is_removed(self) -> bool:
        """The base has it and the head does not; a file that did not load is no test."""
        return self.pristine.state not in {State.ABSENT, State.COLLECT} and self.after.state is State.ABSENT

    @property
    def is_flaky(self) -> bool:
        return State.FLAKY in {self.before.state, self.after.state}

    @property
    def is_unsettled(self) -> bool:
        """It is steady without the fix, and not with it."""
        return self.after.state is State.FLAKY and self.before.state is not State.FLAKY


@dataclass(frozen=True)
class Comparison:
    """All tests of the evidence, compared."""

    evidence: Evidence

    @cached_property
    def tests(self) -> tuple[Compared, ...]:
        keys = self.evidence.keys(Side.PRISTINE, Side.BEFORE, Side.AFTER)
        return tuple(_compared(self.evidence, key) for key in keys)

    @cached_property
    def by_key(self) -> Mapping[Key, Compared]:
        return {one.key: one for one in self.tests}


def _compared(evidence: Evidence, key: Key) -> Compared:
    before = standing(evidence, Side.BEFORE, key)
    return Compared(
        key=key,
        pristine=standing(evidence, Side.PRISTINE, key),
        before=before,
        after=standing(evidence, Side.AFTER, key),
        names_new=is_coupled(before.message, evidence.new_names),
        whole_run=evidence.is_weak(key.suite),
    )
