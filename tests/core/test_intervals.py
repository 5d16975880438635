"""How long it took, against what was promised; and what is asked because of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.values import (
    REPOSITORY,
    TEAM,
    closed,
    comment,
    deployment,
    form,
    incident_in,
    incident_thread,
    instant,
    labeled,
    merge,
    merged,
    reopened,
    thread,
    waived,
)

from stanch.core.config import Config
from stanch.core.factors import factors
from stanch.core.incident import Incident
from stanch.core.intervals import Interval, Leg, intervals
from stanch.core.questions import questions
from stanch.core.thread import Actor, Deployment, Item, Repository, Thread


def read(of: Thread, repository: Repository = REPOSITORY, config: Config = TEAM) -> Incident:
    return incident_in(of, 4000, config, repository)


def said(body: str, when: float) -> Item:
    return comment(int(when * 10) + 1, "jordan", body, when)


def kept(leg: Leg, *items: Item, severity: int = 1) -> tuple[int | None, int | None, int]:
    one = intervals(read(incident_thread(*items, severity=severity)), TEAM)[leg]
    return one.took, one.target, one.late


@pytest.mark.parametrize(
    ("items", "severity", "expected"),
    [
        ([said("/ack", 12)], 1, (720, 300, 420)),
        ([said("/ack", 5)], 1, (300, 300, 0)),
        ([said("/ack", 12)], 2, (720, 900, 0)),
        ([said("/ack", 12)], 3, (720, None, 0)),
        ([], 1, (None, 300, 0)),
        ([said("/ack", 12), said("/sev 3 smaller", 20)], 1, (720, 300, 420)),
        ([said("/sev 1 worse", 20), said("/ack", 24)], 3, (1440, None, 0)),
        ([said("/sev 1 worse", 20), said("/ack", 27)], 3, (1620, None, 120)),
    ],
)
def test_the_acknowledgement_is_held_against_what_was_promised_then(
    items: list[Item], severity: int, expected: tuple[int | None, int | None, int]
) -> None:
    """The severity that held at that time decides; one that was set later counts from then, and shows no length."""
    assert kept(Leg.ACKNOWLEDGE, *items, severity=severity) == expected


def test_a_promise_that_is_no_length_is_an_instant() -> None:
    """The same business day ends at closing time."""
    one = intervals(read(incident_thread(closed(20 * 60), severity=2)), TEAM)[Leg.MITIGATE]
    assert (one.took, one.target, one.due, one.late) == (20 * 3600, None, instant(16 * 60), 4 * 3600)


def test_the_fix_is_kept_by_a_hotfix_in_production() -> None:
    """Users being fine again is told as it was said; the promise was kept when the fix arrived."""
    of = incident_thread(merged(7, 100), said("/status mitigated", 130))
    live = replace(REPOSITORY, deployments=(deployment("3", 110, "4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70"),))
    found = (intervals(read(of, one), TEAM)[Leg.MITIGATE] for one in (live, REPOSITORY))
    assert [(one.took, one.late) for one in found] == [(7800, 0), (7800, 600)]


def test_a_reopening_starts_the_promise_again() -> None:
    """How long it took in all counts from detection; what was promised counts from when it broke again."""
    again = kept(Leg.MITIGATE, closed(30), reopened(600), said("/status mitigated", 700))
    assert again == (42_000, None, 0)


def test_only_a_public_word_tells_clients() -> None:
    """An internal update is none; where no message is promised and none was sent, nothing is said of it."""
    assert kept(Leg.TELL, said("/status identified It is the cart.", 5), said("/update! Sorry.", 20)) == (
        1200,
        900,
        300,
    )
    assert kept(Leg.TELL, said("/status identified It is the cart.", 5)) == (None, 900, 0)
    quiet = intervals(read(incident_thread()), replace(TEAM, tells_clients=False))
    assert Leg.TELL not in quiet
    assert list(intervals(read(incident_thread(said("/update! Sorry.", 20))), replace(TEAM, tells_clients=False))) == [
        Leg.DETECT, Leg.ACKNOWLEDGE, Leg.TELL, Leg.MITIGATE, Leg.RESOLVE,
    ]  # fmt: skip


def test_an_old_incident_that_was_adopted_was_promised_nothing() -> None:
    """Nobody was late before Stanch came."""
    one = intervals(read(incident_thread(closed(10), severity=2)), TEAM)[Leg.ACKNOWLEDGE]
    adopted = replace(read(incident_thread()), adopted=instant(5000))
    assert one.due is not None
    assert intervals(adopted, TEAM)[Leg.ACKNOWLEDGE] == Interval(Leg.ACKNOWLEDGE, None)


def asked(*items: Item, body: str = "", config: Config = TEAM) -> list[str]:
    incident = read(incident_thread(*items, body=body))
    return [str(one["what"]) for one in questions(incident, config, intervals(incident, config))]


QUIET = (
    said("/timeline first error | 01:50 UTC", 1),
    said("/ack", 2),
    said("/update! We are on it.", 10),
    said("/contain flag x", 12),
    said("/status mitigated", 30),
    said("/verify failure neighbours containment", 35),
    closed(40),
)
"""An incident that raises no question of its own."""


def without(place: int, *more: Item) -> tuple[Item, ...]:
    return tuple(sorted((*(one for at, one in enumerate(QUIET) if at != place), *more), key=lambda item: item.at))


RAISED: list[tuple[str, tuple[Item, ...], list[str]]] = [
    ("none", QUIET, []),
    ("slow to detect", without(0, said("/timeline first error | 01:44 UTC", 1)), ["slow to detect"]),
    ("a quarter of an hour is not slow", without(0, said("/timeline first error | 01:45 UTC", 1)), []),
    ("start unknown", without(0), ["start unknown"]),
    ("told by clients", without(-1, labeled("client-report", 0)), ["told by clients"]),
    ("late to acknowledge", (said("/timeline x | 01:50", 9), *without(1)[1:]), ["late to acknowledge"]),
    ("clients told late", without(2, said("/update! Sorry.", 16)), ["clients told late"]),
    ("clients never told", without(2), ["clients never told"]),
    ("nothing contained", without(3), ["nothing contained"]),
    (
        "slow to mitigate",
        without(4, said("/status identified", 13), said("/status mitigated", 29)),
        ["slow to mitigate"],
    ),
    ("quick to mitigate", without(4, said("/status identified", 13), said("/status mitigated", 28)), []),
    ("late update", without(4, said("/status mitigated", 39)), []),
    ("reopened", (*QUIET, reopened(50), said("/verify failure neighbours containment", 55), closed(60)), ["reopened"]),
    ("not verified", without(5), ["not verified"]),
]


@pytest.mark.parametrize(("items", "expected"), [row[1:] for row in RAISED], ids=[row[0] for row in RAISED])
def test_what_the_record_asks(items: tuple[Item, ...], expected: list[str]) -> None:
    """Each question only where a figure or a missing record raises it."""
    assert asked(*items) == expected


def test_nobody_acknowledged_it() -> None:
    """A closing is no acknowledgement."""
    assert "never acknowledged" in asked(closed(60))


def test_an_update_was_late() -> None:
    """The longest silence between two words while users were hurt, and how many there were."""
    items = (*QUIET[:4], said("/update! Still on it.", 45), said("/status mitigated", 90), closed(95))
    incident = read(incident_thread(*items))
    (late,) = [one for one in questions(incident, TEAM, intervals(incident, TEAM)) if one["what"] == "late update"]
    assert (late["at"], late["until"], late["took"], late["target"], late["count"]) == (
        instant(45), instant(90), 2700, 1800, 2,
    )  # fmt: skip
    rules = {level: replace(rule, update=None) for level, rule in TEAM.rules.items()}
    assert "late update" not in asked(*items, config=replace(TEAM, rules=rules))
    hourly = {level: replace(rule, update=timedelta(hours=1)) for level, rule in TEAM.rules.items()}
    assert "late update" not in asked(*items, config=replace(TEAM, rules=hourly))


def evidence(
    *items: Item, body: str = "", repository: Repository = REPOSITORY, config: Config = TEAM
) -> dict[str, list[str]]:
    incident = read(incident_thread(*items, body=body), repository, config)
    found = factors(incident, intervals(incident, config)[Leg.DETECT])
    shown = {str(one["what"]): one["evidence"] for one in found}
    return {name: [one["what"] for one in facts] for name, facts in shown.items() if isinstance(facts, list) and facts}


def test_every_class_is_asked_about_without_evidence_too() -> None:
    """In the same order always."""
    incident = read(incident_thread())
    found = factors(incident, Interval(Leg.DETECT, None))
    assert [one["what"] for one in found] == ["test", "monitoring", "data", "staging", "dependency"]
    assert all(one["evidence"] == [] for one in found)


BEFORE = deployment("2", -20, "7f3c2a1b")
STAGED = deployment("1", -90, "7f3c2a1b", "staging")
OTHER = deployment("0", -200, "c0ffee12", "staging")


@pytest.mark.parametrize(
    ("deployments", "expected"),
    [
        ((BEFORE, OTHER), {"staging": ["past staging"]}),
        ((BEFORE, STAGED), {}),
        ((BEFORE,), {}),
        ((BEFORE, replace(STAGED, at=instant(-10))), {"staging": ["past staging"]}),
        ((BEFORE, replace(STAGED, at=instant(-20 - 25 * 60))), {"staging": ["past staging"]}),
    ],
)
def test_a_deployment_past_staging_is_evidence_where_there_is_a_staging(
    deployments: tuple[Deployment, ...], expected: dict[str, list[str]]
) -> None:
    """Nothing of the same commit there in the 24 hours before; without a staging nobody skipped it."""
    assert evidence(repository=replace(REPOSITORY, deployments=deployments)) == expected


def test_a_staging_that_the_team_named_is_one_although_it_was_never_used() -> None:
    """What the configuration says counts."""
    config = replace(TEAM, stated_staging=True)
    assert evidence(repository=replace(REPOSITORY, deployments=(BEFORE,)), config=config) == {
        "staging": ["past staging"]
    }


def test_what_is_out_of_view_accuses_nobody() -> None:
    """Of fifty deployments that reach back less than a day nobody can say what staging had before them."""
    crowd = tuple(replace(OTHER, id=f"c{n}", at=instant(-n)) for n in range(1, 50))
    assert evidence(repository=replace(REPOSITORY, deployments=(BEFORE, *crowd))) == {}
    old = replace(OTHER, at=instant(-25 * 60))
    assert evidence(repository=replace(REPOSITORY, deployments=(BEFORE, *crowd, old))) == {"staging": ["past staging"]}


@pytest.mark.parametrize(
    ("title", "by", "is_bump"),
    [
        ("Bump stripe from 12.3.1 to 13.0.0", "morgan", True),
        ("chore(deps): bump the group", "morgan", True),
        ("build(deps-dev): Bump x", "morgan", True),
        ("Update dependency django to v5", "morgan", True),
        ("Upgrade to 5", "renovate[bot]", True),
        ("Anything", "dependabot[bot]", True),
        ("Update the total to be rounded once", "morgan", False),
        ("Round totals", "morgan", False),
    ],
)
def test_a_change_of_a_dependency_is_known_by_its_name(title: str, by: str, is_bump: bool) -> None:
    """As people and as the usual tools call it."""
    change = replace(merge(11, -60), title=title, author=Actor(by))
    found = evidence(repository=replace(REPOSITORY, merges=(change,)))
    assert found == ({"dependency": ["bump"]} if is_bump else {})


def test_what_a_hotfix_was_not_held_to_is_evidence_for_its_class() -> None:
    """A waived proof, a staging that was not asked for, a second reader who was missing."""
    found = evidence(waived(6, 36, rule="H003"), merged(7, 40, open=["H011", "H004"], skipped=["H005"]))
    assert found == {"test": ["waived"], "staging": ["not asked"], "dependency": ["not green"]}


def test_what_people_said_is_evidence() -> None:
    """A client who told us first, the trigger and staging as the form says, a long time to detection."""
    told = form() + "\n### What triggers it?\n\nan empty cart\n\n### Can it be reproduced in staging?\n\nyes\n"
    slow = said("/timeline first error | 01:20 UTC", 5)
    found = evidence(labeled("client-report", 1), slow, body=told)
    assert found == {
        "monitoring": ["told by clients", "slow to detect"],
        "data": ["trigger"],
        "staging": ["in staging"],
    }


def test_a_report_without_a_severity_is_nobodys_promise() -> None:
    """It has no figures that anything is held against."""
    legs = intervals(read(thread(labeled("client-report", 0), author="kim")), TEAM)
    assert [one.due for one in legs.values()] == [None] * len(legs)
