"""Labels and assignees: matched without case, recorded one event each."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from stanch.sandbox.records import Event, Issue, Label
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, area_of, invalid, may, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

MAX_ASSIGNEES = 10
MAX_LABEL = 50
MAX_DESCRIPTION = 100
_COLOR = re.compile("[0-9a-fA-F]{6}")


def topic(issue: Issue) -> str:
    """The webhook that tells of a thread's changes."""
    return "pull_request" if issue.pull else "issues"


def define(
    world: "World", repo: Repository, by: Caller, name: str, color: str = "ededed", description: str | None = None
) -> Label:
    """A new label definition; 422 when one of that name exists, in any case, or the name is too long."""
    require(repo, by, "write", "issues")
    _must_be_a_label(name, color, description)
    if repo.label_named(name):
        raise invalid("Label", "name", "already_exists")
    with world.writing():
        label = repo.labels[name.casefold()] = Label(name, world.new_id(), color, description)
    return label


def _must_be_a_label(name: str, color: str, description: str | None) -> None:
    """422 as GitHub documents it: 50 and 100 characters, and six hexadecimal digits without a hash."""
    if not name or len(name) > MAX_LABEL:
        raise invalid("Label", "name")
    if not _COLOR.fullmatch(color):
        raise invalid("Label", "color")
    if len(description or "") > MAX_DESCRIPTION:
        said = f"description is too long (maximum is {MAX_DESCRIPTION} characters)"
        raise invalid("Label", "description", "custom", message=said)


def redefine(world: "World", repo: Repository, by: Caller, name: str, changes: dict[str, str]) -> Label:
    """Change a definition's `new_name`, `color` or `description`."""
    require(repo, by, "write", "issues")
    old = repo.label_named(name)
    if old is None:
        raise Refusal(404, "Not Found")
    new_name = changes.get("new_name", old.name)
    color, description = changes.get("color", old.color), changes.get("description", old.description)
    _must_be_a_label(new_name, color, description)
    if repo.label_named(new_name) not in {None, old}:
        raise invalid("Label", "name", "already_exists")
    new = replace(old, name=new_name, color=color, description=description)
    with world.writing():
        del repo.labels[name.casefold()]
        repo.labels[new_name.casefold()] = new
        for issue in [issue for issue in repo.issues.values() if name.casefold() in issue.labels]:
            keys = (new_name.casefold() if key == name.casefold() else key for key in issue.labels)
            repo.issues[issue.number] = replace(issue, labels=tuple(keys))
    return new


def undefine(world: "World", repo: Repository, by: Caller, name: str) -> None:
    """Delete a definition; threads lose the label without an event."""
    require(repo, by, "write", "issues")
    if repo.label_named(name) is None:
        raise Refusal(404, "Not Found")
    with world.writing():
        key = name.casefold()
        del repo.labels[key]
        for issue in [issue for issue in repo.issues.values() if key in issue.labels]:
            repo.issues[issue.number] = replace(issue, labels=tuple(one for one in issue.labels if one != key))


def _definition(world: "World", repo: Repository, by: Caller, name: str) -> Label:
    found = repo.label_named(name)
    if found:
        return found
    if not may(repo, by, "write", "issues"):  # reference: platform facts, a new definition needs issues: write
        raise Refusal(403, "Resource not accessible by integration" if by.is_bot else "Must have push access")
    return define(world, repo, by, name)


def add(world: "World", repo: Repository, by: Caller, issue: Issue, names: Iterable[str]) -> Issue:
    """Put labels on a thread, without asking for rights; one event and one webhook each."""
    wanted = [_definition(world, repo, by, name) for name in names]
    with world.writing():
        for label in wanted:
            key = label.name.casefold()
            if key not in issue.labels:
                event = Event(world.new_id(), "labeled", by.login, world.clock.now, label.name)
                labels, items = (*issue.labels, key), (*issue.items, event)
                issue = world.keep(repo, replace(issue, labels=labels, items=items))
                world.emit(topic(issue), "labeled", repo, by, issue=issue, label=label)
    return issue


def remove(world: "World", repo: Repository, by: Caller, issue: Issue, names: Iterable[str]) -> Issue:
    """Take labels off; those that are not on it are passed over."""
    with world.writing():
        for key in [name.casefold() for name in names]:
            if key in issue.labels:
                label = repo.labels[key]
                event = Event(world.new_id(), "unlabeled", by.login, world.clock.now, label.name)
                labels = tuple(other for other in issue.labels if other != key)
                issue = world.keep(repo, replace(issue, labels=labels, items=(*issue.items, event)))
                world.emit(topic(issue), "unlabeled", repo, by, issue=issue, label=label)
    return issue


def label(world: "World", repo: Repository, by: Caller, number: int, names: Iterable[str]) -> Issue:
    """Put labels on a thread; 403 for who may not triage."""
    issue = repo.issues[number]
    require(repo, by, "triage", area_of(issue))
    return add(world, repo, by, issue, names)


def unlabel(world: "World", repo: Repository, by: Caller, number: int, name: str) -> Issue:
    """Take one label off; 404 when it is not on it."""
    issue = repo.issues[number]
    require(repo, by, "triage", area_of(issue))
    if name.casefold() not in issue.labels:
        raise Refusal(404, "Label does not exist")
    return remove(world, repo, by, issue, [name])


def exchange(world: "World", repo: Repository, by: Caller, number: int, names: Iterable[str]) -> Issue:
    """Make these, and no others, the labels of a thread."""
    issue, wanted = repo.issues[number], list(names)
    require(repo, by, "triage", area_of(issue))
    keys = {_definition(world, repo, by, name).name.casefold() for name in wanted}
    with world.writing():
        issue = remove(world, repo, by, issue, [key for key in issue.labels if key not in keys])
        return add(world, repo, by, issue, wanted)


def assignable(world: "World", repo: Repository, login: str) -> bool:
    return world.user(login) is not None and login.lower() in repo.roles


def put_on(world: "World", repo: Repository, by: Caller, issue: Issue, logins: Iterable[str]) -> Issue:
    """Assign people, without asking for rights; those who cannot be assigned are passed over, as GitHub does."""
    with world.writing():
        for login in logins:
            user = world.user(login)
            known = assignable(world, repo, login)
            if user and known and user.login not in issue.assignees and len(issue.assignees) < MAX_ASSIGNEES:
                event = Event(world.new_id(), "assigned", by.login, world.clock.now, user.login)
                assignees, items = (*issue.assignees, user.login), (*issue.items, event)
                issue = world.keep(repo, replace(issue, assignees=assignees, items=items))
                world.emit(topic(issue), "assigned", repo, by, issue=issue, assignee=user)
    return issue


def assign(world: "World", repo: Repository, by: Caller, number: int, logins: Iterable[str]) -> Issue:
    issue = repo.issues[number]
    require(repo, by, "triage", area_of(issue))
    return put_on(world, repo, by, issue, logins)


def unassign(world: "World", repo: Repository, by: Caller, number: int, logins: Iterable[str]) -> Issue:
    """Take people off; those who are not on it are passed over."""
    issue = repo.issues[number]
    require(repo, by, "triage", area_of(issue))
    leaving = {login.lower() for login in logins}
    with world.writing():
        for login in [login for login in issue.assignees if login.lower() in leaving]:
            event = Event(world.new_id(), "unassigned", by.login, world.clock.now, login)
            staying = tuple(other for other in issue.assignees if other != login)
            issue = world.keep(repo, replace(issue, assignees=staying, items=(*issue.items, event)))
            world.emit(topic(issue), "unassigned", repo, by, issue=issue, assignee=world.user(login))
    return issue
