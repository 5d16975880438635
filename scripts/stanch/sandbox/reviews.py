"""Reviews: submitted, edited, dismissed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from stanch.sandbox import heads, pulls
from stanch.sandbox.records import Issue, Review
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, invalid, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

STATES = {"APPROVE": "approved", "REQUEST_CHANGES": "changes_requested", "COMMENT": "commented"}
"""What may be submitted, by GitHub's word for it."""

OPINIONS = ("approved", "changes_requested")
"""What can be dismissed."""


def submit(world: "World", repo: Repository, by: Caller, number: int, event: str, body: str = "") -> Review:
    """Review a pull request as it stands. Anybody who may read may; nobody approves, or refuses, what is their own."""
    issue, pull = pulls.pull_of(repo, number)
    require(repo, by, "write" if by.is_bot else "read", "pull-requests")
    if event not in STATES:
        raise invalid("PullRequestReview", "event")
    if event != "COMMENT" and by.login == issue.author:
        said = "approve" if event == "APPROVE" else "request changes on"
        raise Refusal(422, "Unprocessable Entity", [{"message": f"Can not {said} your own pull request"}])
    if event != "APPROVE" and not body:
        raise invalid("PullRequestReview", "body", "missing_field")
    review = Review(world.new_id(), by.login, STATES[event], world.clock.now, pull.head_sha, body)
    with world.writing():
        reviewed = replace(pull, reviews=(*pull.reviews, review))
        issue = world.keep(repo, replace(issue, pull=reviewed))
        world.emit("pull_request_review", "submitted", repo, by, issue=issue, review=review)
    return review


def find(issue: Issue, review_id: int) -> Review:
    """One review of a pull request; 404 when there is none of that id."""
    for review in issue.pull.reviews if issue.pull else ():
        if review.id == review_id:
            return review
    raise Refusal(404, "Not Found")


def dismiss(world: "World", repo: Repository, by: Caller, number: int, review_id: int) -> Review:
    """Take a review back; people with write access may."""
    issue, _ = pulls.pull_of(repo, number)
    require(repo, by, "write", "pull-requests")
    review = find(issue, review_id)
    if review.state not in OPINIONS:
        said = "Can not dismiss a commented or dismissed pull request review"
        raise Refusal(422, "Unprocessable Entity", [{"message": said}])
    with world.writing():
        return find(heads.dismissed(world, repo, by, issue, review), review_id)


def edit(world: "World", repo: Repository, by: Caller, number: int, review_id: int, body: str) -> Review:
    """Change a review's text; its author and people with write access may."""
    issue, pull = pulls.pull_of(repo, number)
    review = find(issue, review_id)
    if by.login != review.author:
        require(repo, by, "write", "pull-requests")
    changes = {"body": {"from": review.body}}
    edited = replace(review, body=body)
    with world.writing():
        reviews = tuple(edited if other.id == review_id else other for other in pull.reviews)
        issue = world.keep(repo, replace(issue, pull=replace(pull, reviews=reviews)))
        world.emit("pull_request_review", "edited", repo, by, issue=issue, review=edited, changes=changes)
    return edited
