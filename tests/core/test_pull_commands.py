"""`/waive` and its refusals: who, when, for which head, and why not."""

from dataclasses import replace

import pytest
from tests.pulls import (
    CHECK,
    GOOD,
    HEAD,
    MAY,
    NEXT_HEAD,
    PROVEN,
    Gathered,
    pull_case,
    push,
    pushed,
    said,
    with_hotfix,
    with_pull,
    with_reviews,
    with_thread,
)
from tests.values import BOT, REPOSITORY, card, comment, edited, person

from stanch.core.access import Access
from stanch.core.gate import State
from stanch.core.gathered import asks_for_pushes
from stanch.core.ledger import Ledger, Record, read, written
from stanch.core.proof import ProofVerdict
from stanch.core.pull import CheckState
from stanch.core.pull_case import decided
from stanch.core.pull_commands import judged, shows_code
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Comment
from stanch.core.waivers import waivers_of

WHY = "it failed before this change too"
FAILING = with_pull(GOOD, checks=(replace(CHECK, state=CheckState.FAILED),))
WAITING = with_pull(GOOD, checks=(replace(CHECK, state=CheckState.RUNNING),))
UNPROVEN = replace(GOOD, fresh_proof=(7, replace(PROVEN, verdict=ProofVerdict.NO_TEST)))
PASTED = "\n\n```\n$ curl -d '{}' /cart\n500 TypeError\n```\n"
WAIVE = f"/waive H013 {WHY}"


def asks(by: str, body: str = WAIVE, when: float = 50, id_: int = 5) -> Comment:
    return comment(id_, by, body, when)


def refusals(of: Gathered, *comments: Comment, access: dict[str, Access] | None = None) -> list[str]:
    """The codes of what was refused, empty for what was accepted."""
    return [record.refusal for record in said(of, *comments, access=access)]


def after(of: Gathered, *comments: Comment) -> State | None:
    """What the gate says once the comments are heard."""
    decision = decided(of, said(of, *comments)).decision
    return decision.state if decision else None


@pytest.mark.parametrize(
    ("code", "heard"),
    [
        ("", asks("morgan")),
        ("", asks("sam", WAIVE.replace("H013", "h13"))),
        ("own", asks("alex")),
        ("not-maintainer", asks("jordan")),
        ("not-allowed", asks("kim")),
        ("not-allowed", asks("riley")),
        ("few-words", asks("morgan", "/waive H013 it is fine so")),
        ("no-rule", asks("morgan", f"/waive everything {WHY}")),
        ("no-rule", asks("morgan", f"/waive H099 {WHY}")),
        ("never", asks("morgan", f"/waive H002 {WHY}")),
        ("never", asks("morgan", f"/waive H004 {WHY}")),
        ("never", asks("morgan", f"/waive H007 {WHY}")),
        ("passes", asks("morgan", f"/waive H006 {WHY}")),
        ("older", asks("morgan", when=24)),
        ("edited", edited(asks("morgan", "nice work"), "sam", 52, WAIVE)),
        ("", edited(asks("morgan", "nice work"), "morgan", 52, WAIVE)),
        ("", edited(asks("morgan", "nice work", when=24), "morgan", 52, WAIVE)),
        ("on-the-incident", asks("morgan", "/resolve")),
        ("", asks("jordan", "/recheck")),
        ("", asks("jordan", "/help")),
    ],
)
def test_who_may_waive_what(code: str, heard: Comment) -> None:
    """A maintainer who is neither author nor last pusher, in five words or more, of what is there now."""
    of = with_thread(FAILING, author=person("alex"))
    assert refusals(of, heard, access=MAY | {"alex": Access.MAINTAIN} if code == "own" else None) == [code]


def test_the_words_of_a_bot_and_a_quotation_are_none() -> None:
    """Nothing is heard, so nothing is refused."""
    assert (
        said(FAILING, replace(asks("x"), author=BOT), asks("morgan", f"> {WAIVE}"), asks("sam", f"```\n{WAIVE}\n```"))
        == ()
    )


def test_the_last_pusher_waives_nothing() -> None:
    """Whoever rebased it last looks at their own work; whoever pushed before may."""
    pushes = (push("morgan", 25), push("sam", 22, "0" * 40))
    of = replace(FAILING, pushes=pushes)
    assert refusals(of, asks("morgan")) == ["own-push"]
    assert refusals(of, asks("sam")) == [""]
    back = (push("morgan", 25), push("alex", 24, NEXT_HEAD), push("sam", 23))
    assert refusals(replace(FAILING, pushes=back), asks("morgan"), asks("sam", id_=6)) == ["own-push", ""]
    assert refusals(replace(of, pushes=(push("Morgan", 25),)), asks("morgan")) == ["own-push"]


def test_the_author_is_the_author_however_it_is_spelt() -> None:
    """GitHub takes a login in any case."""
    assert refusals(with_thread(FAILING, author=person("Morgan")), asks("morgan")) == ["own"]
    named = with_thread(FAILING, author=person("morgan"))
    assert refusals(named, asks("Morgan"), access=MAY | {"Morgan": Access.MAINTAIN}) == ["own"]


def test_what_is_still_to_come_may_be_waived() -> None:
    """A check that never ends holds nobody up for good."""
    assert refusals(WAITING, asks("morgan")) == [""]
    assert after(WAITING, asks("morgan")) is State.SUCCESS


def test_an_unknown_pusher_may_be_anybody() -> None:
    """Where it cannot be told who pushed last, nobody's waiver is taken."""
    assert refusals(replace(FAILING, pushes=None), asks("morgan")) == ["pusher-unknown"]
    assert asks_for_pushes(with_reviews(FAILING), waiving=True)
    assert not asks_for_pushes(with_reviews(FAILING), waiving=False)


def test_a_bot_orders_nothing_for_itself() -> None:
    """Whoever is assigned to a bot's pull request may have ordered it."""
    ordered = with_thread(FAILING, author=person("copilot[bot]"), assignees=("morgan",))
    assert refusals(ordered, asks("morgan"), asks("sam", id_=6)) == ["own", ""]


def test_a_person_of_the_config_may() -> None:
    """`hotfix: maintainers:` names people beside those of the repository; write permission they need all the same."""
    named = with_hotfix(FAILING, maintainers=("Jordan", "kim"))
    assert refusals(named, asks("jordan"), asks("kim", id_=6)) == ["", "not-allowed"]


def test_what_stands_firm_is_refused() -> None:
    """A draft, and a rule whose answer could not be told."""
    assert refusals(with_pull(GOOD, draft=True), asks("morgan")) == ["firm"]
    assert refusals(with_pull(GOOD, more_checks=True), asks("morgan")) == ["firm"]


def test_one_is_enough_and_the_second_is_told_so() -> None:
    """The second one is accepted as well: the rule itself still fails."""
    assert refusals(FAILING, asks("morgan"), asks("sam", id_=6)) == ["", ""]
    assert after(FAILING, asks("morgan")) is State.SUCCESS


def test_a_proof_takes_two_and_a_reproduction() -> None:
    """The first pastes it, the second may lean on it; without it neither is accepted."""
    bare, pasted = f"/waive H003 {WHY}", f"/waive H003 {WHY}{PASTED}"
    assert refusals(UNPROVEN, asks("morgan", bare), asks("sam", bare, id_=6)) == ["no-reproduction"] * 2
    assert refusals(UNPROVEN, asks("morgan", pasted), asks("sam", bare, id_=6)) == ["", ""]
    assert after(UNPROVEN, asks("morgan", pasted)) is State.FAILURE
    assert after(UNPROVEN, asks("morgan", pasted), asks("sam", bare, id_=6)) is State.SUCCESS
    assert after(UNPROVEN, asks("morgan", pasted), asks("morgan", pasted, id_=6)) is State.FAILURE


def test_a_reproduction_is_of_its_head() -> None:
    """What was pasted for one head is none for the next."""
    first = said(UNPROVEN, asks("morgan", f"/waive H003 {WHY}{PASTED}"))
    next_one = replace(pushed(UNPROVEN, 55), fresh_proof=UNPROVEN.fresh_proof)
    heard = asks("sam", f"/waive H003 {WHY}", when=60, id_=6)
    snapshot = Snapshot(
        next_one.now,
        REPOSITORY,
        replace(next_one.pull.thread, items=(card(9, Ledger(first), 41), heard)),
        next_one.config,
        access=MAY,
    )
    records = judged(snapshot, Ledger(first), next_one)
    assert [record.refusal for record in records] == ["", "no-reproduction"]


def test_a_reproduction_is_of_its_rule() -> None:
    """What was pasted beside another waiver shows nothing of the bug."""
    both = replace(FAILING, fresh_proof=UNPROVEN.fresh_proof)
    beside, bare = asks("morgan", f"{WAIVE}{PASTED}"), asks("sam", f"/waive H003 {WHY}", id_=6)
    assert refusals(both, beside, bare) == ["", "no-reproduction"]


def test_a_push_takes_it_away() -> None:
    """A waiver is bound to the head that it was given for, and is gone with the next one."""
    records = said(FAILING, asks("morgan"))
    assert waivers_of(records, HEAD)
    moved = pushed(FAILING, 55)
    moved = with_pull(moved, checks=FAILING.pull.checks)
    decision = decided(replace(moved, fresh_proof=(9, PROVEN)), records).decision
    assert decision is not None
    assert decision.state is State.FAILURE


def test_an_accepted_one_survives_the_ledger() -> None:
    """Who, why and for which head, as they were."""
    records = said(FAILING, asks("morgan"))
    back = read(f"\n{written(Ledger(records))}")
    assert back is not None
    assert waivers_of(back.records, HEAD) == waivers_of(records, HEAD)


@pytest.mark.parametrize(
    "forged",
    [
        Record(5, 1, "waive", "alex", GOOD.now, {"rule": "H013", "text": WHY}, "own", {"sha": HEAD}),
        Record(5, 1, "waive", "alex", GOOD.now, {"rule": "H013", "text": WHY}),
        Record(5, 1, "ack", "alex", GOOD.now, {"rule": "H013", "text": WHY}, "", {"sha": HEAD}),
    ],
    ids=["refused", "without a head", "another command"],
)
def test_only_an_accepted_waiver_counts(forged: Record) -> None:
    """What was refused, or is bound to nothing, eases nothing."""
    assert waivers_of((forged,), HEAD) == ()


def test_on_no_hotfix_only_recheck_is_heard() -> None:
    """Other bots have a `/waive` of their own."""
    ordinary = with_thread(with_pull(replace(GOOD, incidents={}), head="feature"), body="")
    assert [one.verb for one in said(ordinary, asks("morgan"), asks("sam", "/recheck", id_=6))] == ["recheck"]
    assert pull_case(ordinary).decision is None


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("```\none\ntwo\n```", True),
        ("```\none\n```", False),
        ("    one\n    two\n", True),
        ("`one` and `two`", False),
        ("```\n\n\n```", False),
    ],
)
def test_what_counts_as_pasted(body: str, shown: bool) -> None:
    """A code block with two lines that say something."""
    assert shows_code(body) is shown
