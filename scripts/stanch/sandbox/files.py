"""Files on the default branch, commits and commit statuses."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stanch.sandbox import branches, rules, runs, workflows
from stanch.sandbox.branches import NewCommit
from stanch.sandbox.git import blob_sha
from stanch.sandbox.records import Commit, CommitStatus, Dispatch
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, invalid, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

STATES = ("error", "failure", "pending", "success")
MAX_STATUSES = 1000
MAX_DESCRIPTION = 140


@dataclass(frozen=True)
class Change:
    """A file's new text; None deletes it. `sha` is the blob that it replaces, as the contents endpoint wants."""

    path: str
    text: str | None
    message: str
    sha: str | None = None


def push(world: "World", repo: Repository, by: Caller, change: Change) -> Commit:
    """Commit one file to the default branch and push it."""
    return branches.push(world, repo, by, repo.default_branch, [NewCommit({change.path: change.text}, change.message)])


def put(world: "World", repo: Repository, by: Caller, change: Change) -> Commit:
    """The contents endpoint: an existing file is replaced only by who names its blob (409, 422)."""
    require(repo, by, "write", "contents")
    old = repo.files.get(change.path)
    if old is not None and change.sha is None:
        raise Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    if old is not None and change.sha != blob_sha(old):
        raise Refusal(409, f"{change.path} does not match {change.sha}")
    rules.must_allow(repo, by, repo.default_branch, "push", 409)
    return push(world, repo, by, change)


@dataclass(frozen=True)
class NewStatus:
    state: str
    context: str = "default"
    description: str | None = None
    target_url: str | None = None


def post_status(world: "World", repo: Repository, by: Caller, sha: str, wanted: NewStatus) -> CommitStatus:
    """One more status of a commit; the latest of a context counts. 1,000 of one context are all there can be."""
    require(repo, by, "write", "statuses")
    if wanted.state not in STATES:
        raise invalid("Status", "state")
    if sha not in repo.commits:
        raise Refusal(422, f"No commit found for SHA: {sha}")
    if wanted.description and len(wanted.description) > MAX_DESCRIPTION:
        said = f"description is too long (maximum is {MAX_DESCRIPTION} characters)"
        raise invalid("Status", "description", "custom", message=said)
    have = repo.statuses.get(sha, ())
    if sum(status.context.lower() == wanted.context.lower() for status in have) >= MAX_STATUSES:
        said = "This SHA and context has reached the maximum number of statuses."
        raise Refusal(422, "Validation Failed", [{"resource": "Status", "code": "custom", "message": said}])
    with world.writing():
        status = CommitStatus(world.new_id(), sha, wanted.context, wanted.state, by.login, world.clock.now)
        status = replace(status, description=wanted.description, target_url=wanted.target_url)
        repo.statuses[sha] = (*have, status)
        world.emit("status", None, repo, by, commit_status=status)
    return status


def dispatch(world: "World", repo: Repository, by: Caller, wanted: Dispatch) -> None:
    """Record a workflow or repository dispatch: the only writes of GITHUB_TOKEN that start a workflow."""
    workflow = wanted.kind == "workflow"
    require(repo, by, "write", "actions" if workflow else "contents")
    if workflow and f".github/workflows/{wanted.name}" not in repo.files:
        raise Refusal(404, "Not Found")
    if workflow and workflows.state(repo, f".github/workflows/{wanted.name}") in workflows.OFF:
        raise Refusal(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow")
    if workflow and wanted.ref.removeprefix("refs/heads/") not in repo.branches:
        raise Refusal(422, f"No ref found for: {wanted.ref}")
    with world.writing():
        repo.dispatches = (*repo.dispatches, wanted)
        action = None if workflow else wanted.name
        world.emit(f"{wanted.kind}_dispatch", action, repo, by, dispatch=wanted)
    if workflow:
        head = repo.branches[wanted.ref.removeprefix("refs/heads/")]
        runs.queue(world, repo, by, head, wanted)
