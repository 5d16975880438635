"""A whole incident against a Slack that keeps what it is told: npm `emulate`, as `.ci/package.json` pins it."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from stanch.adapters.notices import Sender
from stanch.adapters.notices.delivery import Delivery
from stanch.adapters.notices.slack import SlackBot, SlackWebhook
from stanch.core.channels import Channel
from tests.outside import Scene, scene
from tests.patience import PATIENCE
from tests.proof.toolchains import NOT_RUN, must_be_here

PROGRAM = Path(__file__).parents[3] / ".ci/node_modules/emulate/dist/index.js"
GENERAL = "C000000001"
CONFIG = f"people: [jordan]\nclients: [kim]\nnotices: {{slack: {{channel: {GENERAL}}}}}\n"
THROUGH = Delivery(loopback=True)

Property = Callable[[str, object], None]


@contextmanager
def emulated() -> Iterator[str]:
    """The address of a Slack of its own, on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["node", str(PROGRAM), "--service", "slack", "--port", str(port)]
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield answering(f"http://localhost:{port}")
    finally:
        running.terminate()
        running.wait(PATIENCE)


def answering(address: str) -> str:
    """The same address, once it answers."""
    for _ in range(PATIENCE * 10):
        try:
            asked(address, "auth.test")
        except OSError:
            time.sleep(0.1)
        else:
            break
    return address


def asked(address: str, method: str, **body: object) -> dict[str, Any]:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer xoxb-1234567890"}
    request = Request(f"{address}/api/{method}", json.dumps(body).encode(), headers)  # noqa: S310 # our own address
    with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 # as above
        found: dict[str, Any] = json.loads(answer.read())
        return found


def here(record_property: Property) -> bool:
    """Whether it can be run on this machine; if not, that is said at the end of the run."""
    if PROGRAM.exists() and shutil.which("node"):
        return True
    record_property(NOT_RUN, "notices against an emulated Slack: no node, or not yet `npm ci --prefix .ci`")
    assert not must_be_here(), "the emulated Slack is missing"
    return False


def lived(one: Scene) -> int:
    number = one.opens(title="Checkout <!channel> & more")
    one.look(number)
    for text in (
        "/take",
        "/update Down for <@U000000001>. More by 10:40 UTC.",
        "/status mitigated",
        "/resolve",
    ):
        one.later(3)
        one.says(number, text)
    one.later(1)
    one.sweep()
    return number


def header(message: dict[str, Any]) -> str:
    return str(message["blocks"][0]["text"]["text"])


@pytest.mark.unmeasured
def test_a_bot_keeps_one_message_with_a_thread_beneath_it(record_property: Property) -> None:
    """One message in the channel, edited to its last state; four notices in its thread, none called anybody."""
    if not here(record_property):
        return
    with emulated() as address, scene(config=CONFIG) as one:
        one.sender = Sender({Channel.SLACK_BOT: SlackBot(THROUGH, "xoxb-1234567890", f"{address}/api")})
        number = lived(one)
        (message,) = asked(address, "conversations.history", channel=GENERAL)["messages"]
        assert header(message) == "🟢 SEV-1, resolved: Checkout &lt;!channel&gt; &amp; more (#1)"
        replies = asked(address, "conversations.replies", channel=GENERAL, ts=message["ts"])["messages"][1:]
        assert [header(reply).partition(":")[0] for reply in replies] == [
            "SEV-1 client update",
            "SEV-1 mitigated",
            "SEV-1 resolved",
            "SEV-1 post-mortem opened",
        ]
        assert "<@U" not in json.dumps([message, *replies])
        assert one.look(number).writes == ()


@pytest.mark.unmeasured
def test_an_incoming_webhook_posts_each_notice_once(record_property: Property) -> None:
    """Five messages in the channel; a further look posts none."""
    if not here(record_property):
        return
    with emulated() as address, scene(config=CONFIG) as one:
        url = f"{address}/services/T000000001/B000000001/x"
        one.sender = Sender({Channel.SLACK: SlackWebhook(THROUGH, url)})
        number = lived(one)
        one.look(number)
        messages = asked(address, "conversations.history", channel=GENERAL)["messages"]
        assert len(messages) == 5


@pytest.mark.unmeasured
def test_a_channel_that_does_not_exist_is_a_definite_no(record_property: Property) -> None:
    """Slack's word for it is in the run; it is owed and tried again."""
    if not here(record_property):
        return
    with emulated() as address, scene(config=CONFIG.replace(GENERAL, "C0NOSUCHONE")) as one:
        one.sender = Sender({Channel.SLACK_BOT: SlackBot(THROUGH, "xoxb-1234567890", f"{address}/api")})
        outcome = one.look(one.opens())
        assert outcome.owed == (
            "message of #1 to slack-bot: Slack answered channel_not_found. The next event or sweep tries again.",
        )
