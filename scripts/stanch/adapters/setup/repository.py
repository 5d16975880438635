"""A repository of GitHub's as `stanch init` sees it. What this token may not read is None, never taken as absent."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeVar
from urllib.parse import quote

from stanch.adapters.answer import At
from stanch.adapters.client import Reads
from stanch.adapters.decode_repository import file
from stanch.adapters.setup.config_there import gate_in
from stanch.adapters.setup.workflow_file import workflows_in
from stanch.adapters.tags import commit_of_tag
from stanch.core.errors import Forbidden, GitHubError, NoSuchThread, NotReadable, UsageProblem
from stanch.core.gate import CONTEXT
from stanch.core.setup.found import Found, Policy, Rules
from stanch.core.setup.pin import Pin, pin_of
from stanch.core.setup.reading import owners, suites, texts_wanted

T = TypeVar("T")

PAGE = 100
PAGES = 5
"""Of a list that is read for proposals; what comes after five hundred is not asked for."""

NO_PLAN = "upgrade"
"""GitHub's word for what the plan of a private repository does not have: `Upgrade to GitHub Pro or make …`."""

UNPROTECTED = "not protected"
"""What GitHub says of a branch that has no protection; any other 404 may hide one."""

READS_AT_ONCE = 100
"""Files asked of one document."""


@dataclass(frozen=True, slots=True)
class Home:
    """What has to be known before anything else: whether anything can be brought in at all, and onto what."""

    name: str
    branch: str
    private: bool
    archived: bool
    has_issues: bool
    may_push: bool | None
    head: str
    tree: str


class Repository:
    """One repository, read for what is brought into it. Every method raises the kinds of `refusal_of_read`."""

    def __init__(self, reads: Reads, owner: str, name: str) -> None:
        self._reads = reads
        self._where = {"owner": owner, "name": name}
        self._path = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"

    @property
    def scopes(self) -> frozenset[str] | None:
        """The scopes of a classic token, as GitHub told them last; None for a token of another kind."""
        return self._reads.scopes

    def home(self) -> Home:
        """The repository itself, and the newest commit of its default branch. Raises UsageProblem when it has none."""
        node = At(self._reads.get(self._path), ("the repository",))
        branch, name = node["default_branch"].text(), node["full_name"].text()
        commit = self._commit(name, branch)
        return Home(
            name=name,
            branch=branch,
            private=node["private"].flag(),
            archived=node["archived"].flag(),
            has_issues=node["has_issues"].flag(),
            may_push=node["permissions"]["push"].flag() if "permissions" in node else None,
            head=commit["sha"].text(),
            tree=commit["tree"]["sha"].text(),
        )

    def _commit(self, name: str, branch: str) -> At:
        empty = UsageProblem(f"{name} has no commit yet. Push one to {branch}, then run this again.")
        try:
            ref = At(self._reads.get(f"{self._path}/git/ref/heads/{quote(branch)}"), ("the branch",))
        except NoSuchThread:
            raise empty from None
        except NotReadable as problem:
            if problem.status == 409:  # "Git Repository is empty."
                raise empty from None
            raise
        return At(self._reads.get(f"{self._path}/git/commits/{ref['object']['sha'].text()}"), ("the commit",))

    def look(self, home: Home, pin: Pin, ours: Iterable[str]) -> Found:
        """Everything that matters for what is brought in: about ten reads.

        The texts of `ours` are asked for whatever the list of files says: of a large repository GitHub shows a part.
        """
        tree = At(self._reads.get(f"{self._path}/git/trees/{home.tree}?recursive=1"), ("the files",))
        paths = frozenset(row["path"].text() for row in tree["tree"].each() if row["type"].text() != "tree")
        files = self._texts(tuple(dict.fromkeys((*ours, *texts_wanted(paths)))))
        gate = gate_in(files)
        return Found(
            name=home.name,
            branch=home.branch,
            private=home.private,
            paths=paths | files.keys(),
            files=files,
            labels=self._names("labels", "name"),
            owners=owners(files),
            writers=self._writers(),
            suites=suites(paths, files),
            workflows=workflows_in(files),
            environments=self._environments(),
            policy=self._policy(pin),
            rules=self._rules(gate.branch or home.branch),
            gate=gate,
        )

    def release(self, action: str, tag: str) -> Pin | None:
        """The commit that a tag of an action names; None where GitHub does not tell, for whatever reason."""
        try:
            sha = commit_of_tag(self._reads, action, tag)
        except GitHubError:
            return None
        return pin_of(f"{action}@{sha}", tag)

    def _texts(self, paths: tuple[str, ...]) -> dict[str, str]:
        """The texts of files on the default branch, a hundred at a time."""
        found: dict[str, str] = {}
        for start in range(0, len(paths), READS_AT_ONCE):
            part = paths[start : start + READS_AT_ONCE]
            variables = {**self._where, **{f"e{i}": f"HEAD:{path}" for i, path in enumerate(part)}}
            node = self._reads.graphql(texts(len(part)), variables).repository
            told = ((path, file(node[f"f{i}"])) for i, path in enumerate(part))
            found |= {path: text for path, text in told if text is not None}
        return found

    def _names(self, rows: str, key: str, keep: Callable[[At], bool] = lambda _: True) -> tuple[str, ...] | None:
        """One name of each row of a list; None where it may not be read."""
        return allowed(lambda: tuple(row[key].text() for row in self._pages(rows) if keep(row)))

    def _pages(self, rows: str) -> Iterator[At]:
        for page in range(1, PAGES + 1):
            listed = list(At(self._reads.get(f"{self._path}/{rows}?per_page={PAGE}&page={page}"), (rows,)).each())
            yield from listed
            if len(listed) < PAGE:
                return

    def _writers(self) -> tuple[str, ...] | None:
        """The people who may push, bots left out."""
        return self._names("collaborators", "login", lambda row: may_push(row) and row["type"].text() == "User")

    def _environments(self) -> tuple[str, ...] | None:
        def read() -> tuple[str, ...]:
            told = At(self._reads.get(f"{self._path}/environments?per_page={PAGE}"), ("environments",))
            return tuple(row["name"].text() for row in told["environments"].each())

        return allowed(read)

    def _policy(self, pin: Pin) -> Policy | None:
        """Which actions may run here: ALL where those are among them that Stanch needs."""
        told = allowed(lambda: At(self._reads.get(f"{self._path}/actions/permissions"), ("actions",)))
        if told is None:
            return None
        if not told["enabled"].flag():
            return Policy.NONE
        which = told["allowed_actions"].text() if "allowed_actions" in told else "all"
        if which != "selected":
            return Policy.LOCAL if which == "local_only" else Policy.ALL
        chosen = allowed(
            lambda: At(self._reads.get(f"{self._path}/actions/permissions/selected-actions"), ("actions",))
        )
        return Policy.ALL if chosen is not None and lets_run(chosen, str(pin)) else Policy.SELECTED

    def _rules(self, branch: str) -> Rules | None:
        """What guards the branch, by rulesets; where there are none, classic protection is asked for too."""
        try:
            told = At(self._reads.get(f"{self._path}/rules/branches/{quote(branch, safe='')}"), ("rules",))
        except Forbidden as problem:
            return Rules.NO_PLAN if NO_PLAN in str(problem).lower() else None
        except NoSuchThread:
            return None
        kinds = {row["type"].text(): row for row in told.each()}
        checks = list(contexts(kinds["required_status_checks"])) if "required_status_checks" in kinds else []
        if CONTEXT in checks:
            return Rules.REQUIRED
        return Rules.REVIEWED if "pull_request" in kinds else self._protection(branch)

    def _protection(self, branch: str) -> Rules | None:
        """Classic protection; only administrators may read it."""
        try:
            told = At(self._reads.get(f"{self._path}/branches/{quote(branch, safe='')}/protection"), ("protection",))
        except NoSuchThread as problem:
            return Rules.NONE if UNPROTECTED in str(problem).lower() else None
        except Forbidden:
            return None
        if "required_status_checks" not in told or told["required_status_checks"].null:
            return Rules.REVIEWED
        checks = told["required_status_checks"]["contexts"].each()
        return Rules.REQUIRED if CONTEXT in [row.text() for row in checks] else Rules.REVIEWED


def allowed(read: Callable[[], T]) -> T | None:
    """What a read tells; None where this token may not know, or GitHub does not have it."""
    try:
        return read()
    except (Forbidden, NoSuchThread):
        return None


def lets_run(chosen: At, pin: str) -> bool:
    """Whether the actions that were selected are those that Stanch needs: its own, and GitHub's."""
    patterns = [row.text() for row in chosen["patterns_allowed"].each()]
    own = any(fnmatchcase(pin.lower(), pattern.lower()) for pattern in patterns)
    return own and chosen["github_owned_allowed"].flag()


def may_push(row: At) -> bool:
    return "permissions" in row and row["permissions"]["push"].flag()


def contexts(rule: At) -> Iterable[str]:
    """The names of the checks that a rule requires."""
    return (row["context"].text() for row in rule["parameters"]["required_status_checks"].each())


def texts(count: int) -> str:
    """A document for the texts of `count` files: one point. Variables: `$owner`, `$name`, `$e0` ….

    `HEAD:` stands for the default branch.
    """
    variables = "".join(f", $e{i}: String!" for i in range(count))
    asked = "\n".join(f"f{i}: object(expression: $e{i}) {{ ... on Blob {{ text isTruncated }} }}" for i in range(count))
    head = f"query Files($owner: String!, $name: String!{variables})"
    return f"{head} {{ repository(owner: $owner, name: $name) {{\nnameWithOwner\n{asked}\n}} }}"
