"""Everything that Stanch writes: one method per kind, no decisions, each sent once."""

from contextlib import suppress
from dataclasses import dataclass
from functools import singledispatchmethod
from json import loads
from typing import Any
from urllib.parse import quote

from stanch.adapters.client import Client
from stanch.adapters.documents import MINIMISE, PIN
from stanch.adapters.replies import Reply
from stanch.core.errors import Forbidden, Refused, UnknownOutcome
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
    SetStatus,
    StartWorkflow,
    Write,
)


@dataclass(frozen=True, slots=True)
class Applied:
    """A write that GitHub confirmed. `id` is a new comment's REST id, `number` a new issue's number.

    `dropped` are the labels and logins that GitHub took no notice of: it drops them without an error.
    """

    id: int | None = None
    number: int | None = None
    dropped: tuple[str, ...] = ()


class Writer:
    """Writes to one repository. Every method raises Refused, Forbidden, RateLimited, Moved
    (nothing was applied) or UnknownOutcome.
    """

    def __init__(self, client: Client, owner: str, name: str) -> None:
        self._writes = client.writes
        self._home = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"
        self._path = f"{self._home}/issues"

    @property
    def writes(self) -> int:
        """The number of requests sent."""
        return self._writes.count

    @singledispatchmethod
    def apply(self, write: Write) -> Applied:
        """Send one write, by the method of its kind. Raises TypeError for a kind that has none."""
        raise TypeError(f"no method writes {type(write).__name__}")

    @apply.register
    def create_comment(self, write: CreateComment) -> Applied:
        reply = self._writes.send("POST", f"{self._path}/{write.number}/comments", {"body": write.body})
        return Applied(id=number_in(created(reply), "id"))

    @apply.register
    def edit_comment(self, write: EditComment) -> Applied:
        self._writes.send("PATCH", f"{self._path}/comments/{write.comment_id}", {"body": write.body})
        return Applied(id=write.comment_id)

    @apply.register
    def add_labels(self, write: AddLabels) -> Applied:
        body = {"labels": list(write.labels)}
        reply = self._writes.send("POST", f"{self._path}/{write.number}/labels", body)
        return Applied(dropped=absent(write.labels, names(created(reply), "name")))

    @apply.register
    def remove_label(self, write: RemoveLabel) -> Applied:
        """Take one label off; one that somebody took off in the meantime is off as well."""
        try:
            self._writes.send("DELETE", f"{self._path}/{write.number}/labels/{quote(write.label, safe='')}")
        except Refused as refusal:
            if "Label does not exist" not in str(refusal):
                raise
        return Applied()

    @apply.register
    def add_assignees(self, write: AddAssignees) -> Applied:
        body = {"assignees": list(write.logins)}
        answer = created(self._writes.send("POST", f"{self._path}/{write.number}/assignees", body))
        return Applied(dropped=absent(write.logins, names(part(answer, "assignees"), "login")))

    @apply.register
    def remove_assignees(self, write: RemoveAssignees) -> Applied:
        """Take people off; GitHub passes over who is not on it, and drops one that it keeps without an error."""
        body = {"assignees": list(write.logins)}
        answer = created(self._writes.send("DELETE", f"{self._path}/{write.number}/assignees", body))
        left = names(part(answer, "assignees"), "login")
        return Applied(dropped=tuple(login for login in write.logins if login.lower() in left))

    @apply.register
    def react(self, write: React) -> Applied:
        path = f"{self._path}/comments/{write.comment_id}/reactions"
        self._writes.send("POST", path, {"content": write.mark.value})
        return Applied()

    @apply.register
    def create_issue(self, write: CreateIssue) -> Applied:
        """Open an issue, without its assignees where GitHub refuses it because of them: a 422 has made nothing.

        Reported: https://github.com/upptime/upptime/issues/125. Elsewhere GitHub drops them in silence.
        """
        try:
            answer = self._opened(write, write.assignees)
        except Refused as refusal:
            if refusal.status != 422 or not write.assignees:
                raise
            answer = self._opened(write, ())
        labels = absent(write.labels, names(part(answer, "labels"), "name"))
        assignees = absent(write.assignees, names(part(answer, "assignees"), "login"))
        return Applied(number=number_in(answer, "number"), dropped=labels + assignees)

    def _opened(self, write: CreateIssue, assignees: tuple[str, ...]) -> Any:
        body: dict[str, object] = {"title": write.title, "body": write.body}
        body |= {"labels": list(write.labels), "assignees": list(assignees)}
        return created(self._writes.send("POST", self._path, body))

    @apply.register
    def edit_issue(self, write: EditIssue) -> Applied:
        self._writes.send("PATCH", f"{self._path}/{write.number}", {"body": write.body})
        return Applied()

    @apply.register
    def close_issue(self, write: CloseIssue) -> Applied:
        body = {"state": "closed", "state_reason": write.reason.value}
        self._writes.send("PATCH", f"{self._path}/{write.number}", body)
        return Applied()

    @apply.register
    def pin(self, write: Pin) -> Applied:
        """Pin an issue where that is allowed: three are the most, and the token may lack the right."""
        with suppress(Refused, Forbidden):
            self._writes.mutate(PIN, {"id": write.node_id})
        return Applied()

    @apply.register
    def minimise(self, write: Minimise) -> Applied:
        self._writes.mutate(MINIMISE, {"id": write.node_id})
        return Applied()

    @apply.register
    def set_status(self, write: SetStatus) -> Applied:
        body = {"state": write.state, "context": write.context, "description": write.description}
        self._writes.send("POST", f"{self._home}/statuses/{write.sha}", body | {"target_url": write.url})
        return Applied()

    @apply.register
    def start_workflow(self, write: StartWorkflow) -> Applied:
        """What is answered depends on the API's version (204, or 200 with the run): nothing of it is read."""
        where = f"{self._home}/actions/workflows/{quote(write.workflow, safe='')}/dispatches"
        self._writes.send("POST", where, {"ref": write.branch})
        return Applied()

    @apply.register
    def define_label(self, write: DefineLabel) -> Applied:
        body = {"name": write.name, "color": write.color, "description": write.description}
        self._writes.send("POST", f"{self._home}/labels", body)
        return Applied()

    @apply.register
    def paint_label(self, write: PaintLabel) -> Applied:
        body = {"color": write.color, "description": write.description}
        self._writes.send("PATCH", f"{self._home}/labels/{quote(write.name, safe='')}", body)
        return Applied()

    @apply.register
    def enable_workflow(self, write: EnableWorkflow) -> Applied:
        self._writes.send("PUT", f"{self._home}/actions/workflows/{quote(write.workflow, safe='')}/enable")
        return Applied()

    @apply.register
    def create_ruleset(self, write: CreateRuleset) -> Applied:
        body = {
            "name": write.name,
            "target": "branch",
            "enforcement": "active",
            "conditions": {"ref_name": {"include": [f"refs/heads/{write.branch}"], "exclude": []}},
            "rules": loads(write.rules),
        }
        self._writes.send("POST", f"{self._home}/rulesets", body)
        return Applied()


def created(reply: Reply) -> Any:
    """The body of a confirmed write; one that cannot be read leaves open what was made."""
    try:
        return reply.json()
    except (ValueError, RecursionError):
        raise UnknownOutcome("GitHub confirmed a write with something else than JSON.", reply.status) from None


def part(answer: Any, key: str) -> Any:
    return answer.get(key) if isinstance(answer, dict) else None


def number_in(answer: Any, key: str) -> int:
    value = part(answer, key)
    if not isinstance(value, int):
        raise UnknownOutcome(f"GitHub confirmed a write without its {key}.", 201)
    return value


def names(entries: Any, key: str) -> set[str]:
    """The names that an answer lists, in lower case: GitHub matches labels and logins without case."""
    listed = entries if isinstance(entries, list) else []
    return {str(part(entry, key)).lower() for entry in listed}


def absent(asked: tuple[str, ...], present: set[str]) -> tuple[str, ...]:
    return tuple(name for name in asked if name.lower() not in present)
