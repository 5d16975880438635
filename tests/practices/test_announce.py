"""Announce: which facts go where, once, and which are no news."""

from dataclasses import replace

import pytest
from tests.values import (
    BOT,
    START,
    TEAM,
    card,
    closed,
    comment,
    deleted,
    incident_thread,
    labeled,
    mentioned_by,
    notice,
    plainly,
    reopened,
    snapshot,
    thread,
    unlabeled,
)

from stanch.core.case import Case, case_of
from stanch.core.channels import ROUTED, USUAL, Channel, Kind
from stanch.core.config import Config
from stanch.core.ledger import Ledger
from stanch.core.outbox import Receipt, State
from stanch.core.plan import plan
from stanch.core.severity import Severity
from stanch.core.thread import CloseReason, Item, Thread
from stanch.core.wanted import Announce, Card, Text
from stanch.core.watchers import Watchers
from stanch.core.writes import CreateComment, EditComment, Send
from stanch.practices.announce import announce

BEGAN = int(START.timestamp())
ALL = frozenset({Channel.SLACK, Channel.PAGERDUTY, Channel.WEBHOOK})
PAGED = "12/announce/pagerduty/declared/20261117T020000Z"
TOLD = "12/announce/slack/declared/20261117T020000Z"
HEARD = card(90, Ledger(outbox={PAGED: Receipt(State.SENT, BEGAN), TOLD: Receipt(State.SENT, BEGAN)}))
ACK = comment(1, "jordan", "/ack", 3)
RESOLVED = (comment(5, "jordan", "/resolve", 50), closed(50, BOT.login))


def cased(of: Thread, now: float, channels: frozenset[Channel] = ALL, config: Config = TEAM) -> Case:
    return case_of(replace(snapshot(of, now, config), channels=channels))


def wanted(of: Thread, now: float, channels: frozenset[Channel] = ALL, config: Config = TEAM) -> list[Announce]:
    return [want for want in announce(cased(of, now, channels, config)) if isinstance(want, Announce)]


def kinds(of: Thread, now: float, channel: Channel = Channel.SLACK, config: Config = TEAM) -> list[str]:
    return [want.kind.value for want in wanted(of, now, frozenset({channel}), config)]


def test_nothing_to_do() -> None:
    """No channel, no incident, or an incident that is not told: nothing is wanted."""
    assert wanted(incident_thread(), 1, frozenset()) == []
    assert wanted(thread(), 1) == []
    assert wanted(incident_thread(severity=3), 1) == []
    assert wanted(thread(labeled("client-report", 0)), 1) == []


def test_a_declaration_goes_to_every_channel_once() -> None:
    """One key for each, made from the severity's beginning."""
    found = wanted(incident_thread(), 1)
    assert [want.key for want in found] == [
        f"12/announce/{service}/declared/20261117T020000Z" for service in ("slack", "pagerduty", "webhook")
    ]
    assert [want.at_most_once for want in found] == [True, False, False]


@pytest.mark.parametrize(
    ("items", "now", "slack", "pagerduty"),
    [
        ((), 5, ["declared"], ["declared"]),
        ((ACK,), 5, ["declared"], ["declared", "acknowledged"]),
        ((notice(7, "12/escalate/20261117T020000Z/1/1", 5),), 6, ["declared", "escalated"], ["declared", "escalated"]),
        ((notice(7, "12/update/20261117T020000Z/1", 15),), 16, ["declared", "update-due"], ["declared"]),
        ((comment(7, "alex", "<!-- stanch:1 key=12/escalate/x/1 -->", 5),), 6, ["declared"], ["declared"]),
        (
            (comment(2, "jordan", "/update! We roll back.", 9),),
            10,
            ["declared", "public-update"],
            ["declared", "acknowledged"],
        ),
        ((comment(2, "jordan", "/status identified The cache.", 9),), 10, ["declared"], ["declared", "acknowledged"]),
        ((comment(2, "jordan", "/status mitigated", 9),), 10, ["declared", "mitigated"], ["declared", "acknowledged"]),
        (RESOLVED, 51, ["resolved"], ["resolved"]),
        ((*RESOLVED, mentioned_by(13, 51)), 52, ["resolved", "post-mortem-opened"], ["resolved"]),
        ((comment(2, "jordan", "/false-alarm a test", 9),), 10, ["resolved"], ["resolved"]),
        ((closed(9, reason=CloseReason.NOT_PLANNED),), 10, ["resolved"], ["resolved"]),
        ((unlabeled("sev-1", 9),), 10, ["resolved"], ["resolved"]),
        ((closed(9), reopened(20)), 21, ["declared"], ["declared"]),
    ],
)
def test_what_happened_is_told_where_it_belongs(
    items: tuple[Item, ...], now: float, slack: list[str], pagerduty: list[str]
) -> None:
    """On a thread of which both channels know the beginning: the newest fact of each kind."""
    known = card(
        90, Ledger(outbox=dict.fromkeys((PAGED, TOLD), Receipt(State.SENT, BEGAN)), children={"12/postmortem": 13})
    )
    of = incident_thread(known, *items)
    assert kinds(of, now) == slack
    assert kinds(of, now, Channel.PAGERDUTY) == pagerduty


def test_an_end_goes_nowhere_where_no_beginning_went() -> None:
    """PagerDuty would drop it, and a channel that was connected late has no use for it."""
    of = incident_thread(card(90, Ledger()), *RESOLVED)
    assert kinds(of, 51, Channel.PAGERDUTY) == []
    assert (kinds(of, 70), kinds(of, 90)) == (["resolved"], [])


def test_what_wakes_people_does_so_for_what_is_worse_alone() -> None:
    """A lowered severity is told to Slack; a raised one to all."""
    lowered = incident_thread(HEARD, comment(1, "jordan", "/sev 2 exports only", 9))
    raised = incident_thread(HEARD, comment(1, "jordan", "/sev 1 everybody", 9), severity=2)
    for of, expected in ((lowered, [1, 0, 0]), (raised, [1, 1, 1])):
        told = [sum(key.endswith("declared") for key in kinds(of, 10, one)) for one in sorted(ALL, key=str)]
        slack, pagerduty, webhook = (
            sum(key == "declared" for key in kinds(of, 10, one))
            for one in (Channel.SLACK, Channel.PAGERDUTY, Channel.WEBHOOK)
        )
        assert ([slack, pagerduty, webhook], len(told)) == (expected, 3)


def test_nobody_is_woken_for_what_was_acknowledged_long_before() -> None:
    """A pager that is connected an hour later stays silent; an incident that nobody took pages all the same."""
    assert kinds(incident_thread(card(90, Ledger()), comment(1, "jordan", "/ack", 40)), 70, Channel.PAGERDUTY) == []
    assert kinds(incident_thread(card(90, Ledger())), 70, Channel.PAGERDUTY) == ["declared"]


@pytest.mark.parametrize(("now", "told"), [(24 * 60, True), (24 * 60 + 1, False)])
def test_after_a_day_nothing_is_news(now: float, told: bool) -> None:
    """Whatever failed until then has failed."""
    owed = card(90, Ledger(outbox={TOLD: Receipt(State.OWED, BEGAN)}))
    assert ("declared" in kinds(incident_thread(owed), now)) is told


def test_what_was_adopted_is_not_told() -> None:
    """Neither its severity nor what was said before; what comes after is."""
    ledger = Ledger(adopted=START.replace(hour=3))
    assert kinds(incident_thread(card(90, ledger), ACK), 70) == []
    later = incident_thread(card(90, ledger), comment(2, "jordan", "/update! Still at it.", 65))
    assert kinds(later, 70) == ["public-update"]


def test_a_lost_card_leaves_doubt_only_where_a_copy_cannot_be_told() -> None:
    """What happened before the loss is doubtful for Slack; what came after it is not."""
    of = incident_thread(
        notice(8, "12/call/sev-1/20261117T020000Z", 1), deleted(4), comment(2, "jordan", "/update! x y", 6)
    )
    found = {(want.channel, want.kind): want.doubtful for want in wanted(of, 7)}
    assert found[Channel.SLACK, Kind.DECLARED] is True
    assert found[Channel.SLACK, Kind.PUBLIC_UPDATE] is False
    assert found[Channel.PAGERDUTY, Kind.DECLARED] is False


def test_a_bot_says_the_beginning_in_its_message() -> None:
    """The message comes first, and the notices hang beneath it; without a channel there is none."""
    config = replace(TEAM, notices=replace(TEAM.notices, slack_channel="C0123456789"))
    of = incident_thread(comment(2, "jordan", "/update! We roll back.", 5))
    found = wanted(of, 6, frozenset({Channel.SLACK_BOT, Channel.SLACK}), config)
    assert [(want.kind, want.living) for want in found] == [(Kind.MESSAGE, True), (Kind.PUBLIC_UPDATE, False)]
    assert found[1].under == found[0].key == "12/announce/slack/message/20261117T020000Z"
    assert wanted(of, 6, frozenset({Channel.SLACK_BOT})) == []


def test_the_config_decides_by_severity_and_kind() -> None:
    """A SEV-3 that Slack is told of, and a SEV-1 that it hears only the end of."""
    slack = {**USUAL["slack"], Severity.SEV_3: frozenset(ROUTED), Severity.SEV_1: frozenset({Kind.RESOLVED})}
    config = replace(TEAM, notices=replace(TEAM.notices, routes={**USUAL, "slack": slack}))
    assert kinds(incident_thread(severity=3), 1, config=config) == ["declared"]
    assert kinds(incident_thread(), 1, config=config) == []
    assert kinds(incident_thread(card(90, Ledger()), *RESOLVED), 51, config=config) == ["resolved"]


ITEM = "## Action items\n\n- [ ] Alert on failures — Owner: @morgan — Due: 2026-11-{day}\n"


@pytest.mark.parametrize(
    ("day", "now", "told"),
    [
        (16, 5 * 60, False),  # Tuesday, 07:00: before the working day
        (16, 8 * 60, True),
        (17, 8 * 60, False),
        (15, 8 * 60, False),  # due on a Sunday, so on Monday the 16th: told on Tuesday
        (13, 8 * 60, False),
        (13, -16 * 60, True),  # Monday, 10:00, for what was due on Friday
        (13, -4 * 24 * 60 + 8 * 60, False),
        (13, -3 * 24 * 60 + 8 * 60, False),  # a Saturday
        (12, -3 * 24 * 60 + 8 * 60, False),
    ],
)
def test_an_overdue_item_is_told_on_the_working_morning_after(day: int, now: float, told: bool) -> None:
    """Once, from nine o'clock, where the team works."""
    told = told or day == 15
    of = thread(labeled("post-mortem", -7_000), body=ITEM.format(day=day), when=-7_000)
    found = wanted(of, now, frozenset({Channel.SLACK, Channel.PAGERDUTY}))
    assert [want.kind for want in found] == [Kind.OVERDUE] * told


def writes(case: Case, *others: Announce) -> list[object]:
    wants = [*others, *announce(case), Card("12/card", Text("card", {"n": 1}))]
    return [write for write in plan(case, wants, plainly) if isinstance(write, Send | CreateComment | EditComment)]


def test_what_can_be_repeated_leaves_before_the_card_and_what_cannot_after_it() -> None:
    """A pager waits for nobody; Slack waits until its intent is written down."""
    found = writes(cased(incident_thread(), 1))
    assert [type(one).__name__ if not isinstance(one, Send) else one.channel.value for one in found] == [
        "pagerduty",
        "webhook",
        "CreateComment",
        "slack",
    ]
    (body,) = (one.body for one in found if isinstance(one, CreateComment))
    assert f'"{TOLD}":["trying",{BEGAN + 60}]' in body
    assert "pagerduty" not in body


@pytest.mark.parametrize(
    ("state", "slack", "pagerduty"),
    [(State.SENT, 0, 0), (State.UNKNOWN, 0, 0), (State.TRYING, 0, 0), (State.OWED, 1, 1)],
)
def test_a_receipt_decides_whether_it_is_sent(state: State, slack: int, pagerduty: int) -> None:
    """Only what is owed leaves again; what was being tried becomes unknown."""
    outbox = dict.fromkeys((TOLD, PAGED), Receipt(state, BEGAN))
    found = writes(cased(incident_thread(card(90, Ledger(outbox=outbox))), 1))
    sent = [one.channel for one in found if isinstance(one, Send) and one.kind is Kind.DECLARED]
    assert (sent.count(Channel.SLACK), sent.count(Channel.PAGERDUTY)) == (slack, pagerduty)
    if state is State.TRYING:
        assert any('["unknown",' in one.body for one in found if isinstance(one, EditComment))


def test_without_a_card_nothing_leaves() -> None:
    """There would be nothing to remember it by."""
    case = cased(incident_thread(), 1)
    assert [one for one in plan(case, tuple(announce(case)), plainly) if isinstance(one, Send)] == []


def asked(id_: int, step: str, when: float) -> Item:
    """A step of the escalation, as the bot said it on the thread."""
    return notice(id_, f"12/escalate/20261117T020000Z/{step}", when)


def test_a_later_step_is_news_also_from_the_tenth_on() -> None:
    """Four on call make twelve steps: the tenth comes after the ninth outside as well, and the last one after all."""
    steps = [asked(100 + n, str(n), 5 * n) for n in range(8, 12)] + [asked(120, "last", 60)]
    told = [
        next(want.key for want in wanted(incident_thread(HEARD, *steps[:n]), 61) if want.kind is Kind.ESCALATED)
        for n in range(1, len(steps) + 1)
    ]
    assert told == sorted(set(told))


def test_nobody_is_told_that_nobody_answers_once_somebody_did() -> None:
    """What did not arrive before the acknowledgement is no news after it, on no channel."""
    thread = incident_thread(HEARD, asked(7, "1", 5), comment(1, "jordan", "/ack", 6))
    assert Kind.ESCALATED not in {want.kind for want in wanted(thread, 7)}


def test_who_fell_silent_is_not_called_unacknowledged() -> None:
    """Somebody acknowledged it: the notice says so, and since when nobody has given a sign."""
    thread = incident_thread(HEARD, ACK, notice(7, "12/escalate/20261117T020300Z/0", 60))
    (escalated,) = (want for want in wanted(thread, 61, frozenset({Channel.PAGERDUTY})) if want.kind is Kind.ESCALATED)
    assert escalated.text.view["silent"] == "jordan"
    assert escalated.text.view["since"] == START.replace(minute=3)


def test_a_word_that_came_is_no_longer_said_to_be_due() -> None:
    """A reminder that did not arrive is dropped with the silence that it was about."""
    due = notice(7, "12/update/20261117T020000Z/1", 15)
    assert "update-due" in kinds(incident_thread(HEARD, due), 16)
    spoken = incident_thread(HEARD, due, comment(2, "jordan", "/update! We roll back.", 17))
    assert "update-due" not in kinds(spoken, 18)


def test_pagerduty_is_told_of_an_acknowledgement_only_once_it_has_the_alert() -> None:
    """What it does not know it drops; a page that comes after that would ring although somebody looks."""
    for state, expected in ((State.OWED, ["declared"]), (State.SENT, ["declared", "acknowledged"])):
        known = card(90, Ledger(outbox={PAGED: Receipt(state, BEGAN)}))
        assert kinds(incident_thread(known, ACK), 5, Channel.PAGERDUTY) == expected


def test_a_reopening_is_told_of_whoever_reopened_it() -> None:
    """Not of whoever had set the severity."""
    (told,) = wanted(incident_thread(HEARD, closed(9), reopened(20, "morgan")), 21, frozenset({Channel.SLACK}))
    assert (told.text.view["moved"], told.text.view["by"], told.due) == ("reopened", "morgan", START.replace(minute=20))


def test_what_is_older_than_what_was_told_is_not_told_after_it() -> None:
    """The comment of the newer update was deleted: the one before it is the newest now, and no news."""
    newer = "12/announce/slack/public-update/20261117T021000Z"
    known = card(90, Ledger(outbox={TOLD: Receipt(State.SENT, BEGAN), newer: Receipt(State.SENT, BEGAN)}))
    case = cased(
        incident_thread(known, comment(2, "jordan", "/update! We roll back.", 5)), 12, frozenset({Channel.SLACK})
    )
    assert [one for one in writes(case) if isinstance(one, Send)] == []


def test_what_the_watcher_has_just_said_it_also_says_outside() -> None:
    """Another look leaves it to the watcher for a minute and a half; then the watcher may be dead."""
    of = incident_thread(HEARD, asked(7, "1", 5))
    for minutes, told in ((6, False), (6.5, True)):
        case = cased(of, minutes)
        watched = replace(case, snapshot=replace(case.snapshot, watchers=Watchers(running=True)))
        assert (Kind.ESCALATED in {want.kind for want in announce(watched) if isinstance(want, Announce)}) is told


@pytest.mark.parametrize(("now", "doubtful"), [(20, False), (40, True)])
def test_where_no_card_can_be_read_only_what_is_fresh_is_sure(now: float, doubtful: bool) -> None:
    """Stanch spoke here before, so an older run may have told Slack."""
    of = incident_thread(notice(8, "12/call/sev-1/20261117T020000Z", 1))
    (told,) = wanted(of, now, frozenset({Channel.SLACK}))
    assert told.doubtful is doubtful


def test_an_end_goes_where_the_worst_was_told() -> None:
    """It is a SEV-3 by now, of which nothing is told: who heard of the SEV-1 hears that it is over."""
    of = incident_thread(HEARD, comment(1, "jordan", "/sev 3 one customer", 9), *RESOLVED)
    assert kinds(of, 51) == ["resolved"]
