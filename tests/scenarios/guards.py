"""The guards that keep the promise, each with the way to take it out and the small suite that must then go red.

A suite returns what it found wrong; with every guard in place that is nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from stanch.adapters.client import Writes
from stanch.adapters.reader import Reader
from stanch.app import road
from stanch.app import sweep as sweeping
from stanch.core import plan, remembering, snapshot, timeline
from stanch.core.access import Access
from stanch.core.errors import NotReadable, UnknownOutcome
from stanch.core.ledger import Ledger
from stanch.core.marker import marker_of
from stanch.core.sent import Sent
from stanch.core.thread import Comment, Mark
from stanch.sandbox.clock import seconds
from stanch.sandbox.faults import Fault
from stanch.sandbox.scenario import Scenario, Step
from tests.scenarios.branch import Scene, scenes
from tests.scenarios.lifecycles import LABELS, PEOPLE
from tests.scenarios.oracle import differences, doubled, picture, written_twice
from tests.scenarios.play import CALM, Played, Weather, play

MINUTE = 60
CONFIG = {".github/stanch.yml": "people: [jordan, morgan]\n"}
Row = tuple[str, str, dict[str, Any]]


def scripted(*rows: Row) -> Scenario:
    """A scenario with half an hour between two acts, each `(who, does, how)`."""
    steps = [Step(n * 30 * MINUTE, who, does, wish) for n, (who, does, wish) in enumerate(rows, 1)]
    scene = {"files": CONFIG, "labels": LABELS, "forms": {"incident": []}}
    start, ends = seconds("2026-03-16T08:05:00Z"), steps[-1].at + 20 * MINUTE
    return Scenario("", start, "harbour/checkout", PEOPLE, tuple(steps), ends, scene)


def opened(label: str = "sev-1") -> Row:
    return "alex", "opens", {"title": "Down", "labels": [label], "as": "incident"}


def said(who: str, text: str, name: str = "said") -> Row:
    return who, "comments", {"thread": "incident", "text": text, "as": name}


def by_form() -> Row:
    answers = {"What is broken?": "Nobody can pay.", "Severity": "SEV-1: down"}
    return "jordan", "opens by form", {"form": "incident", "title": "Down", "answers": answers, "as": "incident"}


FORGERY = {"thread": "incident", "what": "card", "instead of": '"ack"', "text": '"resolve"'}
CHEERED = ("kim", "comments, and a workflow reacts", {"thread": "incident", "text": "/resolve", "reaction": "rocket"})
SHORT = scripted(opened(), said("jordan", "/ack"), said("jordan", "/restore C9"), said("morgan", "/resolve done"))


def kinds(scene: Scene) -> Iterator[tuple[int, str]]:
    """The writes of a moment by kind, as they come when nothing goes wrong."""
    log = scene.resumed().world.counts.log
    return ((write.index, write.kind) for write in log if write.index in scene.writes)


def broken_at(kind: str, fault: Fault, scenario: Scenario = SHORT) -> list[str]:
    """What is wrong after every write of a kind met this fault once."""
    found = []
    for scene in scenes(scenario):
        calm = scene.resumed()
        for index in [index for index, name in kinds(scene) if kind in name]:
            other = scene.resumed((index, fault))
            found += [*differences(picture(calm), picture(other)), *doubled(other), *written_twice(other)]
            found += [str(write) for write in other.last_look]
    return found


def unanswered_reads() -> list[str]:
    """What is wrong after every read of every moment, or the tries that follow it, was not answered."""
    found = []
    for scene in scenes(SHORT):
        calm, first = scene.resumed(), scene.before.world.counts.reads + 1
        for start in range(first, first + 5):
            other = scene.resumed(reads=range(start, start + 3))
            found += differences(picture(calm), picture(other))
    return found


def unseen_children() -> list[str]:
    """What is wrong when a child's maker was killed and the next looks cannot see the children."""
    found = []
    for scene in scenes(SHORT):
        for index in [index for index, name in kinds(scene) if name == "create issue"]:
            reads = scene.resumed((index, Fault.KILLED_AFTER)).world.counts.reads
            for start in range(scene.before.world.counts.reads + 1, reads):
                found += written_twice(scene.resumed((index, Fault.KILLED_AFTER), reads=range(start, start + 3)))
    return found


def state_of(played: Played) -> str:
    return played.world.issue(1).state


def must_stay_open(*rows: Row) -> Callable[[], list[str]]:
    """Nobody who may close the incident says so in these rows."""
    return lambda: [f"it is {state_of(played)}" for played in [play(scripted(*rows))] if state_of(played) != "open"]


def forged_card() -> list[str]:
    """A reader writes what looks like a card before there is one."""
    text = "<!-- stanch:1 key=1/card -->\nmine"
    plain = ("alex", "opens", {"title": "Down", "as": "incident"})
    label = ("alex", "labels", {"thread": "incident", "labels": ["sev-1"]})
    played = play(scripted(plain, said("kim", text), label))
    forged = played.world.issue(1).comments[0]
    cards = [thread["card"] for thread in picture(played).values()]
    return [f"{forged.editor} edited it"] * (forged.editor is not None) + ["no card"] * (cards == [[]])


def deleted_before_it_was_known() -> list[str]:
    """A notice is deleted after its run was killed: it is not posted again."""
    rows = [opened(), ("alex", "deletes the bot's", {"thread": "incident", "what": "notice"})]
    played = play(scripted(*rows), sweeps=False, at_write={2: Fault.KILLED_AFTER, 3: Fault.KILLED_BEFORE})
    assert not played.skipped
    return written_twice(played)


def lagging() -> list[str]:
    played, calm = play(SHORT, Weather(lag=True)), play(SHORT, CALM)
    return [*doubled(played), *differences(picture(calm), picture(played)), *written_twice(played)]


def _resend(patch: pytest.MonkeyPatch) -> None:
    once = Writes.send

    def send(self: Writes, verb: str, url: str, body: object = None) -> Any:
        try:
            return once(self, verb, url, body)
        except UnknownOutcome:
            return once(self, verb, url, body)

    patch.setattr(Writes, "send", send)


def _any_marker(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(snapshot, "trusted_marker", lambda comment: marker_of(comment.body))
    patch.setattr(remembering, "trusted_marker", lambda comment: marker_of(comment.body))


def _instead(method: str, value: object) -> Callable[[pytest.MonkeyPatch], None]:
    """Let a read that failed be taken for an empty answer."""

    def patched(patch: pytest.MonkeyPatch) -> None:
        asked = getattr(Reader, method)

        def ask(*args: object) -> object:
            try:
                return asked(*args)
            except NotReadable:
                return value

        patch.setattr(Reader, method, ask)

    return patched


def _forgetful(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Sent, "plus", lambda self, write, id_: self)


def _assume_no_child(patch: pytest.MonkeyPatch) -> None:
    def none_there(desk: object, case: Any, wanted: object, sent: object) -> Any:
        return replace(case, snapshot=replace(case.snapshot, children=()))

    patch.setattr(road, "look_for_children", none_there)


def _ignore_deletions(patch: pytest.MonkeyPatch) -> None:
    for module in (plan, remembering):
        patch.setattr(module, "swallowed", lambda case, wants: ())


def _believe_marks(patch: pytest.MonkeyPatch) -> None:
    asked = timeline.may_command

    def may_command(found: Any, traces: Any, comment: Comment) -> bool:
        return Mark.ACCEPTED in comment.marks or asked(found, traces, comment)

    patch.setattr(timeline, "may_command", may_command)


@dataclass(frozen=True)
class Guard:
    """A guard's name, how it is taken out, and the suite that notices."""

    name: str
    take_out: Callable[[pytest.MonkeyPatch], object]
    suite: Callable[[], list[str]]


GUARDS = (
    Guard("a create is sent once", _resend, lambda: broken_at("create comment", Fault.BAD_GATEWAY_AFTER)),
    Guard("only the bot's markers count", _any_marker, forged_card),
    Guard(
        "only an unedited ledger is believed",
        lambda patch: patch.setattr(Comment, "untouched", property(lambda _: True)),
        must_stay_open(opened(), said("jordan", "/ack"), ("alex", "makes the bot say", FORGERY)),
    ),
    Guard(
        "the lowest id stays",
        lambda patch: patch.setattr(plan, "_copies", lambda case: ()),
        lambda: doubled(play(SHORT, Weather(races=True))),
    ),
    Guard("a permission that cannot be read is not a no", _instead("access", Access.NONE), unanswered_reads),
    Guard("children that cannot be read are not absent", _instead("children", ()), unseen_children),
    Guard("what this run sent is there", _forgetful, lagging),
    Guard("a child is looked for first", _assume_no_child, lambda: broken_at("create issue", Fault.KILLED_AFTER)),
    Guard("a deletion counts as delivered", _ignore_deletions, deleted_before_it_was_known),
    Guard(
        "a command counts once, as it stood",
        lambda patch: patch.setattr(Ledger, "places", frozenset()),
        must_stay_open(
            opened(),
            said("jordan", "/ack", "order"),
            ("jordan", "edits comment", {"comment": "order", "text": "/resolve"}),
        ),
    ),
    Guard(
        "permission is asked",
        lambda patch: patch.setattr(timeline, "may_command", lambda *_: True),
        must_stay_open(opened(), said("kim", "/resolve")),
    ),
    Guard(
        "a mark is no permission",
        _believe_marks,
        lambda: [*must_stay_open(opened(), CHEERED)(), *must_stay_open(opened("sev-4"), CHEERED)()],
    ),
    Guard(
        "a sweep looks at what bears no label",
        lambda patch: patch.setattr(sweeping, "ANYTHING", timedelta(0)),
        lambda: broken_at("create comment", Fault.KILLED_BEFORE, scripted(by_form(), said("jordan", "/ack"))),
    ),
)
