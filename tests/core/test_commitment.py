"""Commitments: what is open everywhere, by due date, and each thing once."""

from datetime import UTC, date, datetime

import pytest

from stanch.core.commitment import Commitment, Kind, Owed
from stanch.core.following import Ended, Ending

SINCE = datetime(2026, 11, 20, tzinfo=UTC)
FLAG = Commitment(Kind.CONTAINMENT, 12, "new-cart off", "", SINCE, "C1", ("sam",), due=date(2026, 11, 24))


def item(text: str, incident: int = 12, ended: Ended | None = None, due: date | None = FLAG.due) -> Commitment:
    return Commitment(Kind.ITEM, 13, text, "", SINCE, "1", ("sam",), due=due, ended=ended, incident=incident)


@pytest.mark.parametrize(
    ("other", "places"),
    [
        (item("Remove C1 (flag: new-cart off) or accept it for good"), ["13.1"]),
        (item("Remove C1 one day", due=None), ["12.C1", "13.1"]),
        (item("Remove C10"), ["12.C1", "13.1"]),
        (item("Remove C1", incident=14), ["12.C1", "13.1"]),
        (item("Remove C1", incident=0), ["12.C1", "13.1"]),
        (item("Remove C1", ended=Ended(Ending.DONE, SINCE)), ["12.C1"]),
        (item("Alert on failures"), ["12.C1", "13.1"]),
    ],
)
def test_a_containment_that_an_open_item_speaks_of_is_that_item(other: Commitment, places: list[str]) -> None:
    """Nobody is asked about one thing in two places; done in the text and standing in production is not one thing."""
    assert [one.place for one in Owed((FLAG, other)).open] == places


def test_what_is_due_first_comes_first() -> None:
    """Undated last; of one day by thread, then by number, ten after two."""
    days = ((None, 1, "1"), (date(2026, 12, 2), 9, "10"), (date(2026, 12, 2), 9, "2"), (date(2026, 12, 1), 40, "1"))
    rows = tuple(Commitment(Kind.ITEM, number, "x", "", SINCE, part, due=due) for due, number, part in days)
    assert [one.place for one in Owed(rows).open] == ["40.1", "9.2", "9.10", "1.1"]
