"""Everything that Stanch reads of one repository. What cannot be read raises; it is never taken as absent."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from urllib.parse import quote

from stanch.adapters import decode, decode_repository, decode_runs, documents
from stanch.adapters.answer import Answer, At
from stanch.adapters.client import Client
from stanch.adapters.round import GROWTH, PAGE, Ahead, Linked, Round, Unread, Watch, go_on, index_variables, numbered
from stanch.core.access import Access, access_of
from stanch.core.errors import Forbidden, Moved, NoSuchThread, NotReadable
from stanch.core.runs import Runs
from stanch.core.thread import GHOST, Child, Repository, Thread
from stanch.core.watchers import WORKFLOW, Watchers

RUNS_PAGE = 20
ENDED, IN_PROGRESS = "completed", "in_progress"
"""What GitHub calls a run that has ended, and one that a runner has; every other status waits for something."""

LINKS_PAGE = 100
"""Linked numbers asked at once."""


class Reader:
    """Reads one repository. `reads` is the number of requests sent, tries included."""

    def __init__(self, client: Client, owner: str, name: str) -> None:
        self._reads = client.reads
        self._where = {"owner": owner, "name": name}
        self._path = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"
        self._ahead = Ahead()

    @property
    def reads(self) -> int:
        return self._reads.count

    @property
    def told_at(self) -> datetime | None:
        """When GitHub gave its last answer, by its own clock (UTC); None where it did not say."""
        return self._reads.told_at

    def thread(self, number: int) -> tuple[Repository, Thread]:
        """One issue with all of its timeline: one read per 100 items.

        Raises NoSuchThread, Moved, Forbidden, RateLimited or NotReadable.
        """
        document = documents.threads(1, rules=True)
        answer = self._reads.graphql(document, {**self._where, "n0": number})
        return decode_repository.repository(answer), self.whole(answer, "t0", number)

    def threads(
        self,
        watches: Iterable[Watch],
        further: Callable[[Repository], Iterable[Watch]] = lambda _: (),
        unread: Unread | None = None,
        linked: Linked = lambda _repository, _thread: (),
        known: Sequence[int] = (),
    ) -> Iterator[tuple[Repository, Thread]]:
        """Every issue that a watch names, once, with its whole timeline; one page is held at a time.

        Those that are `known` come with the first read, whatever they bear by now.

        `further` names what the repository's own rules add, once they have been read. With `unread`, one thread
        that cannot be read is told and left out, and the others are still read. What `linked` names is asked once
        for a whole page; `finished` answers from there.

        An issue that vanishes between the index and its page is left out. Raises as `thread` does.
        """
        named = tuple(dict.fromkeys(watches))
        progress = Round(dict.fromkeys(named), seen=set(known))
        document = documents.threads(len(known), len(progress.watches), rules=True)
        variables = {**self._where, **numbered(known), **index_variables(progress)}
        first = self._reads.graphql(document, variables)
        repository = decode_repository.repository(first)
        progress.note(first)
        for thread in self._present(first, known, unread):
            yield repository, thread
        asked = set(named)
        progress.watches |= {watch: None for watch in further(repository) if watch not in asked}
        while progress.unfinished:
            for thread in self._next_page(progress, unread, partial(linked, repository)):
                yield repository, thread
        self._ahead = Ahead()

    def _next_page(
        self, progress: Round, unread: Unread | None, linked: Callable[[Thread], Iterable[int]]
    ) -> Iterator[Thread]:
        """Read the next threads and index pages; nothing when that fails, which halves the page."""
        numbers = tuple(islice(progress.waiting, progress.page))
        document = documents.threads(len(numbers), len(progress.watches))
        variables = {**self._where, **numbered(numbers), **index_variables(progress)}
        try:
            answer = self._reads.graphql(document, variables, halvable=progress.page > 1)
        except NotReadable as problem:
            go_on(progress, numbers, problem, unread)
            return
        for _ in numbers:
            progress.waiting.popleft()
        progress.note(answer)
        progress.page = min(PAGE, progress.page + GROWTH)
        self._ask_ahead(answer, len(numbers), linked)
        yield from self._present(answer, numbers, unread)

    def _ask_ahead(self, answer: Answer, count: int, linked: Callable[[Thread], Iterable[int]]) -> None:
        """Ask what the threads of a page link, all at once; where that fails, each thread asks for itself."""
        self._ahead = Ahead()
        try:
            threads = [decode.without_items(answer, f"t{i}") for i in range(count)]
            numbers = sorted({number for one in threads if one is not None for number in linked(one)})
            self._ahead = Ahead(frozenset(numbers), self._finished(numbers))
        except NotReadable:
            return

    def _present(self, answer: Answer, numbers: Sequence[int], unread: Unread | None) -> Iterator[Thread]:
        for i, number in enumerate(numbers):
            try:
                thread = self.whole(answer, f"t{i}", number)
            except (NoSuchThread, Moved):
                continue
            except NotReadable as problem:
                if unread is None:
                    raise
                unread(number, problem)
                continue
            yield thread

    def whole(self, answer: Answer, alias: str, number: int) -> Thread:
        """The thread under `alias` with the rest of its timeline."""
        thread, after = decode.thread(answer, alias, number)
        while after is not None:
            page = self._more_items(thread, after)
            thread, after = replace(thread, items=thread.items + page.items), page.after
        return thread

    def _more_items(self, thread: Thread, after: str) -> decode.Page:
        variables = {**self._where, "number": thread.number, "after": after}
        answer = self._reads.graphql(documents.MORE_ITEMS, variables)
        if ("repository", "issue") in answer.missing:
            raise NoSuchThread(f"Issue {thread.number} was deleted while it was read.", 404)
        since = thread.items[-1].at if thread.items else thread.at
        return decode.page(answer.repository["issue"]["timelineItems"], answer.hidden, since)

    def children(self, numbers: Iterable[int], label: str, newest: int = 30) -> tuple[Child, ...]:
        """The issues among `numbers` and the newest (100 at most) with `label`, each once, by rising number."""
        asked = tuple(dict.fromkeys(numbers))
        found: dict[int, Child] = {}
        for start in range(0, max(len(asked), 1), PAGE):
            part = asked[start : start + PAGE]
            variables = {**self._where, **numbered(part), "label": [label]}
            answer = self._reads.graphql(documents.children(len(part), newest), variables)
            found |= decode_repository.children(answer, len(part))
        return tuple(found[number] for number in sorted(found))

    def finished(self, numbers: Iterable[int]) -> dict[int, datetime | None]:
        """When these issues and pull requests were done (UTC), None while they are not; what is not there is left out.

        One read for each hundred, none for what a sweep has asked for this page. Raises as `thread` does.
        """
        asked = frozenset(numbers)
        fresh = self._finished(sorted(asked - self._ahead.asked))
        return {number: at for number, at in {**self._ahead.found, **fresh}.items() if number in asked}

    def _finished(self, numbers: Sequence[int]) -> dict[int, datetime | None]:
        found: dict[int, datetime | None] = {}
        for start in range(0, len(numbers), LINKS_PAGE):
            part = numbers[start : start + LINKS_PAGE]
            answer = self._reads.graphql(documents.finished(len(part)), {**self._where, **numbered(part)})
            found |= decode_repository.finished(answer, part)
        return found

    def runs(self, commits: Iterable[str]) -> Runs:
        """How the workflows on these commits ended: one read.

        Raises as `thread` does; Forbidden where the token may not read checks or actions.
        """
        asked = tuple(commits)
        variables = {**self._where, **{f"c{i}": sha for i, sha in enumerate(asked)}}
        return decode_runs.runs(self._reads.graphql(documents.runs(len(asked)), variables), asked)

    def watchers(self) -> Watchers:
        """The runs of the watching workflow that have not ended: one REST read of the newest twenty.

        Raises NoSuchThread where there is no such workflow, and as `access` does.
        """
        body = self._reads.get(f"{self._path}/actions/workflows/{WORKFLOW}/runs?per_page={RUNS_PAGE}")
        rows = At(body, ("runs of", WORKFLOW))["workflow_runs"].each()
        left = {row["status"].text() for row in rows if not row["status"].null} - {ENDED}
        return Watchers(running=IN_PROGRESS in left, waiting=bool(left - {IN_PROGRESS}))

    def access(self, login: str) -> Access:
        """What this person may do here, as the permission endpoint says; 404 and 403 say: nothing.

        Raises NotReadable, RateLimited, or Forbidden when the token itself is refused (401).
        """
        if login == GHOST:
            return Access.NONE
        try:
            body = self._reads.get(f"{self._path}/collaborators/{quote(login, safe='')}/permission")
        except NoSuchThread:
            return Access.NONE
        except Forbidden as refusal:
            if refusal.status == 401:
                raise
            return Access.NONE
        return decode_access(At(body, ("permission of", login)))


def decode_access(body: At) -> Access:
    """`role_name` is younger than some GitHub Enterprise Servers; without it the base role decides."""
    permission = body["permission"].text()
    return access_of(permission, body["role_name"].text() if "role_name" in body else permission)
