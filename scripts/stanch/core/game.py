"""A game day's scenario, and what its opening post remembers of it.

The team plays for real; the scenario plays the world: an alert, what others say, what comes to light. What a good
answer would have been stands encoded in the post, so that nobody reads it before the end by accident.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from stanch.core.drills import is_drill
from stanch.core.marker import Marker, hidden, marker_of, revealed
from stanch.core.severity import Severity
from stanch.core.thread import Comment, Thread

KEY = "game"
"""What the key of an opening post begins with, and the middle of the keys of everything that is played after it."""

LONGEST = 12_000
"""Characters of an encoded answer, the longest that a file may hold in any script; what is longer is none of ours."""

SLOWEST, FASTEST = 0.1, 1000
"""How many times as fast as written a game may be played."""


@dataclass(frozen=True, slots=True)
class Input:
    """Something that the world brings, so long after the opening: `who` says it."""

    at: timedelta
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Help that is given when somebody asks for it, or so long after the opening if nothing is contained by then."""

    after: timedelta
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a good answer would have been. `within` is how long containing may take, in seconds; 0: not said.

    `severity` is 1 to 4, 0 where that is not asked; `contain` are the kinds that would have helped.
    """

    text: str = ""
    severity: int = 0
    contain: tuple[str, ...] = ()
    within: int = 0
    handover: bool = False
    hints: int = 0


@dataclass(frozen=True, slots=True)
class Game:
    """One scenario. `name` is a slug; it ends so long after its opening, at the latest."""

    name: str
    title: str
    severity: Severity
    alert: str
    lasts: timedelta
    inputs: tuple[Input, ...] = ()
    hints: tuple[Hint, ...] = ()
    answer: Answer = Answer()

    def within(self, lasts: timedelta) -> "Game":
        """As much of it as there is time for."""
        inputs = tuple(one for one in self.inputs if one.at <= lasts)
        return replace(self, lasts=lasts, inputs=inputs, hints=tuple(one for one in self.hints if one.after <= lasts))

    @property
    def digest(self) -> str:
        """A few characters that tell one scenario from another, and from an older text of itself."""
        return sha256(repr(self).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Opening:
    """What an opening post remembers: which scenario, how fast it is played, and what a good answer would have been."""

    name: str
    digest: str
    answer: Answer
    speed: float = 1.0


def head_of(game: Game, speed: float = 1.0) -> str:
    """The first two lines of the opening post, which nobody sees."""
    marker = Marker(f"{KEY}/{game.name}", stamp={"is": game.digest, "speed": f"{speed:g}"})
    answer = json.dumps(asdict(game.answer), ensure_ascii=False)
    encoded = urlsafe_b64encode(answer.encode()).decode()
    return f"{marker}\n{hidden(encoded)}"


def opening_of(thread: Thread) -> Opening | None:
    """What the opening post of a drill remembers; None where there is none, or somebody edited it."""
    found = begun(thread)
    answer = _answer(revealed(thread.body)) if found and thread.edited_at is None else None
    return Opening(*found[:2], answer, found[2]) if found and answer else None


def begun(thread: Thread) -> tuple[str, str, float] | None:
    """The name and the digest of the scenario that opened a thread, and its speed, whoever edited its text since."""
    marker = marker_of(thread.body)
    if marker is None or not marker.key.startswith(f"{KEY}/") or not is_drill(thread):
        return None
    return marker.key.partition("/")[2], marker.stamp.get("is", ""), _speed(marker.stamp.get("speed", ""))


def _speed(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return 1.0
    return found if SLOWEST <= found <= FASTEST else 1.0


def _answer(encoded: object) -> Answer | None:
    """Whoever wrote it may have written anything: only what has the right shape counts."""
    if not isinstance(encoded, str) or len(encoded) > LONGEST:
        return None
    try:
        read = json.loads(urlsafe_b64decode(encoded))
    except (ValueError, Error, RecursionError):
        return None
    return _shaped(read) if isinstance(read, dict) else None


def _shaped(read: dict[str, object]) -> Answer:
    contain = read.get("contain")
    kinds = tuple(one for one in contain if isinstance(one, str)) if isinstance(contain, list) else ()
    return Answer(
        text=str(read.get("text") or ""),
        severity=_number(read.get("severity"), most=4),
        contain=kinds[:6],
        within=_number(read.get("within"), most=86_400),
        handover=read.get("handover") is True,
        hints=_number(read.get("hints"), most=99),
    )


def _number(value: object, most: int) -> int:
    return value if type(value) is int and 0 <= value <= most else 0


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that the scenario has put on its thread. `asked` is the id of the comment that it answers, else 0."""

    kind: str
    ordinal: int
    at: datetime
    asked: int = 0


def mark(number: int, kind: str, ordinal: int, asked: int = 0) -> Marker:
    """The marker of something that the scenario puts on the thread."""
    stamp = {"asked": str(asked)} if asked else {}
    return Marker(f"{number}/{KEY}/{kind}/{ordinal}", stamp=stamp)


def shown_on(thread: Thread) -> tuple[Shown, ...]:
    """Everything that the scenario has put there, oldest first: by whoever opened it, edited or not."""
    found = (_shown(thread, comment) for comment in thread.comments)
    return tuple(one for one in found if one is not None)


def _shown(thread: Thread, comment: Comment) -> Shown | None:
    marker = marker_of(comment.body) if comment.author == thread.author else None
    parts = marker.key.split("/") if marker else []
    if len(parts) != 4 or parts[:2] != [str(thread.number), KEY] or not parts[3].isdecimal():
        return None
    asked = marker.stamp.get("asked", "") if marker else ""
    return Shown(parts[2], int(parts[3]), comment.at, int(asked) if asked.isdecimal() else 0)


def is_played(comment: Comment) -> bool:
    """Whether a comment looks like one that a scenario put there: nobody says anything by it."""
    marker = marker_of(comment.body)
    return marker is not None and f"/{KEY}/" in marker.key
