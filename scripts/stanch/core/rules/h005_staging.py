"""H005: it ran somewhere before it runs where users are."""

from collections.abc import Iterable

from stanch.core.globs import matches
from stanch.core.rules.facts import Facts
from stanch.core.rules.rule import Debt, Finding, Rule, Waivable, fails, passes, skips, waits
from stanch.core.severity import Severity
from stanch.core.thread import Deployment

STAGING_SKIPPED = "staging-skipped"

DAYS = 1
"""Business days in which it is seen to run in staging all the same."""

UNDER_WAY = frozenset({"pending", "queued", "in_progress", "waiting"})


class StagingFirst(Rule):
    """This very commit was deployed to staging or to a preview. A SEV-1 may go straight on, and that is recorded."""

    code = "H005"
    waivable = Waivable.BY_ONE

    def judge(self, facts: Facts) -> Finding:
        if not has_staging(facts):
            return skips("no-staging", names=list(facts.config.staging))
        here = newest_of_each(one for one in facts.pull.deployments if is_this(facts, one))
        done = [one for one in here if one.state == "success"]
        sha = facts.pull.head_sha[:7]
        if done:
            said = {"environment": done[0].environment, "by": done[0].creator.login, "at": done[0].at}
            return passes("deployed", sha=sha, zone=facts.config.calendar.zone, **said)
        if facts.earned is Severity.SEV_1:
            return skips("sev-1", Debt(STAGING_SKIPPED, DAYS, facts.author), sha=sha)
        if any(one.state in UNDER_WAY for one in here):
            return waits("under-way", sha=sha, environment=here[0].environment)
        return _undeployed(facts, here, sha)


def _undeployed(facts: Facts, here: list[Deployment], sha: str) -> Finding:
    """Why nothing of it runs there: never deployed, failed, or replaced before anybody could see how it had ended."""
    if not here:
        return fails("not-deployed", sha=sha, environment=facts.config.staging[0])
    replaced = all(one.state == "inactive" for one in here)
    return fails("replaced" if replaced else "failed", sha=sha, environment=here[0].environment)


def has_staging(facts: Facts) -> bool:
    """Whether there is a staging: the config names one, or the repository has such an environment."""
    names = {name.lower() for name in facts.config.staging}
    seen = {*facts.settings.environments, *(one.environment for one in facts.deployments)}
    return bool(names) and (facts.config.stated_staging or any(name.lower() in names for name in seen))


def is_this(facts: Facts, one: Deployment) -> bool:
    return one.sha == facts.pull.head_sha and comes_before(facts, one)


def newest_of_each(deployments: Iterable[Deployment]) -> list[Deployment]:
    """The newest deployment to each environment: one that failed after one that succeeded is what counts."""
    newest: dict[str, Deployment] = {}
    for one in sorted(deployments, key=lambda one: one.at):
        newest[one.environment.lower()] = one
    return list(newest.values())


def comes_before(facts: Facts, one: Deployment) -> bool:
    """Whether a deployment went to staging or to a preview; GitHub matches environments without case."""
    name = one.environment.lower()
    named = name in {staging.lower() for staging in facts.config.staging}
    return named or matches(name.replace("/", "-"), [pattern.lower() for pattern in facts.config.preview])
