"""H009: one commit on production, so that one command takes it back."""

from stanch.core.rules.facts import Facts
from stanch.core.rules.rule import Finding, Rule, Waivable, fails, passes


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
        if len(merged.parents) != 1:
            return fails("merge-commit", sha=merged.sha[:7], parents=len(merged.parents))
        return passes("squashed", sha=merged.sha[:7])
