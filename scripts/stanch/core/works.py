"""Pull requests that mention an incident."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LinkedWork:
    """A pull request that mentions the incident."""

    number: int
    title: str
    url: str
    by: str
    at: datetime
    merged_at: datetime | None
    open: bool
