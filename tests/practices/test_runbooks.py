"""Runbooks: what was followed is on the record, and what failed gets an issue, once."""

from dataclasses import replace

import pytest
from tests.games import GAME, opened
from tests.shelves import SHELF
from tests.values import (
    TEAM,
    World,
    case,
    closed,
    comment,
    decided,
    edited,
    form,
    incident_in,
    incident_thread,
    labeled,
    marked,
    mentioned_by,
    plainly,
    snapshot,
    thread,
    unlabeled,
    view_of,
)

from stanch.core.case import case_of
from stanch.core.config import Config, Service
from stanch.core.game import head_of
from stanch.core.labels import NAMES
from stanch.core.ledger import Ledger
from stanch.core.ledger import read as read_ledger
from stanch.core.marker import Marker, marker_of
from stanch.core.plan import plan
from stanch.core.remembering import ASSIGNED, children_to_read
from stanch.core.runbooks.asking import said_of
from stanch.core.runbooks.model import Shelf
from stanch.core.runbooks.use import Use
from stanch.core.sent import Sent
from stanch.core.thread import Child, Comment, Item, Mark, Thread
from stanch.core.wanted import Added, ChildIssue
from stanch.core.writes import CreateComment, CreateIssue, Minimise
from stanch.practices.card import card
from stanch.practices.runbooks import MOST, runbooks

DAY = 24 * 60
FAILED = "/runbook queue-backlog failed the dashboard is gone"


def said(body: str, when: float = 10, by: str = "jordan", id_: int = 1) -> Comment:
    return comment(id_, by, body, when)


def wanted(*items: Item, now: float = 100, severity: int = 1, shelf: Shelf = SHELF) -> list[ChildIssue]:
    of = incident_thread(*items, severity=severity)
    found = list(runbooks(case_of(snapshot(of, now, shelf=shelf))))
    assert all(isinstance(want, ChildIssue | Added) for want in found)
    return [want for want in found if isinstance(want, ChildIssue)]


def uses(*items: Item, shelf: Shelf = SHELF) -> list[Use]:
    return list(incident_in(incident_thread(*items), 100, shelf=shelf).uses)


def refusals(*items: Item, shelf: Shelf = SHELF) -> list[tuple[str, str]]:
    records = incident_in(incident_thread(*items), 100, shelf=shelf).records
    return [(record.refusal, record.detail.get("meant", "")) for record in records]


def test_nothing_to_do() -> None:
    """A plain issue, an incident without a word on runbooks, and one whose runbook worked."""
    assert list(runbooks(case(thread(), 10))) == []
    assert wanted() == []
    assert wanted(said("/runbook queue-backlog worked")) == []


def test_what_was_followed_is_on_the_record() -> None:
    """The runbook by its name, however it was typed, who followed it, whether it worked, and what was said."""
    one, other = uses(said("/runbook Queue Backlog worked two more workers"), said(FAILED, 12, "sam", 2))
    assert (one.runbook, one.worked, one.by, one.why) == ("queue-backlog", True, "jordan", "two more workers")
    assert (other.runbook, other.worked, other.by, other.why) == (
        "queue-backlog",
        False,
        "sam",
        "the dashboard is gone",
    )


def test_the_last_word_on_a_runbook_counts() -> None:
    """Of each person; several runbooks and several people stand side by side."""
    again = said("/runbook queue-backlog worked after all", 20, id_=2)
    assert [(use.runbook, use.worked) for use in uses(said(FAILED), again)] == [("queue-backlog", True)]
    assert wanted(said(FAILED), again) == []
    assert len(uses(said(FAILED), said(FAILED, 20, "sam", 2), said("/runbook disk-full worked", 21, id_=3))) == 3


def test_what_is_no_runbook_is_refused() -> None:
    """With what was meant, where something is like it; without runbooks it says where they belong."""
    assert refusals(said("/runbook queue-backlogs worked")) == [("no-such-runbook", "queue-backlog")]
    assert refusals(said("/runbook lunch worked")) == [("no-such-runbook", "")]
    assert refusals(said("/runbook lunch worked"), shelf=Shelf()) == [("no-runbooks", "")]
    assert refusals(said("/runbook queue-backlog failed")) == [("no-failure", "")]


def test_what_was_accepted_outlives_its_file() -> None:
    """Renamed or deleted since: the ledger has it, and without one the mark on the comment."""
    world = World(incident_thread(said(FAILED)), shelf=SHELF).looked_at(11)
    assert incident_in(world.thread, 20).uses == incident_in(world.thread, 20, shelf=SHELF).uses != ()
    lost = incident_thread(labeled("sev-1", 1), marked(said(FAILED), Mark.ACCEPTED), edited(CARD, "kim", 15))
    assert [use.runbook for use in incident_in(lost, 20).uses] == ["queue-backlog"]


CARD = comment(9, "github-actions", f"{Marker('12/card')}\nwords", 2)


def test_whoever_follows_one_is_at_work() -> None:
    """While it burns that acknowledges; once it is over it does not."""
    assert incident_in(incident_thread(said(FAILED)), 20, shelf=SHELF).acknowledged is not None
    assert incident_in(incident_thread(closed(5), said(FAILED)), 20, shelf=SHELF).acknowledged is None


def test_what_failed_gets_an_issue() -> None:
    """Keyed by incident and runbook, labelled, with every reason; a runbook without an owner is nobody's."""
    (want,) = wanted(said(FAILED), said("/runbook queue-backlog failed it is about the old queue", 20, "sam", 2))
    assert (want.key, want.labels, want.assignees, want.kin) == ("12/runbook/queue-backlog", ("runbook",), (), True)
    view = view_of(want)
    assert (view["owner"], view["path"]) == ("", "runbooks/queue-backlog.md")
    assert str(view["address"]).endswith("/octo/shop/blob/HEAD/runbooks/queue-backlog.md")
    assert isinstance(view["uses"], list)
    assert [one["why"] for one in view["uses"]] == ["the dashboard is gone", "it is about the old queue"]


@pytest.mark.parametrize(
    ("name", "assignees", "reachable"),
    [("certificate-expired", ("sam",), True), ("roll-back", (), False), ("disk-full", (), True)],
)
def test_it_goes_to_the_owner_who_can_be_assigned(name: str, assignees: tuple[str, ...], reachable: bool) -> None:
    """Whoever may triage here; else it says so. Of a file that could not be read nobody knows an owner."""
    (want,) = wanted(said(f"/runbook {name} failed it is wrong"))
    assert (want.assignees, view_of(want)["reachable"]) == (assignees, reachable)


def test_the_owner_is_asked_about_once() -> None:
    """When it is said; a look afterwards asks nothing, nor does one that worked."""
    of = incident_thread(said("/runbook roll-back failed it is wrong"))
    assert snapshot(of, 20, shelf=SHELF).access.keys() - {"alex"} == {"jordan", "kim"}
    world = World(of, shelf=SHELF).looked_at(11)
    assert snapshot(world.thread, 20, shelf=SHELF).access == {}
    worked = incident_thread(said("/runbook roll-back worked"))
    assert snapshot(worked, 20, shelf=SHELF).access.keys() - {"alex"} == {"jordan"}


def test_one_issue_for_an_incident_and_a_runbook() -> None:
    """However often it is looked at, and whoever says it again; another runbook gets another."""
    world = World(incident_thread(said(FAILED)), shelf=SHELF).looked_at(11)
    assert len(world.children) == 1
    assert world.planned(12) == ()
    assert len(world.then(said(FAILED, 13, "sam", 2)).looked_at(14).children) == 1
    assert len(world.then(said("/runbook disk-full failed it is empty", 13, "sam", 2)).looked_at(14).children) == 2


KIN = Child(31, "I_31", "x", f"{Marker('9/runbook/queue-backlog')}\n", "", ours=True, at=case(thread(), 0).now)
"""The issue of the same runbook, which failed in another incident."""


def followed(*items: Item, kin: Child | None = None) -> World:
    """The world after a look at an incident in which somebody said these things."""
    return World(incident_thread(*items), (kin,) if kin else (), shelf=SHELF).looked_at(11)


def told(world: World) -> list[tuple[int, str]]:
    """What was added to issues: on which, and by which key."""
    return [(number, (marker_of(one.body) or Marker("")).key) for number, one in world.elsewhere]


def test_whoever_says_it_too_is_added_to_it_once() -> None:
    """On the issue that is open, when it does not tell of them from the start; whoever says it again is not."""
    first = followed(said(FAILED), said(FAILED, 10, "kim", 2))
    number = first.children[0].number
    assert told(first) == []
    world = first.then(said(FAILED, 12, "sam", 3)).looked_at(12)
    assert told(world) == [(number, "12/runbook/queue-backlog/sam")]
    assert world.planned(13) == ()
    again = world.then(said("/runbook queue-backlog failed for another reason", 13, "sam", 4)).looked_at(13)
    assert told(again) == told(world)
    assert again.planned(14) == ()


def test_what_failed_in_another_incident_is_added_there() -> None:
    """While that issue is open there is no second one, and the card names it."""
    world = followed(said(FAILED), kin=KIN)
    assert world.children == (KIN,)
    assert told(world) == [(31, "12/runbook/queue-backlog/jordan")]
    assert [use["issue"] for use in shown(world.thread)] == [31]
    assert world.planned(12) == ()


@pytest.mark.parametrize(
    "kin",
    [
        replace(KIN, open=False),
        replace(KIN, ours=False),
        replace(KIN, body=f"{Marker('9/runbook/disk-full')}\n"),
        replace(KIN, body="Runbook failed\n"),
    ],
)
def test_what_is_closed_or_about_something_else_does_not_stand_for_it(kin: Child) -> None:
    """What was mended and fails again is a new failure; and only the bot's own marker says what an issue is about."""
    world = followed(said(FAILED), kin=kin)
    assert (len(world.children), told(world)) == (2, [])


def without_card(world: World) -> World:
    """Somebody edited the card, so that what it remembers counts no more."""
    spoiled = (
        edited(item, "kim", 13) if isinstance(item, Comment) and "=12/card " in item.body else item
        for item in world.thread.items
    )
    return replace(world, thread=replace(world.thread, items=tuple(spoiled)))


@pytest.mark.parametrize("is_open", [True, False])
def test_without_its_card_nothing_is_told_twice(is_open: bool) -> None:
    """Whether it was told is read on the issue, also when that was closed meanwhile."""
    world = followed(said(FAILED), kin=KIN)
    world = replace(world, children=(replace(KIN, open=is_open),))
    after = without_card(world).looked_at(14)
    assert (len(after.children), told(after)) == (1, told(world))
    mine = followed(said(FAILED))
    both = replace(mine, children=(KIN, *mine.children))
    assert told(without_card(both).looked_at(14)) == []


@pytest.mark.parametrize(
    "before",
    [
        followed(said(FAILED)),
        followed(said(FAILED), kin=KIN),
        World(incident_thread(said(FAILED)), (KIN,), shelf=SHELF),
    ],
)
def test_a_run_that_is_killed_at_any_write_leaves_the_rest_to_the_next(before: World) -> None:
    """However far it came: in the end there is one issue, and each failure stands on it once."""
    start = before.then(said(FAILED, 12, "sam", 2))
    for count in range(8):
        world, sent = start, Sent()
        for _ in range(count):
            for write in world.planned(12, sent)[:1]:
                sent = sent.plus(write, world.next_id)
                world = world.applied(write, 12)
        after = world.looked_at(13)
        assert (len(after.children), sorted(told(after))) == (1, sorted(told(start.looked_at(13))))
        assert after.planned(14) == ()


def test_an_issue_that_is_gone_is_asked_for_once() -> None:
    """Deleted or moved: nothing is added anywhere, nothing fails, and the next look is quiet."""
    world = replace(followed(said(FAILED)), children=()).then(said(FAILED, 13, "sam", 2)).looked_at(14)
    assert (world.children, told(world)) == ((), [])
    assert children_to_read(*decided(world.seen(15)), Sent()) is None


def test_who_did_not_read_the_issue_adds_nothing() -> None:
    """Nobody may conclude that it was not told there."""
    found, wants = decided(followed(said(FAILED)).then(said(FAILED, 13, "sam", 2)).seen(14))
    assert [one for one in plan(found, wants, plainly) if isinstance(one, CreateComment) and one.number != 12] == []
    asked = children_to_read(found, wants, Sent())
    assert asked is not None
    assert len(asked) == 1


def test_a_read_that_lags_behind_tells_nothing_twice() -> None:
    """What this run has sent is there, and an issue that it has opened is not read again for what it tells."""
    world = World(incident_thread(said(FAILED)), (KIN,), shelf=SHELF)
    (write,) = [one for one in world.planned(11) if isinstance(one, CreateComment) and one.number == 31]
    sent = Sent().plus(replace(write, body="the same in other words"), 5)
    again = world.planned(11, sent)
    assert [one for one in again if isinstance(one, CreateComment) and one.number == 31] == []
    (ledger,) = [read_ledger(one.body) for one in again if isinstance(one, CreateComment) and one.key == "12/card"]
    assert ledger is not None
    assert ledger.delivered[write.key] == ASSIGNED
    world, sent = followed(), Sent()
    world = world.then(said(FAILED, 12))
    for write in world.planned(12):
        sent = sent.plus(write, world.next_id)
        world = world.applied(write, 12)
    assert sent.issues.keys() == {"12/runbook/queue-backlog"}
    assert children_to_read(*decided(world.seen(12), sent), sent) is None


def test_what_is_open_goes_before_what_is_closed() -> None:
    """An older issue of the same runbook may mention this incident, too."""
    closed_one = replace(KIN, number=30, open=False, body=f"{Marker('8/runbook/queue-backlog')}\n")
    start = incident_thread(said(FAILED), mentioned_by(30, 9))
    world = World(start, (closed_one, KIN), shelf=SHELF).looked_at(11)
    assert told(world) == [(31, "12/runbook/queue-backlog/jordan")]


def test_a_crowd_is_told_in_part() -> None:
    """The hidden first line of an issue has its bound; the card names everybody."""
    found = case_of(snapshot(incident_thread(said(FAILED)), 20, shelf=SHELF))
    assert found.incident is not None
    one = found.incident.uses[0]
    uses = tuple(replace(one, by=f"person-{'x' * 30}-{n}") for n in range(MOST + 5))
    want = next(runbooks(replace(found, incident=replace(found.incident, uses=uses))))
    assert isinstance(want, ChildIssue)
    assert len(want.covers) == MOST
    assert marker_of(f"{Marker(want.key, want.covers)}\n") is not None


def test_two_runs_that_tell_it_twice_leave_one_in_sight() -> None:
    """The second copy is folded away by the run that meets it."""
    world = followed(said(FAILED), kin=KIN)
    on, one = world.elsewhere[0]
    world = replace(world, elsewhere=((on, one), (on, replace(one, id=one.id + 50, node_id="twin"))))
    assert Minimise(31, "twin") in without_card(world).planned(14)


@pytest.mark.parametrize(("hours", "opened"), [(1, 1), (71, 1), (73, 0)])
def test_what_is_said_days_later_opens_nothing(hours: int, opened: int) -> None:
    """It stands in the record. Within three days of the end it is still fresh enough to mend."""
    late = 60 + hours * 60
    assert len(wanted(closed(60), said(FAILED, late), now=late + 1)) == opened
    assert len(uses(closed(60), said(FAILED, late))) == 1


def test_a_sev_4_has_no_card_and_still_gets_it_mended() -> None:
    """What was learned does not depend on how bad it was; a withdrawn incident hears nothing."""
    assert len(wanted(said(FAILED), severity=4)) == 1
    world = World(incident_thread(said(FAILED), severity=4), (KIN,), shelf=SHELF).looked_at(11)
    assert (told(world), world.planned(12)) == ([(31, "12/runbook/queue-backlog/jordan")], ())
    assert wanted(unlabeled("sev-1", 5), said(FAILED)) == []


def shown(of: Thread, now: float = 100, part: str = "uses", config: Config = TEAM) -> list[dict[str, object]]:
    (want,) = card(case_of(snapshot(of, now, config, shelf=SHELF)))
    found = view_of(want)[part]
    assert isinstance(found, list)
    return found


def test_the_card_shows_what_was_followed() -> None:
    """With a link to the file, and the issue in which it is to be mended, once there is one."""
    world = World(incident_thread(said(FAILED)), shelf=SHELF).looked_at(11)
    (use,) = shown(world.thread)
    assert (use["name"], use["title"], use["worked"], use["issue"]) == (
        "queue-backlog",
        "Queue backlog",
        False,
        world.children[0].number,
    )
    assert str(use["address"]).endswith("/blob/HEAD/runbooks/queue-backlog.md")
    assert world.planned(12) == ()


def test_two_runs_that_race_leave_one() -> None:
    """The second copy is closed: a child is found by its parent's key."""
    world = World(incident_thread(said(FAILED)), shelf=SHELF).looked_at(11)
    twin = replace(world.children[0], number=world.children[0].number + 1)
    world = replace(world, children=(*world.children, twin))
    assert not [write for write in world.planned(12) if isinstance(write, CreateIssue)]
    assert plainly(wanted(said(FAILED))[0].text).startswith("issues/runbook ")
    assert isinstance(world.ledger(), Ledger)


def broken(*items: Item, title: str = "sorry, too many clients already", body: str = "", severity: int = 1) -> Thread:
    return replace(incident_thread(*items, severity=severity, body=body), title=title)


def test_the_card_suggests_what_fits_while_it_is_open() -> None:
    """With a link and a reason; nothing where nothing fits, and none of it once it is over."""
    (one,) = shown(broken(), part="suggested")
    assert (one["name"], one["why"]) == ("database-connections", "symptom")
    assert str(one["address"]).endswith("/blob/HEAD/runbooks/database-connections.md")
    assert shown(broken(title="The coffee machine leaks"), part="suggested") == []
    assert shown(broken(closed(60)), part="suggested") == []


def test_talk_changes_nothing_about_it() -> None:
    """It is looked for by what the incident says of itself; a new title or label is looked at again."""
    quiet, loud = broken(), broken(comment(5, "sam", "the queue, the certificate, PostgresConnectionsHigh", 5))
    assert shown(quiet, part="suggested") == shown(loud, part="suggested")
    again = broken(title="jobs wait for longer than their limit, sidekiq queue")
    assert [one["name"] for one in shown(again, part="suggested")] == ["queue-backlog"]


def test_what_nobody_sees_says_nothing() -> None:
    """The hints of a template, and what a game's opening remembers: its name would give it away."""
    told = "jobs wait for longer than their limit, sidekiq queue"
    game = head_of(replace(GAME, name="sidekiq-queue-jobs-wait-longer-than-limit"))
    assert shown(broken(title="It is odd", body=told), part="suggested") != []
    for unseen in (f"{game}\nIt is odd.", f"<!-- Which?\n{told} -->\nIt is odd.", f"It is odd. <!-- {told}"):
        assert shown(broken(title="It is odd", body=unseen), part="suggested") == []


def test_labels_of_the_process_say_nothing() -> None:
    """They come and go; a service's label is part of the reason, whatever stands before its name."""
    before, after = broken(), replace(broken(), labels=("sev-1", *NAMES[1:], "Incident", "Root Cause"))
    assert shown(before, part="suggested") == shown(after, part="suggested")
    asked = (said_of(of, incident_in(of, 10), TEAM, ()) for of in (before, after))
    assert next(asked) == next(asked)
    named = replace(broken(), labels=("sev-1", "service: checkout"))
    assert shown(named, part="suggested")[0]["service"] == "checkout"
    config = replace(TEAM, services={"checkout": Service()})
    titled = broken(title="Checkout: too many clients already")
    assert shown(titled, part="suggested", config=config)[0]["service"] == "checkout"


def test_a_form_is_read_by_its_answers() -> None:
    """What is broken says what it is; the choices that the form offers do not."""
    filled = broken(title="Incident:", body=form(broken="Chrome says the connection is not secure"))
    assert shown(filled, part="suggested")[0]["name"] == "certificate-expired"


def test_no_card_no_suggestion() -> None:
    """One that was lowered to SEV-4 keeps its card, and is not worth a runbook; nor is what was withdrawn."""
    lowered = broken(CARD, comment(1, "jordan", "/sev 4 only one page", 5))
    assert shown(lowered, part="suggested") == []
    assert shown(broken(CARD, unlabeled("sev-1", 5)), part="suggested") == []


def test_it_asks_at_the_end_which_one_was_followed() -> None:
    """Once it is resolved and something was suggested, until somebody says it; never of a false alarm or a drill."""
    end = closed(60)
    assert shown(broken(end), part="asked") == ["database-connections"]
    assert shown(replace(opened(end, severity=1), title="too many clients already"), part="asked") == []
    assert shown(broken(), part="asked") == []
    assert shown(broken(end, said("/runbook database-connections worked", 61)), part="asked") == []
    assert shown(broken(said("/false-alarm a test", 5), closed(6)), part="asked") == []
    assert shown(broken(labeled("drill", 0.5), end), part="asked") == []
    assert shown(broken(end, title="The coffee machine leaks"), part="asked") == []


def test_the_question_calls_nobody() -> None:
    """It stands on the card: no comment of its own."""
    world = World(broken(closed(60)), shelf=SHELF).looked_at(61)
    asking = [one.body for one in world.thread.comments if '"asked": ["database-connections"]' in one.body]
    assert asking == world.bodies("/card")
    assert len(asking) == 1
