"""Hotfixes on the incident's card: what waits for production, what is in it, what remains when comments go."""

from dataclasses import replace

import pytest
from tests.values import (
    REPOSITORY,
    SHA,
    World,
    comment,
    deployment,
    incident_thread,
    instant,
    merged,
    pull_request,
    snapshot,
    view_of,
    waived,
    without,
)

from stanch.core.case import case_of
from stanch.core.thread import Deployment, Item, Thread
from stanch.core.wanted import Text
from stanch.practices.card import card
from stanch.render.words import Words

REVERT = {"class": "pure revert"}
EARLIER = deployment("1", -20)
LIVE = deployment("2", 50, SHA)


def shown(of: Thread, *deployments: Deployment, now: float = 100) -> dict[str, object]:
    """What the card shows."""
    (want,) = card(case_of(snapshot(of, now, repository=replace(REPOSITORY, deployments=deployments))))
    return view_of(want)


def rows(*items: Item, deployments: tuple[Deployment, ...] = ()) -> list[dict[str, object]]:
    found = shown(incident_thread(*items), *deployments)["works"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("items", "deployments", "state"),
    [
        ((pull_request(45, 30),), (), "open"),
        ((pull_request(45, 30, state="closed"),), (), "closed"),
        ((pull_request(45, 30, merged=39),), (), "merged"),
        ((pull_request(45, 30), waived(6, 36)), (), "open"),
        ((pull_request(45, 30, merged=39), merged(7, 40)), (), "unrecorded"),
        ((pull_request(45, 30, merged=39), merged(7, 40)), (EARLIER,), "waiting"),
        ((pull_request(45, 30, merged=39), merged(7, 40)), (LIVE, EARLIER), "live"),
        ((merged(7, 40),), (LIVE, EARLIER), "live"),
    ],
)
def test_each_pull_request_says_how_far_it_is(
    items: tuple[Item, ...], deployments: tuple[Deployment, ...], state: str
) -> None:
    """Open, closed, merged and waiting, or in production; where nothing is recorded, that."""
    (row,) = rows(*items, deployments=deployments)
    assert (row["number"], row["state"]) == (45, state)


def test_what_was_eased_is_named() -> None:
    """Rules that did not stand, rules that were not asked, and waivers with their reasons."""
    (row,) = rows(waived(6, 36), merged(7, 40, open=["H003"], skipped=["H005"]))
    assert (row["open_rules"], row["skipped"]) == (["H003"], ["H005"])
    assert row["waived"] == [{"rule": "H006", "by": "jordan", "why": "one generated file"}]


@pytest.mark.parametrize(
    ("said", "asked"),
    [((), True), (("/verify neighbours", 60), True), (("/verify failure", 45), True), (("/verify failure", 60), False)],
)
def test_in_production_it_is_to_be_verified(said: tuple[str, float] | tuple[()], asked: bool) -> None:
    """Until somebody has looked since then; what was verified before it arrived says nothing of it."""
    items = (comment(9, "sam", *said),) if said else ()
    (row,) = rows(merged(7, 40), *items, deployments=(LIVE,))
    assert row["unverified"] is asked
    assert shown(incident_thread(merged(7, 40), *items), LIVE)["in_production"] is True


def test_the_fix_clock_says_what_it_waits_for() -> None:
    """As long as it runs and something is merged that may still come."""
    one = incident_thread(merged(7, 40))
    for deployments, waits in (((EARLIER,), [45]), ((LIVE, EARLIER), []), ((), [])):
        found = shown(one, *deployments)["clocks"]
        assert isinstance(found, list)
        assert [clock["waits_for"] for clock in found if clock["promise"] == "fix"] == [waits]


def world(*items: Item, deployments: tuple[Deployment, ...] = (EARLIER,)) -> World:
    return World(incident_thread(*items), repository=replace(REPOSITORY, deployments=deployments))


def test_production_is_remembered_when_it_is_out_of_view() -> None:
    """Fifty newer deployments change nothing, and a quiet look writes nothing."""
    seen = world(merged(7, 40), deployments=(LIVE, EARLIER)).looked_at(55)
    crowd = tuple(deployment(str(n), 60 + n, "e" * 40, "preview") for n in range(50))
    later = replace(seen, repository=replace(REPOSITORY, deployments=crowd))
    assert later.planned(200) == ()
    ledger = later.ledger()
    assert ledger is not None
    assert ledger.hotfixes.arrived == (instant(50),)


def test_it_arrives_with_the_next_look() -> None:
    """The card is edited once: from waiting to in production."""
    waiting = world(comment(1, "jordan", "/ack", 3), waived(6, 36), merged(7, 40)).looked_at(41)
    assert waiting.planned(45) == ()
    live = replace(waiting, repository=replace(REPOSITORY, deployments=(LIVE, EARLIER)))
    assert len(live.planned(51)) == 1
    assert live.looked_at(51).planned(52) == ()


def test_a_deleted_fact_keeps_counting() -> None:
    """Somebody tidied up: the waiver, the merge and the containment stay on the card, and nothing is posted anew."""
    seen = world(waived(6, 36), merged(7, 40, **REVERT)).looked_at(41)
    gone = replace(seen, thread=without(without(seen.thread, 6, 50), 7, 51))
    assert gone.planned(52) == ()
    incident = case_of(gone.seen(52)).incident
    assert incident is not None
    (hotfix,) = incident.hotfixes
    assert (named(gone), hotfix.merged is not None, len(hotfix.waived)) == ({"C1": "morgan"}, True, 1)


ORDERS = {
    "told first": (merged(7, 40, **REVERT), comment(8, "sam", "/contain flag x", 40)),
    "contained first": (comment(6, "sam", "/contain flag x", 40), merged(7, 40, **REVERT)),
}


@pytest.mark.parametrize("gone", [(), (7,), (6,), (8,), (6, 7), (8, 7), (7, 8)])
@pytest.mark.parametrize("order", ORDERS)
def test_ids_stay_whatever_is_deleted(order: str, gone: tuple[int, ...]) -> None:
    """In one second with somebody's own containment: both keep the id that they were first shown with."""
    seen = world(*ORDERS[order]).looked_at(41)
    before = named(seen)
    for number in gone:
        if any(one.id == number for one in seen.thread.comments):
            seen = replace(seen, thread=without(seen.thread, number, 45))
    seen = seen.looked_at(46).then(comment(20, "sam", "/contain scale z", 50)).looked_at(51)
    assert named(seen) == {**before, "C3": "sam"}


def named(one: World) -> dict[str, str]:
    incident = case_of(one.seen(60)).incident
    assert incident is not None
    return {containment.id: containment.by for containment in incident.containments}


def test_ids_outlive_the_card() -> None:
    """Written anew from the thread it shows the same ones."""
    seen = world(comment(6, "sam", "/contain flag x", 39.5), merged(7, 40, **REVERT)).looked_at(41)
    (old,) = [one.id for one in seen.thread.comments if "/card " in one.body]
    assert named(replace(seen, thread=without(seen.thread, old, 50)).looked_at(51)) == named(seen)


def test_no_reminder_comes_of_it() -> None:
    """The card asks for the verification; no notice does."""
    calm = world(comment(1, "jordan", "/ack\n/status mitigated on it", 30)).looked_at(41)
    told = calm.then(merged(7, 42))
    live = replace(told, repository=replace(REPOSITORY, deployments=(LIVE, EARLIER)))
    assert len(live.looked_at(55).thread.comments) == len(told.thread.comments)


HOSTILE = "@org/team --> <img src=x> [x](http://evil.test) | `x` #7\n# x\n/resolve {{ 7*7 }}"


def test_hostile_words_are_harmless_on_the_card() -> None:
    """They mention nobody, link nowhere and end no hidden line."""
    items = (merged(7, 40, title=HOSTILE, **REVERT), waived(6, 36, why=HOSTILE))
    said = Words.load()(Text("comments/card", shown(incident_thread(*items))))
    assert "was waived by `jordan`" in said
    assert not any(bad in said for bad in ("@org", "<img", "](http://evil", "-->", "\n# x", "\n/resolve", "49"))
