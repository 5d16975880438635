"""What a check finds: how sure and how bad it is, what fills its words, and what would mend it."""

from dataclasses import dataclass, field
from enum import StrEnum

from stanch.core.labels import Label
from stanch.core.wanted import View


class Verdict(StrEnum):
    """What is wrong is a fault; what should be known, but costs no incident, a warning. Unknown is neither."""

    FINE = "fine"
    WARNING = "warning"
    FAULT = "fault"
    UNKNOWN = "unknown"


GRAVITY = (Verdict.FAULT, Verdict.WARNING, Verdict.UNKNOWN, Verdict.FINE)
"""The worst first."""


@dataclass(frozen=True, slots=True)
class MakeLabels:
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class PaintLabels:
    """Give labels of ours their colour and their words, where nobody chose any."""

    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Enable:
    """Switch a workflow on again that GitHub has switched off."""

    file: str


@dataclass(frozen=True, slots=True)
class MakeRuleset:
    """A ruleset with what the default branch lacks. `rules` are in GitHub's words."""

    name: str
    branch: str
    rules: tuple[View, ...]


Mend = MakeLabels | PaintLabels | Enable | MakeRuleset
"""What `--fix` may do by itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`why` names its sentences in `templates/doctor/<code>.md`, `values` fill them.

    `place` is the page below the repository's where it is mended, empty for a file; `about` tells two findings of one
    kind apart.
    """

    code: str
    verdict: Verdict
    why: str
    values: View = field(default_factory=dict)
    place: str = ""
    about: str = ""
    mend: Mend | None = None

    @property
    def key(self) -> str:
        """The same as long as the same thing is wrong."""
        return ":".join(part for part in (self.code, self.why, self.about) if part)


def row(one: Finding, url: str) -> dict[str, object]:
    """A finding as the templates show it; `url` is the repository's page."""
    return {
        "code": one.code,
        "verdict": one.verdict.value,
        "why": one.why,
        "about": one.about,
        "values": dict(one.values),
        "place": f"{url}/{one.place}" if one.place else "",
        "mended": one.mend is not None,
    }
