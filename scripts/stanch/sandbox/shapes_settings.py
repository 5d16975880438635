"""How REST shows settings: Actions, rulesets, secrets, releases."""

from typing import TYPE_CHECKING

from stanch.sandbox.clock import stamp
from stanch.sandbox.repository import Repository
from stanch.sandbox.settings import Release, Rule, Ruleset
from stanch.sandbox.shapes import Shape, api, node_id, user

if TYPE_CHECKING:
    from stanch.sandbox.world import World


def actions(world: "World", repo: Repository) -> Shape:
    """What Actions may run; of Actions that are switched off nothing else is said."""
    of = repo.settings.actions
    if not of.enabled:
        return {"enabled": False}
    url = f"{api(world, repo.full_name)}/actions/permissions/selected-actions"
    selected = {"selected_actions_url": url} if of.allowed == "selected" else {}
    return {"enabled": True, "allowed_actions": of.allowed, "sha_pinning_required": of.pins_required, **selected}


def summary(world: "World", repo: Repository, of: Ruleset) -> Shape:
    """A ruleset as a list shows it: without its rules."""
    url = f"{api(world, repo.full_name)}/rulesets/{of.id}"
    page = f"{world.html_url}/{repo.full_name}/rules/{of.id}"
    return {
        "id": of.id,
        "name": of.name,
        "target": of.target,
        "source_type": "Repository",
        "source": repo.full_name,
        "enforcement": of.enforcement,
        "node_id": node_id("RRS", of.id),
        "_links": {"self": {"href": url}, "html": {"href": page}},
        "created_at": stamp(of.at),
        "updated_at": stamp(of.at),
    }


def ruleset(world: "World", repo: Repository, of: Ruleset, *, in_full: bool) -> Shape:
    """A ruleset with its rules; who may pass it by is for those who may change it."""
    names = {"include": list(of.include), "exclude": list(of.exclude)}
    shape = summary(world, repo, of) | {"conditions": {"ref_name": names}, "rules": [rule(one) for one in of.rules]}
    return shape | ({"bypass_actors": list(of.actors)} if in_full else {})


def rule(of: Rule) -> Shape:
    return {"type": of.type} | ({"parameters": of.parameters} if of.parameters else {})


def held_rule(repo: Repository, ruleset: Ruleset, of: Rule) -> Shape:
    """A rule as a branch has it, with where it comes from."""
    source = {"ruleset_source_type": "Repository", "ruleset_source": repo.full_name, "ruleset_id": ruleset.id}
    return rule(of) | source


def secret(name: str, at: int) -> Shape:
    """A secret by its name: nobody reads its value."""
    return {"name": name, "created_at": stamp(at), "updated_at": stamp(at)}


def release(world: "World", repo: Repository, of: Release) -> Shape:
    base = api(world, repo.full_name)
    url, page = f"{base}/releases/{of.id}", f"{world.html_url}/{repo.full_name}/releases"
    return {
        "url": url,
        "assets_url": f"{url}/assets",
        "upload_url": f"{url}/assets{{?name,label}}",
        "html_url": f"{page}/tag/{of.tag}",
        "tarball_url": f"{base}/tarball/{of.tag}",
        "zipball_url": f"{base}/zipball/{of.tag}",
        "id": of.id,
        "node_id": node_id("RE", of.id),
        "tag_name": of.tag,
        "target_commitish": repo.default_branch,
        "name": of.name,
        "body": of.body,
        "draft": False,
        "prerelease": False,
        "created_at": stamp(of.at),
        "published_at": stamp(of.at),
        "author": user(world, of.author),
        "assets": [],
    }
