"""One look at everything that Stanch's set-up consists of, frozen."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Protocol

from stanch.adapters.config_file import read_either, read_source
from stanch.adapters.inspector import Files
from stanch.adapters.round import Watch
from stanch.adapters.runbook_file import read_runbooks
from stanch.app.desk import Desk
from stanch.app.road import decide, gather
from stanch.core.clock import local_date
from stanch.core.config import ALTERNATIVE_PATH, CONFIG_PATH, Config, Loaded
from stanch.core.config_remarks import remarks
from stanch.core.doctor.d022_people import called_by
from stanch.core.doctor.expected import EXPECTED, INCIDENTS, SWEEP, WATCH
from stanch.core.doctor.inspection import (
    ActionsPolicy,
    Books,
    BranchRules,
    Home,
    Inspection,
    LabelSeen,
    Listed,
    Part,
    People,
    Release,
    RunSeen,
    Unknown,
    Why,
)
from stanch.core.doctor.workflow import WorkflowFile
from stanch.core.errors import Forbidden, GitHubError, RateLimited, UsageProblem
from stanch.core.oncall import owners_in
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint import Gravity, lint
from stanch.core.runbooks.model import FOLDER
from stanch.core.severity import Severity
from stanch.core.thread import Repository
from stanch.core.upcoming import watched_until
from stanch.core.wishes import production_branch

OVERDUE = ("R012", "overdue")
"""What the linter calls a page whose review is past its day."""

RUNS = 30
"""Scheduled runs of the sweep that are looked at: more than a day of an hourly schedule."""

FEW_RUNS = 10


class Inspects(Protocol):
    """What the doctor asks of GitHub."""

    def home(self) -> Home: ...
    def files(self) -> Files: ...
    def policy(self) -> Part[ActionsPolicy]: ...
    def listed(self) -> Part[tuple[Listed, ...]]: ...
    def runs(self, workflow: str, count: int, *, event: str = "", status: str = "") -> Part[tuple[RunSeen, ...]]: ...
    def labels(self) -> Part[tuple[LabelSeen, ...]]: ...
    def people(self, named: tuple[str, ...]) -> Part[People]: ...
    def rules(self, branch: str) -> Part[BranchRules]: ...
    def secrets(self, *, organisation: bool) -> Part[frozenset[str]]: ...
    def variables(self, *, organisation: bool) -> Part[Mapping[str, str]]: ...
    def release(self, action: str) -> Part[Release | None]: ...


def inspector_of(desk: Desk) -> Inspects:
    """What looks at the settings. Raises UsageProblem for a desk that stands at no repository of GitHub's."""
    if desk.inspector is None:
        raise UsageProblem("There are no settings to look at: name a repository in GITHUB_REPOSITORY.")
    return desk.inspector


def inspect(desk: Desk, version: str) -> Inspection:
    """Read everything. Raises what stops all of it: the repository, its files, a limit, a refused token."""
    inspector = inspector_of(desk)
    home, files = inspector.home(), inspector.files()
    loaded = read_either(files.config, files.config_alternative)
    config, organisation = loaded.config, not home.owned_by_people
    unwatched = home.has_issues and not desk.vigil.has_started
    burning = burning_in(desk) if unwatched else ()
    return Inspection(
        now=desk.instant,
        home=home,
        workflows=files.workflows,
        loaded=loaded,
        remarks=_remarks(files, loaded),
        owners=tuple(owners_in(files.codeowners or "")),
        policy=inspector.policy(),
        listed=inspector.listed(),
        sweeps=inspector.runs(_file(SWEEP), RUNS, event="schedule"),
        watches=inspector.runs(_file(WATCH), FEW_RUNS) if burning else (),
        recent=inspector.runs(_file(INCIDENTS), FEW_RUNS),
        labels=inspector.labels(),
        people=inspector.people((*called_by(config), *config.clients)),
        rules=inspector.rules(production_branch(config, home.default_branch)),
        secrets=inspector.secrets(organisation=organisation),
        variables=inspector.variables(organisation=organisation) if config.aliases else {},
        release=_release(inspector, files),
        burning=burning,
        installed=files.installed,
        books=_books(files, loaded, local_date(desk.instant, config.calendar)),
        version=version,
    )


def _file(path: str) -> str:
    return path.rpartition("/")[2]


def _remarks(files: Files, loaded: Loaded) -> tuple[str, ...]:
    """What `stanch config check` remarks on, at its place in the file."""
    name = CONFIG_PATH if files.config is not None else ALTERNATIVE_PATH
    source = read_source(files.config or files.config_alternative or "", name)
    return tuple(str(one.told(source)) for one in remarks(loaded.config))


def _books(files: Files, loaded: Loaded, today: date) -> Books:
    """What the linter of runbooks says of the pages on the default branch; where links lead to is not looked up.

    A page that nobody owns yet is not stale: whoever installs it long after it was written has only just got it.
    """
    if not files.runbooks:
        return Books()
    library = Library(read_runbooks(files.runbooks), loaded.config, today)
    findings = lint(library)
    wrong = Counter(one.path or FOLDER for one in findings if one.gravity is Gravity.ERROR)
    owned = {leaf.path for leaf in library.leaves if leaf.runbook.owner}
    stale = (one.path for one in findings if (one.code, one.why) == OVERDUE and one.path in owned)
    return Books(dict(wrong), tuple(dict.fromkeys(stale)))


def _release(inspector: Inspects, files: Files) -> Part[Release | None]:
    """The newest release of the action that the workflows use; None where they use a checkout."""
    names = (_action(files.workflows.get(one.path), one.command) for one in EXPECTED)
    action = next((name for name in names if name), "")
    return inspector.release(action) if action else None


def _action(file: WorkflowFile | None, command: str) -> str:
    uses = (use for use in (file.uses if file else ()) if use.command == command and not use.local)
    return next((use.name for use in uses if "/" in use.name and not use.name.startswith("docker:")), "")


def burning_in(desk: Desk) -> Part[tuple[int, ...]]:
    """The open incidents that a watcher should look at, as the practices see it."""

    def further(repository: Repository) -> tuple[Watch, ...]:
        config = _rules(repository)
        return tuple(Watch(name) for severity in Severity for name in config.aliases.get(severity.label, ()))

    watches = (Watch(Severity.SEV_1.label), Watch(Severity.SEV_2.label))
    found = []
    try:
        for repository, thread in desk.reader.threads(watches, further, None, lambda _repository, _thread: ()):
            _, wanted = decide(gather(desk, (repository, thread)))
            if watched_until(wanted, desk.instant) is not None:
                found.append(thread.number)
    except RateLimited:
        raise
    except GitHubError as problem:
        return Unknown("the open incidents", Why.DENIED if isinstance(problem, Forbidden) else Why.UNREADABLE)
    return tuple(found)


def _rules(repository: Repository) -> Config:
    return read_either(repository.config, repository.config_alternative).config
