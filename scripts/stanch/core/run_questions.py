"""Which commits are asked for their workflow runs, and when: only right before a post-mortem is written."""

import re
from collections.abc import Iterable, Iterator

from stanch.core.case import Case
from stanch.core.incident import Incident
from stanch.core.lengthening import to_lengthen
from stanch.core.moments import deployed_during
from stanch.core.postmortem import KEY
from stanch.core.remembering import to_open
from stanch.core.sent import Sent
from stanch.core.thread import Repository
from stanch.core.wanted import Want

COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def commits_to_ask(case: Case, wanted: Iterable[Want], sent: Sent) -> tuple[str, ...]:
    """The commits whose runs belong into the post-mortem that this pass is about to open or to lengthen; else none."""
    if case.incident is None:
        return ()
    wants = tuple(wanted)
    opening = any(one.key == case.key(KEY) for one in to_open(case, wants, sent))
    about_to = opening or any(True for _ in to_lengthen(case, wants, sent))
    return commits_of(case.incident, case.snapshot.repository) if about_to else ()


def commits_of(incident: Incident, repository: Repository) -> tuple[str, ...]:
    """Every commit that the record names, once: what mended it first, then what was deployed, then what came before."""
    return tuple(dict.fromkeys(sha for sha in _named(incident, repository) if COMMIT.fullmatch(sha)))


def _named(incident: Incident, repository: Repository) -> Iterator[str]:
    yield from (one.sha for one in incident.told.merged.values())
    became = {one.number: one.sha for one in repository.merges}
    yield from (became[one.number] for one in incident.works if one.merged_at and one.number in became)
    yield from (one.sha for one in reversed(deployed_during(incident)))
    yield from (one.sha for one in incident.changes)
