"""What a team asks of every pull request into production, as advice: it is said, and stops nothing."""

from dataclasses import replace

from tests.pulls import GOOD, pull_case, with_body, with_config, with_file, with_incident, with_pull

from stanch.core.config_hotfix import EveryPull
from stanch.core.gathered import Gathered
from stanch.practices.hotfix import state_of

RELEASE = with_incident(with_body(with_pull(GOOD, head="basket-rules"), "An ordinary release."), None)


def asking(of: Gathered, *every: EveryPull) -> Gathered:
    return with_config(of, hotfix=replace(of.config.hotfix, every=every))


def codes(of: Gathered) -> list[str]:
    return [row.code for row in pull_case(of).advice]


def test_nothing_is_asked_unless_the_team_says_so() -> None:
    """An ordinary pull request has no decision, no advice, and a green status."""
    case = pull_case(RELEASE)
    assert (case.decision, case.advice, state_of(case).value) == (None, (), "success")


def test_a_rollback_can_be_asked_of_every_release() -> None:
    """What is missing is said; the status stays green, because it is advice."""
    case = pull_case(asking(RELEASE, EveryPull.ROLLBACK))
    assert [(row.code, row.finding.why, row.stands) for row in case.advice] == [("H007", "missing", True)]
    assert state_of(case).value == "success"


def test_a_second_reader_can_be_asked_of_every_bump() -> None:
    """A major version in an ordinary release is said to need one; the status stays green."""
    bumped = asking(
        with_file(RELEASE, "requirements.txt", "django==4.2.1\n", "django==5.0.0\n"), EveryPull.DEPENDENCIES
    )
    case = pull_case(bumped)
    assert [(row.code, row.finding.why, row.stands) for row in case.advice] == [("H011", "one-more", True)]
    assert state_of(case).value == "success"


def test_what_stands_is_not_told() -> None:
    """A release that says how to go back gets no comment about it; without a bump there is nothing about bumps."""
    told = with_body(RELEASE, "Rollback: Revert this pull request and deploy release 140 again.")
    assert codes(asking(told, EveryPull.ROLLBACK, EveryPull.DEPENDENCIES)) == []


def test_only_production_is_asked() -> None:
    """A pull request into another branch is none of a release's business."""
    assert codes(asking(with_pull(RELEASE, base="develop"), EveryPull.ROLLBACK)) == []


def test_a_hotfix_gets_its_rules_and_no_advice() -> None:
    """The two rules are among its own there."""
    case = pull_case(asking(GOOD, EveryPull.ROLLBACK))
    assert case.decision is not None
    assert case.advice == ()
