"""A write in a few words, for logs: of what people wrote only the names of labels, on one line and harmless."""

from stanch.core.markdown import bare
from stanch.core.writes import (
    AddAssignees,
    AddLabels,
    CloseIssue,
    CreateComment,
    CreateIssue,
    EditComment,
    Minimise,
    React,
    RemoveAssignees,
    RemoveLabel,
    SetStatus,
    Write,
)

LONGEST_LABEL = 50
"""Characters of a label's name; GitHub takes no more."""


def named(write: Write) -> str:  # noqa: C901, PLR0911 # one arm for each kind of write
    """What a write does, and to which issue."""
    match write:
        case CreateComment():
            return f"comment {write.key} on #{write.number}"
        case EditComment():
            return f"edit of comment {write.comment_id} on #{write.number}"
        case AddLabels():
            return f"label {', '.join(map(_shown, write.labels))} on #{write.number}"
        case RemoveLabel():
            return f"label {_shown(write.label)} off #{write.number}"
        case AddAssignees():
            return f"assignment of {', '.join(write.logins)} to #{write.number}"
        case RemoveAssignees():
            return f"assignment of {', '.join(write.logins)} off #{write.number}"
        case React():
            return f"reaction {write.mark} to comment {write.comment_id} on #{write.number}"
        case CreateIssue():
            return f"new issue {write.key}"
        case CloseIssue():
            return f"closing of #{write.number} as {write.reason}"
        case Minimise():
            return f"folding away a second copy on #{write.number}"
        case SetStatus():
            return f"status {write.state} on {write.sha[:7]} of #{write.number}"


def _shown(label: str) -> str:
    """The runner takes `##[` for a command anywhere on a line."""
    return bare(label, LONGEST_LABEL).replace("##[", "##\u200b[")
