"""The dashboard: everything that is open by due date, what became of the rest, and a memory that fits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.values import TEAM, thread

from stanch.core.commitment import Commitment, Kind, Owed
from stanch.core.dashboard import (
    KEY,
    MOST_ENDED,
    ROOM,
    Memory,
    Past,
    is_dashboard,
    memory_of,
    remembered,
    unseen,
    view,
    written,
)
from stanch.core.following import Deferral, Ended, Ending
from stanch.core.marker import Marker
from stanch.core.thread import Actor, Thread

NOW = datetime(2026, 12, 10, 10, tzinfo=UTC)
TODAY = NOW.date()
BOT = "github-actions"


def item(number: int, due: date | None = None, *owners: str, ended: Ended | None = None, **more: Any) -> Commitment:
    since = datetime(2026, 11, 20, tzinfo=UTC)
    return Commitment(Kind.ITEM, number, f"Do {number}", "", since, "1", owners, "jordan", due, ended=ended, **more)


def ended(how: Ending, days: int = 1) -> Ended:
    return Ended(how, NOW - timedelta(days=days), "sam", "no longer needed")


def issue(memory: Memory, by: str = BOT) -> Thread:
    return thread(body=f"{Marker(KEY)}\n{written(memory)}\nwords", author=by)


MEMORY = Memory(
    (41, 42),
    {"41.2": Past(Ending.DROPPED, date(2026, 12, 1), "An alert", "sam", "why -->")},
    datetime(2026, 12, 3, 9, tzinfo=UTC),
    ("41/remind/sam/2026-12-09",),
    pinned=True,
)


def test_it_is_known_by_its_first_line() -> None:
    """Opened by the bot, with its marker; a person's copy of it is none."""
    assert is_dashboard(issue(Memory()))
    assert not is_dashboard(issue(Memory(), by="sam"))
    assert not is_dashboard(thread(body="Dashboard", author=BOT))


def test_what_is_remembered_is_read_again() -> None:
    """All of it, whatever words it holds."""
    assert memory_of(issue(MEMORY)) == MEMORY


def test_a_body_that_somebody_else_wrote_in_is_not_believed() -> None:
    """But for what nobody loses by: what ended, what to look for, and that it was pinned. Nor one that is torn."""
    whole = issue(MEMORY)
    edited = memory_of(replace(whole, edited_at=NOW, editor=Actor("sam")))
    assert edited == Memory(MEMORY.threads, MEMORY.ended, pinned=True)
    assert memory_of(replace(whole, edited_at=NOW, editor=whole.author)) == MEMORY
    for body in (f"{Marker(KEY)}\n<!-- stanch-ledger [1] -->", f"{Marker(KEY)}\n<!-- stanch-ledger {{ -->", ""):
        assert memory_of(replace(whole, body=body)) == Memory()


@pytest.mark.parametrize(
    "odd",
    [
        '{"threads":"x","ended":[1],"reviewed":7,"told":3}',
        '{"ended":{"4":["done"],"5":7}}',
        '{"reviewed":"2026-03-17T10:00:00"}',
    ],
)
def test_odd_values_are_lost_alone(odd: str) -> None:
    """What is of another shape costs nothing but itself."""
    whole = issue(MEMORY)
    assert memory_of(replace(whole, body=f"{Marker(KEY)}\n<!-- stanch-ledger {odd} -->\n")) == Memory()


def test_what_ended_is_remembered_and_what_is_open_again_is_not() -> None:
    """Whatever its thread says later; for thirteen weeks."""
    first = remembered(Memory(), Owed((item(41, ended=ended(Ending.DONE)), item(42))), TODAY, TEAM)
    assert first.threads == (42,)
    assert first.ended == {"41.1": Past(Ending.DONE, date(2026, 12, 9), "Do 41", "sam", "no longer needed")}
    assert remembered(first, Owed(), TODAY, TEAM).ended == first.ended
    assert remembered(first, Owed((item(41),)), TODAY, TEAM).ended == {}
    assert remembered(first, Owed(), TODAY + timedelta(weeks=14), TEAM).ended == {}


def test_what_was_not_seen_is_looked_for() -> None:
    """Its label may be gone, or the thread itself."""
    assert unseen(MEMORY, Owed(seen=frozenset({41}))) == (42,)


def test_a_thread_that_is_gone_is_named_once() -> None:
    """If it held something; when it is there again, with what is open on it, it is not named."""
    after = remembered(MEMORY, Owed(seen=frozenset({41, 42, 43}), gone=frozenset({42, 43})), TODAY, TEAM)
    assert {place for place, past in after.ended.items() if past.day == TODAY} == {"42"}
    later = remembered(after, Owed(gone=frozenset({42})), TODAY + timedelta(days=1), TEAM)
    assert (later.ended["42"], later.threads) == (Past(Ending.GONE, TODAY, ""), ())
    assert memory_of(issue(later)).ended == later.ended
    back = replace(item(42), kind=Kind.POSTMORTEM, part="")
    assert "42" not in remembered(later, Owed((back,)), TODAY, TEAM).ended


@pytest.mark.parametrize("text", ["x" * 300, "ä" * 300, "-->" * 100, "\U0001f680" * 100])
def test_the_memory_always_fits(text: str) -> None:
    """With long words in every script and a thousand things that ended: the newest stay."""
    many = tuple(
        replace(item(n, ended=Ended(Ending.DROPPED, NOW - timedelta(days=n % 80), "sam", text)), text=text)
        for n in range(1, 1001)
    )
    memory = remembered(Memory(), Owed((*many, *(item(n) for n in range(2000, 7000)))), TODAY, TEAM)
    assert len(memory.ended) == MOST_ENDED
    line = written(memory)
    assert len(line) <= ROOM
    back = memory_of(thread(body=f"{Marker(KEY)}\n{line}\n", author=BOT))
    assert max(one.day for one in back.ended.values()) == TODAY


NOTHING = Memory()


def shown(*rows: Commitment, memory: Memory = NOTHING) -> dict[str, Any]:
    owed = Owed(rows)
    return view(owed, remembered(memory, owed, TODAY, TEAM), NOW, TEAM)


def test_the_open_ones_stand_by_due_date() -> None:
    """What has no date comes last; each with its people, its age in weeks, and whether it is late."""
    found = shown(item(3), item(2, date(2026, 12, 30), "sam"), item(1, date(2026, 12, 8), "sam", "morgan"))
    rows = [(row["number"], row["due"], row["owners"], row["late"], row["weeks"]) for row in found["rows"]]
    assert rows == [
        (1, "2026-12-08", ["sam", "morgan"], True, 2),
        (2, "2026-12-30", ["sam"], False, 2),
        (3, "", [], False, 2),
    ]
    assert (found["open"], found["overdue"], found["more"]) == (3, 1, 0)


def test_whom_it_waits_on() -> None:
    """Who has most that is overdue comes first, and nobody comes last; logins match without case."""
    found = shown(item(1, date(2026, 12, 8), "Sam"), item(2, None, "sam"), item(3, None, "morgan"), item(4))
    people = [(one["login"], one["open"], one["overdue"]) for one in found["people"]]
    assert people == [("Sam", 2, 1), ("morgan", 1, 0), ("", 1, 0)]


def test_what_happened_since_the_last_review() -> None:
    """Done, dropped or taken out, and slipped: put off since, or overdue since."""
    since = datetime(2026, 12, 3, 9, tzinfo=UTC)
    before, after = (Deferral(since + timedelta(days=n), date(2026, 12, 1), date(2026, 12, 30)) for n in (-1, 1))
    rows = (
        item(1, ended=ended(Ending.DONE)),
        item(2, ended=ended(Ending.DONE, days=9)),
        item(3, ended=ended(Ending.DROPPED)),
        item(4, ended=ended(Ending.GONE)),
        item(5, date(2026, 12, 30), "sam", deferrals=(after,)),
        item(6, date(2026, 12, 30), "sam", deferrals=(before,)),
        item(7, date(2026, 12, 8), "sam"),
        item(8, date(2026, 11, 8), "sam"),
    )
    found = shown(*rows, memory=Memory(reviewed=since))
    assert [one["number"] for one in found["finished"]] == [1]
    assert [(one["number"], one["gone"]) for one in found["dropped"]] == [(4, True), (3, False)]
    assert [one["number"] for one in found["slipped"]] == [7, 5]
    assert (found["reviewed"], found["done"], found["ended"], found["open"]) == ("2026-12-03", 2, 4, 4)
    everything = shown(*rows)
    assert [one["number"] for one in everything["finished"]] == [1, 2]
    assert [one["number"] for one in everything["slipped"]] == [8, 7, 5, 6]


def test_a_day_that_changes_nothing_changes_no_text() -> None:
    """Nothing on it is counted in days."""
    owed = Owed((item(1, date(2026, 12, 30), "sam"), item(2, ended=ended(Ending.DONE))))
    memory = remembered(Memory(), owed, TODAY, TEAM)
    assert view(owed, memory, NOW, TEAM) == view(owed, memory, NOW - timedelta(hours=20), TEAM)


def test_four_thousand_rows_are_counted_and_a_hundred_shown() -> None:
    """The body has room for so many."""
    found = shown(*(item(n, date(2026, 12, 30), "sam") for n in range(1, 4001)))
    assert (len(found["rows"]), found["more"], found["open"]) == (100, 3900, 4000)
