"""Deployments and their statuses; a success makes its environment's older ones inactive."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stanch.sandbox.records import Deployment, DeploymentStatus
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, invalid, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

STATES = ("error", "failure", "inactive", "in_progress", "queued", "pending", "success")


@dataclass(frozen=True)
class NewDeployment:
    """What is asked for: `ref` is a branch or a commit."""

    ref: str
    environment: str = "production"
    description: str | None = None
    task: str = "deploy"
    payload: object = ""


@dataclass(frozen=True)
class Report:
    """What became of a deployment. `auto_inactive`: a success retires the environment's older ones."""

    state: str
    description: str = ""
    target_url: str = ""
    environment_url: str = ""
    auto_inactive: bool = True


def create(world: "World", repo: Repository, by: Caller, wanted: NewDeployment) -> Deployment:
    """A deployment of a branch or commit; it has no status yet."""
    require(repo, by, "write", "deployments")
    sha = repo.branches.get(wanted.ref, wanted.ref)
    if sha not in repo.commits:
        raise Refusal(422, f"No ref found for: {wanted.ref}")
    now = world.clock.now
    new = Deployment(world.new_id(), repo.full_name, sha, wanted.ref, wanted.environment, by.login, now, now)
    new = replace(new, task=wanted.task, description=wanted.description, payload=wanted.payload)
    with world.writing():
        repo.deployments[new.id] = new
        repo.environments.setdefault(new.environment, new.id)
        world.emit("deployment", "created", repo, by, deployment=new)
    return new


def report(world: "World", repo: Repository, by: Caller, deployment_id: int, told: Report) -> DeploymentStatus:
    """Record what became of a deployment."""
    require(repo, by, "write", "deployments")
    if deployment_id not in repo.deployments:
        raise Refusal(404, "Not Found")
    if told.state not in STATES:
        raise invalid("DeploymentStatus", "state")
    deployment = repo.deployments[deployment_id]
    with world.writing():
        if told.state == "success" and told.auto_inactive:
            _retire(world, repo, by, deployment)
        status = _status(world, by, deployment, told)
        deployment = _add(world, repo, deployment, status)
        if told.state != "inactive":  # GitHub's webhook knows no such state
            world.emit("deployment_status", "created", repo, by, deployment=deployment, status=status)
    return status


def _status(world: "World", by: Caller, of: Deployment, told: Report) -> DeploymentStatus:
    status = DeploymentStatus(world.new_id(), told.state, by.login, world.clock.now, told.description)
    return replace(status, environment=of.environment, target_url=told.target_url, environment_url=told.environment_url)


def _add(world: "World", repo: Repository, deployment: Deployment, status: DeploymentStatus) -> Deployment:
    new = replace(deployment, statuses=(*deployment.statuses, status), updated_at=world.clock.now)
    repo.deployments[new.id] = new
    return new


def _retire(world: "World", repo: Repository, by: Caller, successor: Deployment) -> None:
    """Earlier successes of the environment become inactive; GitHub starts no workflow for that state.

    GitHub's description of `auto_inactive` leaves production environments out; here they are not told apart, so that
    whatever reads deployments has to bear both.
    """
    for older in list(repo.deployments.values()):
        latest = older.latest
        same = older.environment == successor.environment and older.id != successor.id
        if same and latest and latest.state == "success":
            _add(world, repo, older, _status(world, by, older, Report("inactive")))
