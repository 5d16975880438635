"""What the gate's card remembers beside commands: it comes back as it was, and what is torn is lost alone."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pulls import GOOD, HEAD, NEXT_HEAD, PROVEN, facts, pull_case, verdict

from stanch.core.gate_memory import KEPT, NOTHING_SEEN, Bound, GateMemory, Head, memory_of, merged
from stanch.core.gathered import proof_to_read
from stanch.core.ledger import LONGEST, Ledger, read, written
from stanch.core.ledger import merged as merged_ledgers
from stanch.core.proof import Proof, ProofVerdict
from stanch.core.rules.facts import ProofState

TEXT = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(["-->", "<!-- x", "--", "\n"])
MOMENT = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
MEMORY = st.builds(
    GateMemory,
    st.dictionaries(TEXT, st.builds(Bound, TEXT, TEXT), max_size=4),
    st.dictionaries(TEXT, st.builds(Head, st.frozensets(TEXT, max_size=3), TEXT, MOMENT), max_size=KEPT),
    st.dictionaries(
        TEXT,
        st.tuples(
            st.integers(1, 10**12),
            st.builds(Proof, st.sampled_from(ProofVerdict), TEXT, st.lists(TEXT, max_size=3).map(tuple)),
        ),
        max_size=KEPT,
    ),
    st.none() | st.lists(st.sampled_from(["H001", "H004", "H013"]), max_size=3, unique=True).map(sorted).map(tuple),
    st.integers(0, 99),
)
WHOLE = pull_case(GOOD).memory


def kept(memory: GateMemory) -> GateMemory:
    """What a card brings back of it."""
    found = read(f"\n{written(Ledger(gate=memory))}\nwords")
    assert found is not None
    return found.gate


@given(MEMORY)
def test_what_is_written_is_read(memory: GateMemory) -> None:
    """Every part, to the second, whatever its texts."""
    assert kept(memory) == memory


def test_an_empty_memory_leaves_no_trace() -> None:
    """Cards of incidents carry nothing of it."""
    assert GateMemory().plain() == {}
    assert "gate" not in written(Ledger())


def test_the_memory_of_a_look_is_whole() -> None:
    """What was approved, who had pushed, and the proof."""
    assert set(WHOLE.bound) == {"R_jordan_40"}
    assert WHOLE.heads[HEAD].by == {"alex"}
    assert WHOLE.proofs == {HEAD: (7, PROVEN)}
    assert kept(WHOLE) == WHOLE


TORN: tuple[object, ...] = (None, 7, "text", [], {}, ["a"], list("abcd"), [["a"], "b", -5], [["a"], "b", 10**30],
                            ["alex", "b", 5], [None, None, None], [7, None], ["x", {}], [7, {"v": 2}])  # fmt: skip


@pytest.mark.parametrize("part", ["bound", "heads", "proofs"])
@pytest.mark.parametrize("torn", TORN, ids=range(len(TORN)))
def test_a_torn_entry_is_lost_alone(part: str, torn: object) -> None:
    """Its neighbours are read; nothing that is no proof is taken for one, and no text for a list."""
    plain = json.loads(json.dumps(WHOLE.plain()))
    plain[part]["torn"] = torn
    assert memory_of(plain) == WHOLE


@pytest.mark.parametrize(
    "torn",
    [
        None,
        7,
        "text",
        [],
        [[]],
        {"bound": 7},
        {"heads": []},
        {"proofs": "x"},
        {"audit": 7},
        {"held": "12"},
        {"held": True},
        {"held": -1},
    ],
)
def test_a_torn_memory_is_empty(torn: object) -> None:
    """Whatever its shape."""
    assert memory_of(torn) == GateMemory()


def test_a_torn_proof_is_read_again() -> None:
    """It is as if nobody had read it: the run is asked once more, and until then nothing is proven."""
    plain = json.loads(json.dumps(WHOLE.plain()))
    plain["proofs"][HEAD][1] = {"v": 99}
    torn = replace(GOOD, memory=memory_of(plain), fresh_proof=None)
    assert proof_to_read(torn) == GOOD.pull.runs[0]
    assert facts(torn).proving.state is ProofState.MISSING


@given(MEMORY, MEMORY)
def test_two_copies_are_one_in_either_order(one: GateMemory, other: GateMemory) -> None:
    """A union: what either knows is known, and which of them comes first does not matter."""
    assert merged(one, other) == merged(other, one)
    assert merged(one, one) == one
    assert merged(one, GateMemory()) == one
    assert merged(one, other).bound.keys() == one.bound.keys() | other.bound.keys()
    assert merged_ledgers([Ledger(gate=one), Ledger(gate=other)]).gate == merged(one, other)


def test_where_two_copies_differ_the_stricter_one_holds() -> None:
    """An approval that was bound to two things holds for neither; whoever either saw pushing has pushed."""
    at = datetime(2026, 11, 17, 3, tzinfo=UTC)
    one = GateMemory(
        {"R": Bound("1", "2"), "S": Bound("3", "4")},
        {HEAD: Head(frozenset({"alex"}), "alex", at)},
        {HEAD: (7, PROVEN)},
        ("H004",),
    )
    other = GateMemory(
        {"R": Bound("9", "2"), "S": Bound("3", "4")},
        {HEAD: Head(frozenset({"sam"}), "sam", at.replace(hour=4))},
        {HEAD: (7, replace(PROVEN, verdict=ProofVerdict.NOT_FIXED))},
        ("H006",),
    )
    both = merged(one, other)
    assert both.bound == {"R": NOTHING_SEEN, "S": Bound("3", "4")}
    assert both.heads[HEAD] == Head(frozenset({"alex", "sam"}), "sam", at.replace(hour=4))
    assert both.proofs[HEAD][1].verdict is ProofVerdict.NOT_FIXED
    assert both.audit == ("H004", "H006")


def test_only_the_newest_heads_are_kept() -> None:
    """And the one that was just looked at is among them."""
    old = {f"{n:040x}": Head(frozenset({"x"}), "x", datetime(2026, 1, 1, tzinfo=UTC)) for n in range(9)}
    memory = pull_case(replace(GOOD, memory=GateMemory(heads=old))).memory
    back = kept(memory)
    assert len(back.heads) == KEPT
    assert HEAD in back.heads


def test_a_memory_that_is_too_large_sheds_what_can_be_had_again() -> None:
    """Test names are the author's: proofs go first, approvals and pushers stay."""
    names = tuple("\u202e" * 200 for _ in range(20))
    large = replace(PROVEN, tests=names, failing=names, coupled=names, removed=names, flaky=names)
    text = written(Ledger(gate=replace(WHOLE, proofs={HEAD: (7, large), NEXT_HEAD: (8, large)})))
    assert len(text) <= LONGEST
    back = read(f"\n{text}")
    assert back is not None
    assert (back.gate.bound, back.gate.heads, back.gate.proofs) == (WHOLE.bound, WHOLE.heads, {})


def test_an_approval_survives_the_card() -> None:
    """The same verdict before and after the ledger was written and read, and none once it is lost and pushed over."""
    again = replace(GOOD, memory=kept(WHOLE), pushes=None, fresh_proof=None)
    assert verdict(again, "H004") == "pass/approved"
    assert verdict(again, "H003") == "pass/proven"
