"""What follows the merge of a hotfix: how to take it back, who mends the cause, who reads what went round the gate."""

from dataclasses import replace

import pytest
from tests.pulls import (
    GOOD,
    Gathered,
    as_case,
    instant,
    merged,
    plus_line,
    with_body,
    with_config,
    with_file,
    with_severity,
)
from tests.values import REPOSITORY, TEAM

from stanch.core.case import Case
from stanch.core.clock import business_days_after
from stanch.core.landing import Landing
from stanch.core.ledger import Ledger
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Thread
from stanch.core.wanted import ChildIssue, Notice, Told
from stanch.practices.followup import followup, pushed

MERGED = merged(GOOD, 58)
ROUND = merged(GOOD, 58, parents=("1", "2"))
ALEX, JORDAN, MORGAN = "alex", "jordan", "morgan"


def child(of: Gathered, name: str) -> ChildIssue:
    (found,) = (want for want in followup(as_case(of)) if isinstance(want, ChildIssue) and want.key == f"41/{name}")
    return found


@pytest.mark.parametrize("of", [GOOD, with_body(merged(GOOD), "")], ids=["it is open", "GitHub names no commit"])
def test_nothing_to_do(of: Gathered) -> None:
    """Before the merge, and while nobody knows what came of it, there is nothing to take back."""
    untold = of.pull.merged and replace(of.pull.merged, sha="")
    assert list(followup(as_case(replace(of, pull=replace(of.pull, merged=untold))))) == []


def test_a_merge_is_told_here_and_on_the_incident_and_its_cause_is_followed() -> None:
    """One notice, one word on the incident, one issue; no review, where the gate was green."""
    wanted = list(followup(as_case(MERGED)))
    assert [type(want) for want in wanted] == [Notice, Told, ChildIssue]
    assert [want.key for want in wanted if isinstance(want, Notice | Told)] == ["41/merged", "12/merged/41"]


def test_the_cause_has_an_owner_a_date_and_its_labels() -> None:
    """Whoever the text names, else who leads the incident; the date stands where a machine finds it."""
    cause = child(MERGED, "root-cause")
    assert (cause.labels, cause.assignees, "due" in cause.stamp) == (("bug", "root-cause"), ("morgan",), True)
    assert child(plus_line(MERGED, "Root-cause owner: @jordan"), "root-cause").assignees == ("jordan",)


def bare(people: tuple[str, ...] = TEAM.people) -> Case:
    """The repository itself, as a case without a thread."""
    return Case(Snapshot(instant(60), REPOSITORY, Thread(0), replace(TEAM, people=people)), Ledger())


def test_the_cause_is_due_in_business_days_from_the_merge_on() -> None:
    """Five after a SEV-1, at the end of the working day, however much later it is looked at."""
    later = replace(with_severity(MERGED, 1), now=instant(9_000))
    assert child(later, "root-cause").text.view["due"] == business_days_after(instant(58), 5, GOOD.config.calendar)


def test_what_calls_itself_temporary_is_followed_as_such() -> None:
    """By its text, or by a mark in the code itself."""
    marked = merged(with_file(GOOD, "hack.py", "x = 1\n", "x = 1\n# HACK: until the cart is rewritten\n"), 58)
    said = plus_line(MERGED, "Workaround: yes")
    assert [child(of, "root-cause").text.view["temporary"] for of in (MERGED, said, marked)] == [False, True, True]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Incident: #12", 12),
        ("Incident: octo/shop#12", 12),
        ("Incident: other/shop#12", 0),
        ("Incident: other/shop#13, #12", 12),
        ("Like in #12.", 0),
    ],
)
def test_what_was_pushed_belongs_to_the_incident_that_it_names(line: str, number: int) -> None:
    """Here; an issue of another repository has a number that means something else."""
    assert pushed(bare(), Landing("f" * 40, f"Mend it\n\n{line}\n", ALEX)).text.view["incident"] == number


@pytest.mark.parametrize(
    ("people", "readers"),
    [((), 2), ((ALEX,), 0), ((ALEX, JORDAN), 1), ((ALEX, JORDAN, MORGAN), 2)],
    ids=["nobody knows how many", "alone", "a team of two", "a team of three"],
)
def test_as_many_read_it_as_there_are(people: tuple[str, ...], readers: int) -> None:
    """What went round the gate is read by two others, as far as there are two."""
    assert child(with_config(ROUND, people=people), "review-owed").text.view["readers"] == readers
    arrived = pushed(bare(people), Landing("f" * 40, "Mend it", ALEX))
    assert (arrived.labels, arrived.text.view["readers"]) == (("review-owed",), readers)


def test_the_incident_remembers_what_did_not_stand() -> None:
    """With the merge itself, for whoever reads its thread next."""
    (told,) = (want for want in followup(as_case(ROUND)) if isinstance(want, Told))
    assert told.fact["open"] == ["H009"]
