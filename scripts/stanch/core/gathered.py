"""Everything that was read about one pull request, and what that asks to be read further."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from stanch.core.config import Config
from stanch.core.declared import Declared, declared
from stanch.core.gate_memory import GateMemory
from stanch.core.incident import Incident, Kind, Spell
from stanch.core.own_workflows import PROOF_WORKFLOW
from stanch.core.proof import Proof
from stanch.core.pull import (
    Beside,
    CheckState,
    MergeSettings,
    Opinion,
    Pull,
    Push,
    Review,
    Run,
)
from stanch.core.severity import Severity
from stanch.core.thread import Deployment, home_of
from stanch.core.wishes import STEERING, gate_at_merge, linked, production_branch

URGENT = frozenset({Severity.SEV_1, Severity.SEV_2})
"""What is linked to an open incident of these is held to a hotfix's rules, whatever its branch is called."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that was read about one pull request. `incidents` are the linked ones, by number.

    `pushes` is None where it was not asked; `fresh_proof` is a proof that was just read, with its run's mark;
    `problem` says why the finished proof could not be read. `asked` is the severity of a "what if".
    """

    now: datetime
    config: Config
    default_branch: str | None
    settings: MergeSettings
    pull: Pull
    deployments: tuple[Deployment, ...] = ()
    beside: Beside = field(default_factory=Beside)
    incidents: Mapping[int, Incident] = field(default_factory=dict)
    memory: GateMemory = field(default_factory=GateMemory)
    pushes: tuple[Push, ...] | None = None
    fresh_proof: tuple[int, Proof] | None = None
    problem: str = ""
    asked: Severity | None = None

    @property
    def declared(self) -> Declared:
        thread = self.pull.thread
        messages = (thread.title, *(commit.message for commit in self.pull.commits))
        return declared(thread.body, messages, "/".join(home_of(thread.url).split("/")[-2:]))

    @property
    def incident(self) -> Incident | None:
        """The incident that the body names, else the first one that it would close, else the one it was held for."""
        numbers = linked(self.pull, self.declared, self.memory.held)
        return next((self.incidents[number] for number in numbers if number in self.incidents), None)

    @property
    def is_hotfix(self) -> bool:
        """By its branch's name, or because it is linked to an open SEV-1 or SEV-2, if only for the asking."""
        if self.pull.head.startswith(self.config.hotfix.prefix):
            return True
        return self.holding is not None

    @property
    def holding(self) -> Incident | None:
        """The open SEV-1 or SEV-2 that it is linked to, or was when that was first seen."""
        if self.pull.base != production_branch(self.config, self.default_branch):
            return None
        known = (one for one in self.incidents.values() if one.kind is not Kind.NOT_OURS and was_open(one, self.at))
        return next((one for one in known if (self.asked or gravest(one, self.pull)) in URGENT), None)

    @property
    def predates_gate(self) -> bool:
        """Whether it was merged before the gate was installed: then nobody is told anything, and nothing is owed."""
        places = gate_at_merge(self.pull)
        files = self.beside.files
        return bool(places) and all(place in files and files[place] is None for place in places)

    @property
    def at(self) -> datetime:
        """The instant that is judged: now, or when it was merged."""
        return self.pull.merged.at if self.pull.merged else self.now


def burned(incident: Incident, at: datetime) -> bool:
    """Whether something was an incident, and open, at an instant."""
    return incident.ours and was_open(incident, at)


def was_open(incident: Incident, at: datetime) -> bool:
    """Whether it had begun at an instant, and is open still, or it ended later, if only in the same second: a merge
    may close it.
    """
    began = incident.declared.at if incident.declared else incident.opened_at
    ended = incident.history[-1].at if incident.status.over and incident.history else None
    lasts = incident.open and not incident.status.over
    return began <= at and (lasts or (ended is not None and ended >= at))


def gravest(incident: Incident, pull: Pull) -> Severity | None:
    """The graver one of the severity that holds and of that which others than the change's authors set last.

    Of what a bot opened anybody may be the author, so there it is the one that held before it was opened.
    """
    others = [one for one in set_by_others(incident, pull) if one.at < pull.thread.at or not pull.thread.author.is_bot]
    known = (one for one in (incident.severity, others[-1].severity if others else None) if one)
    return min(known, default=None)


def set_by_others(incident: Incident, pull: Pull) -> list[Spell]:
    """The severities that nobody set who has a hand in the pull request, or who did so before it was opened."""
    ordered = pull.thread.assignees if pull.thread.author.is_bot else ()
    authors = {pull.thread.author.login, *ordered, *(login for commit in pull.commits for login in commit.people)}
    known, since = {login.lower() for login in authors}, pull.thread.at
    return [one for one in incident.spells if one.by.lower() not in known or one.at < since]


def candidates(pull: Pull) -> tuple[Review, ...]:
    """Approvals that may count: for them it matters who pushed, and what stood at the head."""
    return tuple(
        one for one in pull.reviews if one.opinion is Opinion.APPROVED and one.may_push and not one.author.is_bot
    )


def before_merge(pull: Pull) -> Pull:
    """The pull request without what was said of it, or deployed of it, after it was merged."""
    if pull.merged is None:
        return pull
    end = pull.merged.at
    kept = tuple(one for one in pull.reviews if one.at <= end)
    deployed = tuple(one for one in pull.deployments if one.at <= end)
    count = pull.review_count - len(pull.reviews) + len(kept)
    return replace(pull, reviews=kept, review_count=count, deployments=deployed)


def asks_for_pushes(gathered: Gathered, *, waiving: bool) -> bool:
    """Whether it has to be asked who moved the branch: once for every head that somebody approved or waives for."""
    unknown = gathered.pull.head_sha not in gathered.memory.heads
    return (gathered.is_hotfix or is_advised(gathered)) and unknown and (waiving or bool(candidates(gathered.pull)))


def proof_to_read(gathered: Gathered) -> Run | None:
    """The finished run of the proof on this head that nobody has read yet; the newest one."""
    runs = [one for one in proof_runs(gathered.pull) if one.state is not CheckState.RUNNING]
    known = gathered.memory.proofs.get(gathered.pull.head_sha)
    newest = max(runs, key=lambda one: (one.at, one.id), default=None)
    return None if newest is None or (known is not None and known[0] == newest.mark) else newest


def proof_runs(pull: Pull) -> tuple[Run, ...]:
    """The runs of the proof's own workflow that the pull request itself started, and in which something ran.

    An edit of the text starts one too, which its condition drops: it says nothing about the proof before it. Nor does
    one from before the base was changed say anything about this base.
    """
    since = max(pull.retargets, default=None)
    own = (one for one in pull.runs if one.path == PROOF_WORKFLOW and one.event == "pull_request")
    ran = (one for one in own if one.state is not CheckState.SKIPPED)
    return tuple(one for one in ran if since is None or one.at >= since)


def touches_rules(gathered: Gathered) -> bool:
    """Whether the pull request changes what its own proof is made with."""
    pull, files = gathered.pull, gathered.beside.files
    if pull.all_files_shown:
        return any(one.path in STEERING for one in pull.files)
    pairs = ((files.get(f"{pull.head_sha}:{path}"), files.get(f"{pull.base_sha}:{path}")) for path in STEERING)
    return any((one.oid if one else "") != (other.oid if other else "") for one, other in pairs)


def is_advised(gathered: Gathered) -> bool:
    """Whether a pull request that is no hotfix gets advice all the same."""
    production = production_branch(gathered.config, gathered.default_branch)
    return bool(gathered.config.hotfix.every) and gathered.pull.base == production and gathered.pull.merged is None
