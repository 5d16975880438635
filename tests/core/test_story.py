"""The story of an incident, told from the record alone."""

from tests.values import TEAM, case, closed, comment, form, incident_thread, instant, pull_request, unlabeled

from stanch.core.story import story, timeline
from stanch.core.thread import Item


def told(*items: Item, body: str = "") -> dict[str, object]:
    incident = case(incident_thread(*items, body=body), 200).incident
    assert incident is not None
    return story(incident, TEAM)


def moments(*items: Item) -> list[tuple[object, object]]:
    incident = case(incident_thread(*items), 200).incident
    assert incident is not None
    return [(moment["what"], moment["at"]) for moment in timeline(incident)]


def test_a_short_story_has_its_gaps() -> None:
    """What did not happen has no figure."""
    found = told(closed(60))
    assert (found["to_acknowledge"], found["to_mitigate"], found["to_resolve"]) == (None, 3600, 3600)
    assert (found["authors"], found["standing"]) == ([], [])
    assert found["unverified"] == ["failure", "neighbours", "containment"]


def test_the_figures_count_from_detection() -> None:
    """Seconds to acknowledge, mitigate and resolve, and from detection to the issue."""
    stated = form() + "\n### When was it detected? (UTC)\n\n01:50\n"
    found = told(
        comment(1, "jordan", "/take", 3), comment(2, "jordan", "/status mitigated", 20), closed(60), body=stated
    )
    figures = [found[name] for name in ("to_detect", "to_acknowledge", "to_mitigate", "to_resolve")]
    assert figures == [600, 780, 1800, 4200]
    assert found["authors"] == ["jordan"]


def test_the_timeline_is_in_order_of_what_happened() -> None:
    """A note stands at the time that it names, everything else at its own."""
    found = moments(
        comment(1, "jordan", "/ack", 3),
        comment(2, "jordan", "/timeline first alert | 01:30", 10),
        comment(3, "jordan", "/contain flag x", 12),
        comment(4, "jordan", "/restore C1", 15),
        comment(5, "jordan", "/verify failure", 17),
        pull_request(14, 18, merged=19),
        closed(20),
    )
    assert found == [
        ("note", instant(-30)),
        ("detected", instant(0)),
        ("severity", instant(0)),
        ("acknowledged", instant(3)),
        ("contained", instant(12)),
        ("restored", instant(15)),
        ("verified", instant(17)),
        ("pull request", instant(18)),
        ("merged", instant(19)),
        ("status", instant(20)),
    ]


def test_what_is_still_in_place_is_carried_over() -> None:
    """As an action item with its owner and its day."""
    found = told(comment(1, "sam", "/contain flag x until 2026-11-20", 5), closed(60))
    assert found["standing"] == [{"id": "C1", "kind": "flag", "what": "x", "owner": "sam", "due": "2026-11-20"}]


def test_labels_that_went_are_told_too() -> None:
    """A withdrawal is part of what happened."""
    assert ("severity", instant(5)) in moments(unlabeled("sev-1", 5))
