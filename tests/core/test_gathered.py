"""What makes a pull request a hotfix: its branch, or an open SEV-1 or SEV-2 that it is linked to."""

from dataclasses import replace

import pytest
from tests.pulls import (
    BASE,
    BODY,
    GOOD,
    HEAD,
    Change,
    Gathered,
    changed,
    commit,
    incident,
    incident_thread,
    merged,
    review,
    text,
    with_beside,
    with_body,
    with_hotfix,
    with_incident,
    with_pull,
    with_reviews,
    with_severity,
    with_thread,
)
from tests.values import BOT, closed, comment, labeled, thread, unlabeled

from stanch.core.config_hotfix import EveryPull
from stanch.core.gate_memory import GateMemory
from stanch.core.gathered import asks_for_pushes, before_merge, is_advised, touches_rules
from stanch.core.pull import FileText, Opinion, Review
from stanch.core.pull_case import decided, remembered
from stanch.core.severity import Severity
from stanch.core.wishes import MOST_THREADS, STEERING, gate_at_merge, linked, may_be_hotfix, wishes_of

OTHERWISE = with_pull(GOOD, head="release/2026-11")
"""Good in all but its branch's name."""


def linked_only(of: Gathered) -> Gathered:
    """With those of its incidents that are read: what is not linked is not seen."""
    seen = linked(of.pull, of.declared, of.memory.held)
    return replace(of, incidents={number: one for number, one in of.incidents.items() if number in seen})


def withdrawn(by: str) -> Gathered:
    """Its severity was taken off, and no other one put on."""
    return with_incident(OTHERWISE, incident_thread(2, unlabeled("sev-2", 40, by)))


def naming(text: str) -> Change:
    return lambda g: with_body(g, text)


def held(of: Gathered) -> Gathered:
    """An earlier look held it to the rules, and the link is gone."""
    return replace(with_body(of, "Rollback: x"), memory=GateMemory(held=12))


def lowered(by: str, when: int = 40, of: Gathered = OTHERWISE) -> Gathered:
    """Its incident was a SEV-2, and became a SEV-3 while it was open."""
    return with_incident(of, incident_thread(2, unlabeled("sev-2", when, by), labeled("sev-3", when, by)))


BY_BOT = with_thread(OTHERWISE, author=BOT, assignees=("morgan",))
"""Morgan ordered it."""

ENDED = (comment(9, "sam", "/resolve", 50), closed(50))


CASES: dict[str, tuple[Change, bool]] = {
    "it names one": (naming(BODY), True),
    "it would close one": (naming("Fixes #12"), True),
    "it is linked to one beside the description": (lambda g: with_pull(with_body(g, ""), closes=(12,)), True),
    "it would close one after three others": (naming("Fixes #1, fixes #2, fixes #3, fixes #12"), True),
    "it names none": (naming("Rollback: x"), False),
    "it mentions one": (naming("Like in #12."), False),
    "into another branch": (lambda g: with_pull(g, base="develop"), False),
    "a mild one": (lambda g: with_severity(g, 3), False),
    "one that is over": (
        lambda g: with_incident(g, incident_thread(1, comment(9, "sam", "/resolve", 50), closed(51))),
        False,
    ),
    "a mild one, asked about as a SEV-2": (lambda g: replace(with_severity(g, 3), asked=Severity.SEV_2), True),
    "a grave one, asked about as a SEV-3": (lambda g: replace(g, asked=Severity.SEV_3), False),
    "the link was taken away": (held, True),
    "the link was taken away from one that is over": (
        lambda g: held(with_incident(g, incident_thread(1, comment(9, "sam", "/resolve", 50), closed(51)))),
        False,
    ),
    "the link was changed to a mild one": (lambda g: with_body(held(g), "Incident: #13"), True),
    "the author lowered it": (lambda _: lowered("alex"), True),
    "somebody else lowered it": (lambda _: lowered("sam"), False),
    "the author withdrew it": (lambda _: withdrawn("alex"), True),
    "somebody else withdrew it": (lambda _: withdrawn("sam"), False),
    "an issue that is no incident, asked about as a SEV-1": (
        lambda g: replace(with_incident(g, thread()), asked=Severity.SEV_1),
        False,
    ),
    "the author lowered it before it was opened": (lambda _: lowered("alex", 10), False),
    "the author, written otherwise, lowered it": (lambda _: lowered("Alex"), True),
    "who wrote one of its commits lowered it": (
        lambda _: lowered("jordan", of=with_pull(OTHERWISE, commits=(commit("alex"), commit("jordan")))),
        True,
    ),
    "who ordered it from a bot lowered it": (lambda _: lowered("morgan", of=BY_BOT), True),
    "anybody lowered a bot's": (lambda _: lowered("sam", of=BY_BOT), True),
    "anybody lowered it before a bot opened it": (lambda _: lowered("sam", 10, BY_BOT), False),
    "one that is resolved, and not closed": (
        lambda g: with_incident(g, incident_thread(1, comment(9, "sam", "/resolve", 50))),
        False,
    ),
    "merged in the second in which it ended": (
        lambda g: with_incident(merged(g, 50), incident_thread(1, *ENDED)),
        True,
    ),
    "merged before it ended": (lambda g: with_incident(merged(g, 45), incident_thread(1, *ENDED)), True),
    "merged after it ended": (lambda g: with_incident(merged(g, 55), incident_thread(1, *ENDED)), False),
    "merged before it began": (lambda g: with_incident(merged(g, 45), thread(labeled("sev-1", 50, "sam"))), False),
    "an ordinary one, asked about as a SEV-1": (lambda g: replace(with_body(g, ""), asked=Severity.SEV_1), False),
}


@pytest.mark.parametrize(("change", "held"), CASES.values(), ids=CASES.keys())
def test_what_is_held_to_a_hotfixs_rules_whatever_it_is_called(change: Change, held: bool) -> None:
    """Whatever is linked to an open SEV-1 or SEV-2 and goes into production."""
    assert linked_only(change(OTHERWISE)).is_hotfix is held


def test_what_holds_it_is_remembered() -> None:
    """From the first look that sees the link on; never what was only asked about."""
    assert remembered(linked_only(OTHERWISE)).held == 12
    assert remembered(linked_only(with_severity(OTHERWISE, 3))).held == 0
    assert remembered(linked_only(replace(with_severity(OTHERWISE, 3), asked=Severity.SEV_2))).held == 0
    assert remembered(linked_only(held(OTHERWISE))).held == 12


def test_by_its_name_it_always_is() -> None:
    """Also without an incident, and into another branch: the rules say what is wrong with that."""
    assert linked_only(with_pull(with_body(GOOD, ""), base="develop")).is_hotfix


def test_so_many_linked_issues_are_read() -> None:
    """What it names comes first, then what GitHub would close, then what its text would."""
    many = "\n".join(["Incident: #12", *(f"Fixes #{n}" for n in range(100, 120))])
    of = with_pull(with_body(OTHERWISE, many), closes=(77,))
    assert may_be_hotfix(of.pull, of.declared, of.config, "main")
    assert wishes_of(of.pull, of.declared, of.config).threads == (12, 77, *range(100, 108))
    assert MOST_THREADS == 10


GATED = text("name: stanch-hotfix\n")
PLACES = gate_at_merge(merged(GOOD).pull)


@pytest.mark.parametrize(
    ("files", "predates"),
    [
        (dict.fromkeys(PLACES), True),
        ({PLACES[0]: GATED, PLACES[1]: None, PLACES[2]: None}, False),
        ({PLACES[0]: None, PLACES[1]: GATED, PLACES[2]: None}, False),
        ({PLACES[0]: GATED, PLACES[1]: GATED, PLACES[2]: None}, False),
        ({PLACES[0]: None, PLACES[1]: None}, False),
    ],
    ids=["nowhere", "it came with the merge", "the merge took it out", "it was cut before", "one was not read"],
)
def test_what_was_merged_before_the_gate_was_installed_is_left_alone(
    files: dict[str, FileText | None], predates: bool
) -> None:
    """Where it stood at any of three places, or one could not be read, there was a gate to go through."""
    assert with_beside(merged(GOOD), files=files).predates_gate is predates
    assert not with_beside(GOOD, files=files).predates_gate


def test_what_is_said_in_the_second_of_the_merge_counts() -> None:
    """Later it does not, and is not counted either."""
    reviews = (review("jordan", 40), review("sam", 70), review("kim", 71))
    kept = before_merge(merged(with_reviews(GOOD, *reviews), 70).pull)
    assert (kept.reviews, kept.review_count) == (reviews[:2], 2)
    assert before_merge(with_reviews(GOOD, *reviews).pull).reviews == reviews


def test_who_pushed_is_asked_for_approvals_that_may_count() -> None:
    """Not for a request of changes, somebody who may not push, or a bot; nor where it was asked for this head."""

    def asks(*reviews: Review) -> bool:
        return asks_for_pushes(with_reviews(GOOD, *reviews), waiving=False)

    bot = replace(review("sam"), author=BOT)
    refused = review("sam", opinion=Opinion.CHANGES_REQUESTED)
    assert [asks(one) for one in (review("sam"), refused, review("kim"), bot)] == [True, False, False, False]
    assert asks_for_pushes(with_reviews(GOOD), waiving=True)
    known = replace(GOOD, memory=decided(GOOD, ()).memory)
    assert not asks_for_pushes(known, waiving=True)
    ordinary = with_pull(replace(GOOD, incidents={}), head="feature")
    assert not asks_for_pushes(ordinary, waiving=True)


@pytest.mark.parametrize(
    ("change", "advised"),
    [
        (lambda g: g, True),
        (lambda g: with_pull(g, base="develop"), False),
        (merged, False),
        (lambda g: with_hotfix(g, every=()), False),
    ],
    ids=["into production", "into another branch", "merged", "nothing is asked"],
)
def test_advice_is_for_what_is_open_and_goes_into_production(change: Change, advised: bool) -> None:
    """Where the team asks something of every pull request."""
    assert is_advised(change(with_hotfix(OTHERWISE, every=tuple(EveryPull)[:1]))) is advised


@pytest.mark.parametrize("path", STEERING)
def test_a_change_of_what_the_proof_is_made_with_is_seen(path: str) -> None:
    """Among the files that are shown; where not all are, by the files themselves: changed, new or gone."""

    def hidden(head: str | None, base: str | None) -> bool:
        files = {f"{HEAD}:{path}": text(head), f"{BASE}:{path}": text(base)}
        return touches_rules(with_beside(with_pull(GOOD, changed_files=3_001), files=files))

    shown = with_pull(GOOD, files=(*GOOD.pull.files, changed(path)))
    assert (touches_rules(GOOD), touches_rules(shown)) == (False, True)
    pairs = (("a", "a"), (None, None), ("a", "b"), ("a", None), (None, "a"))
    assert [hidden(*pair) for pair in pairs] == [False, False, True, True, True]


def test_an_issue_that_is_closed_holds_nothing_even_if_nobody_saw_it_end() -> None:
    """Its closing is in no event: closed before it was an incident, or before it came here from elsewhere."""
    burning, shut = incident_thread(1), replace(incident_thread(1), open=False)
    assert with_incident(OTHERWISE, burning).holding is not None
    assert not incident(shut).status.over
    assert with_incident(OTHERWISE, shut).holding is None
