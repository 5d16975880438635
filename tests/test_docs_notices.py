"""What docs/notices.md promises of channels, defaults and the receiver is what the code gives."""

import json
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stanch.adapters.config_file import read_config
from stanch.adapters.notices import SECRETS
from stanch.adapters.notices.webhook import LEAST_SECRET, payload, signature
from stanch.core.announcing import FRESH, NEWS
from stanch.core.channels import ROUTED, Channel, Notices
from stanch.core.sending import MOST_TRIES
from tests.adapters.notices.samples import SEND
from tests.adapters.notices.schemas import WEBHOOK
from tests.workflows import names, workflow

TEXT = (Path(__file__).parents[1] / "docs/notices.md").read_text(encoding="utf-8")
HANDED = {"stanch-incidents", "stanch-watch", "stanch-sweep"}
BLOCKS = {kind: re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL) for kind in ("yaml", "json", "python")}


def test_every_secret_and_every_kind_is_told() -> None:
    """Each in its table, in the order of the code."""
    assert list(dict.fromkeys(re.findall(r"`(STANCH_[A-Z_]+)`", TEXT))) == list(SECRETS)
    assert re.findall(r"^\| `([a-z-]+)` \|", TEXT, re.MULTILINE) == list(ROUTED)


def test_what_stands_there_as_the_default_is_it() -> None:
    """Writing it out changes nothing."""
    loaded = read_config(BLOCKS["yaml"][0])
    assert (loaded.problems, loaded.config.notices) == ((), Notices())


def test_the_further_keys_are_read() -> None:
    """The second example loads as it stands."""
    loaded = read_config(BLOCKS["yaml"][1])
    assert loaded.problems == ()
    assert loaded.config.notices == Notices(slack_channel="C0123456789", region="eu", hosts=("hooks.example.com",))


def test_the_numbers_are_those_in_the_code() -> None:
    """Hours, minutes, tries and characters."""
    told = TEXT.replace("\n", " ")
    assert f"for {int(NEWS.total_seconds()) // 3600} hours; with Slack five times" in told
    assert (MOST_TRIES, LEAST_SECRET) == (5, 16)
    assert f"younger than {int(FRESH.total_seconds()) // 60} minutes" in told


def test_the_body_that_is_shown_is_the_one_that_is_sent() -> None:
    """Key by key, in this order, and nothing else."""
    (shown,) = (json.loads(block) for block in BLOCKS["json"])
    write = replace(SEND, channel=Channel.WEBHOOK, key="12/announce/webhook/declared/20261117T020000Z")
    assert list(shown) == list(payload(write)) == WEBHOOK["required"]
    assert shown | {"text": "", "url": ""} == payload(write) | {"text": "", "url": ""}


@pytest.fixture(scope="module")
def receiver() -> dict[str, Any]:
    """The receiver of the page, as it stands there."""
    names: dict[str, Any] = {"__name__": "receiver"}
    source = BLOCKS["python"][0].replace('os.environ["STANCH_WEBHOOK_SECRET"].encode()', 'b"a-secret-of-the-page"')
    exec(compile(source, "docs/notices.md", "exec"), names)  # noqa: S102 # the page's own code, run as it is shown
    return names


def test_the_receiver_that_is_shown_checks_what_is_sent(receiver: dict[str, Any]) -> None:
    """It takes a right signature, and no other secret, body, time or nonsense."""
    now, body = int(time.time()), b'{"id": "x"}'
    genuine, right = receiver["genuine"], signature("a-secret-of-the-page", now, body)
    assert genuine(right, body)
    wrong = ["", "t=,v1=", "x", right.replace("v1=", "v1=0"), f"t={now},v1=\u00e9", f"t=\u00b2,v1={right[-64:]}"]
    wrong += [signature("another-secret-altogether", now, body), signature("a-secret-of-the-page", now - 400, body)]
    assert [header for header in wrong if genuine(header, body)] == []
    assert not genuine(right, body + b" ")


def test_the_secrets_are_handed_to_those_workflows_alone() -> None:
    """Exactly these, one by one; never to a file that GitHub runs as a pull request has it."""
    for name in names():
        steps = [step for job in workflow(name)["jobs"].values() for step in job["steps"]]
        handed = {
            key: value for step in steps for key, value in step.get("env", {}).items() if "secrets." in str(value)
        }
        expected = {secret: "${{ secrets." + secret + " }}" for secret in SECRETS} if name in HANDED else {}
        assert (name, handed) == (name, expected)
