"""`stanch oncall`: who is on call, until when, and who is next."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from stanch.app.config import rules_of
from stanch.app.report import COMMAND
from stanch.core.config import Config
from stanch.core.config_oncall import read_instant
from stanch.core.errors import UsageProblem
from stanch.core.handover import has_issues
from stanch.core.rota import LEAD, Shift
from stanch.core.wanted import Text
from stanch.render.words import Words

GAP = "   "


@dataclass(frozen=True, slots=True)
class Question:
    """Of which file, at which instant as somebody wrote it (without one at `now`), and for how many weeks from then."""

    file: str | None
    at: str | None
    now: datetime
    weeks: int


@dataclass(frozen=True, slots=True)
class Told:
    """What is printed, what is wrong with the file, and the exit code: 1 when nobody is named, 2 for a wrong file."""

    text: str
    problems: tuple[str, ...]
    exit_code: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Who is on call at an instant and until another one. `at` and `end` are UTC."""

    config: Config
    at: datetime
    weeks: int

    @property
    def end(self) -> datetime:
        return self.at + timedelta(weeks=self.weeks)

    @property
    def shifts(self) -> tuple[Shift, ...]:
        return self.config.oncall.shifts(self.at, self.end)

    @property
    def now(self) -> tuple[Shift, ...]:
        """The shift of each layer that is covered."""
        rota = self.config.oncall
        return tuple(shift for layer in rota.layers if (shift := rota.shift(layer, self.at)))

    @property
    def may_swap(self) -> bool:
        """Whether there are issues on which turns are swapped, which nobody reads here."""
        first = self.config.oncall.layers[:1]
        return any(len(layer.people) > 1 and has_issues(self.config.oncall, layer) for layer in first)

    @property
    def named(self) -> bool:
        """Whether the file names anybody at all."""
        return bool(self.config.people or self.config.oncall.people() or self.config.oncall.lead)


def told(question: Question, *, as_json: bool) -> Told:
    """The answer for a terminal or for a script. Raises UsageProblem for an instant or a file that cannot be read."""
    loaded = rules_of(question.file)
    picture = Picture(loaded.config, _instant(question, loaded.config), question.weeks)
    problems = tuple(map(str, loaded.problems))
    unread = bool(problems) and not picture.named  # whom the file names is not known
    text = json.dumps(_record(picture)) if as_json else "" if unread else "\n".join(_lines(picture))
    return Told(text, problems, 2 if problems else 0 if picture.named else 1)


def _instant(question: Question, config: Config) -> datetime:
    if question.at is None:
        return question.now
    try:
        return read_instant(" ".join(question.at.split())).begins(config.calendar.zone)
    except ValueError as problem:
        raise UsageProblem(f"--at {problem}.") from problem


def _record(picture: Picture) -> dict[str, object]:
    """Everything that a script may ask; times are UTC, people stand in the order of calling."""
    return {
        "at": picture.at.isoformat(),
        "zone": picture.config.calendar.zone,
        "on_call": [_shift(shift) for shift in picture.now],
        "lead": picture.config.oncall.lead or None,
        "people": list(picture.config.people),
        "until": picture.end.isoformat(),
        "shifts": [_shift(shift) for shift in picture.shifts],
        "swaps_read": False,
    }


def _shift(shift: Shift) -> dict[str, object]:
    since, until = shift.since.isoformat(), shift.until.isoformat()
    return {"layer": shift.layer, "login": shift.login, "since": since, "until": until, "override": shift.swapped}


def _lines(picture: Picture) -> Iterator[str]:
    """For a terminal: no line of them begins as a command to the runner does."""
    for line in _said(picture):
        yield COMMAND.sub("\\1\u200b::", line)


def _said(picture: Picture) -> Iterator[str]:
    zone, people = picture.config.calendar.zone, picture.config.people
    if not picture.named:
        yield _line("nobody")
        return
    if not picture.config.oncall.layers:
        yield _line("order", people=list(people), lead=picture.config.oncall.lead)
        return
    yield _line("now", at=picture.at, zone=zone)
    yield from (f"  {line}" for line in _now(picture))
    if not picture.now and people:
        yield _line("instead", people=list(people))
    rows = list(_rows(picture))
    if rows:
        yield ""
        yield _line("weeks", count=picture.weeks)
        yield from (f"  {line}" for line in _table(rows))
    if any(shift.swapped for shift in (*picture.now, *picture.shifts)):
        yield _line("starred")
    if picture.may_swap:
        yield _line("swaps")


def _now(picture: Picture) -> Iterator[str]:
    zone = picture.config.calendar.zone
    covered = {shift.layer: shift for shift in picture.now}
    for layer in picture.config.oncall.layers:
        shift = covered.get(layer.name)
        who = {"login": shift.login, "swapped": shift.swapped, "until": shift.until} if shift else {"login": ""}
        yield _line("duty", layer=layer.name, zone=zone, at=picture.at, first=layer.handover(0), **who)
    if picture.config.oncall.lead:
        yield _line("lead", layer=LEAD, login=picture.config.oncall.lead)


def _rows(picture: Picture) -> Iterator[list[str]]:
    """A row for each time from which somebody else is on call, with the head above them."""
    rota, zone, shifts = picture.config.oncall, picture.config.calendar.zone, picture.shifts
    starts = sorted({picture.at, *(one.since for one in shifts if one.since > picture.at)})
    seen = ((at, tuple(rota.shift(layer, at) for layer in rota.layers)) for at in starts)
    rows = groupby(seen, key=lambda row: [(one.login, one.swapped) if one else None for one in row[1]])
    if shifts:
        yield [_line("from"), *(_line("layer", layer=layer.name) for layer in rota.layers)]
    for _, same in rows if shifts else ():
        at, covered = next(same)
        cells = [_line("cell", login=one.login if one else "", swapped=bool(one and one.swapped)) for one in covered]
        yield [_line("at", at=at, zone=zone), *cells]


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _line(kind: str, **view: object) -> str:
    return Words.load()(Text("summary/oncall_line", {"kind": kind, **view})).rstrip()
