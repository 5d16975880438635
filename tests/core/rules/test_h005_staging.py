"""H005: this very commit ran somewhere before it runs where users are."""

from dataclasses import replace

import pytest
from tests.pulls import (
    GOOD,
    NEXT_HEAD,
    STAGED,
    Change,
    Gathered,
    commit,
    decision,
    incident_thread,
    instant,
    row,
    verdict,
    with_config,
    with_incident,
    with_pull,
    with_thread,
)
from tests.rule_tables import Asked, Line, Table, answers, each, unchanged
from tests.values import deployment, labeled, person, unlabeled

from stanch.core.rules.h005_staging import STAGING_SKIPPED
from stanch.core.thread import Deployment

MILDER = (2, 3, 4)


def deployed(*ones: Deployment) -> Change:
    return lambda g: with_pull(g, deployments=ones)


def to(environment: str, state: str = "success", when: float = 35) -> Deployment:
    return replace(STAGED, environment=environment, state=state, at=instant(when))


def no_staging(g: Gathered) -> Gathered:
    return with_pull(replace(g, settings=replace(g.settings, environments=("production",))), deployments=())


def both(*changes: Change) -> Change:
    def change(g: Gathered) -> Gathered:
        for one in changes:
            g = one(g)
        return g

    return change


def asks(name: str, change: Change, answer: str) -> dict[str, Line]:
    """What is asked below SEV-1, and may be skipped there."""
    return {name: Line(change, answer, MILDER), f"{name}, in a SEV-1": Line(change, "skip/sev-1", (1,))}


TABLE: Table = {
    "a good one": Line(unchanged, "pass/deployed"),
    "a preview of this very commit": Line(deployed(to("preview/pr-41")), "pass/deployed"),
    "staging, spelt otherwise": Line(deployed(to("Staging")), "pass/deployed"),
    "a preview, spelt otherwise in the config": Line(
        both(deployed(to("preview-41")), lambda g: with_config(g, preview=("Preview*",))), "pass/deployed"
    ),
    "a second environment of staging": Line(
        both(deployed(to("stage-2")), lambda g: with_config(g, staging=("stage-1", "stage-2"), stated_staging=True)),
        "pass/deployed",
    ),
    "it failed, and then did not": Line(deployed(to("staging", "failure", 30), to("staging")), "pass/deployed"),
    "one is replaced and one stands": Line(deployed(to("staging", "inactive"), to("preview-41")), "pass/deployed"),
    "no staging anywhere": Line(no_staging, "skip/no-staging"),
    "the team has none, and says so": Line(lambda g: with_config(deployed()(g), staging=()), "skip/no-staging"),
    **asks("nothing deployed", deployed(), "fail/not-deployed"),
    **asks("another commit", deployed(replace(STAGED, sha=NEXT_HEAD)), "fail/not-deployed"),
    **asks("to production", deployed(to("production")), "fail/not-deployed"),
    **asks("to some place of the author's", deployed(to("my-staging")), "fail/not-deployed"),
    **asks("it is under way", deployed(to("staging", "in_progress")), "pending/under-way"),
    **asks("it waits for somebody", deployed(to("staging", "waiting")), "pending/under-way"),
    **asks("it failed", deployed(to("staging", "failure")), "fail/failed"),
    **asks("it succeeded, and then failed", deployed(to("staging"), to("staging", "error", 36)), "fail/failed"),
    **asks(
        "it succeeded, and then failed, the newest told first",
        deployed(to("staging", "error", 36), to("staging")),
        "fail/failed",
    ),
    **asks(
        "it succeeded, and then failed, spelt otherwise",
        deployed(to("Staging"), to("staging", "error", 36)),
        "fail/failed",
    ),
    **asks("another one replaced it", deployed(to("staging", "inactive")), "fail/replaced"),
    **asks(
        "the config names one that is nowhere seen",
        both(no_staging, lambda g: with_config(g, staging=("stage",), stated_staging=True)),
        "fail/not-deployed",
    ),
    **asks(
        "a deployment of another commit shows that there is one",
        both(no_staging, lambda g: replace(g, deployments=(deployment("9", 1, "1", "staging"),))),
        "fail/not-deployed",
    ),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H005", asked)
    assert found == told


def test_what_a_sev_1_skips_is_owed() -> None:
    """It is seen in staging on the next business day."""
    assert STAGING_SKIPPED in {debt.kind for debt in decision(deployed()(GOOD)).debts}
    assert STAGING_SKIPPED not in {debt.kind for debt in decision(GOOD).debts}


def test_the_author_makes_no_sev_1_of_it() -> None:
    """Relabelling once the pull request is open unlocks nothing; by somebody else, or before, it does."""
    undeployed = deployed()(GOOD)
    relabelled = {
        who: with_incident(undeployed, incident_thread(2, unlabeled("sev-2", when, who), labeled("sev-1", when, who)))
        for who, when in (("alex", 30.0), ("sam", 30.0))
    }
    assert verdict(relabelled["alex"], "H005") == "fail/not-deployed"
    assert verdict(relabelled["sam"], "H005") == "skip/sev-1"
    before = incident_thread(2, unlabeled("sev-2", 10, "alex"), labeled("sev-1", 10, "alex"))
    assert verdict(with_incident(undeployed, before), "H005") == "skip/sev-1"
    opened_alone = with_pull(relabelled["alex"], commits=(commit("kim"),))
    assert verdict(opened_alone, "H005") == "fail/not-deployed"
    otherwise = incident_thread(2, unlabeled("sev-2", 30, "Alex"), labeled("sev-1", 30, "Alex"))
    assert verdict(with_incident(undeployed, otherwise), "H005") == "fail/not-deployed"
    own = incident_thread(1, unlabeled("sev-1", 30, "sam"), labeled("sev-2", 31, "sam"), labeled("sev-1", 32, "alex"))
    assert verdict(with_incident(undeployed, own), "H005") == "fail/not-deployed"


def test_who_ordered_it_from_a_bot_makes_no_sev_1_of_it() -> None:
    """Whoever is assigned to a bot's pull request may have told it to write that."""
    relabelled = incident_thread(2, unlabeled("sev-2", 30, "sam"), labeled("sev-1", 30, "sam"))
    undeployed = with_thread(deployed()(with_incident(GOOD, relabelled)), author=person("copilot[bot]"))
    assert verdict(with_thread(undeployed, assignees=("sam",)), "H005") == "fail/not-deployed"
    assert verdict(with_thread(undeployed, assignees=("jordan",)), "H005") == "skip/sev-1"


def test_it_shows_who_deployed_it() -> None:
    """Anybody who may push can say that something was deployed: the row says who did."""
    forged = with_pull(GOOD, deployments=(replace(STAGED, creator=GOOD.pull.thread.author),))
    assert row(forged, "H005").finding.values["by"] == "alex"
