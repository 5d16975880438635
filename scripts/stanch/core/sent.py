"""What this run has already sent. A read may lag behind it, so it counts as present until the run ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from stanch.core.writes import CreateComment, CreateIssue, Write


@dataclass(frozen=True, slots=True)
class Sent:
    """`comments` and `issues` map a key to the id or number that GitHub answered, 0 when it did not.

    `refused` are the writes that got a definite no: not tried again in this run, and not there either.
    """

    writes: tuple[Write, ...] = ()
    comments: Mapping[str, int] = field(default_factory=dict)
    issues: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[Write, ...] = ()

    def plus(self, write: Write, id_: int | None) -> "Sent":
        """The same with one write more, answered with this id or number, if with any."""
        comments, issues = dict(self.comments), dict(self.issues)
        if isinstance(write, CreateComment):
            comments[write.key] = id_ or 0
        if isinstance(write, CreateIssue):
            issues[write.key] = id_ or 0
        return Sent((*self.writes, write), comments, issues, self.refused)

    def tried(self, write: Write) -> "Sent":
        """The same after a definite no: not to be tried again in this run, and not there either."""
        return replace(self, refused=(*self.refused, write))
