"""Mending what the doctor may mend by itself, write by write."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from stanch.app.desk import Desk
from stanch.app.road import owed
from stanch.core.doctor.finding import Finding, MakeRuleset, Mend
from stanch.core.doctor.mending import is_delicate, mends, writes_of
from stanch.core.errors import Forbidden, GitHubError, RateLimited
from stanch.core.naming import named


@dataclass(frozen=True, slots=True)
class Mended:
    """What `--fix` did, what it left for want of a yes, and what GitHub refused, each in words."""

    done: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


Agree = Callable[[str], bool]
"""Shows somebody what is about to be made, and answers whether they agree."""


def mend(desk: Desk, findings: Iterable[Finding], agree: Agree) -> Mended:
    """Do what may be done about the findings; what may stop somebody's work only after it was agreed to."""
    mended = Mended()
    for one in mends(findings):
        writes = writes_of(one)
        if is_delicate(one) and not agree(shown(one)):
            mended = replace(mended, left=(*mended.left, *map(named, writes)))
            continue
        for write in writes:
            try:
                desk.writer.apply(write)
            except RateLimited:
                raise
            except Forbidden as refusal:  # it would be the same for the other labels
                mended = replace(mended, refused=(*mended.refused, owed(write, refusal)))
                break
            except GitHubError as problem:
                mended = replace(mended, refused=(*mended.refused, owed(write, problem)))
            else:
                mended = replace(mended, done=(*mended.done, named(write)))
    return mended


def shown(mend: Mend) -> str:
    """What is about to be made, and for which branch, for whoever has to agree to it."""
    if not isinstance(mend, MakeRuleset):
        return ""
    return f"{', '.join(map(named, writes_of(mend)))}:\n{json.dumps(list(mend.rules), indent=2)}"
