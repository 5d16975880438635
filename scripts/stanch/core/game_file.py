"""The shape of a scenario's file, and what is wrong with one that somebody wrote."""

from datetime import timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import Field, PlainValidator, ValidationError

from stanch.core.arguments import KINDS
from stanch.core.config_problems import Problem, Source, did_you_mean, in_order, kind_of, quoted, spell_path
from stanch.core.config_section import Section
from stanch.core.config_values import Duration, Line, Prose, Switch, number
from stanch.core.game import Answer, Game, Hint, Input
from stanch.core.severity import Severity

MOST_INPUTS, MOST_HINTS, LONGEST_GAME = 50, 20, timedelta(hours=8)


def _kind(value: object) -> str:
    if isinstance(value, str) and value in KINDS:
        return value
    hint = did_you_mean(value, KINDS) if isinstance(value, str) else ""
    raise ValueError(f"is {kind_of(value)}; write one of {', '.join(KINDS)}{hint}")


Level = Annotated[int, PlainValidator(number(1, 3))]
Kind = Annotated[str, PlainValidator(_kind)]


class WrittenInput(Section):
    at: Duration
    who: Line
    text: Prose


class WrittenHint(Section):
    after: Duration
    text: Prose


class WrittenAnswer(Section):
    text: Prose = ""
    severity: Level | None = None
    contain: list[Kind] | None = Field(None, max_length=len(KINDS))
    within: Duration | None = None
    handover: Switch = False


class WrittenGame(Section):
    title: Line
    severity: Level
    alert: Prose
    lasts: Duration
    inputs: list[WrittenInput] | None = Field(None, max_length=MOST_INPUTS)
    hints: list[WrittenHint] | None = Field(None, max_length=MOST_HINTS)
    answer: WrittenAnswer | None = None


def game_of(name: str, source: Source) -> tuple[Game | None, tuple[Problem, ...]]:
    """The scenario that a file holds; None, and everything that is wrong with it, if something is."""
    if source.problems:
        return None, in_order(source.problems)
    try:
        written = WrittenGame.model_validate(source.value)
    except ValidationError as error:
        rows = error.errors(include_url=False)
        return None, in_order(source.problem(row["loc"], _told(row["loc"], row["type"], row)) for row in rows)
    problems = in_order(_out_of_time(source, written))
    return (None, problems) if problems else (_game(name, written), ())


def _told(path: tuple[str | int, ...], kind: str, row: object) -> str:
    where = spell_path(path) or "the file"
    match kind:
        case "extra_forbidden":
            return f"unknown key {quoted(str(path[-1]))}"
        case "missing":
            return f"{where} is missing"
        case "value_error" if isinstance(row, dict):
            return f"{where} {row['ctx']['error']}"
        case "too_long":
            return f"{where} has too many entries"
        case _:
            return f"{where} has the wrong shape; see docs/game-days.md"


def _out_of_time(source: Source, written: WrittenGame) -> list[Problem]:
    """What comes before the one before it, or after the end."""
    ats: dict[str, list[timedelta]] = {
        "inputs": [one.at for one in written.inputs or ()],
        "hints": [one.after for one in written.hints or ()],
    }
    found = []
    if written.lasts > LONGEST_GAME:
        found.append(source.problem(("lasts",), "lasts is more than 8h; a game day is shorter"))
    if written.answer and written.answer.within and written.answer.within > written.lasts:
        found.append(source.problem(("answer", "within"), "answer.within is longer than the game (lasts)"))
    for name, times in ats.items():
        for place, (before, at) in enumerate(pairwise((timedelta(0), *times))):
            if at < before:
                found.append(source.problem((name, place), f"{name}[{place + 1}] comes before the one above it"))
            if at > written.lasts:
                found.append(source.problem((name, place), f"{name}[{place + 1}] comes after the end (lasts)"))
    return found


def _game(name: str, written: WrittenGame) -> Game:
    answer, hints = written.answer or WrittenAnswer(), written.hints or []
    return Game(
        name=name,
        title=written.title,
        severity=Severity(written.severity),
        alert=written.alert,
        lasts=written.lasts,
        inputs=tuple(Input(one.at, one.who, one.text) for one in written.inputs or ()),
        hints=tuple(Hint(one.after, one.text) for one in hints),
        answer=Answer(
            text=answer.text,
            severity=answer.severity or 0,
            contain=tuple(answer.contain or ()),
            within=int(answer.within.total_seconds()) if answer.within else 0,
            handover=answer.handover,
            hints=len(hints),
        ),
    )
