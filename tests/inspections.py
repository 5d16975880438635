"""A healthy set-up as the doctor reads it: this repository's own workflow files, and the settings that we recommend."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stanch.adapters.config_file import read_config
from stanch.adapters.workflow_file import read_workflow
from stanch.core.access import Access
from stanch.core.doctor.expected import EXPECTED, HOTFIX, INCIDENTS, PROVE, SWEEP, WATCH
from stanch.core.doctor.inspection import (
    BranchRules,
    Home,
    Inspection,
    LabelSeen,
    Listed,
    People,
    Person,
    Release,
    RunSeen,
)
from stanch.core.doctor.workflow import WorkflowFile
from stanch.core.labels import TABLE
from tests.source import ROOT

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SHA, OLD = "9ab028038f18216c7c9f9d11674a213063dcb3a7", "1" * 40
TEXTS = {one.path: (ROOT / one.path).read_text(encoding="utf-8") for one in EXPECTED}
PEOPLE = {"alex": Access.MAINTAIN, "jordan": Access.WRITE, "morgan": Access.WRITE, "sam": Access.READ}

__all__ = [
    "HOTFIX",
    "INCIDENTS",
    "NOW",
    "OLD",
    "PROVE",
    "SHA",
    "SWEEP",
    "TEXTS",
    "WATCH",
    "configured",
    "healthy",
    "workflow",
]


def workflow(path: str, *changes: tuple[str, str]) -> WorkflowFile:
    """One of the workflow files with pieces of its text replaced, each of which has to be there."""
    text = TEXTS[path]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return read_workflow(path, text)


FILES = {path: workflow(path) for path in TEXTS}
RUNS = tuple(RunSeen("schedule", NOW - timedelta(hours=n, minutes=20), "completed", "success") for n in range(30))


def healthy(*changed: WorkflowFile, without: str = "", **parts: object) -> Inspection:
    """A set-up in which nothing is wrong; some of its files or parts may be others."""
    files = {path: file for path, file in FILES.items() if path != without}
    whole = Inspection(
        now=NOW,
        home=Home("harbour/checkout", "https://github.com/harbour/checkout", owned_by_people=True),
        workflows={**files, **{file.path: file for file in changed}},
        loaded=read_config("people: [alex, jordan, morgan]\nclients: none\n"),
        listed=tuple(Listed(n, path, "active", NOW - timedelta(days=30)) for n, path in enumerate(TEXTS)),
        sweeps=RUNS,
        recent=RUNS[:10],
        labels=tuple(LabelSeen(one.name, one.color, one.description) for one in TABLE),
        people=People({login: Person(access) for login, access in PEOPLE.items()}),
        rules=BranchRules(
            1, last_push=True, stale=True, merges=frozenset({"squash"}), statuses={"stanch/hotfix": 15368}
        ),
        release=Release("v0.1.0", SHA),
        installed="0.1.0",
        version="0.1.0",
    )
    return replace(whole, **parts)  # type: ignore[arg-type] # parts by name, each of its own type


def configured(text: str) -> dict[str, object]:
    """The part of an inspection that a configuration is."""
    return {"loaded": read_config(text)}
