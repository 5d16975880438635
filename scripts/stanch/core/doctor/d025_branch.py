"""D025: the branch that production comes from asks for what the gate relies on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, count

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import has_gate
from stanch.core.doctor.finding import Finding, MakeRuleset, Verdict
from stanch.core.doctor.inspection import BranchRules, Home, Inspection, Unknown, Why
from stanch.core.gate import CONTEXT

GITHUB_ACTIONS = 15368
"""The app as which GitHub Actions set a status on github.com; a server of one's own numbers it otherwise."""

NAME = "stanch"
SQUASH, ANY = frozenset({"squash"}), frozenset({"squash", "merge", "rebase"})
PULL = ("pull-request", "approvals", "last-push", "stale", "squash")
STATUS = ("status", "source")


class Branch(Check):
    """What GitHub enforces by itself nobody has to remember; the gate only adds to it."""

    code = "D025"
    verdict = Verdict.WARNING
    place = "settings/rules"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if not has_gate(seen):
            return
        rules = seen.rules
        if isinstance(rules, Unknown):
            yield self.found("plan") if rules.why is Why.PLAN else self.untold(rules)
            return
        branch, solo = seen.production, _is_alone(seen)
        if not rules.there:
            yield self.failed("gone", branch, branch=branch)
            return
        lacking = tuple(chain(_of_pulls(rules, solo=solo, ways=seen.home.merges), _of_status(rules)))
        if lacking and rules.hidden is not None:
            yield self.untold(rules.hidden)
            return
        mend = MakeRuleset(_free(rules.rulesets), branch, _rules(lacking, solo=solo, home=seen.home))
        for why in lacking:
            told = self.found(why, branch=branch, asleep=list(rules.asleep), context=CONTEXT)
            yield replace(told, mend=mend)


def is_whole(rules: BranchRules) -> bool:
    """Whether everything is asked for already, so that no other rule could add to it."""
    return not any(chain(_of_pulls(rules, solo=False, ways=ANY), _of_status(rules)))


def _of_pulls(rules: BranchRules, *, solo: bool, ways: frozenset[str] | Unknown) -> Iterator[str]:
    """What is missing of the way by pull request; whoever works alone has nobody to approve.

    `ways` of merging are the repository's. Without squashing among them a rule that allows it alone would allow none.
    """
    if rules.approvals is None:
        yield "pull-request"
    elif not solo:
        if rules.approvals < 1:
            yield "approvals"
        if not rules.last_push:
            yield "last-push"
        if not rules.stale:
            yield "stale"
    if SQUASH not in {rules.merges, ways} and _may_squash(ways):
        yield "squash"


def _may_squash(ways: frozenset[str] | Unknown) -> bool:
    return isinstance(ways, Unknown) or "squash" in ways


def _of_status(rules: BranchRules) -> Iterator[str]:
    sources = {context.casefold(): source for context, source in rules.statuses.items()}
    if CONTEXT not in sources:
        yield "status"
    elif sources[CONTEXT] is None:
        yield "source"


def _is_alone(seen: Inspection) -> bool:
    return not isinstance(seen.people, Unknown) and seen.people.alone


def _free(taken: frozenset[str]) -> str:
    """A name that no ruleset has yet; GitHub takes none twice."""
    names = {name.casefold() for name in taken}
    return next(name for name in chain((NAME,), (f"{NAME} {n}" for n in count(2))) if name not in names)


def _rules(lacking: tuple[str, ...], *, solo: bool, home: Home) -> tuple[Mapping[str, object], ...]:
    """The rules that are missing, in GitHub's words: of several rulesets the strictest counts."""
    found: list[Mapping[str, object]] = []
    if set(lacking) & set(PULL):
        found.append({"type": "pull_request", "parameters": _pull_request(solo=solo, squash=_may_squash(home.merges))})
    if set(lacking) & set(STATUS):
        check: dict[str, object] = {"context": CONTEXT}
        if home.url.startswith("https://github.com/"):
            check["integration_id"] = GITHUB_ACTIONS
        parameters = {"strict_required_status_checks_policy": False, "required_status_checks": [check]}
        found.append({"type": "required_status_checks", "parameters": parameters})
    return tuple(found)


def _pull_request(*, solo: bool, squash: bool) -> Mapping[str, object]:
    methods = {"allowed_merge_methods": ["squash"]} if squash else {}
    return {
        "required_approving_review_count": 0 if solo else 1,
        "dismiss_stale_reviews_on_push": not solo,
        "require_code_owner_review": False,
        "require_last_push_approval": not solo,
        "required_review_thread_resolution": False,
        **methods,
    }
