"""The words with a team's own templates in place of ours: one that does not work never costs a text."""

from collections.abc import Mapping

from stanch.core.markdown import BODY
from stanch.core.own_templates import own_file
from stanch.core.plan import Words
from stanch.core.wanted import Text
from stanch.render.words import tidy

LONGEST = BODY - 1_000
"""Bytes that a text from a template of a team's own may have."""


class OwnWords:
    """Fills the team's own template where there is one, and ours where there is none or it does not work.

    `problems` says what was wrong with theirs, by file and line, once for each file.
    """

    def __init__(self, shipped: Words, files: Mapping[str, str]) -> None:
        self._shipped = shipped
        self._files = files
        self._problems: dict[str, str] = {}

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(self._problems.values())

    def __call__(self, text: Text) -> str:
        """Raises what the shipped words raise."""
        name = own_file(text.template)
        if name not in self._files:
            return self._shipped(text)
        from stanch.render.own_template import OwnTemplateError, filled  # noqa: PLC0415 # Jinja only when needed

        try:
            return _harmless(tidy(filled(name, self._files[name], text.view, LONGEST)))
        except OwnTemplateError as problem:
            mend = "Mend it, and look at it with `stanch postmortem new`; until then the layout that ships is used."
            self._problems[name] = f"{problem.told(name)}. {mend}"
            return self._shipped(text)


def _harmless(markdown: str) -> str:
    """No comment of HTML: nothing in it can pass for a marker, and all that is there is seen."""
    return markdown.replace("<!--", "&lt;!--")
