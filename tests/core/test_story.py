"""The story of an incident, told from the record alone."""

import pytest
from tests.values import (
    TEAM,
    closed,
    comment,
    form,
    incident_in,
    incident_thread,
    instant,
    pull_request,
    reopened,
    unlabeled,
)

from stanch.core.story import story, timeline
from stanch.core.thread import CloseReason, Item


def told(*items: Item, body: str = "") -> dict[str, object]:
    incident = incident_in(incident_thread(*items, body=body), 200)
    return story(incident, TEAM)


def moments(*items: Item) -> list[tuple[object, object]]:
    incident = incident_in(incident_thread(*items), 200)
    return [(moment["what"], moment["at"]) for moment in timeline(incident, TEAM)]


def test_a_short_story_has_its_gaps() -> None:
    """What did not happen has no figure."""
    found = told(closed(60))
    assert (found["to_acknowledge"], found["to_mitigate"], found["to_resolve"]) == (None, 3600, 3600)
    assert (found["authors"], found["standing"]) == ([], [])
    assert found["unverified"] == ["failure", "neighbours", "containment"]


def test_the_time_to_detect_begins_with_the_first_thing_noted() -> None:
    """A `/timeline` entry of the time before detection says when it began; without one nobody knows."""
    found = told(comment(1, "sam", "/timeline first error in the logs | 2026-11-17 01:52 UTC", 9))
    assert (found["started"], found["to_detect"]) == (instant(-8), 480)
    for later in ((), (comment(1, "sam", "/timeline the provider answered", 9),)):
        assert (told(*later)["started"], told(*later)["to_detect"]) == (None, None)


def test_the_figures_count_from_detection() -> None:
    """Seconds to acknowledge, mitigate and resolve, and from detection to the issue."""
    stated = form() + "\n### When was it detected? (UTC)\n\n01:50\n"
    found = told(
        comment(1, "jordan", "/take", 3), comment(2, "jordan", "/status mitigated", 20), closed(60), body=stated
    )
    figures = [found[name] for name in ("to_report", "to_acknowledge", "to_mitigate", "to_resolve")]
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
        ("closed", instant(20)),
    ]


def test_what_is_still_in_place_is_carried_over() -> None:
    """As an action item with its owner and its day."""
    found = told(comment(1, "sam", "/contain flag x until 2026-11-20", 5), closed(60))
    assert found["standing"] == [{"id": "C1", "kind": "flag", "what": "x", "owner": "sam", "due": "2026-11-20"}]


def test_labels_that_went_are_told_too() -> None:
    """A withdrawal is part of what happened."""
    assert ("severity", instant(5)) in moments(unlabeled("sev-1", 5))


BOT = "github-actions"
DROPPED = CloseReason.NOT_PLANNED
SAID = comment(1, "jordan", "/resolve", 10)
TURNS: list[tuple[str, tuple[Item, ...], list[tuple[object, ...]]]] = [
    ("a person closed it", (closed(10),), [("closed", "alex", "resolved")]),
    ("a person dropped it", (closed(10, reason=DROPPED),), [("closed", "alex", "closed without a cause")]),
    ("the bot did what was said", (SAID, closed(10, BOT)), [("status", "jordan", "resolved")]),
    ("the bot did it late", (SAID, closed(40, BOT)), [("status", "jordan", "resolved")]),
    ("said and done by one person", (SAID, closed(10, "jordan")), [("status", "jordan", "resolved")]),
    ("said by one, done by another", (SAID, closed(11)), [("status", "jordan", "resolved"), ("closed", "alex", "")]),
    ("nobody knows who said it", (closed(10, BOT),), [("closed", BOT, "resolved")]),
    (
        "said after an order to close that is still to be carried out",
        (SAID, comment(2, "sam", "/status investigating", 20), comment(3, "jordan", "/resolve", 30)),
        [("status", "jordan", "resolved")],
    ),
    (
        "refused on a closed issue",
        (closed(10), comment(1, "jordan", "/status investigating", 20)),
        [("closed", "alex", "resolved")],
    ),
    (
        "refused on an issue that the bot closed",
        (SAID, closed(11, BOT), comment(2, "sam", "/status investigating", 20)),
        [("status", "jordan", "resolved")],
    ),
    (
        "opened again",
        (closed(10, reason=DROPPED), reopened(20, "morgan"), comment(1, "jordan", "/resolve", 30)),
        [
            ("closed", "alex", "closed without a cause"),
            ("reopened", "morgan", "investigating"),
            ("status", "jordan", "resolved"),
        ],
    ),
    (
        "said to be resolved twice",
        (SAID, closed(10, BOT), reopened(20, "morgan"), comment(2, "jordan", "/resolve", 30), closed(30, BOT)),
        [
            ("status", "jordan", "resolved"),
            ("reopened", "morgan", "investigating"),
            ("status", "jordan", "resolved"),
        ],
    ),
]


@pytest.mark.parametrize(("items", "expected"), [row[1:] for row in TURNS], ids=[row[0] for row in TURNS])
def test_nobody_said_what_only_github_recorded(items: tuple[Item, ...], expected: list[tuple[object, ...]]) -> None:
    """Closings and reopenings are moments of their own, unless they only carry out what was said."""
    incident = incident_in(incident_thread(*items), 200)
    found = [m for m in timeline(incident, TEAM) if m["what"] in {"status", "closed", "reopened"}]
    assert [(moment["what"], moment["by"], moment["status"]) for moment in found] == expected


def test_a_closing_is_told_with_its_reason() -> None:
    """As GitHub names it."""
    incident = incident_in(incident_thread(closed(10, reason=CloseReason.DUPLICATE), reopened(20)), 200)
    assert [m["reason"] for m in timeline(incident, TEAM) if m["what"] in {"closed", "reopened"}] == ["duplicate", ""]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [((5, 60), [False] * 4), ((5, 60, 24 * 60, 24 * 60 + 5), [True, False, False, False, True, False])],
)
def test_a_line_says_its_day_where_another_one_begins(minutes: tuple[int, ...], expected: list[bool]) -> None:
    """Of a timeline of one day no line does."""
    items = tuple(comment(n, "jordan", f"/update! {n}", n) for n in minutes)
    incident = incident_in(incident_thread(*items), 3000)
    lines = [line for line in timeline(incident, TEAM) if line["what"] not in {"gap", "acknowledged"}]
    assert [line["new_day"] for line in lines] == expected
