"""The writes that a plan may name: one class per kind, one method of the writer for each."""

from dataclasses import dataclass

from stanch.core.channels import Channel, Kind
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
class Send:
    """One notice, out of the repository. `text` is plain: its first line is the headline.

    `incident` is the thread's name everywhere (`octo/shop#12`), `url` its address, `due` since when it is owed (ISO,
    UTC), `to` what the config adds to the channel's secret. `under` is the key of the message that it hangs beneath,
    `ts` that message's name in `place`; where `edits` is set it is the message that is written anew. `at` is when it
    is tried (UTC seconds), `tries` how often it was before. `drill`: whoever reads it is told so.
    """

    number: int
    key: str
    channel: Channel
    kind: Kind
    text: str
    severity: int
    incident: str
    url: str
    due: str
    at: int
    to: tuple[str, ...] = ()
    living: bool = False
    under: str = ""
    edits: bool = False
    ts: str = ""
    place: str = ""
    tries: int = 0
    drill: bool = False

    @property
    def at_most_once(self) -> bool:
        """Whether it is sent only once its intent is written down; an edit comes to the same however often."""
        return self.channel.at_most_once and not self.edits


@dataclass(frozen=True, slots=True)
class StartWorkflow:
    """Start a workflow by its file's name, on a branch (`workflow_dispatch`): twice does no harm."""

    number: int
    workflow: str
    branch: str


@dataclass(frozen=True, slots=True)
class DefineLabel:
    """A label that the repository does not have yet. `color` is six hexadecimal digits."""

    name: str
    color: str
    description: str


@dataclass(frozen=True, slots=True)
class PaintLabel:
    """A colour and a description for a label that has neither."""

    name: str
    color: str
    description: str


@dataclass(frozen=True, slots=True)
class EnableWorkflow:
    """Switch a workflow on again, by its file's name."""

    workflow: str


@dataclass(frozen=True, slots=True)
class CreateRuleset:
    """A ruleset for one branch. `rules` are in GitHub's words, as JSON."""

    name: str
    branch: str
    rules: str


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
    | Send
    | StartWorkflow
    | DefineLabel
    | PaintLabel
    | EnableWorkflow
    | CreateRuleset
)
