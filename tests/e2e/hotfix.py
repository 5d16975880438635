"""A team with the hotfix gate on this machine: the embedded GitHub, a git repository with the same commits, and act.

act runs the real files of stanch-incidents, stanch-hotfix and stanch-prove, each with a token that may do exactly what
its job's `permissions` say. Played here is what stands around them at GitHub: that a workflow's run is recorded and its
end is told, and three actions of others, which are not on this machine: actions/checkout fetches the same commit from
the git repository, actions/setup-python does nothing, actions/upload-artifact hands the folder to the embedded GitHub.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stanch.core.labels import NAMES
from stanch.core.own_workflows import PROOF_WORKFLOW
from stanch.sandbox import branches, server
from stanch.sandbox.git import Tree
from stanch.sandbox.records import Commit, Issue, Merging
from stanch.sandbox.rights import BOT, Caller
from stanch.sandbox.world import World
from tests.adapters.proof.repository import Repository as Git
from tests.adapters.proof.repository import repository
from tests.e2e.runner import TOOLS, Run, Runner, with_history
from tests.patience import PATIENCE
from tests.workflows import FOLDER, pinned, workflow

REPOSITORY = "harbour/checkout"
INSTALLED = ("stanch-hotfix", "stanch-incidents", "stanch-prove")

STAND_INS = {
    "actions/checkout": (
        ("ref", "fetch-depth", "persist-credentials"),
        'test "$FETCH_DEPTH" = 0 && test "$PERSIST_CREDENTIALS" = false\n'
        "git init --quiet\n"
        'git fetch --quiet "$TEAM_GIT" "+refs/heads/*:refs/remotes/origin/*"\n'
        'git checkout --quiet --detach "$REF"\n',
    ),
    "actions/setup-python": (("python-version",), "true\n"),
    "actions/upload-artifact": (
        ("name", "path", "retention-days"),
        'if [ -d "$FOLDER" ]; then mkdir -p "$TEAM_ARTIFACTS" && cp -R "$FOLDER" "$TEAM_ARTIFACTS/$NAME"; fi\n',
    ),
}
"""Actions of others: their inputs, and the script that stands in for each."""

BOOTSTRAP = '#!/bin/sh\n# The team\'s own setup: its environment is there already.\necho "$TEAM_VENV"\n'
CONFIG = """\
people: [jordan, morgan, sam]
clients: none
proof:
  repeats: {before: 1, after: 1}
  suites:
    - name: unit
      tests: ["tests/**/test_*.py"]
      support: ["tests/**", "conftest.py"]
      command: >-
        PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 python -m pytest {files} -q -p no:cacheprovider
        --continue-on-collection-errors --junitxml={report}
"""


class GateRunner(Runner):
    """Runs workflows for one world, and records those of a pull request as GitHub does."""

    def __init__(self, folder: Path, world: World) -> None:
        super().__init__(folder, "", INSTALLED)
        self.world = world
        self.artifacts = folder / "artifacts"
        for name in INSTALLED:
            (job,) = workflow(name)["jobs"].values()
            world.tokens[self.token_for(name)] = Caller(BOT, {"metadata": "read", **job["permissions"]}, REPOSITORY)

    def token_for(self, name: str) -> str:
        return f"ghs_{name}"

    def run(self, name: str, event: str, payload: dict[str, Any]) -> Run:
        """Run one workflow. The proof's run begins and ends on the head, skipped when its condition dropped it."""
        if name != "stanch-prove":
            return super().run(name, event, payload)
        head, place = payload["pull_request"]["head"], self.artifacts / str(len(self.runs))
        self.environment["TEAM_ARTIFACTS"] = str(place)
        actor = self.world.person(payload["sender"]["login"])
        with self.world.lock:
            set_clock(self.world)
            begun = actor.starts_run(head["sha"], PROOF_WORKFLOW, checks=("prove",), branch=head["ref"])
        ran = super().run(name, event, payload)
        conclusion = "skipped" if not ran.started else "failure" if ran.code else "success"
        kept = {folder.name: {file.name: file.read_bytes() for file in folder.iterdir()} for folder in place.glob("*")}
        with self.world.lock:
            set_clock(self.world)
            actor.finishes_run(begun, conclusion, artifacts=kept)
        return ran


@dataclass
class Team:
    """People in one repository. `ran` are the runs that the last deed started."""

    world: World
    served: server.Server
    runner: GateRunner
    git: Git
    emitted: int = 0
    seen: int = 0

    @property
    def ran(self) -> list[Run]:
        return [run for run in self.runner.runs[self.seen :] if run.started]

    def does(self, login: str, verb: str, *args: Any, **options: Any) -> Any:
        """Let somebody do one of the verbs of `sandbox.people`; returns when every run that it caused has ended."""
        self.seen = len(self.runner.runs)
        with self.world.lock:
            set_clock(self.world)
            result = getattr(self.world.person(login), verb)(*args, **options)
        self.settle()
        return result

    def pushes(self, login: str, branch: str, files: Mapping[str, str], message: str) -> str:
        """Commit with git, and push that commit to the embedded GitHub under the id that git gave it."""
        self.seen = len(self.runner.runs)
        repo = self.world.repository(REPOSITORY)
        parent = repo.branches.get(branch) or repo.head
        self.git.git("checkout", "--quiet", "-B", branch, parent)
        sha = self.git.commit(files)
        kind = "push" if branch in repo.branches else "branch_creation"
        with self.world.lock, self.world.writing():
            set_clock(self.world)
            tree = repo.commits[parent].tree.with_changes(files)
            repo.commits[sha] = Commit(sha, message, login, self.world.clock.now, (parent,), tree, login)
            branches.move(self.world, repo, Caller(login), branches.Move(branch, sha, kind))
        self.settle()
        return sha

    def settle(self) -> None:
        """Wait until every webhook has come, every run that one started has ended, and none of those sent another."""
        while True:
            end = time.monotonic() + PATIENCE
            while self.runner.received < self.emitted:
                assert time.monotonic() < end, "a webhook did not come"
                time.sleep(0.02)
            self.runner.settle()
            if self.runner.received == self.emitted:
                return

    def status(self, number: int) -> tuple[str, str]:
        """State and description of the gate's status on a pull request's head."""
        repo, pull = self.world.repository(REPOSITORY), self.issue(number).pull
        assert pull is not None
        told = [one for one in repo.statuses.get(pull.head_sha, ()) if one.context == "stanch/hotfix"]
        return (told[-1].state, told[-1].description or "") if told else ("", "")

    def issue(self, number: int) -> Issue:
        return self.world.repository(REPOSITORY).issues[number]

    def labelled(self, label: str) -> list[Issue]:
        return [one for one in self.world.repository(REPOSITORY).issues.values() if label in one.labels]

    def notes(self, number: int) -> list[str]:
        """What the bot wrote below an issue or a pull request, oldest first."""
        return [comment.body for comment in self.issue(number).comments if comment.author == BOT]

    def close(self) -> None:
        self.served.stop()
        self.runner.close()


def team(folder: Path, files: Mapping[str, str]) -> Team:
    """A repository with these files and the installed workflows, whose production asks for the gate's status."""
    installed = {f".github/workflows/{name}.yml": (FOLDER / f"{name}.yml").read_text("utf-8") for name in INSTALLED}
    every = {**installed, ".github/stanch.yml": CONFIG, "scripts/bootstrap": BOOTSTRAP, **files}
    world = World(int(datetime.now(UTC).timestamp()))
    repo = world.add_repository(REPOSITORY, labels=(*NAMES, "bug"))
    for login, role in (("alex", "admin"), ("jordan", "write"), ("morgan", "write"), ("sam", "write")):
        world.add_person(login, role)
    repo.environments.update(staging=1, production=2)
    repo.merging = Merging(merge=False, rebase=False, required=frozenset({"stanch/hotfix"}))
    git = repository(folder / "git")
    (git.folder / "scripts").mkdir()
    (git.folder / "scripts/bootstrap").touch(mode=0o755)
    first = git.commit(every)
    repo.commits[first] = Commit(first, "First commit", repo.owner, world.clock.now, tree=Tree(every))
    repo.branches["main"] = first

    runner = GateRunner(folder, world)
    runner.others = stand_ins(folder / "actions")
    # Every run installs the action anew, as at GitHub; here its packages need not be copied out of uv's cache.
    runner.environment = {"TEAM_GIT": str(git.folder), "TEAM_VENV": str(TOOLS.parent), "UV_LINK_MODE": "hardlink"}
    served = server.serve(world)
    runner.api = served.address
    served.receive_at(runner.url)
    made = Team(world, served, runner, git)
    world.subscribe(lambda *_: counted(made))
    return made


def counted(team: Team) -> None:
    team.emitted += 1


def set_clock(world: World) -> None:
    """The embedded GitHub's time is the time of day: the action has no other."""
    world.clock.set(max(world.clock.now, int(datetime.now(UTC).timestamp())))


def stand_ins(folder: Path) -> dict[str, Path]:
    """The actions of others by the name that stanch-prove uses them by."""
    used = [step["uses"] for step in workflow("stanch-prove")["jobs"]["prove"]["steps"] if "uses" in step]
    found = {}
    for name in used:
        if name != pinned():
            inputs, script = STAND_INS[name.partition("@")[0]]
            environment = {variable(one): f"${{{{ inputs.{one} }}}}" for one in inputs}
            step = {"shell": "bash", "env": environment, "run": script}
            place = folder / name.partition("@")[0]
            place.mkdir(parents=True)
            runs = {"using": "composite", "steps": [step]}
            about = {"name": name, "inputs": {one: {"default": ""} for one in inputs}, "runs": runs}
            (place / "action.yml").write_text(json.dumps(about))  # JSON is YAML
            found[name] = with_history(place)
    return found


def variable(one: str) -> str:
    """The name under which a stand-in's script finds an input; PATH is taken."""
    return {"path": "FOLDER"}.get(one, one.upper().replace("-", "_"))
