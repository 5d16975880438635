"""Which rules hold for a branch, by classic protection and by rulesets, and what they refuse."""

from collections.abc import Iterator
from typing import Any

from stanch.sandbox.patterns import fits
from stanch.sandbox.records import Pull
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal
from stanch.sandbox.settings import Protection, Rule, Ruleset

THROUGH_PULL = "Changes must be made through a pull request."
ROLE_IDS = {2: "maintain", 4: "write", 5: "admin"}
"""GitHub's ids of the roles that may pass a ruleset by."""

_REFUSED = {
    "branch_creation": ("creation", "Cannot create ref due to creations being restricted."),
    "branch_deletion": ("deletion", "Cannot delete this branch"),
    "force_push": ("non_fast_forward", "Cannot force-push to this branch"),
    "push": ("update", "Cannot update this protected ref."),
}


def protection_of(repo: Repository, branch: str) -> Protection | None:
    """The classic protection of a branch: of its own name, else of the first pattern that fits."""
    if branch in repo.protections:
        return repo.protections[branch]
    return next((one for pattern, one in repo.protections.items() if fits(pattern, branch)), None)


def of_branch(repo: Repository, branch: str) -> list[tuple[Ruleset, Rule]]:
    """The rules of every active ruleset that names a branch, in the order of the rulesets."""
    return [
        (ruleset, rule)
        for ruleset in repo.rulesets.values()
        if ruleset.enforcement == "active" and ruleset.target == "branch" and _names(repo, ruleset, branch)
        for rule in ruleset.rules
    ]


def _names(repo: Repository, ruleset: Ruleset, branch: str) -> bool:
    def meant(pattern: str) -> bool:
        if pattern == "~DEFAULT_BRANCH":
            return branch == repo.default_branch
        return pattern == "~ALL" or fits(pattern, f"refs/heads/{branch}")

    return any(map(meant, ruleset.include)) and not any(map(meant, ruleset.exclude))


def passes(repo: Repository, by: Caller, ruleset: Ruleset, *, merging: bool = False) -> bool:
    """Whether somebody may pass a ruleset by for their role; teams, apps and single users are unknown here."""
    for actor in ruleset.actors:
        role = ROLE_IDS.get(int(str(actor.get("actor_id") or 0))) if actor["actor_type"] == "RepositoryRole" else None
        role = "admin" if actor["actor_type"] == "OrganizationAdmin" else role
        only_merging = actor.get("bypass_mode") == "pull_request"
        if role and not by.is_bot and repo.has_role(by.login, role) and (merging or not only_merging):
            return True
    return False


def must_allow(repo: Repository, by: Caller, branch: str, kind: str, status: int = 422) -> None:
    """Refuse a move of a branch that its rules forbid; `kind` is the `activity_type` that it would have."""
    said = _protected(repo, by, branch, kind)
    if said:
        raise Refusal(status, said)
    broken = [words for ruleset, words in _broken(repo, branch, kind) if not passes(repo, by, ruleset)]
    if broken and kind == "branch_creation":
        raise Refusal(status, "Reference update failed")  # reported: github/rest-api-description#4887
    if broken:
        raise Refusal(status, "Repository rule violations found\n\n" + "\n\n".join(dict.fromkeys(broken)) + "\n\n")


def _protected(repo: Repository, by: Caller, branch: str, kind: str) -> str:
    rules = protection_of(repo, branch)
    if rules is None or kind == "branch_creation":
        return ""
    if kind in {"branch_deletion", "force_push"}:
        return _REFUSED[kind][1]
    if repo.has_role(by.login, "admin") and not by.is_bot and not rules.enforces_admins:
        return ""
    if rules.approvals is not None:
        return THROUGH_PULL
    return f'Required status check "{rules.contexts[0]}" is expected.' if rules.contexts else ""


def _broken(repo: Repository, branch: str, kind: str) -> Iterator[tuple[Ruleset, str]]:
    wanted, words = _REFUSED[kind]
    for ruleset, rule in of_branch(repo, branch):
        if rule.type == wanted:
            yield ruleset, words
        elif rule.type == "pull_request" and kind in {"push", "force_push"}:
            yield ruleset, THROUGH_PULL


def _parameters(repo: Repository, by: Caller, base: str, kind: str) -> list[dict[str, Any]]:
    """The parameters of the rules of one type that a merge by somebody has to keep."""
    held = of_branch(repo, base)
    return [
        rule.parameters or {}
        for ruleset, rule in held
        if rule.type == kind and not passes(repo, by, ruleset, merging=True)
    ]


def contexts(repo: Repository, by: Caller, base: str) -> list[str]:
    """The contexts that rulesets and protection want green before somebody merges into a branch."""
    rows = _parameters(repo, by, base, "required_status_checks")
    found = [check["context"] for row in rows for check in row.get("required_status_checks", ())]
    return [*found, *(_binding(repo, by, base) or Protection(None)).contexts]


def _binding(repo: Repository, by: Caller, base: str) -> Protection | None:
    rules = protection_of(repo, base)
    free = rules and not rules.enforces_admins and not by.is_bot and repo.has_role(by.login, "admin")
    return None if free else rules


def approvals(repo: Repository, by: Caller, base: str) -> int:
    """How many approvals a merge by somebody into a branch needs."""
    rules = _binding(repo, by, base)
    rows = _parameters(repo, by, base, "pull_request")
    wanted = [int(row.get("required_approving_review_count", 0)) for row in rows]
    return max([*wanted, (rules.approvals or 0) if rules else 0])


def wants_other_eyes(repo: Repository, by: Caller, base: str) -> bool:
    """Whether somebody else than who pushed last has to approve."""
    rules = _binding(repo, by, base)
    rows = _parameters(repo, by, base, "pull_request")
    return bool(rules and rules.last_push) or any(row.get("require_last_push_approval") for row in rows)


def last_pusher(repo: Repository, pull: Pull) -> str:
    """Who moved the head of a pull request last; "" where its branch is not of this repository."""
    moves = [one.actor for one in repo.activity if one.branch == pull.head and not pull.head_repo]
    return moves[-1] if moves else ""


def methods(repo: Repository, by: Caller, base: str) -> set[str]:
    """The ways of merging that the rules of a branch leave open."""
    left = {"merge", "squash", "rebase"}
    for row in _parameters(repo, by, base, "pull_request"):
        left &= set(row.get("allowed_merge_methods") or left)
    rules = _binding(repo, by, base)
    if any(True for _ in _parameters(repo, by, base, "required_linear_history")) or (rules and rules.linear):
        left -= {"merge"}
    return left


def approved_by(repo: Repository, pull: Pull, author: str) -> set[str]:
    """Who may push and has approved last, the author apart."""
    latest = {review.author: review.state for review in pull.reviews if review.state != "commented"}
    return {
        who for who, state in latest.items() if state == "approved" and who != author and repo.has_role(who, "write")
    }


def dismisses_stale(repo: Repository, base: str) -> bool:
    """Whether a push takes approvals back on pull requests into a branch."""
    rules = protection_of(repo, base)
    told = (rule.parameters or {} for _, rule in of_branch(repo, base) if rule.type == "pull_request")
    return (
        repo.merging.dismisses_stale
        or bool(rules and rules.dismisses_stale)
        or any(row.get("dismiss_stale_reviews_on_push") for row in told)
    )
