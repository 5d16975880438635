"""What stands on the bar of a drill's page."""

import pytest

from stanch.app.picture import moments, threads
from stanch.app.stage import stage
from stanch.core.thread import CloseReason, Item
from stanch.render.story import EventView
from tests.gated import harbour, hotfix
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


def test_a_pull_request_shows_its_way_from_red_to_green() -> None:
    """The card shows the end alone; each push, review, deployment and answer of the gate has a line of its own."""
    with stage(harbour()) as connected:
        found = hotfix(connected)
        found.opened().look()
        found.green()
        found.world.clock.advance(minutes=1)
        found.world.person("morgan").deploys("staging", found.head)
        found.look()
        found.world.person("jordan").merges(found.number, "squash")
        found.look()
        (shown,) = [thread for thread in threads(found.world) if thread.number == found.number]
    events = [entry for entry in shown.entries if isinstance(entry, EventView)]
    told = [(str(entry.kind), entry.subject) for entry in events]
    judged = [subject for kind, subject in told if kind == "judged"]
    assert (judged[0], judged[-1]) == ("failure", "success")
    assert ("reviewed", "approved") in told
    assert ("deployed", "staging") in told
    assert ("merged", "") in told
    assert "closed" not in dict(told)
    assert [entry.at for entry in shown.entries] == sorted(entry.at for entry in shown.entries)


@pytest.mark.parametrize(
    "kind", ["post-mortem", "incident-dashboard", "incident-handover", "root-cause", "client-report"]
)
def test_an_issue_is_named_for_its_label(kind: str) -> None:
    """A reader of the page sees which of the issues is the dashboard, and which the root cause."""
    with stage(harbour()) as connected:
        connected.world.person("jordan").opens("Totals are too low", labels=[kind])
        (shown,) = threads(connected.world)
    assert str(shown.kind) == kind.removeprefix("incident-")
