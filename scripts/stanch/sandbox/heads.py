"""What a push does to pull requests: their head moves, approvals may go stale, and they may be merged by it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stanch.sandbox import issues, rules
from stanch.sandbox.git import NO_COMMIT, delta
from stanch.sandbox.history import ancestors, merge_base, tree_of
from stanch.sandbox.records import Issue, Pull, Review
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller

if TYPE_CHECKING:
    from stanch.sandbox.world import World


@dataclass(frozen=True)
class Pushed:
    """One move of a branch; NO_COMMIT stands for the side where there was, or is, none."""

    branch: str
    before: str
    after: str
    kind: str = "push"

    @property
    def forced(self) -> bool:
        return self.kind == "force_push"


def follow(world: "World", repo: Repository, by: Caller, pushed: Pushed) -> None:
    """Take the open pull requests of a branch to its new head, and close those whose commits reached their base.

    A deleted branch closes those that came from it or would go into it.
    """
    for home in list(world.repos.values()):
        for issue in [issue for issue in home.issues.values() if issue.state == "open"]:
            pull = issue.pull
            if pull is None:
                continue
            is_head = (pull.head_repo or home.full_name, pull.head) == (repo.full_name, pushed.branch)
            is_base = home is repo and pull.base == pushed.branch
            if pushed.after == NO_COMMIT and (is_head or is_base):
                issues.close(world, home, by, issue, None)
            elif is_head:
                _bring(repo, home, pushed.after)
                _synchronise(world, home, by, issue, pull, pushed)
            elif is_base:
                _reached(world, home, by, issue, pull, pushed)


def _bring(fork: Repository, home: Repository, sha: str) -> None:
    """GitHub keeps the commits of a fork's pull requests in the repository that they are for."""
    if fork is not home:
        home.commits.update({known: fork.commits[known] for known in ancestors(fork, sha)})


def _synchronise(world: "World", home: Repository, by: Caller, issue: Issue, pull: Pull, pushed: Pushed) -> None:
    if pushed.forced:
        event = issues.new_event(world, by, "head-force-pushed", pushed.before, pushed.after)
        issue = issues.add_event(world, home, issue, event)
    base_sha = home.branches.get(pull.base, pull.base_sha)
    moved = replace(pull, head_sha=pushed.after, base_sha=base_sha)
    if pushed.forced and world.habits.rebinds_reviews and _same_patch(home, pull, moved):
        reviews = tuple(replace(review, sha=pushed.after) for review in pull.reviews if review.sha == pull.head_sha)
        kept = tuple(review for review in pull.reviews if review.sha != pull.head_sha)
        moved = replace(moved, reviews=tuple(sorted((*kept, *reviews), key=lambda review: review.id)))
    issue = world.keep(home, replace(issue, pull=moved))
    world.emit("pull_request", "synchronize", home, by, issue=issue, moved_from=pushed)
    if rules.dismisses_stale(home, pull.base) and not _same_patch(home, pull, moved):
        for review in moved.reviews:
            if review.state == "approved":
                issue = dismissed(world, home, by, issue, review)


def _same_patch(home: Repository, old: Pull, new: Pull) -> bool:
    """Whether both heads change the same files to the same ends."""
    tip = home.branches.get(new.base, new.base_sha)
    patches = [
        delta(tree_of(home, merge_base(home, tip, pull.head_sha)), tree_of(home, pull.head_sha)) for pull in (old, new)
    ]
    return patches[0] == patches[1]


def dismissed(world: "World", repo: Repository, by: Caller, issue: Issue, review: Review) -> Issue:
    """Take one review back, without asking for rights. It keeps its time: what GitHub says then was not looked at."""
    if issue.pull is None:
        return issue
    gone = replace(review, state="dismissed")
    reviews = tuple(gone if other.id == review.id else other for other in issue.pull.reviews)
    issue = world.keep(repo, replace(issue, pull=replace(issue.pull, reviews=reviews)))
    world.emit("pull_request_review", "dismissed", repo, by, issue=issue, review=gone)
    return issue


def _reached(world: "World", home: Repository, by: Caller, issue: Issue, pull: Pull, pushed: Pushed) -> None:
    """A pull request whose head stands on its base now counts as merged, whoever pushed it there."""
    mine = pull.head_sha in ancestors(home, pushed.after) and pull.head_sha not in ancestors(home, pushed.before)
    if mine:
        base_sha = pushed.before if pushed.before != NO_COMMIT else pull.base_sha
        mark_merged(world, home, by, issue, replace(pull, merge_sha=pull.head_sha, base_sha=base_sha))


def mark_merged(world: "World", repo: Repository, by: Caller, issue: Issue, pull: Pull) -> Issue:
    """Close a pull request as merged; `pull` names the commit that it became."""
    now = world.clock.now
    issue = issues.add_event(world, repo, issue, issues.new_event(world, by, "closed"))
    pull = replace(pull, merged_at=now, merged_by=by.login, queued=None)
    issue = world.keep(repo, replace(issue, state="closed", closed_at=now, closed_by=by.login, pull=pull))
    world.emit("pull_request", "closed", repo, by, issue=issue)
    return issue
