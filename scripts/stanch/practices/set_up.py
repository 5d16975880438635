"""Set-up: one issue while something is wrong with how Stanch is installed, written anew with each weekly look.

It closes itself once all is well. Whoever closes it has a week's rest; as *not planned*, until something new is wrong.
"""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.doctor.weekly import SetUp, is_about_setup, remembered, written
from stanch.core.labels import SETUP
from stanch.core.marker import marker_of
from stanch.core.thread import CloseReason
from stanch.core.wanted import Body, ChildIssue, Closed, Text, Want


def set_up(case: Case) -> Iterator[Want]:
    setup = case.setup
    if setup is None:
        return
    if case.number == 0 and setup.opens:
        yield ChildIssue(setup.key, Text("issues/setup_title"), Text("issues/setup", setup.view()), (SETUP,))
    if is_about_setup(case.snapshot.thread) and case.snapshot.thread.open:
        yield from _kept(case, setup)


def _kept(case: Case, setup: SetUp) -> Iterator[Want]:
    """Rewritten while something is wrong; a second one that two sweeps opened goes."""
    thread = case.snapshot.thread
    if any(one.open and one.number < thread.number for one in setup.ours):
        yield Closed(CloseReason.DUPLICATE)
        return
    marker = marker_of(thread.body)
    doubted = {key.partition(":")[0] for key in remembered(thread.body)} & setup.doubtful
    if setup.faults and marker is not None:
        yield Body(marker.key, Text("issues/setup", setup.view()), written(setup.faults))
    elif not doubted:
        yield Closed(CloseReason.COMPLETED)
