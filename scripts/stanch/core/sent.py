"""What this run has already sent. A read may lag behind it, so it counts as present until the run ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from stanch.core.outbox import Receipt
from stanch.core.writes import CreateComment, CreateIssue, Write


@dataclass(frozen=True, slots=True)
class Sent:
    """`comments` and `issues` map a key to the id or number that GitHub answered, 0 when it did not.

    `refused` are the writes that got a definite no: not tried again in this run, and not there either.
    `receipts` say what became of the notices that left, by key.
    """

    writes: tuple[Write, ...] = ()
    comments: Mapping[str, int] = field(default_factory=dict)
    issues: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[Write, ...] = ()
    receipts: Mapping[str, Receipt] = field(default_factory=dict)

    def plus(self, write: Write, id_: int | None) -> "Sent":
        """The same with one write more, answered with this id or number, if with any."""
        comments, issues = dict(self.comments), dict(self.issues)
        if isinstance(write, CreateComment):
            comments[write.key] = id_ or 0
        if isinstance(write, CreateIssue):
            issues[write.key] = id_ or 0
        return replace(self, writes=(*self.writes, write), comments=comments, issues=issues)

    def tried(self, write: Write) -> "Sent":
        """The same after a definite no: not to be tried again in this run, and not there either."""
        return replace(self, refused=(*self.refused, write))

    def receipted(self, write: Write, key: str, receipt: Receipt) -> "Sent":
        """The same with what became of a notice: whatever it was, it is not sent again in this run."""
        return replace(self, writes=(*self.writes, write), receipts={**self.receipts, key: receipt})
