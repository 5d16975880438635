"""The recorded exchanges: the adapters ask today what they asked then, and understand what was answered."""

import re
from typing import Any

import pytest

from stanch.core.thread import CloseReason, EventKind
from tests.contract.exchanges import CASSETTES, EXCHANGES, Exchange, recorder
from tests.contract.scenes import connected, ends, shop


def replayed(name: str) -> Any:
    """What the adapters make of a cassette, every recorded request of which they must ask once."""
    exchange = next(one for one in EXCHANGES if one.name == name)
    with recorder("none").use_cassette(name) as cassette:
        github = ends("any-token", "http://127.0.0.1:9")
        result = exchange.talk(github)
        github.client.close()
        assert cassette.all_played
    return result


def without_ids(result: object) -> str:
    """Values as text; ids and commits are whatever the world gave them."""
    return re.sub(r"[0-9]{10,}|id='[^']*'|[0-9a-f]{40}", "#", repr(result))


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda exchange: exchange.name)
def test_a_replay_is_what_the_embedded_github_answers_today(exchange: Exchange) -> None:
    """Ids apart, the cassette and a live exchange lead to the same values."""
    world = shop()
    exchange.scene(world)
    with connected(world) as github:
        live = exchange.talk(github)
    assert without_ids(replayed(exchange.name)) == without_ids(live)


def test_a_replayed_sweep_names_its_issues() -> None:
    """Open incidents and every post-mortem, once each."""
    assert replayed("sweep") == ["Down 0", "Down 1", "Down 2", "Review"]


def test_a_replayed_look_understands_the_whole_thread() -> None:
    """The items of a recorded answer, in order."""
    _, thread = replayed("look")
    kinds = [event.kind for event in thread.events]
    assert kinds[0] is EventKind.LABELED
    assert CloseReason.NOT_PLANNED in [event.reason for event in thread.events]
    assert [comment.body for comment in thread.comments] == ["/ack", "first"]


def test_a_replayed_question_for_runs_names_them() -> None:
    """Of the commit that a pull request became."""
    assert replayed("runs") == [("ci", "failed")]


def test_replayed_refusals_keep_their_kinds() -> None:
    """Not there, and not acceptable."""
    assert replayed("refusals") == [
        ("NoSuchThread", 404),
        ("Refused", 404),
        ("Refused", 404),
        ("Refused", 422),
    ]


def test_replayed_rights_are_the_least_that_matter() -> None:
    """Who maintains may more than who writes; who is no collaborator may nothing."""
    assert replayed("access") == ["WRITE", "MAINTAIN", "TRIAGE", "READ", "NONE"]


def test_no_cassette_knows_a_token_or_a_machine() -> None:
    """Nothing in them is secret or belongs to where they were recorded."""
    files = list(CASSETTES.glob("*.yaml"))
    assert len(files) == len(EXCHANGES)
    for file in files:
        text = file.read_text(encoding="utf-8").lower()
        assert not [word for word in ("ghs_", "ghp_", "authorization", "127.0.0.1", "localhost") if word in text]
