"""What a team should know of its rota: gaps, strangers, somebody alone in two layers, and who is never off."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations, groupby, islice
from operator import attrgetter

from stanch.core.config import Config
from stanch.core.config_problems import Path, Remark
from stanch.core.rota import Override, Rota, Shift

LOOKED_AT = timedelta(weeks=104)
"""How far turns are laid side by side, from when every layer has begun: two years, or until all had their turn."""

AT_MOST = timedelta(weeks=20 * 52)

START = datetime(2001, 1, 1, tzinfo=UTC)

SECTION = "oncall"


def gaps(config: Config) -> Iterator[Remark]:
    """A layer whose first turn begins after that of another: until then nobody is on call in it."""
    starts = {layer.name: layer.handover(0) for layer in config.oncall.layers}
    first = min(starts, key=lambda name: starts[name], default="")
    for layer in config.oncall.layers:
        if starts[layer.name].date() > starts[first].date():
            said = f"nobody is {layer.name} before {layer.first}, and {first} begins earlier; give both one starts"
            yield Remark((SECTION, "layers", layer.name, "starts"), said)


def strangers(config: Config) -> Iterator[Remark]:
    """Whoever is on call but not among `people`, where there are such: a call of all hands may forget them."""
    if not config.people:
        return
    known, told = {login.lower() for login in config.people}, set[str]()
    for path, login in _named(config.oncall):
        if login.lower() not in known | told:
            told.add(login.lower())
            yield Remark(path, f"{login} is not among people, so a call to all hands may leave them out")


def _named(rota: Rota) -> Iterator[tuple[Path, str]]:
    """Everybody whom the section names, each with a place."""
    for layer in rota.layers:
        yield from (((SECTION, "layers", layer.name, "people", n), login) for n, login in enumerate(layer.people))
    yield from (((SECTION, "overrides", n, "person"), one.login) for n, one in enumerate(rota.overrides))
    if rota.lead:
        yield (SECTION, "lead"), rota.lead


def alone_twice(config: Config) -> Iterator[Remark]:
    """One person in two layers at the same time: then nobody is behind them."""
    turns = _turns(config.oncall)
    for above, below in combinations(turns, 2):
        people = _both(turns[above], turns[below])
        if people:
            stand = "stands" if len(people) == 1 else "stand"
            said = f"{_listed(people)} at times {stand} alone in {above} and {below}; change one of the lists"
            yield Remark((SECTION, "layers", below, "people"), said)
    for place, override in enumerate(config.oncall.overrides):
        yield from _doubled(config.oncall, place, override)


def _doubled(rota: Rota, place: int, override: Override) -> Iterator[Remark]:
    """Whoever covers a layer while another one is theirs."""
    start, end = override.since, min(override.until, override.since + LOOKED_AT)
    near = tuple(one for one in rota.overrides if one.since < end and start < one.until)
    shifts = replace(rota, overrides=near).shifts(start, end)
    own = [one for one in shifts if one.layer == override.layer and one.swapped and _same(one.login, override.login)]
    theirs = [one for one in shifts if one.layer != override.layer and _same(one.login, override.login)]
    twice = (other for other in theirs if any(one.since < other.until and other.since < one.until for one in own))
    for other in islice(twice, 1):
        said = f"{override.login} is {other.layer} too while they cover {override.layer}; let somebody cover that"
        yield Remark((SECTION, "overrides", place, "person"), said)


def never_off(config: Config) -> Iterator[Remark]:
    """People who are on call in one layer or another at every moment: a small team hears it once, kindly."""
    own: dict[str, list[Shift]] = {}
    for shift in chain.from_iterable(_turns(config.oncall).values()):
        own.setdefault(shift.login.lower(), []).append(shift)
    start, end = _looked_at(config.oncall)
    people = tuple(shifts[0].login for shifts in own.values())
    always = [shifts[0].login for shifts in own.values() if _without_a_break(shifts, start, end)]
    if len(people) == 1 and always:
        said = (
            f"{people[0]} is always on call: agree on when nobody is called, and on somebody to ask when it is too much"
        )
        yield Remark((SECTION,), said)
    elif len(people) == len(always) == 2:
        said = f"neither {people[0]} nor {people[1]} is ever off: a third person, if only now and then, would give rest"
        yield Remark((SECTION,), said)
    elif always:
        are = "is" if len(always) == 1 else "are"
        said = f"{_listed(always)} {are} never off; more people, or fewer layers, would give rest"
        yield Remark((SECTION, "layers"), said)


def _looked_at(rota: Rota) -> tuple[datetime, datetime]:
    """The time in which turns are laid side by side."""
    start = max((layer.handover(0) for layer in rota.layers), default=START)
    rounds = (timedelta(days=layer.days * len(layer.people)) for layer in rota.layers)
    return start, start + min(max((LOOKED_AT, *rounds)), AT_MOST)


def _turns(rota: Rota) -> dict[str, list[Shift]]:
    """The turns of each layer in that time, without what overrides them."""
    shifts = Rota(rota.layers).shifts(*_looked_at(rota))
    return {name: list(turns) for name, turns in groupby(shifts, key=attrgetter("layer"))}


def _both(mine: list[Shift], others: list[Shift]) -> list[str]:
    """Who has a shift in both layers at the same time, each once."""
    found, place = set[str](), 0
    for one in mine:
        while place < len(others) and others[place].until <= one.since:
            place += 1
        found.update(one.login for other in _begun(others, place, one.until) if _same(one.login, other.login))
    return sorted(found)


def _begun(shifts: list[Shift], place: int, end: datetime) -> Iterator[Shift]:
    """The shifts from this place on that begin before an instant."""
    while place < len(shifts) and shifts[place].since < end:
        yield shifts[place]
        place += 1


def _without_a_break(shifts: list[Shift], start: datetime, end: datetime) -> bool:
    """Whether one of these shifts follows on another all the time."""
    covered = start
    for one in sorted(shifts, key=attrgetter("since")):
        if one.since > covered:
            return False
        covered = max(covered, one.until)
    return covered >= end


def _same(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def _listed(people: Iterable[str]) -> str:
    *most, last = people
    return f"{', '.join(most)} and {last}" if most else last
