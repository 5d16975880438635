"""How REST shows git objects: commits, trees, blobs, refs and branches."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from stanch.sandbox import rules, shapes_repo
from stanch.sandbox.git import Tree, blob_sha
from stanch.sandbox.records import Commit
from stanch.sandbox.repository import Repository
from stanch.sandbox.settings import Protection
from stanch.sandbox.shapes import Shape, api, user

if TYPE_CHECKING:
    from stanch.sandbox.world import World


def commit(world: "World", repo: Repository, of: Commit) -> Shape:
    """A commit as git has it."""
    base = api(world, repo.full_name)
    html = f"{world.html_url}/{repo.full_name}/commit"
    return {
        "sha": of.sha,
        "node_id": f"C_kwDO{of.sha}",
        "url": f"{base}/git/commits/{of.sha}",
        "html_url": f"{html}/{of.sha}",
        "author": shapes_repo.signature(of),
        "committer": shapes_repo.signature(of, of.committer or of.author),
        "message": of.message,
        "tree": {"sha": of.tree.oid, "url": f"{base}/git/trees/{of.tree.oid}"},
        "parents": [
            {"sha": old, "url": f"{base}/git/commits/{old}", "html_url": f"{html}/{old}"} for old in of.parents
        ],
        "verification": {
            "verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None
        },
    }  # fmt: skip # one field a line, but for the last


def tree(world: "World", repo: Repository, of: Tree, *, deep: bool) -> Shape:
    """A tree with its own entries, or with all that is below it."""
    base = f"{api(world, repo.full_name)}/git"
    folders = {path.rsplit("/", depth)[0] for path in of.texts for depth in range(1, path.count("/") + 1)}
    rows: list[Shape] = []
    for path in sorted({*of.texts, *folders}):
        if "/" in path and not deep:
            continue
        text = of.texts.get(path)
        if text is None:
            below = of.below(path) or of
            where = {"sha": below.oid, "url": f"{base}/trees/{below.oid}"}
            rows.append({"path": path, "mode": "040000", "type": "tree", **where})
        else:
            where = {"sha": blob_sha(text), "url": f"{base}/blobs/{blob_sha(text)}"}
            rows.append({"path": path, "mode": "100644", "type": "blob", "size": len(text.encode()), **where})
    return {"sha": of.oid, "url": f"{base}/trees/{of.oid}", "tree": rows, "truncated": False}


def ref(world: "World", repo: Repository, name: str, sha: str) -> Shape:
    """A ref such as `refs/heads/main`; tags here are bare names of commits."""
    base = f"{api(world, repo.full_name)}/git"
    target = {"type": "commit", "sha": sha, "url": f"{base}/commits/{sha}"}
    return {"ref": name, "node_id": f"REF_{repo.id:x}:{name}", "url": f"{base}/{quote(name)}", "object": target}


def branch(world: "World", repo: Repository, name: str) -> Shape:
    """A branch with a word on its protection; what the rules are in full, only administrators read."""
    url, sha = f"{api(world, repo.full_name)}/branches/{quote(name)}", repo.branches[name]
    page = f"{world.html_url}/{repo.full_name}/tree/{quote(name)}"
    held = rules.protection_of(repo, name)
    contexts = list(held.contexts) if held else []
    level = "non_admins" if contexts else "off"
    commit = shapes_repo.commit(world, repo, repo.commits[sha], in_full=True)
    checks = {"enforcement_level": level, "contexts": contexts, "checks": _checks(contexts)}
    return {
        "name": name,
        "commit": commit,
        "_links": {"self": url, "html": page},
        "protected": held is not None or bool(rules.of_branch(repo, name)),
        "protection": {"enabled": held is not None, "required_status_checks": checks},
        "protection_url": f"{url}/protection",
    }


def _checks(contexts: list[str]) -> list[Shape]:
    return [{"context": context, "app_id": None} for context in contexts]


def protection(world: "World", repo: Repository, name: str, of: Protection) -> Shape:
    """Classic protection in full."""
    url = f"{api(world, repo.full_name)}/branches/{quote(name)}/protection"
    shape: Shape = {
        "url": url,
        "enforce_admins": {"url": f"{url}/enforce_admins", "enabled": of.enforces_admins},
        "required_linear_history": {"enabled": of.linear},
        "allow_force_pushes": {"enabled": False},
        "allow_deletions": {"enabled": False},
        "block_creations": {"enabled": False},
        "required_conversation_resolution": {"enabled": False},
        "lock_branch": {"enabled": False},
        "allow_fork_syncing": {"enabled": False},
        "required_signatures": {"url": f"{url}/required_signatures", "enabled": False},
    }
    if of.approvals is not None:
        shape["required_pull_request_reviews"] = {
            "url": f"{url}/required_pull_request_reviews",
            "dismiss_stale_reviews": of.dismisses_stale,
            "require_code_owner_reviews": of.code_owners,
            "require_last_push_approval": of.last_push,
            "required_approving_review_count": of.approvals,
        }
    if of.contexts:
        checks = f"{url}/required_status_checks"
        listed = {"contexts": list(of.contexts), "checks": _checks(list(of.contexts))}
        shape["required_status_checks"] = {
            "url": checks, "strict": of.strict, "contexts_url": f"{checks}/contexts", **listed
        }  # fmt: skip # one row
    return shape


def collaborator(world: "World", repo: Repository, login: str) -> Shape:
    """A person with their base permissions and the name of their role."""
    grants = {role: repo.has_role(login, role) for role in ("admin", "maintain", "triage")}
    grants |= {"push": repo.has_role(login, "write"), "pull": repo.has_role(login, "read")}
    name = repo.roles.get(login.lower(), repo.role_of(login))
    return user(world, login) | {"permissions": grants, "role_name": name}
