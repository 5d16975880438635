"""Every label of Stanch: its colour, what GitHub shows beside it, and who sets it."""

from dataclasses import dataclass

LONGEST_DESCRIPTION = 100
"""Characters of a label's description, GitHub's limit."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label. `color` is six hex digits; `setter` and `meaning` are what README says of it."""

    name: str
    color: str
    description: str
    setter: str
    meaning: str


TABLE = (
    Label(
        "sev-1",
        "b60205",
        "Incident: down, data at risk, or revenue stopped",
        "people, or `/sev 1 why`",
        "The issue is an incident. The newest severity counts; the others go.",
    ),
    Label("sev-2", "d93f0b", "Incident: a major feature is broken", "people, or `/sev 2 why`", "The same."),
    Label("sev-3", "fbca04", "Incident: partly broken; there is a workaround", "people, or `/sev 3 why`", "The same."),
    Label(
        "sev-4",
        "c5def5",
        "Incident: cosmetic; recorded, without a clock",
        "people, or `/sev 4 why`",
        "Recorded, without a card or a clock.",
    ),
    Label(
        "client-report",
        "5319e7",
        "A client reports something broken; it needs triage",
        "the form, or Stanch",
        "A client reports something broken, and it needs triage.",
    ),
    Label("post-mortem", "1d76db", "What an incident taught", "Stanch", "The issue is a post-mortem."),
    Label(
        "root-cause",
        "c2e0c6",
        "What a hotfix left to be mended, with an owner and a date",
        "Stanch, with `bug`",
        "What a hotfix left to be mended, with an owner and a date.",
    ),
    Label(
        "review-owed",
        "f9d0c4",
        "It reached production round the gate and has to be read",
        "Stanch",
        "Something reached production round the gate, and has to be read.",
    ),
    Label(
        "containment",
        "e99695",
        "Something that stopped the bleeding is still in place",
        "Stanch",
        "Something that stopped the bleeding is still in place.",
    ),
    Label(
        "open-items",
        "fef2c0",
        "A post-mortem of which something is still open",
        "Stanch",
        "Something of this post-mortem is open: an action item, or a word on whether clients were told.",
    ),
    Label(
        "incident-dashboard",
        "0e6e6e",
        "The one issue that lists what is open everywhere",
        "Stanch",
        "The one issue that lists what is open everywhere.",
    ),
    Label(
        "incident-handover",
        "c5def5",
        "Whoever was on call tells whoever comes next what to know",
        "Stanch",
        "Whoever was on call tells whoever comes next what to know ([docs/handover.md](docs/handover.md)).",
    ),
    Label(
        "overdue",
        "d4a72c",
        "A post-mortem or one of its action items is past its date",
        "Stanch",
        "A post-mortem or one of its action items is past its date.",
    ),
    Label("false-alarm", "bfdadc", "Nothing was wrong", "Stanch", "Nothing was wrong."),
)

NAMES = tuple(label.name for label in TABLE)
