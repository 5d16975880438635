"""Git objects as the REST side makes them: blobs, trees and commits that no branch has, and the refs that name them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stanch.sandbox import branches, rules
from stanch.sandbox.branches import WORKFLOWS
from stanch.sandbox.git import EMPTY, Tree, blob_sha, delta
from stanch.sandbox.history import ancestors
from stanch.sandbox.records import Commit
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, may_change_workflows, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

NO_SUCH_OBJECT = "Object does not exist"
NO_SUCH_REF = "Reference does not exist"


@dataclass(frozen=True)
class NewCommitObject:
    """A commit as POST git/commits takes it; authors are accounts or `Name <e-mail>`."""

    message: str
    tree: str
    parents: Sequence[str]
    author: str = ""
    committer: str = ""


def make_blob(world: "World", repo: Repository, by: Caller, text: str) -> str:
    """Store a text; returns git's id of it."""
    require(repo, by, "write", "contents")
    with world.writing():
        sha = blob_sha(text)
        repo.blobs[sha] = text
    return sha


def blob(repo: Repository, sha: str) -> str | None:
    """The text with an id, wherever it is."""
    trees = (*repo.trees.values(), *(commit.tree for commit in repo.commits.values()))
    found = (text for tree in trees for text in tree.texts.values() if blob_sha(text) == sha)
    return repo.blobs.get(sha) or next(found, repo.blobs.get(sha))


def tree(repo: Repository, sha: str) -> Tree | None:
    """The tree of an id, a commit or a branch; folders are found by their own id too."""
    named = repo.branches.get(sha.removeprefix("refs/heads/"), sha)
    if named in repo.commits:
        return repo.commits[named].tree
    if sha in repo.trees:
        return repo.trees[sha]
    whole = {commit.tree.oid: commit.tree for commit in repo.commits.values()}
    if sha in whole:
        return whole[sha]
    return next((part for one in whole.values() for part in _folders(one) if part.oid == sha), None)


def _folders(whole: Tree) -> list[Tree]:
    names = {path.rsplit("/", depth)[0] for path in whole.texts for depth in range(1, path.count("/") + 1)}
    return [found for name in sorted(names) if (found := whole.below(name))]


def make_tree(
    world: "World", repo: Repository, by: Caller, base: str | None, changes: Mapping[str, str | None]
) -> Tree:
    """A tree with files set (text) or deleted (None) on top of another, or of nothing."""
    require(repo, by, "write", "contents")
    below = EMPTY if base is None else tree(repo, base)
    if below is None or (base and below.oid != base):  # a branch or a commit does not stand for its tree here
        raise Refusal(422, "base_tree is not a valid tree oid")
    if any(path.startswith(WORKFLOWS) for path in changes):
        may_change_workflows(by)
    if any(text is None and path not in below.texts for path, text in changes.items()):
        raise Refusal(422, "GitRPC::BadObjectState")
    with world.writing():
        made = below.with_changes(changes)
        repo.trees[made.oid] = made
    return made


def make_commit(world: "World", repo: Repository, by: Caller, new: NewCommitObject) -> Commit:
    """A commit that no branch has yet."""
    require(repo, by, "write", "contents")
    found = tree(repo, new.tree)
    if found is None:
        raise Refusal(422, "Tree SHA does not exist")
    if any(sha not in repo.commits for sha in new.parents):
        raise Refusal(422, "Parent SHA does not exist or is not a commit object")
    author = new.author or by.login
    sha = branches.new_sha(world, new.message)
    parents = tuple(new.parents)
    made = Commit(sha, new.message, author, world.clock.now, parents, found, new.committer or author)
    with world.writing():
        repo.commits[sha] = made
    return made


def _may_bring(repo: Repository, by: Caller, before: str, sha: str) -> None:
    """Refuse workflow files that no branch has yet to a token without a right to them."""
    known = {(path, text) for tip in repo.branches.values() for path, text in repo.commits[tip].tree.texts.items()}
    brought = delta(repo.commits[before].tree, repo.commits[sha].tree)
    new = [path for path, text in brought.items() if text is None or (path, text) not in known]
    branches.may_push(repo, by, new)


def create_ref(world: "World", repo: Repository, by: Caller, ref: str, sha: str) -> None:
    """Let a new branch or tag point to a commit."""
    require(repo, by, "write", "contents")
    kind, _, name = ref.removeprefix("refs/").partition("/")
    if not ref.startswith("refs/") or not name:
        raise Refusal(422, "Reference name must start with 'refs/' and have at least two slashes")
    if sha not in repo.commits:
        raise Refusal(422, NO_SUCH_OBJECT)
    if kind not in {"heads", "tags"}:
        raise Refusal(422, "Reference update failed")
    if name in (repo.branches if kind == "heads" else repo.tags):
        raise Refusal(422, "Reference already exists")
    if kind == "tags":
        with world.writing():
            repo.tags[name] = sha
        return
    branches.nameable(repo, name)
    _may_bring(repo, by, repo.head, sha)
    rules.must_allow(repo, by, name, "branch_creation")
    with world.writing():
        branches.move(world, repo, by, branches.Move(name, sha, "branch_creation"))


def update_ref(world: "World", repo: Repository, by: Caller, ref: str, sha: str, *, force: bool) -> None:
    """Let a branch or tag point elsewhere; backwards only by force."""
    require(repo, by, "write", "contents")
    kind, _, name = ref.partition("/")
    if name not in (repo.branches if kind == "heads" else repo.tags):
        raise Refusal(422, NO_SUCH_REF)
    if sha not in repo.commits:
        raise Refusal(422, NO_SUCH_OBJECT)
    before = repo.branches[name] if kind == "heads" else repo.tags[name]
    forward = before in ancestors(repo, sha)
    if not forward and not force:
        raise Refusal(422, "Update is not a fast forward")
    if kind == "tags":
        with world.writing():
            repo.tags[name] = sha
        return
    _may_bring(repo, by, before, sha)
    rules.must_allow(repo, by, name, "push" if forward else "force_push")
    with world.writing():
        branches.move(world, repo, by, branches.Move(name, sha, "push" if forward else "force_push"))


def delete_ref(world: "World", repo: Repository, by: Caller, ref: str) -> None:
    """Delete a branch or a tag."""
    require(repo, by, "write", "contents")
    kind, _, name = ref.partition("/")
    if kind == "tags" and name in repo.tags:
        with world.writing():
            del repo.tags[name]
        return
    branches.delete(world, repo, by, name)
