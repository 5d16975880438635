"""What happened to a pull request beside its thread: pushes, reviews, runs elsewhere, the gate's answers, the merge."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stanch.core.gate import CONTEXT
from stanch.render.story import EventView, EventWord

if TYPE_CHECKING:
    from stanch.sandbox.records import Issue, Pull
    from stanch.sandbox.repository import Repository


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def happened(repo: "Repository", issue: "Issue") -> Iterator[EventView]:
    """The events of a pull request that its thread does not hold, each kind in order of time."""
    pull = issue.pull
    if pull is None:
        return
    heads = [move for move in repo.activity if move.branch == pull.head and move.at >= issue.at and move.after]
    for move in heads:
        if move.at > issue.at:
            said = repo.commits[move.after].message.partition("\n")[0]
            yield EventView(EventWord.PUSHED, move.actor, instant(move.at), subject=said, detail=move.after[:7])
    for review in pull.reviews:
        yield EventView(EventWord.REVIEWED, review.author, instant(review.at), subject=review.state, detail=review.body)
    yield from _ran(repo, {pull.head_sha, pull.merge_sha or "", *(move.after for move in heads)})
    yield from _merged(pull)


def _ran(repo: "Repository", shas: set[str]) -> Iterator[EventView]:
    """Where it was deployed to, and what the gate said of it; the same answer twice in a row is told once."""
    for one in repo.deployments.values():
        if one.sha in shas and one.latest:
            yield EventView(
                EventWord.DEPLOYED, one.creator, instant(one.at), subject=one.environment, detail=one.latest.state
            )
    said = [status for sha in shas for status in repo.statuses.get(sha, ()) if status.context == CONTEXT]
    before = ""
    for status in sorted(said, key=lambda status: (status.at, status.id)):
        told = status.description or status.state
        if told != before:
            at = instant(status.at)
            yield EventView(EventWord.JUDGED, status.creator, at, subject=status.state, detail=told, is_bot=True)
        before = told


def _merged(pull: "Pull") -> Iterator[EventView]:
    if pull.merged_at is not None:
        yield EventView(EventWord.MERGED, pull.merged_by or "", instant(pull.merged_at))
