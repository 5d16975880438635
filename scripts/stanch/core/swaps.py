"""Swaps: whoever says `/take` on a hand-over issue has the coming turn, or what is left of it.

The answer to an accepted `/take` is the record: every look reads the newest hand-over issues beside its own thread, and
counts these answers before what the config overrides. Whoever deletes the answer undoes the swap.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from stanch.core.commands import Verb
from stanch.core.config import Config
from stanch.core.handover import Handover, handover_of
from stanch.core.hearing import Said, unheard
from stanch.core.ledger import Ledger
from stanch.core.login import LOGIN
from stanch.core.marker import Marker, instant_of, stamp_of, trusted_marker
from stanch.core.rota import Override, Rota
from stanch.core.snapshot import Snapshot, delivered
from stanch.core.thread import GHOST, Comment, Mark, Thread
from stanch.core.timeline import access
from stanch.core.traces import deletions

ALREADY, OVER, NOT_ALLOWED, ANSWERED = "already-yours", "turn-over", "not-allowed", "answered"
"""Why a `/take` is refused; the last one was, and lacks its mark."""

_STAMP = "[0-9]{8}T[0-9]{6}Z"
_KEY = re.compile(r"(?P<number>[0-9]+)/swap/(?P<comment>[0-9]+)")
_TERMS = re.compile(rf"[0-9]+/covers/(?P<login>{LOGIN})/(?P<before>{LOGIN})/(?P<since>{_STAMP})/(?P<until>{_STAMP})")


@dataclass(frozen=True, slots=True)
class Swap:
    """`login` has the first layer instead of `before`, from `since` until just before `until` (UTC).

    Comment `comment` said so.
    """

    comment: int
    login: str
    before: str
    since: datetime
    until: datetime

    def key(self, number: int) -> str:
        return f"{number}/swap/{self.comment}"

    def terms(self, number: int) -> str:
        """What the answer to it covers: the swap itself, for whoever reads it there."""
        return f"{number}/covers/{self.login}/{self.before}/{stamp_of(self.since)}/{stamp_of(self.until)}"


@dataclass(frozen=True, slots=True)
class Take:
    """A `/take`, with the swap that it is, or would be if it were not refused for this reason."""

    comment: Comment
    swap: Swap
    refusal: str = ""

    @property
    def said(self) -> datetime:
        """When it was said (UTC): as it stands, so when it was last edited."""
        return self.comment.edited_at or self.comment.at


def swaps_on(thread: Thread) -> tuple[Swap, ...]:
    """The swaps that were accepted on one hand-over issue, in their order."""
    found = (_swap(thread, marker) for one in thread.comments if (marker := trusted_marker(one)) is not None)
    by_comment = {swap.comment: swap for swap in found if swap is not None}
    return tuple(by_comment[comment] for comment in sorted(by_comment))


def _swap(thread: Thread, marker: Marker) -> Swap | None:
    key, terms = _KEY.fullmatch(marker.key), [_TERMS.fullmatch(one) for one in marker.covers]
    if key is None or key["number"] != str(thread.number) or len(terms) != 1 or terms[0] is None:
        return None
    since, until = instant_of(terms[0]["since"]), instant_of(terms[0]["until"])
    if since is None or until is None:
        return None
    return Swap(int(key["comment"]), terms[0]["login"], terms[0]["before"], since, until)


def with_swaps(config: Config, handovers: Iterable[Thread]) -> Config:
    """The config with the swaps that were accepted on these issues, oldest first; the latest counts."""
    rota = config.oncall
    for swap in (swap for thread in handovers if thread.ours for swap in swaps_on(thread)):
        rota = rota.with_overrides(*overrides_of(swap, rota))
    return config if rota is config.oncall else replace(config, oncall=rota)


def overrides_of(swap: Swap, rota: Rota) -> tuple[Override, ...]:
    """What a swap changes: the first layer and, where whoever takes that has another one then, they change places."""
    if not rota.layers:
        return ()
    first = Override(rota.layers[0].name, swap.login, swap.since, swap.until)
    theirs = (one for one in rota.shifts(swap.since, swap.until) if one.login.lower() == swap.login.lower())
    others = (one for one in theirs if one.layer != first.layer)
    spans = ((one.layer, max(one.since, swap.since), min(one.until, swap.until)) for one in others)
    return (first, *(Override(layer, swap.before, since, until) for layer, since, until in spans))


def askers(snapshot: Snapshot) -> frozenset[str]:
    """Whose permission decides: of everybody who says `/take` and has no answer yet."""
    fresh = (one for one in _to_judge(snapshot) if not _is_known(snapshot, one))
    return frozenset(login for one in fresh for login in _people(one)) - {GHOST}


def takes(snapshot: Snapshot, handover: Handover) -> tuple[Take, ...]:
    """Every `/take` that is to be answered or was accepted, oldest first, each with what becomes of it."""
    known = {swap.comment: swap for swap in swaps_on(snapshot.thread)}
    holder, found = handover.incoming, list[Take]()
    for comment in _to_judge(snapshot):
        at = comment.edited_at or comment.at
        swap = known.get(comment.id)
        asked = Swap(comment.id, comment.author.login, holder, max(handover.since, at), handover.until)
        refusal = "" if swap else _refusal(snapshot, asked, comment, holder)
        found.append(Take(comment, swap or asked, refusal))
        holder = found[-1].swap.login if not refusal else holder
    return tuple(found)


def _to_judge(snapshot: Snapshot) -> tuple[Comment, ...]:
    """All of them, in their order, but what was refused and marked so, and a swap that somebody undid."""
    known = {swap.comment for swap in swaps_on(snapshot.thread)}
    gone = max(deletions(snapshot.thread), default=None)
    said = (one.comment for one in _heard(snapshot) if any(call.verb is Verb.TAKE for call in one.calls))
    return tuple(
        one
        for one in sorted(said, key=lambda one: one.id)
        if one.id in known or not (Mark.REFUSED in one.marks or _is_undone(one, gone))
    )


def _is_undone(comment: Comment, gone: datetime | None) -> bool:
    """Whether its answer was deleted: it was accepted, has none, and the bot lost a comment here since."""
    return Mark.ACCEPTED in comment.marks and gone is not None and gone >= comment.at


def _is_known(snapshot: Snapshot, comment: Comment) -> bool:
    """Whether its answer stands there."""
    thread = snapshot.thread
    accepted = any(swap.comment == comment.id for swap in swaps_on(thread))
    return accepted or _refused_key(thread, comment) in delivered(thread)


def _refused_key(thread: Thread, comment: Comment) -> str:
    return f"{thread.number}/refused/{comment.id}"


def _refusal(snapshot: Snapshot, swap: Swap, comment: Comment, holder: str) -> str:
    if _refused_key(snapshot.thread, comment) in delivered(snapshot.thread):
        return ANSWERED
    if not all(access(snapshot, login).may_command for login in _people(comment)):
        return NOT_ALLOWED
    if swap.since >= swap.until:
        return OVER
    return ALREADY if swap.login.lower() == holder.lower() else ""


def _people(comment: Comment) -> tuple[str, ...]:
    editor = (comment.editor.login if comment.editor else GHOST,) if comment.edited_at else ()
    return comment.author.login, *editor


def strays(snapshot: Snapshot) -> tuple[Said, ...]:
    """The comments that call for anything else on a hand-over issue, each with those calls."""
    said = (Said(one.comment, tuple(c for c in one.calls if c.verb is not Verb.TAKE)) for one in _heard(snapshot))
    return tuple(one for one in said if one.calls)


def _heard(snapshot: Snapshot) -> tuple[Said, ...]:
    """A hand-over issue has no card: nothing said on it was ever judged for good, but what its answers tell."""
    return unheard(snapshot, Ledger())


def is_handover(snapshot: Snapshot) -> bool:
    config = snapshot.config
    return handover_of(snapshot.thread, config.oncall, config.calendar) is not None
