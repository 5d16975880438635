"""H009: one commit on production, so that one command takes it back."""

from dataclasses import replace
from typing import Any

import pytest
from tests.pulls import GOOD, Gathered, commit, merged, row, with_pull
from tests.rule_tables import Asked, Line, Table, answers, each, unchanged


def settings(g: Gathered, **fields: Any) -> Gathered:
    return replace(g, settings=replace(g.settings, **fields))


def rebased(g: Gathered) -> Gathered:
    """Two commits that came over one by one: the last one says what it said on the branch."""
    two = (commit(message="Find the empty cart"), commit(message="Sum it"))
    after = merged(with_pull(g, commits=two))
    assert after.pull.merged is not None
    return with_pull(after, merged=replace(after.pull.merged, message="Sum it"))


def one_rebased(g: Gathered) -> Gathered:
    after = merged(g)
    assert after.pull.merged is not None
    return with_pull(after, merged=replace(after.pull.merged, message=g.pull.commits[-1].message))


def untold(g: Gathered) -> Gathered:
    after = merged(g)
    assert after.pull.merged is not None
    return with_pull(after, merged=replace(after.pull.merged, sha="", parents=()))


TABLE: Table = {
    "a good one": Line(unchanged, "pass/may"),
    "it may be squashed among other ways": Line(lambda g: settings(g, merge_commit=True), "pass/may"),
    "it may not": Line(lambda g: settings(g, squash=False, merge_commit=True), "fail/not-allowed"),
    "squashed": Line(merged, "pass/squashed"),
    "merged with a merge commit": Line(lambda g: merged(g, parents=("1", "2")), "fail/merge-commit"),
    "a commit without a parent": Line(lambda g: merged(g, parents=()), "fail/merge-commit"),
    "an octopus": Line(lambda g: merged(g, parents=("1", "2", "3")), "fail/merge-commit"),
    "rebased": Line(rebased, "fail/rebased"),
    "one commit, rebased, is one commit": Line(one_rebased, "pass/squashed"),
    "GitHub does not say": Line(untold, "unknown/unknown"),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H009", asked)
    assert found == told


def test_it_says_which_button_where_there_are_several() -> None:
    """Only where something else could be chosen."""
    assert row(settings(GOOD, rebase=True), "H009").finding.values["others"] is True
    assert row(GOOD, "H009").finding.values["others"] is False
