"""A played world as the page of a drill shows it: its issues as threads, its incident as a line of moments."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stanch.app.picture_pull import happened
from stanch.core.incident import Incident, Status
from stanch.core.labels import TABLE
from stanch.core.marker import marker_of
from stanch.core.snapshot import card_key
from stanch.render.story import (
    CommentView,
    EventView,
    EventWord,
    Figure,
    LabelView,
    Moment,
    MomentKind,
    ThreadKind,
    ThreadState,
    ThreadView,
)

if TYPE_CHECKING:
    from stanch.sandbox.records import Comment, Event, Issue
    from stanch.sandbox.repository import Repository
    from stanch.sandbox.world import World

COLORS = {label.name: label.color for label in TABLE}
"""The colours of Stanch's own labels, where the repository has not chosen any."""

KNOWN = {word.value for word in EventWord}
BY_LABEL = {
    ThreadKind.POSTMORTEM: "post-mortem",
    ThreadKind.DASHBOARD: "incident-dashboard",
    ThreadKind.HANDOVER: "incident-handover",
    ThreadKind.ROOT_CAUSE: "root-cause",
}


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def threads(world: "World") -> tuple[ThreadView, ...]:
    """Every issue of the world's first repository, by number; pull requests last."""
    repo = next(iter(world.repos.values()))
    found = sorted(repo.issues.values(), key=lambda issue: (issue.pull is not None, issue.number))
    return tuple(_thread(world, repo, issue) for issue in found)


def _thread(world: "World", repo: "Repository", issue: "Issue") -> ThreadView:
    plain = {label.name: label.color for label in repo.labels.values()}
    colors = {name: COLORS.get(name, color) if color == "ededed" else color for name, color in plain.items()}
    names = repo.label_names(issue)
    return ThreadView(
        number=issue.number,
        title=issue.title,
        state=_state(issue),
        labels=tuple(LabelView(name, colors.get(name, "")) for name in names),
        assignees=tuple(issue.assignees),
        author=issue.author,
        at=instant(issue.at),
        body_markdown=issue.body or "",
        entries=tuple(_in_order(issue, (*_entries(world, repo, issue, colors), *happened(repo, issue)))),
        kind=_kind(issue, set(names)),
        author_is_bot=world.users[issue.author.lower()].is_bot if issue.author.lower() in world.users else False,
    )


def _in_order(issue: "Issue", entries: tuple[CommentView | EventView, ...]) -> Iterable[CommentView | EventView]:
    """By time; of one second what people did comes before what Stanch answered."""
    return sorted(entries, key=lambda one: (one.at, one.is_bot)) if issue.pull else entries


def _state(issue: "Issue") -> ThreadState:
    if issue.pull and issue.pull.merged_at:
        return ThreadState.MERGED
    if issue.state == "open":
        return ThreadState.OPEN
    return ThreadState(issue.state_reason) if issue.state_reason in {"not_planned", "duplicate"} else ThreadState.CLOSED


def _kind(issue: "Issue", labels: set[str]) -> ThreadKind:
    if issue.pull is not None:
        return ThreadKind.PULL_REQUEST
    for kind, label in BY_LABEL.items():
        if label in labels:
            return kind
    if any(label.startswith("sev-") for label in labels):
        return ThreadKind.INCIDENT
    return ThreadKind.CLIENT_REPORT if "client-report" in labels else ThreadKind.ISSUE


def _entries(
    world: "World", repo: "Repository", issue: "Issue", colors: dict[str, str]
) -> Iterator[CommentView | EventView]:
    from stanch.sandbox.records import Comment  # noqa: PLC0415 # the sandbox is an extra

    for item in issue.items:
        if isinstance(item, Comment):
            yield _comment(world, issue, item)
        elif item.kind in KNOWN and not (item.kind == EventWord.CLOSED and issue.pull and issue.pull.merged_at):
            yield _event(world, repo, item, colors)


def _comment(world: "World", issue: "Issue", comment: "Comment") -> CommentView:
    marker = marker_of(comment.body)
    by_bot = world.users[comment.author.lower()].is_bot
    return CommentView(
        author=comment.author,
        is_bot=by_bot,
        at=instant(comment.at),
        body_markdown=comment.body,
        edited=comment.edited_at is not None,
        reactions=tuple(reaction.content for reaction in comment.reactions),
        is_card=by_bot and marker is not None and marker.key == card_key(issue.number),
        minimized=comment.minimized is not None,
    )


def _event(world: "World", repo: "Repository", event: "Event", colors: dict[str, str]) -> EventView:
    other = repo.issues.get(event.source[1]) if event.source else None
    return EventView(
        kind=EventWord(event.kind),
        actor=event.actor,
        at=instant(event.at),
        subject=other.title if other else event.subject,
        detail=event.reason or "",
        color=colors.get(event.subject, ""),
        number=event.source[1] if event.source else None,
        is_bot=event.actor.lower() in world.users and world.users[event.actor.lower()].is_bot,
    )


STATUSES = {
    Status.MITIGATED: MomentKind.MITIGATED,
    Status.RESOLVED: MomentKind.RESOLVED,
    Status.FALSE_ALARM: MomentKind.FALSE_ALARM,
    Status.DISMISSED: MomentKind.CLOSED,
}


def moments(incident: Incident, reminders: tuple[datetime, ...], opened: datetime | None) -> tuple[Moment, ...]:
    """What stands on the story bar, in order of time. `opened` is when the post-mortem was."""
    return tuple(sorted(_moments(incident, reminders, opened), key=lambda moment: moment.at))


def _moments(incident: Incident, reminders: tuple[datetime, ...], opened: datetime | None) -> Iterator[Moment]:
    yield Moment(incident.detected_at, "", MomentKind.DETECTED)
    for spell in incident.spells:
        level = spell.severity.label.upper() if spell.severity else ""
        yield Moment(spell.at, level, MomentKind.SEVERITY if level else MomentKind.WITHDRAWN)
    if incident.acknowledged:
        yield Moment(incident.acknowledged.at, incident.acknowledged.by, MomentKind.ACKNOWLEDGED)
    yield from dict.fromkeys(_turns(incident))
    for update in incident.updates:
        yield Moment(update.at, update.by, MomentKind.UPDATE)
    for one in incident.containments:
        yield Moment(one.at, one.kind, MomentKind.CONTAINMENT)
    yield from (Moment(at, "", MomentKind.REMINDER) for at in reminders)
    if opened:
        yield Moment(opened, "", MomentKind.POSTMORTEM)


def _turns(incident: Incident) -> Iterator[Moment]:
    """What became of it: every status that has a flag, and every return to work from what was over."""
    over = False
    for change in incident.history:
        if over and not change.status.over:
            yield Moment(change.at, change.by, MomentKind.REOPENED)
        if change.status in STATUSES and (change.said or change.status.over):
            yield Moment(change.at, "", STATUSES[change.status])
        over = change.status.over


def figures(incident: Incident, counted: dict[str, int]) -> tuple[Figure, ...]:
    """How long the milestones took, and what the run cost."""
    took = {
        "acknowledge": incident.acknowledged,
        "mitigate": incident.mitigated or incident.resolved,
        "resolve": incident.resolved,
    }
    lengths = [
        Figure(name, int((deed.at - incident.detected_at).total_seconds()) if deed else None, "seconds")
        for name, deed in took.items()
    ]
    return (*lengths, *(Figure(name, value) for name, value in counted.items()))
