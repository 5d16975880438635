"""What there is to tell outside of GitHub about an incident: the newest fact of each kind, and where it goes.

Facts come from the thread, so that a run that broke owes nothing for ever: what is older than a day is no news, and
neither is what happened before an old incident was adopted, or long before a channel first heard of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from stanch.core.case import Case
from stanch.core.channels import Channel, Kind
from stanch.core.clocks import silent_since
from stanch.core.config import Config
from stanch.core.escalation import Cause, escalation
from stanch.core.incident import Incident, Spell
from stanch.core.incident import Kind as ThreadKind
from stanch.core.ledger import read
from stanch.core.marker import stamp_of, trusted_marker
from stanch.core.outbox import Outbox, channel_of, contact, is_owed, kind_of
from stanch.core.postmortem import KEY as POSTMORTEM
from stanch.core.severity import Severity
from stanch.core.snapshot import trusted_cards
from stanch.core.traces import traces_of
from stanch.core.upcoming import PATIENCE
from stanch.core.wanted import View

NEWS = timedelta(hours=24)
"""How long after a fact it is still told, or told again where it did not arrive."""

FRESH = timedelta(minutes=30)
"""How far back a channel that never heard of a thread is told; and how old a fact may be where no card can be read."""

OF_COMMENTS = frozenset({Kind.ESCALATED, Kind.UPDATE_DUE})
"""What was said on the thread, and is said outside as well."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened `at` (UTC). `ordinal` tells it from others of its kind, and sorts by time."""

    kind: Kind
    at: datetime
    ordinal: str
    view: View = field(default_factory=dict)


def _fact(kind: Kind, at: datetime, **view: object) -> Fact:
    return Fact(kind, at, stamp_of(at), view)


def facts(case: Case, incident: Incident) -> Iterator[Fact]:
    """The newest of each kind, as far as it still matters, in the order in which they are told."""
    if incident.burning and incident.kind is ThreadKind.INCIDENT and incident.spells:
        yield _declared(incident, incident.spells[-1])
        yield from _said(case, incident)
        if incident.acknowledged:
            yield _fact(Kind.ACKNOWLEDGED, incident.acknowledged.at, by=incident.acknowledged.by)
        if incident.mitigated and incident.status.users_are_fine:
            yield _fact(Kind.MITIGATED, incident.mitigated.at, by=incident.mitigated.by)
    told = [update for update in incident.updates if update.public]
    if told:
        yield _fact(Kind.PUBLIC_UPDATE, told[-1].at, by=told[-1].by, said=told[-1].text)
    yield from _over(incident)
    yield from _postmortem(case)


def _declared(incident: Incident, spell: Spell) -> Fact:
    """The severity that holds began to hold, or the incident was reopened since."""
    before = next((one.severity for one in reversed(incident.spells[:-1]) if one.severity), None)
    reopened = incident.reopened_at is not None and incident.reopened_at > spell.at
    moved = ""
    if reopened:
        moved = "reopened"
    elif before is not None and spell.severity is not None and before is not spell.severity:
        moved = "raised" if spell.severity.is_worse_than(before) else "lowered"
    began = next((turn for turn in reversed(incident.turns) if turn.reopened), spell) if reopened else spell
    return _fact(Kind.DECLARED, began.at, by=began.by, moved=moved)


def _said(case: Case, incident: Incident) -> Iterator[Fact]:
    """What the bot said on the thread about a silence that still lasts, unanswered or a word that is due."""
    running = escalation(case)
    if running is not None:
        silent = incident.acknowledged.by if running.cause is Cause.SILENT and incident.acknowledged else ""
        about = f"escalate/{stamp_of(running.since)}/"
        yield from _newest(case, Kind.ESCALATED, about, {"silent": silent, "since": running.since})
    yield from _newest(case, Kind.UPDATE_DUE, f"update/{stamp_of(silent_since(incident))}/", {})


def _newest(case: Case, kind: Kind, about: str, view: View) -> Iterator[Fact]:
    """The newest of the bot's comments whose keys begin like this; in a fact's ordinal the tenth follows the ninth."""
    start, found = case.key(about), []
    for comment in case.snapshot.thread.comments:
        marker = trusted_marker(comment)
        if marker is not None and marker.key.startswith(start):
            parts = marker.key.split("/")[2:]
            ordinal = "/".join(part.zfill(3) if part.isdecimal() else part for part in parts)
            found.append(Fact(kind, comment.at, ordinal, view))
    yield from sorted(found, key=lambda fact: fact.ordinal)[-1:]


def _over(incident: Incident) -> Iterator[Fact]:
    """It is resolved, a false alarm, closed, or no severity holds any more."""
    how, at = incident.status.value, incident.resolved.at if incident.resolved else None
    if incident.kind is ThreadKind.WITHDRAWN:
        how, at = "withdrawn", incident.spells[-1].at if incident.spells else None
    elif incident.status.over and incident.history:
        at = at or incident.history[-1].at
    over = incident.status.over or incident.kind is ThreadKind.WITHDRAWN
    if over and at is not None:
        yield _fact(Kind.RESOLVED, at, how=how)


def _postmortem(case: Case) -> Iterator[Fact]:
    number = case.children.get(case.key(POSTMORTEM), 0)
    mentions = (one for one in case.snapshot.thread.events if one.source is not None and one.source.number == number)
    mention = next(mentions, None) if number else None
    if mention is not None:
        yield Fact(Kind.POSTMORTEM_OPENED, mention.at, f"{number:010}", {"postmortem": number})


def told(case: Case, incident: Incident, channel: Channel, receipts: Outbox) -> Iterator[Fact]:
    """The facts that one channel is told now, or was told already.

    PagerDuty drops the acknowledgement of what it does not know: that waits until the page has arrived.
    """
    last = contact(channel.service, receipts)
    first = case.now if last is None else datetime.fromtimestamp(last, UTC)
    owed = False
    for fact in facts(case, incident):
        young = fact.kind is Kind.DECLARED or fact.at >= first - FRESH
        paged = channel is not Channel.PAGERDUTY or _paged(fact, receipts)
        news = young and is_news(case, fact.at, incident.adopted) and not _left(case, fact)
        waits = owed and channel is Channel.PAGERDUTY and fact.kind is Kind.ACKNOWLEDGED
        if news and paged and not waits and _wanted(incident, channel, fact, case.config):
            owed = owed or is_owed(key_of(case, channel, fact), receipts)
            yield fact


def key_of(case: Case, channel: Channel, fact: Fact) -> str:
    """What a fact's notice on a channel is called."""
    return case.key("announce", channel.service, fact.kind, fact.ordinal)


def _left(case: Case, fact: Fact) -> bool:
    """Whether the watcher that has just said it on the thread is about to say it outside as well."""
    timed = fact.kind in OF_COMMENTS and case.now - fact.at < PATIENCE
    return timed and case.snapshot.left_to_watcher


def _wanted(incident: Incident, channel: Channel, fact: Fact, config: Config) -> bool:
    """Whether it is routed there. What ends an incident goes where its worst severity was told."""
    lasting = fact.kind in {Kind.MITIGATED, Kind.RESOLVED, Kind.POSTMORTEM_OPENED}
    severity = incident.highest if lasting or incident.severity is None else incident.severity
    if channel is Channel.PAGERDUTY and fact.kind in {Kind.ACKNOWLEDGED, Kind.RESOLVED}:
        return True
    if severity is None or fact.kind not in config.notices.kinds(channel, severity):
        return False
    return not (channel.noisy and fact.kind is Kind.DECLARED) or _wakes(incident, fact)


def _wakes(incident: Incident, fact: Fact) -> bool:
    """Nobody is woken because it became less bad, nor for what somebody acknowledged a while ago."""
    calm = incident.acknowledged is not None and incident.acknowledged.at >= fact.at + FRESH
    return fact.view["moved"] != "lowered" and not calm


def _paged(fact: Fact, receipts: Outbox) -> bool:
    """PagerDuty is told of an end only where it was told of a beginning."""
    paged = any(channel_of(key) == "pagerduty" and kind_of(key) in {Kind.DECLARED, Kind.ESCALATED} for key in receipts)
    return paged or fact.kind in {Kind.DECLARED, Kind.ESCALATED}


def is_news(case: Case, at: datetime, adopted: datetime | None = None) -> bool:
    """Whether something that happened then is still told."""
    return timedelta(0) <= case.now - at <= NEWS and (adopted is None or at > adopted)


def is_doubtful(case: Case, channel: Channel, at: datetime) -> bool:
    """Whether it may have been told before what was remembered of this thread was lost.

    GitHub records that a comment was deleted or edited. Where Stanch spoke before and no card can be read, only what
    is fresh is sure to be new.
    """
    if not channel.at_most_once or any(read(card.body) for card in trusted_cards(case.snapshot.thread)):
        return False
    traces = traces_of(case.snapshot, case.ledger)
    lost = traces.gone is not None and at <= traces.gone
    return lost or (traces.spoke is not None and case.now - at > FRESH)


def severity_of(incident: Incident) -> int:
    """What a notice says how bad it is: the severity that holds, else the worst that held."""
    return int(incident.severity or incident.highest or Severity.SEV_2)
