"""From GitHub's answers to what stands around pull requests: branches, pushes, lists, the queue and arrivals."""

from collections.abc import Iterable
from dataclasses import replace

from stanch.adapters.answer import At, clean
from stanch.adapters.decode import actor
from stanch.core.landing import Landing, Landings
from stanch.core.pull import Listed, Push
from stanch.core.thread import GHOST


def ahead(node: At) -> int | None:
    """How many of the head's commits since it was cut a branch lacks; None when there is no such branch.

    What production has and the branch does not is in both numbers; where only one of them is told, it is that one.
    """
    if node.null or node["compare"].null:
        return None
    before = 0 if node["since"].null else node["since"]["aheadBy"].whole()
    return node["compare"]["aheadBy"].whole() - before


def has_it(node: At) -> bool:
    """Whether a branch has a commit. What could not be compared it has not."""
    return not node.null and not node["compare"].null and node["compare"]["aheadBy"].whole() == 0


def changed(node: At) -> int | None:
    """How many files a commit changed, None when GitHub does not say or there is no such commit."""
    if node.null or "changedFilesIfAvailable" not in node or node["changedFilesIfAvailable"].null:
        return None
    return node["changedFilesIfAvailable"].whole()


def message(node: At) -> str:
    """What a commit says; nothing where there is no such commit."""
    return "" if node.null or "message" not in node else clean(node["message"].text())


def push(node: At) -> Push:
    """One entry of a branch's activity; the pusher of a deleted account is the ghost."""
    who = node["actor"]
    by = GHOST if who.null else who["login"].text()
    return Push(by, node["after"].text(), node["timestamp"].instant())


def listed(repository: At, *, first: bool) -> Iterable[Listed]:
    """The pull requests of one page; the merged ones come with the first page alone."""
    yield from map(_listed, repository["open"]["nodes"].each())
    for node in repository["merged"]["nodes"].each() if first else ():
        yield replace(_listed(node), merged_at=node["mergedAt"].instant())


def _listed(node: At) -> Listed:
    tip = next((one["commit"]["status"] for one in node["commits"]["nodes"].each()), None)
    context = None if tip is None or tip.null else tip["context"]
    ours = context is not None and not context.null and actor(context["creator"]).is_bot
    status = context["state"].text().lower() if context is not None and ours else ""
    linked = any(True for _ in node["closingIssuesReferences"]["nodes"].each())
    return Listed(node["number"].whole(), clean(node["body"].text()), node["headRefName"].text(), status, linked)


def numbers_of(commit: At) -> tuple[int, ...]:
    """The pull requests that a commit belongs to, rising; none where there is no such commit."""
    if commit.null or "associatedPullRequests" not in commit or commit["associatedPullRequests"].null:
        return ()
    return tuple(sorted(one["number"].whole() for one in commit["associatedPullRequests"]["nodes"].each()))


def queued(repository: At, sha: str) -> tuple[int, ...]:
    """The pull requests of the merge group with this head: its own one, and all before it in the queue."""
    queue = repository["mergeQueue"]
    entries = [] if queue.null or queue["entries"].null else list(queue["entries"]["nodes"].each())
    heads = {one["headCommit"]["oid"].text(): one["position"].whole() for one in entries if not one["headCommit"].null}
    if sha not in heads:
        return ()
    group = [one for one in entries if one["position"].whole() <= heads[sha] and not one["pullRequest"].null]
    return tuple(one["pullRequest"]["number"].whole() for one in group)


def landings(repository: At, branch: str) -> Landings:
    """The newest commits of a branch; none where there is no such branch."""
    ref = repository["production"]
    target = None if ref.null else ref["target"]
    if target is None or target.null or "history" not in target:
        return Landings(branch)
    installed = [one["oid"].text() for one in target["installed"]["nodes"].each()]
    return Landings(branch, tuple(_landing(one, branch) for one in target["history"]["nodes"].each()), *installed[-1:])


def _landing(node: At, branch: str) -> Landing:
    author, pulls = node["author"], node["associatedPullRequests"]
    known = not author.null and not author["user"].null
    through = [] if pulls.null else list(pulls["nodes"].each())
    return Landing(
        sha=node["oid"].text(),
        message=clean(node["message"].text()),
        by=author["user"]["login"].text() if known else GHOST,
        pulls=tuple(
            one["number"].whole() for one in through if not one["mergedAt"].null and one["baseRefName"].text() == branch
        ),
    )
