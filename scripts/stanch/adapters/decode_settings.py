"""From GitHub's REST answers to what the doctor knows of a repository's settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from stanch.adapters.answer import At
from stanch.core.access import Access
from stanch.core.doctor.inspection import (
    ActionsPolicy,
    BranchRules,
    Home,
    LabelSeen,
    Listed,
    RunSeen,
    Unknown,
)

MERGES = {"squash": "allow_squash_merge", "merge": "allow_merge_commit", "rebase": "allow_rebase_merge"}


def home(body: At) -> Home:
    """What `GET /repos/{owner}/{repo}` says. How it merges is told only to those who may push."""
    told = all(key in body and not body[key].null for key in MERGES.values())
    allowed = frozenset(way for way, key in MERGES.items() if told and body[key].flag())
    return Home(
        full_name=body["full_name"].text(),
        url=body["html_url"].text(),
        default_branch=body["default_branch"].text(),
        archived=body["archived"].flag(),
        has_issues=body["has_issues"].flag(),
        private=body["private"].flag(),
        owned_by_people=body["owner"]["type"].text() == "User",
        merges=allowed if told else Unknown("how pull requests may be merged"),
    )


def policy(body: At, selected: At | None) -> ActionsPolicy:
    """What `GET …/actions/permissions` says, and, where some actions are selected, which."""
    enabled = body["enabled"].flag()
    allowed = body["allowed_actions"].text() if "allowed_actions" in body and enabled else "all"
    pins = "sha_pinning_required" in body and body["sha_pinning_required"].flag()
    if selected is None:
        return ActionsPolicy(enabled, allowed, pins_required=pins)
    return ActionsPolicy(
        enabled,
        allowed,
        github_owned=selected["github_owned_allowed"].flag(),
        verified=selected["verified_allowed"].flag(),
        patterns=tuple(one.text() for one in selected["patterns_allowed"].each()),
        pins_required=pins,
    )


def workflow(row: At) -> Listed:
    return Listed(row["id"].whole(), row["path"].text(), row["state"].text(), _instant(row["created_at"]))


def _instant(at: At) -> datetime:
    """An instant in UTC: GitHub tells those of workflows with the offset of its own servers."""
    try:
        return datetime.fromisoformat(at.text()).astimezone(UTC)
    except ValueError:
        raise at.unexpected("an instant") from None


def run(row: At) -> RunSeen:
    status, conclusion = row["status"], row["conclusion"]
    return RunSeen(
        row["event"].text(),
        row["created_at"].instant(),
        "" if status.null else status.text(),
        "" if conclusion.null else conclusion.text(),
    )


def label(row: At) -> LabelSeen:
    said = _within(row, "description")
    return LabelSeen(row["name"].text(), row["color"].text(), said.text() if said else "")


def access(row: At) -> Access:
    """What a collaborator of the list may do."""
    if "permissions" not in row:
        return Access.NONE
    levels = {
        "admin": Access.MAINTAIN,
        "maintain": Access.MAINTAIN,
        "push": Access.WRITE,
        "triage": Access.TRIAGE,
        "pull": Access.READ,
    }
    allowed = row["permissions"]
    return max((level for key, level in levels.items() if key in allowed and allowed[key].flag()), default=Access.NONE)


@dataclass
class _Asked:
    """What is asked of a branch, gathered rule by rule."""

    approvals: list[int] = field(default_factory=list)
    merges: list[frozenset[str]] = field(default_factory=list)
    statuses: dict[str, int | None] = field(default_factory=dict)
    last_push: bool = False
    stale: bool = False

    def reviews(self, told: At, stale: str) -> None:
        self.approvals.append(_count(told, "required_approving_review_count"))
        self.last_push |= _is(told, "require_last_push_approval")
        self.stale |= _is(told, stale)
        if "allowed_merge_methods" in told:
            self.merges.append(frozenset(one.text() for one in told["allowed_merge_methods"].each()))

    def checks(self, rows: Iterable[At], source: str) -> None:
        """Required statuses; one that names its source stands before one that does not. -1 names none."""
        for row in rows:
            context, told = row["context"].text(), _within(row, source)
            app = None if told is None or told.value == -1 else told.whole()
            self.statuses[context] = app or self.statuses.get(context)


def branch_rules(
    rules: Iterable[At], rulesets: tuple[At, ...] = (), classic: At | Unknown | None = None
) -> BranchRules:
    """What rulesets and classic protection ask for together: of each the strictest."""
    asked = _Asked()
    for rule in rules:
        told, kind = _within(rule, "parameters"), rule["type"].text()
        if kind == "pull_request" and told is not None:
            asked.reviews(told, "dismiss_stale_reviews_on_push")
        elif kind == "required_status_checks" and told is not None:
            asked.checks(told["required_status_checks"].each(), "integration_id")
    if isinstance(classic, At):
        reviews, checks = _within(classic, "required_pull_request_reviews"), _within(classic, "required_status_checks")
        if reviews is not None:
            asked.reviews(reviews, "dismiss_stale_reviews")
        if checks is not None and "checks" in checks:
            asked.checks(checks["checks"].each(), "app_id")
        elif checks is not None:  # how older servers tell it
            for one in checks["contexts"].each():
                asked.statuses.setdefault(one.text(), None)
    return BranchRules(
        approvals=max(asked.approvals, default=None),
        last_push=asked.last_push,
        stale=asked.stale,
        merges=frozenset.intersection(*asked.merges) if asked.merges else None,
        statuses=asked.statuses,
        asleep=tuple(one["name"].text() for one in rulesets if _sleeps(one)),
        rulesets=frozenset(one["name"].text() for one in rulesets),
        hidden=classic if isinstance(classic, Unknown) else None,
    )


def _sleeps(ruleset: At) -> bool:
    """Whether it is one for branches that is not enforced."""
    target = _within(ruleset, "target")
    return ruleset["enforcement"].text() != "active" and (target is None or target.text() == "branch")


def _within(body: At, key: str) -> At | None:
    """A part that may be missing or null."""
    return body[key] if key in body and not body[key].null else None


def _count(body: At, key: str) -> int:
    return body[key].whole() if key in body and not body[key].null else 0


def _is(body: At, key: str) -> bool:
    return key in body and not body[key].null and body[key].flag()


def pairs(rows: Iterable[At]) -> Mapping[str, str]:
    """The variables of an answer, by name."""
    return {row["name"].text(): row["value"].text() for row in rows}
