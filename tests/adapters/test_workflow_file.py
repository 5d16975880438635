"""Workflow files, in every spelling that GitHub takes."""

from time import process_time

import pytest

from stanch.adapters.workflow_file import MOST_BYTES, read_workflow
from stanch.core.doctor.workflow import Concurrency, Level, Use, WorkflowFile

PATH = ".github/workflows/a.yml"
JOB = "jobs: {a: {runs-on: x, steps: []}}\n"


def read(text: str) -> WorkflowFile:
    return read_workflow(PATH, text)


@pytest.mark.parametrize(
    ("on", "events"),
    [
        ("on: push", {"push"}),
        ("on: [push, issues]", {"push", "issues"}),
        ("on: {push: , issues: {types: [opened]}}", {"push", "issues"}),
        ('"on": push', {"push"}),
    ],
)
def test_events_in_each_of_their_spellings(on: str, events: set[str]) -> None:
    """One, a list, or a mapping; `on` is no truth value."""
    assert set(read(f"{on}\n{JOB}").triggers) == events


def test_what_an_event_names() -> None:
    """Types, branches, the workflows that are followed, and schedules with their zones."""
    file = read(
        "on:\n  issues: {types: opened}\n  push: {branches: [main]}\n  workflow_run: {workflows: [ci]}\n"
        '  schedule: [{cron: "1 * * * *"}, {cron: "2 3 * * *", timezone: Europe/Berlin},'
        '    {cron: "4 * * * *", timezone: X}]\n'
        f"{JOB}"
    )
    assert (file.triggers["issues"], file.branches, file.follows) == (frozenset({"opened"}), ("main",), ("ci",))
    assert file.crons == (("1 * * * *", ""), ("2 3 * * *", "Europe/Berlin"), ("4 * * * *", ""))


@pytest.mark.parametrize(
    ("said", "contents", "issues"),
    [
        ("{}", Level.NONE, Level.NONE),
        ("read-all", Level.READ, Level.READ),
        ("write-all", Level.WRITE, Level.WRITE),
        ("{contents: read, issues: none}", Level.READ, Level.NONE),
        ("{contents: often}", Level.NONE, Level.NONE),
    ],
)
def test_permissions_in_each_of_their_spellings(said: str, contents: Level, issues: Level) -> None:
    """What is not named is none."""
    granted = read(f"on: push\npermissions: {said}\n{JOB}").permissions
    assert granted is not None
    assert (granted.get("contents", Level.NONE), granted.get("issues", Level.NONE)) == (contents, issues)
    assert read(f"on: push\n{JOB}").permissions is None


def test_queues() -> None:
    """A name alone cancels nothing; an expression may."""
    assert read(f"on: push\nconcurrency: one\n{JOB}").concurrency == Concurrency("one", cancels=False)
    section = "concurrency: {group: one, cancel-in-progress: '${{ x }}'}\n"
    assert read(f"on: push\n{section}{JOB}").concurrency == Concurrency("one", cancels=True)
    assert read(f"on: push\nconcurrency: {{}}\n{JOB}").concurrency is None


def test_steps() -> None:
    """An action with its version, the version in the comment, its command, and the secrets that reach it."""
    file = read(
        "on: push\nenv: {A: '${{ secrets.TOP }}'}\n"
        "jobs:\n  a:\n    env: {B: '${{ secrets.MIDDLE || vars.X }}'}\n    steps:\n"
        f"      - uses: stanch-io/stanch@{'a' * 40} # v0.1.0\n        with: {{command: sweep}}\n"
        "        env: {C: 'x ${{ secrets.LOW }} ${{ vars.Y }}'}\n"
        "      - uses: ./local\n      - uses: docker://x@sha256:1\n      - uses: a/b@v1\n      - run: echo\n      - 7\n"
    )
    first, *rest = file.uses
    assert first == Use("stanch-io/stanch", "a" * 40, "v0.1.0", "sweep", frozenset({"TOP", "MIDDLE", "LOW"}))
    assert [use.pinned for use in (first, *rest)] == [True, True, True, False]
    assert file.job_of("sweep") is file.jobs[0]
    assert file.job_of("gate") is None


def test_anchors_are_followed() -> None:
    """GitHub takes them in workflows."""
    file = read("on: push\njobs:\n  a: &a {permissions: {contents: read}, steps: []}\n  b: *a\n")
    assert [job.permissions for job in file.jobs] == [{"contents": Level.READ}] * 2


BROKEN = {
    "": "the file is no mapping of `key: value` lines",
    "on: [push": "line 2: ",
    "jobs: {a: {}}": "it names no event under `on`",
    "on: push": "`jobs` is no mapping of `key: value` lines",
    "on: push\njobs: {}": "it has no job",
    "on: push\njobs: {a: 1}": "the job a is no mapping of `key: value` lines",
    "\x00": "it is not YAML",
    "on: push\nenv: &e {A: *e}\njobs: {a: {steps: [*e]}}": "line 2: ",
    "[" * 5_000: "",
    "x" * (MOST_BYTES + 1): "it is larger than 256 KiB",
}


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_what_github_could_not_run_is_told(text: str) -> None:
    """Why, in a few words; nothing is raised, however odd it is."""
    problem = read(text).problem
    assert problem
    assert problem.startswith(BROKEN[text])


MANY = "on: push\njobs: {{a: {{steps: []}}}}\n{}"
SHARED = "x0: &x0 [a, a]\n" + "".join(f"x{n}: &x{n} [*x{n - 1}, *x{n - 1}]\n" for n in range(1, 40))
LONG = {
    "actions": MANY.format("#" + "uses:" * 10_000),
    "secrets": MANY.format("env: {A: '" + "${{ x" * 10_000 + "'}"),
    "anchors in an env": MANY.format(f"{SHARED}env: {{A: *x39}}"),
    "anchors in a condition": f"on: push\n{SHARED}jobs: {{a: {{if: *x39, steps: []}}}}",
}


@pytest.mark.parametrize("name", LONG)
def test_no_file_takes_long(name: str) -> None:
    """However it repeats itself: less than the time in which somebody would press Ctrl-C."""
    began = process_time()
    assert read(LONG[name]).problem == ""
    assert process_time() - began < 2
