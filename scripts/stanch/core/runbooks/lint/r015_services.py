"""R015: every service of the config has a runbook."""

from collections.abc import Iterator

from stanch.core.config_problems import Place
from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.severity import same_name


class Services(Rule):
    """A service without a runbook is mended from memory."""

    code = "R015"
    gravity = Gravity.WARNING

    def look(self, library: Library) -> Iterator[Finding]:
        covered = {same_name(name) for leaf in library.runbooks for name in leaf.runbook.services}
        for name in library.config.services:
            if same_name(name) not in covered:
                place = library.source.keys.get(("services", name), Place())
                yield self.found("bare", library.source.file, place.line, place.column, service=name)
