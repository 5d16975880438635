"""Thread to incident: every fact in its order changes one thing, and the last state is the answer.

A fresh command is judged where it stands, by what was known at that time; a settled one is taken at its word.
"""

from dataclasses import replace
from datetime import datetime

from stanch.core.changes import changes_before, deployed_since, records_production, unstaged
from stanch.core.clocks import chased
from stanch.core.forms import FIELDS, IncidentForm
from stanch.core.hands import Hand, Part
from stanch.core.hotfix_facts import Merged
from stanch.core.hotfixes import followed
from stanch.core.incident import (
    Deed,
    Incident,
    Kind,
    Spell,
    Status,
    Turn,
)
from stanch.core.judging import judged, settled
from stanch.core.ledger import Ledger
from stanch.core.severity import Severity
from stanch.core.snapshot import Snapshot, card_in_sight, ledger_of, trusted_cards
from stanch.core.thread import CloseReason, Event, EventKind, Reference, home_of
from stanch.core.timeline import (
    Declaration,
    Fresh,
    Happening,
    Reported,
    form_of,
    happenings,
    heard,
)
from stanch.core.traces import ADOPTION_AGE, untouched
from stanch.core.unfolding import State
from stanch.core.works import LinkedWork


def incident_of(snapshot: Snapshot) -> Incident:
    """The incident that a snapshot's thread is, or is not (`kind`)."""
    ledger = ledger_of(snapshot.thread)
    form = form_of(snapshot)
    state = State(
        snapshot.thread.number,
        (form.detected if form else None) or snapshot.thread.at,
        snapshot.config.calendar,
        snapshot.thread.at,
        home_of(snapshot.thread.url),
        shown.at if (shown := card_in_sight(snapshot.thread)) else None,
        calendar_expiry=snapshot.config.containment_expires,
        reserved=frozenset(one.contained for one in ledger.hotfixes.merged.values()),
        people=frozenset(snapshot.config.people),
        chased=chased(snapshot.config),
        shelf=snapshot.shelf,
    )
    for happening in happenings(snapshot, ledger):
        _take(state, happening)
    _settle(state)
    return _incident(snapshot, _with_adoption(snapshot, ledger, state), state, form)


def _settle(state: State) -> None:
    """A closed issue is over, whatever was said after the closing."""
    if state.closed is not None and not state.status.over:
        state.move(state.closed_as, state.closed.at, state.closed.by)


def _with_adoption(snapshot: Snapshot, ledger: Ledger, state: State) -> Ledger:
    """An old severity on a thread that Stanch never touched: adopted now, and silent about all before."""
    since = state.spells[-1].at if state.spells else state.reported_at
    if since is None or not untouched(snapshot) or snapshot.now - since <= ADOPTION_AGE:
        return ledger
    return replace(ledger, adopted=snapshot.now)


def _take(state: State, happening: Happening) -> None:
    what = happening.what
    if isinstance(what, Declaration):
        _declared(state, what, happening.at)
    elif isinstance(what, Reported):
        _reported(state, happening.at, on=what.on)
    elif isinstance(what, Event):
        _recorded(state, what)
    elif isinstance(what, Merged):
        state.undo(what)
    elif isinstance(what, Fresh):
        judged(state, what, happening)
    else:
        settled(state, what, happening.url)


def _declared(state: State, what: Declaration, at: datetime) -> None:
    if not what.counts:
        state.outsider = True
        state.reported_at = state.reported_at or at
        state.stray |= {what.label: what.severity} if what.label else {}
        return
    if what.label:
        state.on[what.label] = what.severity
    else:
        state.commanded.add(what.severity)
    if what.label and not what.by_bot:
        state.confirmed = state.confirmed or not state.came_with_it(at)
        _labelled(state, what, at)
    elif not what.by_bot or what.severity not in state.commanded:
        state.rate(what.severity, Deed(what.by, at))


def _labelled(state: State, what: Declaration, at: datetime) -> None:
    """Of the labels that people put on in one second the worst one holds, in whatever order GitHub lists them."""
    last = state.labelled
    if last is not None and last.at == at and last.severity is not None and last.severity is state.severity:
        if not what.severity.is_worse_than(last.severity):
            return
        if state.spells[-1] is last:
            state.spells.pop()
            state.severity = state.spells[-1].severity if state.spells else None
    state.labelled = Spell(what.severity, at, what.by)
    if what.severity is not state.severity:
        state.severity = what.severity
        state.spells.append(state.labelled)


def _reported(state: State, at: datetime, *, on: bool) -> None:
    state.report = on
    state.ever_reported = True
    state.reported_at = state.reported_at or at


def _recorded(state: State, event: Event) -> None:
    match event.kind:
        case EventKind.UNLABELED:
            _unlabeled(state, event)
        case EventKind.CLOSED | EventKind.REOPENED:
            _turned(state, event)
        case EventKind.REFERENCED if event.source is not None:
            _linked(state, event, event.source)
        case EventKind.ASSIGNED | EventKind.UNASSIGNED if not event.actor.is_bot:
            part = Part.ON if event.kind is EventKind.ASSIGNED else Part.OFF
            state.hands.append(Hand(event.subject, part, event.at, event.actor.login))
        case _:
            pass


def _unlabeled(state: State, event: Event) -> None:
    """The severity that hangs on is the one that holds; a bot that tidied up late does not undo a command."""
    gone = state.on.pop(event.subject, None) or state.stray.pop(event.subject, None)
    tidied = event.actor.is_bot and gone in state.commanded
    if gone is None or gone is not state.severity or tidied:
        return
    state.confirmed = state.confirmed or not event.actor.is_bot
    left = list(state.on.values())
    state.rate(left[-1] if left else None, Deed(event.actor.login, event.at))


def _turned(state: State, event: Event) -> None:
    """A closing or a reopening, kept as a moment of its own unless it only carried out what was said."""
    before, who = state.status, event.actor
    reopened = event.kind is EventKind.REOPENED
    sayer = state.history[-1].by if before.over and state.history else ""
    (_reopened if reopened else _closed)(state, event)
    changed = state.status if state.status is not before else None
    if changed or not before.over or not (who.is_bot or who.login == sayer):
        state.turns.append(Turn(event.at, who.login, reopened, event.reason, changed))


def _reopened(state: State, event: Event) -> None:
    if state.closed is not None or state.status.over:
        state.reopen(event.at, event.actor.login)


def _closed(state: State, event: Event) -> None:
    state.closed = Deed(event.actor.login, event.at)
    dismissed = event.reason in {CloseReason.NOT_PLANNED, CloseReason.DUPLICATE}
    state.closed_as = Status.DISMISSED if dismissed else Status.RESOLVED
    if not state.status.over:
        state.move(state.closed_as, event.at, event.actor.login)
    elif event.actor.is_bot:
        # An order to close that was carried out late ended the incident when it was given.
        state.closed = Deed(state.history[-1].by, state.history[-1].at)


def _linked(state: State, event: Event, source: Reference) -> None:
    """Pull requests of this repository; a number of another one would mean something else here."""
    if source.is_pull_request and home_of(source.url) == state.home:
        state.works[source.number] = LinkedWork(
            source.number,
            source.title,
            source.url,
            source.author.login,
            event.at,
            source.merged_at,
            open=source.merged_at is None and source.state == "open",
        )


def _incident(snapshot: Snapshot, ledger: Ledger, state: State, form: IncidentForm | None) -> Incident:
    thread, changes = snapshot.thread, changes_before(state.detected_at, snapshot, ledger.changes)
    held = [spell for spell in state.spells[state.weighed_from :] if spell.severity is not None]
    worst = min(held, key=lambda spell: spell.severity or Severity.SEV_4, default=None)
    return Incident(
        number=thread.number,
        title=thread.title,
        url=thread.url,
        kind=_kind(state),
        author=thread.author.login,
        opened_at=thread.at,
        detected_at=state.detected_at,
        detected_how=form.how if form else "",
        open=thread.open,
        severity=state.severity,
        highest=worst.severity if worst else None,
        highest_at=worst.at if worst else None,
        misjudged=state.misjudged,
        spells=tuple(state.spells),
        labels=thread.labels,
        labels_on=_labels_on(snapshot),
        stray_labels=tuple(label for label in state.stray if label in thread.labels),
        report_wanted=state.outsider and state.severity is None and not state.ever_reported,
        reported_at=state.reported_at or (thread.at if state.outsider else None),
        status=state.status,
        history=tuple(state.history),
        turns=tuple(state.turns),
        acknowledged=state.acknowledged,
        mitigated=state.mitigated,
        resolved=state.resolved,
        reopened_at=state.reopened_at,
        closes_itself=state.ordered_closed and thread.open,
        lead=state.lead,
        comms=state.comms,
        crew=tuple(state.crew),
        assignments=tuple(state.assignments.values()),
        assignees=thread.assignees,
        updates=tuple(state.updates),
        snoozed_until=state.put_off_until,
        containments=tuple(state.containments),
        verified=dict(state.verified),
        notes=tuple(state.notes),
        uses=tuple(state.uses.values()),
        works=tuple(state.works.values()),
        records=tuple(state.records),
        changes=changes,
        deployed_since=deployed_since(state.detected_at, snapshot),
        form=_answers(form),
        adopted=ledger.adopted,
        told=followed(heard(snapshot, ledger), state.undone, snapshot),
        production_known=records_production(snapshot, ledger),
        hands=tuple(state.hands),
        unstaged=unstaged(changes, snapshot),
        runs=snapshot.runs,
        confirmed=state.confirmed,
        has_card=ledger.items is None and bool(trusted_cards(thread) or card_in_sight(thread)),
    )


def _answers(form: IncidentForm | None) -> dict[str, str]:
    """What was filled in, by the form's fields."""
    return {name: value for name in FIELDS if (value := getattr(form, name, ""))}


def _labels_on(snapshot: Snapshot) -> tuple[tuple[str, Severity], ...]:
    pairs = ((label, snapshot.config.severity_of(label)) for label in snapshot.thread.labels)
    return tuple((label, severity) for label, severity in pairs if severity is not None)


def _kind(state: State) -> Kind:
    if state.severity is not None:
        return Kind.INCIDENT
    if state.report or (state.outsider and not state.ever_reported):
        return Kind.REPORT
    return Kind.WITHDRAWN if state.spells else Kind.NOT_OURS
