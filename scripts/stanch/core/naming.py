"""A write in a few words, for logs: of what people wrote only the names of labels, on one line and harmless."""

from functools import singledispatch

from stanch.core.markdown import bare
from stanch.core.writes import (
    AddAssignees,
    AddLabels,
    CloseIssue,
    CreateComment,
    CreateIssue,
    CreateRuleset,
    DefineLabel,
    EditComment,
    EditIssue,
    EnableWorkflow,
    Minimise,
    PaintLabel,
    Pin,
    React,
    RemoveAssignees,
    RemoveLabel,
    Send,
    SetStatus,
    StartWorkflow,
    Write,
)

LONGEST_LABEL = 50
"""Characters of a label's name; GitHub takes no more."""


@singledispatch
def named(write: Write) -> str:
    """What a write does, and to which issue. A test asks it about every kind of write."""
    return type(write).__name__


@named.register
def _(write: CreateComment) -> str:
    return f"comment {write.key} on #{write.number}"


@named.register
def _(write: EditComment) -> str:
    return f"edit of comment {write.comment_id} on #{write.number}"


@named.register
def _(write: AddLabels) -> str:
    return f"label {', '.join(map(_shown, write.labels))} on #{write.number}"


@named.register
def _(write: RemoveLabel) -> str:
    return f"label {_shown(write.label)} off #{write.number}"


@named.register
def _(write: AddAssignees) -> str:
    return f"assignment of {', '.join(write.logins)} to #{write.number}"


@named.register
def _(write: RemoveAssignees) -> str:
    return f"assignment of {', '.join(write.logins)} off #{write.number}"


@named.register
def _(write: React) -> str:
    return f"reaction {write.mark} to comment {write.comment_id} on #{write.number}"


@named.register
def _(write: CreateIssue) -> str:
    return f"new issue {write.key}"


@named.register
def _(write: CloseIssue) -> str:
    return f"closing of #{write.number} as {write.reason}"


@named.register
def _(write: EditIssue) -> str:
    return f"edit of #{write.number}"


@named.register
def _(write: Pin) -> str:
    return f"pinning of #{write.number}"


@named.register
def _(write: Minimise) -> str:
    return f"folding away a second copy on #{write.number}"


@named.register
def _(write: SetStatus) -> str:
    return f"status {write.state} on {write.sha[:7]} of #{write.number}"


@named.register
def _(write: Send) -> str:
    what = "message" if write.living else f"notice {write.kind}"
    return f"{what} of #{write.number} to {write.channel}"


@named.register
def _(write: StartWorkflow) -> str:
    return f"start of {write.workflow}"


@named.register
def _(write: DefineLabel) -> str:
    return f"new label {_shown(write.name)}"


@named.register
def _(write: PaintLabel) -> str:
    return f"colour and description for label {_shown(write.name)}"


@named.register
def _(write: EnableWorkflow) -> str:
    return f"switching on of {write.workflow}"


@named.register
def _(write: CreateRuleset) -> str:
    return f"new ruleset {write.name} for {_shown(write.branch)}"


def _shown(label: str) -> str:
    """The runner takes `##[` for a command anywhere on a line."""
    return bare(label, LONGEST_LABEL).replace("##[", "##\u200b[")
