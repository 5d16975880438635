"""H004: somebody else has read it, and read what is there now."""

from collections.abc import Iterable
from dataclasses import replace

from stanch.core.pull import Opinion, Review
from stanch.core.rules.facts import Facts
from stanch.core.rules.rule import SHOWN, Debt, Finding, Rule, Waivable, cannot_tell, fails, passes, skips
from stanch.core.severity import Severity

FULL_REVIEW = "full-review"
SELF_REVIEW = "self-review"

REVIEW_DAYS = 1
"""Business days in which what was only glanced at is read."""


class SecondPair(Rule):
    """An approval of a person with write access who had no hand in the change, given to what is there now."""

    code = "H004"
    waivable = Waivable.NEVER

    def judge(self, facts: Facts) -> Finding:
        if not facts.pull.all_reviews_shown or not facts.pull.all_commits_shown:
            return cannot_tell("too-many", reviews=facts.pull.review_count, commits=facts.pull.commit_count)
        objections = [one.author.login for one in opinions(facts) if one.opinion is Opinion.CHANGES_REQUESTED]
        if objections:
            return fails("changes-requested", by=objections)
        if works_alone(facts):
            return skips("alone", Debt(SELF_REVIEW, REVIEW_DAYS, facts.author), author=facts.author)
        return _approved(facts)


def _approved(facts: Facts) -> Finding:
    given = approvals(facts)
    if not given:
        last = last_words(facts.pull.reviews)
        return fails("nobody", ineligible=sorted(one.author.login for one in last if one.opinion is Opinion.APPROVED))
    if facts.pushers is None:
        return cannot_tell("pushers-unknown", by=[one.author.login for one in given])
    fresh = holding(facts)
    if not fresh:
        return fails("stale", by=[one.author.login for one in given])
    names = sorted({one.author.login for one in fresh})
    needed = readers_of(facts, names)
    if len(names) < needed:
        return fails("bot", author=facts.author, by=names, needed=needed)
    quick = facts.earned is Severity.SEV_1
    debts = (Debt(FULL_REVIEW, REVIEW_DAYS, fresh[-1].author.login),) if quick else ()
    said = passes("approved", by=names, at=fresh[-1].at, zone=facts.config.calendar.zone, quick=quick, **_doubt(facts))
    return replace(said, debts=debts)


def readers_of(facts: Facts, given: Iterable[str]) -> int:
    """How many have to approve: one; of a bot's work two, since one of them may be who ordered it."""
    return team_of(facts, 2, given) if facts.pull.thread.author.is_bot else 1


def team_of(facts: Facts, wanted: int, given: Iterable[str]) -> int:
    """So many people, or as many as there are beside the author: those of the config, and who approved all the same.

    Where the config names nobody, nobody knows how many there are.
    """
    others = {login.lower() for login in facts.config.people} - {facts.author.lower()}
    return min(wanted, len(others | {login.lower() for login in given})) if others else wanted


def _doubt(facts: Facts) -> dict[str, object]:
    """Authors whom GitHub knows no account of: a reviewer may be one of them."""
    return {"unknown": sorted({name for commit in facts.pull.commits for name in commit.unknown})[:SHOWN]}


def works_alone(facts: Facts) -> bool:
    """Whether the base's config names the author as the only one who could read it."""
    people = {login.lower() for login in facts.config.people}
    return people == {facts.author.lower()} and not approvals(facts)


def opinions(facts: Facts) -> tuple[Review, ...]:
    """The newest opinion of each person who may push and is no bot. A dismissed one revives none before it."""
    return last_words(one for one in facts.pull.reviews if one.may_push and not one.author.is_bot)


def last_words(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """What each person said last, the oldest first."""
    latest = {one.author.login.lower(): one for one in sorted(reviews, key=lambda one: one.at)}
    return tuple(sorted(latest.values(), key=lambda one: one.at))


def approvals(facts: Facts) -> tuple[Review, ...]:
    """The approvals of people who had no hand in the change, whatever they were given to."""
    hands = had_a_hand(facts)
    return tuple(
        one for one in opinions(facts) if one.opinion is Opinion.APPROVED and one.author.login.lower() not in hands
    )


def holding(facts: Facts) -> tuple[Review, ...]:
    """The approvals that count: of people who had no hand in it, given to what is there now."""
    return tuple(one for one in approvals(facts) if still_holds(facts, one))


def had_a_hand(facts: Facts) -> frozenset[str]:
    """Who wrote, committed or pushed any of it."""
    people = (facts.author, *(login for commit in facts.pull.commits for login in commit.people))
    return frozenset(login.lower() for login in (*people, *(facts.pushers or ())))


def still_holds(facts: Facts, review: Review) -> bool:
    """Whether an approval was given to the content that stands at the head now."""
    bound = facts.bound.get(review.id)
    return bound is not None and bound.content != "" and bound.content == facts.content.content
