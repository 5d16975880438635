"""Check suites and workflow runs on a commit, with their checks and artifacts. Nothing is run here: it is told."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from stanch.sandbox.records import Artifact, CheckRun, Dispatch, Run
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, invalid, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

CONCLUSIONS = (
    "action_required", "cancelled", "failure", "neutral", "skipped", "stale", "startup_failure", "success", "timed_out"
)  # fmt: skip # one row
KEPT = 90 * 24 * 3600
"""Seconds after which an artifact expires, unless the repository says otherwise."""

BLOBS = "/_blobs/"
"""Below this path of the blob address an artifact can be had, without any authorization."""


@dataclass(frozen=True)
class NewRun:
    """A workflow run that begins. `path` "" makes a check suite of an app that is not GitHub Actions.

    `sha` is what it says it ran on (the head for pull_request), `branch` that commit's branch.
    """

    sha: str
    branch: str = ""
    path: str = ".github/workflows/ci.yml"
    event: str = "pull_request"
    checks: Sequence[str] = ("test",)


@dataclass(frozen=True)
class Ending:
    """How a run ended: its conclusion, that of single checks by name, and artifacts as files by name."""

    conclusion: str = "success"
    checks: Mapping[str, str] = field(default_factory=dict)
    artifacts: Mapping[str, Mapping[str, str | bytes]] = field(default_factory=dict)


def begin(world: "World", repo: Repository, by: Caller, wanted: NewRun) -> Run:
    """Let a workflow run begin; who causes it needs no rights of its own."""
    if wanted.sha not in repo.commits:
        raise Refusal(422, f"No commit found for SHA: {wanted.sha}")
    now = world.clock.now
    run = Run(world.new_id(), wanted.sha, wanted.branch, wanted.path, wanted.event, by.login, now, now, "in_progress")
    page = f"{world.html_url}/{repo.full_name}/actions/runs/{run.id}/job"
    checks = []
    for name in wanted.checks:
        check_id = world.new_id()
        checks.append(CheckRun(check_id, name, "in_progress", None, f"{page}/{check_id}"))
    run = replace(run, checks=tuple(checks))
    with world.writing():
        repo.runs[run.id] = run
        if run.path:
            world.emit("workflow_run", "requested", repo, by, run=run)
    return run


def queue(world: "World", repo: Repository, by: Caller, sha: str, dispatch: Dispatch) -> Run:
    """The run that a dispatch causes; it waits until `start` lets it go on, or `finish` ends it."""
    path, now = f".github/workflows/{dispatch.name}", world.clock.now
    branch = dispatch.ref.removeprefix("refs/heads/")
    run = Run(world.new_id(), sha, branch, path, "workflow_dispatch", by.login, now, now, "queued")
    with world.writing():
        repo.runs[run.id] = run
        world.emit("workflow_run", "requested", repo, by, run=run)
    return run


def start(world: "World", repo: Repository, by: Caller, run_id: int) -> Run:
    """Let a run that waits go on: a runner has it now."""
    run = replace(_run(repo, run_id), status="in_progress", updated_at=world.clock.now)
    with world.writing():
        repo.runs[run_id] = run
        world.emit("workflow_run", "in_progress", repo, by, run=run)
    return run


def of_workflow(repo: Repository, file: str) -> list[Run]:
    """The runs of a workflow file, newest first. Raises Refusal where there is neither the file nor a run of it."""
    path = f".github/workflows/{file}"
    found = [run for run in repo.runs.values() if run.path == path]
    if not found and path not in repo.files:
        raise Refusal(404, "Not Found")
    return sorted(found, key=lambda run: (run.at, run.id), reverse=True)


@dataclass(frozen=True)
class Past:
    """A run that is long over, in seconds of the world's clock."""

    path: str
    at: int
    event: str = "schedule"
    conclusion: str = "success"
    lasted: int = 60


def recall(world: "World", repo: Repository, by: Caller, told: Past) -> Run:
    """Note a run of the past on the default branch; nobody is told of it."""
    done = told.at + told.lasted
    where = repo.head, repo.default_branch, told.path, told.event, by.login
    run = Run(world.new_id(), *where, told.at, done, "completed", told.conclusion)
    with world.writing():
        repo.runs[run.id] = run
    return run


def _run(repo: Repository, run_id: int) -> Run:
    if run_id not in repo.runs:
        raise Refusal(404, "Not Found")
    return repo.runs[run_id]


def finish(world: "World", repo: Repository, by: Caller, run_id: int, ending: Ending) -> Run:
    """Let a run end, with artifacts as zip archives."""
    _run(repo, run_id)
    if {ending.conclusion, *ending.checks.values()} - set(CONCLUSIONS):
        raise invalid("CheckRun", "conclusion")
    run, now = repo.runs[run_id], world.clock.now
    made = [Artifact(world.new_id(), name, zipped(files), now, now + KEPT) for name, files in ending.artifacts.items()]
    checks = tuple(
        replace(check, status="completed", conclusion=ending.checks.get(check.name, ending.conclusion))
        for check in run.checks
    )
    done = replace(run, status="completed", conclusion=ending.conclusion, checks=checks, updated_at=now)
    done = replace(done, artifacts=(*run.artifacts, *made))
    with world.writing():
        repo.runs[run_id] = done
        if done.path:
            world.emit("workflow_run", "completed", repo, by, run=done)
    return done


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive with these files; the same bytes for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            raw = content.encode() if isinstance(content, str) else content
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), raw, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def artifact(repo: Repository, artifact_id: int) -> tuple[Run, Artifact]:
    """An artifact and its run; 404 when there is none."""
    for run in repo.runs.values():
        for one in run.artifacts:
            if one.id == artifact_id:
                return run, one
    raise Refusal(404, "Not Found")


def address(world: "World", repo: Repository, by: Caller, artifact_id: int) -> str:
    """Where the archive can be fetched, for a minute; 410 once it has expired."""
    require(repo, by, "read", "actions")
    _, one = artifact(repo, artifact_id)
    if world.clock.now >= one.expires_at:
        raise Refusal(410, "Artifact has expired")
    return f"{world.blob_url}{BLOBS}{repo.id}/{artifact_id}?until={world.clock.now + 60}"


def blob(world: "World", path: str, until: int, *, authorized: bool) -> tuple[int, bytes]:
    """What the blob store answers: 400 to a request with an Authorization header, which is not for it.

    Azure's, which GitHub uses, takes any such header for credentials of its own and refuses those it does not know.
    """
    if authorized:
        return 400, b"AuthenticationFailed"
    if world.clock.now > until:
        return 403, b"Signature expired"
    repo_id, _, artifact_id = path.removeprefix(BLOBS).partition("/")
    repo = next((repo for repo in world.repos.values() if str(repo.id) == repo_id), None)
    try:
        return 200, artifact(repo, int(artifact_id))[1].content if repo else b""
    except (Refusal, ValueError):
        return 404, b"BlobNotFound"
