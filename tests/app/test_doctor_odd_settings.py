"""`stanch doctor` where settings are many, odd or half there: nothing is taken for missing that was only not seen."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from stanch.sandbox.records import Label
from stanch.sandbox.settings import Protection, Ruleset
from tests.app.clinic import (
    CONFIG,
    CONFIG_PATH,
    HOUR,
    clinic,
    found,
    healthy_files,
    merging,
    pull_rule,
    ran,
    ruled,
    status_rule,
)
from tests.app.rig import Mood, Rig, rigged
from tests.inspections import SWEEP


@pytest.fixture
def world() -> Mood:
    """A healthy repository."""
    return clinic()


@pytest.fixture
def rig(world: Mood, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """A rig at it, with the token of an administrator."""
    with rigged(world, tmp_path, monkeypatch) as one:
        one.set("GITHUB_TOKEN", world.token("alex"))
        yield one


def test_a_label_on_a_far_page_is_there(rig: Rig) -> None:
    """Making it again would be refused, and every sweep would end red."""
    labels = rig.world.repository().labels
    ours = dict(labels)
    labels.clear()
    labels |= {f"area/{n}": Label(f"area/{n}", rig.world.new_id()) for n in range(950)} | ours
    assert found(rig.run("doctor", "--json")) == []


def test_what_has_more_pages_than_one_look_reads_is_unknown(rig: Rig) -> None:
    """Neither fine nor missing; nobody is sent for another token."""
    labels = rig.world.repository().labels
    labels |= {f"area/{n}": Label(f"area/{n}", rig.world.new_id()) for n in range(1000)}
    ran_ = rig.run("doctor", "--fix", "--json")
    assert (ran_.code, found(ran_), rig.world.counts.writes) == (3, ["D018 unknown"], 0)
    text = rig.run("doctor").out
    assert "One look does not reach the end of the labels." in text
    assert "administrator" not in text


def test_whoever_is_beyond_the_pages_of_the_assignable_is_not_called_unassignable(rig: Rig) -> None:
    """Of a list that was cut nobody knows who is not in it."""
    rows = json.dumps([{"login": f"p{n}"} for n in range(100)]).encode()
    cut = (200, {"Content-Type": "application/json"}, rows)
    rig.world.says = lambda asked: cut if asked.path.startswith("/repos/harbour/checkout/assignees") else None
    assert found(rig.run("doctor", "--json")) == []


def test_sweeps_that_somebody_else_starts_hide_no_schedule(rig: Rig) -> None:
    """An uptime monitor may start one every few minutes, as the doctor itself proposes."""
    repo, at = rig.world.repository(), rig.world.clock.now
    for n in range(40):
        ran(rig.world, repo, SWEEP, n / 100)
    repo.runs = {
        id_: replace(run, event="workflow_dispatch") if run.at > at - HOUR / 2.1 else run
        for id_, run in repo.runs.items()
    }
    assert found(rig.run("doctor", "--json")) == []


def test_rulesets_and_classic_protection_count_together(rig: Rig) -> None:
    """Of each the strictest, whichever of the two names it."""
    repo = rig.world.repository()
    ruled(
        rig.world,
        repo,
        pull_rule(required_approving_review_count=0, dismiss_stale_reviews_on_push=False),
        status_rule(),
    )
    rig.world.person("alex").protects(approvals=1, dismisses_stale=True)
    assert isinstance(next(iter(repo.protections.values())), Protection)
    assert found(rig.run("doctor", "--json")) == []


def test_a_ruleset_for_tags_is_none_for_branches(rig: Rig) -> None:
    """It is not named as one that sleeps."""
    repo = rig.world.repository()
    repo.rulesets = {7: Ruleset(7, "releases", rig.world.clock.now, target="tag", enforcement="disabled")}
    assert "releases" not in rig.run("doctor").out


def test_a_branch_that_does_not_exist_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the configuration, and nothing that a token could help with; no ruleset is offered for it."""
    files = {**healthy_files(), CONFIG_PATH: CONFIG + "hotfix: {production-branch: prod}\n"}
    world = clinic(files)
    with rigged(world, tmp_path, monkeypatch) as rig:
        rig.set("GITHUB_TOKEN", world.token("alex"))
        assert found(rig.run("doctor", "--json")) == ["D008 branch", "D025 gone"]
        assert "There is no branch `prod`" in rig.run("doctor", "--fix", "--yes").out
    assert world.counts.writes == 0


def test_no_rule_forbids_the_only_way_of_merging(rig: Rig) -> None:
    """Where pull requests cannot be squashed, a rule that allows squashing alone would shut the branch."""
    repo = rig.world.repository()
    ruled(rig.world, repo)
    merging(squash=False)(rig.world, repo)
    rig.run("doctor", "--fix", "--yes")
    (made,) = [one for one in repo.rulesets.values() if one.name == "stanch"]
    assert all("allowed_merge_methods" not in (rule.parameters or {}) for rule in made.rules)
    assert found(rig.run("doctor", "--json")) == ["D026 off"]


def test_a_second_ruleset_has_a_name_of_its_own(rig: Rig) -> None:
    """GitHub takes no name twice, and the first one may have been weakened or switched off since."""
    repo = rig.world.repository()
    ruled(rig.world, repo, pull_rule())
    repo.rulesets = {
        1: replace(repo.rulesets[1], name="stanch"),
        2: Ruleset(2, "Stanch 2", rig.world.clock.now, (status_rule(),), enforcement="disabled"),
    }
    assert rig.run("doctor", "--fix", "--yes").code == 0
    assert [one.name for one in repo.rulesets.values()] == ["stanch", "Stanch 2", "stanch 3"]
