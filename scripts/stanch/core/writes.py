"""The writes that a plan may name: one class per kind, one method of the writer for each."""

from dataclasses import dataclass

from stanch.core.thread import CloseReason, Mark


@dataclass(frozen=True, slots=True)
class CreateComment:
    number: int
    key: str
    body: str


@dataclass(frozen=True, slots=True)
class EditComment:
    number: int
    comment_id: int
    body: str


@dataclass(frozen=True, slots=True)
class AddLabels:
    number: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveLabel:
    number: int
    label: str


@dataclass(frozen=True, slots=True)
class AddAssignees:
    number: int
    logins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveAssignees:
    number: int
    logins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class React:
    number: int
    comment_id: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class CreateIssue:
    key: str
    title: str
    body: str
    labels: tuple[str, ...]
    assignees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditIssue:
    """A new body for an issue that the bot wrote and nobody has touched."""

    number: int
    body: str


@dataclass(frozen=True, slots=True)
class CloseIssue:
    number: int
    reason: CloseReason


@dataclass(frozen=True, slots=True)
class Pin:
    """Pin an issue (GraphQL `pinIssue`), where the token may and three are not pinned already."""

    number: int
    node_id: str


@dataclass(frozen=True, slots=True)
class Minimise:
    """Fold a second copy of a comment away (GraphQL `minimizeComment`, classifier DUPLICATE)."""

    number: int
    node_id: str


@dataclass(frozen=True, slots=True)
class SetStatus:
    """One commit status: the newest one of a context counts."""

    number: int
    sha: str
    context: str
    state: str
    description: str
    url: str


@dataclass(frozen=True, slots=True)
class StartWorkflow:
    """Start a workflow by its file's name, on a branch (`workflow_dispatch`): twice does no harm."""

    number: int
    workflow: str
    branch: str


Write = (
    CreateComment
    | EditComment
    | AddLabels
    | RemoveLabel
    | AddAssignees
    | RemoveAssignees
    | React
    | CreateIssue
    | CloseIssue
    | EditIssue
    | Pin
    | Minimise
    | SetStatus
    | StartWorkflow
)
