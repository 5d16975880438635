"""What practices say should be true. Nothing here writes; `plan` subtracts what already is.

A text is a template's name and a view of plain values (str, int, bool, None, datetime in UTC, and lists
and dicts of these): words come late. `due` is when a notice became due, not when it is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stanch.core.channels import Channel, Kind
from stanch.core.thread import CloseReason, Mark

View = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Text:
    """A template below `templates/` (without its suffix) and the values that it is filled with."""

    template: str
    view: View = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LabelOn:
    name: str


@dataclass(frozen=True, slots=True)
class LabelOff:
    name: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment that is made once: whoever is taken off by hand stays off. It was ordered `since` (UTC)."""

    key: str
    login: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Unassigned:
    """An assignment that is ended once: whoever is put on again by hand stays on. It was ordered `since` (UTC)."""

    key: str
    login: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Reacted:
    comment_id: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Card:
    """The one comment at the top, edited in place. It carries the ledger."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Notice:
    """A comment that is made once. `covers` names finer keys that it settles as well.

    `due` is the UTC instant from which it is owed: before it nothing is posted, and one that a person deleted later is
    not posted again. `timed`: no act makes it due but the passing of time, so whoever keeps the clocks sends it.
    """

    key: str
    text: Text
    due: datetime
    covers: tuple[str, ...] = ()
    timed: bool = False


@dataclass(frozen=True, slots=True)
class ChildIssue:
    """An issue that is opened once for this one, found again by `key` in its first line.

    Its last label is the one that it is looked for by. `alike` are the kinds of keys, the part after the number, that
    are counted with it: its text is told how many were opened `earlier` in the same month. With `kin` none is opened
    while another thread's is open whose key is the same but for the number. `covers` are the keys that its text tells.
    """

    key: str
    title: Text
    text: Text
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    stamp: Mapping[str, str] = field(default_factory=dict)
    alike: frozenset[str] = frozenset()
    kin: bool = False
    covers: tuple[str, ...] = ()

    @property
    def found_by(self) -> str:
        return self.labels[-1] if self.labels else ""


@dataclass(frozen=True, slots=True)
class Added:
    """A comment that is made once on the issue of the key `child`, or on the one that stands for it.

    None is made where that issue covers this `key`: then its text tells it already. Its own text is told whether the
    issue is `open`.
    """

    key: str
    child: str
    text: Text


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an issue that is the bot's own; `memory` is one hidden line that stands before it."""

    key: str
    text: Text
    memory: str


@dataclass(frozen=True, slots=True)
class Pinned:
    """The issue should be pinned, where the token may. It is tried once: `memory` of its body says so."""


@dataclass(frozen=True, slots=True)
class LongForm:
    """The long form of a `child` that was opened short, once: its text, or a `notice` on it where people wrote.

    `key` names the effect, `child` the key of the issue, which has this `number`.
    """

    key: str
    child: str
    number: int
    text: Text
    notice: Text
    stamp: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Closed:
    reason: CloseReason


@dataclass(frozen=True, slots=True)
class StatusOn:
    """The commit status of the gate. `state` is GitHub's word, `text` its one line, `url` where it leads."""

    sha: str
    state: str
    text: Text
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """A comment that is made once on another thread: what happened here and matters there.

    `fact` are plain JSON values that stand hidden in its second line, for whoever reads that thread next.
    """

    number: int
    key: str
    text: Text
    fact: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Announce:
    """Something that is told outside of GitHub, once: `due` is the UTC instant from which it is owed.

    A `living` one is kept up to date where the service allows that; `under` is the key of the living one that this
    hangs beneath. `severity` is 1 to 4. `doubtful`: it may have been told already, and nobody can tell any more.
    """

    key: str
    channel: Channel
    kind: Kind
    text: Text
    due: datetime
    severity: int
    living: bool = False
    under: str = ""
    doubtful: bool = False
    drill: bool = False

    @property
    def at_most_once(self) -> bool:
        return self.channel.at_most_once


@dataclass(frozen=True, slots=True)
class Watched:
    """A watcher should look at this thread whenever time makes something due, until `ends` (UTC) at the latest."""

    ends: datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that nobody would notice unless the run turns red. `text` says what, and what to do."""

    text: Text


Want = (
    LabelOn
    | LabelOff
    | Assigned
    | Unassigned
    | Reacted
    | Card
    | Notice
    | ChildIssue
    | Added
    | Body
    | Pinned
    | LongForm
    | Closed
    | StatusOn
    | Told
    | Announce
    | Watched
    | Alarm
)
