"""Two readings of one file, and what a second person must read of the difference."""

import re
from collections.abc import Iterable, Iterator

from stanch.core.dependencies.bump import Bump, BumpKind
from stanch.core.dependencies.pin import OWN, REGISTRY, VARIANT, Group, Pin
from stanch.core.dependencies.version import Dialect, Span, line, span

Key = tuple[Group, str]
Pins = dict[Pin, None]
"""A set that keeps its order."""

LONGEST_SHOWN = 100
"""Characters of a version or a source that are shown."""

_LONGEST_SECRET = 2_000
_SECRET = re.compile(rf"//[^/@\s]*@|//[^/@\s]{{{LONGEST_SHOWN},}}$")


class Comparison:
    """What changed between two readings of the file at a path. In a lock file any earlier version may be the one."""

    def __init__(self, path: str, dialect: Dialect, *, lock: bool) -> None:
        self.path = path
        self.dialect = dialect
        self.lock = lock

    def bumps(self, was: Iterable[Pin], now: Iterable[Pin]) -> Iterator[Bump]:
        """The changes that count, in the order of the file, then what was taken away."""
        before, after = _keyed(was), _keyed(now)
        sources = {pin.source for pins in before.values() for pin in pins}
        for key, pins in after.items():
            stood = before.get(key) or (before.get((Group.MAIN, key[1])) if key[0] is Group.DEV else None) or {}
            if key[0] is Group.REGISTRY:
                yield from self._places(stood, pins)
            else:
                yield from self._versions(stood, pins, sources)
        for key in before:
            yield from self._freed(before[key], after.get(key, {}))

    def _places(self, stood: Pins, pins: Pins) -> Iterator[Bump]:
        gone, come = _without(stood, pins), _without(pins, stood)
        if gone or come:
            yield self._bump(" ".join(map(_said, gone)), next(iter(pins)).name, " ".join(map(_said, come)))

    def _freed(self, stood: Pins, pins: Pins) -> Iterator[Bump]:
        """A rule or a place that is gone changes what is installed; a package that is gone does not."""
        first = next(iter(stood))
        if first.group is Group.REGISTRY and not pins:
            yield self._bump(" ".join(map(_said, stood)), first.name, "")
        elif first.group is Group.FORCED and len(pins) < len(stood) and not _without(pins, stood):
            lost = _without(stood, pins)[0]
            yield self._bump(_said(lost), lost.name, "", BumpKind.SOURCE if lost.source else BumpKind.LOOSER)

    def _versions(self, stood: Pins, pins: Pins, sources: set[str]) -> Iterator[Bump]:
        gone, come = _without(stood, pins), _without(pins, stood)
        lines = self._lines(stood) if self.lock and come and len(stood) > 1 else set()
        for place, pin in enumerate(come):
            if not stood:
                if not pin.source.startswith(OWN):
                    yield self._bump("", pin.name, _said(pin), _newly(pin, sources))
            elif (pin.source, self._line(pin)) not in lines:
                partner = gone[min(place, len(gone) - 1)] if gone else next(reversed(stood))
                if kind := self._kind(partner, pin, sources):
                    yield self._bump(_said(partner), pin.name, _said(pin), kind)

    def _lines(self, pins: Pins) -> set[tuple[str, object]]:
        return {(pin.source, found) for pin in pins if (found := self._line(pin))}

    def _line(self, pin: Pin) -> object:
        admitted = span(pin.version, self.dialect)
        return line(admitted.low) if admitted and admitted.low else None

    def _kind(self, was: Pin, now: Pin, sources: set[str]) -> BumpKind | None:
        if now.source != was.source and not _same_registry(was, now, sources):
            return BumpKind.SOURCE
        if was.digest and not now.digest:
            return BumpKind.LOOSER
        if now.version == was.version:
            return BumpKind.UNREADABLE if was.digest and now.digest != was.digest else None
        if not now.version and now.digest:
            return BumpKind.UNREADABLE
        before, after = span(was.version, self.dialect), span(now.version, self.dialect)
        return step(before, after) if before and after else BumpKind.UNREADABLE

    def _bump(self, before: str, name: str, after: str, kind: BumpKind = BumpKind.SOURCE) -> Bump:
        return Bump(self.path, shown(name), before, after, kind)


def step(before: Span, after: Span) -> BumpKind | None:
    """What it means that one range takes the place of another; None for what needs nobody."""
    if before.low is None and after.low is not None:
        return BumpKind.UNREADABLE
    if before.low is not None and after.low is not None and line(before.low) != line(after.low):
        reaches_down = after.low < before.low and after.admits(before.low)
        return BumpKind.LOOSER if reaches_down else BumpKind.MAJOR
    return BumpKind.LOOSER if _wider(before, after) else None


def _wider(before: Span, after: Span) -> bool:
    return (
        (before.low is not None and after.low is None)
        or (before.low is not None and after.width > before.width)
        or (not after.exact and after.top > before.top)
        or after.ways > before.ways
        or any(after.admits(hole) for hole in before.holes - after.holes)
    )


def _same_registry(was: Pin, now: Pin, sources: set[str]) -> bool:
    """A lock file may leave out the usual registry, or name one that it names elsewhere."""
    if was.source and not was.source.startswith(REGISTRY):
        return False
    return not now.source or (not was.source and now.source.startswith(REGISTRY) and now.source in sources)


def _newly(pin: Pin, sources: set[str]) -> BumpKind:
    usual = (
        not pin.source
        or pin.source.startswith(VARIANT)
        or (pin.source.startswith(REGISTRY) and (pin.source in sources or not sources))
    )
    return BumpKind.NEW if usual else BumpKind.SOURCE


def _keyed(pins: Iterable[Pin]) -> dict[Key, Pins]:
    found: dict[Key, Pins] = {}
    for pin in pins:
        found.setdefault((pin.group, pin.name), {})[pin] = None
    return found


def _without(pins: Pins, others: Pins) -> list[Pin]:
    return [pin for pin in pins if pin not in others]


def _said(pin: Pin) -> str:
    place = "" if pin.source.startswith(REGISTRY) and pin.version else pin.source
    return shown(" ".join(shown(part) for part in (place, pin.version or pin.digest) if part))


def shown(text: str) -> str:
    """A text as it may be shown: one line, cut, and without the credentials that an address may bear."""
    return " ".join(_SECRET.sub("//", text[:_LONGEST_SECRET]).split())[:LONGEST_SHOWN]
