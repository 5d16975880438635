"""From GitHub's answers to a thread and its items: pure, and strict about everything that must be there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from stanch.adapters.answer import Answer, At, Path, clean
from stanch.core.errors import Moved, NoSuchThread
from stanch.core.thread import (
    GHOST,
    Actor,
    CloseReason,
    Comment,
    Event,
    EventKind,
    Item,
    Mark,
    Reference,
    Thread,
)

MARKS = {"ROCKET": Mark.ACCEPTED, "THUMBS_DOWN": Mark.REFUSED}

KINDS = {
    "LabeledEvent": EventKind.LABELED,
    "UnlabeledEvent": EventKind.UNLABELED,
    "AssignedEvent": EventKind.ASSIGNED,
    "UnassignedEvent": EventKind.UNASSIGNED,
    "ClosedEvent": EventKind.CLOSED,
    "ReopenedEvent": EventKind.REOPENED,
    "RenamedTitleEvent": EventKind.RENAMED,
    "CommentDeletedEvent": EventKind.COMMENT_DELETED,
    "CrossReferencedEvent": EventKind.REFERENCED,
}

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Page:
    """Some timeline items and the cursor of the next page, None at the end."""

    items: tuple[Item, ...]
    after: str | None


def thread(answer: Answer, alias: str, number: int) -> tuple[Thread, str | None]:
    """The thread under `alias`, and the cursor of its next items, None when this is all.

    Raises NoSuchThread, Moved (another number was answered) or NotReadable.
    """
    if ("repository", alias) in answer.missing:
        raise NoSuchThread(f"Issue {number} does not exist, was deleted or transferred, or is hidden.", 404)
    node = answer.repository[alias]
    if (found := node["number"].whole()) != number:
        raise Moved(f"Issue {number} was transferred: GitHub answers with number {found}.", 301)
    if node["__typename"].text() == "PullRequest":
        return pull_request(node), None
    at = node["createdAt"].instant()
    items = page(node["timelineItems"], answer.hidden, at)
    return issue(node, at, items.items), items.after


def without_items(answer: Answer, alias: str) -> Thread | None:
    """The issue under `alias` without its timeline, None when there is none."""
    node = None if ("repository", alias) in answer.missing else answer.repository[alias]
    if node is None or node["__typename"].text() == "PullRequest":
        return None
    return issue(node, node["createdAt"].instant(), ())


def pull_request(node: At) -> Thread:
    return Thread(
        number=node["number"].whole(),
        title=title(node["title"]),
        url=node["url"].text(),
        is_pull_request=True,
    )


def issue(node: At, at: datetime, items: tuple[Item, ...]) -> Thread:
    edited_at, editor = edit(node)
    return Thread(
        number=node["number"].whole(),
        title=title(node["title"]),
        body=clean(node["body"].text()),
        author=actor(node["author"]),
        at=at,
        url=node["url"].text(),
        ours=node["viewerDidAuthor"].flag(),
        edited_at=edited_at,
        editor=editor,
        open=is_open(node["state"]),
        reason=reason(node["stateReason"]),
        locked=node["locked"].flag(),
        labels=tuple(label["name"].text() for label in node["labels"]["nodes"].each()),
        assignees=tuple(person["login"].text() for person in node["assignees"]["nodes"].each()),
        items=items,
        node_id=node["id"].text(),
    )


def page(connection: At, hidden: frozenset[Path], since: datetime) -> Page:
    """One page of a timeline. `since` (UTC) dates a first item of which GitHub shows nothing."""
    items: list[Item] = []
    for node in connection["nodes"].each():
        if node.null and node.path in hidden:
            at = items[-1].at if items else since
            items.append(Event(EventKind.REFERENCED, at, Actor(GHOST)))
        else:
            items.append(item(node, source_hidden=node.path in hidden))
    return Page(tuple(items), after(connection))


def after(connection: At) -> str | None:
    """The cursor of a connection's next page, None at the end."""
    info = connection["pageInfo"]
    return info["endCursor"].text() if info["hasNextPage"].flag() else None


def item(node: At, *, source_hidden: bool = False) -> Item:
    name = node["__typename"].text()
    if name == "IssueComment":
        return comment(node)
    if name not in KINDS:
        raise node["__typename"].unexpected("a known kind of item")
    kind = KINDS[name]
    return Event(
        kind=kind,
        at=node["createdAt"].instant(),
        actor=actor(node["actor"]),
        subject=subject(kind, node),
        reason=reason(node["stateReason"]) if kind is EventKind.CLOSED else None,
        source=None if source_hidden or kind is not EventKind.REFERENCED else reference(node["source"]),
    )


def subject(kind: EventKind, node: At) -> str:
    match kind:
        case EventKind.LABELED | EventKind.UNLABELED:
            return node["label"]["name"].text()
        case EventKind.ASSIGNED | EventKind.UNASSIGNED:
            assignee = node["assignee"]
            return GHOST if assignee.null else assignee["login"].text()
        case EventKind.RENAMED:
            return title(node["previousTitle"])
        case EventKind.COMMENT_DELETED:
            return actor(node["deletedCommentAuthor"]).login
        case _:
            return ""


def comment(node: At) -> Comment:
    edited_at, editor = edit(node)
    return Comment(
        id=node["fullDatabaseId"].whole(),
        node_id=node["id"].text(),
        author=actor(node["author"]),
        body=clean(node["body"].text()),
        at=node["createdAt"].instant(),
        url=node["url"].text(),
        ours=node["viewerDidAuthor"].flag(),
        edited_at=edited_at,
        editor=editor,
        minimized=node["isMinimized"].flag(),
        marks=marks(node["reactionGroups"]),
    )


def marks(groups: At) -> frozenset[Mark]:
    """This token's own reactions; GitHub may answer null for none."""
    if groups.null:
        return frozenset()
    given = {group["content"].text(): group["viewerHasReacted"].flag() for group in groups.each()}
    return frozenset(mark for content, mark in MARKS.items() if given.get(content))


def edit(node: At) -> tuple[datetime | None, Actor | None]:
    """When and by whom a text was last edited; an editor whose account is gone is the ghost."""
    edited_at = node["lastEditedAt"]
    return (None, None) if edited_at.null else (edited_at.instant(), actor(node["editor"]))


def actor(node: At) -> Actor:
    if node.null:
        return Actor(GHOST)
    return Actor(node["login"].text(), is_bot=node["__typename"].text() == "Bot")


def reference(node: At) -> Reference:
    is_pull_request = node["__typename"].text() == "PullRequest"
    merged_at = node["mergedAt"] if is_pull_request else None
    return Reference(
        number=node["number"].whole(),
        title=title(node["title"]),
        url=node["url"].text(),
        is_pull_request=is_pull_request,
        author=actor(node["author"]),
        ours=node["viewerDidAuthor"].flag(),
        state=node["pullState" if is_pull_request else "state"].text().lower(),
        merged_at=merged_at.instant() if merged_at and not merged_at.null else None,
    )


def title(node: At) -> str:
    """A title is one line, whatever was sent."""
    return " ".join(clean(node.text()).split())


def is_open(node: At) -> bool:
    if (state := node.text()) not in {"OPEN", "CLOSED"}:
        raise node.unexpected("OPEN or CLOSED")
    return state == "OPEN"


def reason(node: At) -> CloseReason | None:
    """Why it was closed: None when GitHub knows no reason, or when it was reopened since."""
    if node.null or node.value == "REOPENED":
        return None
    return one_of(node, CloseReason)


def one_of(node: At, kind: type[E]) -> E:
    try:
        return kind(node.text().lower())
    except ValueError:
        raise node.unexpected("a known value") from None
