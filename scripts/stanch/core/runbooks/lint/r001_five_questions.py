"""R001: the five questions of the first minute are answered somewhere in the repository."""

import re
from collections.abc import Callable, Iterator, Mapping

from stanch.core.config import DEFAULT_RULES
from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule


class FiveQuestions(Rule):
    """Where do I look first, how do I roll back, whom do I tell, which severities are there, who is on call."""

    code = "R001"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for question, is_answered in QUESTIONS.items():
            if not is_answered(library):
                yield self.found(question, "")


def _look(library: Library) -> bool:
    return any(one.look for one in library.config.services.values()) or _has_section(library, "First look")


def _roll_back(library: Library) -> bool:
    return any(one.rollback for one in library.config.services.values()) or _has_section(library, "Roll back")


def _tell(library: Library) -> bool:
    return _has_section(library, "Escalate") or _has_heading(
        library, r"tell|told|communicat|inform|notif|escalat|client"
    )


def _severities(library: Library) -> bool:
    return library.config.rules != DEFAULT_RULES or _has_heading(library, r"severit")


def _on_call(library: Library) -> bool:
    named = library.config.people or library.config.oncall.layers or library.config.oncall.lead
    return bool(named) or _has_heading(library, r"on[ -]?call|rotation|rota\b|who is called")


QUESTIONS: Mapping[str, Callable[[Library], bool]] = {
    "look": _look,
    "roll-back": _roll_back,
    "tell": _tell,
    "severities": _severities,
    "on-call": _on_call,
}
"""Each with what answers it."""


def _has_section(library: Library, title: str) -> bool:
    sections = (leaf.runbook.section(title) for leaf in library.runbooks)
    return any(section is not None and section.text.strip() for section in sections)


def _has_heading(library: Library, words: str) -> bool:
    """Whether a page that is no runbook has a heading with one of these words."""
    runbooks = {leaf.path for leaf in library.runbooks}
    pattern = re.compile(rf"\b(?:{words})", re.IGNORECASE)
    heads = (head for path, sheet in library.sheets.items() if path not in runbooks for head in sheet.heads)
    return any(pattern.search(head.title) for head in heads)
