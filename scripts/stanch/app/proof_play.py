"""The proof's workflow in a drill: what the embedded GitHub has is put into a real repository, and really run.

Only the runner is played: git, the trees, the tests and the verdict are those of `stanch prove`.
"""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from stanch.adapters.pull_reader import ARTIFACT
from stanch.app.prove import Order, prove
from stanch.core.errors import StanchError
from stanch.core.own_workflows import PROOF_WORKFLOW

if TYPE_CHECKING:
    from stanch.sandbox.repository import Repository
    from stanch.sandbox.world import World

STARTS = frozenset({"opened", "synchronize", "reopened"})
"""Actions of a pull request that start the workflow."""

CONCLUSIONS = {0: "success"}
SECONDS = 60


def plays(world: "World", payload: Mapping[str, Any]) -> bool:
    """Whether the proof's workflow would start: it is installed, and the pull request is this repository's own."""
    pull, repo = payload.get("pull_request") or {}, next(iter(world.repos.values()))
    own = ((pull.get("head") or {}).get("repo") or {}).get("full_name") == repo.full_name
    return PROOF_WORKFLOW in repo.files and payload.get("action") in STARTS and own


def play(world: "World", payload: Mapping[str, Any], environment: Mapping[str, str]) -> None:
    """Run the proof of a pull request's head, and let its workflow run end with the artifact."""
    repo = next(iter(world.repos.values()))
    pull = payload["pull_request"]
    actor = world.person(payload["sender"]["login"])
    head, base = pull["head"]["sha"], pull["base"]["sha"]
    run = actor.starts_run(pull["head"]["ref"], PROOF_WORKFLOW, checks=("prove",))
    with TemporaryDirectory(prefix="stanch-drill-") as folder:
        code, kept = proven(repo, base, head, Path(folder), environment)
    actor.finishes_run(run, CONCLUSIONS.get(code, "failure"), artifacts={ARTIFACT: kept} if kept else {})


def proven(
    repo: "Repository", base: str, head: str, folder: Path, environment: Mapping[str, str]
) -> tuple[int, dict[str, str]]:
    """The exit code of the proof and the files that it kept, with the commits called as the embedded GitHub does."""
    real = laid_out(repo, (base, head), folder / "repository", environment)
    out = folder / "proof"
    try:
        told = prove(Order(folder / "repository", real[base], real[head], out), environment, lambda _: None)
    except StanchError as problem:
        return problem.exit_code, {}
    return told.exit_code, {file.name: renamed(file, real) for file in sorted(out.iterdir())}


def renamed(file: Path, real: Mapping[str, str]) -> str:
    """A kept file; the manifest names the commits, which have other ids in a repository of another making."""
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix != ".json":
        return text
    for known, made in real.items():
        text = text.replace(json.dumps(made), json.dumps(known))
    return text


def laid_out(repo: "Repository", shas: tuple[str, str], folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """A real repository with one commit after the other; the ids that git gave them, by those that they had."""
    folder.mkdir()
    git(folder, environment, "init", "--quiet")
    found = {}
    for sha in shas:
        git(folder, environment, "rm", "-r", "--quiet", "--force", "--ignore-unmatch", ".")
        for path, text in repo.commits[sha].tree.texts.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        git(folder, environment, "add", "--all")
        git(folder, environment, "commit", "--quiet", "--allow-empty", "--message", repo.commits[sha].message or sha)
        found[sha] = git(folder, environment, "rev-parse", "HEAD")
    return found


def git(folder: Path, environment: Mapping[str, str], *words: str) -> str:
    """What git answers, on one line. Raises StanchError when it is not there or refuses."""
    who = ["-c", "user.name=stanch", "-c", "user.email=stanch@example.invalid", "-c", "commit.gpgsign=false"]
    kept = {name: environment[name] for name in ("PATH",) if name in environment}
    try:
        ran = subprocess.run(  # noqa: S603 # our own words, and paths that we made
            ["git", *who, "-C", str(folder), *words],  # noqa: S607 # git is wherever the user has it
            capture_output=True, text=True, check=True, timeout=SECONDS, env={**kept, "GIT_CONFIG_GLOBAL": "/dev/null"},
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as problem:
        raise StanchError(f"git {words[0]} failed ({type(problem).__name__}). Is git installed?") from problem
    return ran.stdout.strip()
