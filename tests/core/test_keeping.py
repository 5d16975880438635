"""What is kept as JSON values in a comment: what is odd is lost alone."""

from datetime import UTC, datetime

import pytest

from stanch.core.keeping import instant, pairs_of, readable, readable_by_key, seconds

AT = datetime(2026, 3, 14, 2, tzinfo=UTC)


def test_nothing_kept_is_nothing_read() -> None:
    """Neither a missing part nor one of another shape is an error."""
    assert [pairs_of(value) for value in (None, {}, [], "text", 3)] == [[]] * 5
    assert list(readable([], int)) == []


def test_an_instant_comes_back() -> None:
    """To the second, in UTC."""
    assert instant(seconds(AT)) == AT
    assert seconds(AT.replace(microsecond=999_999)) == seconds(AT)


@pytest.mark.parametrize("value", [-1, 32_503_680_001, 10**30, True, 1.5, "1773453600", None, []])
def test_what_is_no_instant_is_refused(value: object) -> None:
    """Arithmetic with a time beyond the year 3000 could overflow, and a text may mean anything."""
    with pytest.raises(ValueError, match="no number of seconds"):
        instant(value)


@pytest.mark.parametrize("odd", ["x", None, [], {}, "9" * 5000])
def test_an_odd_row_is_lost_alone(odd: object) -> None:
    """Whatever its reader raises for it, the rows around it are read."""
    assert list(readable([1, odd, 2], lambda row: int(str(row)))) == [1, 2]
    assert readable_by_key([("a", 1), ("b", odd), ("c", 2)], lambda _, row: int(str(row))) == {"a": 1, "c": 2}


def test_of_one_key_the_later_row_that_can_be_read_holds() -> None:
    """An odd copy does not push out a good one."""
    assert readable_by_key([("a", 1), ("a", 2), ("a", "x")], lambda _, row: int(row)) == {"a": 2}
