"""Short while the incident runs, long once it is over: how a post-mortem that was opened early gets its long form.

Two keys in the card's ledger say how far that is: `12/postmortem/short`, it was opened short, and `12/postmortem/long`,
it has its long form, or people were told what that adds. The issue itself is read only between the two.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from stanch.core.case import Case
from stanch.core.markdown import BODY, cut
from stanch.core.marker import Marker, child_marker, instant_of, marker_of
from stanch.core.postmortem import FORM, KEY, SHORT
from stanch.core.sent import Sent
from stanch.core.snapshot import delivered
from stanch.core.thread import Child
from stanch.core.wanted import LongForm, Text, Want
from stanch.core.writes import CreateComment, CreateIssue, EditIssue, Write

Words = Callable[[Text], str]


def opened_short(case: Case) -> str:
    """The key that says that the post-mortem was opened short."""
    return case.key(KEY, "short")


def lengthened(case: Case) -> str:
    """The key that says that it has its long form, or that people know of it."""
    return case.key(KEY, "long")


def long_forms(case: Case, wants: Iterable[Want], words: Words, sent: Sent) -> Iterator[Write]:
    """The long form in place of the short one that nobody has touched; where people wrote, one notice there."""
    for want in wants:
        child = _child(case, want.number) if isinstance(want, LongForm) else None
        if not isinstance(want, LongForm) or child is None or _done(child):
            continue
        if _untouched(child):
            if not _was_written(child, sent):
                yield EditIssue(child.number, _body(want, child, words))
        elif _may_tell(case, want, sent):
            head = f"{Marker(want.key)}\n"
            yield CreateComment(child.number, want.key, head + cut(words(want.notice), BODY - len(head)))


def to_lengthen(case: Case, wants: Iterable[Want], sent: Sent) -> Iterator[int]:
    """The post-mortems that get their long form in this pass."""
    for want in wants:
        child = _child(case, want.number) if isinstance(want, LongForm) else None
        if child is not None and not _done(child) and _untouched(child) and not _was_written(child, sent):
            yield child.number


def touched(case: Case, wants: Iterable[Want]) -> tuple[int, ...]:
    """The post-mortems in which people wrote before the long form came: their threads are read before one is told."""
    found = ((want.number, _child(case, want.number)) for want in wants if isinstance(want, LongForm))
    return tuple(number for number, child in found if child and child.edited_at is not None and not _done(child))


def remembered_forms(case: Case, wants: Iterable[Want], sent: Sent) -> Iterator[str]:
    """Which of the two keys are true, by what was read and sent."""
    key = case.key(KEY)
    bodies = [write.body for write in sent.writes if isinstance(write, CreateIssue) and write.key == key]
    bodies += [child.body for child in case.snapshot.children or () if _is_ours(child, key)]
    if any(_is_short(body) for body in bodies):
        yield opened_short(case)
    written = {write.number for write in sent.writes if isinstance(write, EditIssue)}
    for want in wants:
        if isinstance(want, LongForm):
            child, thread = _child(case, want.number), case.snapshot.beside.get(want.number)
            told = thread is not None and want.key in delivered(thread)
            if told or want.number in written or (child is not None and _done(child)):
                yield want.key


def _child(case: Case, number: int) -> Child | None:
    """The issue itself, if it was read and the bot opened it."""
    return next((one for one in case.snapshot.children or () if one.number == number and one.ours), None)


def _is_ours(child: Child, key: str) -> bool:
    marker = child_marker(child)
    return marker is not None and marker.key == key


def _is_short(body: str) -> bool:
    marker = marker_of(body)
    return marker is not None and marker.stamp.get(FORM) == SHORT


def _untouched(child: Child) -> bool:
    """Whether it is the short form as the bot left it."""
    return child.edited_at is None and _is_short(child.body)


def _was_written(child: Child, sent: Sent) -> bool:
    """Whether this run has sent its long form already: a read that lags behind does not know of it yet."""
    return any(isinstance(write, EditIssue) and write.number == child.number for write in sent.writes)


def _done(child: Child) -> bool:
    """Whether nothing is left to do: it has its long form, or somebody closed it as it is."""
    marker = child_marker(child)
    return not child.open or (marker is not None and FORM not in marker.stamp)


def _body(want: LongForm, child: Child, words: Words) -> str:
    """The long form under the same key; it stays due when the short one was."""
    marker = child_marker(child)
    before = marker.stamp if marker else {}
    due = instant_of(before.get("due", ""))
    view = {**want.text.view, "due": due} if due else want.text.view
    head = f"{Marker(want.child, stamp={**want.stamp, **({'due': before['due']} if due else {})})}\n"
    return head + cut(words(replace(want.text, view=view)), BODY - len(head))


def _may_tell(case: Case, want: LongForm, sent: Sent) -> bool:
    """Only whoever has read the thread may say that it was not told there."""
    thread = case.snapshot.beside.get(want.number)
    return thread is not None and want.key not in delivered(thread) | case.settled | sent.comments.keys()
