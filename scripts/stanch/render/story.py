"""What the page of a drill shows, as plain values. All instants are UTC and virtual.

Text that a person or a script wrote (titles, logins, bodies, labels) is untrusted: the page escapes it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MomentKind(StrEnum):
    """What a point on the story bar stands for. The first five are the milestones, in their order."""

    STARTED = "started"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    FALSE_ALARM = "false-alarm"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REOPENED = "reopened"
    SEVERITY = "severity"
    ESCALATION = "escalation"
    REMINDER = "reminder"
    UPDATE = "update"
    CONTAINMENT = "containment"
    POSTMORTEM = "post-mortem"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the story. `label` says more than its kind does; it may be empty."""

    at: datetime
    label: str
    kind: MomentKind


@dataclass(frozen=True, slots=True)
class Figure:
    """One number under the story bar.

    `name` is a key that the page has words for (`acknowledge`, `mitigate`, `resolve`, `requests`, `reads`,
    `writes`, …) or is shown as it stands. With `unit` "seconds" the value is shown as a length of time;
    a value of None means that it never happened.
    """

    name: str
    value: int | str | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LabelView:
    """One label. `color` is six hexadecimal digits, with or without #; anything else is shown grey."""

    name: str
    color: str = ""


@dataclass(frozen=True, slots=True)
class CommentView:
    """One comment. `reactions` are GitHub's names for them (`rocket`, `-1`, …), one for each person.

    `is_card` is the one comment that Stanch keeps up to date; `minimized` comments are folded.
    """

    author: str
    is_bot: bool
    at: datetime
    body_markdown: str
    edited: bool = False
    reactions: tuple[str, ...] = ()
    is_card: bool = False
    minimized: bool = False


class EventWord(StrEnum):
    """What an event line says. Names that GitHub has are GitHub's."""

    LABELED = "labeled"
    UNLABELED = "unlabeled"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    CLOSED = "closed"
    REOPENED = "reopened"
    RENAMED = "renamed"
    REFERENCED = "cross-referenced"
    COMMENT_DELETED = "comment-deleted"
    MERGED = "merged"
    DEPLOYED = "deployed"
    PUSHED = "pushed"
    REVIEWED = "reviewed"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class EventView:
    """One recorded event.

    `subject` is the label's name, the assignee's login, the author of a deleted comment, the old title, the
    title of the thread that refers to this one, the commit or the environment; `detail` is the new title,
    why it was closed (`completed`, `not_planned`, `duplicate`) or how a deployment ended; `color` belongs to
    a label and `number` to the other thread. Of a push they are what its commit says and its short SHA, of a review
    its state and its text, of the gate's answer the status and its line. A merge without a subject is this thread's.
    """

    kind: EventWord
    actor: str
    at: datetime
    subject: str = ""
    detail: str = ""
    color: str = ""
    number: int | None = None
    is_bot: bool = False


class ThreadKind(StrEnum):
    """What a thread is in the story."""

    INCIDENT = "incident"
    POSTMORTEM = "post-mortem"
    CLIENT_REPORT = "client-report"
    ROOT_CAUSE = "root-cause"
    DASHBOARD = "dashboard"
    HANDOVER = "handover"
    PULL_REQUEST = "pull-request"
    ISSUE = "issue"


class ThreadState(StrEnum):
    """The badge beside a thread's title."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_PLANNED = "not_planned"
    DUPLICATE = "duplicate"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class ThreadView:
    """One issue or pull request at the end of the story, oldest entry first."""

    number: int
    title: str
    state: ThreadState
    labels: tuple[LabelView, ...]
    assignees: tuple[str, ...]
    author: str
    at: datetime
    body_markdown: str
    entries: tuple[CommentView | EventView, ...]
    kind: ThreadKind = ThreadKind.INCIDENT
    author_is_bot: bool = False

    @property
    def comments(self) -> tuple[CommentView, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, CommentView))


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """One played scenario. `slug` names it in links; `repository` is `owner/name` or empty."""

    slug: str
    title: str
    summary: str
    moments: tuple[Moment, ...]
    figures: tuple[Figure, ...]
    threads: tuple[ThreadView, ...]
    repository: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Everything on the page. `zone` is the team's time zone by its IANA name, such as `Europe/Lisbon`."""

    title: str
    generated_note: str
    zone: str
    scenarios: tuple[ScenarioView, ...]
