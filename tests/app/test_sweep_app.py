"""The sweep: it finds what events missed, leaves alone what is over, and one broken thread stops no other."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stanch.sandbox.exchange import Raw, Request
from stanch.sandbox.rights import BOT
from stanch.sandbox.world import World
from tests.app.rig import CONFIG, Ran, Rig, harbour, on_write, reply, rigged
from tests.app.test_cli import said_right


def numbers(ran: Ran) -> list[int]:
    return [thread["number"] for thread in ran.report["threads"]]


def swept(rig: Rig, *args: str) -> Ran:
    return rig.run("sweep", "--json", *args)


def postmortems(rig: Rig) -> list[int]:
    return [issue.number for issue in rig.world.repository().issues.values() if "post-mortem" in issue.labels]


def test_a_sweep_of_nothing_says_so(rig: Rig) -> None:
    """No incident: exit 0, one line and when the clocks were looked at, nothing written."""
    rig.world.person("sam").opens("A question")
    ran = rig.run("sweep")
    said = "Nothing to do.\nClocks last looked at 2026-03-17 10:00 UTC.\n"
    assert (ran.code, ran.out, ran.err) == (0, said, "")


def test_a_sweep_finds_what_every_event_missed(rig: Rig) -> None:
    """Two incidents that no run has seen are carried; the next sweep has nothing to say."""
    first, second = rig.incident(), rig.incident(severity=2)
    ran = swept(rig)
    assert (ran.code, sorted(numbers(ran))) == (0, [first, second])
    assert [len(rig.keys(number)) for number in (first, second)] == [2, 2]
    assert swept(rig).report["threads"] == []


@pytest.mark.parametrize("severity", [1, 2])
def test_an_incident_closed_lately_gets_its_post_mortem(rig: Rig, severity: int) -> None:
    """The run that should have opened it broke; within 96 hours a sweep does, once."""
    number = rig.incident(severity=severity)
    rig.look(number)
    rig.world.clock.advance(hours=1)
    rig.world.person("jordan").closes(number)
    rig.world.clock.advance(hours=90)
    assert swept(rig).code == 0
    assert len(postmortems(rig)) == 1
    assert f"#{number}" in rig.world.issue(postmortems(rig)[0]).title
    assert "overdue" in rig.world.issue(postmortems(rig)[0]).labels  # it is, by now
    assert swept(rig).report["threads"] == []
    assert len(postmortems(rig)) == 1


def test_a_post_mortem_is_owed_by_the_highest_severity(rig: Rig) -> None:
    """Closed as a SEV-3 after it was a SEV-1: the sweep still finds it and opens one."""
    number = rig.incident()
    rig.look(number)
    rig.world.clock.advance(minutes=5)
    rig.world.person("alex").comments(number, "/sev 3 only exports")
    rig.look(number)
    rig.world.person("jordan").closes(number)
    rig.world.clock.advance(hours=50)
    assert swept(rig).code == 0
    assert len(postmortems(rig)) == 1


def test_an_incident_that_was_lowered_still_owes_its_post_mortem(rig: Rig) -> None:
    """Mitigated as a SEV-1, then a SEV-4 without a card of its own: two business days later a sweep finds it."""
    number = rig.incident()
    for text in ("/status mitigated", "/sev 4 a typo is left"):
        rig.world.clock.advance(minutes=5)
        rig.world.person("alex").comments(number, text)
        rig.look(number)
    rig.world.clock.advance(hours=100)
    assert swept(rig).code == 0
    assert len(postmortems(rig)) == 1


@pytest.mark.parametrize("looked_at", [True, False])
def test_an_incident_closed_long_ago_gets_none(rig: Rig, looked_at: bool) -> None:
    """Beyond 96 hours nothing is read; installing Stanch on old incidents starts no storm."""
    number = rig.incident()
    if looked_at:
        rig.look(number)
    rig.world.person("jordan").closes(number)
    rig.world.clock.advance(hours=97)
    ran = swept(rig)
    assert (ran.code, ran.report["threads"], postmortems(rig)) == (0, [], [])


def test_an_incident_closed_before_stanch_came_gets_none(rig: Rig) -> None:
    """No card and closed over 72 hours ago: left alone, although a sweep reads it."""
    number = rig.incident()
    rig.world.person("jordan").closes(number)
    rig.world.clock.advance(hours=73)
    ran = swept(rig)
    assert (ran.code, ran.report["threads"], rig.world.counts.writes) == (0, [], 0)


def test_containment_on_a_closed_sev_3_is_followed(rig: Rig) -> None:
    """Debt outlives the closing: its owner is asked when its time is up, and no more once it is restored."""
    number = rig.incident(severity=3)
    rig.look(number)
    rig.world.person("jordan").comments(number, "/contain flag exports off until 2026-03-24")
    rig.look(number)
    rig.world.person("jordan").closes(number)
    rig.look(number)
    assert postmortems(rig) == []
    rig.world.clock.advance(hours=3 * 24)
    assert swept(rig).kinds == ["CreateIssue", "Pin", "EditIssue"]
    assert swept(rig).kinds == ["EditComment"]  # the dashboard mentions it, and is none of its children
    assert swept(rig).report["threads"] == []
    rig.world.clock.advance(hours=3 * 24)
    assert swept(rig).code == 0
    asked = rig.by_bot(number)[-1].body
    assert "@jordan" in asked
    assert "exports off" in asked
    assert swept(rig).report["threads"] == []
    said = len(rig.keys(number))
    rig.world.clock.advance(hours=24)
    swept(rig)
    assert len(rig.keys(number)) == said + 1
    rig.world.person("jordan").comments(number, "/restore C1")
    swept(rig)
    assert "containment" not in rig.world.issue(number).labels
    rig.world.clock.advance(hours=30 * 24)
    swept(rig)
    assert len(rig.keys(number)) == said + 1


@pytest.mark.parametrize("state", ["open", "closed"])
def test_labels_by_alias_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    """The team's own names for a severity are watched as ours are, open or closed lately."""
    with rigged(harbour(CONFIG + "labels: {sev-1: [P0-critical]}\n"), tmp_path, monkeypatch) as rig:
        number = rig.world.person("alex").opens("Down", labels=["P0-critical"])
        rig.world.clock.advance(hours=30)
        if state == "closed":
            rig.world.person("jordan").closes(number)
            rig.world.clock.advance(hours=30)
        assert swept(rig).code == 0
        assert f"{number}/card" in rig.keys(number)
        assert "sev-1" not in rig.world.issue(number).labels
        assert len(postmortems(rig)) == int(state == "closed")


def test_an_incident_that_bears_no_label_yet_is_found(rig: Rig) -> None:
    """Declared by a command whose run broke: whatever was touched within 26 hours is looked at."""
    number = rig.world.person("alex").opens("Down")
    rig.world.person("jordan").comments(number, "/sev 2 exports fail")
    rig.world.clock.advance(hours=25)
    assert swept(rig).code == 0
    assert "sev-2" in rig.world.issue(number).labels


def test_a_dry_run_of_a_sweep_writes_nothing(rig: Rig) -> None:
    """It plans for every thread what the real one would write first, and exits alike."""
    for severity in (1, 2, 3):
        rig.incident(severity=severity)
    before = rig.world.dump()
    dry = swept(rig, "--dry-run")
    assert (rig.world.dump(), rig.world.counts.writes) == (before, 0)
    real = swept(rig)
    assert (dry.code, sorted(numbers(dry))) == (real.code, sorted(numbers(real)))
    assert [write["write"] for write in dry.writes] == ["CreateComment"] * 5
    assert all(write in real.writes for write in dry.writes)


def without(number: int, change: Callable[[dict[str, Any]], object]) -> Callable[[Rig], None]:
    """Let the world's answers be spoiled wherever they hold this thread."""

    def spoil(rig: Rig) -> None:
        def told(asked: Request) -> Raw | None:
            if not asked.is_graphql:
                return None
            status, headers, body = World.http(rig.world, asked.method, asked.path, asked.headers, asked.body)
            answer = json.loads(body)
            for alias, node in list((answer.get("data") or {}).get("repository", {}).items()):
                if alias.startswith("t") and node and node.get("number") == number:
                    change(answer | {"node": node, "alias": alias})
            errors = answer["data"]["repository"].pop("errors", None)
            return status, headers, json.dumps(answer | ({"errors": errors} if errors else {})).encode()

        rig.world.says = told

    return spoil


def an_error(answer: dict[str, Any]) -> None:
    """GitHub answers the thread with null and an error at its path."""
    alias, repository = answer["alias"], answer["data"]["repository"]
    repository[alias] = None
    repository["errors"] = [{"type": "INTERNAL", "path": ["repository", alias], "message": "boo"}]


BROKEN = {
    "a field is missing": lambda answer: answer["node"].pop("title"),
    "a null that may not be": lambda answer: answer["node"].update(timelineItems=None),
    "an error at its path": an_error,
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("broken", [1, 4, 7])
def test_one_broken_thread_stops_no_other(rig: Rig, kind: str, broken: int) -> None:
    """Its read fails for good: the sweep is red and names it, the others are carried, and a later sweep heals."""
    for _ in range(7):
        rig.incident()
    without(broken, BROKEN[kind])(rig)
    ran = swept(rig)
    said_right(ran.complaint, f"look at #{broken}", "next event or sweep")
    assert (ran.code, sorted(numbers(ran))) == (3, [1, 2, 3, 4, 5, 6, 7])
    assert [len(rig.keys(number)) for number in range(1, 8)] == [0 if n == broken else 2 for n in range(1, 8)]
    rig.world.says = None
    assert swept(rig).code == 0
    assert [len(rig.keys(number)) for number in range(1, 8)] == [2] * 7
    assert swept(rig).report["threads"] == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [(reply(422, "Validation Failed"), "422"), (reply(500), "500"), (reply(403, "Forbidden"), "permissions")],
)
def test_a_write_that_fails_on_one_thread_stops_no_other(rig: Rig, answer: Raw, told: str) -> None:
    """What is owed is named with its thread; the others get theirs, and the next sweep pays."""
    for _ in range(3):
        rig.incident()
    rig.world.says = on_write(answer, "/issues/2/")
    ran = swept(rig)
    said_right(ran.complaint, "on #2", told)
    assert (ran.code, [len(rig.keys(number)) for number in (1, 2, 3)]) == (3, [2, 0, 2])
    rig.world.says = None
    assert swept(rig).code == 0
    assert len(rig.keys(2)) == 2


@pytest.mark.parametrize("answer", [reply(401, "Bad credentials"), reply(503), reply(429)], ids=["401", "503", "429"])
def test_a_list_that_cannot_be_read_ends_the_sweep(rig: Rig, answer: Raw) -> None:
    """When nothing can be read there is nothing to carry: exit 3, one sentence, no write."""
    rig.incident()
    rig.world.says = lambda asked: answer if asked.is_graphql else None
    ran = rig.run("sweep")
    said_right(ran.complaint, str(answer[0]))
    assert (ran.code, rig.world.counts.writes) == (3, 0)


@pytest.mark.parametrize("answer", [reply(401, "Bad credentials"), reply(503), reply(429)], ids=["401", "503", "429"])
def test_a_sweep_that_breaks_halfway_tells_what_it_did(rig: Rig, answer: Raw) -> None:
    """The second page of threads is refused: the first fifty are reported, the rest is owed, and exit is 3."""
    for _ in range(53):
        rig.incident()
    asked_for = iter(range(10**6))
    rig.world.says = lambda asked: answer if b"t2:" in asked.body and next(asked_for) >= 1 else None
    ran = swept(rig)
    *told, rest = json.loads(ran.out)["threads"]
    assert (ran.code, len(told), rest["number"]) == (3, 50, None)
    said_right(ran.complaint, "left", str(answer[0]))


def test_the_bot_alone_wrote_what_a_sweep_writes(rig: Rig) -> None:
    """A sweep comments, labels and opens issues as the bot, and closes and edits nothing of anybody's."""
    number = rig.incident("My words.")
    rig.world.person("sam").comments(number, "My words too.")
    before = rig.world.issue(number)
    swept(rig)
    after = rig.world.issue(number)
    assert (after.title, after.body, after.state) == (before.title, before.body, before.state)
    assert [one for one in after.comments if one.author != BOT] == list(before.comments)
