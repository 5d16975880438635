"""H009: one commit on production, so that one command takes it back."""

from stanch.core.pull import Merged, Pull
from stanch.core.rules.facts import Facts
from stanch.core.rules.rule import Finding, Rule, Waivable, cannot_tell, fails, passes


class Squash(Rule):
    """The repository lets it be squashed; after the merge the commit itself is looked at."""

    code = "H009"
    waivable = Waivable.BY_ONE

    def judge(self, facts: Facts) -> Finding:
        merged = facts.pull.merged
        if merged is None:
            settings = facts.settings
            others = settings.merge_commit or settings.rebase
            return passes("may", others=others) if settings.squash else fails("not-allowed")
        if not merged.sha:
            return cannot_tell("unknown")
        if len(merged.parents) != 1:
            return fails("merge-commit", sha=merged.sha[:7], parents=len(merged.parents))
        if was_rebased(facts.pull, merged):
            return fails("rebased", commits=facts.pull.commit_count)
        return passes("squashed", sha=merged.sha[:7])


def was_rebased(pull: Pull, merged: Merged) -> bool:
    """Whether its commits came over one by one: then the last one still says what it said on the branch."""
    return pull.commit_count > 1 and bool(pull.commits) and merged.message == pull.commits[-1].message
