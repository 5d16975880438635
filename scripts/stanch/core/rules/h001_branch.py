"""H001: a hotfix is a branch of its own, cut from what production runs."""

import re

from stanch.core.pull import Pull, PullState
from stanch.core.rules.facts import Facts
from stanch.core.rules.rule import Finding, Rule, Waivable, cannot_tell, fails, firmly, passes

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,60}")


class Branch(Rule):
    """The branch is called as hotfixes are, comes from production's branch alone, and goes back into it."""

    code = "H001"
    waivable = Waivable.BY_ONE

    def judge(self, facts: Facts) -> Finding:
        pull = facts.pull
        if pull.cross_repository:
            return firmly(fails("fork"))
        if pull.base != facts.production:
            return firmly(fails("base", base=pull.base, production=facts.production))
        if pull.twins:
            return firmly(fails("twins", twins=[f"#{number}" for number in pull.twins]))
        if not named_well(pull, facts.config.hotfix.prefix):
            return fails("name", prefix=facts.config.hotfix.prefix, head=pull.head)
        return _cut(facts)


def _cut(facts: Facts) -> Finding:
    """Where it was cut from."""
    pull, foreign = facts.pull, came_along(facts)
    if foreign:
        return fails("foreign", branch=foreign)
    unread = [name for name in facts.config.hotfix.others if name not in facts.beside.foreign]
    if unread and pull.state is PullState.OPEN:
        return cannot_tell("unread", branch=unread[0])
    return passes("cut", commits=pull.commit_count, base=pull.base, sha=pull.fork_point[:7])


def named_well(pull: Pull, prefix: str) -> bool:
    return pull.head.startswith(prefix) and NAME.fullmatch(pull.head.removeprefix(prefix)) is not None


def came_along(facts: Facts) -> str:
    """Another long-lived branch that already has some of these commits: it was cut from there, or merged in."""
    ahead = facts.beside.foreign.items()
    return next((name for name, count in ahead if count is not None and count < facts.pull.commit_count), "")
