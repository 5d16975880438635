"""What is read beside a pull request: the issues it names, the texts of its files, and what steers the gate."""

from dataclasses import replace

import pytest
from tests.pulls import BASE, GOOD, HEAD, REVERTED, Change, Gathered, changed, merged, revert, with_body, with_pull

from stanch.core.config_hotfix import EveryPull
from stanch.core.own_workflows import GATE_WORKFLOW
from stanch.core.pull import PullState
from stanch.core.wishes import MOST_LINES, MOST_TEXTS, STEERING, Wishes, linked, may_be_hotfix, wishes_of

PLAIN = with_pull(with_body(GOOD, ""), head="feature/names")


def wished(of: Gathered) -> Wishes:
    return wishes_of(of.pull, of.declared, of.config)


MAY_BE: dict[str, tuple[Change, tuple[EveryPull, ...], bool]] = {
    "an ordinary one": (lambda g: g, (), False),
    "by its name, into any branch": (lambda g: with_pull(g, head="hotfix/x", base="develop"), (), True),
    "by its text, into any branch": (lambda g: with_pull(with_body(g, "Incident: ?"), base="develop"), (), True),
    "linked": (lambda g: with_pull(g, closes=(12,)), (), True),
    "linked, into another branch": (lambda g: with_pull(g, closes=(12,), base="develop"), (), False),
    "where something is asked of every one": (lambda g: g, tuple(EveryPull)[:1], True),
    "the same, into another branch": (lambda g: with_pull(g, base="develop"), tuple(EveryPull)[:1], False),
}


@pytest.mark.parametrize(("change", "every", "may_be"), MAY_BE.values(), ids=MAY_BE)
def test_what_may_be_a_hotfix_is_read_as_one(change: Change, every: tuple[EveryPull, ...], may_be: bool) -> None:
    """What calls itself one always; else what is linked, or advised, and goes into production."""
    of = change(PLAIN)
    config = replace(of.config, hotfix=replace(of.config.hotfix, every=every))
    assert may_be_hotfix(of.pull, of.declared, config, "main") is may_be


def test_an_issue_of_another_repository_is_none_of_ours() -> None:
    """It has the number of one that is, and is neither named nor closed here."""
    of = with_body(GOOD, "Incident: other/shop#13\nIncident: octo/shop#12\nFixes other/shop#14\nFixes octo/shop#15\n")
    assert linked(of.pull, of.declared) == (12, 15)


def test_what_it_was_held_for_is_read_however_much_else_is_linked() -> None:
    """Ten issues that are nothing do not push the incident out of sight."""
    of = with_body(GOOD, "\n".join(f"Fixes #{n}" for n in range(100, 120)))
    assert linked(of.pull, of.declared, 12) == (*range(100, 109), 12)


def test_what_the_proof_is_made_with_is_asked_at_both_ends() -> None:
    """It has to be the same at the head as on the base."""
    assert {f"{sha}:{path}" for sha in (HEAD, BASE) for path in STEERING} <= set(wished(GOOD).names)


def test_whether_the_gate_was_installed_is_asked_of_three_places() -> None:
    """At the merge, before it, and where it was cut; of an open one nothing is asked."""
    asked = [name for name in wished(merged(GOOD)).names if name.endswith(GATE_WORKFLOW)]
    assert asked == [f"{'f' * 40}:{GATE_WORKFLOW}", f"{'f' * 40}~1:{GATE_WORKFLOW}", f"{BASE}:{GATE_WORKFLOW}"]
    assert not [name for name in wished(GOOD).names if name.endswith(GATE_WORKFLOW)]


def test_a_revert_is_compared_to_what_stood_before_and_after_the_reverted() -> None:
    """Each changed file at four places, the head among them."""
    places = {
        name.partition(":")[0] for name in (*wished(revert()).names, *wished(revert()).texts) if "shop.py" in name
    }
    assert places == {HEAD, BASE, REVERTED, f"{REVERTED}~1"}


@pytest.mark.parametrize(
    "of",
    [with_pull(GOOD, cross_repository=True), with_pull(GOOD, state=PullState.CLOSED), merged(GOOD)],
    ids=["a fork's", "closed", "merged"],
)
def test_other_branches_are_compared_while_that_can_change_something(of: Gathered) -> None:
    """A head of this repository, while it is open."""
    assert (wished(of).branches, wished(GOOD).branches) == ((), GOOD.config.hotfix.others)


def test_manifests_are_read_first_and_only_what_is_small() -> None:
    """Tests are not read, nor what is long; a lock file is, however long, and behind any number of others."""
    many = [changed(f"shop/part{n}.py") for n in range(MOST_TEXTS)]
    lock = changed("package-lock.json", 5_000, 5_000)
    few = (changed("tests/test_shop.py"), changed("long.py", MOST_LINES, 1), changed("short.py", MOST_LINES, 0), lock)
    assert wished(with_pull(GOOD, files=few)).texts == tuple(
        f"{sha}:{path}" for path in ("package-lock.json", "short.py") for sha in (BASE, HEAD)
    )
    texts = wished(with_pull(GOOD, files=(*many, lock))).texts
    assert (len(texts), texts[0]) == (2 * MOST_TEXTS, f"{BASE}:package-lock.json")
