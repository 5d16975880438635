"""What the team decided when Stanch was brought in: the answers to at most four questions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import available_timezones

from stanch.core.login import is_login
from stanch.core.setup.found import Found
from stanch.core.setup.severities import proposals

MOST_PEOPLE = 8
"""More are not proposed: who is called at night should be somebody's decision."""


@dataclass(frozen=True, slots=True)
class Choices:
    """`people` in the order of calling. `zone` "" is undecided; `clients` None too, and () means that there are none.

    `labels` maps `sev-1` … `sev-4` to further labels. `prepare` are the commands that make the tests ready to run,
    where the repository's own files do not tell.
    """

    people: tuple[str, ...] = ()
    zone: str = ""
    clients: tuple[str, ...] | None = None
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prepare: tuple[str, ...] = ()


def proposed_people(found: Found) -> tuple[str, ...]:
    """Whom to call: the users in CODEOWNERS, else those who may push; nobody where either are too many."""
    likely = found.owners or found.writers or ()
    return likely if len(likely) <= MOST_PEOPLE else ()


def proposed_labels(found: Found) -> Mapping[str, tuple[str, ...]]:
    """Labels of the repository's own that seem to mean a severity."""
    return proposals(found.labels or ())


def logins(text: str) -> tuple[str, ...] | None:
    """The logins in an answer, with or without @ and commas, each once; None when one cannot be a login."""
    words = [word.removeprefix("@") for word in re.split(r"[,\s]+", text.strip()) if word]
    first = {word.lower(): word for word in reversed(words)}
    return tuple(word for word in words if first.pop(word.lower(), None)) if all(map(is_login, words)) else None


def zone_named(text: str) -> str | None:
    """The time zone of an answer, spelt as it is known; None for one that nobody knows."""
    wanted = text.strip().replace(" ", "_").lower()
    known = (name for name in sorted(available_timezones()) if name != "localtime")
    return next((name for name in known if name.lower() == wanted), None)
