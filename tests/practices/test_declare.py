"""Declare: which severity counts, whose it must be, and who is called once."""

from dataclasses import replace
from itertools import permutations

import pytest
from tests.values import (
    TEAM,
    World,
    card,
    case,
    comment,
    edited,
    form,
    incident_thread,
    instant,
    labeled,
    notice,
    thread,
    unlabeled,
    view_of,
    wants,
)

from stanch.core.config import DEFAULTS
from stanch.core.incident import Kind
from stanch.core.ledger import Ledger
from stanch.core.severity import Severity
from stanch.core.thread import Item, Repository, Thread
from stanch.core.wanted import Alarm, LabelOff, LabelOn, Notice, Want
from stanch.practices.declare import declare

DAY = 24 * 60


def kind(of: Thread, now: float = 10) -> Kind:
    incident = case(of, now).incident
    assert incident is not None
    return incident.kind


def severity(of: Thread, now: float = 10) -> Severity | None:
    incident = case(of, now).incident
    assert incident is not None
    return incident.severity


def labels(of: Thread, now: float = 10) -> list[Want]:
    return [want for want in wants(declare, of, now) if isinstance(want, LabelOn | LabelOff)]


def calls(of: Thread, now: float = 10) -> list[Notice]:
    return [want for want in wants(declare, of, now) if isinstance(want, Notice)]


def test_nothing_to_do() -> None:
    """A plain issue, a pull request and an SEV-4 with its label want nothing."""
    pull = replace(thread(labeled("sev-1", 0)), is_pull_request=True)
    for one in (thread(), thread(comment(1, "alex", "hello / there", 1)), pull, incident_thread(severity=4)):
        assert wants(declare, one, 10) == []


@pytest.mark.parametrize(
    ("items", "holds"),
    [
        ([labeled("sev-2", 0)], 2),
        ([labeled("SEV 2", 0)], 2),
        ([labeled("sev-2", 0), labeled("sev-1", 1)], 1),
        ([labeled("sev-1", 0), labeled("sev-3", 1)], 3),
        ([labeled("sev-2", 0), comment(1, "jordan", "/sev 1 worse", 1)], 1),
        ([comment(1, "jordan", "/sev 1 worse", 1)], 1),
        ([labeled("sev-2", 0), comment(1, "jordan", "/sev 1 x", 1), labeled("sev-3", 2)], 3),
        ([labeled("sev-1", 0), unlabeled("sev-1", 1)], None),
        ([labeled("sev-1", 0), labeled("sev-2", 1), unlabeled("sev-2", 2)], 1),
        ([labeled("sev-1", 0), labeled("sev-2", 1), unlabeled("sev-1", 2)], 2),
    ],
)
def test_the_newest_severity_counts(items: list[Item], holds: int | None) -> None:
    """A label or a command, whichever came last; what is taken off counts no more."""
    assert severity(thread(*items)) == (Severity(holds) if holds else None)


def test_older_severity_labels_go() -> None:
    """Two labels hang: the older one is taken off, the newer stays."""
    assert labels(thread(labeled("sev-2", 0), labeled("sev-1", 1))) == [LabelOff("sev-2")]


def test_a_command_moves_the_label() -> None:
    """After `/sev 1` the new label is put on and the old one taken off."""
    one = incident_thread(comment(1, "jordan", "/sev 1 worse", 1), severity=2)
    assert labels(one) == [LabelOn("sev-1"), LabelOff("sev-2")]


def test_the_bots_own_label_is_an_echo() -> None:
    """A label that follows a command does not outdate a severity that came between the two."""
    one = incident_thread(
        comment(1, "jordan", "/sev 2 less", 1),
        labeled("sev-3", 2),
        labeled("sev-2", 3, "github-actions"),
        unlabeled("sev-1", 3, "github-actions"),
    )
    assert severity(one) is Severity.SEV_3


def test_a_bot_that_tidies_up_late_does_not_lower_a_command() -> None:
    """`/sev 2`, then `/sev 1` before the run for the first one has moved the labels: one is what holds."""
    one = incident_thread(
        comment(1, "jordan", "/sev 2 less", 1),
        comment(2, "jordan", "/sev 1 no, worse", 2),
        labeled("sev-2", 3, "github-actions"),
        unlabeled("sev-1", 3, "github-actions"),
    )
    assert severity(one) is Severity.SEV_1
    assert labels(one) == [LabelOn("sev-1"), LabelOff("sev-2")]


def test_all_labels_off_withdraws() -> None:
    """Nobody is called for it, and no label is put back."""
    one = incident_thread(unlabeled("sev-1", 5))
    assert kind(one) is Kind.WITHDRAWN
    assert wants(declare, one, 10) == []


@pytest.mark.parametrize(
    ("author", "editor", "found"),
    [
        ("alex", None, Kind.INCIDENT),
        ("riley", None, Kind.INCIDENT),
        ("kim", None, Kind.REPORT),
        ("stranger", None, Kind.REPORT),
        ("ghost", None, Kind.REPORT),
        ("alex", "kim", Kind.REPORT),
        ("kim", "alex", Kind.REPORT),
        ("riley", "alex", Kind.INCIDENT),
        ("feedback[bot]", None, Kind.REPORT),
    ],
)
def test_a_form_counts_by_who_filled_it_in(author: str, editor: str | None, found: Kind) -> None:
    """Triage rights of its author and of its last editor make an incident, anything less a client report."""
    one = thread(body=form(), author=author)
    if editor:
        other = edited(comment(1, editor, "x", 0), editor, 1)
        one = replace(one, edited_at=other.edited_at, editor=other.editor)
    assert kind(one) is found


def test_a_form_of_an_incident_gets_its_label() -> None:
    """The severity that was chosen is put on as a label, and the bot's label event changes nothing."""
    world = World(thread(body=form("SEV-2: a major feature is broken"))).looked_at(1)
    assert world.thread.labels == ("sev-2",)
    incident = case(world.thread, 2).incident
    assert incident is not None
    assert [spell.by for spell in incident.spells] == ["alex"]


def test_a_stray_label_that_came_with_a_form_makes_a_report() -> None:
    """A link can prefill a label past GitHub's check: it goes, and the issue is triaged."""
    one = thread(labeled("sev-1", 0, "kim"), author="kim")
    assert kind(one) is Kind.REPORT
    assert labels(one) == [LabelOff("sev-1"), LabelOn("client-report")]


def test_a_stray_label_gives_way_to_a_severity() -> None:
    """Whoever triages it decides; the stray label goes, or stays if right until it is taken off."""
    stray = [labeled("sev-1", 0, "kim")]
    lowered = thread(*stray, comment(1, "jordan", "/sev 3 small", 2), author="kim")
    assert labels(lowered) == [LabelOn("sev-3"), LabelOff("sev-1")]
    right = thread(*stray, comment(1, "jordan", "/sev 1 true", 2), author="kim")
    assert labels(right) == []
    assert severity(replace(right, items=(*right.items, unlabeled("sev-1", 3)))) is None


def test_a_report_that_is_triaged_becomes_an_incident() -> None:
    """The first severity from somebody who may ends the triage."""
    one = thread(labeled("client-report", 0), comment(1, "jordan", "/sev 2 true", 2), author="kim")
    assert kind(one) is Kind.INCIDENT
    assert kind(thread(labeled("client-report", 0), author="kim")) is Kind.REPORT


@pytest.mark.parametrize("name", ["SEV 1", "sev1", "Sev_1"])
def test_a_label_that_no_sweep_would_find_gets_the_canonical_one_beside_it(name: str) -> None:
    """Spelling does not matter to us, but GitHub lists issues by exact names."""
    assert labels(thread(labeled(name, 0), author="alex")) == [LabelOn("sev-1")]
    assert labels(thread(labeled(name, 0), labeled("sev-1", 1, "github-actions"), author="alex")) == []


def test_a_report_that_lost_its_label_is_nobodys() -> None:
    """Taking the label off ends the matter; it is not put back."""
    one = thread(labeled("client-report", 0), unlabeled("client-report", 1), author="kim")
    assert kind(one) is Kind.NOT_OURS
    assert wants(declare, one, 10) == []


@pytest.mark.parametrize(("level", "people"), [(1, ["alex", "jordan", "morgan"]), (2, ["jordan"])])
def test_the_severity_decides_who_is_called(level: int, people: list[str]) -> None:
    """SEV-1 calls all hands, SEV-2 one engineer, who is not the one that declared it."""
    (call,) = calls(incident_thread(severity=level))
    assert view_of(call)["people"] == people
    assert call.due == instant(0)


@pytest.mark.parametrize("level", [3, 4])
def test_a_quiet_severity_calls_nobody(level: int) -> None:
    """SEV-3 and SEV-4 wait for somebody to be assigned."""
    assert calls(incident_thread(severity=level)) == []


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
@pytest.mark.parametrize("before", [None, 1, 2, 4])
def test_of_the_labels_of_one_second_the_worst_holds(order: tuple[int, ...], before: int | None) -> None:
    """GitHub lists them in any order; nobody is told of a severity that held for no time."""
    held = [labeled(f"sev-{before}", 0)] if before else []
    one = thread(*held, *(labeled(f"sev-{level}", 5, "jordan") for level in order))
    incident = case(one, 6).incident
    assert incident is not None
    assert severity(one) is Severity.SEV_1
    levels = [int(spell.severity or 0) for spell in incident.spells]
    assert levels == ([1] if before in {None, 1} else [before, 1])
    assert labels(one) == [
        LabelOff(f"sev-{level}") for level in dict.fromkeys((before, *order)) if level not in {None, 1}
    ]
    assert "lowered" not in [view_of(call)["moved"] for call in calls(one)]


@pytest.mark.parametrize(
    ("items", "held"),
    [
        ((labeled("sev-1", 5), labeled("sev-3", 6)), [1, 3]),
        ((labeled("sev-1", 5), comment(1, "sam", "/sev 3 x", 5), labeled("sev-2", 5)), [1, 3, 2]),
        ((labeled("sev-1", 5), comment(1, "sam", "/ack", 5), labeled("sev-2", 5)), [1]),
        ((labeled("sev-2", 5), comment(1, "sam", "/sev 3 x", 5)), [2, 3]),
        ((labeled("sev-3", 5), labeled("sev-1", 5), unlabeled("sev-1", 5)), [1, 3]),
        ((labeled("sev-1", 5), unlabeled("sev-1", 5), labeled("sev-3", 5)), [1, 0, 3]),
        ((labeled("sev-1", 5), labeled("sev-3", 5, "github-actions")), [1, 3]),
    ],
)
def test_only_labels_of_one_second_are_weighed(items: tuple[Item, ...], held: list[int]) -> None:
    """What came later, was commanded, taken off or put on by a bot holds in its order."""
    incident = case(thread(*items), 7).incident
    assert incident is not None
    assert [int(spell.severity or 0) for spell in incident.spells] == held


def test_each_severity_calls_once() -> None:
    """A second severity has a call of its own, and one that was delivered is not wanted twice in the thread."""
    world = World(incident_thread(severity=2)).looked_at(1)
    assert len(world.bodies("/call/")) == 1
    world = world.then(comment(1, "jordan", "/sev 1 spreading", 20)).looked_at(21).looked_at(30)
    assert len(world.bodies("/call/")) == 2


@pytest.mark.parametrize(("first", "then", "moved"), [(2, 1, "raised"), (1, 2, "lowered")])
def test_the_call_says_how_the_severity_moved(first: int, then: int, moved: str) -> None:
    """Up is raised, down is lowered; the first one was declared."""
    (call,) = calls(incident_thread(comment(1, "jordan", f"/sev {then} x", 5), severity=first))
    assert view_of(call)["moved"] == moved
    assert view_of(calls(incident_thread(severity=first))[0])["moved"] == ""


def test_without_people_codeowners_are_called_eight_at_most() -> None:
    """Assignees and the users in CODEOWNERS, no teams; none of either is an alarm."""
    owners = "* @octo/team " + " ".join(f"@dev{n}" for n in range(12)) + " mail@example.com\n# @nobody\n"
    repository = Repository("octo", "shop", "main", codeowners=owners)
    world = World(incident_thread(), config=DEFAULTS, repository=repository).looked_at(1)
    assert '"people": ["dev0", "dev1", "dev2", "dev3", "dev4", "dev5", "dev6", "dev7"]' in world.bodies("/call/")[0]


def test_nobody_to_call_is_an_alarm() -> None:
    """Until somebody acknowledges, the run turns red for it."""
    found = wants(declare, incident_thread(), 10, DEFAULTS)
    assert [type(want) for want in found] == [Alarm]
    acked = incident_thread(comment(1, "jordan", "/ack", 2))
    assert not [want for want in wants(declare, acked, 10, DEFAULTS) if isinstance(want, Alarm)]


def test_a_report_mentions_people_for_a_listed_client_only() -> None:
    """Anybody may report; only a client's report calls somebody."""
    one = thread(body=form(), author="kim")
    assert calls(one) == []
    found = wants(declare, one, 10, replace(TEAM, clients=("Kim",)))
    assert [view_of(want)["people"] for want in found if isinstance(want, Notice)] == [["alex"]]


def test_a_clients_report_calls_once() -> None:
    """Before and after Stanch has put its own label on, and whatever else is said: the report has one time."""
    for one in (thread(body=form(), author="kim"), thread(labeled("sev-1", 0, "kim"), author="kim", when=-5)):
        world = World(one, config=replace(TEAM, clients=("kim",)))
        for now in (1, 2, 9, 60):
            world = world.looked_at(now).then(comment(1, "kim", "Any news?", now))
        assert len(world.bodies("/call/")) == 1


def test_an_old_incident_is_adopted_silently() -> None:
    """A label older than 72 hours and no card: a card, and not one notice; 71 hours are not old."""
    old = World(incident_thread()).looked_at(3 * DAY + 1)
    assert len(old.bodies("/card ")) == 1
    assert len(old.bodies("12/")) == 1
    assert len(World(incident_thread()).looked_at(71 * 60).bodies("/call/")) == 1


def test_an_adopted_incident_that_gets_worse_calls_people() -> None:
    """Only the past is silent."""
    world = World(incident_thread(severity=3)).looked_at(30 * DAY)
    world = world.then(comment(1, "jordan", "/sev 1 now everything", 30 * DAY + 5)).looked_at(30 * DAY + 6)
    assert len(world.bodies("/call/sev-1")) == 1


def test_old_commands_of_an_adopted_incident_are_history() -> None:
    """Installing answers no comment of last month."""
    world = World(incident_thread(comment(1, "alex", "/akc", 3), comment(2, "alex", "/resolve", 4)))
    world = world.looked_at(30 * DAY)
    assert world.thread.open
    assert [one.marks for one in world.thread.comments][:2] == [frozenset(), frozenset()]


def test_who_may_not_command_declares_nothing() -> None:
    """`/sev` by an outsider on a plain issue is refused, and stays refused at every later look."""
    world = World(thread(comment(1, "kim", "/sev 1 doom", 3))).looked_at(5)
    assert kind(world.thread) is Kind.NOT_OURS
    assert world.planned(6) == ()
    assert kind(world.looked_at(6).thread) is Kind.NOT_OURS


def test_a_forged_card_changes_nothing() -> None:
    """A person's copy of a card is a comment like any other."""
    forged = replace(
        card(5, Ledger(declarations={"form/sev-1": True})), ours=False, author=comment(1, "kim", "", 0).author
    )
    assert kind(thread(forged, body=form(), author="kim")) is Kind.REPORT


def test_a_called_notice_stays_called() -> None:
    """A marker of the bot's own is enough to know, without any card."""
    key = calls(incident_thread())[0].key
    world = World(incident_thread(notice(5, key, 1))).looked_at(2)
    assert len(world.bodies("/call/")) == 1
