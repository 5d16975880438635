"""Wanted minus what is: the writes that are left to do. A plan for a world that is already right is empty.

The order is: a commit status that stops a merge; notices that a service may get twice, because a pager waits for
nobody; the card, because it carries the ledger; notices whose intent it has to hold first; what calls people, here and
on other threads; labels, assignments and marks; the child issue, and what is added to one; the closing; a status that
lets a merge go on; last, copies that two racing runs made are folded away, and a watcher is started.
"""

from collections.abc import Callable, Iterable, Iterator

from stanch.core.adding import additions
from stanch.core.case import Case
from stanch.core.channels import Kind
from stanch.core.counting import counted
from stanch.core.gate import CONTEXT, State
from stanch.core.ledger import written
from stanch.core.lengthening import long_forms
from stanch.core.markdown import BODY, bare, cut
from stanch.core.marker import Marker, hidden
from stanch.core.remembering import assigned, copies_of, remembered, swallowed, to_open
from stanch.core.sending import sends
from stanch.core.sent import Sent
from stanch.core.snapshot import card_in_sight, delivered, keyed_comments, ledger_of
from stanch.core.thread import CloseReason, Thread
from stanch.core.upcoming import may_be_said, speaks_freely, watched_until
from stanch.core.wanted import (
    Alarm,
    Assigned,
    Body,
    Card,
    ChildIssue,
    Closed,
    LabelOff,
    LabelOn,
    Notice,
    Pinned,
    Reacted,
    StatusOn,
    Text,
    Told,
    Unassigned,
    Want,
)
from stanch.core.watchers import WORKFLOW
from stanch.core.writes import (
    AddAssignees,
    AddLabels,
    CloseIssue,
    CreateComment,
    CreateIssue,
    EditComment,
    EditIssue,
    Minimise,
    Pin,
    React,
    RemoveAssignees,
    RemoveLabel,
    Send,
    SetStatus,
    StartWorkflow,
    Write,
)

Words = Callable[[Text], str]
"""Turns a template and its view into Markdown."""

LONGEST_STATUS = 140
"""Characters of a commit status's description; GitHub refuses more."""

LONGEST_TITLE = 200
"""Characters of an issue's title; GitHub refuses more than 256."""


def plan(case: Case, wanted: Iterable[Want], words: Words, sent: Sent | None = None) -> tuple[Write, ...]:
    """The writes that make `wanted` true. What this run has already sent is not sent again."""
    wants, sent = tuple(wanted), sent or Sent()
    cards, leaving = tuple(_cards(case, wants, words, sent)), tuple(sends(case, wants, words, sent))
    writes = [
        *_statuses(case, wants, words, green=False),
        *(send for send in leaving if not send.at_most_once),
        *cards,
        *(send for send in leaving if send.at_most_once and cards),
        *_notices(case, wants, words, sent),
        *_told(case, wants, words, sent),
        *_labels(case, wants),
        *_assignments(case, wants, sent),
        *_marks(case, wants),
        *_children(case, wants, words, sent),
        *additions(case, wants, words, sent),
        *_bodies(case, wants, words),
        *long_forms(case, wants, words, sent),
        *_closing(case, wants),
        *_statuses(case, wants, words, green=True),
        *_copies(case),
        *_watcher(case, wants),
    ]
    left = writes if speaks_freely(case.snapshot) else timed(writes, wants)
    return tuple(write for write in left if write not in sent.writes and write not in sent.refused)


def timed(writes: Iterable[Write], wants: Iterable[Want]) -> Iterator[Write]:
    """Only what time made due, and pages about it: whoever is woken twice by one word has still been woken."""
    keys = {want.key for want in wants if isinstance(want, Notice) and want.timed}
    for write in writes:
        pages = isinstance(write, Send) and write.kind is Kind.ESCALATED and not write.at_most_once
        if pages or (isinstance(write, CreateComment) and write.key in keys):
            yield write


def alarms(wanted: Iterable[Want], words: Words) -> tuple[str, ...]:
    """What has to turn the run red although every write may succeed."""
    return tuple(words(want.text).strip() for want in wanted if isinstance(want, Alarm))


def _cards(case: Case, wants: tuple[Want, ...], words: Words, sent: Sent) -> Iterator[Write]:
    for want in wants:
        if isinstance(want, Card):
            head = f"{Marker(want.key)}\n{written(remembered(case, wants, sent))}\n"
            body = head + cut(words(want.text), BODY - len(head))
            yield from _card(case, want.key, body, sent)


def _card(case: Case, key: str, body: str, sent: Sent) -> Iterator[Write]:
    shown = card_in_sight(case.snapshot.thread)
    if any(isinstance(one, CreateComment) and one.key == key and one.body == body for one in sent.writes):
        return
    if shown and not same_text(shown.body, body):
        yield EditComment(case.number, shown.id, body)
    if not shown and sent.comments.get(key):
        yield EditComment(case.number, sent.comments[key], body)
    if not shown and key not in sent.comments:
        yield CreateComment(case.number, key, body)


def same_text(one: str, other: str) -> bool:
    """Whether two bodies differ in nothing that GitHub keeps."""
    return one.replace("\r\n", "\n").rstrip() == other.replace("\r\n", "\n").rstrip()


def _notices(case: Case, wants: tuple[Want, ...], words: Words, sent: Sent) -> Iterator[Write]:
    """Each notice once, in the order in which they became due; none about a time before adoption."""
    gone = set(swallowed(case, wants))
    silent = case.incident.adopted if case.incident else None
    for want in sorted((w for w in wants if isinstance(w, Notice)), key=lambda notice: notice.due):
        known = want.key in case.settled or want.key in sent.comments or want.key in gone
        if not known and may_be_said(want, case.snapshot) and (silent is None or want.due > silent):
            head = f"{Marker(want.key, want.covers)}\n"
            yield CreateComment(case.number, want.key, head + cut(words(want.text), BODY - len(head)))


def _told(case: Case, wants: tuple[Want, ...], words: Words, sent: Sent) -> Iterator[Write]:
    """Each once, on a thread that was read beside this one: what was not read is not written to."""
    threads = case.pull.gathered.beside.threads if case.pull else {}
    for want in wants:
        thread = threads.get(want.number) if isinstance(want, Told) else None
        if isinstance(want, Told) and thread is not None and want.key not in _heard(case, thread, sent):
            head = f"{Marker(want.key)}\n{hidden(dict(want.fact))}\n"
            yield CreateComment(want.number, want.key, head + cut(words(want.text), BODY - len(head)))


def _heard(case: Case, thread: Thread, sent: Sent) -> frozenset[str]:
    """The keys of what was told on another thread: those that stand there, and those that were seen or sent."""
    return delivered(thread) | ledger_of(thread).delivered.keys() | case.settled | sent.comments.keys()


def _statuses(case: Case, wants: tuple[Want, ...], words: Words, *, green: bool) -> Iterator[Write]:
    """The status where it differs from what stands there, or where somebody else than a bot set it."""
    there = case.pull.pull.status if case.pull else None
    for want in wants:
        if isinstance(want, StatusOn) and (want.state == State.SUCCESS) is green:
            line = bare(words(want.text), LONGEST_STATUS)
            right = there is not None and there.by.is_bot and (there.state, there.description) == (want.state, line)
            if not right:
                yield SetStatus(case.number, want.sha, CONTEXT, want.state, line, want.url)


def _labels(case: Case, wants: tuple[Want, ...]) -> Iterator[Write]:
    hanging = {label.lower(): label for label in case.snapshot.thread.labels}
    missing = tuple(w.name for w in wants if isinstance(w, LabelOn) and w.name.lower() not in hanging)
    if missing:
        yield AddLabels(case.number, missing)
    for want in wants:
        if isinstance(want, LabelOff) and want.name.lower() in hanging:
            yield RemoveLabel(case.number, hanging[want.name.lower()])


def _assignments(case: Case, wants: tuple[Want, ...], sent: Sent) -> Iterator[Write]:
    made = {*assigned(case, wants, sent), *case.ledger.delivered}
    due = [want for want in wants if isinstance(want, Assigned | Unassigned) and want.key not in made]
    joining = tuple(want.login for want in due if isinstance(want, Assigned))
    leaving = tuple(want.login for want in due if isinstance(want, Unassigned))
    if joining:
        yield AddAssignees(case.number, joining)
    if leaving:
        yield RemoveAssignees(case.number, leaving)


def _marks(case: Case, wants: tuple[Want, ...]) -> Iterator[Write]:
    marks = {comment.id: comment.marks for comment in case.snapshot.thread.comments}
    for want in wants:
        if isinstance(want, Reacted) and want.mark not in marks.get(want.comment_id, frozenset()):
            yield React(case.number, want.comment_id, want.mark)


def _children(case: Case, wants: tuple[Want, ...], words: Words, sent: Sent) -> Iterator[Write]:
    """A child is created only after it was looked for."""
    made: list[ChildIssue] = []
    for want in to_open(case, wants, sent):
        head = f"{Marker(want.key, want.covers, want.stamp)}\n"
        body = head + cut(words(counted(case, want, made)), BODY - len(head))
        made.append(want)
        title = bare(words(want.title), LONGEST_TITLE)
        yield CreateIssue(want.key, title, body, want.labels, want.assignees)


def _bodies(case: Case, wants: tuple[Want, ...], words: Words) -> Iterator[Write]:
    """The text of an issue of the bot's own, where it differs; what it says of a pin is true once it was tried."""
    thread = case.snapshot.thread
    if any(isinstance(want, Pinned) for want in wants):
        yield Pin(case.number, thread.node_id)
    for want in wants:
        if isinstance(want, Body) and thread.ours:
            head = f"{Marker(want.key)}\n{want.memory}\n"
            body = head + cut(words(want.text), BODY - len(head))
            if not same_text(thread.body, body):
                yield EditIssue(case.number, body)


def _closing(case: Case, wants: tuple[Want, ...]) -> Iterator[Write]:
    if case.snapshot.thread.open:
        yield from (CloseIssue(case.number, want.reason) for want in wants if isinstance(want, Closed))


def _watcher(case: Case, wants: tuple[Want, ...]) -> Iterator[Write]:
    """Start a watcher where one is needed and none waits: one that runs may be about to end."""
    watchers, branch = case.snapshot.watchers, case.snapshot.repository.default_branch
    needed = watched_until(wants, case.now) is not None
    if needed and branch and watchers is not None and not watchers.waiting and not case.snapshot.by_watcher:
        yield StartWorkflow(case.number, WORKFLOW, branch)


def _copies(case: Case) -> Iterator[Write]:
    for thread in (case.snapshot.thread, *case.snapshot.beside.values()):
        for copies in keyed_comments(thread).values():
            yield from (Minimise(thread.number, copy.node_id) for copy in copies[1:] if not copy.minimized)
    yield from (CloseIssue(child.number, CloseReason.DUPLICATE) for child in copies_of(case))
