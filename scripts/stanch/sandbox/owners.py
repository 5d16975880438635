"""What the owner of a repository sets: the verbs of its settings pages. Only administrators may."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from stanch.sandbox import rulesets, runs, shapes_repo, workflows
from stanch.sandbox.clock import seconds
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, invalid, require
from stanch.sandbox.settings import Protection, Release, Rule, Ruleset

if TYPE_CHECKING:
    from stanch.sandbox.world import World

State = Literal["active", "disabled_manually", "disabled_inactivity", "disabled_fork"]


def change(world: "World", repo: Repository, flags: Mapping[str, bool], default_branch: str | None = None) -> None:
    """Set what GitHub's flags of a repository say, by GitHub's names."""
    names = {"has_issues": "has_issues", "archived": "archived", "delete_branch_on_merge": "deletes_merged"}
    merging = {shapes_repo.METHODS[key]: value for key, value in flags.items() if key in shapes_repo.METHODS}
    if default_branch is not None and default_branch not in repo.branches:
        raise invalid("Repository", "default_branch")
    merged = replace(repo.merging, **merging)  # type: ignore[arg-type]  # the names are those of flags
    if not (merged.merge or merged.squash or merged.rebase):
        raise invalid("Repository", "merge_commit_allowed", "no_merge_method")
    with world.writing():
        repo.merging = merged
        settings = {names[key]: value for key, value in flags.items() if key in names}
        repo.settings = replace(repo.settings, **settings)  # type: ignore[arg-type]  # as above
        repo.default_branch = default_branch or repo.default_branch


@dataclass(frozen=True)
class Owner:
    """Somebody in one repository, with the verbs of its settings."""

    world: "World"
    repo: Repository
    me: Caller

    def archives(self) -> None:
        """Make the repository read-only."""
        self._flags(archived=True)

    def unarchives(self) -> None:
        require(self.repo, self.me, "admin", "administration", "read")
        change(self.world, self.repo, {"archived": False})

    def switches_off_issues(self) -> None:
        self._flags(has_issues=False)

    def sets_merging(self, **methods: bool) -> None:
        """Allow or forbid ways to merge (merge, squash, rebase), and `deletes_merged` branches."""
        deletes = methods.pop("deletes_merged", self.repo.settings.deletes_merged)
        names = {ours: theirs for theirs, ours in shapes_repo.METHODS.items()}
        self._flags(delete_branch_on_merge=deletes, **{names[name]: value for name, value in methods.items()})

    def moves_default_branch(self, name: str) -> None:
        """Make another branch the default; it is begun where the old one stands if need be."""
        self._ask()
        self.repo.branches.setdefault(name, self.repo.head)
        change(self.world, self.repo, {}, name)

    def sets_actions(self, **settings: Any) -> None:
        """Change settings of Actions by the names of settings.Actions: enabled, allowed, patterns, opens_pulls, …"""
        self._ask()
        with self.world.writing():
            actions = replace(self.repo.settings.actions, **settings)
            self.repo.settings = replace(self.repo.settings, actions=actions)

    def is_on_plan(self, plan: Literal["free", "team"]) -> None:
        """A private repository of a free plan has no rules for its branches."""
        self._ask()
        with self.world.writing():
            self.repo.settings = replace(self.repo.settings, plan=plan)

    def protects(self, branch: str = "", **rules: Any) -> None:
        """Protect a branch, or all that fit a pattern (the default branch), by the names of settings.Protection."""
        self._ask()
        with self.world.writing():
            self.repo.protections[branch or self.repo.default_branch] = Protection(**rules)

    def unprotects(self, branch: str = "") -> None:
        self._ask()
        with self.world.writing():
            del self.repo.protections[branch or self.repo.default_branch]

    def makes_ruleset(self, name: str, rules: Mapping[str, dict[str, object] | None], **more: Any) -> int:
        """A ruleset from rules by GitHub's types (`{"pull_request": {…}, "deletion": None}`); returns its id.

        Missing parameters are filled in. `more` are include, exclude, enforcement, target and actors of
        settings.Ruleset.
        """
        self._ask()
        number = self.world.new_id()
        told = {kind: {**rulesets.PARAMETERS.get(kind, {}), **(parameters or {})} for kind, parameters in rules.items()}
        listed = tuple(Rule(kind, parameters or None) for kind, parameters in told.items())
        with self.world.writing():
            self.repo.rulesets[number] = Ruleset(number, name, self.world.clock.now, listed, **more)
        return number

    def sets_secret(self, name: str, *, organization: bool = False) -> None:
        """Store a secret (its value is nobody's business); `organization`: one that the organization shares."""
        self._ask()
        with self.world.writing():
            names = self.repo.organization_secrets if organization else self.repo.secrets
            names[name.upper()] = self.world.clock.now

    def removes_secret(self, name: str) -> None:
        self._ask()
        with self.world.writing():
            self.repo.secrets.pop(name.upper(), None)
            self.repo.organization_secrets.pop(name.upper(), None)

    def sets_variable(self, name: str, value: str) -> None:
        self._ask()
        with self.world.writing():
            self.repo.variables[name.upper()] = (value, self.world.clock.now)

    def disables_workflow(self, path: str, why: State = "disabled_manually") -> None:
        """Switch a workflow file off, by hand or (`disabled_inactivity`) as GitHub does after 60 quiet days."""
        workflows.switch(self.world, self.repo, self.me, path, why)

    def enables_workflow(self, path: str) -> None:
        workflows.switch(self.world, self.repo, self.me, path, "active")

    def remembers_run(
        self, path: str, at: str | int, event: str = "schedule", conclusion: str = "success", lasted: int = 60
    ) -> int:
        """Plant a run of the past (`at` is a time such as 2026-03-13T02:07:00Z, `lasted` seconds); returns its id."""
        began = at if isinstance(at, int) else seconds(at)
        return runs.recall(self.world, self.repo, self.me, runs.Past(path, began, event, conclusion, lasted)).id

    def sets_environment(self, name: str) -> None:
        self._ask()
        with self.world.writing():
            self.repo.environments.setdefault(name, self.world.new_id())

    def tags(self, name: str, revision: str = "") -> None:
        """Let a tag point to a branch or commit (the default branch's newest)."""
        require(self.repo, self.me, "write", "contents")
        with self.world.writing():
            self.repo.tags[name] = self.repo.branches.get(revision, revision) or self.repo.head

    def releases(self, tag: str, name: str = "", body: str = "") -> int:
        """Publish a release, whose tag is made if need be; returns its id."""
        if tag not in self.repo.tags:
            self.tags(tag)
        number = self.world.new_id()
        with self.world.writing():
            self.repo.releases[number] = Release(number, tag, self.me.login, self.world.clock.now, name or tag, body)
        return number

    def gives_role(self, login: str, role: str) -> None:
        """Give somebody a role, or take it away (`none`)."""
        self._ask()
        with self.world.writing():
            self.repo.roles[login.lower()] = role
            if role == "none":
                del self.repo.roles[login.lower()]

    def _ask(self) -> None:
        require(self.repo, self.me, "admin", "administration")

    def _flags(self, **flags: bool) -> None:
        self._ask()
        change(self.world, self.repo, flags)
