"""Everything that the rules may know of one pull request, frozen: what was read, and what follows from it alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from stanch.core.config import Config
from stanch.core.declared import Declared
from stanch.core.dependencies.bump import Bump
from stanch.core.gate_memory import Bound
from stanch.core.incident import Incident
from stanch.core.own_workflows import OWN_WORKFLOWS
from stanch.core.proof import Proof
from stanch.core.pull import Beside, Check, CheckState, MergeSettings, Pull
from stanch.core.severity import Severity
from stanch.core.surface import Surface
from stanch.core.thread import Deployment


class Class(StrEnum):
    """What a change is, computed from its content and never declared."""

    REVERT = "pure revert"
    FLAG_FLIP = "flag flip"
    HOTFIX = "hotfix"

    @property
    def undoes(self) -> bool:
        """Whether it only takes something back: such a change needs no proof and no ten minutes."""
        return self is not Class.HOTFIX


class ProofState(StrEnum):
    """How far the proof of this head is."""

    MISSING = "missing"
    RUNNING = "running"
    UNREADABLE = "unreadable"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Proving:
    """The proof of this very head. `touches_rules`: the pull request changes what the proof is made with."""

    state: ProofState = ProofState.MISSING
    proof: Proof | None = None
    touches_rules: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """One evaluation's facts. Times are UTC, and `now` is the merge for what is merged.

    `incident` is the one that the body names, `burning` whether it was open then, `linked` the numbers of all
    incidents that it names or would close. `severity` is the one that holds,
    or the one that was asked about; `earned` the one that may ease a rule: the author's own change of it does not.
    `pushers` moved the branch, None when that could not be told; `pushed_at` is when the head got there.
    `content` is the print of what a reviewer reads now, `bound` what each review's approval was given to.
    """

    now: datetime
    config: Config
    pull: Pull
    settings: MergeSettings
    declared: Declared
    kind: Class
    surface: Surface
    production: str
    deployments: tuple[Deployment, ...] = ()
    incident: Incident | None = None
    burning: bool = False
    linked: frozenset[int] = frozenset()
    severity: Severity | None = None
    earned: Severity | None = None
    pushers: frozenset[str] | None = None
    last_pusher: str | None = None
    pushed_at: datetime | None = None
    content: Bound = field(default_factory=lambda: Bound("", ""))
    bound: Mapping[str, Bound] = field(default_factory=dict)
    proving: Proving = field(default_factory=Proving)
    bumps: tuple[Bump, ...] = ()
    beside: Beside = field(default_factory=Beside)

    @property
    def author(self) -> str:
        return self.pull.thread.author.login

    @property
    def ordered_by(self) -> tuple[str, ...]:
        """Who may have ordered it, when a bot opened it: GitHub assigns whoever told an agent to write it."""
        return self.pull.thread.assignees if self.pull.thread.author.is_bot else ()

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks of others. The gate's own job runs while it is judged, and the proof has a rule of its own."""
        return tuple(check for check in self.pull.checks if check.workflow not in OWN_WORKFLOWS)

    @property
    def failed_checks(self) -> tuple[str, ...]:
        return tuple(check.name for check in self.checks if check.state is CheckState.FAILED)
