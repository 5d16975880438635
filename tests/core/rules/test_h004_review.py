"""H004: somebody else has read it, and read what is there now."""

from dataclasses import replace

import pytest
from tests.pulls import (
    GOOD,
    NEXT_HEAD,
    Change,
    Gathered,
    commit,
    decision,
    facts,
    incident_thread,
    instant,
    merged,
    push,
    pushed,
    review,
    row,
    verdict,
    with_config,
    with_incident,
    with_pull,
    with_reviews,
    with_thread,
)
from tests.rule_tables import Asked, Line, Table, answers, each, unchanged
from tests.values import labeled, person, unlabeled

from stanch.core.gate_memory import NOTHING_SEEN
from stanch.core.gathered import before_merge
from stanch.core.pull import SHOWN_PUSHES, Opinion
from stanch.core.rules.h004_review import FULL_REVIEW, SELF_REVIEW, SecondPair
from stanch.core.rules.rule import Waivable

BOT_AUTHOR = person("copilot[bot]")


def by_bot(g: Gathered, *reviewers: str) -> Gathered:
    """A bot opened it and pushed it; who ordered it is not told, or told by whoever assigns people."""
    opened = with_thread(g, author=BOT_AUTHOR, assignees=("sam",))
    opened = with_pull(opened, commits=(commit("copilot"),), reviews=tuple(review(one) for one in reviewers))
    return replace(opened, pushes=(push("copilot", 25),))


def alone(g: Gathered) -> Gathered:
    return with_config(with_reviews(g), people=("Alex",))


def rebased(g: Gathered) -> Gathered:
    """The reviewer rebased it, or pressed the button that updates a branch."""
    return replace(g, pushes=(push("jordan", 25),))


def as_it_was(g: Gathered) -> Gathered:
    return replace(g, pull=before_merge(g.pull))


def hand(*people: str) -> Change:
    return lambda g: with_pull(g, commits=(commit(*people),))


TABLE: Table = {
    "a good one": Line(unchanged, "pass/approved"),
    "nobody": Line(with_reviews, "fail/nobody"),
    "the author": Line(lambda g: with_reviews(g, review("alex")), "fail/nobody"),
    "the author, spelt otherwise": Line(lambda g: with_reviews(g, review("Alex")), "fail/nobody"),
    "somebody who may not push": Line(lambda g: with_reviews(g, review("kim")), "fail/nobody"),
    "triage is not enough": Line(lambda g: with_reviews(g, review("riley")), "fail/nobody"),
    "a bot": Line(lambda g: with_reviews(g, review("github-actions")), "fail/nobody"),
    "another bot": Line(lambda g: with_reviews(g, review("copilot[bot]")), "fail/nobody"),
    "an author of a commit": Line(hand("jordan"), "fail/nobody"),
    "a co-author": Line(hand("alex", "jordan"), "fail/nobody"),
    "a committer": Line(hand("alex", "sam", "Jordan"), "fail/nobody"),
    "a pusher": Line(lambda g: replace(g, pushes=(push("alex", 25), push("jordan", 22, "0" * 40))), "fail/nobody"),
    "who rebased it": Line(rebased, "fail/nobody"),
    "a pusher and a clean one": Line(
        lambda g: with_reviews(replace(g, pushes=(push("jordan", 25),)), review("jordan"), review("sam")),
        "pass/approved",
    ),
    "pushers could not be asked": Line(lambda g: replace(g, pushes=None), "unknown/pushers-unknown"),
    "the list does not reach the head": Line(
        lambda g: replace(g, pushes=(push("alex", 25, NEXT_HEAD),)), "unknown/pushers-unknown"
    ),
    "so many pushes that some may not be shown": Line(
        lambda g: replace(g, pushes=(push("alex", 25),) * SHOWN_PUSHES), "unknown/pushers-unknown"
    ),
    "approved before the push": Line(lambda g: with_reviews(g, review("jordan", 24)), "fail/stale"),
    "approved before, and moved by GitHub to the new head": Line(
        lambda g: replace(with_reviews(g, review("jordan", 40)), pushes=(push("alex", 45),)), "fail/stale"
    ),
    "approved another head": Line(lambda g: with_reviews(g, review("jordan", sha=NEXT_HEAD)), "fail/stale"),
    "changes requested": Line(
        lambda g: with_reviews(g, review("jordan", opinion=Opinion.CHANGES_REQUESTED)), "fail/changes-requested"
    ),
    "approved by one, refused by another": Line(
        lambda g: with_reviews(g, review("jordan"), review("sam", 41, Opinion.CHANGES_REQUESTED)),
        "fail/changes-requested",
    ),
    "refused, then approved": Line(
        lambda g: with_reviews(g, review("jordan", 38, Opinion.CHANGES_REQUESTED), review("jordan", 40)),
        "pass/approved",
    ),
    "approved, then refused": Line(
        lambda g: with_reviews(g, review("jordan", 38), review("jordan", 40, Opinion.CHANGES_REQUESTED)),
        "fail/changes-requested",
    ),
    "approved, then refused, and told the other way round": Line(
        lambda g: with_reviews(g, review("jordan", 40, Opinion.CHANGES_REQUESTED), review("jordan", 38)),
        "fail/changes-requested",
    ),
    "approved, then dismissed, spelt otherwise": Line(
        lambda g: with_reviews(g, review("jordan", 38), review("Jordan", 40, Opinion.DISMISSED)), "fail/nobody"
    ),
    "a dismissed refusal revives no approval": Line(
        lambda g: with_reviews(g, review("jordan", 38), review("jordan", 40, Opinion.DISMISSED)), "fail/nobody"
    ),
    "refused by who may not push": Line(
        lambda g: with_reviews(g, review("jordan"), review("kim", 41, Opinion.CHANGES_REQUESTED)), "pass/approved"
    ),
    "refused by a bot": Line(
        lambda g: with_reviews(g, review("jordan"), review("lint[bot]", 41, Opinion.CHANGES_REQUESTED)), "pass/approved"
    ),
    "more reviews than are shown": Line(lambda g: with_pull(g, review_count=101), "unknown/too-many"),
    "more commits than are shown": Line(lambda g: with_pull(g, commit_count=201), "unknown/too-many"),
    "a bot's, approved by whom it may be": Line(lambda g: by_bot(g, "sam"), "fail/bot"),
    "a bot's, approved by somebody, assigned to another": Line(lambda g: by_bot(g, "jordan"), "fail/bot"),
    "a bot's, approved by two": Line(lambda g: by_bot(g, "sam", "jordan"), "pass/approved"),
    "a bot's, twice by one": Line(lambda g: with_reviews(by_bot(g), review("sam", 40), review("Sam", 41)), "fail/bot"),
    "a bot's, approved by one whom the config does not name": Line(
        lambda g: with_config(by_bot(g, "sam"), people=("jordan",)), "fail/bot"
    ),
    "a bot's, in a team of one": Line(lambda g: with_config(by_bot(g, "sam"), people=("sam",)), "pass/approved"),
    "a team of one": Line(alone, "skip/alone"),
    "a team of one that somebody else objects to": Line(
        lambda g: with_pull(alone(g), reviews=(review("sam", opinion=Opinion.CHANGES_REQUESTED),)),
        "fail/changes-requested",
    ),
    "a team of one that was approved all the same": Line(lambda g: with_config(g, people=("alex",)), "pass/approved"),
    "a team of one, and more reviews than are shown": Line(
        lambda g: with_pull(alone(g), review_count=101), "unknown/too-many"
    ),
    "a team of one other": Line(lambda g: with_config(with_reviews(g), people=("jordan",)), "fail/nobody"),
    "no team in the config": Line(lambda g: with_config(with_reviews(g), people=()), "fail/nobody"),
    "approved before the merge": Line(lambda g: as_it_was(merged(g, 70)), "pass/approved"),
    "approved after the merge": Line(lambda g: as_it_was(merged(g, 30)), "fail/nobody"),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H004", asked)
    assert found == told


def test_a_sev_1_owes_the_full_review() -> None:
    """There an approval is enough, and reading it at leisure is due on the next business day."""
    assert [debt.kind for debt in decision(GOOD).debts] == [FULL_REVIEW]
    assert decision(with_incident(GOOD, incident_thread(2))).debts == ()


def test_the_author_earns_no_ease_by_a_label() -> None:
    """A SEV-2 that its author calls a SEV-1 once the pull request is open is reviewed as a SEV-2."""
    worse = (unlabeled("sev-2", 30, "alex"), labeled("sev-1", 30, "alex"))
    assert decision(with_incident(GOOD, incident_thread(2, *worse))).debts == ()
    by_co_author = (unlabeled("sev-2", 30, "sam"), labeled("sev-1", 30, "sam"))
    together = with_pull(GOOD, commits=(commit("alex", "sam"),))
    assert decision(with_incident(together, incident_thread(2, *by_co_author))).debts == ()
    assert [debt.kind for debt in decision(with_incident(GOOD, incident_thread(2, *by_co_author))).debts] == [
        FULL_REVIEW
    ]


def test_who_works_alone_reads_it_once_more() -> None:
    """A review of one's own, at leisure, is owed."""
    assert [debt.kind for debt in row(alone(GOOD), "H004").finding.debts] == [SELF_REVIEW]


def test_only_who_still_approves_is_said_to_have_approved() -> None:
    """An approval that its giver took back is nobody's; the author's own is named, since it does not count."""
    back = with_reviews(GOOD, review("jordan", 38), review("jordan", 40, Opinion.DISMISSED), review("alex", 41))
    assert row(back, "H004").finding.values["ineligible"] == ["alex"]


def test_it_is_shown_when_it_was_approved() -> None:
    """A stamp of three seconds is not refused, but anybody can see it."""
    assert row(with_reviews(GOOD, review("jordan", 25.05)), "H004").finding.values["at"] == instant(25.05)


def test_authors_without_an_account_are_named() -> None:
    """A reviewer may be one of them: it is told, beside the approval."""
    shown = row(with_pull(GOOD, commits=(commit("alex", unknown=("Al Exander",)),)), "H004").finding
    assert (shown.why, shown.values["unknown"]) == ("approved", ["Al Exander"])


def test_it_is_never_waived() -> None:
    """Whoever asks."""
    assert row(GOOD, "H004").rule.waivable is Waivable.NEVER


def test_a_hundred_reviews_and_two_hundred_commits_are_read() -> None:
    """That many are shown whole."""
    many = with_reviews(GOOD, *(review("kim", 30 + n / 100, id_=f"R{n}") for n in range(99)), review("jordan"))
    assert verdict(many, "H004") == "pass/approved"
    long = with_pull(GOOD, commits=tuple(replace(commit(), sha=f"{n:040x}") for n in range(200)))
    assert verdict(long, "H004") == "pass/approved"
    assert verdict(with_pull(long, commits=(*long.pull.commits[:199], commit("jordan"))), "H004") == "fail/nobody"


def test_what_was_never_seen_is_like_nothing() -> None:
    """Not even like what cannot be seen now."""
    unseen = replace(facts(GOOD), content=NOTHING_SEEN, bound={"R_jordan_40": NOTHING_SEEN})
    assert SecondPair().judge(unseen).why == "stale"


def test_a_push_takes_the_approval_with_it_unless_nothing_changed() -> None:
    """Of what was approved; the table of bindings tells it case by case."""
    assert verdict(pushed(GOOD, 50), "H004") == "pass/approved"
    assert verdict(pushed(GOOD, 50, **{"shop.py": "evil()\n"}), "H004") == "fail/stale"
