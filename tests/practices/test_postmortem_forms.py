"""Short while the incident runs, long once it is over: exactly once, and never over what a person wrote."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.values import (
    TEAM,
    World,
    closed,
    comment,
    decided,
    deleted,
    incident_thread,
    labeled,
    marked,
    plainly,
    reopened,
    view_of,
    wants,
)

from stanch.core.config_postmortem import Layout, PostmortemRules
from stanch.core.marker import Marker, marker_of
from stanch.core.plan import plan
from stanch.core.sent import Sent
from stanch.core.severity import Severity
from stanch.core.thread import Comment, Mark
from stanch.core.wanted import ChildIssue
from stanch.core.writes import CreateComment, CreateIssue, EditComment, EditIssue, Write
from stanch.practices.postmortem import postmortem

THURSDAY = datetime(2026, 11, 19, 18, tzinfo=UTC)
"""Two business days after the mitigation: the post-mortem opens although the incident runs on."""

FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 13, tzinfo=UTC)


def opened(config: PostmortemRules | None = None) -> World:
    """Mitigated on Tuesday and still open on Thursday: one post-mortem, short."""
    team = replace(TEAM, postmortem=config or PostmortemRules())
    world = World(incident_thread(comment(1, "jordan", "/take\n/status mitigated", 60)), config=team)
    return world.looked_at(61).looked_at(THURSDAY)


def resolved(world: World) -> World:
    return world.then(comment(2, "jordan", "/resolve", FRIDAY))


def written_in(world: World, text: str = "\nWe found it.", *, marker: bool = True) -> World:
    """Somebody wrote into the post-mortem."""
    (child,) = world.children
    body = child.body if marker else child.body.partition("\n")[2]
    return replace(world, children=(replace(child, body=body + text, edited_at=FRIDAY),))


def stamp(world: World) -> dict[str, str]:
    (child,) = world.children
    marker = marker_of(child.body)
    assert marker is not None
    assert marker.key == "12/postmortem"
    return dict(marker.stamp)


def notices(world: World) -> list[str]:
    """The first lines of what the bot said on the post-mortem."""
    return [said.body.split("\n")[0] for _, said in world.elsewhere]


def test_it_opens_short_while_the_incident_runs() -> None:
    """With the severity and the deadline in its first line."""
    world = opened()
    assert stamp(world) == {"due": "20261123T180000Z", "form": "short", "sev": "1"}
    assert "postmortem/short" in world.children[0].body
    assert '"interim": true' in world.children[0].body
    assert world.planned(FRIDAY) == ()


def test_it_becomes_long_once_the_incident_is_resolved() -> None:
    """In one run, due when it was; afterwards there is nothing left to do."""
    world = resolved(opened()).looked_at(LATER)
    assert stamp(world) == {"due": "20261123T180000Z", "sev": "1"}
    body = world.children[0].body
    assert "postmortem/default" in body
    assert '"interim": false' in body
    assert '"due": "2026-11-23 18:00:00+00:00"' in body
    assert (world.elsewhere, world.planned(LATER)) == ((), ())


def test_what_is_resolved_at_once_is_long_from_the_start() -> None:
    """Nothing has to be rewritten, and nothing is read again."""
    world = World(incident_thread(comment(1, "jordan", "/resolve", 60))).looked_at(61)
    assert stamp(world) == {"due": "20261119T180000Z", "sev": "1"}
    assert wants(postmortem, world.thread, 62)[1:] == []


@pytest.mark.parametrize("marker", [True, False])
def test_what_people_wrote_stays_and_they_are_told_once(marker: bool) -> None:
    """Also where they took the hidden first line away: the text is theirs."""
    world = written_in(resolved(opened()), marker=marker)
    before = world.children
    world = world.looked_at(LATER)
    assert world.children == before
    assert notices(world) == [str(Marker("12/postmortem/long"))]
    for hour in (14, 20):
        world = world.looked_at(datetime(2026, 11, 20, hour, tzinfo=UTC))
    assert len(world.elsewhere) == 1


def test_whoever_wrote_after_the_long_form_came_is_left_alone() -> None:
    """The long form is a text like any other from then on."""
    world = resolved(opened()).looked_at(LATER)
    world = written_in(world)
    assert world.planned(LATER) == ()
    world = world.then(reopened(LATER)).looked_at(LATER).then(closed(LATER)).looked_at(LATER)
    assert "We found it." in world.children[0].body
    assert world.elsewhere == ()


def test_a_closed_one_is_finished_as_it_is() -> None:
    """Somebody was content with the short form."""
    world = resolved(opened())
    world = replace(world, children=tuple(replace(one, open=False) for one in world.children)).looked_at(LATER)
    assert stamp(world)["form"] == "short"
    assert world.planned(LATER) == ()


def test_a_read_that_lags_doubles_nothing() -> None:
    """The edit was sent and the list still shows the short form: it is not sent again, and is remembered."""
    world = resolved(opened())
    sent = Sent()
    first = world.planned(LATER, sent)
    (edit,) = [write for write in first if isinstance(write, EditIssue)]
    for write in first:
        sent = sent.plus(write, 9_500)
    for write in first:
        world = world if write is edit else world.applied(write, LATER)
    again = world.planned(LATER, sent)
    assert [type(write) for write in again] == [EditComment]
    assert isinstance(again[0], EditComment)
    assert "12/postmortem/long" in again[0].body


def test_a_notice_that_was_sent_is_not_sent_again() -> None:
    """Neither in the same run, nor by one that finds it standing there after the first one was killed."""
    world = written_in(resolved(opened()))
    first = world.planned(LATER)
    (told,) = [write for write in first if isinstance(write, CreateComment) and write.key == "12/postmortem/long"]
    assert told.number == world.children[0].number
    for sent in (Sent().plus(told, 9_500), Sent().plus(told, None)):
        assert not any(isinstance(one, CreateComment) for one in world.planned(LATER, sent))
    killed = world.applied(told, LATER).looked_at(LATER)
    assert len(killed.elsewhere) == 1
    assert "12/postmortem/long" in (killed.ledger() or pytest.fail("no card")).delivered


def test_who_did_not_read_the_thread_tells_nobody() -> None:
    """Whether the notice stands there, only its own thread says."""
    world = written_in(resolved(opened()))
    found, wanted = decided(world.seen(LATER, children=True))
    assert [one for one in plan(found, wanted, plainly) if isinstance(one, CreateComment)] == []


@pytest.mark.parametrize("people_wrote", [False, True])
def test_two_runs_at_once_end_in_the_same(people_wrote: bool) -> None:
    """Both plan from the same reading; whoever comes second changes nothing more."""
    world = resolved(opened())
    world = written_in(world) if people_wrote else world
    first, second = world.planned(LATER), world.planned(LATER)
    assert first == second
    for write in first:
        world = world.applied(write, LATER)
    after = world
    for write in (one for one in second if isinstance(one, EditIssue)):
        after = after.applied(write, LATER)
    assert after.children[0].body == world.children[0].body
    assert world.looked_at(LATER).planned(LATER) == ()


def test_a_lost_card_finds_out_again() -> None:
    """Deleted while the post-mortem was short: the list of children tells, and it becomes long all the same."""
    world = opened()
    gone = tuple(
        marked(item, Mark.ACCEPTED) if isinstance(item, Comment) else item
        for item in world.thread.items
        if not (isinstance(item, Comment) and item.ours)
    )
    world = replace(world, thread=replace(world.thread, items=(*gone, deleted(FRIDAY), deleted(FRIDAY))))
    world = resolved(world).looked_at(LATER)
    assert len(world.children) == 1
    assert stamp(world) == {"due": "20261123T180000Z", "sev": "1"}
    assert world.planned(LATER) == ()


def test_a_run_that_broke_after_the_edit_is_made_good() -> None:
    """The text is long, the card does not know: nothing is written but the card."""
    world = resolved(opened())
    (edit,) = [write for write in world.planned(LATER) if isinstance(write, EditIssue)]
    world = world.applied(edit, LATER)
    kinds: set[type[Write]] = {type(write) for write in world.planned(LATER)}
    assert EditIssue not in kinds
    assert CreateIssue not in kinds
    assert world.looked_at(LATER).planned(LATER) == ()


def test_a_team_that_wants_it_short_gets_it_short() -> None:
    """Then it is no interim form, and nothing takes its place."""
    world = opened(PostmortemRules(Layout.SHORT))
    assert stamp(world) == {"due": "20261123T180000Z", "sev": "1"}
    assert '"interim": false' in world.children[0].body
    assert "postmortem/short" in world.children[0].body
    world = resolved(world).looked_at(LATER)
    assert world.planned(LATER) == ()
    assert "postmortem/short" in world.children[0].body


@pytest.mark.parametrize("layout", list(Layout))
def test_the_layout_is_the_one_that_was_chosen(layout: Layout) -> None:
    """By the highest severity that was held, whatever holds now."""
    config = replace(TEAM, postmortem=PostmortemRules(Layout.DEFAULT, {Severity.SEV_1: layout}))
    of = incident_thread(comment(1, "jordan", "/sev 2 smaller", 20), closed(60))
    (want,) = wants(postmortem, of, 61, config)
    assert isinstance(want, ChildIssue)
    assert want.text.template == f"postmortem/{layout}"
    assert (want.stamp["sev"], view_of(want)["severity"], view_of(want)["share"]) == ("1", 1, True)


def test_only_a_sev_1_is_shared_with_the_client() -> None:
    """The highest severity decides."""
    (want,) = wants(postmortem, incident_thread(closed(60), severity=2), 61)
    assert isinstance(want, ChildIssue)
    assert (want.stamp["sev"], view_of(want)["share"]) == ("2", False)
    raised = incident_thread(labeled("sev-1", 10), closed(60), severity=2)
    (want,) = wants(postmortem, raised, 61)
    assert view_of(want)["share"] is True


def test_a_post_mortem_of_a_persons_own_is_not_touched() -> None:
    """What stands under the number but is not the bot's is nobody's short form."""
    world = opened()
    (child,) = world.children
    theirs = replace(child, ours=False)
    world = replace(resolved(world), children=(theirs,))
    assert [one for one in world.planned(LATER) if isinstance(one, EditIssue | CreateComment)] == []
