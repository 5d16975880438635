"""What can happen to a comment: made, edited, deleted, folded away, reacted to."""

from dataclasses import replace
from typing import TYPE_CHECKING

from stanch.sandbox.issues import add_event, check, new_event
from stanch.sandbox.records import REACTIONS, Comment, Issue, Reaction
from stanch.sandbox.references import refer
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, area_of, invalid, may, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World


def find(repo: Repository, comment_id: int) -> tuple[Issue, Comment]:
    """A comment and its thread; 404 when it is not (or no longer) there."""
    issue = repo.issues.get(repo.homes.get(comment_id, 0))
    for comment in issue.comments if issue else ():
        if issue and comment.id == comment_id:
            return issue, comment
    raise Refusal(404, "Not Found")


def create(world: "World", repo: Repository, by: Caller, number: int, body: str | None) -> Comment:
    """Comment on a thread. Locked threads take comments from people with write access only."""
    issue = repo.issues[number]
    require(repo, by, "read", area_of(issue), "write")
    if not by.login:
        raise Refusal(401, "Requires authentication")
    if issue.locked and not may(repo, by, "write", area_of(issue)):
        raise Refusal(403, "Unable to create comment because issue is locked.")
    if not body or not body.strip():
        raise invalid("IssueComment", "body", "missing_field")
    check(None, body, "IssueComment")
    now = world.clock.now
    with world.writing():
        comment = Comment(world.new_id(), repo.full_name, number, by.login, body, now, now)
        repo.homes[comment.id] = number
        issue = world.keep(repo, replace(issue, items=(*issue.items, comment)))
        world.emit("issue_comment", "created", repo, by, issue=issue, comment=comment)
        refer(world, repo, by, issue, body)
    return comment


def _replaced(world: "World", repo: Repository, issue: Issue, comment: Comment) -> Issue:
    items = tuple(comment if item.id == comment.id else item for item in issue.items)
    return world.keep(repo, replace(issue, items=items))


def edit(world: "World", repo: Repository, by: Caller, comment_id: int, body: str) -> Comment:
    """Change a comment's text; the author and anybody with write access may."""
    issue, comment = find(repo, comment_id)
    if by.is_bot or by.login != comment.author:
        require(repo, by, "write", area_of(issue))
    check(None, body, "IssueComment")
    if body == comment.body:
        return comment
    now, changes = world.clock.now, {"body": {"from": comment.body}}
    with world.writing():
        comment = replace(comment, body=body, updated_at=now, edited_at=now, editor=by.login)
        issue = _replaced(world, repo, issue, comment)
        world.emit("issue_comment", "edited", repo, by, issue=issue, comment=comment, changes=changes)
        refer(world, repo, by, issue, body)
    return comment


def delete(world: "World", repo: Repository, by: Caller, comment_id: int) -> None:
    """Delete a comment. The timeline tells who deleted a comment of whom, not which."""
    issue, comment = find(repo, comment_id)
    if by.is_bot or by.login != comment.author:
        require(repo, by, "write", area_of(issue))
    with world.writing():
        left = tuple(item for item in issue.items if item.id != comment_id)
        del repo.homes[comment_id]
        event = new_event(world, by, "comment-deleted", comment.author)
        issue = add_event(world, repo, replace(issue, items=left), event)
        world.emit("issue_comment", "deleted", repo, by, issue=issue, comment=comment)


def minimise(world: "World", repo: Repository, by: Caller, comment_id: int, reason: str) -> Comment:
    """Fold a comment away; a reason is GitHub's classifier in lower case."""
    issue, comment = find(repo, comment_id)
    require(repo, by, "write", area_of(issue))
    with world.writing():
        comment = replace(comment, minimized=reason)
        repo.issues[issue.number] = replace(
            issue, items=tuple(comment if item.id == comment_id else item for item in issue.items)
        )
    return comment


def react(world: "World", repo: Repository, by: Caller, comment_id: int, content: str) -> tuple[Reaction, bool]:
    """React once; the second value says whether it is new. No webhook tells of it, and nothing counts as updated."""
    issue, comment = find(repo, comment_id)
    require(repo, by, "read", area_of(issue), "write")
    if content not in REACTIONS:
        raise invalid("Reaction", "content")
    for reaction in comment.reactions:
        if (reaction.login, reaction.content) == (by.login, content):
            return reaction, False
    reaction = Reaction(world.new_id(), by.login, content, world.clock.now)
    with world.writing():
        comment = replace(comment, reactions=(*comment.reactions, reaction))
        items = tuple(comment if item.id == comment_id else item for item in issue.items)
        repo.issues[issue.number] = replace(issue, items=items)
    return reaction, True
