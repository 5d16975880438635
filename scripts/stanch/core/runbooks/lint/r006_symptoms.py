"""R006: three symptoms, by which it is found and told from others."""

from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.severity import same_name

LEAST = 3
KEY = "symptoms"


class Symptoms(Rule):
    """The front matter lists three symptoms or more, each once: by these it is suggested."""

    code = "R006"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for leaf in library.runbooks:
            listed = [path for path in leaf.runbook.places if path[:1] == (KEY,) and len(path) == 2]
            if len(listed) < LEAST and not leaf.wrong(KEY):
                yield self.found("few", leaf.path, leaf.runbook.place(KEY).line, count=len(listed), least=LEAST)
            seen: set[str] = set()
            for place, symptom in enumerate(leaf.runbook.symptoms):
                if same_name(symptom) in seen:
                    line = leaf.runbook.place(KEY, place).line
                    yield self.found("again", leaf.path, line, symptom=symptom)
                seen.add(same_name(symptom))
