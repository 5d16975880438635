"""GitHub Actions in virtual time: events, watchers and sweeps are jobs that wait for their group and for a runner.

Every request takes a second or a few, other jobs and people act in between, and no runner's clock is right.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

from stanch.adapters.client import connect
from stanch.adapters.payload import trigger
from stanch.adapters.pull_reader import PullReader
from stanch.adapters.reader import Reader
from stanch.adapters.writer import Writer
from stanch.app.desk import Desk
from stanch.app.handle import handle
from stanch.app.road import Outcome
from stanch.app.stage import virtual_now
from stanch.app.sweep import sweep
from stanch.app.watch import USUAL, Ended, Nap, Pace, watch
from stanch.core.errors import GitHubError
from stanch.core.marker import marker_of
from stanch.core.watchers import WORKFLOW, WORKFLOW_PATH
from stanch.render.words import Words
from stanch.sandbox import inprocess, webhooks
from stanch.sandbox.exchange import Raw
from stanch.sandbox.faults import Killed
from stanch.sandbox.world import World
from tests.scenarios.loom import Group, Loom

REPOSITORY = "harbour/checkout"
LABELS = ("sev-1", "sev-2", "sev-3", "sev-4", "client-report", "post-mortem", "overdue", "containment", "false-alarm")
PEOPLE = {"alex": "admin", "jordan": "write", "morgan": "write", "sam": "write", "kim": "read"}
EVENTS = frozenset({"issues", "issue_comment"})
"""Events of the workflow that looks at an issue."""

HOUR = 3600
QUIET = 100
"""Seconds after which a watcher has done whatever was to be done about an act."""

WATCHER, EVENT, SWEEP = "watcher", "event", "cron sweep"

Span = tuple[int, int]


@dataclass(frozen=True)
class Sky:
    """How long things take, in seconds from and to, and what goes wrong by itself.

    `dispatch`: until a watcher's run has a runner, `installs` until its first look. `event`: until an event's look
    begins. `late`: by how many hours a sweep is late, `dropped` the part that never comes. `skew`: by how much a
    runner's clock is wrong at most. `lost`: how long GitHub takes to notice that a runner is gone.
    """

    dispatch: Span = (5, 120)
    installs: Span = (2, 8)
    event: Span = (5, 60)
    request: Span = (0, 1)
    answer: Span = (0, 2)
    late: Span = (0, 12)
    dropped: float = 0.4
    skew: int = 600
    lost: int = 600


@dataclass
class Job:
    """One job: from when a runner had it until it ended. `seen` is when each thread was last read, by its number.

    `heard` is when GitHub last answered it: what it takes for now. `nth` counts jobs of its source from 1, `steps` the
    moments at which it may be killed: before and after every request, and at every nap. `looked` is when a watcher's
    newest look began; of its looks, `hurried` were counted and not computed.
    """

    source: str
    began: int
    ended: int | None = None
    killed: bool = False
    seen: dict[int, int] = field(default_factory=dict)
    heard: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    nth: int = 0
    steps: int = 0
    looked: int = 0
    naps: int = 0
    hurried: int = 0

    @property
    def minutes(self) -> int:
        """What is billed: every minute that was begun."""
        return max(1, -(-((self.ended or self.began) - self.began) // 60))


@dataclass(frozen=True)
class Post:
    """A comment of the bot's: when GitHub took it, its key, whose it was, when that job had read the thread (`seen`),
    and what it took for now.
    """

    at: int
    number: int
    key: str
    job: Job
    seen: int
    now: int


class Paced(World):
    """A world whose requests take time, and that tells who asked what. `says` may answer one in its place."""

    on_the_way: Callable[[bool, bytes, bool], None] | None = None
    says: Callable[[str, str], Raw | None] | None = None

    def http(self, method: str, path: str, headers: Any = None, body: bytes | str = b"") -> Raw:
        sent = body.encode() if isinstance(body, str) else body
        told = self.on_the_way or (lambda *_: None)
        reads = method == "GET" or (b"mutation" not in sent[:40] and path.endswith("/graphql"))
        told(reads, sent, False)
        said = self.says(method, path) if self.says else None
        answer = said or super().http(method, path, headers, body)
        told(reads, sent, True)
        return answer


class Clockwork:
    """A repository with its workflows, in virtual time."""

    def __init__(self, world: Paced, sky: Sky, seed: int, pace: Pace = USUAL) -> None:
        self.world, self.sky, self.pace = world, sky, pace
        self.loom = Loom(world.clock)
        self.chance = Random(seed)  # noqa: S311 # chance, not secrecy
        self.jobs: list[Job] = []
        self.posts: list[Post] = []
        self._now: dict[object, Job] = {}
        self.watchers = Group(self.loom, lambda: self.between(sky.dispatch))
        self._sweeps = Group(self.loom, lambda: self.between(sky.event))
        self._events: dict[int, Group] = {}
        self._words = Words.load()
        self.hurries = True
        self.doomed: set[Span] = set()
        """Watchers that are killed, each at one of its steps."""
        self._changed = self._acted = world.clock.now
        world.on_the_way = self._on_the_way
        world.subscribe(self._hears)

    def between(self, span: Span) -> int:
        return self.chance.randint(*span)

    @property
    def job(self) -> Job | None:
        """Whose turn it is; None when no job runs."""
        return self._now.get(self.loom.running)

    # What GitHub does

    def _step(self, job: Job | None) -> None:
        if job is not None and job.source == WATCHER:
            job.steps += 1
            if (job.nth, job.steps) in self.doomed:
                raise Killed(f"watcher {job.nth} at {job.steps}")

    def _on_the_way(self, reads: bool, body: bytes, answered: bool) -> None:
        job = self.job
        self._step(job)
        if answered and reads and job is not None:
            job.heard = self.world.clock.now
        if answered and job is not None and b'"n0"' in body:
            variables = json.loads(body)["variables"]
            numbers = [value for name, value in variables.items() if name[:1] == "n" and name[1:].isdigit()]
            job.seen |= dict.fromkeys(numbers, self.world.clock.now)
        self.loom.sleep(self.between(self.sky.answer if answered else self.sky.request))

    def _hears(self, event: str, action: str | None, payload: Mapping[str, Any], by_bot: bool) -> None:
        if event != "workflow_run":
            self._changed = self.world.clock.now
            self._acted = self._acted if by_bot else self.world.clock.now
        if by_bot and event == "issue_comment" and action == "created":
            self._noted(payload)
        if event == "workflow_run" and action == "requested" and payload["workflow_run"]["path"] == WORKFLOW_PATH:
            self._dispatched(payload["workflow_run"]["id"])
        if event in EVENTS and webhooks.starts_workflow(event, payload, by_bot=by_bot):
            told = trigger(event, json.dumps(payload))
            number = told.number or 0
            group = self._events.setdefault(number, Group(self.loom, lambda: self.between(self.sky.event)))
            group.offer(lambda: self.works(EVENT, lambda desk: handle(desk(), told)))

    def _noted(self, payload: Mapping[str, Any]) -> None:
        number, mark, job = payload["issue"]["number"], marker_of(payload["comment"]["body"]), self.job
        if mark is not None and job is not None:
            now = self.world.clock.now
            self.posts.append(Post(now, number, mark.key, job, job.seen.get(number, now), job.heard))

    def _dispatched(self, run: int) -> None:
        me = self.world.person("alex")
        self.watchers.offer(lambda: self._watches(run), lambda: me.finishes_run(run, "cancelled"))

    def _watches(self, run: int) -> None:
        me = self.world.person("alex")
        me.gives_runner(run)
        job = self.works(WATCHER, lambda desk: watch(desk, self.pace))
        if job.killed:
            self.loom.sleep(self.sky.lost)
        me.finishes_run(run, "failure" if job.killed else "success")

    def sweeps(self, second: int) -> None:
        """A sweep that the schedule means for this second: it comes late, or never."""
        if self.chance.random() >= self.sky.dropped:
            self.loom.at(second + self.between((self.sky.late[0] * HOUR, self.sky.late[1] * HOUR)), self.sweep)

    def sweep(self) -> None:
        """A sweep whose time has come."""
        self._sweeps.offer(lambda: self.works(SWEEP, lambda desk: sweep(desk())))

    # What a job does

    def works(self, source: str, work: Callable[[Callable[[], Desk]], Iterator[Any]]) -> Job:
        nth = 1 + len([one for one in self.jobs if one.source == source])
        job = Job(source, self.world.clock.now, nth=nth, looked=self.world.clock.now)
        strand = self.loom.running
        self.jobs.append(job)
        self._now[strand] = job
        skew = timedelta(seconds=self.between((-self.sky.skew, self.sky.skew)))
        try:
            self.loom.sleep(self.between(self.sky.installs))
            with self._desks(skew) as desk:
                for event in work(desk):
                    self._lives(job, event)
        except Killed:
            job.killed = True
        except GitHubError as problem:
            job.outcomes.append(Outcome(None, owed=(problem.told,), uncertain=True))
        finally:
            job.ended = self.world.clock.now
            del self._now[strand]
        return job

    def _lives(self, job: Job, event: Any) -> None:
        if isinstance(event, Nap):
            job.naps += 1
            self._step(job)
            self.loom.sleep(event.length.total_seconds())
            while self.hurries and self._idles(job, event):
                job.hurried += 1
                self.loom.sleep(event.length.total_seconds() + self.between(self.sky.request))
            job.looked = self.world.clock.now
        elif not isinstance(event, Ended):
            job.outcomes.append(event)

    def _idles(self, job: Job, nap: Nap) -> bool:
        """Whether a look now would be the last one again: nothing happened, nothing falls due, its shift goes on."""
        now, longest = self.world.clock.now, self.pace.longest.total_seconds()
        if nap.next_due is None or nap.next_due.timestamp() < now + longest + 5:
            return False
        calm_until = job.began + (self.pace.shift - self.pace.looking).total_seconds()
        seen = self._changed < job.looked and self._acted + QUIET < job.looked
        return seen and now + longest < calm_until

    @contextmanager
    def _desks(self, skew: timedelta) -> Iterator[Callable[[], Desk]]:
        """Desks of one process, whose clock is wrong by so much."""
        client = connect(self.world.bot_token, self.world.api_url, pause=self.loom.sleep)
        owner, name = REPOSITORY.split("/")
        reader, writer = Reader(client, owner, name), Writer(client, owner, name)
        kept = Desk(reader, PullReader(client, owner, name), writer, self._words, virtual_now(self.world))
        try:
            yield lambda: replace(kept, now=virtual_now(self.world) + skew)
        finally:
            client.close()


@contextmanager
def clockwork(
    start: int, config: str, sky: Sky | None = None, seed: int = 0, pace: Pace = USUAL
) -> Iterator[Clockwork]:
    """A repository in which nothing has happened yet, with all of its workflows."""
    world = Paced(start)
    files = {".github/stanch.yml": config, WORKFLOW_PATH: "on: workflow_dispatch\n"}
    world.add_repository(REPOSITORY, labels=LABELS, files=files, forms={"incident": []})
    for login, role in PEOPLE.items():
        world.add_person(login, role)
    with inprocess.connected(world):
        made = Clockwork(world, sky or Sky(), seed, pace)
        try:
            yield made
        finally:
            made.loom.close()
            world.on_the_way = None


def runs(world: World) -> list[str]:
    """How each of the watcher's runs stands, oldest first."""
    mine = [run for run in world.repository().runs.values() if run.path.endswith(WORKFLOW)]
    return [run.conclusion or run.status for run in mine]
