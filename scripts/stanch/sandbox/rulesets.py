"""Rulesets: made, changed and deleted; what GitHub refuses in one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, require
from stanch.sandbox.settings import Rule, Ruleset

if TYPE_CHECKING:
    from stanch.sandbox.world import World

_APPROVING = {
    "dismiss_stale_reviews_on_push": False,
    "require_code_owner_review": False,
    "require_last_push_approval": False,
    "required_approving_review_count": 0,
    "required_review_thread_resolution": False,
}
PARAMETERS: Mapping[str, Mapping[str, object]] = {
    "creation": {},
    "deletion": {},
    "non_fast_forward": {},
    "pull_request": _APPROVING,
    "required_linear_history": {},
    "required_signatures": {},
    "required_status_checks": {"required_status_checks": [], "strict_required_status_checks_policy": False},
    "update": {"update_allows_fetch_and_merge": False},
}
"""The rules that are known here, with the parameters that GitHub wants and what stands for a missing one in tests."""

UPGRADE = "Upgrade to GitHub Pro or make this repository public to enable this feature."


@dataclass(frozen=True)
class Wish:
    """What is asked of a ruleset; None leaves as it is."""

    name: str | None = None
    enforcement: str | None = None
    target: str | None = None
    rules: Sequence[Any] | None = None
    conditions: Mapping[str, Any] | None = None
    actors: Sequence[Any] | None = None


def must_be_on_the_plan(repo: Repository) -> None:
    """Rules are not for private repositories of a free plan."""
    if repo.private and repo.settings.plan == "free":
        raise Refusal(403, UPGRADE)


def create(world: "World", repo: Repository, by: Caller, wish: Wish) -> Ruleset:
    """A new ruleset; 422 for a name that is taken, or what GitHub does not understand."""
    require(repo, by, "admin", "administration")
    must_be_on_the_plan(repo)
    if any(one.name == wish.name for one in repo.rulesets.values()):
        raise _invalid("Name must be unique")
    now = world.clock.now
    made = _changed(Ruleset(world.new_id(), "", now), wish)
    with world.writing():
        repo.rulesets[made.id] = made
    return made


def change(world: "World", repo: Repository, by: Caller, number: int, wish: Wish) -> Ruleset:
    """Change what is asked; the rest stays."""
    require(repo, by, "admin", "administration")
    made = _changed(get(repo, number), wish)
    with world.writing():
        repo.rulesets[number] = made
    return made


def delete(world: "World", repo: Repository, by: Caller, number: int) -> None:
    require(repo, by, "admin", "administration")
    get(repo, number)
    with world.writing():
        del repo.rulesets[number]


def get(repo: Repository, number: int) -> Ruleset:
    """A ruleset by its id; 404 when there is none."""
    must_be_on_the_plan(repo)
    if number not in repo.rulesets:
        raise Refusal(404, "Not Found")
    return repo.rulesets[number]


_CHOICES = {"enforcement": ("active", "disabled", "evaluate"), "target": ("branch", "tag", "push")}


def _changed(of: Ruleset, wish: Wish) -> Ruleset:
    _must_be_understood(wish)
    given: dict[str, Any] = {"name": wish.name, "enforcement": wish.enforcement, "target": wish.target}
    if wish.rules is not None:
        given["rules"] = tuple(map(_rule, wish.rules))
    if wish.conditions is not None:
        given |= {key: tuple(_patterns(wish.conditions, key)) for key in ("include", "exclude")}
    if wish.actors is not None:
        given["actors"] = tuple(wish.actors)
    return replace(of, **{key: value for key, value in given.items() if value is not None})


def _must_be_understood(wish: Wish) -> None:
    for name, known in _CHOICES.items():
        if getattr(wish, name) not in {None, *known}:
            raise _invalid(f"Invalid {name}: write one of {', '.join(known)}")
    if not all(isinstance(rule, Mapping) for rule in wish.rules or ()):
        raise _invalid("Invalid rules")
    if not all(isinstance(actor, Mapping) and "actor_type" in actor for actor in wish.actors or ()):
        raise _invalid("Invalid bypass actors")


def _patterns(conditions: Mapping[str, Any], key: str) -> list[str]:
    names = conditions.get("ref_name") or {}
    rows = names.get(key) or [] if isinstance(names, Mapping) else None
    if not isinstance(rows, list) or not all(isinstance(row, str) for row in rows):
        raise _invalid("Invalid conditions")
    return rows


def _rule(sent: Mapping[str, Any]) -> Rule:
    kind, parameters = str(sent.get("type")), sent.get("parameters")
    if kind not in PARAMETERS:
        raise _invalid(f"Invalid rule '{kind}': the sandbox does not know it")
    lacking = sorted(PARAMETERS[kind].keys() - (parameters or {}).keys())
    if lacking and kind != "update":
        raise _invalid(f"Invalid rule '{kind}': missing {', '.join(lacking)}")
    return Rule(kind, parameters)


def _invalid(said: str) -> Refusal:
    return Refusal(422, "Validation Failed", [{"resource": "RepositoryRuleset", "code": "custom", "message": said}])
