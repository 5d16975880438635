"""Who has a hand in an incident: each change of that, as it was said or as GitHub recorded it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Part(StrEnum):
    """What changed about somebody's part in the work."""

    ON = "on"
    OFF = "off"
    LEAD = "lead"
    COMMS = "comms"


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody was put on the work, taken off it, or given the lead or the word to the clients.

    By a command (`url`), or on the issue itself.
    """

    login: str
    part: Part
    at: datetime
    by: str
    url: str = ""
