"""From GitHub's answers to a pull request and what it points to."""

from collections.abc import Iterable
from datetime import datetime

from stanch.adapters.answer import Answer, At, clean
from stanch.adapters.decode import actor, after, edit, item, one_of, title
from stanch.adapters.decode_checks import checks, runs
from stanch.adapters.decode_repository import NO_TEXT, deployment, file
from stanch.core.errors import NoSuchThread
from stanch.core.pull import (
    ChangedFile,
    ChangeKind,
    FileText,
    GateStatus,
    Mergeable,
    Merged,
    MergeSettings,
    Opinion,
    Pull,
    PullCommit,
    PullState,
    Review,
)
from stanch.core.thread import Item, Thread

OPINIONS = {
    "APPROVED": Opinion.APPROVED,
    "CHANGES_REQUESTED": Opinion.CHANGES_REQUESTED,
    "DISMISSED": Opinion.DISMISSED,
}
TURN = "BaseRefChangedEvent"


def settings(answer: Answer) -> MergeSettings:
    """How the repository merges, and its environments."""
    node = answer.repository
    return MergeSettings(
        squash=node["squashMergeAllowed"].flag(),
        merge_commit=node["mergeCommitAllowed"].flag(),
        rebase=node["rebaseMergeAllowed"].flag(),
        environments=tuple(one["name"].text() for one in node["environments"]["nodes"].each()),
        attributes=_whole(node["attributes"]),
    )


def pull(answer: Answer, number: int, context: str) -> tuple[Pull, str | None]:
    """A pull request and the cursor of its talk's next page, None at the end. `context` names the gate's status.

    Raises NoSuchThread, or NotReadable for anything that does not fit GitHub's schema.
    """
    node = answer.repository["pullRequest"]
    if node.null or ("repository", "pullRequest") in answer.missing:
        raise NoSuchThread(f"There is no pull request {number}, or the token may not see it.", 404)
    talked = node["timelineItems"]
    tip = next((one["commit"] for one in node["tip"]["nodes"].each()), None)
    if tip is None:
        raise node["tip"].unexpected("the newest commit")
    contexts = tip["statusCheckRollup"]
    listed = None if contexts.null else contexts["contexts"]
    files = node["files"]
    found = Pull(
        thread=_thread(node),
        state=one_of(node["state"], PullState),
        draft=node["isDraft"].flag(),
        cross_repository=node["isCrossRepository"].flag(),
        head=node["headRefName"].text(),
        head_sha=node["headRefOid"].text(),
        head_tree=tip["tree"]["oid"].text(),
        base=node["baseRefName"].text(),
        base_sha=_base(node),
        fork_point=_fork_point(node),
        mergeable=one_of(node["mergeable"], Mergeable),
        commits=_commits(node),
        commit_count=node["earliest"]["totalCount"].whole(),
        files=() if files.null else tuple(map(_file, files["nodes"].each())),
        changed_files=node["changedFiles"].whole(),
        added=node["additions"].whole(),
        removed=node["deletions"].whole(),
        reviews=tuple(map(_review, node["reviews"]["nodes"].each())),
        review_count=node["reviews"]["totalCount"].whole(),
        checks=() if listed is None else tuple(checks(listed["nodes"].each(), context)),
        more_checks=listed is not None and listed["pageInfo"]["hasNextPage"].flag(),
        runs=tuple(runs(tip["checkSuites"])),
        deployments=tuple(map(deployment, tip["deployments"]["nodes"].each())),
        closes=tuple(_closes(node)),
        twins=tuple(_twins(tip, number, node["headRefOid"].text())),
        retargets=tuple(turns(talked)),
        status=_status(tip["status"]),
        merged=_merged(node),
    )
    return found, after(talked)


def talk(connection: At) -> tuple[Item, ...]:
    """The comments and deletions of one page of the conversation."""
    nodes = (one for one in connection["nodes"].each() if not one.null)
    return tuple(item(one) for one in nodes if one["__typename"].text() != TURN)


def turns(connection: At) -> Iterable[datetime]:
    """When the base branch was changed, on one page."""
    nodes = (one for one in connection["nodes"].each() if not one.null)
    return (one["createdAt"].instant() for one in nodes if one["__typename"].text() == TURN)


def _thread(node: At) -> Thread:
    edited_at, editor = edit(node)
    return Thread(
        number=node["number"].whole(),
        title=title(node["title"]),
        body=clean(node["body"].text()),
        author=actor(node["author"]),
        at=node["createdAt"].instant(),
        url=node["url"].text(),
        ours=node["viewerDidAuthor"].flag(),
        edited_at=edited_at,
        editor=editor,
        open=node["state"].text() == "OPEN",
        locked=node["locked"].flag(),
        assignees=tuple(one["login"].text() for one in node["assignees"]["nodes"].each()),
        items=talk(node["timelineItems"]),
        is_pull_request=True,
    )


def _base(node: At) -> str:
    """The base's tip; where the branch is gone, what it was when the pull request was last looked at by GitHub."""
    ref = node["baseRef"]
    return node["baseRefOid"].text() if ref.null else ref["target"]["oid"].text()


def _fork_point(node: At) -> str:
    """The parent of the first commit; empty where there is none."""
    first = next(iter(node["opening"]["nodes"].each()), None)
    parents = [] if first is None else list(first["commit"]["parents"]["nodes"].each())
    return parents[0]["oid"].text() if parents else ""


def _commits(node: At) -> tuple[PullCommit, ...]:
    found: dict[str, PullCommit] = {}
    for part in ("earliest", "latest"):
        for one in node[part]["nodes"].each():
            commit = _commit(one["commit"])
            found.setdefault(commit.sha, commit)
    return tuple(found.values())


def _commit(node: At) -> PullCommit:
    people = [*node["authors"]["nodes"].each(), *([] if node["committer"].null else [node["committer"]])]
    known = [one["user"]["login"].text() for one in people if not one["user"].null]
    strange = ["" if one["name"].null else one["name"].text() for one in people if one["user"].null]
    strange += ["…"] if node["authors"]["pageInfo"]["hasNextPage"].flag() else []
    return PullCommit(
        sha=node["oid"].text(),
        message=clean(node["message"].text()),
        people=tuple(dict.fromkeys(known)),
        unknown=tuple(dict.fromkeys(name for name in strange if name not in {"GitHub", "web-flow"})),
    )


def _review(node: At) -> Review:
    commit, state = node["commit"], node["state"].text()
    if state not in OPINIONS:
        raise node["state"].unexpected("a review's state")
    submitted = node["submittedAt"]
    return Review(
        id=node["id"].text(),
        author=actor(node["author"]),
        opinion=OPINIONS[state],
        at=submitted.instant(),
        sha="" if commit.null else commit["oid"].text(),
        may_push=node["authorCanPushToRepository"].flag(),
    )


def _file(node: At) -> ChangedFile:
    kind = one_of(node["changeType"], ChangeKind)
    return ChangedFile(node["path"].text(), kind, node["additions"].whole(), node["deletions"].whole())


def _closes(node: At) -> Iterable[int]:
    home = node["url"].text().rpartition("/pull/")[0]
    references = node["closingIssuesReferences"]
    for one in [] if references.null else references["nodes"].each():
        if one["url"].text().rpartition("/issues/")[0] == home:
            yield one["number"].whole()


def _twins(tip: At, number: int, sha: str) -> Iterable[int]:
    pulls = tip["associatedPullRequests"]
    for one in [] if pulls.null else pulls["nodes"].each():
        if one["number"].whole() != number and one["state"].text() == "OPEN" and one["headRefOid"].text() == sha:
            yield one["number"].whole()


def _status(node: At) -> GateStatus | None:
    context = None if node.null else node["context"]
    if context is None or context.null:
        return None
    return GateStatus(
        state=context["state"].text().lower(),
        description="" if context["description"].null else context["description"].text(),
        url="" if context["targetUrl"].null else context["targetUrl"].text(),
        by=actor(context["creator"]),
    )


def _merged(node: At) -> Merged | None:
    if node["mergedAt"].null:
        return None
    commit = node["mergeCommit"]
    return Merged(
        sha="" if commit.null else commit["oid"].text(),
        message="" if commit.null else clean(commit["message"].text()),
        parents=() if commit.null else tuple(one["oid"].text() for one in commit["parents"]["nodes"].each()),
        by=actor(node["mergedBy"]),
        at=node["mergedAt"].instant(),
    )


def file_text(node: At) -> FileText | None:
    """A file at a commit; None when there is none. What is cut off or binary has no text."""
    if node.null:
        return None
    text = _whole(node) if "text" in node else None
    return FileText(node["oid"].text(), None if text is None else clean(text))


def _whole(node: At) -> str | None:
    """A file's text; None also for one that is cut off or binary."""
    text = file(node)
    return None if text is None or text.endswith(NO_TEXT) else text
