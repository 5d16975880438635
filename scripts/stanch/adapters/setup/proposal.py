"""The pull request that `stanch init` opens: each write sent once, and what is there already is found by its branch."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from stanch.adapters.answer import At
from stanch.adapters.client import Client
from stanch.adapters.writer import created, number_in, part
from stanch.core.errors import NoSuchThread, UnknownOutcome
from stanch.core.setup.upgrade import Change

TRAILER = "Stanch-Tree: "
"""In the message of our commit, followed by its tree: whoever adds to it or amends it makes it theirs."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest commit of a branch; `parent` is its first, "" for none."""

    sha: str
    tree: str
    message: str
    parent: str

    @property
    def ours(self) -> bool:
        return self.message.rstrip().endswith(f"{TRAILER}{self.tree}")


@dataclass(frozen=True, slots=True)
class Pull:
    """An open pull request."""

    number: int
    url: str
    body: str


class Proposals:
    """One repository's branches and pull requests. Reads raise as `Reads.get` does, writes as `Writes.send` does."""

    def __init__(self, client: Client, owner: str, name: str) -> None:
        self._reads, self._writes = client.reads, client.writes
        self._owner = owner
        self._path = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"

    def open_from(self, branch: str) -> Pull | None:
        """The open pull request from this branch of this repository."""
        query = f"head={quote(self._owner, safe='')}:{quote(branch, safe='')}&state=open&per_page=1"
        for row in At(self._reads.get(f"{self._path}/pulls?{query}"), ("pull requests",)).each():
            body = "" if row["body"].null else row["body"].text()
            return Pull(row["number"].whole(), row["html_url"].text(), body)
        return None

    def head(self, branch: str) -> Head | None:
        """Where the branch stands; None where there is none."""
        try:
            ref = At(self._reads.get(f"{self._path}/git/ref/heads/{quote(branch)}"), ("the branch",))
        except NoSuchThread:
            return None
        commit = At(self._reads.get(f"{self._path}/git/commits/{ref['object']['sha'].text()}"), ("the commit",))
        parent = next((row["sha"].text() for row in commit["parents"].each()), "")
        return Head(commit["sha"].text(), commit["tree"]["sha"].text(), commit["message"].text(), parent)

    def tree(self, base: str, changes: Iterable[Change]) -> str:
        """The tree that these changes make of another. It is found by what it holds, so it is never made twice."""
        rows = [_row(change) for change in changes]
        return self._made("git/trees", {"base_tree": base, "tree": rows}, "sha")

    def commit(self, tree: str, parent: str, title: str) -> str:
        """A commit that no branch has yet."""
        message = f"{title}\n\n{TRAILER}{tree}"
        return self._made("git/commits", {"message": message, "tree": tree, "parents": [parent]}, "sha")

    def create_branch(self, branch: str, sha: str) -> None:
        self._writes.send("POST", f"{self._path}/git/refs", {"ref": f"refs/heads/{branch}", "sha": sha})

    def move_branch(self, branch: str, sha: str) -> None:
        """By force: only where its newest commit is ours."""
        self._writes.send("PATCH", f"{self._path}/git/refs/heads/{quote(branch)}", {"sha": sha, "force": True})

    def open(self, branch: str, base: str, title: str, body: str) -> Pull:
        wanted = {"title": title, "body": body, "head": branch, "base": base}
        answer = created(self._writes.send("POST", f"{self._path}/pulls", wanted))
        return Pull(number_in(answer, "number"), str(part(answer, "html_url") or ""), body)

    def rewrite(self, number: int, title: str, body: str) -> None:
        self._writes.send("PATCH", f"{self._path}/pulls/{number}", {"title": title, "body": body})

    def _made(self, what: str, body: dict[str, object], key: str) -> str:
        value = part(created(self._writes.send("POST", f"{self._path}/{what}", body)), key)
        if not isinstance(value, str):
            raise UnknownOutcome(f"GitHub confirmed {what} without its {key}.", 201)
        return value


def _row(change: Change) -> dict[str, object]:
    """One file of a tree; a null as its commit takes it away."""
    row: dict[str, object] = {"path": change.path, "mode": "100644", "type": "blob"}
    return row | ({"sha": None} if change.after is None else {"content": change.after})
