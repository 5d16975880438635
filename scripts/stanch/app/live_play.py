"""A game day in a drill: somebody opens it with their own token, or a workflow does, and it sleeps in virtual time."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Protocol

from stanch.adapters.game_file import read_game
from stanch.app.live import Ended, Event, Nap, Order, begin, play
from stanch.app.live_told import told
from stanch.app.stage import Stage
from stanch.core.errors import UsageProblem


class Rings(Protocol):
    """Something that happens at an instant of the world's clock."""

    def alarm(self) -> int | None: ...

    def on_alarm(self, now: int) -> None: ...


class LivePlay:
    """One game: `number` is its issue once it is open, `ended` how it ended. Without an `order` nothing is played."""

    def __init__(self, set_: Stage, order: Order | None, starts: int, say: Callable[[str], None]) -> None:
        self._set, self._order, self._say = set_, order, say
        self._next = starts if order else None
        self._events: Iterator[Event] | None = None
        self.number = 0
        self.ended: Ended | None = None

    @property
    def names(self) -> dict[str, int]:
        """The issue by the name that a scenario's own incident has."""
        return {"incident": self.number} if self.number else {}

    def alarm(self) -> int | None:
        """When it goes on, in seconds of the world's clock."""
        return self._next

    def on_alarm(self, now: int) -> None:
        """Open the issue, or bring what is due, until it sleeps or ends."""
        self._next = None
        for event in self._going_on():
            for line in told(event, self.number):
                self._say(line)
            if isinstance(event, Nap):
                self._next = now + max(1, round(event.length.total_seconds()))
                return
            self.ended = event if isinstance(event, Ended) else None

    def _going_on(self) -> Iterator[Event]:
        if self._events is None and self._order is not None:
            self.number, order = begin(self._set.desk(), self._order)
            self._events = play(self._set.desk, order, self.number)
        return self._events or iter(())


@contextmanager
def seated(set_: Stage, wish: Any, say: Callable[[str], None]) -> Iterator[LivePlay]:
    """The game that a scenario names, at the token of whoever plays it. Raises UsageProblem for one that is none."""
    from stanch.sandbox.scenario import ScenarioError, offset  # noqa: PLC0415 # the sandbox is an extra

    if wish is None:
        yield LivePlay(set_, None, 0, say)
        return
    if not isinstance(wish, Mapping) or "scenario" not in wish:
        raise UsageProblem("`game` of a scenario names what is played: {scenario: leaked-secret, who: alex, at: +2m}.")

    game = read_game(str(wish["scenario"]))
    try:
        starts = set_.world.clock.now + offset(wish.get("at", "+1m"))
        look = timedelta(seconds=offset(wish.get("look", "+1m")))
    except ScenarioError as problem:
        raise UsageProblem(f"game: {problem}.") from problem
    order = Order(game, (), 1.0, game.lasts, look)
    if "who" not in wish:
        yield LivePlay(set_, order, starts, say)
        return
    with set_.seat(str(wish["who"])) as seat:
        yield LivePlay(seat, order, starts, say)


def first(*rings: Rings) -> int | None:
    """The next instant at which any of them rings."""
    return min((at for one in rings if (at := one.alarm()) is not None), default=None)


def ring(now: int, *rings: Rings) -> None:
    """Ring those whose time it is."""
    for one in rings:
        at = one.alarm()
        if at is not None and at <= now:
            one.on_alarm(now)
