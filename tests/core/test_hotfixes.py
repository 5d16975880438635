"""What became of a hotfix: when it was in production, what it contains, and what that means for the clocks."""

from dataclasses import replace

import pytest
from tests.values import (
    REPOSITORY,
    SHA,
    TEAM,
    card,
    case,
    closed,
    comment,
    deployment,
    happened,
    incident_thread,
    instant,
    labeled,
    merge,
    merged,
    pull_request,
    reopened,
    snapshot,
    thread,
    waived,
    without,
)

from stanch.core.case import case_of
from stanch.core.changes import reached_production
from stanch.core.clocks import Clock, Promise, clocks
from stanch.core.hotfix_facts import HotfixMemory, Merged
from stanch.core.incident import Incident
from stanch.core.ledger import Change, Ledger
from stanch.core.story import timeline
from stanch.core.thread import Deployment, Item, Repository, Thread
from stanch.core.timeline import heard

ONE = Merged(45, "Round the total", SHA, "main", "hotfix", "morgan", instant(39), (), (), instant(40))
OLD = "0" * 40
SHOWN = deployment("1", 50, SHA)
BRANCH = replace(deployment("1", 50, "f" * 40), ref="main")


def read(of: Thread, *deployments: Deployment, now: float = 100) -> Incident:
    found = case_of(snapshot(of, now, TEAM, replace(REPOSITORY, deployments=deployments))).incident
    assert found is not None
    return found


def fix(of: Thread, *deployments: Deployment, now: float = 100) -> Clock:
    (found,) = [one for one in clocks(read(of, *deployments, now=now), TEAM) if one.promise is Promise.FIX]
    return found


def test_an_incident_has_no_hotfix_until_it_is_told_of_one() -> None:
    """A pull request that only mentions it is none."""
    assert read(incident_thread(pull_request(45, 30))).hotfixes == ()


def test_what_is_told_of_one_pull_request_stands_together() -> None:
    """Its waivers in their order, and its merge, once there is one."""
    told = (waived(5, 20, why="first"), waived(6, 30, rule="H008"), merged(7, 40), waived(8, 41, pull=44))
    one, other = read(incident_thread(*told)).hotfixes
    assert (one.pull, one.merged, one.live_at, [w.rule for w in one.waived]) == (44, None, None, ["H006"])
    assert (other.pull, other.merged, [w.rule for w in other.waived]) == (45, ONE, ["H006", "H008"])


@pytest.mark.parametrize(
    ("deployments", "merges", "live"),
    [
        ((), (), None),
        ((SHOWN,), (), 50),
        ((replace(SHOWN, state="active"),), (), 50),
        ((replace(SHOWN, state="inactive"),), (), 50),
        ((replace(SHOWN, state="failure"),), (), None),
        ((replace(SHOWN, state="in_progress"),), (), None),
        ((replace(SHOWN, environment="staging"),), (), None),
        ((replace(SHOWN, environment="Production"),), (), 50),
        ((deployment("2", 60, SHA), SHOWN), (), 50),
        ((deployment("1", 20, SHA),), (), 39),
        ((BRANCH,), (), 50),
        ((replace(BRANCH, at=instant(39)),), (), None),
        ((replace(BRANCH, ref="next"),), (), None),
        ((BRANCH, deployment("0", 5, BRANCH.sha, "staging")), (), None),
        ((BRANCH,), (replace(merge(44, 30), sha=BRANCH.sha),), None),
        ((replace(BRANCH, ref="v1.5"),), (replace(merge(46, 45), sha=BRANCH.sha),), 50),
        ((replace(BRANCH, ref="v1.5"),), (replace(merge(46, 45, "next"), sha=BRANCH.sha),), None),
    ],
    ids=[
        "nothing",
        "its commit",
        "active",
        "replaced since",
        "failed",
        "on its way",
        "staging",
        "in another spelling",
        "the first of two",
        "before the merge",
        "the branch, later",
        "the branch, in the second of the merge",
        "another branch",
        "the branch, with a commit that ran before",
        "the branch, with an older merge",
        "a tag of a later merge",
        "a tag of another branch",
    ],
)
def test_when_it_is_in_production(
    deployments: tuple[Deployment, ...], merges: tuple[object, ...], live: float | None
) -> None:
    """A deployment that arrived and carries it: its commit, a later one, or the branch; never an older commit."""
    repository: Repository = replace(REPOSITORY, deployments=deployments, merges=merges)
    found = reached_production(ONE, snapshot(incident_thread(), 100, TEAM, repository))
    assert found == (None if live is None else instant(live))


def test_other_environments_of_production_count_as_the_team_names_them() -> None:
    """`environments.production` says what users see."""
    config = replace(TEAM, production=("live-eu", "live-us"))
    repository = replace(REPOSITORY, deployments=(deployment("1", 50, SHA, "live-us"), deployment("2", 45, SHA)))
    assert reached_production(ONE, snapshot(incident_thread(), 100, config, repository)) == instant(50)


def test_that_it_arrived_is_remembered() -> None:
    """Newer deployments push the first one out of view; what the card knows stays."""
    memory = HotfixMemory({}, {"12/merged/45": replace(ONE, live=instant(50))})
    one = incident_thread(merged(7, 40))
    found = case_of(snapshot(one, 100)).incident
    assert found is not None
    assert found.hotfixes[0].live_at is None
    remembered = heard(snapshot(one, 100), Ledger(hotfixes=memory))
    assert remembered.arrived == (instant(50),)


def test_the_fix_clock_stops_in_production_and_not_at_the_merge() -> None:
    """A merge mends nothing that users see."""
    one = incident_thread(pull_request(45, 30, merged=39), merged(7, 40))
    assert fix(one, deployment("1", -20)).met is None
    assert fix(one, SHOWN).met == instant(50)
    assert fix(one, deployment("1", 130, SHA), now=140).late is not None


@pytest.mark.parametrize(
    ("items", "met"),
    [
        ((comment(1, "jordan", "/status mitigated", 45),), 45),
        ((comment(1, "jordan", "/status mitigated", 60),), 50),
        ((closed(44),), 44),
        ((closed(60),), 50),
        ((closed(60), reopened(70)), None),
        ((comment(1, "jordan", "/status mitigated", 60), comment(2, "jordan", "/status investigating", 70)), None),
        ((comment(1, "jordan", "/status mitigated", 10), comment(2, "jordan", "/status investigating", 20)), 50),
        ((comment(1, "jordan", "/status identified", 60),), 50),
    ],
    ids=[
        "mitigated before",
        "mitigated after",
        "resolved before",
        "resolved after",
        "reopened",
        "broken again",
        "had broken again",
        "status moved on",
    ],
)
def test_whichever_comes_first_meets_the_promise(items: tuple[Item, ...], met: float | None) -> None:
    """Mitigation, resolution or production; what did not hold is not shown as kept."""
    one = fix(incident_thread(merged(7, 40), *items), SHOWN)
    assert one.met == (None if met is None else instant(met))


def test_of_two_hotfixes_the_first_in_production_counts() -> None:
    """Whichever was merged first."""
    told = (merged(7, 40), merged(8, 42, 46, sha=OLD))
    assert fix(incident_thread(*told), deployment("2", 60, OLD), SHOWN).met == instant(50)


def test_where_nothing_is_recorded_nothing_is_waited_for() -> None:
    """Without any production deployment the clock is met by mitigation alone, and the incident says why."""
    one = incident_thread(merged(7, 40))
    assert not read(one).production_known
    assert not read(one, deployment("1", 50, SHA, "staging")).production_known
    assert fix(happened(one, comment(1, "jordan", "/status mitigated", 70))).met == instant(70)
    for known in (deployment("1", -9_000), replace(SHOWN, state="failure")):
        assert read(one, known).production_known


def test_a_recorded_deployment_is_known_when_it_is_out_of_view() -> None:
    """The card remembers what was deployed before it broke."""
    ledger = Ledger(changes=(Change("deployment", "1", instant(-9), "v1", OLD, "jordan"),))

    assert read(incident_thread(card(9, ledger), merged(7, 40))).production_known


REVERT = {"class": "pure revert"}


@pytest.mark.parametrize(("kind", "contains"), [("pure revert", ["rollback"]), ("flag flip", ["flag"]), ("hotfix", [])])
def test_what_undoes_is_containment(kind: str, contains: list[str]) -> None:
    """A revert rolls back, a flag flip switches off; an ordinary hotfix contains nothing."""
    found = read(incident_thread(merged(7, 40, **{"class": kind}))).containments
    assert [one.kind for one in found] == contains


def test_it_is_as_if_whoever_merged_had_contained_it() -> None:
    """Owner, instant, words and expiry; and it is seen that somebody is at work."""
    found = read(incident_thread(merged(7, 40, **REVERT)))
    (one,) = found.containments
    assert (one.id, one.by, one.at, one.what) == ("C1", "morgan", instant(39), "#45 Round the total")
    assert one.until - one.at == TEAM.containment_expires
    assert found.acknowledged is not None
    assert (found.acknowledged.by, found.acknowledged.at) == ("morgan", instant(39))


@pytest.mark.parametrize("by", ["", "github-actions", "merge-queue[bot]"])
def test_no_bot_acknowledges(by: str) -> None:
    """A queue that merges has not seen the incident."""
    assert read(incident_thread(merged(7, 40, by=by, **REVERT))).acknowledged is None


def test_it_is_restored_as_every_other() -> None:
    """By its id, with a reason where it stays for good, and once."""
    items = (merged(7, 40, **REVERT), comment(8, "sam", "/restore C1 for good: it was dead code", 60))
    found = read(incident_thread(*items, comment(9, "sam", "/restore C1", 61)))
    (one,) = found.containments
    assert (one.standing, one.accepted) == (False, "it was dead code")
    assert [record.refusal for record in found.records] == ["", "already-restored"]


def ids(of: Thread) -> list[tuple[str, str]]:
    return [(one.id, one.by) for one in read(of).containments]


def test_ids_go_by_when_the_incident_was_told() -> None:
    """Somebody contained after the merge, and before anybody here could know of it: that one was first."""
    before = comment(6, "sam", "/contain flag x", 39.5)
    after = comment(8, "sam", "/contain scale y", 41)
    assert ids(incident_thread(before, merged(7, 40, **REVERT), after)) == [
        ("C1", "sam"),
        ("C2", "morgan"),
        ("C3", "sam"),
    ]


def test_withdrawn_it_is_contained_all_the_same() -> None:
    """What is in place is in place, whatever the thread is called now."""
    assert ids(thread(merged(7, 40, **REVERT), labeled("bug", 50))) == [("C1", "morgan")]


def test_the_story_tells_each_step_once() -> None:
    """Waived, merged, in production: in their order, and no second line for the merge."""
    one = incident_thread(pull_request(45, 30, merged=39), waived(6, 36), merged(7, 40))
    shown = [moment for moment in timeline(read(one, SHOWN), TEAM) if moment.get("number") == 45]
    assert [(moment["what"], moment["at"]) for moment in shown] == [
        ("pull request", instant(30)),
        ("waived", instant(35)),
        ("hotfix merged", instant(39)),
        ("in production", instant(50)),
    ]
    assert (shown[1]["by"], shown[1]["rule"], shown[1]["text"]) == ("jordan", "H006", "one generated file")


@pytest.mark.parametrize(
    ("event", "is_open"),
    [
        (pull_request(45, 30), True),
        (pull_request(45, 30, state="closed"), False),
        (pull_request(45, 30, merged=39), False),
    ],
)
def test_a_linked_pull_request_is_open_until_it_is_not(event: Item, is_open: bool) -> None:
    """So that those alone are looked at again."""
    assert [work.open for work in read(incident_thread(event)).works] == [is_open]


def test_a_word_from_elsewhere_starts_no_storm() -> None:
    """An old incident that only a pull request's look has written on is taken in quietly, as any other."""
    old = incident_thread(waived(6, 6_000))
    found = case(old, 6_001).incident
    assert found is not None
    assert found.adopted is not None


def test_a_fact_that_was_never_seen_leaves_with_its_comment() -> None:
    """Deleted before the card knew of it: nothing is made up."""
    assert read(without(incident_thread(merged(7, 40)), 7, 41)).hotfixes == ()
