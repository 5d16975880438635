"""Which service needs which: names that do not exist, circles, and the map."""

from functools import partial

import pytest
from tests.hostile_services import NAMES
from tests.steps import steps

from stanch.adapters.config_file import read_config
from stanch.core.config import Config, Service
from stanch.core.service_map import circles, flowchart


def config(**needs: list[str]) -> Config:
    return Config(services={name: Service(needs=tuple(others)) for name, others in needs.items()})


def told(found: Config) -> list[str]:
    return [one.message for one in circles(found)]


def test_a_config_without_services_has_nothing_to_say() -> None:
    """No remark, and a map with nothing on it."""
    assert told(Config()) == []
    assert flowchart({}) == "flowchart LR\n"


def test_what_a_service_needs_is_read() -> None:
    """Each name once, in the order in which they are written."""
    loaded = read_config("services:\n  web: {needs: [api, api, 7]}\n  api: {}\n  7: {}\n")
    assert loaded.problems == ()
    assert loaded.config.services["web"].needs == ("api", "7")


def test_a_name_that_is_no_service_is_told_where_it_stands() -> None:
    """With the one that was probably meant; whatever else is wrong is told too."""
    text = "services:\n  web:\n    needs: [aip, billing, [x], true]\n  api: {need: []}\n"
    assert [str(problem).removeprefix(".github/stanch.yml:") for problem in read_config(text).problems] == [
        '3:13: services.web.needs[1] is "aip", which is no service here; did you mean "api"?',
        '3:18: services.web.needs[2] is "billing", which is no service here',
        "3:27: services.web.needs[3] is a list; write a text, in quotes if it could be taken for something else",
        "3:32: services.web.needs[4] is true; write a text, in quotes if it could be taken for something else",
        '4:9: unknown key "need"; did you mean "needs"?',
    ]


@pytest.mark.parametrize("services", ["[]", "text", "{web: [], api: {needs: {}}}"])
def test_a_section_of_another_shape_is_told_once(services: str) -> None:
    """What is no mapping needs nothing."""
    assert not [one for one in read_config(f"services: {services}").problems if "no service" in one.message]


def test_circles_are_told_and_forbidden_by_nothing() -> None:
    """Two services may well need each other; that is known before both are down."""
    loop = config(web=["api", "db"], api=["db"], db=["cache"], cache=["api"], alone=["alone"])
    remedy = "say in a runbook what starts first when all of it is down"
    assert told(loop) == [
        f"api is in a circle: api → db → cache → api; {remedy}",
        f"alone needs itself; {remedy}",
    ]
    assert told(config(web=["api", "db"], api=["db"], db=[])) == []
    assert next(one.path for one in circles(loop)) == ("services", "api", "needs")


def test_the_map_draws_who_needs_whom() -> None:
    """A box for each service, an arrow to each that it needs."""
    assert flowchart(config(web=["api"], api=[], batch=["api", "web"]).services) == (
        'flowchart LR\n  s1["web"]\n  s2["api"]\n  s3["batch"]\n  s1 --> s2\n  s3 --> s2\n  s3 --> s1\n'
    )


@pytest.mark.parametrize(("name", "shown"), NAMES.items())
def test_a_name_is_only_text_on_the_map(name: str, shown: str) -> None:
    """It closes no box, is no tag, no entity and no Markdown, and turns nothing around."""
    assert flowchart({name: Service()}) == f'flowchart LR\n  s1["{shown}"]\n'


def test_looking_for_circles_grows_with_the_arrows() -> None:
    """Twice the services, each of which needs the next ten, take at most three times the steps."""

    def ring(size: int) -> Config:
        return config(**{f"s{n}": [f"s{(n + k) % size}" for k in range(1, 11)] for n in range(size)})

    rings = [ring(size) for size in (200, 400)]
    small, large = (steps(partial(told, one)) for one in rings)
    assert large <= 3 * small
    (long,) = told(ring(400))
    assert len(long) < 300


def test_what_is_no_service_gets_no_arrow() -> None:
    """Whoever draws a config that is not right yet sees what is right of it."""
    assert flowchart({"web": Service(needs=("gone",))}) == 'flowchart LR\n  s1["web"]\n'
