"""A workflow file as far as it matters to Stanch: what starts it, what its token may do, and what it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Level(IntEnum):
    """What a permission allows."""

    NONE = 0
    READ = 1
    WRITE = 2


@dataclass(frozen=True, slots=True)
class Concurrency:
    """The queue of a workflow or a job."""

    group: str
    cancels: bool


@dataclass(frozen=True, slots=True)
class Use:
    """An action that a step uses, as it is written. `said` is the version in the comment behind it, if any.

    `command` is what the step asks of Stanch, empty for any other action; `env` the secrets that it is handed, by name.
    """

    name: str
    ref: str
    said: str = ""
    command: str = ""
    env: frozenset[str] = frozenset()

    @property
    def local(self) -> bool:
        """Whether it is a folder of this repository or of the action's own."""
        return self.name.startswith(("./", "$/"))

    @property
    def pinned(self) -> bool:
        """Whether nobody can change what it means: a commit, a file of this commit, or an image by its digest."""
        if self.local:
            return True
        if self.name.startswith("docker://"):
            return "@sha256:" in f"{self.name}@{self.ref}"
        return len(self.ref) == 40 and all(letter in "0123456789abcdef" for letter in self.ref)


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `permissions` None: it names none of its own."""

    name: str
    condition: str = ""
    permissions: Mapping[str, Level] | None = None
    concurrency: Concurrency | None = None
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkflowFile:
    """A workflow file. `problem` says why it cannot be read; then nothing else counts.

    `triggers` are its events, each with the types that it names, empty for GitHub's own choice. `branches` are those
    of `push`, `follows` the workflows of `workflow_run`, `crons` the schedule with the zone of each line.
    """

    path: str
    problem: str = ""
    triggers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    branches: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    crons: tuple[tuple[str, str], ...] = ()
    permissions: Mapping[str, Level] | None = None
    concurrency: Concurrency | None = None
    jobs: tuple[Job, ...] = ()

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]

    @property
    def uses(self) -> tuple[Use, ...]:
        return tuple(use for job in self.jobs for use in job.uses)

    def job_of(self, command: str) -> Job | None:
        """The job that asks Stanch for this; None where no job does."""
        return next((job for job in self.jobs if any(use.command == command for use in job.uses)), None)

    def granted(self, job: Job) -> Mapping[str, Level] | None:
        """What the job's token may do: its own permissions, else the file's; None where neither names any."""
        return job.permissions if job.permissions is not None else self.permissions
