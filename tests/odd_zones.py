"""Changes of clocks that are odd: by half an hour, over midnight, by a day that was skipped, for a month."""

from datetime import UTC, datetime

ODD = (
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, 0, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),
    ("Pacific/Kwajalein", datetime(1993, 8, 21, 12, 0, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2026, 2, 15, 2, 0, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2026, 3, 22, 2, 0, tzinfo=UTC)),
    ("America/St_Johns", datetime(2010, 11, 7, 2, 31, tzinfo=UTC)),
    ("Asia/Beirut", datetime(2026, 3, 28, 22, 0, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 4, 5, 3, 0, tzinfo=UTC)),
    ("Antarctica/Troll", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ("Asia/Pyongyang", datetime(2018, 5, 4, 15, 0, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, 0, tzinfo=UTC)),
    ("UTC", datetime(2026, 11, 21, 0, 0, tzinfo=UTC)),
)
"""Zones, each with the instant of a change, and one that has none."""
