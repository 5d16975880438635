"""Every label that Stanch knows: its name, colour and description, and who sets it.

A repository may choose other colours and words. A label that is missing is a fault: a form drops in silence what the
repository does not have.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stanch.core.config import CLIENT_REPORT, POST_MORTEM
from stanch.core.dashboard import LABEL as DASHBOARD
from stanch.core.gate import REVIEW_OWED, ROOT_CAUSE
from stanch.core.handover import LABEL as HANDOVER
from stanch.core.postmortem import OPEN_ITEMS
from stanch.core.severity import Severity

CONTAINMENT, FALSE_ALARM, OVERDUE = "containment", "false-alarm", "overdue"
DRILL, RUNBOOK, SETUP = "drill", "runbook", "incident-setup"

LONGEST_DESCRIPTION = 100
"""Characters that GitHub keeps of a label's description."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label. `color` is six hexadecimal digits without `#`, as GitHub writes it."""

    name: str
    color: str
    description: str
    set_by: str


SEVERITIES = (
    Label(
        Severity.SEV_1.label, "b60205", "Incident: down, data at risk, or revenue stopped", "people, or `/sev 1 why`"
    ),
    Label(Severity.SEV_2.label, "d93f0b", "Incident: a major feature is broken", "people, or `/sev 2 why`"),
    Label(
        Severity.SEV_3.label, "fbca04", "Incident: partly broken, and there is a workaround", "people, or `/sev 3 why`"
    ),
    Label(Severity.SEV_4.label, "c5def5", "Cosmetic: recorded, without a card or a clock", "people, or `/sev 4 why`"),
)

LABELS = (
    *SEVERITIES,
    Label(CLIENT_REPORT, "5319e7", "A client reports something broken, and it needs triage", "the form, or Stanch"),
    Label(POST_MORTEM, "1d76db", "The post-mortem of an incident", "Stanch"),
    Label(ROOT_CAUSE, "c2e0c6", "What a hotfix left to be mended, with an owner and a date", "Stanch, with `bug`"),
    Label(REVIEW_OWED, "f9d0c4", "Reached production round the gate, and has to be read", "Stanch"),
    Label(CONTAINMENT, "e99695", "Something that stopped the bleeding is still in place", "Stanch"),
    Label(OPEN_ITEMS, "fef2c0", "Something of this post-mortem is open", "Stanch"),
    Label(DASHBOARD, "0e6e6e", "The one issue that lists what is open everywhere", "Stanch"),
    Label(HANDOVER, "c5def5", "What whoever was on call tells whoever comes next", "Stanch"),
    Label(OVERDUE, "d4a72c", "A post-mortem or one of its action items is past its date", "Stanch"),
    Label(FALSE_ALARM, "bfdadc", "Nothing was wrong", "Stanch"),
    Label(RUNBOOK, "bfd4f2", "A runbook that did not help, for whoever owns it", "Stanch"),
    Label(SETUP, "d876e3", "What is wrong with the set-up of the incident process", "Stanch"),
    Label(DRILL, "ededed", "A game day: kept out of every figure, notice and client message", "`stanch drill --live`"),
)
"""In the order in which the docs list them."""


def missing(there: Iterable[str], wanted: Iterable[Label] = LABELS) -> Iterator[Label]:
    """The labels that a repository lacks. GitHub finds a label by its name without case, and in no other spelling."""
    names = {name.casefold() for name in there}
    return (label for label in wanted if label.name.casefold() not in names)
