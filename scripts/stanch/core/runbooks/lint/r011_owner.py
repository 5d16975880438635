"""R011: somebody keeps it right, and is somebody."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.config import Config
from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule

KEY = "owner"


class Owner(Rule):
    """Every page has an owner; where the config names people, one of them. A placeholder is told of as such."""

    code = "R011"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        people = _people(library.config)
        for leaf in library.leaves:
            owner, line = leaf.runbook.owner, leaf.runbook.place(KEY).line
            if owner is None:
                if not (leaf.wrong(KEY) or leaf.unfilled(KEY)):
                    yield self.found("nobody", leaf.path, line)
            elif people and owner.lower() not in people:
                yield replace(self.found("stranger", leaf.path, line, owner=owner), gravity=Gravity.WARNING)


def _people(config: Config) -> frozenset[str]:
    """Everybody whom the config calls."""
    oncall = (login for layer in config.oncall.layers for login in layer.people)
    owners = (one.owner for one in config.services.values() if one.owner)
    named = (*config.people, *oncall, *owners, *((config.oncall.lead,) if config.oncall.lead else ()))
    return frozenset(login.lower() for login in named)
