"""R014: an alert leads to one runbook."""

from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Leaf, Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.severity import same_name

KEY = "alerts"


class Alerts(Rule):
    """No alert is named by two runbooks: at night nobody should have to choose."""

    code = "R014"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        naming: dict[str, list[Leaf]] = {}
        for leaf in library.runbooks:
            for name in dict.fromkeys(map(same_name, leaf.runbook.alerts)):
                naming.setdefault(name, []).append(leaf)
        for leaf in library.runbooks:
            for alert in leaf.runbook.alerts:
                others = [one.path for one in naming[same_name(alert)] if one is not leaf]
                if others:
                    yield self.found("shared", leaf.path, _line(leaf, alert), alert=alert, others=others)


def _line(leaf: Leaf, alert: str) -> int:
    places = {leaf.runbook.places[path].line for path in leaf.runbook.places if path[:1] == (KEY,) and len(path) > 1}
    return next((line for line in sorted(places) if alert in leaf.sheet.lines[line - 1]), leaf.runbook.place(KEY).line)
