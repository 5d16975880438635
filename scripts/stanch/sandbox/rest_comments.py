"""REST: comments and reactions."""

from stanch.sandbox import comments, shapes
from stanch.sandbox.call import Answer, Call, Route
from stanch.sandbox.records import Comment
from stanch.sandbox.rights import area_of


def _show(call: Call, comment: Comment) -> shapes.Shape:
    return shapes.comment(call.world, call.repo, comment)


def _found(call: Call) -> Comment:
    issue, comment = comments.find(call.repo, int(call.parts["comment"]))
    call.ask("read", area_of(issue))
    return comment


def create(call: Call) -> Answer:
    issue = call.thread()
    body = call.text("body", "IssueComment")
    shown = _show(call, comments.create(call.world, call.repo, call.by, issue.number, body))
    return Answer(201, shown, {"Location": str(shown["url"])})


def listed(call: Call) -> Answer:
    """Oldest first."""
    return call.page(call.thread().comments, lambda comment: _show(call, comment))


def get(call: Call) -> Answer:
    return Answer(200, _show(call, _found(call)))


def edit(call: Call) -> Answer:
    comment = _found(call)
    body = call.text("body", "IssueComment")
    return Answer(200, _show(call, comments.edit(call.world, call.repo, call.by, comment.id, body)))


def delete(call: Call) -> Answer:
    comments.delete(call.world, call.repo, call.by, _found(call).id)
    return Answer(204)


def react(call: Call) -> Answer:
    """201 the first time, 200 when the reaction is already there."""
    comment = _found(call)
    content = call.text("content", "Reaction")
    reaction, new = comments.react(call.world, call.repo, call.by, comment.id, content)
    return Answer(201 if new else 200, shapes.reaction(call.world, reaction))


def reactions(call: Call) -> Answer:
    return call.page(_found(call).reactions, lambda reaction: shapes.reaction(call.world, reaction))


ROUTES = (
    Route("GET", "/issues/{number}/comments", "list comments", listed),
    Route("POST", "/issues/{number}/comments", "create comment", create),
    Route("GET", "/issues/comments/{comment}", "get comment", get),
    Route("PATCH", "/issues/comments/{comment}", "edit comment", edit),
    Route("DELETE", "/issues/comments/{comment}", "delete comment", delete),
    Route("GET", "/issues/comments/{comment}/reactions", "list reactions", reactions),
    Route("POST", "/issues/comments/{comment}/reactions", "react", react),
)
