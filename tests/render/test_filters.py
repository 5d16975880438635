"""What templates do with times, people, code and addresses."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stanch.render.filters import at, code, day, join_people, link, span, times, when

NIGHT = datetime(2026, 11, 21, 2, 14, tzinfo=UTC)
LATE = datetime(2026, 11, 21, 23, 14, tzinfo=UTC)


def test_an_instant_is_told_in_utc_and_in_the_teams_zone() -> None:
    """The date stands there when it is asked for, or when the team's day is another one."""
    assert when(NIGHT, "Europe/Berlin") == "02:14 UTC (03:14 Europe/Berlin)"
    assert when(NIGHT, "Europe/Berlin", day=True) == "2026-11-21 02:14 UTC (03:14 Europe/Berlin)"
    assert when(LATE, "Europe/Berlin") == "2026-11-21 23:14 UTC (2026-11-22 00:14 Europe/Berlin)"
    assert when(NIGHT) == "02:14 UTC"
    assert when(NIGHT, day=True) == "2026-11-21 02:14 UTC"


@pytest.mark.parametrize(
    ("instant", "since", "words"),
    [
        (NIGHT, NIGHT, "02:14 UTC (03:14 Europe/Berlin)"),
        (NIGHT.replace(hour=22), NIGHT, "22:14 UTC (23:14 Europe/Berlin)"),
        (LATE, NIGHT, "2026-11-21 23:14 UTC (2026-11-22 00:14 Europe/Berlin)"),
        (NIGHT.replace(day=22), NIGHT, "2026-11-22 02:14 UTC (03:14 Europe/Berlin)"),
        (NIGHT.replace(day=20), NIGHT, "2026-11-20 02:14 UTC (03:14 Europe/Berlin)"),
        (NIGHT.replace(day=22), LATE, "2026-11-22 02:14 UTC (03:14 Europe/Berlin)"),
        (NIGHT, (NIGHT, LATE.replace(hour=22)), "02:14 UTC (03:14 Europe/Berlin)"),
        (NIGHT, (NIGHT, LATE), "2026-11-21 02:14 UTC (03:14 Europe/Berlin)"),
    ],
)
def test_a_time_of_another_day_has_its_date(
    instant: datetime, since: datetime | tuple[datetime, ...], words: str
) -> None:
    """Of another day than a time that stands beside it, in UTC or in the team's zone."""
    assert when(instant, "Europe/Berlin", since=since) == words


def test_in_utc_only_the_utc_day_counts() -> None:
    """A team without a zone of its own has one calendar."""
    assert when(LATE, since=NIGHT) == "23:14 UTC"
    assert when(NIGHT.replace(month=12), since=NIGHT) == "2026-12-21 02:14 UTC"


def test_a_day_is_the_one_of_its_zone() -> None:
    """An instant has a day only in a zone; a date is its own."""
    assert day(LATE) == "2026-11-21"
    assert day(LATE, "Europe/Berlin") == "2026-11-22"
    assert day(date(2026, 12, 1)) == "2026-12-01"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (240, "4 min"),
        (3_600, "1 h"),
        (4_320, "1 h 12 min"),
        (86_400, "1 d"),
        (183_600, "2 d 3 h"),
        (-240, "-4 min"),
        (timedelta(minutes=4, seconds=30), "4 min"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(seconds: float | timedelta, words: str) -> None:
    """Rounded down, so that a promise is never said to be older than it is."""
    assert span(seconds) == words


@pytest.mark.parametrize("login", ["alex", "Alex-2", "a", "a" * 39, "sam_corp", "@alex"])
def test_a_login_is_mentioned(login: str) -> None:
    """What GitHub could know as a person is called."""
    assert at(login) == f"@{login.removeprefix('@')}"


@pytest.mark.parametrize("login", ["", "ghost", "dependabot[bot]", "-a", "a--b", "a" * 40, "a b", "o/team", "a\n", "é"])
def test_what_is_no_login_is_shown_and_not_mentioned(login: str) -> None:
    """A deleted account, an app and a team call nobody."""
    assert not at(login).startswith("@")


def test_people_are_joined_as_asked() -> None:
    """The last separator is the template's; without mentions nobody is called."""
    assert join_people(["alex", "jordan", "sam"], " and ") == "@alex, @jordan and @sam"
    assert join_people(["alex"]) == "@alex"
    assert join_people([]) == ""
    assert join_people(["alex", "sam"], mention=False) == "alex, sam"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rollback", "`rollback`"),
        ("a|b", "<code>a&vert;b</code>"),
        ("`x`", "<code>&grave;x&grave;</code>"),
        ("@alex", "<code>@\u200balex</code>"),
        ("<!--", "<code>&lt;!--</code>"),
        ("two\nlines", "<code>two lines</code>"),
        ("", ""),
        (7, "`7`"),
    ],
)
def test_code_is_safe_around_any_character(text: str | int, shown: str) -> None:
    """Also in a table, where a bar ends the cell even inside backticks."""
    assert code(text) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://github.com/o/r/issues/1#c-2", "[a \\[b\\]](https://github.com/o/r/issues/1#c-2)"),
        ("http://127.0.0.1:80/x?a=b&c=d", "[a \\[b\\]](http://127.0.0.1:80/x?a=b&c=d)"),
        ("https://e.com/(a) b", "a \\[b\\]"),
        ("https://e.com/(a)|<b>", "[a \\[b\\]](https://e.com/%28a%29%7C%3Cb%3E)"),
        ("javascript:alert(1)", "a \\[b\\]"),
        ("https://good.com@evil.com/", "a \\[b\\]"),
        ("", "a \\[b\\]"),
    ],
)
def test_a_link_leads_to_a_web_address_or_nowhere(address: str, shown: str) -> None:
    """What could end the link or run a script is encoded or dropped."""
    assert link("a [b]", address) == shown


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "once"), (2, "twice"), (3, "three times"), (4, "four times"), (12, "twelve times"), (13, "13 times")],
)
def test_small_numbers_are_words(count: int, words: str) -> None:
    """As people say how often something happened."""
    assert times(count) == words
