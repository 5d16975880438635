"""The ledger: what is written is read, copies merge, and a full one shrinks instead of breaking."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.values import START, instant

from stanch.core.ledger import LONGEST, Change, Ledger, Record, merged, read, written
from stanch.core.marker import CLOSING, LEDGER_OPENING, hidden

TEXT = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(["-->", "<!-- x", "--", "\n"])
MOMENT = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
RECORD = st.builds(
    Record,
    st.integers(1, 10**12),
    st.integers(1, 500),
    st.sampled_from(["ack", "update", "contain"]),
    TEXT,
    MOMENT,
    st.dictionaries(st.sampled_from(["text", "what", "kind"]), TEXT, max_size=3),
    st.sampled_from(["", "not-allowed", "no-text"]),
    st.dictionaries(st.sampled_from(["typed", "meant"]), TEXT, max_size=2),
)
CHANGE = st.builds(Change, st.sampled_from(["deployment", "merge"]), TEXT, MOMENT, TEXT, TEXT, TEXT, TEXT, TEXT)
CHANGED = Change("merge", "7", START, "Round totals", "9a1b", "morgan", "", "")
NUMBERS = st.dictionaries(TEXT, st.integers(-1, 10**12), max_size=4)
LEDGER = st.builds(
    Ledger,
    st.lists(RECORD, max_size=6, unique_by=lambda one: one.place).map(
        lambda found: tuple(sorted(found, key=lambda r: (r.at, r.comment_id, r.line)))
    ),
    NUMBERS,
    NUMBERS,
    st.dictionaries(TEXT, st.booleans(), max_size=3),
    st.lists(CHANGE, max_size=3, unique_by=lambda one: (one.kind, one.id)).map(tuple),
    st.integers(0, 9),
    st.none() | MOMENT.filter(lambda at: at.timestamp() > 0),
)


@given(LEDGER)
@settings(max_examples=100)
def test_what_is_written_is_read(ledger: Ledger) -> None:
    """Every field comes back, also with `-->` and line ends in its texts."""
    assert read(f"marker\n{written(ledger)}\nwords") == ledger


@given(LEDGER, LEDGER)
@settings(max_examples=60)
def test_copies_merge_to_one_union(one: Ledger, other: Ledger) -> None:
    """Nothing that either copy knew is lost, and merging again changes nothing."""
    whole = merged([one, other])
    assert whole.places == one.places | other.places
    assert set(whole.delivered) == {*one.delivered, *other.delivered}
    assert set(whole.children) == {*one.children, *other.children}
    assert merged([whole, one, other]) == whole


def test_the_first_copy_has_the_last_word() -> None:
    """Where two copies differ, the one that stays is believed."""
    one = Ledger((Record(1, 1, "ack", "alex", START),), {"k": 1}, explained=1)
    other = Ledger((Record(1, 1, "ack", "kim", START),), {"k": 2}, explained=3, adopted=START)
    assert merged([one, other]) == replace(one, explained=3, adopted=START)


def test_nothing_merges_to_nothing() -> None:
    """No card, no memory."""
    assert merged([]) == Ledger()


@pytest.mark.parametrize("text", ["x" * 4_000, "-->" * 1_300, "\u6f22" * 4_000])
@pytest.mark.parametrize("count", [12, 400])
def test_a_full_ledger_shrinks_and_stays_readable(text: str, count: int) -> None:
    """Above 40,000 bytes old texts get short, then old commands go; the newest command is kept."""
    full = Ledger(tuple(Record(n, 1, "update", "alex", instant(n), {"text": text}) for n in range(1, count)))
    line = written(full)
    found = read(f"m\n{line}")
    assert len(line.encode()) <= LONGEST
    assert found is not None
    assert found.records[-1].place == full.records[-1].place
    assert written(found) == line


def test_a_ledger_full_of_notices_shrinks_too() -> None:
    """What was deleted is kept longest, because no marker tells of it any more."""
    notices = {f"12/refused/{n:09}": n for n in range(1, 3_000)}
    found = read(f"m\n{written(Ledger(delivered={**notices, '12/update/gone': 0, '12/assign/alex': -1}))}")
    assert found is not None
    assert {"12/update/gone", "12/assign/alex", "12/refused/000002999"} <= set(found.delivered)
    assert "12/refused/000000001" not in found.delivered


@pytest.mark.parametrize(
    "line",
    [
        '<!-- stanch-ledger {"v":2} -->',
        '<!-- stanch-ledger {"v":1} -->',
        '<!-- stanch-ledger {"v":1,"records":3,"delivered":{},"children":{},"declarations":{},"changes":[],'
        '"explained":0,"adopted":null} -->',
        f"<!-- stanch-ledger {'[' * 50_000} -->",
        f"<!-- stanch-ledger {'9' * 9_000} -->",
        "<!-- stanch-ledger [] -->",
        "<!-- stanch-ledger null -->",
        "words",
    ],
)
def test_a_torn_or_unknown_ledger_is_none(line: str) -> None:
    """Another version, missing fields and what no ledger looks like are not guessed at."""
    assert read(f"m\n{line}\n") is None


ODD = [
    *(None, 3, "x", [], [1], {}, [1, 2, 3]),
    [[], 1, "ack", "alex", 0, {}, "", {}],
    [1, 1, "ack", "alex", 10**18, {}, "", {}],
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", ["records", "changes"])
def test_one_entry_that_cannot_be_read_is_lost_alone(odd: object, place: str) -> None:
    """The others count: a short row, a wrong type or a year that does not exist costs nothing else."""
    whole = Ledger((Record(1, 1, "ack", "alex", START),), {"k": 1}, changes=(CHANGED,))
    value = json.loads(written(whole)[len(LEDGER_OPENING) : -len(CLOSING)])
    value[place].insert(0, odd)
    assert read(f"m\n{hidden(value)}") == whole


@pytest.mark.parametrize("odd", [None, "x", [], {}, 10**18, -1, float("inf"), float("nan")])
@pytest.mark.parametrize("place", ["delivered", "children", "explained", "adopted"])
def test_one_number_that_cannot_be_read_is_lost_alone(odd: object, place: str) -> None:
    """What cannot be counted or is no instant counts as not written."""
    whole = Ledger((Record(1, 1, "ack", "alex", START),), {"k": 1})
    value = json.loads(written(whole)[len(LEDGER_OPENING) : -len(CLOSING)])
    value[place] = odd if place in {"explained", "adopted"} else {**value[place], "odd": odd}
    found = read(f"m\n{hidden(value)}")
    assert found is not None
    assert (found.records, found.delivered["k"]) == (whole.records, 1)
    assert found.adopted is None
