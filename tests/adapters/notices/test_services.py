"""What each service is sent, and what its answers mean."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field, replace
from typing import Any

import jsonschema_rs
import pytest

from stanch.adapters.notices import SECRETS, connect
from stanch.adapters.notices.delivery import Answer, Parcel
from stanch.adapters.notices.pagerduty import ACTIONS, PagerDuty, event
from stanch.adapters.notices.slack import Delivered, SlackBot, SlackWebhook
from stanch.adapters.notices.webhook import Webhook, payload, signature
from stanch.core.channels import Channel, Kind
from stanch.core.errors import RateLimited, Refused, UnknownOutcome
from tests.adapters.notices.samples import HOSTILE, SEND, saying
from tests.adapters.notices.schemas import PAGERDUTY, PAGERDUTY_BYTES, WEBHOOK

KEY = "0123456789abcdef0123456789ABCDEF"
SLACK = replace(SEND, channel=Channel.SLACK_BOT, to=("C0123456789",))


@dataclass
class Road:
    """Answers from a list, and keeps what it was given."""

    answers: list[Answer] = field(default_factory=lambda: [Answer(200, b'{"ok": true, "ts": "1.2", "channel": "C1"}')])
    parcels: list[Parcel] = field(default_factory=list)

    def post(self, parcel: Parcel) -> Answer:
        self.parcels.append(parcel)
        return self.answers.pop(0)

    @property
    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.parcels[-1].body)
        return found


def bot(*answers: Answer) -> tuple[Road, SlackBot]:
    road = Road(list(answers)) if answers else Road()
    return road, SlackBot(road, "xoxb-1234567890")


@pytest.mark.parametrize("kind", ACTIONS)
@pytest.mark.parametrize("text", HOSTILE)
def test_an_event_has_the_documented_shape(kind: Kind, text: str) -> None:
    """Whatever the text: every length and word is one that PagerDuty takes."""
    found = event(saying(text, kind), KEY)
    jsonschema_rs.validate(PAGERDUTY, json.loads(json.dumps(found)))
    assert len(json.dumps(found).encode()) <= PAGERDUTY_BYTES
    assert (found["event_action"], found["dedup_key"]) == (ACTIONS[kind], "octo/shop#12")


def test_pagerduty_is_told_where_the_account_is() -> None:
    """In Europe at another host; no severity is made up."""
    for to, host in (((), "events"), (("us",), "events"), (("eu",), "events.eu")):
        road = Road([Answer(202)])
        assert PagerDuty(road, KEY).send(replace(SEND, to=to)) == Delivered()
        assert road.parcels[0].url == f"https://{host}.pagerduty.com/v2/enqueue"
    assert [event(replace(SEND, severity=n), KEY)["payload"]["severity"] for n in (1, 2, 3, 4)] == [  # type: ignore[index] # a trigger has one
        "critical",
        "error",
        "warning",
        "info",
    ]


def test_a_key_that_is_none_is_refused_before_anything_leaves() -> None:
    """It is not repeated either."""
    road = Road()
    with pytest.raises(Refused, match="STANCH_PAGERDUTY_KEY is no integration key") as refusal:
        PagerDuty(road, "canary-key").send(SEND)
    assert (road.parcels, "canary" in str(refusal.value)) == ([], False)
    with pytest.raises(Refused, match="has no word for mitigated"):
        event(saying("x", Kind.MITIGATED), KEY)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_receiver_gets_what_is_documented(text: str) -> None:
    """The body has exactly those keys; the id is that of the notice, and the same at every try."""
    write = replace(saying(text), channel=Channel.WEBHOOK, key="12/announce/webhook/declared/20261117T020000Z")
    found = payload(write)
    jsonschema_rs.validate(WEBHOOK, json.loads(json.dumps(found)))
    assert found["id"] == "octo/shop#12/announce/webhook/declared/20261117T020000Z"


def test_a_receiver_is_told_of_a_drill() -> None:
    """One key more, so that no machine takes a game for an incident; where it is none, the key is not there."""
    write = replace(SEND, channel=Channel.WEBHOOK, key="12/announce/webhook/declared/20261117T020000Z")
    assert payload(replace(write, drill=True)) == payload(write) | {"drill": True}
    jsonschema_rs.validate(WEBHOOK, json.loads(json.dumps(payload(replace(write, drill=True)))))


def test_the_signature_is_that_of_the_time_and_the_body() -> None:
    """As anybody can check with the secret: HMAC-SHA256 over `<t>.<body>`."""
    road = Road([Answer(200)])
    Webhook(road, "https://hooks.example.com/x", "canary-secret-of-16", lambda: 1_794_880_801).send(SEND)
    (parcel,) = road.parcels
    expected = hmac.new(b"canary-secret-of-16", b"1794880801." + parcel.body, hashlib.sha256).hexdigest()
    assert parcel.headers["Stanch-Signature"] == f"t=1794880801,v1={expected}"
    assert (parcel.headers["Stanch-Kind"], parcel.hosts) == ("declared", ("hooks.example.com",))
    assert signature("a", 1, b"x") != signature("a", 2, b"x") != signature("b", 2, b"x")


def test_a_secret_that_is_no_text_signs_with_its_bytes() -> None:
    """As the environment hands it over, byte by byte."""
    raw = bytes(range(200, 232))
    expected = hmac.new(raw, b"1.x", hashlib.sha256).hexdigest()
    assert signature(raw.decode("utf-8", "surrogateescape"), 1, b"x") == f"t=1,v1={expected}"


def test_the_hosts_of_the_config_are_the_only_ones() -> None:
    """Where the config lists some, the secret's own host counts only if it is among them."""
    road = Road([Answer(200)])
    Webhook(road, "https://hooks.example.com/x", "s" * 16, lambda: 0).send(replace(SEND, to=("sms.example.org",)))
    assert road.parcels[0].hosts == ("sms.example.org",)


def test_nothing_is_sent_unsigned() -> None:
    """Without a secret, or with one that can be guessed."""
    for secret in ("", "short"):
        road = Road()
        with pytest.raises(Refused, match="STANCH_WEBHOOK_SECRET"):
            Webhook(road, "https://hooks.example.com/x", secret, lambda: 0).send(SEND)
        assert road.parcels == []


def test_a_bot_posts_edits_and_answers_beneath() -> None:
    """Three calls with their documented parameters; the token only in its header."""
    road, slack = bot()
    assert slack.send(SLACK) == Delivered("1.2", "C1")
    assert (road.parcels[0].url, road.body["channel"]) == ("https://slack.com/api/chat.postMessage", "C0123456789")
    assert (road.body["unfurl_links"], road.body["unfurl_media"], "thread_ts" in road.body) == (False, False, False)
    road, slack = bot()
    slack.send(replace(SLACK, ts="1.2", place="C1", kind=Kind.RESOLVED))
    assert (road.body["thread_ts"], road.body["channel"], road.body["reply_broadcast"]) == ("1.2", "C1", False)
    road, slack = bot()
    assert slack.send(replace(SLACK, edits=True, ts="1.2", place="C1")) == Delivered("1.2", "C1")
    assert (road.parcels[0].url, road.body["ts"]) == ("https://slack.com/api/chat.update", "1.2")
    assert all(b"xoxb" not in parcel.body for parcel in road.parcels)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b'{"ok": false, "error": "channel_not_found"}', Refused),
        (b'{"ok": false, "error": "Secret xoxb-123"}', Refused),
        (b'{"ok": false, "error": "ratelimited"}', RateLimited),
        (b'{"ok": false, "error": "internal_error"}', UnknownOutcome),
        (b'{"ok": false, "error": "fatal_error"}', UnknownOutcome),
        (b'{"ok": true}', UnknownOutcome),
        (b"{}", UnknownOutcome),
        (b"[]", UnknownOutcome),
        (b"<html>", UnknownOutcome),
        (b"[" * 60_000, UnknownOutcome),
    ],
)
def test_what_slack_answers_is_not_taken_for_more_than_it_says(answer: bytes, kind: type[Exception]) -> None:
    """A no is a no, and whatever is not a clear yes or no may have been done; no answer is repeated but a code."""
    _, slack = bot(Answer(200, answer))
    with pytest.raises(kind) as problem:
        slack.send(SLACK)
    assert "xoxb" not in str(problem.value)


def test_a_message_that_is_gone_needs_no_edit() -> None:
    """Any other refusal of an edit is one."""
    gone = Answer(200, b'{"ok": false, "error": "message_not_found"}')
    assert bot(gone)[1].send(replace(SLACK, edits=True, ts="1.2", place="C1")) == Delivered("1.2", "C1")
    with pytest.raises(Refused, match="message_not_found"):
        bot(gone)[1].send(SLACK)
    with pytest.raises(Refused, match="not_in_channel"):
        bot(Answer(200, b'{"ok": false, "error": "not_in_channel"}'))[1].send(replace(SLACK, edits=True))


def test_a_token_that_is_none_is_refused_before_anything_leaves() -> None:
    """A line end in it would forge a header."""
    for token in ("", "short", "xoxb-12345\r\nX-Evil: 1", "xoxb-ünicode-token"):
        road = Road()
        with pytest.raises(Refused, match="STANCH_SLACK_TOKEN"):
            SlackBot(road, token).send(SLACK)
        assert road.parcels == []


def test_the_webhook_of_slack_only_leads_to_slack() -> None:
    """Its address is a secret, and so never in a body."""
    road = Road([Answer(200, b"ok")])
    assert SlackWebhook(road, "https://hooks.slack.com/services/T/B/x").send(SEND) == Delivered()
    assert (road.parcels[0].hosts, road.parcels[0].secret) == (("hooks.slack.com",), "STANCH_SLACK_WEBHOOK")
    assert road.body["text"] == "SEV-1 declared: Checkout fails (#12)"


def test_what_is_connected_are_the_secrets_that_are_set() -> None:
    """An empty one, as Actions gives for a secret that is not there, connects nothing."""
    every = dict.fromkeys(set(SECRETS) - {"STANCH_WEBHOOK_SECRET"}, "x")
    assert connect({}, lambda: 0).channels == connect(dict.fromkeys(every, " "), lambda: 0).channels == frozenset()
    assert connect(every, lambda: 0).channels == frozenset(Channel)
    with pytest.raises(Refused, match="slack is not connected"):
        connect({}, lambda: 0).send(replace(SEND, channel=Channel.SLACK))
