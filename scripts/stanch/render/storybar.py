"""Where each moment of a story stands on its bar, in percent of the bar's width. Pure geometry.

Quiet stretches that last longer than the incident itself are cut out and marked as breaks, so that a
post-mortem two days later does not squeeze two hours of work into one dot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from stanch.render.story import Moment, MomentKind

LEFT, RIGHT = 1.5, 88.0
BREAK_WIDTH = 7.0
FLAG_WIDTH = 12.0
SHORTEST_BREAK = timedelta(hours=1)
MOST_TICKS = 6
STEPS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880, 10080))

STATE_AFTER = {
    MomentKind.STARTED: "unseen",
    MomentKind.DETECTED: "waiting",
    MomentKind.ACKNOWLEDGED: "working",
    MomentKind.MITIGATED: "watching",
    MomentKind.RESOLVED: "over",
    MomentKind.FALSE_ALARM: "over",
    MomentKind.WITHDRAWN: "over",
    MomentKind.CLOSED: "over",
    MomentKind.REOPENED: "working",
}
ORDER = ("unseen", "waiting", "working", "watching", "over")


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment at `x`. `lane` counts up from the bar; None for a moment without a flag on the bar."""

    x: float
    moment: Moment
    lane: int | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """What users went through from `x` on: unseen, waiting, working, watching or over."""

    state: str
    x: float
    width: float
    seconds: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A point of the scale, in seconds since the zero of the story."""

    x: float
    seconds: int


@dataclass(frozen=True, slots=True)
class Break:
    """A quiet stretch that was cut out; the story goes on at `resumes`."""

    x: float
    width: float
    resumes: datetime


@dataclass(frozen=True, slots=True)
class Bar:
    marks: tuple[Mark, ...] = ()
    phases: tuple[Phase, ...] = ()
    ticks: tuple[Tick, ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def lanes(self) -> int:
        return 1 + max((mark.lane for mark in self.marks if mark.lane is not None), default=-1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the story that is drawn to scale, from `x` over `width`."""

    start: datetime
    end: datetime
    x: float
    width: float

    def place(self, at: datetime) -> float:
        length = (self.end - self.start).total_seconds()
        part = (at - self.start).total_seconds() / length if length else 0.0
        return round(self.x + part * self.width, 2)


def bar(moments: Sequence[Moment]) -> Bar:
    """The bar of these moments, in any order; an empty story has an empty bar."""
    if not moments:
        return Bar()
    ordered = sorted(moments, key=lambda moment: moment.at)
    stretches = _stretches(ordered)
    return Bar(
        marks=_marks(ordered, stretches),
        phases=_phases(ordered, stretches),
        ticks=_ticks(_zero(ordered), stretches),
        breaks=_breaks(stretches),
    )


def _zero(ordered: Sequence[Moment]) -> datetime:
    """Targets count from detection; without one, the story counts from its first moment."""
    return next((m.at for m in ordered if m.kind is MomentKind.DETECTED), ordered[0].at)


def _stretches(ordered: Sequence[Moment]) -> list[Stretch]:
    spans = _spans(ordered)
    room = RIGHT - LEFT - BREAK_WIDTH * (len(spans) - 1)
    total = sum((end - start).total_seconds() for start, end in spans) or 1.0
    stretches: list[Stretch] = []
    x = LEFT
    for start, end in spans:
        width = room * (end - start).total_seconds() / total
        stretches.append(Stretch(start, end, x, width))
        x += width + BREAK_WIDTH
    return stretches


def _spans(ordered: Sequence[Moment]) -> list[tuple[datetime, datetime]]:
    """The story without its long silences; at most three silences are cut, the longest ones."""
    limit = max(SHORTEST_BREAK, _incident_length(ordered))
    gaps = sorted((b.at - a.at, i) for i, (a, b) in enumerate(pairwise(ordered), 1))
    cuts = sorted(i for gap, i in gaps[-3:] if gap > limit)
    edges = [0, *cuts, len(ordered)]
    return [(ordered[a].at, ordered[b - 1].at) for a, b in pairwise(edges)]


def _incident_length(ordered: Sequence[Moment]) -> timedelta:
    ends = [m.at for m in ordered if STATE_AFTER.get(m.kind) == "over"]
    return max(ends, default=ordered[-1].at) - _zero(ordered)


def _place(at: datetime, stretches: Sequence[Stretch]) -> float:
    return next(s.place(at) for s in stretches if s.start <= at <= s.end)


def _marks(ordered: Sequence[Moment], stretches: Sequence[Stretch]) -> tuple[Mark, ...]:
    """Flags point right of their pole, so a flag must fly above every later pole that it covers."""
    placed: list[Mark] = []
    for moment in reversed(ordered):
        x = _place(moment.at, stretches)
        lane = _free_lane(x, placed) if moment.kind in STATE_AFTER else None
        placed.append(Mark(x, moment, lane))
    return tuple(reversed(placed))


def _free_lane(x: float, later: Sequence[Mark]) -> int:
    covered = (mark.lane for mark in later if mark.lane is not None and mark.x < x + FLAG_WIDTH)
    return 1 + max(covered, default=-1)


def _phases(ordered: Sequence[Moment], stretches: Sequence[Stretch]) -> tuple[Phase, ...]:
    turns = _turns(ordered)
    phases = []
    for (at, state), (until, _) in pairwise([*turns, (ordered[-1].at, "")]):
        x = _place(at, stretches)
        width = round(_place(until, stretches) - x, 2)
        if until > at and state != "over":
            phases.append(Phase(state, x, width, int((until - at).total_seconds())))
    return tuple(phases)


def _turns(ordered: Sequence[Moment]) -> list[tuple[datetime, str]]:
    """When the state changed. Only a reopening goes back: an acknowledgement after mitigation changes nothing."""
    turns: list[tuple[datetime, str]] = []
    for moment in ordered:
        state = STATE_AFTER.get(moment.kind)
        back = moment.kind is MomentKind.REOPENED
        if state and (back or not turns or ORDER.index(state) > ORDER.index(turns[-1][1])):
            turns.append((moment.at, state))
    return turns


def _ticks(zero: datetime, stretches: Sequence[Stretch]) -> tuple[Tick, ...]:
    """Round distances from the zero, in the stretch that contains it."""
    home = next(s for s in stretches if s.start <= zero <= s.end)
    length = home.end - home.start
    step = next((s for s in STEPS if length <= s * MOST_TICKS), STEPS[-1])
    first = -((zero - home.start) // step)
    last = (home.end - zero) // step
    counts = range(first, last + 1) if length else range(1)
    return tuple(Tick(home.place(zero + step * n), int(step.total_seconds()) * n) for n in counts)


def _breaks(stretches: Sequence[Stretch]) -> tuple[Break, ...]:
    return tuple(Break(round(a.x + a.width, 2), round(b.x - a.x - a.width, 2), b.start) for a, b in pairwise(stretches))
