"""What an HTTP answer means, whatever its headers hold."""

import pytest

from stanch.adapters.replies import NO_HINT, Reply, wait_of

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
