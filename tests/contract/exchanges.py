"""Conversations of the adapters with GitHub that are kept as cassettes, and how a request is recognised."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import vcr  # type: ignore[import-untyped] # vcrpy ships no types

from stanch.adapters.round import Watch
from stanch.core.errors import GitHubError
from stanch.core.thread import CloseReason, Mark
from stanch.core.writes import (
    AddAssignees,
    AddLabels,
    CloseIssue,
    CreateComment,
    CreateIssue,
    EditComment,
    EditIssue,
    Minimise,
    React,
    RemoveAssignees,
    RemoveLabel,
    Write,
)
from stanch.sandbox.world import World
from tests.contract.scenes import Ends, incident

CASSETTES = Path(__file__).parent / "cassettes"
NOWHERE = "http://github.invalid"
"""Stands in the cassettes for whichever address was asked."""


@dataclass(frozen=True)
class Exchange:
    """What is in the world first, and what is then asked; `talk` returns what the adapters made of it."""

    name: str
    scene: Callable[[World], object]
    talk: Callable[[Ends], Any]


def sweep_scene(world: World) -> None:
    alex = world.person("alex")
    for n in range(3):
        alex.opens(f"Down {n}", labels=["sev-1"])
    alex.closes(alex.opens("Review", labels=["post-mortem", "sev-1"]))


def sweep(github: Ends) -> list[str]:
    watches = [Watch("sev-1"), Watch("post-mortem", ("OPEN", "CLOSED"))]
    return [thread.title for _, thread in github.reader.threads(watches)]


def write_scene(world: World) -> None:
    alex = world.person("alex")
    alex.comments(alex.opens("Down", labels=["sev-1"]), "/ack")


def write(github: Ends) -> list[object]:
    said = github.reader.thread(1)[1].comments[0]
    made = github.writer.apply(CreateComment(1, "key", "one"))
    plan: list[Write] = [
        EditComment(1, made.id or 0, "two"),
        Minimise(1, github.reader.thread(1)[1].comments[1].node_id),
        AddLabels(1, ("post-mortem",)),
        RemoveLabel(1, "sev-1"),
        AddAssignees(1, ("alex", "nobody-at-all")),
        RemoveAssignees(1, ("alex", "nobody-at-all")),
        React(1, said.id, Mark.ACCEPTED),
        CreateIssue("child", "Post-mortem", "text", ("post-mortem",), ("alex",)),
        EditIssue(2, "the long form"),
        CloseIssue(1, CloseReason.COMPLETED),
    ]
    done = [github.writer.apply(one) for one in plan]
    return [*done, github.reader.children([2], "post-mortem")[0].title]


def refusals(github: Ends) -> list[tuple[str, int]]:
    plan: list[Callable[[], object]] = [
        lambda: github.reader.thread(99),
        lambda: github.writer.apply(EditComment(1, 99, "two")),
        lambda: github.writer.apply(AddLabels(99, ("sev-1",))),
        lambda: github.writer.apply(CreateIssue("child", "", "text", (), ())),
    ]
    return [refusal(attempt) for attempt in plan]


def refusal(attempt: Callable[[], object]) -> tuple[str, int]:
    """The kind and status of the error that must come."""
    try:
        attempt()
    except GitHubError as problem:
        return type(problem).__name__, problem.status
    raise AssertionError("nothing was refused")


def access(github: Ends) -> list[str]:
    people = ("alex", "morgan", "sam", "riley", "nobody-at-all")
    return [github.reader.access(login).name for login in people]


def finished_scene(world: World) -> None:
    alex = world.person("alex")
    alex.closes(alex.opens("Done"))
    alex.opens("Open")
    alex.merges(alex.opens_pull("Merged"))


def finished(github: Ends) -> list[tuple[int, bool]]:
    return [(number, at is not None) for number, at in github.reader.finished([1, 2, 3, 99]).items()]


def runs_scene(world: World) -> None:
    alex = world.person("alex")
    alex.opens("Down", labels=["sev-1"])
    alex.merges(alex.opens_pull("Merged"))
    alex.finishes_run(alex.starts_run("main", event="push"), "failure")


def runs(github: Ends) -> list[tuple[str, str]]:
    (merge,) = github.reader.thread(1)[0].merges
    return [(one.name, one.end.value) for one in github.reader.runs([merge.sha]).found]


EXCHANGES = (
    Exchange("look", incident, lambda github: github.reader.thread(1)),
    Exchange("sweep", sweep_scene, sweep),
    Exchange("write", write_scene, write),
    Exchange("refusals", write_scene, refusals),
    Exchange("access", write_scene, access),
    Exchange("finished", finished_scene, finished),
    Exchange("runs", runs_scene, runs),
)


def asked(request: Any) -> tuple[str, str, object]:
    """What makes two requests the same: method, path, and the body without the layout of its document."""
    body = json.loads(request.body) if request.body else None
    if isinstance(body, dict) and "query" in body:
        body["query"] = re.sub(r"\s+", " ", body["query"]).strip()
    parts = urlsplit(request.uri)
    return request.method, f"{parts.path}?{parts.query}", body


def same(one: Any, other: Any) -> None:
    assert asked(one) == asked(other)


def without_address(request: Any) -> Any:
    parts = urlsplit(request.uri)
    request.uri = NOWHERE + parts.path + (f"?{parts.query}" if parts.query else "")
    request.headers = {}
    return request


def without_chance(response: Any) -> Any:
    """Only the headers that the adapters may look at, and no address of the one who answered."""
    kept = {"content-type", "retry-after"}
    response["headers"] = {name: value for name, value in response["headers"].items() if name.lower() in kept}
    body = response["body"]["string"]
    response["body"]["string"] = re.sub(rb"http://127\.0\.0\.1:[0-9]+", NOWHERE.encode(), body)
    return response


def recorder(mode: str) -> Any:
    """vcrpy as the cassettes are recorded (`all`) and replayed (`none`)."""
    made = vcr.VCR(
        cassette_library_dir=str(CASSETTES),
        path_transformer=vcr.VCR.ensure_suffix(".yaml"),
        record_mode=mode,
        match_on=["asked"],
        before_record_request=without_address,
        before_record_response=without_chance,
    )
    made.register_matcher("asked", same)
    return made
