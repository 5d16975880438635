"""What is wrong with the section `oncall:` as a whole, where each of its values is right by itself."""

from collections.abc import Iterator, Sequence
from itertools import chain

from pydantic import ValidationError

from stanch.core.clock import zone_named
from stanch.core.config_oncall import Oncall, Turns, decided, names
from stanch.core.config_problems import Path, Problem, Source, Value, did_you_mean, quoted, spell_path
from stanch.core.rota import LEAD, PRIMARY, SECONDARY, WEEK

SECTION = "oncall"

ANYBODY = (PRIMARY, SECONDARY)
"""People whose names do not matter, where those of the team take turns: how many there are is not known here."""


def oncall_problems(source: Source) -> Iterator[Problem]:
    """Everything that two values of the section say against each other; nothing while one of them is wrong itself."""
    top = source.value if isinstance(source.value, dict) else {}
    try:
        written = Oncall.model_validate(top.get(SECTION) or {})
    except ValidationError:
        return
    found = chain(_who(written), _twice(written), _weekdays(written), _overrides(written, _team_zone(top)))
    yield from (source.problem((SECTION, *path), f"{spell_path((SECTION, *path))} {said}") for path, said in found)


def nobody_in_turn(source: Source, written: Oncall | None, people: list[str] | None) -> Iterator[Problem]:
    """Turns that nobody takes: neither the section nor the team's `people` names anybody."""
    if written is not None and written.takes_turns and not (written.people or written.layers or people):
        yield source.problem((SECTION,), f"{SECTION} says when turns change, but not who takes them; add people to it")


def _team_zone(top: dict[str, Value]) -> str:
    team = top.get("team")
    zone = team.get("zone") if isinstance(team, dict) else None
    return zone if isinstance(zone, str) and zone_named(zone) else "UTC"


Found = Iterator[tuple[Path, str]]
"""Where something is wrong below the section, and what."""


def _who(written: Oncall) -> Found:
    if written.people and written.layers:
        yield ("people",), "and oncall.layers both say who takes turns; write one of them"
    if LEAD in (written.layers or {}):
        yield ("layers", LEAD), 'cannot be a layer: who is called last is told by "lead" beside "layers"'


def _twice(written: Oncall) -> Found:
    lists: list[tuple[Path, Sequence[str]]] = [(("people",), written.people or ())]
    lists += [(("layers", name, "people"), layer.people) for name, layer in (written.layers or {}).items()]
    for path, people in lists:
        logins = [login.lower() for login in people]
        for place, login in enumerate(logins):
            if login in logins[:place]:
                yield (
                    (*path, place),
                    f"is {quoted(people[place])}, who already stands in {spell_path((SECTION, *path))}",
                )


def _weekdays(written: Oncall) -> Found:
    """A weekday means nothing where turns last for days."""
    sections: list[tuple[Path, Turns]] = [((), written)]
    sections += [(("layers", name), layer) for name, layer in (written.layers or {}).items()]
    for path, section in sections:
        days = section.period or written.period or WEEK
        if section.handover is not None and section.handover.weekday is not None and days % WEEK:
            yield (*path, "handover"), f"names a weekday, but turns of {days} days change on any; write the time alone"


def _overrides(written: Oncall, team: str) -> Found:
    zones = {layer.name: layer.zone for layer in decided(written, ANYBODY, team).layers}
    for place, one in enumerate(written.overrides or ()):
        path: Path = ("overrides", place)
        known = names(written, ANYBODY)
        if one.layer is not None and one.layer not in known:
            yield (*path, "layer"), f"is {quoted(one.layer)}, which is no layer{_known(one.layer, known)}"
        where = zones.get(one.layer or known[0], team)
        if one.from_.begins(where) >= one.to.ends(where):
            yield (*path, "to"), "is not after from; the override would end before it begins"


def _known(name: str, known: Sequence[str]) -> str:
    return did_you_mean(name, known) or f"; there are {', '.join(known)}"
