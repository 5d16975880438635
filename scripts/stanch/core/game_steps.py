"""What a scenario puts on its thread next, and when: a function of the thread, so that a run started again goes on.

Everything follows the last input at its distance, counted from when that one came: a pause in between makes the game
longer and brings nothing twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from stanch.core.case import Case
from stanch.core.drill_bounds import MARK
from stanch.core.game import Game, Shown, is_played, shown_on
from stanch.core.incident import Kind
from stanch.core.markdown import commands_area
from stanch.core.thread import Comment, Thread
from stanch.core.wanted import Text

INVITED, INPUT, HINT, NO_HINT = "invited", "input", "hint", "no-hint"
"""The kinds of what a scenario puts on its thread."""

ASKS = re.compile(r"[ \t]*(?:(?:a|another|one) )?hint(?:,? please)?[ \t]*[.?!]*[ \t]*", re.IGNORECASE)
"""A line that asks for a hint, alone on its line: no command, because only whoever plays the world answers it."""


SWAPPED = timedelta(minutes=1)
"""So long an issue may be without a severity: whoever changes a label by hand takes the old one off first."""


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


def falls_silent(game: Game, thread: Thread, speed: float) -> datetime:
    """When its time is up (UTC)."""
    return _began(game, thread, shown_on(thread), speed) + game.lasts / speed


def is_over(case: Case) -> bool:
    """Whether there is nothing left to play: it was resolved or called off, or no severity holds any more."""
    incident = case.incident
    if incident is None or not case.snapshot.thread.open or incident.status.over:
        return True
    withdrawn = incident.kind is Kind.WITHDRAWN and bool(incident.spells)
    return withdrawn and case.now - incident.spells[-1].at > SWAPPED


def _text(template: str, **view: object) -> Text:
    return Text(template, {**view, MARK: True})


def _invitation(thread: Thread, shown: tuple[Shown, ...], people: tuple[str, ...]) -> Iterator[Step]:
    if not shown:
        yield Step(thread.at, INVITED, 1, _text("comments/game_invited", people=list(people)))


def _inputs(game: Game, thread: Thread, shown: tuple[Shown, ...], speed: float) -> Iterator[Step]:
    """Those after the last one that came, though an earlier one was deleted since."""
    done, began = _last_input(game, shown), _began(game, thread, shown, speed)
    count = done.ordinal if done else 0
    for ordinal, one in enumerate(game.inputs[count:], start=count + 1):
        yield Step(began + one.at / speed, INPUT, ordinal, _text("comments/game_input", who=one.who, said=one.text))


def _began(game: Game, thread: Thread, shown: tuple[Shown, ...], speed: float) -> datetime:
    """From when everything is counted: the opening, later by each pause that there was before an input came."""
    done = _last_input(game, shown)
    return done.at - game.inputs[done.ordinal - 1].at / speed if done else thread.at


def _last_input(game: Game, shown: tuple[Shown, ...]) -> Shown | None:
    came = (one for one in shown if one.kind == INPUT and 0 < one.ordinal <= len(game.inputs))
    return max(came, key=lambda one: one.ordinal, default=None)


def _hints(game: Game, case: Case, speed: float) -> Iterator[Step]:
    """The next one: at once when somebody asks, else in its own time if nothing is contained by then."""
    thread, everything = case.snapshot.thread, shown_on(case.snapshot.thread)
    shown = [one for one in everything if one.kind in {HINT, NO_HINT}]
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
        at = _began(game, thread, everything, speed) + hint.after / speed
        last = max((one.at + (hint.after - game.hints[given - 1].after) / speed for one in shown), default=at)
        yield Step(max(at, last), HINT, given + 1, text)


def asks(comment: Comment) -> bool:
    """Whether a person asks for a hint."""
    if comment.author.is_bot or is_played(comment) or "hint" not in comment.body.lower():
        return False
    return any(ASKS.fullmatch(line) for _, line in commands_area(comment.body))


def _helped(case: Case) -> bool:
    """Whether the bleeding has been stopped: then nobody needs to be told how."""
    incident = case.incident
    return incident is not None and (bool(incident.containments) or incident.status.users_are_fine)
