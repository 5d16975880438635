"""R017: the services that a runbook names are those of the config."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.config_problems import nearest
from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.severity import same_name

KEY = "services"

MOST_GUESSED = 5
"""Names of a page for which is said what was probably meant."""


class KnownServices(Rule):
    """Where the config names services, a runbook names no other: a slip is an error, a stranger only a warning."""

    code = "R017"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        known = {same_name(name): name for name in library.config.services}
        for leaf in library.runbooks if known else ():
            strangers = [name for name in leaf.runbook.services if same_name(name) not in known]
            for count, name in enumerate(strangers):
                meant = nearest(name, known.values()) if count < MOST_GUESSED else ""
                one = self.found("unknown", leaf.path, leaf.runbook.place(KEY).line, service=name, meant=meant)
                yield one if meant else replace(one, gravity=Gravity.WARNING)
