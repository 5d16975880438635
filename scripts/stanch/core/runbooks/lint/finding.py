"""What a rule for runbooks finds, and where."""

from dataclasses import dataclass, field

from stanch.core.lint.finding import Gravity
from stanch.core.wanted import View


@dataclass(frozen=True, slots=True)
class Finding:
    """`why` names its sentences in `templates/lint/runbooks/<code>.md`, `values` fill them.

    `path` is empty for what is said of all pages together. Lines and columns count from 1.
    """

    code: str
    gravity: Gravity
    why: str
    path: str
    line: int = 1
    column: int = 1
    values: View = field(default_factory=dict)
