"""The words of Stanch: a template and a view of plain values become what a person reads.

`<name>.md` is Markdown, `<name>.txt` is one line of plain text, such as an issue's title, and `<name>.text` is plain
text of several lines for services that read no Markdown: its first line is a headline. In all of them every text from
a view is made harmless, unless a filter made it so or its type is `core.markdown.Safe`.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from stanch.core.drill_bounds import MARK
from stanch.core.markdown import TITLE, Safe, bare, plain
from stanch.core.wanted import Text

if TYPE_CHECKING:
    from stanch.render.environment import Environment

_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_END = re.compile(r"[ \t]*(?:\r\n?|\n)")


class Words:
    """All templates. Calling it turns a `Text` into what is sent."""

    def __init__(self, markdown: "Environment", text: "Environment", letter: "Environment") -> None:
        self._markdown = markdown
        self._text = text
        self._letter = letter
        self.names = frozenset(markdown.list_templates())

    @staticmethod
    def load(overrides: Mapping[str, str] | None = None) -> "Words":
        """The templates of the wheel or the checkout; `overrides` maps a file's name to its text.

        Without any, what was loaded before is given again: compiling the templates takes longer than filling them.
        """
        return _with(overrides) if overrides else _shipped()

    def __call__(self, text: Text) -> str:
        """Markdown with single blank lines, LF ends and one newline at its end; or one line without it.

        Raises TemplateProblemError, which names the template.
        """
        drill = text.view.get(MARK) is True
        if f"{text.template}.txt" in self.names:
            line = self._text.filled(f"{text.template}.txt", text.view)
            return _title(self._text.filled("notices/_drill.text", {"text": Safe(line)}) if drill else line)
        if f"{text.template}.text" in self.names:
            letter = tidy(self._letter.filled(f"{text.template}.text", text.view))
            return tidy(self._letter.filled("notices/_drill.text", {"text": Safe(letter)})) if drill else letter
        comment = tidy(self._markdown.filled(f"{text.template}.md", text.view))
        return tidy(self._markdown.filled("comments/_drill.md", {"text": Safe(comment)})) if drill else comment


@cache
def _shipped() -> Words:
    return _with({})


def _with(overrides: Mapping[str, str]) -> Words:
    from stanch.render.environment import Environment  # noqa: PLC0415 # Jinja only when words are needed

    return Words(Environment(overrides, plain), Environment(overrides, _title), Environment(overrides, _title))


def _title(text: str) -> str:
    return bare(text, TITLE)


def tidy(markdown: str) -> str:
    """No CR, no spaces at line ends, no two blank lines in a row, one newline at the end."""
    return _BLANK_LINES.sub("\n\n", _LINE_END.sub("\n", markdown)).strip("\n") + "\n"
