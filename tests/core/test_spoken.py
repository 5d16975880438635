"""Whether people spoke as often as was promised: every half hour on a SEV-1, every two hours on a SEV-2."""

from dataclasses import replace

import pytest
from tests.values import TEAM, comment, incident_in, incident_thread, instant

from stanch.core.spoken import spoken
from stanch.core.thread import Item


def said(id_: int, when: float) -> Item:
    return comment(
        id_, "jordan", "/update We are working on it. Your data is safe. The next update comes by 05:00 UTC.", when
    )


@pytest.mark.parametrize(
    ("items", "until", "expected"),
    [
        ((), 20, None),
        ((), 45, (0, [15])),
        ((said(1, 10),), 35, None),
        ((said(1, 10),), 45, (0, [5])),
        ((said(1, 10), said(2, 39)), 60, (1, [])),
        ((said(1, 10), said(2, 52)), 60, (1, [12])),
        ((said(1, 10), said(2, 52), said(3, 90)), 100, (2, [12, 8])),
        ((said(1, 10), comment(2, "jordan", "/status identified It is the release.", 39)), 60, (1, [])),
        ((said(1, 10), comment(2, "jordan", "/status mitigated", 30)), 140, None),
        ((said(1, 10), comment(2, "jordan", "/status mitigated", 30)), 160, (0, [10])),
        ((said(1, 10), comment(2, "jordan", "/sev 2 it is smaller", 20), said(3, 100)), 120, (1, [60])),
    ],
)
def test_each_word_is_held_to_the_interval_that_held_when_the_one_before_it_came(
    items: tuple[Item, ...], until: float, expected: tuple[int, list[int]] | None
) -> None:
    """Once users are fine again it is four times as long, and counts from then; internal words count as well."""
    found = spoken(incident_in(incident_thread(*items), until), TEAM, instant(until))
    assert (found and (found.words, [gap.late // 60 for gap in found.gaps])) == expected


def test_a_severity_that_promises_no_words_is_held_to_none() -> None:
    """A SEV-3 owes nobody an update."""
    of = incident_in(incident_thread(severity=3), 600)
    assert spoken(of, TEAM, instant(600)) is None
    assert spoken(replace(of, spells=(), highest=None), TEAM, instant(600)) is None
