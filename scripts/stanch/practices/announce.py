"""Announce: what happens here is told where people look, and where it wakes them: Slack, PagerDuty, a webhook.

Each fact once for each channel, by a key made from state. With a bot, Slack has one message for an incident, which is
kept up to date, and the notices hang beneath it.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from stanch.core.announcing import Fact, is_doubtful, is_news, key_of, severity_of, told
from stanch.core.case import Case
from stanch.core.channels import Channel, Kind
from stanch.core.clock import Calendar, at_opening, is_working_day, local_date
from stanch.core.clocks import update_clock
from stanch.core.following import Followed
from stanch.core.incident import Incident, Status
from stanch.core.incident import Kind as ThreadKind
from stanch.core.marker import stamp_of
from stanch.core.outbox import Outbox
from stanch.core.postmortem import PostMortem
from stanch.core.reminding import Stage, days_late, stage_of, working_day
from stanch.core.sending import connected, known
from stanch.core.severity import Severity
from stanch.core.wanted import Alarm, Announce, Text, Want

TEMPLATES: Mapping[Kind, str] = {
    Kind.DECLARED: "notices/declared",
    Kind.ESCALATED: "notices/escalated",
    Kind.UPDATE_DUE: "notices/update_due",
    Kind.PUBLIC_UPDATE: "notices/public_update",
    Kind.MITIGATED: "notices/mitigated",
    Kind.RESOLVED: "notices/resolved",
    Kind.POSTMORTEM_OPENED: "notices/postmortem_opened",
    Kind.ACKNOWLEDGED: "notices/acknowledged",
}

MOST_ITEMS = 20
"""Overdue items that one notice names; how many more there are is said."""


def announce(case: Case) -> Iterator[Want]:
    channels = connected(case)
    receipts = known(case, case.sent) if channels else {}
    for channel in channels:
        if case.postmortem is not None:
            yield from _overdue(case, case.postmortem, channel)
        elif case.incident is not None and case.incident.kind is not ThreadKind.NOT_OURS:
            yield from _incident(case, case.incident, channel, receipts)
    yield from _speechless(case)


def _incident(case: Case, incident: Incident, channel: Channel, receipts: Outbox) -> Iterator[Want]:
    message = case.key("announce", "slack", Kind.MESSAGE, stamp_of(incident.opened_at))
    found = list(told(case, incident, channel, receipts))
    living = channel is Channel.SLACK_BOT
    if living and (message in receipts or found):
        yield _message(case, incident, message, found)
    for fact in found:
        if not (living and fact.kind is Kind.DECLARED and not fact.view["moved"]):  # the message itself says it
            view = {**_view(case, incident), **dict(fact.view), "at": fact.at, "late": _late(case, fact)}
            yield Announce(
                key_of(case, channel, fact),
                channel,
                fact.kind,
                Text(TEMPLATES[fact.kind], view),
                fact.at,
                severity_of(incident),
                under=message if living else "",
                doubtful=is_doubtful(case, channel, fact.at),
            )


def _message(case: Case, incident: Incident, key: str, found: list[Fact]) -> Announce:
    due = min((fact.at for fact in found), default=incident.detected_at)
    text = Text("notices/message", _view(case, incident))
    doubtful = is_doubtful(case, Channel.SLACK_BOT, due)
    bot, kind = Channel.SLACK_BOT, Kind.MESSAGE
    return Announce(key, bot, kind, text, due, severity_of(incident), living=True, doubtful=doubtful)


def _late(case: Case, fact: Fact) -> int:
    return max(0, int((case.now - fact.at).total_seconds()))


def _view(case: Case, incident: Incident) -> dict[str, object]:
    """What every notice may say: titles, states, times and logins; of what people wrote only client updates."""
    clock = update_clock(incident, case.config)
    public = [update for update in incident.updates if update.public]
    return {
        "number": case.number,
        "title": incident.title,
        "severity": severity_of(incident),
        "status": "withdrawn" if incident.kind is ThreadKind.WITHDRAWN else incident.status.value,
        "open": incident.open and incident.status is not Status.FALSE_ALARM,
        "zone": case.config.calendar.zone,
        "lead": incident.lead,
        "leader": incident.leader,
        "detected_at": incident.detected_at,
        "acknowledged": _deed(incident, "acknowledged"),
        "mitigated": _deed(incident, "mitigated"),
        "resolved": _deed(incident, "resolved"),
        "next_update": clock.due if clock else None,
        "last_update": {"text": public[-1].text, "at": public[-1].at} if public else None,
    }


def _deed(incident: Incident, name: str) -> dict[str, object] | None:
    deed = getattr(incident, name)
    if deed is None:
        return None
    return {"by": deed.by, "at": deed.at, "after": max(0, int((deed.at - incident.detected_at).total_seconds()))}


def _overdue(case: Case, postmortem: PostMortem, channel: Channel) -> Iterator[Want]:
    """Items whose date has passed, on the working morning after it: one notice for all of one morning."""
    severity, calendar = Severity.SEV_1 if postmortem.sev_1 else Severity.SEV_2, case.config.calendar
    today = local_date(case.now, calendar)
    due = at_opening(today, calendar)
    routed = Kind.OVERDUE in case.config.notices.kinds(channel, severity)
    if not routed or not postmortem.tended or not is_working_day(today, calendar):
        return
    late = [one for one in postmortem.open_items if one.due and _since_today(one.due, today, calendar)]
    if late and is_news(case, due):
        view = {
            "number": case.number,
            "title": postmortem.title,
            "items": [_item(one) for one in late[:MOST_ITEMS]],
            "more": max(0, len(late) - MOST_ITEMS),
        }
        key = case.key("announce", channel.service, Kind.OVERDUE, stamp_of(due))
        yield Announce(
            key,
            channel,
            Kind.OVERDUE,
            Text("notices/overdue", view),
            due,
            int(severity),
            doubtful=is_doubtful(case, channel, due),
        )


def _since_today(due: date, today: date, calendar: Calendar) -> bool:
    """Whether this working day is the first one after that on which it was due."""
    late = stage_of(due, today, calendar) is Stage.LATE
    return late and days_late(working_day(due, calendar), today, calendar) == 1


def _item(one: Followed) -> dict[str, object]:
    return {"number": one.number, "text": one.text, "owners": list(one.owners), "due": one.due}


def _speechless(case: Case) -> Iterator[Want]:
    """A bot that was given no channel says nothing: somebody has to see that."""
    incident, notices = case.incident, case.config.notices
    slack = case.snapshot.channels & {Channel.SLACK, Channel.SLACK_BOT}
    if incident is None or incident.severity is None or not incident.burning or incident.taken_in:
        return
    unheard = slack == {Channel.SLACK_BOT} and not notices.slack_channel
    if unheard and notices.kinds(Channel.SLACK_BOT, incident.severity):
        yield Alarm(Text("summary/slack_speechless", {"number": incident.number}))
