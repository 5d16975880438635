"""Which commits are asked for their workflow runs, and that none is on any other look."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.values import (
    REPOSITORY,
    SHA,
    World,
    card,
    closed,
    comment,
    decided,
    deployment,
    incident_thread,
    merge,
    merged,
    pull_request,
    snapshot,
)

from stanch.core.case import case_of
from stanch.core.ledger import Ledger
from stanch.core.run_questions import commits_of, commits_to_ask
from stanch.core.sent import Sent
from stanch.core.thread import Item, Merge, Repository
from stanch.core.wanted import ChildIssue, Text
from stanch.core.writes import CreateIssue, EditIssue

BAD, BEFORE, LATE, WORK = (digit * 40 for digit in "abcd")
DEPLOYED = replace(REPOSITORY, deployments=(deployment("1", -20, BAD),))
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


def named(repository: Repository, *items: Item) -> tuple[str, ...]:
    incident = case_of(snapshot(incident_thread(*items), 300, repository=repository)).incident
    assert incident is not None
    return commits_of(incident, repository)


def merge_of(sha: str, number: int = 11, when: float = -60) -> Merge:
    return replace(merge(number, when), sha=sha)


BECAME = replace(REPOSITORY, merges=(merge_of(WORK, 14, 19),))
NAMED: list[tuple[str, Repository, tuple[Item, ...], tuple[str, ...]]] = [
    ("nothing", REPOSITORY, (), ()),
    ("deployed the day before", DEPLOYED, (), (BAD,)),
    ("deployed before that", replace(REPOSITORY, deployments=(deployment("1", -1441, BAD),)), (), ()),
    ("merged the day before", replace(REPOSITORY, merges=(merge_of(BEFORE),)), (), (BEFORE,)),
    ("deployed meanwhile", replace(REPOSITORY, deployments=(deployment("1", 20, BAD),)), (closed(30),), (BAD,)),
    ("deployed after the end", replace(REPOSITORY, deployments=(deployment("1", 40, BAD),)), (closed(30),), ()),
    ("a merged hotfix", REPOSITORY, (merged(7, 40),), (SHA,)),
    ("a merged pull request", BECAME, (pull_request(14, 18, 19),), (WORK,)),
    ("one whose commit is unknown", REPOSITORY, (pull_request(14, 18, 19),), ()),
    ("one that is open", replace(REPOSITORY, merges=(merge_of(WORK, 14, 400),)), (pull_request(14, 18),), ()),
    ("what is no commit's id", replace(REPOSITORY, deployments=(deployment("1", -20, "v1.4"),)), (), ()),
]  # fmt: skip # one row each


@pytest.mark.parametrize(("repository", "items", "expected"), [row[1:] for row in NAMED], ids=[row[0] for row in NAMED])
def test_the_commits_that_the_record_names(
    repository: Repository, items: tuple[Item, ...], expected: tuple[str, ...]
) -> None:
    """What came before, what was deployed meanwhile, and what mended it."""
    assert named(repository, *items) == expected


def test_what_mended_it_comes_first_and_each_once() -> None:
    """Where not all can be asked, those of the day before are the ones that go."""
    deployments = (deployment("3", 50, SHA), deployment("2", 20, LATE), deployment("1", -20, BAD))
    repository = replace(REPOSITORY, deployments=deployments, merges=(merge_of(WORK, 14, 19), merge_of(BAD)))
    assert named(repository, merged(7, 40), pull_request(14, 18, 19)) == (SHA, WORK, LATE, BAD)


def asked(world: World, now: float | datetime, sent: Sent | None = None, *, children: bool = True) -> tuple[str, ...]:
    case, wanted = decided(world.seen(now, children=children), sent)
    return commits_to_ask(case, wanted, sent or Sent())


OVER = World(incident_thread(comment(1, "jordan", "/take", 3), closed(60)), repository=DEPLOYED)


def test_they_are_asked_by_the_pass_that_opens_a_post_mortem() -> None:
    """Once it was looked for, and was not there."""
    assert asked(OVER, 61) == (BAD,)
    assert asked(OVER, 61, children=False) == ()


def test_no_other_look_asks() -> None:
    """Not while it burns, not once the issue is there or was sent, not where none is due."""
    burning = replace(OVER, thread=incident_thread(comment(1, "jordan", "/take", 3)))
    assert asked(burning, 61) == ()
    assert asked(replace(OVER, thread=incident_thread(closed(60), severity=3)), 61) == ()
    there = OVER.looked_at(61)
    assert (len(there.children), asked(there, 62), asked(there, 62, children=False)) == (1, (), ())
    sent = Sent().plus(CreateIssue("12/postmortem", "t", "b", (), ()), None)
    assert asked(OVER, 61, sent) == ()


def test_another_child_is_not_worth_the_question() -> None:
    """An issue for a root cause or a review has no timeline."""
    known = card(9, Ledger(children={"12/postmortem": 13}))
    world = World(incident_thread(known, comment(1, "jordan", "/resolve", 60)), repository=DEPLOYED)
    case, wanted = decided(world.seen(61, children=True))
    other = ChildIssue("12/root-cause", Text("issues/root_cause_title", {}), Text("issues/root_cause", {}))
    assert commits_to_ask(case, (*wanted, other), Sent()) == ()


def short() -> World:
    """Mitigated on Tuesday, open on Thursday with a short post-mortem, resolved on Friday."""
    world = World(incident_thread(comment(1, "jordan", "/take\n/status mitigated", 60)), repository=DEPLOYED)
    world = world.looked_at(61).looked_at(datetime(2026, 11, 19, 18, tzinfo=UTC))
    return world.then(comment(2, "jordan", "/resolve", FRIDAY))


def test_they_are_asked_by_the_pass_that_lengthens_one() -> None:
    """Not by the passes before and after it."""
    world = short()
    assert asked(world, FRIDAY) == (BAD,)
    assert asked(world.looked_at(FRIDAY), FRIDAY) == ()
    (child,) = world.children
    assert asked(world, FRIDAY, Sent().plus(EditIssue(child.number, "the long form"), None)) == ()


def test_a_long_form_is_sent_once_although_its_runs_are_asked_once() -> None:
    """A read that lags shows the short form still; the next pass has asked nothing, and must not write that over it."""
    world = short()
    (child,) = world.children
    sent = Sent().plus(EditIssue(child.number, "the long form, with its runs"), None)
    assert [one for one in world.planned(FRIDAY) if isinstance(one, EditIssue)] != []
    assert [one for one in world.planned(FRIDAY, sent) if isinstance(one, EditIssue)] == []


def test_where_people_have_written_nothing_is_asked() -> None:
    """Their text stays, and what is said below it has no timeline."""
    world = short()
    (child,) = world.children
    assert asked(replace(world, children=(replace(child, edited_at=FRIDAY),)), FRIDAY) == ()
    assert asked(replace(world, children=(replace(child, open=False),)), FRIDAY) == ()
