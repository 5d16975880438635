"""One issue for the same thing while it is open: what happens again is added to it as a comment, once.

The issue may be another thread's: its key differs by the number only. What its first text tells of stands in its marker
as `covers`; what was added, on its thread; both in the card's ledger, so that a quiet look reads neither.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from stanch.core.case import Case
from stanch.core.markdown import BODY, cut
from stanch.core.marker import Marker, child_marker, marker_of
from stanch.core.sent import Sent
from stanch.core.snapshot import delivered
from stanch.core.thread import Child, Thread
from stanch.core.wanted import Added, ChildIssue, Text, Want
from stanch.core.writes import CreateComment, CreateIssue, Write

Words = Callable[[Text], str]


def shared(case: Case, wants: Iterable[Want]) -> dict[str, int]:
    """The issues that stand for a wanted one: its own, else another thread's that is open, the lowest number first.

    One that was closed counts where it mentions this thread: that is where it was added before the card was lost.
    """
    found = {want.key: _stand_in(case, want) for want in wants if isinstance(want, ChildIssue) and want.kin}
    return {key: number for key, number in found.items() if number}


def _stand_in(case: Case, want: ChildIssue) -> int:
    """0 for none."""
    kin = [child for child in case.snapshot.children or () if _kind(_key(child)) == _kind(want.key)]
    own = [child for child in kin if _key(child) == want.key]
    mentioned = {event.source.number for event in case.snapshot.thread.events if event.source is not None}
    standing = own or [one for one in kin if one.open] or [one for one in kin if one.number in mentioned]
    return min((child.number for child in standing), default=0)


def _key(child: Child) -> str:
    marker = child_marker(child)
    return marker.key if marker else ""


def _kind(key: str) -> str:
    """What an effect is, whichever thread it belongs to."""
    return key.partition("/")[2]


def to_add(case: Case, wants: Iterable[Want], sent: Sent) -> dict[int, list[Added]]:
    """What is not known to be told, by the card or by this run, by the issue that it belongs on, where there is one."""
    wants, known = tuple(wants), case.ledger.delivered.keys() | _opened_with(sent)
    numbers = {**shared(case, wants), **case.children}
    found: dict[int, list[Added]] = {}
    for want in wants:
        if isinstance(want, Added) and want.child in numbers and want.key not in known:
            found.setdefault(numbers[want.child], []).append(want)
    return found


def to_hear(case: Case, wants: Iterable[Want], sent: Sent) -> tuple[int, ...]:
    """The issues whose threads are read before anything is added: those that are there, and do not tell of it all."""
    there = {child.number: child for child in case.snapshot.children or () if child.ours}
    asked = to_add(case, wants, sent).items()
    return tuple(n for n, adds in asked if n in there and any(one.key not in _told(there[n].body) for one in adds))


def additions(case: Case, wants: Iterable[Want], words: Words, sent: Sent) -> Iterator[Write]:
    """Each once: only whoever has read the thread may say that it was not told there."""
    for number, adds in to_add(case, wants, sent).items():
        thread = case.snapshot.beside.get(number)
        for want in adds:
            if thread is not None and want.key not in _heard(thread) | sent.comments.keys():
                text = replace(want.text, view={**want.text.view, "open": thread.open})
                head = f"{Marker(want.key)}\n"
                yield CreateComment(number, want.key, head + cut(words(text), BODY - len(head)))


def added(case: Case, wants: Iterable[Want], sent: Sent) -> Iterator[str]:
    """What is known to be told by now; what was to be told on an issue that is gone is told nowhere any more."""
    wants, opened = tuple(wants), _opened_with(sent)
    yield from (want.key for want in wants if isinstance(want, Added) and want.key in opened)
    children = case.snapshot.children
    there: Mapping[int, Child] = {child.number: child for child in children or ()}
    for number, adds in to_add(case, wants, sent).items():
        thread, child = case.snapshot.beside.get(number), there.get(number)
        told = (_heard(thread) if thread else frozenset()) | (_told(child.body) if child else frozenset())
        gone = children is not None and child is None and number not in sent.issues.values()
        yield from (want.key for want in adds if gone or want.key in told or sent.comments.get(want.key))


def _opened_with(sent: Sent) -> frozenset[str]:
    """What the issues tell that this run has opened."""
    return frozenset(key for write in sent.writes if isinstance(write, CreateIssue) for key in _told(write.body))


def _heard(thread: Thread) -> frozenset[str]:
    return delivered(thread) | (_told(thread.body) if thread.ours else frozenset())


def _told(body: str) -> frozenset[str]:
    """What the first text of an issue tells of."""
    marker = marker_of(body)
    return frozenset(marker.covers if marker else ())
