"""Deployments and their statuses; a success makes its environment's older ones inactive."""

from dataclasses import replace
from typing import TYPE_CHECKING

from stanch.sandbox.records import Deployment, DeploymentStatus
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, invalid, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

STATES = ("error", "failure", "inactive", "in_progress", "queued", "pending", "success")


def create(  # noqa: PLR0913, PLR0917 # a deployment has this many parts
    world: "World",
    repo: Repository,
    by: Caller,
    ref: str,
    environment: str = "production",
    description: str | None = None,
    task: str = "deploy",
    payload: object = "",
) -> Deployment:
    """A deployment of a branch or commit; it has no status yet."""
    require(repo, by, "write", "deployments")
    sha = repo.branches.get(ref, ref)
    if sha not in repo.commits:
        raise Refusal(422, f"No ref found for: {ref}")
    now = world.clock.now
    new = Deployment(world.new_id(), repo.full_name, sha, ref, environment, by.login, now, now)
    new = replace(new, task=task, description=description, payload=payload)
    with world.writing():
        repo.deployments[new.id] = new
        world.emit("deployment", "created", repo, by, deployment=new)
    return new


def report(  # noqa: PLR0913, PLR0917 # a status has this many parts
    world: "World",
    repo: Repository,
    by: Caller,
    deployment_id: int,
    state: str,
    description: str = "",
    urls: tuple[str, str] = ("", ""),
    *,
    auto_inactive: bool = True,
) -> DeploymentStatus:
    """What became of a deployment. `urls`: its log and its environment."""
    require(repo, by, "write", "deployments")
    if deployment_id not in repo.deployments:
        raise Refusal(404, "Not Found")
    if state not in STATES:
        raise invalid("DeploymentStatus", "state")
    deployment = repo.deployments[deployment_id]
    with world.writing():
        if state == "success" and auto_inactive:
            _retire(world, repo, by, deployment)
        status = _status(world, by, deployment, state, description, urls)
        deployment = _add(world, repo, deployment, status)
        if state != "inactive":  # GitHub's webhook knows no such state
            world.emit("deployment_status", "created", repo, by, deployment=deployment, status=status)
    return status


def _status(  # a status has this many parts
    world: "World", by: Caller, of: Deployment, state: str, description: str = "", urls: tuple[str, str] = ("", "")
) -> DeploymentStatus:
    return DeploymentStatus(
        world.new_id(), state, by.login, world.clock.now, description, of.environment, urls[0], urls[1]
    )


def _add(world: "World", repo: Repository, deployment: Deployment, status: DeploymentStatus) -> Deployment:
    new = replace(deployment, statuses=(*deployment.statuses, status), updated_at=world.clock.now)
    repo.deployments[new.id] = new
    return new


def _retire(world: "World", repo: Repository, by: Caller, successor: Deployment) -> None:
    """Earlier successes of the environment become inactive; GitHub starts no workflow for that state."""
    for older in list(repo.deployments.values()):
        latest = older.latest
        same = older.environment == successor.environment and older.id != successor.id
        if same and latest and latest.state == "success":
            _add(world, repo, older, _status(world, by, older, "inactive"))
