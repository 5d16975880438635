"""From GitHub's answers to what stands around a thread: rules, deployments, merges, indexes and children."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stanch.adapters.answer import Answer, At, clean
from stanch.adapters.decode import actor, after, comment, is_open, reason, title
from stanch.core.handover import LABEL
from stanch.core.own_templates import OWN_TEMPLATES
from stanch.core.runbooks.model import FOLDER
from stanch.core.thread import Child, CloseReason, Deployment, Merge, Repository, Thread

NO_TEXT = "\0"
"""Stands at the end of a file that GitHub did not show whole: never YAML, so never taken for a config."""


@dataclass(frozen=True, slots=True)
class IndexPage:
    """Some issue numbers of one label and the cursor of the next page, None at the end."""

    numbers: tuple[int, ...]
    after: str | None


def repository(answer: Answer) -> Repository:
    """What the Rules fragment says. `default_branch` None: no files could be read at all."""
    node = answer.repository
    owner, _, name = node["nameWithOwner"].text().partition("/")
    branch = node["defaultBranchRef"]
    owners = (file(node["owners"]), file(node["ownersRoot"]), file(node["ownersDocs"]))
    return Repository(
        owner=owner,
        name=name,
        default_branch=None if branch.null else branch["name"].text(),
        config=file(node["config"]),
        config_alternative=file(node["configYaml"]),
        has_gate=not node["gate"].null,
        has_roles=not node["roles"].null,
        has_watcher=not node["watcher"].null,
        templates=templates(node),
        codeowners=next((text for text in owners if text is not None), None),
        deployments=tuple(sorted(map(deployment, node["deployments"]["nodes"].each()), key=age)),
        merges=tuple(sorted(map(merge, node["pullRequests"]["nodes"].each()), key=age)),
        handovers=handovers(node),
        runbooks=runbooks(node),
    )


def templates(node: At) -> dict[str, str]:
    """The team's own templates that are there, by the name of the file."""
    found = {name: file(node[alias]) for alias, name in OWN_TEMPLATES.items()}
    return {name: text for name, text in found.items() if text is not None}


def runbooks(node: At) -> dict[str, str | None]:
    """The Markdown files of the runbooks' folder by their paths; None for one that is no text. None where nobody asked.

    One that GitHub cuts off is longer than a runbook may be, so what is shown of it is enough to say so.
    """
    if "runbooks" not in node or node["runbooks"].null or "entries" not in node["runbooks"]:
        return {}
    rows = ((row["name"].text(), row["object"]) for row in node["runbooks"]["entries"].each())
    return {f"{FOLDER}/{name}": _page(blob) for name, blob in rows if name.endswith(".md") and not blob.null}


def _page(blob: At) -> str | None:
    return None if "text" not in blob or blob["text"].null else blob["text"].text()


def age(one: Deployment | Merge) -> float:
    """Sorts newest first."""
    return -one.at.timestamp()


def file(node: At) -> str | None:
    """A file's text; None when there is none. One that is not shown whole ends in NO_TEXT."""
    if node.null:
        return None
    if "text" not in node or node["text"].null:
        return NO_TEXT
    return node["text"].text() + (NO_TEXT if node["isTruncated"].flag() else "")


def deployment(node: At) -> Deployment:
    environment, ref, status = node["environment"], node["ref"], node["latestStatus"]
    return Deployment(
        id=node["id"].text(),
        environment="" if environment.null else environment.text(),
        sha=node["commitOid"].text(),
        ref="" if ref.null else ref["name"].text(),
        at=node["createdAt"].instant(),
        state="pending" if status.null else status["state"].text().lower(),
        creator=actor(node["creator"]),
    )


def merge(node: At) -> Merge:
    commit = node["mergeCommit"]
    return Merge(
        number=node["number"].whole(),
        title=title(node["title"]),
        url=node["url"].text(),
        sha="" if commit.null else commit["oid"].text(),
        at=node["mergedAt"].instant(),
        author=actor(node["author"]),
        base=node["baseRefName"].text(),
    )


def handovers(node: At) -> tuple[Thread, ...]:
    """The newest hand-over issues by number; none where nobody asked."""
    nodes = node["handovers"]["nodes"].each() if "handovers" in node else ()
    return tuple(sorted(map(handover, nodes), key=lambda one: one.number))


def handover(node: At) -> Thread:
    """A hand-over issue with its first hundred comments, and nothing else of its timeline."""
    return Thread(
        number=node["number"].whole(),
        title=title(node["title"]),
        body=clean(node["body"].text()),
        at=node["createdAt"].instant(),
        url=node["url"].text(),
        ours=node["viewerDidAuthor"].flag(),
        open=is_open(node["state"]),
        reason=reason(node["stateReason"]),
        labels=(LABEL,),
        items=tuple(comment(one) for one in node["timelineItems"]["nodes"].each()),
        node_id=node["id"].text(),
    )


def index(connection: At) -> IndexPage:
    """One page of a label's issue numbers."""
    numbers = tuple(node["number"].whole() for node in connection["nodes"].each())
    return IndexPage(numbers, after(connection))


def children(answer: Answer, count: int) -> dict[int, Child]:
    """The possible children of an answer to `documents.children(count)`, by number.

    A number that is gone or is a pull request's is left out.
    """
    asked = (f"k{i}" for i in range(count))
    nodes = [answer.repository[alias] for alias in asked if ("repository", alias) not in answer.missing]
    nodes += answer.repository["newest"]["nodes"].each()
    found = (child(node) for node in nodes if node.value != {})
    return {one.number: one for one in found}


def child(node: At) -> Child:
    return Child(
        number=node["number"].whole(),
        node_id=node["id"].text(),
        title=title(node["title"]),
        body=clean(node["body"].text()),
        url=node["url"].text(),
        ours=node["viewerDidAuthor"].flag(),
        at=node["createdAt"].instant(),
        open=is_open(node["state"]),
        reason=reason(node["stateReason"]),
        edited_at=None if node["lastEditedAt"].null else node["lastEditedAt"].instant(),
    )


def finished(answer: Answer, numbers: Sequence[int]) -> dict[int, datetime | None]:
    """When each number of an answer to `documents.finished` was done: closed as done, or merged; None while it is not.

    A number that is gone, hidden or somewhere else by now is left out.
    """
    found: dict[int, datetime | None] = {}
    for i, number in enumerate(numbers):
        if ("repository", f"f{i}") not in answer.missing:
            node = answer.repository[f"f{i}"]
            if node["number"].whole() == number:
                found[number] = _done_at(node)
    return found


def _done_at(node: At) -> datetime | None:
    if node["__typename"].text() == "PullRequest":
        return None if node["mergedAt"].null else node["mergedAt"].instant()
    given_up = reason(node["stateReason"]) in {CloseReason.NOT_PLANNED, CloseReason.DUPLICATE}
    return None if is_open(node["state"]) or given_up else node["closedAt"].instant()
