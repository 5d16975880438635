"""What each of Stanch's workflows needs to do its work: the least that `init` writes, and what a team may not lose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from stanch.core.doctor.inspection import Inspection
from stanch.core.doctor.workflow import Job, Level, WorkflowFile

FOLDER = ".github/workflows/"
INCIDENTS, SWEEP, WATCH = f"{FOLDER}stanch-incidents.yml", f"{FOLDER}stanch-sweep.yml", f"{FOLDER}stanch-watch.yml"
HOTFIX, PROVE = f"{FOLDER}stanch-hotfix.yml", f"{FOLDER}stanch-prove.yml"

ANY: frozenset[str] = frozenset()
READ, WRITE = Level.READ, Level.WRITE

NOTICE_SECRETS = (
    "STANCH_SLACK_WEBHOOK",
    "STANCH_SLACK_TOKEN",
    "STANCH_PAGERDUTY_KEY",
    "STANCH_WEBHOOK_URL",
    "STANCH_WEBHOOK_SECRET",
)
"""The secrets that connect a channel."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One workflow. `triggers` are events with the types that it may not lack, `permissions` what its job needs, of
    which `gate` is for the hotfix gate alone. `words` have to stand in the job's condition; `queue` in the name of its
    concurrency group. `tells`: it is handed the secrets of notices.
    """

    path: str
    command: str
    triggers: Mapping[str, frozenset[str]]
    permissions: Mapping[str, Level]
    gate: Mapping[str, Level] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    queue: str = ""
    tells: bool = False

    def needs(self, *, gate: bool) -> Mapping[str, Level]:
        """What the job's token has to be allowed, with or without the gate."""
        return {**self.permissions, **self.gate} if gate else self.permissions


_LOOKS = {"actions": WRITE, "checks": READ, "contents": READ, "deployments": READ, "issues": WRITE}
_GATE = {"pull-requests": WRITE, "statuses": WRITE}

EXPECTED: tuple[Expected, ...] = (
    Expected(
        INCIDENTS,
        "handle",
        {
            "issues": frozenset(
                {"opened", "edited", "labeled", "unlabeled", "assigned", "unassigned", "closed", "reopened"}
            ),
            "issue_comment": frozenset({"created", "edited", "deleted"}),
        },
        {**_LOOKS, "pull-requests": READ},
        _GATE,
        words=("'sev'", "'client-report'", "'post-mortem'", "github.event.comment.body"),
        queue="github.event.issue.number",
        tells=True,
    ),
    Expected(
        SWEEP,
        "sweep",
        {"schedule": ANY, "workflow_dispatch": ANY},
        {**_LOOKS, "pull-requests": READ},
        _GATE,
        queue="stanch-sweep",
        tells=True,
    ),
    Expected(
        WATCH,
        "watch",
        {"workflow_dispatch": ANY},
        {**_LOOKS, "pull-requests": READ},
        queue="stanch-watch",
        tells=True,
    ),
    Expected(
        HOTFIX,
        "gate",
        {
            "pull_request": frozenset({"opened", "edited", "synchronize", "reopened", "ready_for_review", "closed"}),
            "pull_request_review": frozenset({"submitted", "dismissed"}),
            "deployment_status": ANY,
            "merge_group": ANY,
            "push": ANY,
            "workflow_run": frozenset({"completed"}),
        },
        {**_LOOKS, "actions": READ, **_GATE},
        words=("github.repository",),
        queue="github.event.pull_request.number",
    ),
    Expected(
        PROVE,
        "prove",
        {"pull_request": frozenset({"opened", "synchronize", "reopened", "edited"})},
        {"contents": READ},
        words=("github.repository",),
    ),
)

DEFAULT_TYPES = {
    "issues": ANY,
    "pull_request": frozenset({"opened", "synchronize", "reopened"}),
}
"""What an event without types means where that is not all of them."""


def readable(seen: Inspection) -> Iterator[tuple[Expected, WorkflowFile]]:
    """The workflows that are there and can be read."""
    for one in EXPECTED:
        file = seen.workflows.get(one.path)
        if file is not None and not file.problem:
            yield one, file


def working(seen: Inspection) -> Iterator[tuple[Expected, WorkflowFile, Job]]:
    """The workflows that run Stanch, each with the job that does."""
    for one, file in readable(seen):
        job = file.job_of(one.command)
        if job is not None:
            yield one, file, job


def has_gate(seen: Inspection) -> bool:
    return seen.workflows.get(HOTFIX) is not None
