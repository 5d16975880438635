"""What a rule of the linter finds, and how grave that is."""

from dataclasses import dataclass, field
from enum import StrEnum

from stanch.core.wanted import View


class Gravity(StrEnum):
    """An error stops a post-mortem from counting as finished; a warning and advice never do."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing or amiss. `why` names its sentences in `templates/lint/<code>.md`, `values` fill them.

    Lines and columns count from 1. `mended` is the whole `line` as it should read, where that is mechanical.
    """

    code: str
    gravity: Gravity
    why: str
    line: int
    line_end: int
    column: int = 1
    values: View = field(default_factory=dict)
    mended: str | None = None
