"""An embedded GitHub: repositories in memory, a virtual clock, REST, GraphQL, webhooks and faults.

world = World("2026-03-14T02:00:00Z")              # nothing moves until world.clock.advance(minutes=5)
repo = world.add_repository("harbour/checkout", files={".github/stanch.yml": "..."}, labels=["sev-1"])
world.add_person("alex", "write")                  # admin, maintain, write, triage, read, none, or a custom role
alex = world.person("alex")                        # acts as in the browser, on the first repository
number = alex.opens("Checkout is down", "body", labels=["sev-1"])   # alex.opens_by_form(...) too
comment = alex.comments(number, "/ack")            # see people.Person for all verbs; Refusal when not allowed
alex.archives(); alex.protects(approvals=1)          # settings: see owners.Owner
pull = alex.opens_pull("Fix", "Incident: #1", "hotfix/x", files={"a.py": "1\\n"})  # pushes_to, approves, merges, …
status, headers, body = world.http("GET", "/repos/harbour/checkout/issues/1", world.auth("alex"), b"")
world.bot_token                                    # GITHUB_TOKEN: World(bot_permissions={"issues": "write"})
world.subscribe(lambda event, action, payload, by_bot: ...)         # see webhooks.starts_workflow
world.faults.at_write(7, Fault.KILLED_AFTER)       # also at_read, seeded, lag_reads, clear: faults.py
world.counts.requests, .reads, .writes, .kinds, .log, .bytes_in, .bytes_out
world.points_spent, world.costs                    # GraphQL points so far; the dearest query by operation name
world.issue(1), world.dump()                       # the records; a plain view without ids, to compare worlds
inprocess.connect(world) / server.serve(world, 0)  # for PyGithub in this process / over HTTP on loopback
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

from stanch.sandbox import exchange, webhooks, workflows
from stanch.sandbox.branches import first_commit
from stanch.sandbox.clock import Clock
from stanch.sandbox.counting import Counts, Rates
from stanch.sandbox.dump import dump
from stanch.sandbox.faults import FaultPlan
from stanch.sandbox.git import noreply_login, signature
from stanch.sandbox.habits import Habits
from stanch.sandbox.people import Person
from stanch.sandbox.records import Issue, Label, User
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import ALL_SCOPES, BOT, DEFAULT_PERMISSIONS, Caller

Subscriber = Callable[[str, str | None, dict[str, object], bool], object]
"""Called with the event's name, its action, the payload, and whether GITHUB_TOKEN caused it."""

_FIRST_ID = 5_000_000_017
_ID_STEP = 13
MERGE_QUEUE = User("github-merge-queue[bot]", 118_344_674, is_bot=True)
WEB_FLOW = User("web-flow", 19_864_447)
"""The account behind GitHub's own commits, such as merges in the browser. That GraphQL names it as their committer's
user is expected, not confirmed; a world without `emails["noreply@github.com"]` shows none there."""


class World:
    """The whole state. One lock guards it; every change is a `writing()` block."""

    def __init__(
        self,
        start: str | int = "2026-03-14T02:00:00Z",
        *,
        api_url: str = "https://api.github.com",
        html_url: str = "https://github.com",
        bot_permissions: Mapping[str, str] | None = None,
    ) -> None:
        self.clock = Clock(start)
        self.api_url = api_url
        self.html_url = html_url
        self.lock = RLock()
        self.users: dict[str, User] = {}
        self.repos: dict[str, Repository] = {}
        self.tokens: dict[str, Caller] = {}
        self.faults = FaultPlan()
        self.counts = Counts()
        self.rates = Rates()
        self.habits = Habits()
        self.asked: set[tuple[str, int, str, str]] = set()
        """Pull requests whose `mergeable` was asked for: see Habits.mergeable_at_once."""
        self.emails: dict[str, str] = {"noreply@github.com": WEB_FLOW.login}
        """Accounts by e-mail, beside everybody's noreply address. GitHub knows nobody behind any other."""
        self.points_spent = 0
        self.costs: dict[str, int] = {}
        self.memory: dict[tuple[int, int, str], tuple[object, object, object]] = {}
        """Completed GraphQL objects of records that never change: see executor.py."""
        self._serial = 0
        self._depth = 0
        self._before: tuple[int, dict[str, Repository]] | None = None
        self._subscribers: list[Subscriber] = []
        self._waiting: deque[webhooks.Delivery] = deque()
        self._delivering = False
        self.bot_token = "ghs_sandbox"  # noqa: S105 # a made-up token of a made-up GitHub
        self.bot_permissions = DEFAULT_PERMISSIONS if bot_permissions is None else bot_permissions
        self._add_user(BOT, is_bot=True)
        self.users |= {user.login: user for user in (WEB_FLOW, MERGE_QUEUE)}

    # Setting the scene

    def add_repository(
        self,
        full_name: str,
        *,
        private: bool = False,
        organization: bool = False,
        files: Mapping[str, str] | None = None,
        labels: Iterable[str] = (),
        forms: Mapping[str, Iterable[str]] | None = None,
    ) -> Repository:
        """A repository with files on its default branch, label definitions and issue forms (name: its labels).

        GITHUB_TOKEN of the first one is `bot_token`, of a further one `ghs_owner_name`.
        """
        owner, name = full_name.split("/")
        repo = Repository(self.new_id(), owner, name, private, self.clock.now)
        if organization:
            self.users.setdefault(owner.lower(), User(owner, self.new_id(), is_organization=True))
        self._add_user(owner)
        first_commit(self, repo, dict(files or {}))
        for label in labels:
            repo.labels[label.casefold()] = Label(label, self.new_id())
        repo.forms.update({form: tuple(names) for form, names in (forms or {}).items()})
        token = f"ghs_{owner}_{name}" if self.repos else self.bot_token
        self.tokens[token] = Caller(BOT, self.bot_permissions, full_name)
        self.repos[full_name.lower()] = repo
        return repo

    def add_fork(self, owner: str, of: str | None = None) -> Repository:
        """Somebody's fork of a repository (the first one), where they may write."""
        home = self.repository(of)
        fork = self.add_repository(f"{owner}/{home.name}", private=home.private)
        fork.fork_of, fork.default_branch = home.full_name, home.default_branch
        fork.commits, fork.branches = home.commits.copy(), home.branches.copy()
        self.add_person(owner, "admin", fork.full_name)
        return fork

    def add_person(self, login: str, role: str = "read", repo: str | None = None) -> User:
        """An account with a role in a repository (the first one if none is named), and a token."""
        user = self._add_user(login)
        self.tokens[self.token(login)] = Caller(login, scopes=ALL_SCOPES)
        if role != "none":
            self.repository(repo).roles[login.lower()] = role
        return user

    def add_token(
        self, token: str, login: str, *, scopes: Iterable[str] = (), grants: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """A further token of a person: a classic one with scopes, or with `grants` a fine-grained one; its header."""
        narrow = None if grants is not None else tuple(scopes)
        self.tokens[token] = Caller(login, scopes=narrow, grants=grants)
        return {"Authorization": f"Bearer {token}"}

    def _add_user(self, login: str, *, is_bot: bool = False) -> User:
        return self.users.setdefault(login.lower(), User(login, self.new_id(), is_bot))

    # Asking

    def repository(self, full_name: str | None = None) -> Repository:
        """A repository by name, or the first one."""
        return self.repos[full_name.lower()] if full_name else next(iter(self.repos.values()))

    def issue(self, number: int, repo: str | None = None) -> Issue:
        return self.repository(repo).issues[number]

    def person(self, login: str, repo: str | None = None) -> Person:
        """Somebody who acts as in the browser. Nobody's rights are overlooked."""
        return Person(self, self.repository(repo), Caller(login))

    def token(self, login: str) -> str:
        return f"ghp_{login.lower()}"

    def auth(self, login: str | None = None) -> dict[str, str]:
        """The Authorization header of a person, or of the bot."""
        return {"Authorization": f"Bearer {self.token(login) if login else self.bot_token}"}

    def account(self, author: str) -> User | None:
        """The account behind a commit's author (an account, or `Name <e-mail>`); None when GitHub knows none."""
        name, email = signature(author)
        login = name if author == name else self.emails.get(email.lower()) or noreply_login(email)
        return self.user(login) if login else None

    @property
    def blob_url(self) -> str:
        """Where artifacts lie: not below the API's address, and not to be asked with its token."""
        parts = urlsplit(self.api_url)
        loopback = parts.hostname == "127.0.0.1"
        host = f"localhost:{parts.port}" if loopback and parts.port else f"blobs.{parts.netloc}"
        return f"{parts.scheme}://{host}"

    def remove_account(self, login: str) -> None:
        """Delete an account: what it wrote stays, by a ghost."""
        with self.writing():
            self.users.pop(login.lower(), None)
            self.tokens.pop(self.token(login), None)
            self.memory.clear()

    def user(self, login: str) -> User | None:
        return self.users.get(login.lower())

    def dump(self) -> dict[str, object]:
        """What a person would see, as plain values without ids: equal dumps are equal worlds."""
        return dump(self)

    # Changing

    def new_id(self) -> int:
        """The next global id: above 2^31, rising, never a number."""
        self._serial += 1
        return _FIRST_ID + self._serial * _ID_STEP

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write: everything in the block becomes visible at once, and its webhooks go out after it.

        What may be refused is refused before the block: inside it nothing fails.
        """
        with self.lock:
            outermost = self._depth == 0
            if outermost and self.faults.lag:
                copies = {name: repo.copy() for name, repo in self.repos.items()}
                self._before = (self.clock.now, copies)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            if outermost:
                self._deliver()

    def visible(self) -> dict[str, Repository]:
        """What a read shows: the state now or, when reads lag, the state before the last write."""
        if self.faults.lag and self._before and self.clock.now < self._before[0] + self.faults.lag:
            return self._before[1]
        return self.repos

    def keep(self, repo: Repository, issue: Issue) -> Issue:
        """Store an issue's new record, updated now."""
        issue = replace(issue, updated_at=self.clock.now)
        repo.issues[issue.number] = issue
        return issue

    # Webhooks

    def subscribe(self, subscriber: Subscriber) -> None:
        """Call `subscriber` for every webhook, in order, after the write that caused it."""
        self._subscribers.append(subscriber)

    def unsubscribe(self, subscriber: Subscriber) -> None:
        self._subscribers.remove(subscriber)

    def emit(self, event: str, action: str | None, repo: Repository, by: Caller, **parts: object) -> None:
        """Queue one webhook. Payloads are made only if somebody listens."""
        if self._subscribers:
            payload = webhooks.payload(self, event, action, repo, by, parts)
            self._waiting.append(webhooks.Delivery(event, action, payload, by.is_bot))

    def starts_workflow(self, event: str, payload: Mapping[str, Any], *, by_bot: bool) -> bool:
        """As webhooks.starts_workflow, and nothing where Actions are switched off or the repository is archived."""
        repo = self.repository(payload["repository"]["full_name"])
        return workflows.may_start(repo) and webhooks.starts_workflow(event, payload, by_bot=by_bot)

    def _deliver(self) -> None:
        if self._delivering:
            return
        self._delivering = True
        try:
            while self._waiting:
                sent = self._waiting.popleft()
                for subscriber in tuple(self._subscribers):
                    subscriber(sent.event, sent.action, sent.payload, sent.by_bot)
        finally:
            self._delivering = False

    def http(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | str = b""
    ) -> tuple[int, dict[str, str], bytes]:
        """One HTTP exchange: status, headers, body.

        Raises TimedOut, Dropped (no answer came) or Killed (the process ends here) when the fault plan says so.
        """
        sent = body.encode() if isinstance(body, str) else body
        return exchange.answer(self, exchange.Request.of(method, path, headers or {}, sent))
