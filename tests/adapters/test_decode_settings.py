"""GitHub's own examples of settings, as the doctor reads them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from stanch.adapters import decode_settings as decode
from stanch.adapters.answer import At
from stanch.core.access import Access
from stanch.core.doctor.inspection import ActionsPolicy, BranchRules, RunSeen, Unknown
from stanch.core.errors import NotReadable
from tests.official import shapes

REPO = "GET /repos/{owner}/{repo}"


def official(operation: str) -> At:
    """GitHub's own example of an answer."""
    value: Any = next(
        one["value"] for one in shapes.examples() if (one["operation"], one["of"]) == (REPO + operation, "200")
    )
    return At(value, ("an example",))


def test_a_repository() -> None:
    """How it merges is told to whoever may push, and unknown to anybody else."""
    home = decode.home(official(""))
    assert (home.full_name, home.default_branch, home.owned_by_people) == ("octocat/Hello-World", "master", True)
    assert (home.archived, home.has_issues, home.merges) == (False, True, frozenset({"squash", "merge", "rebase"}))
    untold = {key: value for key, value in _value(official("")).items() if key != "allow_squash_merge"}
    assert isinstance(decode.home(At(untold, ())).merges, Unknown)


def _value(at: At) -> dict[str, Any]:
    assert isinstance(at.value, dict)
    return at.value


def test_the_policy_of_actions() -> None:
    """With the selected ones where some are selected; where Actions are off, nothing else is told."""
    policy = decode.policy(official("/actions/permissions"), official("/actions/permissions/selected-actions"))
    patterns = ("monalisa/octocat@*", "docker/*")
    assert policy == ActionsPolicy(
        allowed="selected", verified=False, patterns=patterns, pins_required=policy.pins_required
    )
    assert decode.policy(At({"enabled": False}, ()), None) == ActionsPolicy(enabled=False)


def test_a_workflow_is_told_by_the_offset_of_githubs_servers() -> None:
    """Its instants are not in UTC, as everywhere else."""
    first = decode.workflow(next(official("/actions/workflows")["workflows"].each()))
    assert (first.path, first.state) == (".github/workflows/blank.yaml", "active")
    assert first.since == datetime(2020, 1, 9, 7, 48, 37, tzinfo=UTC)
    with pytest.raises(NotReadable, match="an instant"):
        decode.workflow(At({"id": 1, "path": "a", "state": "active", "created_at": "soon"}, ()))


def test_a_run() -> None:
    """One that has not ended has no conclusion."""
    run = decode.run(next(official("/actions/workflows/{workflow_id}/runs")["workflow_runs"].each()))
    assert run == RunSeen("push", datetime(2020, 1, 22, 19, 33, 8, tzinfo=UTC), "queued")


def test_labels_and_people() -> None:
    """A label without a description has an empty one; a collaborator's access is their greatest right."""
    assert next(decode.label(one).name for one in official("/labels").each()) == "bug"
    assert decode.label(At({"name": "a", "color": "ededed", "description": None}, ())).description == ""
    assert [decode.access(one) for one in official("/collaborators").each()] == [Access.WRITE]
    assert decode.access(At({"login": "alex"}, ())) is Access.NONE


def test_rules_that_are_none_of_ours_ask_for_nothing() -> None:
    """A pattern for messages of commits is no review."""
    assert decode.branch_rules(official("/rules/branches/{branch}").each()) == BranchRules()


def test_classic_protection_as_older_servers_tell_it() -> None:
    """Its required contexts have no source."""
    rules = decode.branch_rules((), (), official("/branches/{branch}/protection"))
    assert (rules.approvals, rules.stale) == (2, True)
    assert rules.statuses == {"continuous-integration/travis-ci": None}
    contexts = At({"required_status_checks": {"contexts": ["stanch/hotfix", "ci"]}}, ())
    sourced = decode.branch_rules((checked({"context": "stanch/hotfix", "integration_id": 15368}),), (), contexts)
    assert sourced.statuses == {"stanch/hotfix": 15368, "ci": None}


def pull(**told: object) -> At:
    return At({"type": "pull_request", "parameters": told}, ())


def checked(*checks: dict[str, object]) -> At:
    return At({"type": "required_status_checks", "parameters": {"required_status_checks": list(checks)}}, ())


def test_of_several_rules_the_strictest_counts() -> None:
    """The most approvals, the fewest ways of merging, and the source that anybody names."""
    rules = decode.branch_rules(
        (
            pull(required_approving_review_count=1, allowed_merge_methods=["squash", "rebase"]),
            pull(required_approving_review_count=2, require_last_push_approval=True, allowed_merge_methods=["squash"]),
            checked({"context": "stanch/hotfix", "integration_id": 15368}, {"context": "ci"}),
            checked({"context": "stanch/hotfix"}),
            At({"type": "deletion"}, ()),
        ),
        classic=At({"required_status_checks": {"checks": [{"context": "ci", "app_id": -1}]}}, ()),
    )
    assert (rules.approvals, rules.last_push, rules.stale) == (2, True, False)
    assert rules.merges == frozenset({"squash"})
    assert rules.statuses == {"stanch/hotfix": 15368, "ci": None}


def test_variables_by_name() -> None:
    """As they are spelt."""
    told = decode.pairs(official("/actions/variables")["variables"].each())
    assert told == {"USERNAME": "octocat", "EMAIL": "octocat@github.com"}
