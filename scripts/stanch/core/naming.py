"""A write in a few words, without any text from people: for logs."""

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
    Write,
)


def named(write: Write) -> str:  # noqa: C901, PLR0911 # one arm for each kind of write
    """What a write does, and to which issue."""
    match write:
        case CreateComment():
            return f"comment {write.key} on #{write.number}"
        case EditComment():
            return f"edit of comment {write.comment_id} on #{write.number}"
        case AddLabels():
            return f"label {', '.join(write.labels)} on #{write.number}"
        case RemoveLabel():
            return f"label {write.label} off #{write.number}"
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
