"""From what was gathered to facts: which severity may ease a rule, and what an unread file says."""

import pytest
from tests.pulls import GOOD, Change, facts, incident_thread, with_beside, with_file, with_incident, with_severity
from tests.values import labeled, thread, unlabeled

from stanch.core.dependencies import BumpKind
from stanch.core.severity import Severity

SEV_1, SEV_2, SEV_3 = Severity.SEV_1, Severity.SEV_2, Severity.SEV_3

EARNED: dict[str, tuple[Change, Severity]] = {
    "what others set": (lambda g: with_severity(g, 1), SEV_1),
    "the author raised it": (
        lambda g: with_incident(g, incident_thread(2, unlabeled("sev-2", 30, "alex"), labeled("sev-1", 30, "alex"))),
        SEV_2,
    ),
    "the author lowered it": (
        lambda g: with_incident(g, incident_thread(1, unlabeled("sev-1", 30, "alex"), labeled("sev-3", 30, "alex"))),
        SEV_3,
    ),
    "somebody else raised it": (
        lambda g: with_incident(g, incident_thread(2, unlabeled("sev-2", 30, "sam"), labeled("sev-1", 30, "sam"))),
        SEV_1,
    ),
    "nobody but the author, since it was opened": (
        lambda g: with_incident(g, thread(labeled("sev-1", 30, "alex"), author="sam")),
        SEV_2,
    ),
    "nobody but the author, and no SEV-1": (
        lambda g: with_incident(g, thread(labeled("sev-3", 30, "alex"), author="sam")),
        SEV_3,
    ),
    "the author, before it was opened": (
        lambda g: with_incident(g, thread(labeled("sev-1", 5, "alex"), author="sam")),
        SEV_1,
    ),
}


@pytest.mark.parametrize(("change", "earned"), EARNED.values(), ids=EARNED.keys())
def test_the_severity_that_eases_is_not_the_authors_own(change: Change, earned: Severity) -> None:
    """The milder one of today's and of what others set last; a SEV-1 of the author's own eases what a SEV-2 does."""
    assert facts(change(GOOD)).earned is earned


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_manifest_that_was_not_read_says_so(side: str) -> None:
    """Either side of it: what was installed before could hide what is new."""
    of = with_file(GOOD, "requirements.txt", "a==1\n", "a==1\n")
    sha = of.pull.fork_point if side == "before" else of.pull.head_sha
    files = dict(of.beside.files)
    files[f"{sha}:requirements.txt"] = None
    assert facts(of).bumps == ()
    assert [one.kind for one in facts(with_beside(of, files=files)).bumps] == [BumpKind.UNREADABLE]
