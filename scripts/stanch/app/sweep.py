"""`stanch sweep`: look at everything that is open, and pay what events and broken runs left owing."""

from collections.abc import Iterator
from datetime import timedelta

from stanch.adapters.reader import Watch
from stanch.app.desk import Desk
from stanch.app.road import Outcome, carry, rules
from stanch.core.config import DEFAULTS, Config
from stanch.core.errors import NoSuchThread
from stanch.core.severity import Severity
from stanch.core.thread import Repository
from stanch.practices.contain import LABEL as CONTAINMENT

LOOKING_BACK = timedelta(hours=96)
"""How far back closed incidents are looked at: a post-mortem may still be owed by a run that broke."""


ANYTHING = timedelta(hours=26)
"""How far back a sweep looks at whatever was touched, labelled or not: an incident that was declared in a form or
by a command bears no label yet when the run that should have put it on broke. Two sweeps are a day apart at most.
"""


def watches(config: Config, desk: Desk) -> tuple[Watch, ...]:
    """What a sweep reads: what is open, what was closed or touched lately, and what is still contained.

    A closed incident may owe a post-mortem whatever severity it bears: the highest one that it held decides.
    """
    lately = desk.now - LOOKING_BACK
    severities = [severity.label for severity in Severity]
    closed = {name for label in severities for name in (label, *config.aliases.get(label, ()))}
    return (
        *(Watch(label) for label in config.watched_labels()),
        Watch("", ("OPEN", "CLOSED"), desk.now - ANYTHING),
        *(Watch(label, ("CLOSED",), lately) for label in sorted(closed)),
        Watch(CONTAINMENT, ("CLOSED",)),
    )


def sweep(desk: Desk) -> Iterator[Outcome]:
    """Every watched thread's outcome, one at a time; memory does not grow with their number.

    Raises what reading the list raises. A thread that cannot be read any more is left to the next sweep.
    """

    def of_this_team(repository: Repository) -> tuple[Watch, ...]:
        return watches(rules(repository.config, repository.config_alternative).config, desk)

    for found in desk.reader.threads(watches(DEFAULTS, desk), of_this_team):
        try:
            yield carry(desk, found[1].number, found)
        except NoSuchThread as gone:
            yield Outcome(found[1].number, owed=(str(gone),), uncertain=False)
