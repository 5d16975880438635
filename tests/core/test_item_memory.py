"""What the card's ledger keeps of items: what is written is read, copies merge, and a full one shrinks in order."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.values import START

from stanch.core.action_list import items as listed
from stanch.core.item_memory import BRIEFER, ROOM, items_of, plain, shortened, united
from stanch.core.ledger import LONGEST, Ledger, Record, read, written
from stanch.core.marker import CLOSING, LEDGER_OPENING
from stanch.core.sighting import MOST, MOST_DUES, Sighted, sight

TEXT = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(["-->", "<!-- x", "--", "\n", ""])
MOMENT = st.integers(1, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
DAY = st.none() | st.dates()


@st.composite
def sighted(draw: st.DrawFn) -> Sighted:
    """Any item that could be remembered."""
    since = draw(MOMENT)
    further = draw(st.lists(st.tuples(MOMENT, DAY), max_size=MOST_DUES - 1))
    return Sighted(
        number=draw(st.integers(1, 999)),
        fingerprint=draw(st.text("0123456789abcdef", min_size=8, max_size=8)),
        text=draw(TEXT),
        owners=draw(st.none() | st.lists(st.sampled_from(["alex", "sam", "a-b_corp"]), max_size=3).map(tuple)),
        dues=((since, draw(DAY)), *further),
        ticked=draw(st.booleans()),
        since=since,
        place=draw(st.integers(0, 500)),
        box_at=draw(st.none() | MOMENT),
        owners_at=draw(st.none() | MOMENT),
        gone_at=draw(st.none() | MOMENT),
    )


ITEMS = st.lists(sighted(), max_size=6, unique_by=lambda one: one.number).map(
    lambda found: tuple(sorted(found, key=lambda one: one.number))
)


@given(ITEMS)
@settings(max_examples=100)
def test_what_is_written_is_read(items: tuple[Sighted, ...]) -> None:
    """Every field comes back but the line, which only the text can tell; an empty list is not the same as none."""
    assert read(f"marker\n{written(Ledger(items=items))}\nwords") == Ledger(items=items)
    assert read(f"marker\n{written(Ledger())}\nwords") == Ledger()


@given(ITEMS, ITEMS)
@settings(max_examples=60)
def test_copies_merge_to_one_union(one: tuple[Sighted, ...], other: tuple[Sighted, ...]) -> None:
    """Nothing that either copy knew is lost, the first one's word wins, and merging again changes nothing."""
    whole = united(one, other)
    assert whole is not None
    assert {item.number for item in whole} == {item.number for item in (*one, *other)}
    assert set(one) <= set(whole)
    assert united(whole, other) == whole
    assert (united(None, one), united(one, None), united(None, None)) == (one, one, None)


@pytest.mark.parametrize(
    "row",
    [
        [],
        "x",
        None,
        [0, "f", 1, 1, 0, [0], [], ""],
        [True, "f", 1, 1, 0, [0], [], ""],
        ["1", "f", 1, 1, 0, [0], [], ""],
        [1, "f", -1, 1, 0, [0], [], ""],
        [1, "f", 1, -1, 0, [0], [], ""],
        [1, "f", 1, 1, 0, [99_999_999], [], ""],
        [1, "f", 1, 1, 0, [], [], ""],
        [1, "f", 1, 1, 0, [0, [1]], [], ""],
        [1, "f", 1, 1, 0, [0], [], "", 10**12],
    ],
)
def test_a_row_that_cannot_be_read_is_lost_alone(row: object) -> None:
    """The others stay; what is no list at all is as if nothing had been written."""
    whole = sight((), listed("## Action items\n- [ ] One\n"), START)
    rows = [row, *plain(whole)]
    assert items_of(json.loads(json.dumps(rows))) == tuple(replace(one, line=0) for one in whole)
    assert items_of("rows") is None


def many(count: int, text: str, owner: str) -> tuple[Sighted, ...]:
    """Items that need all the room that they can."""
    body = "## Action items\n" + "".join(
        f"- [ ] {n} {text} — Owner: @{owner} — Due: 2026-12-01\n" for n in range(count)
    )
    once = sight((), listed(body), START)
    later = (once[0].dues[0], *((START + timedelta(days=n), date(2026, 12, n + 2)) for n in range(MOST_DUES - 1)))
    return tuple(replace(one, dues=later, ticked=True, box_at=START, owners_at=START) for one in once)


RECORDS = tuple(
    Record(n, 1, "defer", "jordan", START, {"items": str(n), "until": "2026-12-01", "text": "because " * 30})
    for n in range(1, 200)
)


LONG = {
    "short": "x",
    "long": "a long text " * 20,
    "wide": "説明" * 100,
    "astral": "🚨" * 100,
    "marked": "<!-- -->" * 20,
}


@pytest.mark.parametrize("name", LONG)
def test_five_hundred_items_fit(name: str) -> None:
    """However long their texts: the ledger stays below its limit, and every number and the newest commands are kept."""
    whole = many(MOST, LONG[name], "a" * 39)
    line = written(Ledger(RECORDS, items=whole))
    assert len(line) <= LONGEST
    found = read(f"\n{line}")
    assert found is not None
    assert [one.number for one in found.items or ()] == list(range(1, MOST + 1))
    assert [one.fingerprint for one in found.items or ()] == [one.fingerprint for one in whole]
    assert RECORDS[-1].place in {record.place for record in found.records}


def test_what_fits_is_not_shortened() -> None:
    """An ordinary list keeps every word."""
    whole = many(4, "Alert on failed payments", "sam")
    assert items_of(plain(whole)) == tuple(replace(one, line=0) for one in whole)
    assert shortened(whole) == whole


def test_what_is_left_out_first() -> None:
    """Long texts, texts and old dates, owners, what is no longer in the text, and when it changed; numbers stay."""
    gone = replace(many(1, "gone " * 30, "sam")[0], number=600, place=0)
    last = replace(gone, number=601)
    items = (*many(2, "word " * 30, "sam"), gone, last)
    steps = [items]
    for briefer in BRIEFER:
        steps.append(briefer(steps[-1]))
    assert [max(len(one.text) for one in step) for step in steps] == [151, 60, 24, 0, 0, 0, 0]
    assert [len(step[0].dues) for step in steps] == [MOST_DUES] * 3 + [2] * 3 + [1]
    assert [step[0].owners for step in steps] == [("sam",)] * 4 + [None] * 3
    assert [len(step) for step in steps] == [4] * 5 + [3] * 2
    assert [step[0].box_at for step in steps] == [START] * 6 + [None]
    assert [one.number for one in steps[-1]] == [1, 2, 601]


def test_a_shortened_memory_still_knows_its_items() -> None:
    """By their words' print and by their place; owners that were not kept are no change."""
    body = "## Action items\n" + "".join(f"- [ ] Thing {n} — Owner: @sam\n" for n in range(9))
    brief = sight((), listed(body), START)
    for briefer in BRIEFER:
        brief = briefer(brief)
    moved = body.replace("- [ ] Thing 3 — Owner: @sam\n", "").replace("Thing 5", "Another matter")
    found = sight(brief, listed(moved + "- [ ] Thing 3 — Owner: @sam\n"), START + timedelta(days=1))
    assert [one.number for one in sorted(found, key=lambda one: one.place)] == [1, 2, 3, 5, 6, 7, 8, 9, 4]
    assert {one.owners_at for one in found} == {None}


def test_the_room_is_the_ledgers_own() -> None:
    """Items leave room for commands, and an older card without items reads as none."""
    assert ROOM < LONGEST
    value = json.loads(written(Ledger())[len(LEDGER_OPENING) : -len(CLOSING)])
    assert "items" not in value
