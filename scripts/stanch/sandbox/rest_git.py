"""REST: git's own objects and the refs that name them."""

import base64
import binascii
from dataclasses import replace
from typing import Any

from stanch.sandbox import git_data, rules, shapes_git
from stanch.sandbox.call import Answer, Call, Route
from stanch.sandbox.rights import Refusal, invalid
from stanch.sandbox.rulesets import must_be_on_the_plan
from stanch.sandbox.shapes import api

MODES = ("100644", "100755")
"""Modes of files. A file that may be executed becomes a plain one here, so that its tree's id is another."""


def make_blob(call: Call) -> Answer:
    content, encoding = call.text("content", "Blob"), call.maybe("encoding", str) or "utf-8"
    sha = git_data.make_blob(call.world, call.repo, call.by, _decoded(content, encoding))
    url = f"{api(call.world, call.repo.full_name)}/git/blobs/{sha}"
    return Answer(201, {"sha": sha, "url": url}, {"Location": url})


def _decoded(content: str, encoding: str) -> str:
    if encoding != "base64":
        return content
    try:
        return base64.b64decode(content, validate=False).decode()
    except UnicodeDecodeError:
        raise Refusal(501, "The sandbox does not know binary blobs") from None
    except binascii.Error:
        raise Refusal(422, "content is not valid Base64") from None


def get_blob(call: Call) -> Answer:
    call.ask("read", "contents")
    sha = call.parts["sha"]
    text = git_data.blob(call.repo, sha)
    if text is None:
        raise Refusal(404, "Not Found")
    url = f"{api(call.world, call.repo.full_name)}/git/blobs/{sha}"
    content = {"content": base64.encodebytes(text.encode()).decode(), "encoding": "base64"}
    return Answer(200, {"sha": sha, "node_id": f"B_kwDO{sha}", "size": len(text.encode()), "url": url, **content})


def make_tree(call: Call) -> Answer:
    entries = call.maybe("tree", list)
    if entries is None:
        raise invalid("Tree", "tree", "missing_field")
    changes = dict(_entry(call, entry) for entry in entries)
    made = git_data.make_tree(call.world, call.repo, call.by, call.maybe("base_tree", str), changes)
    return Answer(201, shapes_git.tree(call.world, call.repo, made, deep=False))


def _entry(call: Call, entry: Any) -> tuple[str, str | None]:
    """A file's path with its text, given inline or by a blob's id; None deletes it."""
    if not isinstance(entry, dict):
        raise invalid("Tree", "tree")
    path, mode = entry.get("path"), entry.get("mode")
    if not isinstance(path, str) or not path:
        raise Refusal(422, "tree.path cannot be blank")
    if path.startswith("/"):
        raise Refusal(422, "tree.path cannot start with a slash")
    if any(part.lower() in {"", ".", "..", ".git"} for part in path.split("/")):
        raise Refusal(422, "tree.path contains a malformed path component")
    if isinstance(entry.get("content"), str) and "sha" not in entry and mode in MODES:
        return path, entry["content"]
    if "sha" in entry and entry["sha"] is None:
        return path, None
    if mode not in MODES:
        raise Refusal(501, f"The sandbox does not know tree entries of mode {mode}")
    text = git_data.blob(call.repo, str(entry.get("sha")))
    if text is None:
        raise Refusal(422, f"tree.sha {entry.get('sha')} is not a valid blob")
    return path, text


def get_tree(call: Call) -> Answer:
    call.ask("read", "contents")
    found = git_data.tree(call.repo, call.parts["ref"])
    if found is None:
        raise Refusal(404, "Not Found")
    return Answer(200, shapes_git.tree(call.world, call.repo, found, deep="recursive" in call.query))


def make_commit(call: Call) -> Answer:
    parents = call.maybe("parents", list) or []
    author, committer = (_person(call.maybe(key, dict)) for key in ("author", "committer"))
    new = git_data.NewCommitObject(call.text("message", "Commit"), call.text("tree", "Commit"), parents)
    made = git_data.make_commit(call.world, call.repo, call.by, replace(new, author=author, committer=committer))
    shown = shapes_git.commit(call.world, call.repo, made)
    return Answer(201, shown, {"Location": str(shown["url"])})


def _person(given: dict[str, Any] | None) -> str:
    return f"{given['name']} <{given['email']}>" if given and "name" in given and "email" in given else ""


def get_commit(call: Call) -> Answer:
    call.ask("read", "contents")
    if call.parts["sha"] not in call.repo.commits:
        raise Refusal(404, "Not Found")
    return Answer(200, shapes_git.commit(call.world, call.repo, call.repo.commits[call.parts["sha"]]))


def _refs(call: Call) -> dict[str, str]:
    heads = {f"refs/heads/{name}": sha for name, sha in call.repo.branches.items()}
    return heads | {f"refs/tags/{name}": sha for name, sha in call.repo.tags.items()}


def _shown(call: Call, name: str) -> dict[str, object]:
    return shapes_git.ref(call.world, call.repo, name, _refs(call)[name])


def get_ref(call: Call) -> Answer:
    call.ask("read", "contents")
    name = f"refs/{call.parts['ref']}"
    if name not in _refs(call):
        raise Refusal(404, "Not Found")
    return Answer(200, _shown(call, name))


def matching_refs(call: Call) -> Answer:
    """The refs that begin with these letters; an empty list when there are none."""
    call.ask("read", "contents")
    start = f"refs/{call.parts['ref']}"
    return call.page(sorted(name for name in _refs(call) if name.startswith(start)), lambda name: _shown(call, name))


def create_ref(call: Call) -> Answer:
    name = call.text("ref", "Reference")
    git_data.create_ref(call.world, call.repo, call.by, name, call.text("sha", "Reference"))
    shown = _shown(call, name)
    return Answer(201, shown, {"Location": str(shown["url"])})


def update_ref(call: Call) -> Answer:
    ref, sha = call.parts["ref"], call.text("sha", "Reference")
    git_data.update_ref(call.world, call.repo, call.by, ref, sha, force=bool(call.maybe("force", bool)))
    return Answer(200, _shown(call, f"refs/{ref}"))


def delete_ref(call: Call) -> Answer:
    git_data.delete_ref(call.world, call.repo, call.by, call.parts["ref"])
    return Answer(204)


def _branch(call: Call) -> str:
    name = call.parts["branch"]
    if name not in call.repo.branches:
        raise Refusal(404, "Branch not found")
    return name


def get_branch(call: Call) -> Answer:
    call.ask("read", "contents")
    return Answer(200, shapes_git.branch(call.world, call.repo, _branch(call)))


def get_protection(call: Call) -> Answer:
    """Only for administrators; a ruleset is none of this, so its branch is not protected by this measure.

    Other people are told that there is nothing (reported: google/go-github#625, ossf/scorecard#138).
    """
    if not call.by.is_bot and not call.repo.has_role(call.by.login, "admin"):
        raise Refusal(404, "Not Found")
    call.ask("admin", "administration", "read")
    must_be_on_the_plan(call.repo)
    name = _branch(call)
    held = rules.protection_of(call.repo, name)
    if held is None:
        raise Refusal(404, "Branch not protected")
    return Answer(200, shapes_git.protection(call.world, call.repo, name, held))


ROUTES = (
    Route("POST", "/git/blobs", "make blob", make_blob),
    Route("GET", "/git/blobs/{sha}", "get blob", get_blob),
    Route("POST", "/git/trees", "make tree", make_tree),
    Route("GET", "/git/trees/{ref}", "get tree", get_tree),
    Route("POST", "/git/commits", "make commit", make_commit),
    Route("GET", "/git/commits/{sha}", "get commit", get_commit),
    Route("POST", "/git/refs", "create ref", create_ref),
    Route("GET", "/git/ref/{ref}", "get ref", get_ref),
    Route("GET", "/git/matching-refs/{ref}", "list refs", matching_refs),
    Route("PATCH", "/git/refs/{ref}", "update ref", update_ref),
    Route("DELETE", "/git/refs/{ref}", "delete ref", delete_ref),
    Route("GET", "/branches/{branch}/protection", "get protection", get_protection),
    Route("GET", "/branches/{branch}", "get branch", get_branch),
)
