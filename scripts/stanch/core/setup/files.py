"""The files that are brought, each as a template and its values; the words come later."""

from collections.abc import Mapping
from dataclasses import dataclass

from stanch.core.config_problems import CONFIG_PATH
from stanch.core.setup.choices import Choices, proposed_labels
from stanch.core.setup.found import Found
from stanch.core.setup.pin import Pin
from stanch.core.setup.surroundings import Step, lookalikes, steps, waited_for
from stanch.core.wanted import Text, View

SCHEMA = "docs/stanch.schema.json"
RUNBOOKS = "runbooks/"
"""The folder of the runbooks, here and in a team's repository."""

OFTEN = ("37 * * * *",)
SPARSE = ("23 7,14 * * 1-5", "23 7 * * 0,6")
"""When the sweep looks: hourly where minutes are free, else twice on working days and once on others."""

TEMPLATES = {
    CONFIG_PATH: "setup/files/stanch.yml",
    ".github/workflows/stanch-incidents.yml": "setup/files/stanch-incidents.yml",
    ".github/workflows/stanch-watch.yml": "setup/files/stanch-watch.yml",
    ".github/workflows/stanch-sweep.yml": "setup/files/stanch-sweep.yml",
    ".github/workflows/stanch-hotfix.yml": "setup/files/stanch-hotfix.yml",
    ".github/workflows/stanch-prove.yml": "setup/files/stanch-prove.yml",
    ".github/ISSUE_TEMPLATE/incident.yml": "setup/files/incident.yml",
    ".github/ISSUE_TEMPLATE/client-report.yml": "setup/files/client-report.yml",
    ".github/PULL_REQUEST_TEMPLATE/hotfix.md": "setup/files/hotfix.md",
}
"""Every file but the runbooks, in the order in which a reader wants them."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One file: where it belongs, and what it says."""

    path: str
    text: Text


def brought(found: Found, choices: Choices, pin: Pin) -> tuple[Brought, ...]:
    """What a repository like this gets, by these answers; the runbooks come as they are."""
    view = _view(found, choices, pin)
    return tuple(Brought(path, Text(template, view)) for path, template in TEMPLATES.items())


def _view(found: Found, choices: Choices, pin: Pin) -> View:
    return {
        "pin": str(pin),
        "version": pin.version,
        "schema": pin.raw(SCHEMA),
        "branch": found.production,
        "prefix": found.gate.prefix,
        "crons": list(OFTEN if found.private is False else SPARSE),
        "workflows": list(waited_for(found.workflows)),
        "steps": [_step(step) for step in steps(found, choices.prepare)],
        "people": list(choices.people),
        "zone": choices.zone,
        "clients": ["none"] if choices.clients == () else list(choices.clients or ()),
        "labels": _rows(choices.labels),
        "proposed": _rows({} if choices.labels else proposed_labels(found)),
        "environments": _rows(lookalikes(found.environments or ())),
    }


def _rows(names: Mapping[str, tuple[str, ...]]) -> list[dict[str, object]]:
    """A mapping as a template reads it: each name with its list."""
    return [{"name": name, "means": list(means)} for name, means in names.items()]


def _step(step: Step) -> dict[str, object]:
    uses = {"uses": str(step.uses), "version": step.uses.version} if step.uses else {"uses": "", "version": ""}
    return {**uses, "given": [{"name": name, "value": value} for name, value in step.given.items()], "run": step.run}
