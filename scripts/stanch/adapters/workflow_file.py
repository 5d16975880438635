"""Reads a workflow file as GitHub does: every scalar is text, anchors are followed, and `on` is no truth value."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from stanch.core.doctor.workflow import Concurrency, Job, Level, Use, WorkflowFile

MOST_BYTES = 256 * 1024

LOADER: type[yaml.BaseLoader | yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml, where PyYAML was built with it."""

SAID = re.compile(r"uses:[ \t]{0,9}[\"']?([^\s\"'#]{1,300})[\"']?[ \t]{1,99}#[ \t]{0,9}(v?[0-9][\w.+-]{0,40})")
SECRET = re.compile(r"\$\{\{[^}]{0,300}\bsecrets\.([A-Za-z_][A-Za-z0-9_]{0,99})")
"""Bounded, so that no file takes more than its length in time."""

EVERY = (
    "actions", "artifact-metadata", "attestations", "checks", "contents", "deployments", "discussions", "id-token",
    "issues", "models", "packages", "pages", "pull-requests", "repository-projects", "security-events", "statuses",
)  # fmt: skip # one list of names
LEVELS = {"read": Level.READ, "write": Level.WRITE, "none": Level.NONE}


class _NoMapping(Exception):
    """Something that has to be a mapping is none; carries what it is."""


def read_workflow(path: str, text: str) -> WorkflowFile:
    """What the file says; where it cannot be read, `problem` says why."""
    if len(text.encode(errors="replace")) > MOST_BYTES:
        return WorkflowFile(path, f"it is larger than {MOST_BYTES // 1024} KiB")
    try:
        top = yaml.load(text, Loader=LOADER)  # noqa: S506 # BaseLoader makes text, lists and mappings, nothing else
        return _workflow(path, _mapping(top, "the file"), dict(SAID.findall(text)))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return WorkflowFile(path, f"line {line}: {error.problem or 'not YAML'}")
    except (yaml.YAMLError, RecursionError):
        return WorkflowFile(path, "it is not YAML")
    except _NoMapping as problem:
        return WorkflowFile(path, str(problem))


def _workflow(path: str, top: Mapping[str, Any], said: Mapping[str, str]) -> WorkflowFile:
    events, jobs = _events(top.get("on")), _mapping(top.get("jobs"), "`jobs`")
    if not events:
        raise _NoMapping("it names no event under `on`")
    if not jobs:
        raise _NoMapping("it has no job")
    env = _secrets(top.get("env"))
    return WorkflowFile(
        path=path,
        triggers={event: _listed(_section(body).get("types")) for event, body in events.items()},
        branches=tuple(_texts(_section(events.get("push")).get("branches"))),
        follows=tuple(_texts(_section(events.get("workflow_run")).get("workflows"))),
        crons=tuple(_crons(events.get("schedule"))),
        permissions=_permissions(top["permissions"]) if "permissions" in top else None,
        concurrency=_concurrency(top.get("concurrency")),
        jobs=tuple(_job(name, _mapping(job, f"the job {name}"), said, env) for name, job in jobs.items()),
    )


def _mapping(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _NoMapping(f"{what} is no mapping of `key: value` lines")
    return value


def _text(value: object) -> str:
    """A text; nothing where there is none: lists that name each other by anchors have no end when written out."""
    return value if isinstance(value, str) else ""


def _section(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _events(value: object) -> Mapping[str, Any]:
    """`on` in each of its three spellings: one event, a list of them, or a mapping."""
    if isinstance(value, dict):
        return value
    return dict.fromkeys(_texts(value))


def _texts(value: object) -> Iterator[str]:
    """A text, or the texts of a list."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, str))
    elif isinstance(value, str) and value:
        yield value


def _listed(value: object) -> frozenset[str]:
    return frozenset(_texts(value))


def _crons(value: object) -> Iterator[tuple[str, str]]:
    for entry in value if isinstance(value, list) else ():
        cron, zone = _section(entry).get("cron"), _section(entry).get("timezone", "")
        if isinstance(cron, str):
            yield cron, zone if _is_zone(zone) else ""


def _is_zone(name: object) -> bool:
    try:
        return isinstance(name, str) and bool(ZoneInfo(name))
    except (ValueError, OSError, LookupError):
        return False


def _permissions(value: object) -> Mapping[str, Level]:
    if value in ("read-all", "write-all"):
        return dict.fromkeys(EVERY, Level.WRITE if value == "write-all" else Level.READ)
    return {key: LEVELS.get(_text(level), Level.NONE) for key, level in _section(value).items()}


def _concurrency(value: object) -> Concurrency | None:
    if isinstance(value, str) and value:
        return Concurrency(value, cancels=False)
    section = _section(value)
    cancels = _text(section.get("cancel-in-progress", "false")).strip() != "false"
    return Concurrency(_text(section["group"]), cancels) if "group" in section else None


def _job(name: str, job: Mapping[str, Any], said: Mapping[str, str], env: frozenset[str]) -> Job:
    steps = job.get("steps")
    env |= _secrets(job.get("env"))
    return Job(
        name=name,
        condition=" ".join(_text(job.get("if")).split()),
        permissions=_permissions(job["permissions"]) if "permissions" in job else None,
        concurrency=_concurrency(job.get("concurrency")),
        uses=tuple(_uses(steps if isinstance(steps, list) else [], said, env)),
    )


def _uses(steps: list[object], said: Mapping[str, str], env: frozenset[str]) -> Iterator[Use]:
    for step in map(_section, steps):
        written = step.get("uses")
        if isinstance(written, str):
            name, _, ref = written.partition("@")
            command = _text(_section(step.get("with")).get("command"))
            yield Use(name, ref, said.get(written, ""), command, env | _secrets(step.get("env")))


def _secrets(env: object) -> frozenset[str]:
    """The names of the secrets that an `env` hands over."""
    return frozenset(found for value in _section(env).values() for found in SECRET.findall(_text(value)))
