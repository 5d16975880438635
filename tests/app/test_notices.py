"""Notices on their road: each once on each channel, at most once where a copy cannot be told, owed where it failed."""

from contextlib import suppress
from dataclasses import replace
from functools import cache

import pytest

from stanch.app.desk import DrySender, DryWriter
from stanch.app.road import carry
from stanch.core.outbox import State
from stanch.sandbox.faults import Fault, Killed
from tests.outside import BOT, CANARIES, OWN, PAGER, WEBHOOK, No, Outside, Scene, scene

ALL = (WEBHOOK, PAGER, OWN)


def lived(one: Scene) -> int:
    """A SEV-1 from its declaration to its post-mortem, with a look after each act."""
    number = one.opens()
    one.look(number)
    one.later(4)
    one.says(number, "/ack")
    one.later(6)
    one.says(number, "/update Paying fails for everybody. We roll back; more by 10:40 UTC.")
    one.later(20)
    one.says(number, "/status mitigated")
    one.later(30)
    one.says(number, "/resolve")
    one.later(1)
    one.sweep()
    return number


WHOLE_SLACK = [
    "SEV-1 declared: Checkout is down (#1)",
    "SEV-1 client update: Checkout is down (#1)",
    "SEV-1 mitigated: Checkout is down (#1)",
    "SEV-1 resolved: Checkout is down (#1)",
    "SEV-1 post-mortem opened: Checkout is down (#1)",
]


def test_a_repository_without_channels_sends_nothing_and_costs_nothing_more() -> None:
    """The same reads and writes as ever, and no word of an outbox in the card."""
    with scene() as one:
        number = lived(one)
        assert one.outside.count == 0
        assert "outbox" not in one.card(number)


def test_a_whole_incident_is_told_once_on_every_channel() -> None:
    """Slack hears of everything, PagerDuty of beginning, acknowledgement and end, the receiver of the beginning."""
    with scene(*ALL) as one:
        number = lived(one)
        assert one.outside.slack == WHOLE_SLACK
        assert one.outside.pages == ["trigger", "acknowledge", "resolve"]
        assert {event["dedup_key"] for event in one.outside.bodies("PagerDuty")} == {"harbour/checkout#1"}
        assert one.outside.webhook == ["harbour/checkout#1/announce/webhook/declared/20260317T100000Z"]
        assert {receipt.state for receipt in one.outbox(number).values()} == {State.SENT}
        told = one.outside.count
        assert [outcome for outcome in one.sweep() if outcome.says_something] == []
        assert one.outside.count == told


def test_a_bot_keeps_one_message_up_to_date() -> None:
    """One message for the incident, edited as it moves; notices hang beneath it."""
    with scene(BOT) as one:
        number = lived(one)
        first, *rest = one.outside.slack
        assert first == "🔴 SEV-1, investigating: Checkout is down (#1)"
        assert rest == WHOLE_SLACK[1:]
        assert one.outside.edits[-1] == "🟢 SEV-1, resolved: Checkout is down (#1)"
        posts = [body for body in one.outside.bodies("Slack") if "ts" not in body]
        assert ["thread_ts" in body for body in posts] == [False, True, True, True, True]
        assert {body["thread_ts"] for body in posts[1:]} == {"1.0001"}
        assert one.look(number).writes == ()


def test_a_message_that_people_took_away_is_not_posted_again() -> None:
    """Slack no longer knows it: nothing is owed, and nothing is posted in its place."""
    with scene(BOT) as one:
        number = one.opens()
        one.look(number)
        one.outside.messages.clear()
        one.later(4)
        assert one.says(number, "/ack").owed == ()
        assert one.look(number).writes == ()
        assert len(one.outside.slack) == 1


def test_a_bot_without_a_channel_is_an_alarm() -> None:
    """The run is red and says what to write where; with a webhook beside it that is used instead."""
    with scene(BOT, config="people: [jordan]\n") as one:
        outcome = one.look(one.opens())
        assert "STANCH_SLACK_TOKEN is set, but no channel is named" in outcome.alarms[0]
    with scene(BOT, WEBHOOK, config="people: [jordan]\n") as one:
        assert one.look(one.opens()).alarms == ()
        assert one.outside.slack == WHOLE_SLACK[:1]


@pytest.mark.parametrize("fault", [No.BUSY, No.REFUSED, No.REDIRECT])
def test_a_definite_no_is_tried_again_at_the_next_look(fault: No) -> None:
    """Red and owed, on the card too; then it arrives, once, and the card forgets the trouble."""
    with scene(*ALL, outside=Outside(faults=dict.fromkeys((1, 2, 3), fault))) as one:
        number = one.opens()
        outcome = one.look(number)
        assert (outcome.exit_code, len(outcome.owed), one.outside.taken) == (3, 3, [])
        assert all(debt.endswith("The next event or sweep tries again.") for debt in outcome.owed)
        assert "**Not delivered:** `declared` to PagerDuty, `declared` to Slack, `declared` to the webhook" in one.card(
            number
        )
        assert one.look(number).owed == ()
        assert (len(one.outside.slack), one.outside.pages, len(one.outside.webhook)) == (1, ["trigger"], 1)
        assert "Not delivered" not in one.card(number)


UNCLEAR = [
    fault
    for fault in Fault
    if not fault.value.startswith("killed") and fault not in {Fault.SECONDARY_LIMIT, Fault.TOO_MANY_REQUESTS}
]


@pytest.mark.parametrize("fault", UNCLEAR)
def test_an_unclear_answer_is_repeated_only_where_a_copy_can_be_told(fault: Fault) -> None:
    """PagerDuty and the receiver get it again, under the same name; Slack never does, and the card says so."""
    with scene(*ALL, outside=Outside(faults=dict.fromkeys((1, 2, 3), fault))) as one:
        number = one.opens()
        outcome = one.look(number)
        assert outcome.exit_code == 3
        assert [debt for debt in outcome.owed if debt.endswith("It is not sent again: look there whether it arrived.")]
        assert "**Perhaps not delivered:** `declared` to Slack." in one.card(number)
        again = one.look(number)
        assert again.owed == ()
        copies = 2 if fault.applies else 1
        assert (one.outside.pages, len(one.outside.webhook)) == (["trigger"] * copies, copies)
        assert len(set(one.outside.webhook)) == 1
        assert len(one.outside.slack) == int(fault.applies)
        assert one.look(number).writes == ()


def test_a_channel_that_is_down_for_good_stops_nothing() -> None:
    """The incident goes its way; every run is red; after a day nothing is tried any more."""
    everything = dict.fromkeys(("Slack", "PagerDuty", "the webhook"), No.REFUSED)
    with scene(*ALL, outside=Outside(always=everything)) as one:
        number = lived(one)
        assert one.world.issue(number).state == "closed"
        assert one.outside.taken == []
        one.later(25 * 60)
        tried = one.outside.count
        assert {outcome.exit_code for outcome in one.sweep()} <= {0}
        assert one.outside.count == tried


def test_slack_is_given_up_after_five_refusals() -> None:
    """Each try costs two edits of the card; PagerDuty costs none and is tried as long as it is news."""
    with scene(WEBHOOK, PAGER, outside=Outside(always={"Slack": No.REFUSED, "PagerDuty": No.REFUSED})) as one:
        number = one.opens()
        debts = [one.look(number).owed for _ in range(7)]
        assert [sum("slack" in debt for debt in owed) for owed in debts] == [1, 1, 1, 1, 1, 0, 0]
        assert [sum("pagerduty" in debt for debt in owed) for owed in debts] == [1] * 7
        assert any("It is not tried any more." in debt for debt in debts[4])
        assert one.look(number).writes == ()


def test_no_secret_is_ever_said() -> None:
    """Neither in the outcome nor on the thread, whatever goes wrong."""
    for fault in (*No, *UNCLEAR):
        every = dict.fromkeys(("Slack", "PagerDuty", "the webhook"), fault)
        with scene(*ALL, outside=Outside(always=every)) as one:
            number = one.opens()
            said = repr(one.look(number)) + "".join(str(comment.body) for comment in one.world.issue(number).comments)
            assert [canary for canary in CANARIES if canary in said] == []


def test_without_a_card_nothing_leaves() -> None:
    """The card cannot be written: Slack waits for it; PagerDuty does not."""
    with scene(*ALL) as one:
        number = one.opens()
        one.world.faults.at_write(one.world.counts.writes + 1, Fault.SECONDARY_LIMIT)
        one.look(number)
        assert (one.outside.slack, one.outside.pages) == ([], ["trigger"])
        one.look(number)
        assert (one.outside.slack, one.outside.pages) == (WHOLE_SLACK[:1], ["trigger"] * 2)


def answered(told: list[str]) -> list[str]:
    """What Slack was told, but for the escalation that falls due meanwhile."""
    return [one for one in told if "unanswered" not in one]


def test_a_deleted_card_brings_nothing_back() -> None:
    """Slack hears nothing twice, and the card says what nobody can know any more; what is new is told."""
    for minutes in (1, 12):
        with scene(*ALL) as one:
            number = one.opens()
            one.look(number)
            one.later(minutes)
            card = next(said.id for said in one.world.issue(number).comments if f"{number}/card" in said.body)
            one.world.person("alex").deletes_comment(card)
            one.later(1)
            one.look(number)
            assert answered(one.outside.slack) == WHOLE_SLACK[:1]
            assert "**Perhaps not delivered:** `declared` to Slack." in one.card(number)
            one.later(1)
            one.says(number, "/update! We roll back.")
            assert answered(one.outside.slack) == WHOLE_SLACK[:2]


def test_an_old_incident_makes_no_storm() -> None:
    """Adopted after three days or resolved before: nothing. Open for hours: what holds, and what was said just now."""
    with scene(*ALL) as one:
        old = one.opens(title="An old one")
        one.later(80 * 60)
        one.sweep()
        assert (one.card(old) != "", one.outside.count) == (True, 0)
    with scene() as one:
        number = lived(one)
        one.later(40)
        one.sender = one.outside.sender(*ALL)
        one.sweep()
        one.look(number)
        assert one.outside.count == 0
    with scene() as one:
        number = one.opens()
        one.look(number)
        for minutes in (20, 30, 30, 30):
            one.later(minutes)
            one.says(number, "/update! Still at it.")
        one.later(10)
        one.sender = one.outside.sender(*ALL)
        one.sweep()
        assert one.outside.slack == WHOLE_SLACK[:2]
        assert (one.outside.pages, len(one.outside.webhook)) == (["trigger"], 1)


def test_what_was_missed_for_hours_is_told_in_one_notice_of_each_kind() -> None:
    """Five updates and two moves while no runner came: the newest of each."""
    with scene(*ALL) as one:
        number = one.opens()
        one.look(number)
        for text in ("one", "two", "three", "four", "five"):
            one.later(20)
            one.world.person("jordan").comments(number, f"/update! {text}")
        one.look(number)
        assert one.outside.slack == WHOLE_SLACK[:2]
        assert "five" in one.outside.bodies("Slack")[1]["blocks"][1]["text"]["text"]


def test_reopening_pages_again() -> None:
    """PagerDuty opens a new alert for a trigger after a resolve; the receiver gets another id."""
    with scene(*ALL) as one:
        number = lived(one)
        one.world.person("morgan").reopens(number)
        one.later(1)
        one.look(number)
        assert one.outside.pages == ["trigger", "acknowledge", "resolve", "trigger"]
        assert len(set(one.outside.webhook)) == 2
        assert one.outside.slack[-1] == "SEV-1 reopened: Checkout is down (#1)"


def test_a_dry_run_names_what_would_leave_and_sends_nothing() -> None:
    """Every secret is set, and nothing goes out."""
    with scene(*ALL) as one:
        number = one.opens()
        desk = replace(one.desk, dry=True, writer=DryWriter(), sender=DrySender(one.sender.channels))
        outcome = carry(desk, number)
        assert sum(type(write).__name__ == "Send" for write in outcome.writes) == 3
        assert (one.outside.count, one.card(number)) == (0, "")


def survives(one: Scene) -> None:
    """The same life, where each look may be killed, and a look and a sweep come after each act."""
    number = one.opens()
    acts = ("", "/ack", "/update We roll back; more by 10:40 UTC.", "/status mitigated", "/resolve")
    for act in acts:
        if act:
            one.world.person("jordan").comments(number, act)
        with suppress(Killed):
            one.look(number)
        one.later(2)
        with suppress(Killed):
            one.sweep()
        one.later(2)
    one.sweep()
    one.sweep()


@cache
def calm() -> Scene:
    """That life without a crash."""
    with scene(*ALL) as one:
        survives(one)
        return one


SENDS, WRITES = 9, 22
KILLS = (Fault.KILLED_BEFORE, Fault.KILLED_AFTER)
STEPS = [
    pytest.param(kind, n, kill, marks=[pytest.mark.long] * (n % 2 == turn))
    for kind, last in (("send", SENDS), ("write", WRITES))
    for n in range(1, last + 1)
    for turn, kill in enumerate(KILLS)
]
"""Every step is killed at every change, before it or after it by turns, and in the long suite both ways."""


def test_every_step_is_among_them() -> None:
    """One that comes to be sent or written is killed as well."""
    assert (calm().outside.count, calm().world.counts.writes) == (SENDS, WRITES)


@pytest.mark.parametrize(("kind", "index", "kill"), STEPS)
def test_a_crash_between_any_two_steps_doubles_nothing_in_slack_and_loses_no_page(
    kind: str, index: int, kill: Fault
) -> None:
    """Slack gets nothing twice and loses at most one; PagerDuty and the receiver have everything, named alike."""
    with scene(*ALL) as one:
        if kind == "send":
            one.outside.faults[index] = kill
        else:
            one.world.faults.at_write(index, kill)
        survives(one)
        assert len(one.outside.slack) == len(set(one.outside.slack))
        assert len(set(calm().outside.slack) - set(one.outside.slack)) <= 1
        assert set(one.outside.pages) == set(calm().outside.pages)
        assert {event["dedup_key"] for event in one.outside.bodies("PagerDuty")} == {"harbour/checkout#1"}
        assert set(one.outside.webhook) == set(calm().outside.webhook)
        assert State.TRYING not in {receipt.state for receipt in one.outbox(1).values()}
        assert [outcome for outcome in one.sweep() if outcome.writes] == []
