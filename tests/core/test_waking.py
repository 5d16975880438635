"""Wake-ups: calls outside working hours of whoever is on call, an incident's calls of one night as one."""

from datetime import datetime, timedelta

import pytest
from tests.handovers import CONFIG, on
from tests.values import comment, edited, incident_thread, thread

from stanch.core.marker import Marker
from stanch.core.thread import Comment
from stanch.core.waking import Wake, too_many, wakes_on

SINCE = on(9, 8)


def called(id_: int, at: datetime, *logins: str, kind: str = "call", by: str = "github-actions") -> Comment:
    names = " ".join(f"@{login}" for login in logins)
    return comment(id_, by, f"{Marker(f'12/{kind}/{id_}')}\n🚨 {names}: SEV-1.", at)


def woken(*items: Comment) -> list[Wake]:
    return list(wakes_on(incident_thread(*items), CONFIG, SINCE))


def test_nobody_was_called() -> None:
    """What people say, and what the bot says besides, wakes nobody."""
    card, talk = called(1, on(18, 2), "alex", kind="update"), comment(2, "sam", "@alex help", on(18, 2))
    assert woken(card, talk) == []


@pytest.mark.parametrize("kind", ["call", "escalate", "shift"])
def test_a_call_at_night_is_a_wake_up(kind: str) -> None:
    """Of everybody on call whom it names, the secondary too; not of whoever else it names."""
    found = woken(called(1, on(18, 2), "alex", "jordan", "sam", kind=kind))
    assert found == [Wake("alex", 12, on(18, 2)), Wake("jordan", 12, on(18, 2))]


@pytest.mark.parametrize(("at", "wakes"), [(on(18, 10), 0), (on(18, 17), 1), (on(18, 7, 59), 1), (on(21, 10), 1)])
def test_only_outside_working_hours(at: datetime, wakes: int) -> None:
    """The team's: from closing on, before opening, and on a weekend."""
    assert len(woken(called(1, at, "alex"))) == wakes


def test_calls_that_follow_each_other_are_one() -> None:
    """Each within an hour of the one before, however long it goes on; after an hour of quiet it is another one."""
    at = on(18, 1)
    minutes = (0, 45, 100, 160, 221)
    calls = [called(n, at + timedelta(minutes=after), "alex") for n, after in enumerate(minutes, start=1)]
    assert [one.at - at for one in woken(*calls)] == [timedelta(0), timedelta(minutes=221)]


def test_whoever_was_on_call_then_was_woken() -> None:
    """Each week has its own; before `since` nothing is counted."""
    calls = called(1, on(9, 7), "morgan"), called(2, on(17, 2), "alex"), called(3, on(24, 2), "alex", "jordan")
    assert [(one.login, one.at) for one in woken(*calls)] == [("alex", on(17, 2)), ("jordan", on(24, 2))]


@pytest.mark.parametrize("text", ["@alexander", "x@alex", "@alex-b", "`alex`", "@@alex", "/@alex"])
def test_only_a_mention_wakes(text: str) -> None:
    """A longer name, a mail address and a bare name notify nobody of this name."""
    assert woken(comment(1, "github-actions", f"{Marker('12/call/1')}\n{text}", on(18, 2))) == []


def test_case_does_not_matter() -> None:
    """GitHub matches logins without it."""
    assert len(woken(called(1, on(18, 2), "Alex"))) == 1


def test_only_the_bots_own_words_count() -> None:
    """Not a person's copy, not what somebody edited, not the key of another thread."""
    real = called(1, on(18, 2), "alex")
    assert woken(called(1, on(18, 2), "alex", by="sam")) == []
    assert woken(edited(real, "sam", on(18, 3))) == []
    assert wakes_on(thread(real, number=13), CONFIG, SINCE) == ()


@pytest.mark.parametrize(
    ("days", "many"),
    [((17, 18), False), ((17, 18, 19), True), ((17, 18, 24, 25), False), ((17, 24, 25, 26), True), ((), False)],
)
def test_more_than_two_in_a_week_are_too_many(days: tuple[int, ...], many: bool) -> None:
    """Weeks are counted from the beginning of the turn, which may last for several."""
    assert too_many([Wake("alex", 12, on(day, 2)) for day in days], on(16, 8)) is many
