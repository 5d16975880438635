"""Replies: a mark on every command, one answer for what was refused, and silence for everything else."""

from dataclasses import replace

import pytest
from tests.values import (
    TEAM,
    World,
    card,
    case,
    closed,
    comment,
    deleted,
    edited,
    incident_thread,
    labeled,
    marked,
    reopened,
    thread,
    unlabeled,
    view_of,
    wants,
    without,
)

from stanch.core.ledger import Ledger
from stanch.core.thread import Mark
from stanch.core.wanted import Notice, Reacted
from stanch.practices.replies import replies


def refusals(world: World, now: float) -> list[str]:
    incident = case(world.thread, now, world.config).incident
    assert incident is not None
    return [record.refusal for record in incident.records]


def test_nothing_to_do() -> None:
    """Talk, and other bots' commands, get no answer."""
    for body in ("hello", "/lgtm", "> /ack", "https://example.com/ack"):
        assert wants(replies, incident_thread(comment(1, "jordan", body, 3)), 4) == []


def test_an_accepted_command_gets_a_rocket() -> None:
    """One mark for a comment, however many commands it has."""
    found = wants(replies, incident_thread(comment(1, "jordan", "/ack\n/take", 3)), 4)
    assert found == [Reacted(1, Mark.ACCEPTED)]


def test_a_refused_command_gets_a_reason() -> None:
    """👎 and one reply, which names each refusal."""
    mark, reply = wants(replies, incident_thread(comment(1, "jordan", "/akc\n/snooze soon", 3)), 4)
    assert mark == Reacted(1, Mark.REFUSED)
    assert isinstance(reply, Notice)
    refused = view_of(reply)["refusals"]
    assert isinstance(refused, list)
    assert [(one["code"], one["meant"]) for one in refused] == [("unknown", "ack"), ("no-duration", "")]


def test_a_run_that_breaks_between_two_marks_loses_no_command() -> None:
    """On a SEV-4, which has no ledger, a comment that got only its first mark means the same afterwards."""
    said = comment(1, "jordan", "/updaet We look.\n/ack", 3)
    whole = incident_thread(said, severity=4)
    first, *rest = [want for want in wants(replies, whole, 4) if isinstance(want, Reacted)]
    broken = incident_thread(marked(said, first.mark), severity=4)
    assert [want for want in wants(replies, broken, 5) if isinstance(want, Reacted)] == rest
    assert refusals(World(broken), 5) == refusals(World(whole), 5) == ["unknown", ""]


def test_a_refused_comment_is_answered_once_even_if_it_is_edited() -> None:
    """Somebody deleted the answer on a SEV-4, then the comment changed: 👎 stands, and nothing is posted again."""
    said = edited(marked(comment(1, "kim", "/resolve", 3), Mark.REFUSED), "kim", 9, "/akc")
    assert wants(replies, incident_thread(said, deleted(6), severity=4), 10) == []


@pytest.mark.parametrize("who", ["kim", "riley", "stranger", "ghost"])
def test_less_than_write_permission_is_refused(who: str) -> None:
    """Reading and triage are not enough, and a deleted account may nothing."""
    world = World(incident_thread(comment(1, who, "/resolve", 3))).looked_at(4)
    assert world.thread.open
    assert refusals(world, 5) == ["not-allowed"]


def test_bots_never_command() -> None:
    """Not the own one, not another one: no mark, no reply."""
    own, other = comment(1, "github-actions", "/resolve", 3), comment(2, "deploy[bot]", "/resolve", 3)
    world = World(incident_thread(replace(own, body="<!-- stanch:1 key=12/x -->\n/resolve"), other)).looked_at(4)
    assert world.thread.open
    assert refusals(world, 5) == []


def test_an_edit_before_acceptance_needs_the_editors_right() -> None:
    """Who may not command cannot put words into somebody's mouth; who may, can."""
    said = comment(1, "jordan", "hello", 3)
    for editor, refused in (("kim", ["not-allowed"]), ("alex", [""])):
        world = World(incident_thread(edited(said, editor, 4, "/ack"))).looked_at(5)
        assert refusals(world, 6) == refused


def test_an_edit_after_acceptance_changes_nothing() -> None:
    """A command counts as it stood when it was accepted."""
    world = World(incident_thread(comment(1, "jordan", "/status identified", 3))).looked_at(4)
    items = tuple(
        edited(one, "jordan", 9, "/resolve") if one in world.thread.comments and getattr(one, "id", 0) == 1 else one
        for one in world.thread.items
    )
    world = replace(world, thread=replace(world.thread, items=items))
    assert world.planned(10) == ()
    incident = case(world.thread, 10).incident
    assert incident is not None
    assert incident.status.value == "identified"


def test_a_deleted_command_still_counts() -> None:
    """The ledger remembers what was accepted."""
    world = World(incident_thread(comment(1, "jordan", "/status identified", 3))).looked_at(4)
    world = replace(world, thread=without(world.thread, 1, 9, "jordan")).looked_at(10)
    incident = case(world.thread, 11).incident
    assert incident is not None
    assert incident.status.value == "identified"


def test_a_lost_ledger_is_rebuilt_from_the_marks() -> None:
    """👎 was a refusal, whatever the rights are now. 🚀 says that a comment of any age was heard, and no more:
    any workflow may have put it there, so who has no right now is refused.
    """
    accepted = marked(comment(1, "sam", "/status identified", 3), Mark.ACCEPTED)
    refused = marked(comment(2, "alex", "/resolve", 4), Mark.REFUSED)
    unsure = marked(comment(3, "stranger", "/false-alarm x", 5), Mark.ACCEPTED)
    for when in (7, 4 * 24 * 60):
        world = World(incident_thread(accepted, refused, unsure, deleted(6), severity=3)).looked_at(when)
        assert refusals(world, when + 1) == ["", "not-allowed", "not-allowed"]
        assert world.thread.open


def test_a_marked_comment_that_was_edited_is_asked_about_again() -> None:
    """The mark is worth nothing on other words."""
    said = edited(marked(comment(1, "kim", "/status identified", 3), Mark.ACCEPTED), "kim", 5, "/resolve")
    assert World(incident_thread(said)).looked_at(7).thread.open


def test_a_forged_ledger_is_not_believed() -> None:
    """A person's own card, and the bot's card after a person's edit, remember nothing."""
    own = card(9, Ledger(delivered={"12/call/x": 3}))
    for forged in (replace(own, ours=False, author=comment(1, "kim", "", 0).author), edited(own, "kim", 5)):
        assert case(incident_thread(forged), 6).ledger == Ledger()


def test_commands_on_both_sides_of_a_declaration_are_all_asked() -> None:
    """One look at a plain issue on which `/sev` and somebody else's `/ack` came together."""
    world = World(thread(comment(1, "alex", "/sev 1 doom", 3), comment(2, "jordan", "/ack", 4))).looked_at(5)
    assert refusals(world, 6) == ["", ""]


def test_a_withdrawn_incident_says_how_it_starts_again() -> None:
    """Commands get an answer, with a card and without one, also where a label means nothing since the config changed;
    a severity, a restored containment and a call for help are heard."""
    for severity in (1, 4):
        off = incident_thread(comment(1, "jordan", "/contain flag x", 3), unlabeled(f"sev-{severity}", 5))
        world = World(off if severity == 1 else incident_thread(*off.items[1:], severity=4)).looked_at(6)
        said = (comment(2, "jordan", "/ack\n/akc\n/restore C1\n/help", 7),)
        assert refusals(world.then(*said), 8)[1:] == ["withdrawn", "withdrawn", "", ""]
        assert refusals(world.then(*said, comment(3, "jordan", "/sev 2 again\n/ack", 9)), 10)[-2:] == ["", ""]
    aliased = replace(TEAM, aliases={"sev-1": ("P0",)})
    world = World(thread(labeled("P0", 0)), config=aliased).looked_at(1)
    world = replace(world, config=TEAM).then(comment(2, "jordan", "/ack\n/help", 7)).looked_at(8)
    assert refusals(world, 9) == ["withdrawn", ""]


def test_what_never_was_an_incident_stays_silent() -> None:
    """No mark and no reply for a command on a plain issue, nor once it becomes an incident later."""
    plain = thread(comment(1, "jordan", "/ack", 1))
    assert wants(replies, plain, 2) == []
    world = World(thread(*plain.items, labeled("sev-1", 5))).looked_at(6)
    assert refusals(world, 7) == ["too-early"]
    assert world.bodies("refused") == []


@pytest.mark.parametrize("word", ["investigating", "identified", "mitigated", "monitoring"])
def test_work_on_a_closed_incident_begins_with_opening_it_again(word: str) -> None:
    """It would get a rocket and change nothing; resolved is what it is, and an open one moves as it should."""
    world = World(incident_thread(closed(5), comment(1, "jordan", f"/status {word} look", 7))).looked_at(8)
    assert refusals(world, 9) == ["closed"]
    assert refusals(World(incident_thread(closed(5), comment(1, "jordan", "/status resolved", 7))), 8) == [""]
    again = World(incident_thread(closed(5), reopened(6), comment(1, "jordan", f"/status {word}", 7)))
    assert refusals(again, 8) == [""]


def test_help_is_answered_once_with_the_table() -> None:
    """A reply with every command, and no second one."""
    world = World(incident_thread(comment(1, "jordan", "/help", 3))).looked_at(4).looked_at(9)
    assert len(world.bodies("/help/")) == 1
