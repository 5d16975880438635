"""What a scenario puts on its thread next, and when: a function of the thread, so that a run started again goes on.

Each input follows the one before it at its distance, counted from when that one came: a pause in between makes the
game longer and brings nothing twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from stanch.core.case import Case
from stanch.core.drill_bounds import MARK
from stanch.core.game import Game, Input, Shown, is_played, shown_on
from stanch.core.incident import Kind
from stanch.core.markdown import commands_area
from stanch.core.thread import Comment, Thread
from stanch.core.wanted import Text

INVITED, INPUT, HINT, NO_HINT = "invited", "input", "hint", "no-hint"
"""The kinds of what a scenario puts on its thread."""

ASKS = re.compile(r"[ \t]*(?:(?:a|another|one) )?hint(?:,? please)?[ \t]*[.?!]*[ \t]*", re.IGNORECASE)
"""A line that asks for a hint, alone on its line: no command, because only whoever plays the world answers it."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is put on the thread at an instant (UTC). `asked` is the comment that it answers, else 0."""

    at: datetime
    kind: str
    ordinal: int
    text: Text
    asked: int = 0


def steps(game: Game, case: Case, people: tuple[str, ...], speed: float) -> tuple[Step, ...]:
    """Everything that is still to come, the next one first; of the hints only the next one, for when it is given."""
    thread, shown = case.snapshot.thread, shown_on(case.snapshot.thread)
    found = [*_invitation(thread, shown, people), *_inputs(game, thread, shown, speed), *_hints(game, case, speed)]
    return tuple(sorted(found, key=lambda step: step.at))


def is_over(case: Case) -> bool:
    """Whether there is nothing left to play: it was resolved or called off, or no severity holds any more."""
    incident = case.incident
    called_off = incident is None or (incident.kind is Kind.WITHDRAWN and bool(incident.spells))
    return called_off or not case.snapshot.thread.open or (incident is not None and incident.status.over)


def _text(template: str, **view: object) -> Text:
    return Text(template, {**view, MARK: True})


def _invitation(thread: Thread, shown: tuple[Shown, ...], people: tuple[str, ...]) -> Iterator[Step]:
    if not shown:
        yield Step(thread.at, INVITED, 1, _text("comments/game_invited", people=list(people)))


def _inputs(game: Game, thread: Thread, shown: tuple[Shown, ...], speed: float) -> Iterator[Step]:
    """Those after the last one that came, though an earlier one was deleted since."""
    done = max((one for one in shown if one.kind == INPUT), key=lambda one: one.ordinal, default=None)
    at, count = (done.at, done.ordinal) if done else (thread.at, 0)
    before = game.inputs[count - 1] if 0 < count <= len(game.inputs) else Input(timedelta(0), "", "")
    for ordinal, (earlier, one) in enumerate(pairwise((before, *game.inputs[count:])), start=count + 1):
        at += (one.at - earlier.at) / speed
        yield Step(at, INPUT, ordinal, _text("comments/game_input", who=one.who, said=one.text))


def _hints(game: Game, case: Case, speed: float) -> Iterator[Step]:
    """The next one: at once when somebody asks, else in its own time if nothing is contained by then."""
    thread = case.snapshot.thread
    shown = [one for one in shown_on(thread) if one.kind in {HINT, NO_HINT}]
    given = max((one.ordinal for one in shown if one.kind == HINT), default=0)
    answered = max((one.asked for one in shown), default=0)
    asking = [comment for comment in thread.comments if comment.id > answered and asks(comment)]
    if given >= len(game.hints):
        if asking:
            yield Step(asking[-1].at, NO_HINT, len(shown) + 1, _text("comments/game_no_hint"), asking[-1].id)
        return
    hint, count = game.hints[given], len(game.hints)
    text = _text("comments/game_hint", nth=given + 1, count=count, said=hint.text, asked=bool(asking))
    if asking:
        yield Step(asking[-1].at, HINT, given + 1, text, asking[-1].id)
    elif not _helped(case):
        yield Step(thread.at + hint.after / speed, HINT, given + 1, text)


def asks(comment: Comment) -> bool:
    """Whether a person asks for a hint."""
    if comment.author.is_bot or is_played(comment) or "hint" not in comment.body.lower():
        return False
    return any(ASKS.fullmatch(line) for _, line in commands_area(comment.body))


def _helped(case: Case) -> bool:
    """Whether the bleeding has been stopped: then nobody needs to be told how."""
    incident = case.incident
    return incident is not None and (bool(incident.containments) or incident.status.users_are_fine)
