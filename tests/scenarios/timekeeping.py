"""Due against done: every notice that was reckoned by hand, with the second at which it appeared, and by whom."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.scenarios.bot import comments_by_key
from tests.scenarios.burning import CONFIG, Fire, fires, kindle
from tests.scenarios.clockwork import EVENT, HOUR, SWEEP, WATCHER, Clockwork, Job, Post, Sky, clockwork
from tests.scenarios.reckoning import ESCALATE, UPDATE, Due, Fact, Owed, dues, known, owed

MEANWHILE = 60
"""Seconds in which an act may overtake a notice that is due: whoever acts then is not reminded, or hardly."""

SETTLES = 14 * HOUR
"""After this the latest sweep of all has come by."""


@dataclass
class Kept:
    """What became of the clocks of some incidents. `late` are seconds by source, for what was watched and what not.

    `copies` are comments that were posted again; `raced` are those of an event's run and a sweep that looked at once,
    of which only the older one stays in sight.
    """

    incidents: int = 0
    due: int = 0
    outrun: int = 0
    late: dict[tuple[str, bool], list[int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    copies: int = 0
    raced: int = 0
    jobs: list[Job] = field(default_factory=list)
    reads: int = 0
    points: int = 0

    def plus(self, other: "Kept") -> "Kept":
        late = {name: [*self.late.get(name, ()), *other.late.get(name, ())] for name in {**self.late, **other.late}}
        return Kept(
            self.incidents + other.incidents,
            self.due + other.due,
            self.outrun + other.outrun,
            late,
            [*self.wrong, *other.wrong],
            self.copies + other.copies,
            self.raced + other.raced,
            [*self.jobs, *other.jobs],
            self.reads + other.reads,
            self.points + other.points,
        )

    @property
    def watched(self) -> list[int]:
        """How late each notice was of those that a watcher is promised for, whoever said it."""
        return sorted(one for (_, watched), late in self.late.items() for one in late if watched)


def lived(seed: int, count: int, sky: Sky | None = None, config: str = CONFIG, *, hurries: bool = True) -> Kept:
    """A day with so many incidents, and what became of their clocks."""
    burning = fires(seed, count)
    begins, ends = min(one.begins for one in burning), max(one.last for one in burning) + SETTLES
    with clockwork(begins - HOUR, config, sky, seed) as rig:
        rig.hurries = hurries
        for fire in burning:
            kindle(rig, fire)
        for second in range(begins // HOUR * HOUR - 12 * HOUR + 37 * 60, ends - SETTLES + 2 * HOUR, HOUR):
            rig.sweeps(second)
        rig.loom.run(ends)
        for _ in range(2):
            rig.sweep()
            rig.loom.run(rig.world.clock.now + HOUR)
        return judged(rig, burning, ends, clients="clients: none" not in config)


def judged(rig: Clockwork, burning: Sequence[Fire], ends: int, *, clients: bool, meanwhile: int = MEANWHILE) -> Kept:
    """Every notice that was due against every one that came. `meanwhile`: an act within so many seconds outruns one."""
    kept = Kept(len(burning), jobs=rig.jobs, reads=rig.world.counts.reads, points=rig.world.points_spent)
    for fire in burning:
        mine = [one for one in rig.posts if one.number == fire.number and _kind(one)]
        debts = owed(fire.facts, ends, clients=clients)
        _settle(kept, fire, debts, _paid(kept, fire, mine, clients=clients), meanwhile)
    again = [(one, other) for one, other in repeats(rig.posts) if "/card" not in one.key]
    kept.raced = len([both for both in again if at_once(*(post.job for post in both))])
    kept.copies = len(again) - kept.raced
    kept.wrong += [f"#{number} twice in sight: {key}" for number, key in _twice(rig)]
    kept.wrong += [f"owed by a {job.source}: {debt}" for job in rig.jobs for one in job.outcomes for debt in one.owed]
    return kept


def _kind(post: Post) -> str:
    """Which series a key belongs to; empty for what acts make due."""
    parts = post.key.split("/")
    return parts[1] if parts[1] in {UPDATE, ESCALATE} else ""


Paid = dict[tuple[object, str], Post]


def _paid(kept: Kept, fire: Fire, posts: Sequence[Post], *, clients: bool) -> Paid:
    """What each post was due for; one that was due for nothing is wrong."""
    paid: Paid = {}
    for post in posts:
        due = _due_for(fire.facts, post, clients=clients)
        if due is None:
            kept.wrong.append(f"#{fire.number}: nobody was owed {post.key} at {post.at}, read at {post.seen}")
        else:
            paid.setdefault((due.series, due.name), post)
    return paid


def _due_for(facts: Sequence[Fact], post: Post, *, clients: bool) -> Due | None:
    """The newest of its series that was due when its sender read the thread; None when that is another one, or none."""
    for seen in (post.seen, post.seen - 1):
        now = known(fact for fact in facts if fact.at <= seen)
        past = [one for one in dues(now, clients=clients) if one.kind == _kind(post) and one.at <= post.now]
        if past and post.key.endswith(f"/{past[-1].name}"):
            return past[-1]
    return None


def _settle(kept: Kept, fire: Fire, debts: Iterable[Owed], paid: Paid, meanwhile: int) -> None:
    """A debt is paid by its own post, or by a later one of its series, which stands for it."""
    for debt in debts:
        kept.due += 1
        own = paid.get((debt.due.series, debt.due.name))
        later = [post for (series, _), post in paid.items() if series == debt.due.series and post.at >= debt.at]
        post = own or min(later, key=lambda one: one.at, default=None)
        if post is not None:
            kept.late.setdefault((post.job.source, debt.watched), []).append(post.at - debt.at)
        elif debt.until is not None and (not debt.watched or debt.until - debt.at <= meanwhile):
            kept.outrun += 1
        else:
            kept.wrong.append(f"#{fire.number}: {debt.due} of {debt.at} never came (until {debt.until})")


def repeats(posts: Iterable[Post]) -> Iterator[tuple[Post, Post]]:
    """Each comment that bears the key of an earlier one, with the first of that key."""
    first: dict[tuple[int, str], Post] = {}
    for post in posts:
        before = first.setdefault((post.number, post.key), post)
        if before is not post:
            yield before, post


def at_once(one: Job, other: Job) -> bool:
    """Whether an event's run and a sweep were at it at the same time: no group holds one of them back for the other."""
    until = min(job.ended or job.began for job in (one, other))
    return {one.source, other.source} == {EVENT, SWEEP} and max(one.began, other.began) <= until


def _twice(rig: Clockwork) -> list[tuple[int, str]]:
    """Keys that two comments in sight bear."""
    found = []
    for issue in rig.world.repository().issues.values():
        for key, comments in comments_by_key(issue).items():
            if len([one for one in comments if not one.minimized]) > 1:
                found.append((issue.number, key))
    return found


def quantile(late: Sequence[int], part: float) -> int:
    """The smallest value that this part of all does not exceed."""
    ordered = sorted(late)
    return ordered[min(len(ordered) - 1, max(0, -(-int(part * 1000) * len(ordered) // 1000) - 1))] if ordered else 0


def told(kept: Kept) -> str:
    """The table of due against done, in plain text."""
    head = f"{'said by':<14}{'clock':<12}{'done':>7}{'p50':>7}{'p90':>7}{'p99':>7}{'max':>7}  seconds late"
    lines = [f"{kept.incidents} incidents, {kept.due} notices due, {kept.outrun} needless before they came", head]
    for source in (WATCHER, EVENT, SWEEP):
        for watched in (True, False):
            late = kept.late.get((source, watched), [])
            if late:
                lines.append(_row(source, "watched" if watched else "best effort", late))
    lines.append(_row("anybody", "watched", kept.watched))
    watchers = [one for one in kept.jobs if one.source == WATCHER]
    minutes = sum(one.minutes for one in watchers)
    hours = max(1e-9, sum((one.ended or one.began) - one.began for one in watchers) / HOUR)
    lines.append(
        f"{len(watchers)} watchers, {minutes} runner minutes, {hours:.1f} burning hours: "
        f"{minutes / hours:.0f} minutes an hour; copies posted: {kept.copies}, "
        f"and by an event and a sweep at once: {kept.raced}"
    )
    return "\n".join(lines)


def _row(source: str, clock: str, late: Sequence[int]) -> str:
    marks = "".join(f"{quantile(late, part):>7}" for part in (0.5, 0.9, 0.99, 1))
    return f"{source:<14}{clock:<12}{len(late):>7}{marks}"
