"""A thread's facts in the order in which they happened: events, commands and the form's own words.

A command stands at the time of its comment, or of its last edit when it was edited before it was judged.
What the ledger has judged is taken as it stood then; every other comment is read now.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from stanch.core.access import Access
from stanch.core.calls import Call, read
from stanch.core.commands import Verb
from stanch.core.forms import LABELS, Filing, IncidentForm, incident_form
from stanch.core.hotfix_facts import HotfixMemory, Merged, told, united
from stanch.core.incident import Status
from stanch.core.ledger import Ledger, Record
from stanch.core.marker import marker_of, stamp_of, trusted_marker
from stanch.core.severity import Severity, unsure
from stanch.core.snapshot import Snapshot
from stanch.core.thread import GHOST, Comment, Event, EventKind, Mark
from stanch.core.traces import Traces, traces_of


@dataclass(frozen=True, slots=True)
class Fresh:
    """A call that nobody has judged yet. `allowed` says whether its people may command.

    `heard`: by its mark, and where no card can tell, it was accepted before. `calms`: another call of the same comment
    says that users are fine.
    """

    comment: Comment
    call: Call
    allowed: bool
    heard: bool = False
    calms: bool = False


@dataclass(frozen=True, slots=True)
class Declaration:
    """A severity that counts, or does not: chosen in the form, or set as a label."""

    severity: Severity
    by: str
    counts: bool
    label: str = ""
    by_bot: bool = False


@dataclass(frozen=True, slots=True)
class Reported:
    """The client-report label went on, or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """One fact in its place. `url` leads to its comment, where there is one."""

    at: datetime
    order: int
    what: Declaration | Reported | Event | Record | Fresh | Merged
    url: str = ""


def happenings(snapshot: Snapshot, ledger: Ledger) -> tuple[Happening, ...]:
    """Every fact of the thread, oldest first; of one second, in GitHub's order."""
    found = [*_declared_in_form(snapshot, ledger), *_recorded(snapshot, ledger), *_undone(snapshot, ledger)]
    traces = traces_of(snapshot, ledger)
    for order, item in enumerate(snapshot.thread.items, start=1):
        if isinstance(item, Event):
            found.append(_event(snapshot, ledger, item, order))
        else:
            found.extend(_fresh(snapshot, traces, item, order))
    return tuple(sorted(found, key=lambda one: (one.at, one.order)))


def form_of(snapshot: Snapshot) -> IncidentForm | None:
    """The incident form that the issue's body was filled in with, if it was."""
    thread, config = snapshot.thread, snapshot.config
    labels = {name: (*texts, *config.field_labels(name)) for name, texts in LABELS.items()}
    filing = Filing(thread.at, ZoneInfo(config.calendar.zone))
    return incident_form(thread.body, labels, config.severity_in_choice, filing)


def form_severity(form: IncidentForm | None, snapshot: Snapshot) -> Severity | None:
    """The severity that was chosen; if unsure, the worst one."""
    if form is None:
        return None
    chosen = snapshot.config.severity_in_choice(form.severity_text)
    return Severity.SEV_1 if chosen is None and unsure(form.severity_text) else chosen


def _declared_in_form(snapshot: Snapshot, ledger: Ledger) -> Iterator[Happening]:
    thread = snapshot.thread
    known = next((key for key in ledger.declarations if key.startswith("form/")), None)
    severity = form_severity(form_of(snapshot), snapshot)
    if known is not None:
        severity = snapshot.config.severity_of(known.removeprefix("form/"))
    if severity is None:
        return
    counts = ledger.declarations.get(known) if known else _form_counts(snapshot)
    yield Happening(thread.at, 0, Declaration(severity, thread.author.login, bool(counts)))


def _form_counts(snapshot: Snapshot) -> bool:
    """The form's severity counts when its author may set one, and so may whoever edited the body last.

    A bot's own issue may carry anybody's words, so a form in it never counts.
    """
    thread = snapshot.thread
    people = {thread.author} | ({thread.editor} if thread.editor and not thread.editor.is_bot else set())
    return all(not person.is_bot and access(snapshot, person.login).may_set_severity for person in people)


def verdicts(snapshot: Snapshot, ledger: Ledger) -> dict[str, bool]:
    """Whether each severity that the author chose counts: kept, so that nobody is asked about it twice."""
    found = {}
    severity = form_severity(form_of(snapshot), snapshot)
    if severity is not None and not any(key.startswith("form/") for key in ledger.declarations):
        found[f"form/{severity.label}"] = _form_counts(snapshot)
    for event in snapshot.thread.events:
        severe = event.kind is EventKind.LABELED and snapshot.config.severity_of(event.subject) is not None
        if severe and set_by_author(snapshot, event) and label_key(event) not in ledger.declarations:
            found[label_key(event)] = access(snapshot, event.actor.login).may_set_severity
    return found


def access(snapshot: Snapshot, login: str) -> Access:
    """What a person may do, as far as it was asked; a deleted account may nothing."""
    return Access.NONE if login == GHOST else snapshot.access.get(login, Access.NONE)


def label_key(event: Event) -> str:
    """How the ledger names a severity label that the issue's own author set."""
    return f"label/{event.subject.lower().replace(' ', '_')}@{stamp_of(event.at)}"


def set_by_author(snapshot: Snapshot, event: Event) -> bool:
    """Whether the author set this label: only then may it have come with a form, past GitHub's own check."""
    return event.actor == snapshot.thread.author and not event.actor.is_bot


def _event(snapshot: Snapshot, ledger: Ledger, event: Event, order: int) -> Happening:
    labels = {EventKind.LABELED, EventKind.UNLABELED}
    if event.kind in labels and snapshot.config.is_client_report(event.subject):
        return Happening(event.at, order, Reported(on=event.kind is EventKind.LABELED))
    severity = snapshot.config.severity_of(event.subject) if event.kind is EventKind.LABELED else None
    if severity is None:
        return Happening(event.at, order, event)
    counts = True
    if set_by_author(snapshot, event):
        verdict = ledger.declarations.get(label_key(event))
        counts = access(snapshot, event.actor.login).may_set_severity if verdict is None else verdict
    declared = Declaration(severity, event.actor.login, counts, event.subject, event.actor.is_bot)
    return Happening(event.at, order, declared)


def _recorded(snapshot: Snapshot, ledger: Ledger) -> Iterator[Happening]:
    orders = {
        item.id: (order, item.url)
        for order, item in enumerate(snapshot.thread.items, start=1)
        if isinstance(item, Comment)
    }
    for record in ledger.records:
        # A deleted comment stood before whatever was done about it in the same second.
        order, url = orders.get(record.comment_id, (0, ""))
        yield Happening(record.at, order, record, url)


def _undone(snapshot: Snapshot, ledger: Ledger) -> Iterator[Happening]:
    """Reverts and flag flips, each where the incident was told of it: only then could anybody answer to it."""
    items = [(order, item) for order, item in enumerate(snapshot.thread.items, start=1) if isinstance(item, Comment)]
    orders = {marker.key: order for order, one in items if (marker := trusted_marker(one)) is not None}
    for key, one in heard(snapshot, ledger).merged.items():
        if one.contains:
            yield Happening(one.heard, orders.get(key, 0), one)


def heard(snapshot: Snapshot, ledger: Ledger) -> HotfixMemory:
    """What the incident was told of its hotfixes: remembered as it was first heard, or standing in the thread."""
    return united(ledger.hotfixes, told(snapshot.thread))


def _fresh(snapshot: Snapshot, traces: Traces, comment: Comment, order: int) -> Iterator[Happening]:
    if not may_hold_commands(traces, comment):
        return
    at = comment.edited_at or comment.at
    calls = read(comment.body, at, snapshot.config.calendar.zone)
    allowed = may_command(snapshot, traces, comment) if calls else False
    heard = traces.seems_heard(comment) and comment.marks == {Mark.ACCEPTED}
    calms = any(map(says_fine, calls))
    for call in calls:
        yield Happening(at, order, Fresh(comment, call, allowed, heard, calms), comment.url)


def may_hold_commands(traces: Traces, comment: Comment) -> bool:
    """Bots never command; a judged comment is closed; what is older than adoption is history."""
    if (comment.ours and marker_of(comment.body)) or comment.author.is_bot or comment.id in traces.judged:
        return False
    return traces.hears(comment)


def may_command(snapshot: Snapshot, traces: Traces, comment: Comment) -> bool:
    """Whether a comment's people may command: those of `people_behind`, each asked now, whatever marks it bears.

    A 🚀 may be another workflow's, so it spares no question: who lost the right since then loses a command
    that no ledger remembers. What Stanch refused stays refused, also for who gained the right since then.
    """
    if traces.refuses(comment):
        return False
    return all(access(snapshot, login).may_command for login in people_behind(traces, comment))


def people_behind(traces: Traces, comment: Comment) -> tuple[str, ...]:
    """Whose right decides: nobody's if the comment was refused before, else the author's and the last editor's."""
    if traces.refuses(comment):
        return ()
    editor = (comment.editor.login if comment.editor else GHOST,) if comment.edited_at else ()
    return tuple(dict.fromkeys((comment.author.login, *editor)))


def says_fine(call: Call) -> bool:
    """Whether a call says that users are fine again."""
    status = (call.arguments or {}).get("status", "")
    return call.verb in {Verb.RESOLVE, Verb.FALSE_ALARM} or (bool(status) and Status(status).users_are_fine)


def declares(call: Call) -> bool:
    """Whether a call can make an incident of a plain issue."""
    return call.verb is Verb.SEV and call.arguments is not None
