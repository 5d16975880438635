"""A repository with as many open incidents as a budget needs, in no time: one is played, the others are its copies."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from stanch.app.road import carry
from stanch.app.stage import Stage, stage
from stanch.app.sweep import sweep
from stanch.sandbox.records import Comment, Event, Issue, Item
from stanch.sandbox.world import World

CONFIG = "people: [jordan, morgan, sam]\nclients: none\n"
LABELS = ("sev-1", "sev-2", "sev-3", "sev-4", "client-report", "post-mortem", "overdue", "containment", "false-alarm")
TEAM = ("alex", "jordan", "morgan", "sam")

_IDS = re.compile(r"\b5[0-9]{9}\b")
_KEYS = re.compile(r'(?<=[" =])1/(?=(?:card|call|assign|update)\b)')
RUNBOOK = """---
services: [checkout]
symptoms:
  - Payments fail, and the rest of the shop works
owner: sam
last_reviewed: 2026-03-01
review_every: 90d
---

# Payments failing
"""
REPORT = """# What happened

Payments failed for an hour.

## Action items

- [ ] Alert on failed payments — Owner: @morgan — Due: 2026-06-01
- [ ] Test the rollback — Owner: @jordan — Due: 2026-06-02
- [ ] Write the runbook — Owner: @sam — Due: 2026-06-03
- [ ] Limit the retries — Owner: @alex — Due: 2026-06-04
"""


def harbour(config: str = CONFIG) -> World:
    """A world with one repository, its people and its rules, and nothing that happened."""
    world = World("2026-03-17T10:00:00Z")
    files = {
        ".github/stanch.yml": config,
        "runbooks/payments-failing.md": RUNBOOK,
        "runbooks/README.md": "# Runbooks\n",
    }
    world.add_repository("harbour/checkout", labels=LABELS, files=files)
    for login in TEAM:
        world.add_person(login, "write")
    return world


@contextmanager
def crowd(count: int) -> Iterator[Stage]:
    """A stage at a repository with `count` open SEV-1 incidents, on each of which everything is done."""
    world = harbour()
    with stage(world) as desks:
        _play(world, desks)
        first = world.issue(1)
        for number in range(2, count + 1):
            _settle(world, _copied(world, first, number))
        yield desks


@contextmanager
def reports(count: int, config: str = CONFIG) -> Iterator[Stage]:
    """A stage at a repository with `count` open post-mortems of four open items each, on which everything is done."""
    world = harbour(config)
    with stage(world) as desks:
        number = world.person("jordan").opens("Post-mortem", REPORT, ["post-mortem"], ["jordan"])
        carry(desks.desk(), number)
        first = world.issue(number)
        for other in range(number + 1, count + number):
            _settle(world, _copied(world, first, other))
        for _ in range(2):
            for _ in sweep(desks.desk()):
                pass
        yield desks


def _play(world: World, desks: Stage) -> None:
    """An incident ten minutes after its start: called, taken, talked about."""
    number = world.person("alex").opens("Checkout is down", "Every payment fails.", labels=["sev-1"])
    for text in ("/take", "Payments time out at the provider.", "/status identified It is the new retry."):
        carry(desks.desk(), number)
        world.clock.advance(minutes=3)
        world.person("jordan").comments(number, text)
    carry(desks.desk(), number)


@dataclass(frozen=True)
class _Copier:
    """Gives one copy its own ids, and its texts the same ids and its own keys."""

    world: World
    number: int
    ids: dict[int, int]

    def id(self, old: int) -> int:
        return self.ids.setdefault(old, self.world.new_id())

    def text(self, old: str) -> str:
        renamed = _IDS.sub(lambda found: str(self.id(int(found[0]))), old)
        return _KEYS.sub(f"{self.number}/", renamed)

    def item(self, old: Item) -> Item:
        if isinstance(old, Event):
            return replace(old, id=self.id(old.id))
        return replace(old, id=self.id(old.id), number=self.number, body=self.text(old.body))


def _copied(world: World, first: Issue, number: int) -> Issue:
    copier = _Copier(world, number, {})
    items = tuple(copier.item(item) for item in first.items)
    return replace(first, id=world.new_id(), number=number, items=items)


def _settle(world: World, issue: Issue) -> None:
    repo = world.repository()
    repo.issues[issue.number] = issue
    repo.last_number = issue.number
    repo.homes |= {item.id: issue.number for item in issue.items if isinstance(item, Comment)}
