"""R017: the services that a runbook names are those of the config."""

from collections.abc import Iterator

from stanch.core.config_problems import nearest
from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.severity import same_name

KEY = "services"


class KnownServices(Rule):
    """Where the config names services, a runbook names no other: a slip there hides it when it is needed."""

    code = "R017"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        known = {same_name(name): name for name in library.config.services}
        for leaf in library.runbooks if known else ():
            for name in leaf.runbook.services:
                if same_name(name) not in known:
                    line = leaf.runbook.place(KEY).line
                    yield self.found("unknown", leaf.path, line, service=name, meant=nearest(name, known.values()))
