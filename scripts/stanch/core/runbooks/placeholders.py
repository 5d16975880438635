"""What a runbook leaves for the team to fill in: `<SERVICE>`, `<STATUS-PAGE-URL>`."""

import re
from collections.abc import Iterator

PLACEHOLDER = re.compile(
    r"(?<!<)<(?!(?:BR|HR|DIV|SPAN|IMG|KBD|SUB|SUP|PRE|DETAILS)>)[A-Z][A-Z0-9]{1,30}(?:-[A-Z0-9]{1,30}){0,8}>"
)
"""Two capitals or more, digits and dashes between angle brackets; no heredoc, and no tag."""


def is_placeholder(text: str) -> bool:
    """Whether a text is a placeholder and nothing else."""
    return PLACEHOLDER.fullmatch(text.strip()) is not None


def holds_placeholder(text: str) -> bool:
    """Whether a placeholder stands anywhere in a text."""
    return PLACEHOLDER.search(text) is not None


def placeholders(line: str) -> Iterator[tuple[int, str]]:
    """Each placeholder of a line with its column, counted from 1."""
    return ((found.start() + 1, found[0]) for found in PLACEHOLDER.finditer(line))
