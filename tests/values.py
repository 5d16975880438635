"""Threads, comments, events and snapshots in one line each, and a world of plain values that takes writes.

Times are minutes after `START`, a Tuesday at 02:00 UTC, unless an instant is given. The bot is
`github-actions`; `RIGHTS` says who may what. Nothing here reads a clock or does I/O.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import chain

from stanch.core.access import Access
from stanch.core.adding import to_hear
from stanch.core.case import Case, case_of
from stanch.core.config import DEFAULTS, Config
from stanch.core.drill_bounds import bounded
from stanch.core.incident import Incident
from stanch.core.ledger import Ledger, written
from stanch.core.ledger import read as read_ledger
from stanch.core.lengthening import touched
from stanch.core.marker import Marker, hidden
from stanch.core.people import questions
from stanch.core.plan import plan
from stanch.core.remembering import children_to_read
from stanch.core.runbooks.model import Shelf
from stanch.core.runs import End, EndedRun
from stanch.core.sent import Sent
from stanch.core.snapshot import Snapshot, card_key
from stanch.core.thread import (
    Actor,
    Child,
    CloseReason,
    Comment,
    Deployment,
    Event,
    EventKind,
    Item,
    Mark,
    Merge,
    Reference,
    Repository,
    Thread,
)
from stanch.core.wanted import Notice, Text, Want
from stanch.core.writes import (
    AddAssignees,
    AddLabels,
    CloseIssue,
    CreateComment,
    CreateIssue,
    EditComment,
    EditIssue,
    Minimise,
    React,
    RemoveAssignees,
    RemoveLabel,
    Write,
)
from stanch.practices import PRACTICES, Practice

START = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)
BOT = Actor("github-actions", is_bot=True)
REPOSITORY = Repository("octo", "shop", "main")
EMPTY = Shelf()
HOME = "https://github.test/octo/shop"
TEAM = replace(DEFAULTS, people=("alex", "jordan", "morgan"))
RIGHTS = {
    "alex": Access.WRITE,
    "jordan": Access.WRITE,
    "morgan": Access.WRITE,
    "sam": Access.WRITE,
    "riley": Access.TRIAGE,
    "kim": Access.READ,
}
SHA = "4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70"
"""The commit that a hotfix became when it was merged."""

Moment = float | datetime


def instant(when: Moment) -> datetime:
    """An instant itself, or so many minutes after the start."""
    return when if isinstance(when, datetime) else START + timedelta(minutes=when)


def person(login: str) -> Actor:
    """Somebody; the bot by its own name, other bots by `[bot]`."""
    return BOT if login == BOT.login else Actor(login, is_bot=login.endswith("[bot]"))


def comment(id_: int, by: str, body: str, when: Moment) -> Comment:
    """A person's comment, as it was first written."""
    return Comment(
        id_, f"C_{id_}", person(by), body, instant(when), f"{HOME}/issues/12#issuecomment-{id_}", by == BOT.login
    )


def edited(one: Comment, by: str, when: Moment, body: str | None = None) -> Comment:
    """The comment after an edit."""
    return replace(one, body=one.body if body is None else body, edited_at=instant(when), editor=person(by))


def marked(one: Comment, *marks: Mark) -> Comment:
    """The comment with reactions of the bot's own."""
    return replace(one, marks=frozenset(marks))


def notice(id_: int, key: str, when: Moment, *covers: str) -> Comment:
    """A comment of the bot's that bears a marker."""
    return comment(id_, BOT.login, f"{Marker(key, covers)}\nwords", when)


def card(id_: int, ledger: Ledger, when: Moment = 1, number: int = 12) -> Comment:
    """A card of the bot's with this ledger."""
    return comment(id_, BOT.login, f"{Marker(card_key(number))}\n{written(ledger)}\nwords", when)


def told(id_: int, key: str, fact: object, when: Moment) -> Comment:
    """What a pull request's look left on the thread: a fact in the second line."""
    return comment(id_, BOT.login, f"{Marker(key)}\n{hidden(fact)}\nwords", when)


def waived(id_: int, when: Moment, pull: int = 45, **fact: object) -> Comment:
    """A rule of a hotfix was waived a minute before the incident is told of it."""
    whole = {"kind": "waiver", "pull": pull, "rule": "H006", "by": "jordan", "why": "one generated file"}
    at = int(instant(when).timestamp()) - 60
    return told(id_, f"12/waiver/{pull}/{id_}/1", whole | {"at": at} | fact, when)


def merged(id_: int, when: Moment, pull: int = 45, **fact: object) -> Comment:
    """A hotfix was merged a minute before the incident is told of it."""
    whole = {"kind": "merged", "pull": pull, "title": "Round the total", "sha": SHA, "base": "main"}
    whole |= {"class": "hotfix", "by": "morgan", "at": int(instant(when).timestamp()) - 60, "open": [], "skipped": []}
    return told(id_, f"12/merged/{pull}", whole | fact, when)


def labeled(name: str, when: Moment, by: str = "alex") -> Event:
    return Event(EventKind.LABELED, instant(when), person(by), name)


def unlabeled(name: str, when: Moment, by: str = "alex") -> Event:
    return Event(EventKind.UNLABELED, instant(when), person(by), name)


def closed(when: Moment, by: str = "alex", reason: CloseReason = CloseReason.COMPLETED) -> Event:
    return Event(EventKind.CLOSED, instant(when), person(by), reason=reason)


def reopened(when: Moment, by: str = "alex") -> Event:
    return Event(EventKind.REOPENED, instant(when), person(by))


def assigned(login: str, when: Moment, by: str = "alex") -> Event:
    return Event(EventKind.ASSIGNED, instant(when), person(by), login)


def unassigned(login: str, when: Moment, by: str = "alex") -> Event:
    return Event(EventKind.UNASSIGNED, instant(when), person(by), login)


def deleted(when: Moment, of: str = BOT.login, by: str = "alex") -> Event:
    """Somebody deleted a comment of `of`; GitHub does not say which."""
    return Event(EventKind.COMMENT_DELETED, instant(when), person(by), of)


def pull_request(
    number: int, when: Moment, merged: Moment | None = None, title: str = "Mend the total", state: str = "open"
) -> Event:
    """A pull request mentioned the thread."""
    merged_at = None if merged is None else instant(merged)
    url = f"{HOME}/pull/{number}"
    state = state if merged is None else "merged"
    source = Reference(number, title, url, True, person("morgan"), state=state, merged_at=merged_at)
    return Event(EventKind.REFERENCED, instant(when), source.author, source=source)


def mentioned_by(number: int, when: Moment, state: str = "open") -> Event:
    """An issue of the bot's mentioned the thread."""
    url = f"{HOME}/issues/{number}"
    source = Reference(number, "x", url, is_pull_request=False, author=BOT, ours=True, state=state)
    return Event(EventKind.REFERENCED, instant(when), BOT, source=source)


def deployment(id_: str, when: Moment, sha: str = "7f3c2a1b", environment: str = "production") -> Deployment:
    return Deployment(id_, environment, sha, "v1.4.2", instant(when), "success", person("jordan"))


def merge(number: int, when: Moment, base: str = "main") -> Merge:
    url = f"{HOME}/pull/{number}"
    return Merge(number, "Round totals", url, "9a1b2c3d4e5f60718293", instant(when), person("morgan"), base)


def ended_run(
    when: Moment,
    end: End = End.FAILED,
    name: str = "deploy",
    path: str = ".github/workflows/deploy.yml",
    sha: str = SHA,
) -> EndedRun:
    """A workflow run that ended then."""
    url = f"{HOME}/actions/runs/{int((instant(when) - START).total_seconds()) + 90_000}"
    return EndedRun(name, path, "push", end, instant(when), url, sha)


def thread(*items: Item, number: int = 12, body: str = "", author: str = "alex", when: Moment = 0) -> Thread:
    """An issue on which these things happened; its labels, assignees and state follow from them."""
    bare = Thread(
        number,
        "Checkout fails",
        body,
        person(author),
        instant(when),
        f"{HOME}/issues/{number}",
        ours=author == BOT.login,
        items=items,
    )
    for event in bare.events:
        bare = _after(bare, event)
    return bare


def _after(before: Thread, event: Event) -> Thread:
    """What an event does to the state of an issue."""
    name, labels, assignees = event.subject, before.labels, before.assignees
    match event.kind:
        case EventKind.LABELED:
            return replace(before, labels=tuple(dict.fromkeys((*labels, name))))
        case EventKind.UNLABELED:
            return replace(before, labels=tuple(label for label in labels if label != name))
        case EventKind.ASSIGNED | EventKind.UNASSIGNED:
            others = tuple(login for login in assignees if login != name)
            return replace(before, assignees=(*others, name) if event.kind is EventKind.ASSIGNED else others)
        case EventKind.CLOSED:
            return replace(before, open=False, reason=event.reason)
        case EventKind.REOPENED:
            return replace(before, open=True, reason=None)
        case _:
            return before


def happened(before: Thread, *items: Item) -> Thread:
    """The thread after more has happened on it."""
    after = replace(before, items=(*before.items, *items))
    for item in items:
        after = _after(after, item) if isinstance(item, Event) else after
    return after


def without(before: Thread, comment_id: int, when: Moment, by: str = "alex") -> Thread:
    """The thread after somebody deleted a comment."""
    gone = next(one for one in before.comments if one.id == comment_id)
    left = tuple(item for item in before.items if item is not gone)
    return happened(replace(before, items=left), deleted(when, gone.author.login, by))


def snapshot(
    of: Thread, now: Moment, config: Config = TEAM, repository: Repository = REPOSITORY, shelf: Shelf = EMPTY
) -> Snapshot:
    """What is known of a thread now, with exactly the permissions that had to be asked."""
    return _asked(Snapshot(instant(now), repository, of, config, shelf=shelf))


def _asked(one: Snapshot) -> Snapshot:
    bare = replace(one, access={})
    return replace(bare, access={login: RIGHTS.get(login, Access.NONE) for login in questions(bare)})


def case(of: Thread, now: Moment, config: Config = TEAM) -> Case:
    return case_of(snapshot(of, now, config))


def incident_in(
    of: Thread, now: Moment, config: Config = TEAM, repository: Repository = REPOSITORY, shelf: Shelf = EMPTY
) -> Incident:
    """The incident that a thread is."""
    found = case_of(snapshot(of, now, config, repository, shelf)).incident
    assert found is not None
    return found


def wants(practice: Practice, of: Thread, now: Moment, config: Config = TEAM) -> list[Want]:
    """What one practice says should be true by now."""
    found = practice(case(of, now, config))
    return [want for want in found if not isinstance(want, Notice) or want.due <= instant(now)]


def upcoming(practice: Practice, of: Thread, now: Moment, config: Config = TEAM) -> list[Notice]:
    """The notices that one practice announces: they are due later."""
    found = practice(case(of, now, config))
    return [want for want in found if isinstance(want, Notice) and want.due > instant(now)]


def incident_thread(*items: Item, severity: int = 1, body: str = "", author: str = "alex") -> Thread:
    """An issue that alex labelled at the start, and what happened on it since."""
    return thread(labeled(f"sev-{severity}", 0), *items, body=body, author=author)


FORM = """### What is broken?

{broken}

### Severity

{severity}

### Who is affected?

- [x] All users
- [ ] One region

### Is data at risk?

No
"""


def form(severity: str = "SEV-1: down, data at risk, or revenue stopped", broken: str = "Checkout fails") -> str:
    """The body that GitHub makes of a filled incident form."""
    return FORM.format(severity=severity, broken=broken)


def plainly(text: Text) -> str:
    """Words without templates: the view itself, so that a changed fact is a changed text."""
    return f"{text.template} {json.dumps(dict(text.view), default=str, sort_keys=True)}"


def view_of(want: Want) -> dict[str, object]:
    """The values that a want is to be told with."""
    text = getattr(want, "text", None)
    assert isinstance(text, Text)
    return dict(text.view)


def decided(one: Snapshot, sent: Sent | None = None) -> tuple[Case, tuple[Want, ...]]:
    """The case, and what every practice wants of it."""
    found = case_of(one, sent)
    return found, bounded(found, chain.from_iterable(practice(found) for practice in PRACTICES))


@dataclass(frozen=True)
class World:
    """One thread and the issues that were opened for it, as values: what GitHub would hold."""

    thread: Thread
    children: tuple[Child, ...] = ()
    next_id: int = 9_000
    config: Config = TEAM
    repository: Repository = field(default=REPOSITORY)
    elsewhere: tuple[tuple[int, Comment], ...] = ()
    shelf: Shelf = EMPTY

    def of_child(self, number: int) -> Thread:
        """The thread of an issue that was opened for this one, with what the bot said on it."""
        child = next((one for one in self.children if one.number == number), None)
        said = (said for on, said in self.elsewhere if on == number)
        return replace(
            thread(*said, number=number, body=child.body if child else "", author=BOT.login),
            open=child is None or child.open,
        )

    def seen(self, now: Moment, *, children: bool = False) -> Snapshot:
        one = snapshot(self.thread, now, self.config, self.repository, self.shelf)
        return replace(one, children=self.children if children else None)

    def then(self, *items: Item) -> "World":
        return replace(self, thread=happened(self.thread, *items))

    def planned(self, now: Moment, sent: Sent | None = None) -> tuple[Write, ...]:
        """The writes of one pass; children are looked for exactly when the road would."""
        sent = sent or Sent()
        found, wanted = decided(self.seen(now), sent)
        if children_to_read(found, wanted, sent) is not None:
            found = replace(found, snapshot=replace(found.snapshot, children=self.children))
            further = (*touched(found, wanted), *to_hear(found, wanted, sent))
            beside = {number: self.of_child(number) for number in further}
            found = replace(found, snapshot=replace(found.snapshot, beside=beside))
        return plan(found, wanted, plainly, sent)

    def looked_at(self, now: Moment) -> "World":
        """The world after one run: passes until nothing is left to do."""
        world, sent = self, Sent()
        for _ in range(3):
            writes = world.planned(now, sent)
            for write in writes:
                sent = sent.plus(write, world.next_id)
                world = world.applied(write, now)
            if not writes:
                break
        return world

    def applied(self, write: Write, now: Moment) -> "World":
        """What GitHub does with one write."""
        return replace(_applied(self, write, instant(now)), next_id=self.next_id + 1)

    def ledger(self) -> Ledger | None:
        """What the newest card remembers."""
        bodies = [one.body for one in self.thread.comments if one.ours and f"={card_key(12)} " in one.body]
        return read_ledger(bodies[0]) if bodies else None

    def bodies(self, part: str) -> list[str]:
        """The texts of the bot's own comments whose key contains this."""
        return [one.body for one in self.thread.comments if one.ours and part in one.body.split("\n")[0]]


def _applied(world: World, write: Write, at: datetime) -> World:  # noqa: C901, PLR0911 # one arm for each kind of write
    match write:
        case CreateComment() if write.number != world.thread.number:
            said = replace(comment(world.next_id, BOT.login, write.body, at), ours=True)
            told = replace(world, elsewhere=(*world.elsewhere, (write.number, said)))
            return told.then(mentioned_by(write.number, at))
        case CreateComment():
            return world.then(replace(comment(world.next_id, BOT.login, write.body, at), ours=True))
        case EditComment():
            return _changed(world, write.comment_id, lambda one: edited(one, BOT.login, at, write.body))
        case React():
            return _changed(world, write.comment_id, lambda one: replace(one, marks=one.marks | {write.mark}))
        case Minimise():
            twins = [one.id for one in world.thread.comments if one.node_id == write.node_id]
            return _changed(world, twins[0], lambda one: replace(one, minimized=True))
        case AddLabels():
            return world.then(*(labeled(name, at, BOT.login) for name in write.labels))
        case RemoveLabel():
            return world.then(unlabeled(write.label, at, BOT.login))
        case AddAssignees():
            return world.then(*(assigned(login, at, BOT.login) for login in write.logins))
        case RemoveAssignees():
            return world.then(*(unassigned(login, at, BOT.login) for login in write.logins))
        case EditIssue():
            children = (
                replace(one, body=write.body, edited_at=at) if one.number == write.number else one
                for one in world.children
            )
            return replace(world, children=tuple(children))
        case CloseIssue():
            return _with_closed(world, write, at)
        case CreateIssue():
            child = Child(world.next_id, "I", write.title, write.body, "", ours=True, at=at)
            return replace(world, children=(*world.children, child)).then(mentioned_by(child.number, at))


def _with_closed(world: World, write: CloseIssue, at: datetime) -> World:
    if write.number == world.thread.number:
        return world.then(closed(at, BOT.login, write.reason))
    children = (replace(one, open=False) if one.number == write.number else one for one in world.children)
    return replace(world, children=tuple(children))


def _changed(world: World, comment_id: int, change: Callable[[Comment], Comment]) -> World:
    items = (
        change(item) if isinstance(item, Comment) and item.id == comment_id else item for item in world.thread.items
    )
    return replace(world, thread=replace(world.thread, items=tuple(items)))
