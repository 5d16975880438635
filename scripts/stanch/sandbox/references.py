"""Mentions of one thread in another: `#12`, `owner/repo#12` or the whole address."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from stanch.sandbox.records import Event, Issue
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller

if TYPE_CHECKING:
    from stanch.sandbox.world import World

_QUIET = re.compile(r"<!--.*?(?:-->|\Z)|^(```|~~~).*?(?:^\1|\Z)|`[^`\n]*`", re.S | re.M)
"""Where a mention is only text: hidden comments, fences and code."""

_SHORT = re.compile(r"(?<![\w/#&])(?:([\w.-]+/[\w.-]+))?#(\d{1,9})\b")
_ADDRESS = re.compile(r"/([\w.-]+/[\w.-]+)/(?:issues|pull)/(\d{1,9})\b")


def mentions(text: str, repo: str, html_url: str) -> Iterator[tuple[str, int]]:
    """The (repository, number) pairs that a text mentions, in order."""
    visible = _QUIET.sub(" ", text)
    if "#" in visible:
        yield from ((name or repo, int(number)) for name, number in _SHORT.findall(visible))
    if html_url in visible:
        for tail in visible.split(html_url)[1:]:
            match = _ADDRESS.match(tail)
            if match:
                yield match[1], int(match[2])


def refer(world: "World", repo: Repository, by: Caller, issue: Issue, text: str | None) -> None:
    """Tell every thread that the text mentions; one event per mentioning thread, however often it does."""
    if not text or ("#" not in text and world.html_url not in text):
        return
    source = (repo.full_name, issue.number)
    for name, number in mentions(text, repo.full_name, world.html_url):
        other = world.repos.get(name.lower())
        target = other.issues.get(number) if other else None
        if other is None or target is None or (other.full_name, number) == source:
            continue
        if not any(isinstance(item, Event) and item.source == source for item in target.items):
            event = Event(world.new_id(), "cross-referenced", by.login, world.clock.now, source=source)
            world.keep(other, replace(target, items=(*target.items, event)))
