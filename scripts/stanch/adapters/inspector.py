"""Everything that the doctor reads: files in one GraphQL read, settings by REST, each part known or not.

A part that this token may not read is unknown. What stops everything (the repository itself, its files, a limit, a
token that is refused) is raised.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import quote

from stanch.adapters import decode_settings as decode
from stanch.adapters.answer import At
from stanch.adapters.client import Client
from stanch.adapters.decode_repository import NO_TEXT, file
from stanch.adapters.setup_document import SETUP, WORKFLOWS
from stanch.adapters.tags import commit_of_tag
from stanch.adapters.workflow_file import read_workflow
from stanch.core.access import Access, access_of
from stanch.core.doctor.d025_branch import is_whole
from stanch.core.doctor.inspection import (
    ActionsPolicy,
    BranchRules,
    Home,
    LabelSeen,
    Listed,
    Part,
    People,
    Person,
    Release,
    RunSeen,
    Unknown,
    Why,
)
from stanch.core.doctor.workflow import WorkflowFile
from stanch.core.errors import Forbidden, Moved, NoSuchThread, NotReadable
from stanch.core.runbooks.model import FOLDER

T = TypeVar("T")

PAGE = 100
MOST_PAGES = 10
MOST_ASKED = 3
"""People about whom GitHub is asked one by one, where its lists do not name them."""

UPGRADE = "upgrade to"
"""How GitHub begins to say that a plan lacks something."""

UNPROTECTED, NO_BRANCH = "branch not protected", "branch not found"
"""What GitHub says of a branch, apart from what it says of everything that one may not see."""


class _TooMany(Exception):
    """A list goes on after the last page that is read."""


class _NoBranch(Exception):
    """GitHub knows no such branch."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of the set-up. A text is None where there is no such file; of a page that is no text, too."""

    config: str | None
    config_alternative: str | None
    codeowners: str | None
    workflows: Mapping[str, WorkflowFile | None]
    installed: str = ""
    runbooks: Mapping[str, str | None] = field(default_factory=dict)


class Inspector:
    """Looks at one repository. `reads` is the number of requests sent, tries included."""

    def __init__(self, client: Client, owner: str, name: str) -> None:
        self._reads = client.reads
        self._where = {"owner": owner, "name": name}
        self._path = _path(owner, name)

    @property
    def reads(self) -> int:
        return self._reads.count

    def home(self) -> Home:
        """The repository itself. Raises NoSuchThread, Moved, Forbidden, RateLimited or NotReadable."""
        return decode.home(At(self._reads.get(self._path), ("the repository",)))

    def files(self) -> Files:
        """The files of the set-up on the default branch: one read. Raises as `home` does."""
        node = self._reads.graphql(SETUP, self._where).repository
        owners = (file(node["owners"]), file(node["ownersRoot"]), file(node["ownersDocs"]))
        return Files(
            config=file(node["config"]),
            config_alternative=file(node["configYaml"]),
            codeowners=next((text for text in owners if text is not None), None),
            workflows={path: _workflow(path, file(node[alias])) for alias, path in WORKFLOWS.items()},
            installed=_version(file(node["manifest"])),
            runbooks=_pages(node["runbooks"], FOLDER) | _pages(node["handbook"], f"{FOLDER}/handbook"),
        )

    def policy(self) -> Part[ActionsPolicy]:
        def ask() -> ActionsPolicy:
            body = self._get("/actions/permissions")
            chosen = "allowed_actions" in body and body["allowed_actions"].value == "selected"
            return decode.policy(body, self._get("/actions/permissions/selected-actions") if chosen else None)

        return _known("the settings of GitHub Actions", ask)

    def listed(self) -> Part[tuple[Listed, ...]]:
        """The workflows that GitHub knows."""
        return _known(
            "the workflows", lambda: tuple(map(decode.workflow, self._rows("/actions/workflows", "workflows")))
        )

    def runs(self, workflow: str, count: int, *, event: str = "", status: str = "") -> Part[tuple[RunSeen, ...]]:
        """The newest runs of a workflow, newest first, of one event, status or conclusion where that is named.

        Empty where GitHub knows no such workflow.
        """

        def ask() -> tuple[RunSeen, ...]:
            narrowed = "".join(f"&{key}={value}" for key, value in (("event", event), ("status", status)) if value)
            try:
                body = self._get(f"/actions/workflows/{quote(workflow, safe='')}/runs?per_page={count}{narrowed}")
            except NoSuchThread:
                return ()
            return tuple(map(decode.run, body["workflow_runs"].each()))

        return _known(f"the runs of {workflow}", ask)

    def labels(self) -> Part[tuple[LabelSeen, ...]]:
        return _known("the labels", lambda: tuple(map(decode.label, self._rows("/labels"))))

    def people(self, named: tuple[str, ...]) -> Part[People]:
        """Whoever may do anything here, and those who are `named`.

        Of the named ones who stand in none of GitHub's lists, only so many are asked about; the rest is left out.
        """
        return _known("who may do what", lambda: self._people(named))

    def _people(self, named: tuple[str, ...]) -> People:
        listed, whole = self._collaborators()
        asked = [login for login in dict.fromkeys(map(str.lower, named)) if login not in listed][:MOST_ASKED]
        assignable = self._assignable()
        if assignable is None:
            assignable = {*listed, *asked}
        known = {login: Person(access, login in assignable) for login, access in listed.items()}
        return People({**known, **{one: self._person(one, one in assignable) for one in asked}}, whole)

    def _assignable(self) -> set[str] | None:
        """Everybody whom an issue may be assigned to; None where there are more than one look reads."""
        try:
            return {row["login"].text().lower() for row in self._rows("/assignees")}
        except _TooMany:
            return None

    def _collaborators(self) -> tuple[dict[str, Access], bool]:
        """Those who may do anything, and whether these are all; only who may push is shown the list."""
        found: dict[str, Access] = {}
        try:
            found.update((row["login"].text().lower(), decode.access(row)) for row in self._rows("/collaborators"))
        except (Forbidden, NoSuchThread, _TooMany):
            return found, False
        return found, True

    def _person(self, login: str, assignable: bool) -> Person:  # noqa: FBT001 # one more fact of the person
        try:
            body = self._get(f"/collaborators/{quote(login, safe='')}/permission")
        except NoSuchThread:
            return Person(Access.NONE, assignable=False, there=False)
        base = body["permission"].text()
        return Person(access_of(base, body["role_name"].text() if "role_name" in body else base), assignable)

    def rules(self, branch: str) -> Part[BranchRules]:
        """What holds for a branch; classic protection is asked only where rulesets leave something open."""

        def ask() -> BranchRules:
            rules = list(self._rows(f"/rules/branches/{quote(branch, safe='')}"))
            found = decode.branch_rules(rules)
            if is_whole(found):
                return found
            try:
                return decode.branch_rules(rules, self._rulesets(), self._classic(branch))
            except _NoBranch:
                return replace(found, there=False)

        return _known(f"the rules of {branch}", ask)

    def _rulesets(self) -> tuple[At, ...]:
        found = _known("the rulesets", lambda: tuple(self._rows("/rulesets")))
        return () if isinstance(found, Unknown) else found

    def _classic(self, branch: str) -> At | Unknown | None:
        def ask() -> At | None:
            try:
                return self._get(f"/branches/{quote(branch, safe='')}/protection")
            except NoSuchThread as answer:
                if NO_BRANCH in str(answer).lower():
                    raise _NoBranch from None
                if UNPROTECTED not in str(answer).lower():
                    raise
                return None

        return _known(f"the protection of {branch}", ask)

    def secrets(self, *, organisation: bool) -> Part[frozenset[str]]:
        """The names of the secrets that workflows here may be handed."""

        def ask() -> frozenset[str]:
            names = {row["name"].text() for row in self._rows("/actions/secrets", "secrets")}
            if organisation:
                names |= {row["name"].text() for row in self._rows("/actions/organization-secrets", "secrets")}
            return frozenset(names)

        return _known("the names of the secrets", ask)

    def variables(self, *, organisation: bool) -> Part[Mapping[str, str]]:
        def ask() -> Mapping[str, str]:
            above = list(self._rows("/actions/organization-variables", "variables")) if organisation else []
            return decode.pairs([*above, *self._rows("/actions/variables", "variables")])

        return _known("the variables", ask)

    def release(self, action: str) -> Part[Release | None]:
        """The newest release of an action, `owner/name`, and the commit that its tag names."""
        home = _path(*action.split("/")[:2])

        def ask() -> Release:
            body = At(self._reads.get(f"{home}/releases/latest"), ("the newest release",))
            tag = body["tag_name"].text()
            return Release(tag, commit_of_tag(self._reads, "/".join(action.split("/")[:2]), tag))

        found = _known(f"a release of {action}", ask)
        if isinstance(found, Unknown) and found.why is Why.DENIED:
            return Unknown(found.what, Why.HIDDEN)
        return found

    def _get(self, below: str) -> At:
        return At(self._reads.get(f"{self._path}{below}"), (below.partition("?")[0],))

    def _rows(self, below: str, key: str = "") -> Iterator[At]:
        """The rows of a list, page by page. Raises _TooMany after the last page that is read."""
        for page in range(1, MOST_PAGES + 1):
            body = self._get(f"{below}?per_page={PAGE}&page={page}")
            rows = list((body[key] if key else body).each())
            yield from rows
            if len(rows) < PAGE:
                return
        raise _TooMany


def _path(owner: str, name: str) -> str:
    return f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"


def _known(what: str, ask: Callable[[], T]) -> T | Unknown:
    """The answer, or that it is not known. Raises RateLimited, and Forbidden for a token that is refused (401)."""
    try:
        return ask()
    except Forbidden as refusal:
        if refusal.status == 401:
            raise
        return Unknown(what, Why.PLAN if UPGRADE in str(refusal).lower() else Why.DENIED)
    except NoSuchThread:  # GitHub's 404 is also said of what one may not see
        return Unknown(what)
    except (Moved, NotReadable):
        return Unknown(what, Why.UNREADABLE)
    except _TooMany:
        return Unknown(what, Why.MANY)


def _workflow(path: str, text: str | None) -> WorkflowFile | None:
    if text is None:
        return None
    return WorkflowFile(path, "GitHub does not show it whole") if NO_TEXT in text else read_workflow(path, text)


def _pages(folder: At, path: str) -> dict[str, str | None]:
    """The Markdown files of a folder; none where there is no such folder."""
    entries = folder["entries"].each() if not folder.null and "entries" in folder else ()
    named = ((entry["name"].text(), entry["object"]) for entry in entries)
    texts = {f"{path}/{name}": file(found) for name, found in named if name.endswith(".md")}
    return {name: None if text is None or NO_TEXT in text else text for name, text in texts.items()}


def _version(manifest: str | None) -> str:
    """The version that wrote the files; empty where there is no manifest, or nobody can read it."""
    try:
        told = json.loads(manifest or "")
    except (ValueError, RecursionError):
        return ""
    version = told.get("version") if isinstance(told, dict) else None
    return version[:40] if isinstance(version, str) else ""
