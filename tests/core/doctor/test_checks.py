"""Every check of the doctor on set-ups with one thing wrong, and on one with nothing."""

import re
from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest
from tests.core.doctor.cases import CASES, HOME, RULES
from tests.inspections import HOTFIX, OLD, PROVE, RUNS, SHA, SWEEP, configured, healthy, workflow
from tests.source import ROOT

from stanch.core.access import Access
from stanch.core.doctor.checks import CHECKS, CODES, Verdict, examine, worst
from stanch.core.doctor.inspection import (
    ActionsPolicy,
    BranchRules,
    Inspection,
    People,
    Person,
    Release,
    RunSeen,
    Unknown,
)

WHY = re.compile(r'why == "([a-z-]+)"')
GAP = Unknown("something")


def found(seen: Inspection) -> list[str]:
    return [f"{one.code} {one.why}" for one in examine(seen)]


def test_a_healthy_set_up_has_nothing_wrong() -> None:
    """This repository's own workflow files, with the settings that are recommended."""
    assert found(healthy()) == []


@pytest.mark.parametrize("name", CASES)
def test_one_thing_wrong_is_found_and_nothing_else(name: str) -> None:
    """Each case of the table, to the finding."""
    seen, expected = CASES[name]
    assert found(seen) == expected


def test_every_word_of_every_check_has_a_case() -> None:
    """What a check can say, some set-up makes it say."""
    told = {
        f"{code} {why}"
        for code in CODES
        for why in WHY.findall((ROOT / f"templates/doctor/{code.lower()}.md").read_text(encoding="utf-8"))
    }
    assert told == {one for _, expected in CASES.values() for one in expected}


def test_codes_are_counted_without_a_gap() -> None:
    """A code is never used twice, and none is left out."""
    assert [f"D{n:03}" for n in range(1, len(CHECKS) + 1)] == list(CODES)


PARTS = {
    "policy": ["D003", "D004"],
    "listed": ["D015"],
    "sweeps": ["D005", "D016"],
    "recent": ["D005"],
    "labels": ["D018"],
    "people": ["D022"],
    "rules": ["D025"],
    "secrets": ["D027", "D028"],
    "release": ["D014"],
}


@pytest.mark.parametrize("part", PARTS)
def test_what_could_not_be_read_is_neither_fine_nor_a_fault(part: str) -> None:
    """Each part alone: the checks that need it say so, and nothing else changes."""
    findings = examine(healthy(**{part: GAP}))
    assert [one.code for one in findings] == PARTS[part]
    assert {one.verdict for one in findings} == {Verdict.UNKNOWN}


def test_whoever_burns_unseen_is_unknown() -> None:
    """Neither the open incidents nor their watchers are taken for absent."""
    assert [one.verdict for one in examine(healthy(burning=GAP))] == [Verdict.UNKNOWN]
    assert [one.verdict for one in examine(healthy(burning=(12,), watches=GAP))] == [Verdict.UNKNOWN]


def test_what_burns_and_is_watched_is_fine() -> None:
    """By a watcher that runs, or one that waits for its runner."""
    for status in ("in_progress", "queued", "requested"):
        watching = RunSeen("workflow_dispatch", healthy().now, status)
        assert found(healthy(burning=(12,), watches=(watching,))) == []


def test_classic_protection_that_may_not_be_read_may_fill_what_rulesets_lack() -> None:
    """Nothing is called missing that may stand where this token cannot look."""
    assert [one.verdict for one in examine(healthy(rules=BranchRules(hidden=GAP)))] == [Verdict.UNKNOWN]
    assert examine(healthy(rules=replace(RULES, hidden=GAP))) == ()


def test_a_variable_that_may_not_be_read_matters_only_to_labels_of_ones_own() -> None:
    """Whoever has no aliases is not asked to let anybody read variables."""
    assert examine(healthy(variables=GAP)) == ()
    own = configured("people: [alex]\nclients: none\nlabels: {sev-1: [Notfall]}\n")
    assert [one.verdict for one in examine(healthy(**own, variables=GAP))] == [Verdict.UNKNOWN]
    assert examine(healthy(**own, variables={"STANCH_LISTEN": "All"})) == ()
    heard = configured("people: [alex]\nclients: none\nlabels: {sev-1: [P0-Notfall]}\n")
    assert examine(healthy(**heard)) == ()


def test_whoever_works_alone_is_asked_for_no_approval() -> None:
    """One person who may write has nobody to approve: the rest of the rules still holds."""
    alone = People({"alex": Person(Access.MAINTAIN), "sam": Person(Access.READ)})
    seen = healthy(people=alone, rules=replace(RULES, approvals=0, last_push=False, stale=False))
    seen = replace(seen, **configured("people: [alex]\nclients: none\n"))
    assert found(seen) == []
    assert len(found(replace(seen, people=replace(alone, whole=False)))) == 3


def test_without_the_gate_nothing_is_asked_of_branches_and_merging() -> None:
    """A team that has not installed it is not told to protect what it does not judge."""
    seen = healthy(rules=BranchRules(), home=replace(HOME, merges=frozenset({"merge"})))
    files = {path: file for path, file in seen.workflows.items() if path not in {HOTFIX, PROVE}}
    assert found(replace(seen, workflows=files)) == []


def test_who_wrote_the_action_may_use_it_anywhere() -> None:
    """The owner's own actions are allowed by every policy; so is GitHub's, where the policy says so."""
    home = replace(HOME, full_name="stanch-io/site")
    policy = ActionsPolicy(allowed="selected", github_owned=True)
    assert found(healthy(home=home, policy=policy)) == []
    assert found(healthy(policy=replace(policy, patterns=("stanch-io/stanch@*",)))) == []
    assert found(healthy(policy=replace(policy, patterns=("stanch-io/*",)))) == []


def test_a_version_ahead_of_the_newest_release_is_not_old() -> None:
    """Whoever tries what is not released yet is told nothing."""
    assert found(healthy(release=Release("v0.0.9", OLD))) == []


def test_the_worst_verdict_of_a_check_is_the_one_that_is_shown() -> None:
    """A fault before a warning before what is unknown."""
    assert worst(()) is Verdict.FINE
    seen = healthy(policy=GAP, labels=(), remarks=("x",))
    assert worst(examine(seen)) is Verdict.FAULT
    assert worst(one for one in examine(seen) if one.code != "D018") is Verdict.WARNING


def test_a_schedule_that_stopped_years_ago_is_told_at_once() -> None:
    """The first run that was due is enough: what came due every minute since then is not counted."""
    long_ago = healthy().now - timedelta(days=20 * 365)
    each_minute = workflow(SWEEP, ("37 * * * *", "* * * * *"))
    began = process_time()
    assert found(healthy(each_minute, sweeps=(RunSeen("schedule", long_ago, "completed", "success"),))) == [
        "D016 stopped"
    ]
    assert process_time() - began < 2


def test_a_gap_without_an_end_in_sight_is_the_same_a_week_later() -> None:
    """Else an issue that was closed as not planned would come back each Monday."""
    rota = configured("people: [alex]\noncall: {layers: {primary: {people: [alex, jordan], starts: 2027-06-07}}}\n")
    seen = healthy(**rota)
    keys = {
        one.key
        for weeks in (0, 1, 2)
        for one in examine(replace(seen, now=seen.now + timedelta(weeks=weeks)))
        if one.code == "D020"
    }
    assert keys == {"D020:gap:primary"}


def test_a_folder_of_ones_own_needs_no_leave() -> None:
    """Whatever the policy says of actions of others."""
    own = workflow(SWEEP, (f"stanch-io/stanch@{SHA} # v0.1.0", "./"))
    told = [one.about for one in examine(healthy(own, policy=ActionsPolicy(allowed="selected", pins_required=True)))]
    assert told == [f"stanch-io/stanch@{SHA}"]


def test_a_schedule_that_is_hours_late_has_not_stopped() -> None:
    """On bad days runs come twelve hours late."""
    for hours, expected in ((20, []), (28, ["D016 stopped"])):
        sweeps = tuple(replace(run, at=run.at - timedelta(hours=hours)) for run in RUNS)
        assert found(healthy(sweeps=sweeps)) == expected


def test_a_run_that_never_began_neither_fails_nor_hides_those_that_did() -> None:
    """Most runs of an event are skipped by the condition of their job."""
    conclusions = ("skipped", "failure", "cancelled", "failure", "", "failure")
    recent = tuple(replace(run, conclusion=one) for run, one in zip(RUNS, conclusions, strict=False))
    assert found(healthy(recent=recent)) == ["D005 red"]
    assert found(healthy(recent=recent[:4])) == []
