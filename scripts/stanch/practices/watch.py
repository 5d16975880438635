"""Watch: while an incident burns and time will make something due, a watcher runs that says it to the minute."""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.wanted import Want, Watched
from stanch.core.watching import watched


def watch(case: Case) -> Iterator[Want]:
    found = watched(case)
    if found is not None and case.snapshot.repository.has_watcher and case.now < found.ends:
        yield Watched(found.ends)
