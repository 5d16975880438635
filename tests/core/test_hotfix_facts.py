"""What an incident hears of its hotfixes: facts in its thread, believed only as the bot left them."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.values import SHA, comment, edited, instant, merged, thread, told, waived

from stanch.core.hotfix_facts import HOTFIX as ORDINARY
from stanch.core.hotfix_facts import (
    LONGEST_TITLE,
    LONGEST_WHY,
    UNDOING,
    HotfixMemory,
    Merged,
    Waived,
    memory_of,
    united,
)
from stanch.core.hotfix_facts import told as heard
from stanch.core.ledger import LONGEST, Ledger, read, written
from stanch.core.rules.facts import Class
from stanch.core.thread import Comment

MERGED = Merged(45, "Round the total", SHA, "main", "hotfix", "morgan", instant(39), (), (), instant(40))
WAIVED = Waived(45, "H006", "jordan", "one generated file", instant(39))
KEY = "12/merged/45"


def kept(*comments: Comment) -> list[Merged | Waived]:
    found = heard(thread(*comments))
    return [*found.merged.values(), *found.waived.values()]


def test_nothing_is_told() -> None:
    """A thread without facts has none, and the memory of none takes no room."""
    assert heard(thread(comment(1, "jordan", "hello", 3))) == HotfixMemory()
    assert HotfixMemory().plain() == {}
    assert "hotfixes" not in written(Ledger())


def test_the_bot_s_own_facts_are_believed() -> None:
    """With every value that they bear, and the second in which they were told."""
    assert kept(merged(1, 40)) == [MERGED]
    assert kept(waived(2, 40)) == [WAIVED]
    (one,) = kept(merged(1, 40, open=["H003", "H003"], skipped=["H005"], **{"class": "pure revert"}))
    assert isinstance(one, Merged)
    assert (one.open, one.skipped, one.kind, one.contains) == (("H003",), ("H005",), "pure revert", "rollback")


def test_the_classes_are_those_of_the_gate() -> None:
    """What the gate calls a change is what is understood here."""
    assert {ORDINARY, *UNDOING} == {one.value for one in Class}
    assert set(UNDOING) == {one.value for one in Class if one.undoes}


@pytest.mark.parametrize(
    "one",
    [
        replace(merged(1, 40), ours=False),
        edited(merged(1, 40), "kim", 41),
        comment(1, "kim", merged(1, 40).body, 40),
        comment(1, "github-actions", "words\n" + merged(1, 40).body, 40),
        comment(1, "github-actions", merged(1, 40).body.replace("12/merged", "13/merged"), 40),
        comment(1, "github-actions", merged(1, 40).body.replace("12/merged", "12/call"), 40),
    ],
    ids=["another account", "edited", "a person", "not first", "another thread", "another key"],
)
def test_nobody_else_s_facts_are(one: Comment) -> None:
    """A fact counts in the bot's own untouched comment, with the key of this thread, and nowhere else."""
    assert kept(one) == []


def test_a_second_copy_changes_nothing() -> None:
    """Two runs raced: the older comment is the one that was heard."""
    assert kept(merged(3, 42, title="Other"), merged(1, 40)) == [MERGED]


ODD: list[dict[str, object]] = [
    *({"pull": odd} for odd in (44, "45", True, None, 45.0)),
    *({"kind": odd} for odd in ("waiver", None, ["merged"])),
    *({"sha": odd} for odd in ("4d5e", SHA.upper(), SHA + "0", None, "$(id)" * 8)),
    *({"class": odd} for odd in ("flag", "", None)),
    *({"base": odd} for odd in ("", "x" * 256, None)),
    *({"by": odd} for odd in ("a b", "@org/team", "<b>", 7)),
    *({"at": odd} for odd in (-1, 10**18, "1", None, True, float("inf"))),
    *({"open": odd} for odd in ("H003", ["h3"], [3], None, {"H003": 1}, ["H003\n@kim"])),
    {"title": None},
    {"skipped": 3},
]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_a_fact_of_another_shape_is_lost_alone(odd: dict[str, object]) -> None:
    """The one beside it counts, in the thread and in the card's memory."""
    assert kept(told(1, KEY, MERGED.plain() | odd, 40), waived(2, 40)) == [WAIVED]
    plain = HotfixMemory({}, {KEY: MERGED, "12/merged/46": replace(MERGED, pull=46)}).plain()
    plain["merged"][KEY] |= odd
    assert set(memory_of(plain).merged) == {"12/merged/46"}


@pytest.mark.parametrize("fact", [None, 3, "x", [], [1], {}, {"kind": "merged"}, [[[[]]]], {"kind": {}}])
def test_what_is_no_fact_at_all_is_none(fact: object) -> None:
    """A list, a number, nothing: no error, and no fact."""
    assert kept(told(1, KEY, fact, 40), told(2, "12/waiver/45/2/1", fact, 40)) == []
    assert memory_of(fact) == HotfixMemory()
    assert memory_of({"merged": fact, "waived": {KEY: fact}}) == HotfixMemory()


def test_a_deleted_account_is_nobody_in_particular() -> None:
    """GitHub no longer says who merged: the fact counts all the same."""
    (one,) = kept(merged(1, 40, by=""))
    assert one.by == "ghost"


def test_long_texts_are_cut() -> None:
    """Nobody fills the card's memory with one waiver."""
    (fact,) = kept(merged(1, 40, title="x" * 9_000))
    (waiver,) = kept(waived(2, 40, why="x" * 9_000))
    assert isinstance(fact, Merged)
    assert isinstance(waiver, Waived)
    assert (len(fact.title), len(waiver.why)) == (LONGEST_TITLE, LONGEST_WHY)


MOMENT = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
TEXT = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    ["-->", "<!-- x", "@org/team", "\n# x", "|"]
)
FACTS = st.integers(1, 9).flatmap(
    lambda n: st.builds(
        replace,
        st.just(replace(MERGED, pull=n)),
        title=TEXT,
        heard=MOMENT,
        contained=st.sampled_from(["", "C1", "C12"]),
        live=st.none() | MOMENT,
    )
)
MEMORY = st.builds(
    lambda merges, why: HotfixMemory(
        {"12/waiver/45/9/1": replace(WAIVED, why=why)}, {f"12/merged/{one.pull}": one for one in merges}
    ),
    st.lists(FACTS, max_size=4),
    TEXT,
)


@given(MEMORY)
@settings(max_examples=80)
def test_what_the_card_remembers_is_read_again(memory: HotfixMemory) -> None:
    """Every value, whatever its texts hold."""
    assert read(f"m\n{written(Ledger(hotfixes=memory))}\nwords") == Ledger(hotfixes=memory)


@given(MEMORY, MEMORY)
@settings(max_examples=60)
def test_two_memories_unite(one: HotfixMemory, other: HotfixMemory) -> None:
    """No fact is lost, nor when it arrived; again changes nothing."""
    whole = united(one, other)
    assert set(whole.merged) == {*one.merged, *other.merged}
    assert {*one.arrived} <= {*whole.arrived}
    assert united(united(whole, one), other) == whole


@pytest.mark.parametrize(("name", "odd"), [("live", "x"), ("live", -1), ("contained", "9"), ("contained", ["C1"])])
def test_what_is_torn_beside_a_fact_is_asked_again(name: str, odd: object) -> None:
    """When it arrived and what it contains can be told anew; the fact itself stays."""
    plain = HotfixMemory({}, {KEY: replace(MERGED, contained="C1", live=instant(50))}).plain()
    plain["merged"][KEY][name] = odd
    found = memory_of(json.loads(json.dumps(plain))).merged[KEY]
    assert getattr(found, name) in {None, ""}
    assert (found.pull, found.heard) == (45, instant(40))


def test_very_many_facts_leave_room() -> None:
    """The newest are remembered, with short texts where need be; the ledger stays within its bounds."""
    waivers = {f"12/waiver/45/{n}/1": replace(WAIVED, why="\U0001f525" * 300, at=instant(n)) for n in range(1, 200)}
    merges = {f"12/merged/{n}": replace(MERGED, pull=n, title="\u6f22" * 120, at=instant(n)) for n in range(1, 90)}
    line = written(Ledger(hotfixes=HotfixMemory(waivers, merges)))
    found = read(f"m\n{line}")
    assert len(line.encode()) <= LONGEST
    assert found is not None
    assert {"12/waiver/45/199/1"} <= set(found.hotfixes.waived)
    assert "12/waiver/45/1/1" not in found.hotfixes.waived
    assert "12/merged/89" in found.hotfixes.merged
