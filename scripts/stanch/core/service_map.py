"""Which service needs which: the map of them, and the circles in which nothing can start first."""

from collections.abc import Iterator, Mapping

from stanch.core.config import Config, Service
from stanch.core.config_problems import Remark
from stanch.core.config_services import NEEDS, SECTION
from stanch.core.markdown import bare

LONGEST = 80
"""Characters of a service's name that are shown."""

MOST = 12
"""Services of a circle that are named."""

_ENTITIES = str.maketrans(
    {"#": "#35;", "%": "#37;", "`": "#96;", "&": "#amp;", '"': "#quot;", "<": "#lt;", ">": "#gt;"}
)
"""What Mermaid would read as more than text: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters"""


def flowchart(services: Mapping[str, Service]) -> str:
    """A Mermaid flowchart with an arrow from each service to what it needs; every name is only text in it."""
    ids = {name: f"s{number}" for number, name in enumerate(services, start=1)}
    boxes = [f'  {ids[name]}["{_label(name)}"]' for name in services]
    arrows = [
        f"  {ids[name]} --> {ids[needed]}" for name, one in services.items() for needed in one.needs if needed in ids
    ]
    return "\n".join(["flowchart LR", *boxes, *arrows]) + "\n"


def _label(name: str) -> str:
    return bare(name, LONGEST).translate(_ENTITIES) or "?"


def circles(config: Config) -> Iterator[Remark]:
    """Services that need each other all around: when all of them are down, none can start first."""
    for circle in _circles(config.services):
        way = " → ".join(bare(name, LONGEST) for name in (*circle[:MOST], *(["…"] if circle[MOST:] else []), circle[0]))
        said = "needs itself" if len(circle) == 1 else f"is in a circle: {way}"
        remedy = "say in a runbook what starts first when all of it is down"
        yield Remark((SECTION, circle[0], NEEDS), f"{bare(circle[0], LONGEST)} {said}; {remedy}")


def _circles(services: Mapping[str, Service]) -> Iterator[tuple[str, ...]]:
    """A circle for each knot of services, in the order of the config; within a knot the first one that is met."""
    done: set[str] = set()
    for start in services:
        if circle := _walked(services, start, done):
            yield circle


def _walked(services: Mapping[str, Service], start: str, done: set[str]) -> tuple[str, ...]:
    """The first circle that is met from here, empty for none. What was passed is `done`, so no arrow is taken twice."""
    way: dict[str, Iterator[str]] = {}
    step: str | None = start
    while step is not None:
        if step in way:
            names = tuple(way)
            done.update(names)
            return names[names.index(step) :]
        if step not in done:
            way[step] = iter([needed for needed in services[step].needs if needed in services])
        step = _onward(way, done)
    return ()


def _onward(way: dict[str, Iterator[str]], done: set[str]) -> str | None:
    """The next service to look at, after going back from where nothing leads on."""
    while way:
        name, ahead = way.popitem()
        step = next(ahead, None)
        if step is not None:
            way[name] = ahead
            return step
        done.add(name)
    return None
