"""What people say of a runbook that they followed: it worked, or it failed and why."""

import re
from dataclasses import dataclass, field
from datetime import datetime

LABEL = "runbook"
"""The label of an issue about a runbook that failed, and the kind of its key."""


def mending(runbook: str) -> str:
    """The end of the key of the issue that a runbook gets when it failed."""
    return f"{LABEL}/{slug(runbook)}"


def slug(runbook: str) -> str:
    """A runbook's name as it may stand in a key."""
    return re.sub(r"[^a-z0-9]+", "-", runbook.lower()).strip("-") or "x"


WORKED, FAILED = "worked", "failed"
"""The two verdicts, as they are typed."""


@dataclass(frozen=True, slots=True)
class Use:
    """A runbook, by its name, was followed during an incident; `why` is what was said about it. `at` is UTC."""

    runbook: str
    by: str
    at: datetime
    worked: bool
    why: str = ""
    url: str = field(default="", compare=False)
