"""H013: everything else that watches over a change says yes as well."""

from stanch.core.pull import CheckState, Mergeable, PullState
from stanch.core.rules.facts import Facts
from stanch.core.rules.rule import SHOWN, Finding, Rule, Waivable, cannot_tell, fails, firmly, passes, skips, waits


class Checks(Rule):
    """It is no draft, it can be merged, and its checks and builds are green."""

    code = "H013"
    waivable = Waivable.BY_ONE

    def judge(self, facts: Facts) -> Finding:
        pull = facts.pull
        if pull.draft:
            return firmly(waits("draft"))
        if pull.state is PullState.OPEN and pull.mergeable is Mergeable.CONFLICTING:
            return firmly(fails("conflict", base=pull.base))
        return _watched(facts)


def _watched(facts: Facts) -> Finding:
    pull, checks, failed = facts.pull, facts.checks, facts.failed_checks
    if failed:
        return fails("failed", names=list(failed[:SHOWN]), more=max(0, len(failed) - SHOWN))
    if pull.more_checks:
        return cannot_tell("too-many", count=len(pull.checks))
    running = [check.name for check in checks if check.state is CheckState.RUNNING]
    if running:
        return waits("running", names=running[:SHOWN], more=max(0, len(running) - SHOWN))
    if pull.state is PullState.OPEN and pull.mergeable is Mergeable.UNKNOWN:
        return firmly(waits("computing"))
    return passes("green", count=len(checks)) if checks else skips("none")
