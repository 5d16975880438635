"""What an HTTP answer means, whatever its headers hold."""

from datetime import UTC, datetime

import pytest

from stanch.adapters.replies import NO_HINT, Reply, date_of, wait_of

DATE = "Tue, 17 Mar 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "\u00b2"}, NO_HINT),
        ({"retry-after": "\u0667"}, NO_HINT),
        ({"retry-after": "-1"}, NO_HINT),
        ({"retry-after": DATE}, NO_HINT),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1773741630", "date": DATE}, 30.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9", "date": DATE}, 1.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "\u00b2", "date": DATE}, NO_HINT),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9", "date": "Tue, 99 Foo"}, NO_HINT),
        ({"x-ratelimit-remaining": "5", "x-ratelimit-reset": "9", "date": DATE}, NO_HINT),
        ({}, NO_HINT),
    ],
)
def test_a_limit_says_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    """By Retry-After, else until the reset by GitHub's own clock; what is no number of seconds is no hint."""
    assert wait_of(Reply(429, headers, "")) == seconds


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("Tue, 17 Mar 2026 02:14:05 GMT", datetime(2026, 3, 17, 2, 14, 5, tzinfo=UTC)),
        ("Tue, 17 Mar 2026 03:14:05 +0100", datetime(2026, 3, 17, 2, 14, 5, tzinfo=UTC)),
        ("Tue, 17 Mar 2026 02:14:05 -0000", None),
        ("Fri, 31 Dec 9999 23:59:59 -1400", None),
        ("Tue, 32 Mar 2026 02:14:05 GMT", None),
        ("2026-03-17T02:14:05Z", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_when_github_answered_is_told_or_not_known(date: str | None, told: datetime | None) -> None:
    """A header that says no instant, or none at all: then the runner's own clock has to do."""
    assert date_of(Reply(200, {} if date is None else {"date": date}, "")) == told
