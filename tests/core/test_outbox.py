"""The outbox: what is written is read, copies merge in any order, and of each lane the newest stands for all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.core.ledger import Ledger, merged, read, written
from stanch.core.outbox import Outbox, Receipt, State, contact, newest, outbox_of, passed, plain, settled, united

LANES = ("12/announce/slack/declared", "12/announce/slack/escalated", "12/announce/pagerduty/declared")
KEY = st.builds(lambda lane, n: f"{lane}/2026111{n}T020000Z", st.sampled_from(LANES), st.integers(0, 4))
RECEIPT = st.builds(
    Receipt, st.sampled_from(State), st.integers(0, 10**9), st.sampled_from(["", "1.2"]), st.sampled_from(["", "C1"]),
    st.sampled_from(["", "abc"]), st.integers(0, 5),
)  # fmt: skip
OUTBOX = st.dictionaries(KEY, RECEIPT, max_size=8).map(newest)


@given(OUTBOX)
@settings(max_examples=100)
def test_what_is_written_is_read(outbox: Outbox) -> None:
    """Alone and in a card; an empty one leaves no trace in it."""
    assert outbox_of(plain(outbox)) == outbox
    assert read(f"m\n{written(Ledger(outbox=outbox))}") == Ledger(outbox=outbox)
    assert ("outbox" in written(Ledger(outbox=outbox))) is bool(outbox)


@given(OUTBOX, OUTBOX, OUTBOX)
@settings(max_examples=100)
def test_copies_merge_in_any_order(one: Outbox, two: Outbox, three: Outbox) -> None:
    """As far as is known of each, and merging again changes nothing."""
    states = [
        {key: receipt.state for key, receipt in united(united(a, b), c).items()}
        for a, b, c in ((one, two, three), (three, one, two), (two, three, one))
    ]
    assert states[0] == states[1] == states[2]
    whole = united(one, two)
    assert united(whole, one) == united(whole, two) == whole
    assert merged([Ledger(outbox=one), Ledger(outbox=two)]).outbox == whole


def test_a_newer_one_stands_for_all_before_it() -> None:
    """What came before it is no news; another kind and another service are."""
    old, new = f"{LANES[0]}/20261117T020000Z", f"{LANES[0]}/20261117T030000Z"
    outbox = {new: Receipt(State.OWED, 5)}
    assert newest({old: Receipt(State.SENT), **outbox}) == outbox
    assert (passed(old, outbox), passed(new, outbox), passed(f"{LANES[1]}/2026", outbox)) == (True, False, False)
    assert (contact("slack", outbox), contact("pagerduty", outbox), contact("slack", {})) == (5, None, None)


def test_what_was_being_tried_may_have_arrived() -> None:
    """At the beginning of the next run nobody knows."""
    key = f"{LANES[0]}/20261117T020000Z"
    assert settled({key: Receipt(State.TRYING, 7)}) == {key: Receipt(State.UNKNOWN, 7)}
    assert settled({key: Receipt(State.OWED, 7)}) == {key: Receipt(State.OWED, 7)}


@pytest.mark.parametrize(
    "odd", [None, 3, "x", [], ["gone"], ["sent", "x"], ["sent", -1], ["sent", 1, "", "", "", "x"], {}]
)
def test_one_that_cannot_be_read_is_lost_alone(odd: object) -> None:
    """The others count; what is no outbox is an empty one."""
    good = {f"{LANES[0]}/20261117T020000Z": Receipt(State.SENT, 7)}
    assert outbox_of({**plain(good), "odd": odd}) == good
    assert outbox_of(odd) == {}
