"""One request of a route: what was asked, and the pieces that handlers share."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from stanch.sandbox.issues import NO_ISSUES
from stanch.sandbox.records import Issue
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, area_of, invalid, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

T = TypeVar("T")
MAX_PAGE = 100


@dataclass(frozen=True)
class Answer:
    """Status, value to be sent as JSON (None: no content) and headers of its own. `raw` is sent as it is."""

    status: int
    value: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""


@dataclass(frozen=True)
class Call:
    """A request whose repository exists and is visible to the caller."""

    world: "World"
    repo: Repository
    by: Caller
    parts: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    path: str
    version: str = ""

    def ask(self, role: str, area: str, level: str = "") -> None:
        require(self.repo, self.by, role, area, level)

    def thread(self, *, also_pull: bool = True) -> Issue:
        """The issue that the path names: 301 when it was transferred, 410 when deleted, 404 when never there."""
        number = int(self.parts["number"])
        issue = self.repo.issues.get(number)
        if not self.repo.settings.has_issues and not (issue and issue.pull):
            raise Refusal(410, NO_ISSUES)
        if issue and (also_pull or not issue.pull):
            self.ask("read", area_of(issue))
            return issue
        if number in self.repo.moved:
            raise self._moved(*self.repo.moved[number])
        if number in self.repo.deleted:
            raise Refusal(410, "This issue was deleted")
        raise Refusal(404, "Not Found")

    def _moved(self, name: str, number: int) -> Refusal:
        target = self.world.repository(name)
        url = f"{self.world.api_url}/repositories/{target.id}/issues/{number}"
        return Refusal(301, "Moved Permanently", headers={"Location": url})

    def text(self, name: str, resource: str) -> str:
        """A string that the body must have; 422 when it has not."""
        value = self.body.get(name) if isinstance(self.body, dict) else None
        if not isinstance(value, str):
            raise invalid(resource, name, "missing_field")
        return value

    def maybe(self, name: str, kind: type[T]) -> T | None:
        """A value that the body may have; 422 when it is of another kind."""
        value = self.body.get(name) if isinstance(self.body, dict) else None
        if value is not None and not isinstance(value, kind):
            raise Refusal(422, f"Invalid request.\n\nFor 'properties/{name}', {value!r} is not a {kind.__name__}.")
        return value

    def names(self, key: str) -> list[str] | None:
        """A list of names, plain or as objects with a name; None when the body does not speak of it."""
        found = self.body if isinstance(self.body, list) else self.maybe(key, list)
        if found is None:
            return None
        names = [entry.get("name") if isinstance(entry, dict) else entry for entry in found]
        if not all(isinstance(name, str) for name in names):
            raise Refusal(422, f"Invalid request.\n\nFor 'properties/{key}', {found!r} does not match the schema.")
        return [str(name) for name in names]

    def page(self, rows: Sequence[T], show: Callable[[T], object]) -> Answer:
        """One page of a list, with the Link header that leads to the others."""
        size = min(max(self._number("per_page", 30), 1), MAX_PAGE)
        now = max(self._number("page", 1), 1)
        last = max(-(-len(rows) // size), 1)
        steps = {"prev": now - 1, "next": now + 1, "last": last, "first": 1}
        wanted = {name: to for name, to in steps.items() if _leads(name, now, last)}
        links = ", ".join(f'<{self._address(to)}>; rel="{name}"' for name, to in wanted.items())
        shown = [show(row) for row in rows[(now - 1) * size : now * size]]
        return Answer(200, shown, {"Link": links} if links else {})

    def _number(self, name: str, default: int) -> int:
        value = self.query.get(name, "")
        return int(value) if re.fullmatch(r"\d{1,9}", value) else default

    def _address(self, page: int) -> str:
        return f"{self.world.api_url}{self.path}?{urlencode({**self.query, 'page': page})}"


def _leads(name: str, now: int, last: int) -> bool:
    return now > 1 if name in {"prev", "first"} else now < last


Handler = Callable[[Call], Answer]


@dataclass(frozen=True)
class Route:
    """A method, a path below the repository with `{parts}`, and the name under which it is counted."""

    method: str
    path: str
    kind: str
    handler: Handler
