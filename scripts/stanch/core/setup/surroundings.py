"""What is around Stanch in a repository: its deployment environments, its other workflows, and how its tests run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stanch.core.setup.found import Found, Workflow
from stanch.core.setup.pin import SETUP_NODE, SETUP_PYTHON, Pin

PRODUCTION = {"production", "prod", "prd", "live"}
STAGING = {"staging", "stage", "stg", "uat", "preprod", "preproduction", "acceptance"}
BEFORE = {"pre", "non", "not", "test", "dev", "preview"}
"""Beside a word for production they say that it is not."""

DEPLOYS = re.compile(r"deploy|release|publish|ship|\bcd\b|rollout", re.IGNORECASE)
CHECKS = {"pull_request", "merge_group"}
OURS = ".github/workflows/stanch-"
PROOF = "stanch-prove"

NEEDS = ("requirements-dev.txt", "dev-requirements.txt", "requirements/dev.txt")
"""Files of packages that the tests need, likeliest first."""

PYTHON = "3.13"


def lookalikes(environments: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Which environments seem to be production and staging; empty where the default names mean them all."""
    found: dict[str, list[str]] = {"production": [], "staging": []}
    for name in filter(str.isprintable, environments):
        words = set(re.findall(r"[a-z]+", name.lower()))
        if words & STAGING or (words & PRODUCTION and "pre" in words):
            found["staging"].append(name)
        elif words & PRODUCTION and not words & BEFORE:
            found["production"].append(name)
    return {kind: tuple(names) for kind, names in found.items() if {name.lower() for name in names} - {kind}}


def waited_for(workflows: Iterable[Workflow]) -> tuple[str, ...]:
    """The names of the workflows whose end the gate hears: the proof, those that check, and those that deploy."""
    others = [one for one in workflows if not one.path.startswith(OURS)]
    heard = [one.name for one in others if one.events & CHECKS or DEPLOYS.search(f"{one.path} {one.name}")]
    return tuple(dict.fromkeys((PROOF, *heard)))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a job: an action with what it is given, or a command."""

    uses: Pin | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    run: str = ""


def steps(found: Found, prepare: tuple[str, ...]) -> tuple[Step, ...]:
    """What makes the tests ready to run; `prepare` is what the team said instead of what their files tell."""
    python = {"pytest", "unittest"} & set(found.suites)
    node = {"vitest", "jest", "node"} & set(found.suites)
    made = [_python(found)] if python else []
    made += [_node(found)] if node else []
    commands = prepare or (*(_packages(found) if python else ()), *(_managers(found) if node else ()))
    commands += ("rustup show",) if "cargo" in found.suites and not prepare else ()
    return (*made, *(Step(run=command) for command in commands))


def _python(found: Found) -> Step:
    said = ".python-version" in found.paths
    version = {"python-version-file": ".python-version"} if said else {"python-version": PYTHON}
    return Step(SETUP_PYTHON, version)


def _packages(found: Found) -> tuple[str, ...]:
    listed = next((name for name in NEEDS if name in found.paths), "")
    if listed:
        return (f"pip install -r {listed}",)
    runner = " pytest" if "pytest" in found.suites else ""
    if "requirements.txt" in found.paths:
        return (f"pip install -r requirements.txt{runner}",)
    if "pyproject.toml" in found.paths or "setup.py" in found.paths:
        return (f"pip install -e .{runner}",)
    return (f"pip install{runner}",) if runner else ()


def _node(found: Found) -> Step:
    file = next((name for name in (".nvmrc", ".node-version") if name in found.paths), "")
    return Step(SETUP_NODE, {"node-version-file": file} if file else {"node-version": "lts/*"})


def _managers(found: Found) -> tuple[str, ...]:
    return ("corepack enable",) if {"pnpm-lock.yaml", "yarn.lock"} & found.paths else ()
