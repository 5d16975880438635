"""What can happen to an issue as a whole: open, edit, close, reopen, lock, delete, transfer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from stanch.sandbox import labels
from stanch.sandbox.records import Comment, Event, Issue, Pull
from stanch.sandbox.references import refer
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, area_of, invalid, may, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

MAX_TITLE = 256
NO_ISSUES = "Issues has been disabled in this repository."
MAX_BODY = 65_536
REASONS = ("completed", "not_planned", "duplicate")


@dataclass(frozen=True)
class NewIssue:
    """What is asked for when an issue is opened. `form` names an issue form, whose labels come with it."""

    title: str
    body: str | None = None
    labels: Sequence[str] = ()
    assignees: Sequence[str] = ()
    form: str | None = None


def check(title: str | None, body: str | None, resource: str = "Issue") -> None:
    """GitHub's limits on texts, in characters."""
    if title is not None and not title.strip():
        raise invalid(resource, "title", "missing_field")
    if title is not None and len(title) > MAX_TITLE:
        raise invalid(resource, "title", "custom", message=f"title is too long (maximum is {MAX_TITLE} characters)")
    if body is not None and len(body) > MAX_BODY:
        raise invalid(resource, "body", "custom", message=f"body is too long (maximum is {MAX_BODY} characters)")


def add_event(world: "World", repo: Repository, issue: Issue, event: Event) -> Issue:
    """Record one event on a thread."""
    return world.keep(repo, replace(issue, items=(*issue.items, event)))


def new_event(world: "World", by: Caller, kind: str, subject: str = "", reason: str | None = None) -> Event:
    """An event that happens now; see Event for what `subject` and `reason` say."""
    return Event(world.new_id(), kind, by.login, world.clock.now, subject, reason)


def new_thread(world: "World", repo: Repository, by: Caller, title: str, body: str | None) -> Issue:
    """A thread with the next number, stored nowhere yet."""
    repo.last_number += 1
    now = world.clock.now
    return Issue(world.new_id(), repo.full_name, repo.last_number, title, body, by.login, now, now)


def open_issue(world: "World", repo: Repository, by: Caller, new: NewIssue) -> Issue:
    """Open an issue. Who may not triage loses labels and assignees without a word, but not the form's labels.

    Refuses it if somebody cannot be assigned, as was reported of GitHub; other routes pass such people over.
    """
    require(repo, by, "read", "issues", "write")
    if not by.login:
        raise Refusal(401, "Requires authentication")
    if not repo.settings.has_issues:
        raise Refusal(410, NO_ISSUES)
    check(new.title, new.body)
    trusted = may(repo, by, "triage", "issues")
    for login in new.assignees if trusted else ():
        if not labels.assignable(world, repo, login):
            raise invalid("Issue", "assignees", value=login)
    form_labels = repo.forms.get(new.form, ()) if new.form else ()
    # Forms do not create missing definitions (reference: platform facts, section 8).
    names = [name for name in form_labels if repo.label_named(name)]
    defines = may(repo, by, "write", "issues")
    names += [name for name in new.labels if trusted and (defines or repo.label_named(name))]
    with world.writing():
        issue = world.keep(repo, new_thread(world, repo, by, new.title, new.body))
        world.emit("issues", "opened", repo, by, issue=issue)
        issue = labels.add(world, repo, by, issue, names)
        issue = labels.put_on(world, repo, by, issue, new.assignees if trusted else ())
        refer(world, repo, by, issue, new.body)
    return issue


def edit(
    world: "World", repo: Repository, by: Caller, number: int, title: str | None = None, body: str | None = None
) -> Issue:
    """Change title or body; the author and people with write access may. Unchanged texts leave no trace."""
    issue = repo.issues[number]
    if by.login != issue.author:
        require(repo, by, "write", area_of(issue))
    check(title, body)
    changes: dict[str, object] = {}
    with world.writing():
        if title is not None and title != issue.title:
            changes["title"] = {"from": issue.title}
            renamed = new_event(world, by, "renamed", issue.title, title)
            issue = add_event(world, repo, issue, renamed)
            issue = replace(issue, title=title)
        if body is not None and body != (issue.body or ""):
            changes["body"] = {"from": issue.body or ""}
            issue = replace(issue, body=body, edited_at=world.clock.now, editor=by.login)
        if changes:
            issue = world.keep(repo, issue)
            world.emit(labels.topic(issue), "edited", repo, by, issue=issue, changes=changes)
            refer(world, repo, by, issue, body)
    return issue


MOST_PINNED = 3
"""Issues that a repository may pin.

Source: https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/pinning-an-issue-to-your-repository
"""


def pin(world: "World", repo: Repository, by: Caller, number: int) -> Issue:
    """Pin an issue. Which right of a workflow's token it takes is not documented; here it is that to write issues."""
    require(repo, by, "write", "issues")
    issue = repo.issues[number]
    if issue.pinned or sum(one.pinned for one in repo.issues.values()) >= MOST_PINNED:
        raise Refusal(422, "Maximum 3 pinned issues per repository")
    with world.writing():
        repo.issues[number] = replace(issue, pinned=True)
    return repo.issues[number]


def set_state(
    world: "World", repo: Repository, by: Caller, number: int, state: Literal["open", "closed"], reason: str | None
) -> Issue:
    """Close (completed, not_planned, duplicate) or reopen; the author and who may triage may. Again is nothing."""
    issue = repo.issues[number]
    if by.login != issue.author or by.is_bot:
        require(repo, by, "triage", area_of(issue))
    if state not in {"open", "closed"}:
        raise invalid("Issue", "state")
    if reason not in {None, "reopened", *REASONS}:
        raise invalid("Issue", "state_reason")
    if state == "open" and issue.pull and (issue.pull.merged_at or not _head_is_there(world, repo, issue.pull)):
        raise invalid("PullRequest", "state")
    with world.writing():
        return close(world, repo, by, issue, reason) if state == "closed" else _reopen(world, repo, by, issue)


def _head_is_there(world: "World", repo: Repository, pull: Pull) -> bool:
    return pull.head in world.repos.get(pull.head_repo.lower(), repo).branches


def close(world: "World", repo: Repository, by: Caller, issue: Issue, reason: str | None) -> Issue:
    """Close, without asking for rights."""
    reason = None if issue.pull else reason or "completed"
    if issue.state == "closed" and issue.state_reason == reason:
        return issue
    if issue.state == "closed":  # a second close only changes the reason
        return world.keep(repo, replace(issue, state_reason=reason))
    issue = add_event(world, repo, issue, new_event(world, by, "closed", reason=reason))
    now, who = world.clock.now, by.login
    issue = replace(issue, state="closed", state_reason=reason, closed_at=now, closed_by=who)
    issue = world.keep(repo, issue)
    world.emit(labels.topic(issue), "closed", repo, by, issue=issue)
    return issue


def _reopen(world: "World", repo: Repository, by: Caller, issue: Issue) -> Issue:
    if issue.state == "open":
        return issue
    issue = add_event(world, repo, issue, new_event(world, by, "reopened"))
    reason = None if issue.pull else "reopened"
    issue = replace(issue, state="open", state_reason=reason, closed_at=None, closed_by=None)
    issue = world.keep(repo, issue)
    world.emit(labels.topic(issue), "reopened", repo, by, issue=issue)
    return issue


def lock(world: "World", repo: Repository, by: Caller, number: int, reason: str | None = None) -> Issue:
    """Only people with write access may comment from now on."""
    issue = repo.issues[number]
    require(repo, by, "write", area_of(issue))
    with world.writing():
        issue = world.keep(repo, replace(issue, locked=True, lock_reason=reason))
        world.emit(labels.topic(issue), "locked", repo, by, issue=issue)
    return issue


def unlock(world: "World", repo: Repository, by: Caller, number: int) -> Issue:
    issue = repo.issues[number]
    require(repo, by, "write", area_of(issue))
    with world.writing():
        issue = world.keep(repo, replace(issue, locked=False, lock_reason=None))
        world.emit(labels.topic(issue), "unlocked", repo, by, issue=issue)
    return issue


def delete(world: "World", repo: Repository, by: Caller, number: int) -> None:
    """Delete an issue for good; only administrators may."""
    issue = repo.issues[number]
    require(repo, by, "admin", "administration")
    with world.writing():
        del repo.issues[number]
        repo.deleted |= {number}
        world.emit("issues", "deleted", repo, by, issue=issue)


def transfer(world: "World", repo: Repository, by: Caller, number: int, target: Repository) -> Issue:
    """Move an issue to another repository; labels that the target does not define are lost."""
    old = repo.issues[number]
    require(repo, by, "write", "administration")
    require(target, by, "write", "administration")
    with world.writing():
        target.last_number += 1
        moved = _moved(old, target, target.last_number)
        target.issues[moved.number] = moved
        target.homes.update({comment.id: moved.number for comment in moved.comments})
        del repo.issues[number]
        repo.moved[number] = (target.full_name, moved.number)
        world.emit("issues", "transferred", repo, by, issue=old, moved=(target, moved))
    return moved


def _moved(old: Issue, target: Repository, number: int) -> Issue:
    name = target.full_name
    items = tuple(replace(item, repo=name, number=number) if isinstance(item, Comment) else item for item in old.items)
    kept = tuple(key for key in old.labels if key in target.labels)
    return replace(old, repo=name, number=number, items=items, labels=kept)
