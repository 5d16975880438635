"""What stands on the bar of a drill's page."""

import pytest

from stanch.app.picture import moments
from stanch.core.thread import CloseReason, Item
from tests.values import case, closed, comment, incident_thread, reopened

SAID = comment(1, "jordan", "/resolve", 10)
TURNS: list[tuple[tuple[Item, ...], list[str]]] = [
    ((SAID,), ["resolved"]),
    ((closed(10),), ["resolved"]),
    ((closed(10, reason=CloseReason.NOT_PLANNED),), ["closed"]),
    ((SAID, reopened(20), comment(2, "sam", "/resolve", 30)), ["resolved", "reopened", "resolved"]),
    ((SAID, comment(2, "sam", "/status mitigated", 20)), ["resolved"]),
    ((comment(2, "sam", "/status mitigated", 5), closed(10), reopened(20)), ["mitigated", "resolved", "reopened"]),
    ((SAID, closed(11, "github-actions"), comment(2, "sam", "/status investigating", 20)), ["resolved"]),
]


@pytest.mark.parametrize(("items", "expected"), TURNS)
def test_what_comes_between_two_ends_is_shown(items: tuple[Item, ...], expected: list[str]) -> None:
    """An incident that was over and is not any more was reopened; nothing stands there twice."""
    incident = case(incident_thread(*items), 200).incident
    assert incident is not None
    found = [str(moment.kind) for moment in moments(incident, (), None)]
    assert [kind for kind in found if kind not in {"detected", "severity", "acknowledged"}] == expected
