"""Items keep their numbers, whatever happens to their words; of what is said of one, the newest word holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from tests.steps import grows, steps
from tests.values import START

from stanch.core.action_list import ActionItem, items
from stanch.core.following import Ended, Ending, Followed, follow
from stanch.core.ledger import Record
from stanch.core.likeness import words
from stanch.core.sighting import MOST, MOST_GONE, Sighted, sight

HEAD = "## Action items\n\n"
THREE = """\
- [ ] Alert on failed payments — Owner: @morgan — Due: 2026-12-01
- [ ] Test the rollback every month — Owner: @jordan — Due: 2026-12-02
- [ ] Write the runbook for checkout — Owner: @sam — Due: 2026-12-03
"""


def at(day: float) -> datetime:
    return START + timedelta(days=day)


@dataclass
class Life:
    """A text that is looked at whenever it was changed, and what was said beside it."""

    known: tuple[Sighted, ...] = ()
    said: list[Record] = field(default_factory=list)
    day: float = 0

    def now(self, text: str) -> "Life":
        """A day later the text reads like this."""
        self.day += 1
        self.known = sight(self.known, items(HEAD + text), at(self.day))
        return self

    def then(self, verb: str, numbers: str, **arguments: str) -> "Life":
        """A day later somebody says this."""
        self.day += 1
        made = {"items": numbers, **arguments}
        self.said.append(Record(len(self.said) + 1, 1, verb, "alex", at(self.day), made))
        return self

    def all(self, **links: datetime) -> tuple[Followed, ...]:
        ends = {int(number[1:]): Ended(Ending.DONE, when, why="#31") for number, when in links.items()}
        return follow(self.known, self.said, ends)

    def of(self, number: int, **links: datetime) -> Followed:
        return next(one for one in self.all(**links) if one.number == number)


def numbered(life: Life) -> dict[str, int]:
    """The numbers of what stands in the text, by the first two words."""
    return {" ".join(one.text.split()[:2]): one.number for one in life.all() if one.line}


def how(life: Life) -> list[str]:
    """What became of every item, in the order of their numbers."""
    return [one.ended.how.value if one.ended else "open" for one in life.all()]


def test_nothing_to_do() -> None:
    """No text, no items; a second look at one text changes nothing."""
    assert sight((), (), at(1)) == ()
    once = Life().now(THREE).known
    assert sight(once, items(HEAD + THREE), at(9)) == once


def test_numbers_are_the_order_in_which_they_were_first_seen() -> None:
    """The text's order at the first look, then whatever comes, wherever it is put."""
    life = Life().now(THREE)
    assert numbered(life) == {"Alert on": 1, "Test the": 2, "Write the": 3}
    life.now("- [ ] Page somebody at night\n" + THREE)
    assert numbered(life) == {"Page somebody": 4, "Alert on": 1, "Test the": 2, "Write the": 3}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] Alert on failed payments", "- [x] Alert on failed payments"),
        ("Alert on failed payments", "**Alert** on failed `payments`!"),
        ("Alert on failed payments", "Alert on payments that failed twice"),
        ("Alert on failed payments", "Send an alert on failed payments to the channel"),
        ("Alert on failed payments", "Alret on faield payment"),
        ("Alert on failed payments — Owner: @morgan — Due: 2026-12-01", "Alert on failed payments — Due: 2027-01-01"),
        ("Test the rollback every month", "Rehearse going back"),
        ("Write the runbook for checkout", "Say what to do at night"),
    ],
    ids=["ticked", "marked up", "reworded", "longer", "typos", "handed on and moved", "the middle", "the last"],
)
def test_an_item_that_was_edited_keeps_its_number(before: str, after: str) -> None:
    """Its words, its box, its owner, its date: as long as half of the words or its place between others are left."""
    life = Life().now(THREE).now(THREE.replace(before, after))
    assert [one.number for one in life.all()] == [1, 2, 3]
    assert [one.line for one in life.all()] == [3, 4, 5]


def test_an_item_that_was_moved_keeps_its_number() -> None:
    """Whatever the new order is, also with a word changed in each."""
    one, two, three = THREE.splitlines(keepends=True)
    life = Life().now(THREE).now(three + one + two)
    assert numbered(life) == {"Write the": 3, "Alert on": 1, "Test the": 2}
    life.now((two + three + one).replace("checkout", "the till").replace("failed", "lost").replace("month", "week"))
    assert numbered(life) == {"Test the": 2, "Write the": 3, "Alert on": 1}


def test_what_is_taken_out_ends_and_comes_back_as_itself() -> None:
    """The deletion ends it; its words bring its number back; what comes instead in another place is new."""
    one, two, three = THREE.splitlines(keepends=True)
    life = Life().now(THREE).now(one + three)
    assert (how(life), life.of(2).line) == (["open", "gone", "open"], 0)
    assert life.of(2).ended == Ended(Ending.GONE, at(2))
    life.now(one + three + "- [ ] Buy a second gateway\n")
    assert numbered(life)["Buy a"] == 4
    life.now(one + three + "- [ ] Buy a second gateway\n" + two)
    assert (how(life), numbered(life)["Test the"]) == (["open"] * 4, 2)


def test_a_number_is_never_given_twice() -> None:
    """Not even when the last one went and another comes, and not after hundreds went."""
    life = Life().now(THREE).now(THREE.replace(THREE.splitlines(keepends=True)[2], ""))
    life.now(THREE.replace("Write the runbook for checkout — Owner: @sam — Due: 2026-12-03", "Something else entirely"))
    assert [one.number for one in life.all()] == [1, 2, 3, 4]
    for n in range(2 * MOST_GONE):
        life.now(f"- [ ] Solitary{n} thing{n} number{n} — Owner: @o{n} — Due: 20{10 + n % 80}-01-01\n")
    assert max(one.number for one in life.all()) == 4 + 2 * MOST_GONE
    assert len(life.known) == MOST_GONE + 1


def test_the_same_text_five_times_is_five_items() -> None:
    """Told apart by owner and date, then by their order; what is taken out is the one that fits."""
    line = "- [ ] Check a region — Owner: @{} — Due: 2026-12-01\n"
    five = [line.format(who) for who in ("alex", "jordan", "morgan", "sam", "riley")]
    life = Life().now("".join(five)).now("".join(five[:2] + five[3:]))
    assert [one.number for one in life.all() if one.ended] == [3]
    life.now("".join(reversed(five)))
    assert [one.number for one in sorted(life.all(), key=lambda one: one.line)] == [5, 4, 3, 2, 1]
    plain = Life().now("- [ ] Check a region\n" * 5).now("- [ ] Check a region\n" * 4)
    assert how(plain) == ["open"] * 4 + ["gone"]


def test_nothing_is_taken_for_what_it_only_resembles() -> None:
    """Another owner and another date in its place: only its words could tell, and they are others."""
    other = "- [ ] Buy gateways — Owner: @kim — Due: 2027-05-05\n"
    life = Life().now(THREE).now(THREE.replace(THREE.splitlines(keepends=True)[1], other))
    assert how(life) == ["open", "gone", "open", "open"]
    assert numbered(life)["Buy gateways"] == 4


def test_two_edits_between_two_looks_are_one() -> None:
    """One person ticks the first, another rewords the second and takes out the third: each is seen for itself."""
    one, two, _ = THREE.splitlines(keepends=True)
    life = Life().now(THREE).now(one.replace("[ ]", "[x]") + two.replace("every month", "each Monday"))
    assert how(life) == ["done", "open", "gone"]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("支払いの失敗を通知する", "支払いの失敗を必ず通知する"),
        ("Оповещать про сбои оплаты", "Оповещать сразу про сбои оплаты"),
        ("Larma vid misslyckade betalningar", "Larma alltid vid misslyckade betalningar"),
    ],
    ids=["without spaces", "cyrillic", "swedish"],
)
def test_likeness_is_seen_in_every_script(text: str, other: str) -> None:
    """Also where no spaces stand between words."""
    lines = "- [ ] First\n- [ ] {}\n", "- [ ] {}\n- [ ] Zeroth thing\n- [ ] First\n"
    life = Life().now(lines[0].format(text)).now(lines[1].format(other))
    assert next(one.number for one in life.all() if one.text == other) == 2


@pytest.mark.parametrize(
    ("before", "after", "number"),
    [
        (" — Owner: @kim", " — Owner: @kim", 2),
        (" — Due: 2026-12-02", " — Due: 2026-12-02", 2),
        (" — Owner: @kim — Due: 2026-12-02", " — Owner: @kim — Due: 2026-12-02", 2),
        ("", "", 4),
        (" — Owner: @kim", " — Owner: @sam", 4),
        (" — Due: 2026-12-02", " — Due: 2026-12-09", 4),
        (" — Owner: @kim — Due: 2026-12-02", " — Owner: @kim — Due: 2026-12-09", 4),
    ],
)
def test_a_place_alone_makes_no_item_the_same(before: str, after: str, number: int) -> None:
    """With no word in common, it takes the same owner and the same date, and one of them has to be known."""
    lines = "- [ ] First thing\n- [ ] {}\n- [ ] Last one\n"
    life = Life().now(lines.format(f"Alert on payments{before}")).now(lines.format(f"Buy another clock{after}"))
    assert numbered(life)["Buy another"] == number


def test_only_the_first_words_are_compared() -> None:
    """However long a text is."""
    assert len(words(" ".join(f"w{n}" for n in range(9_999)))) == 24
    assert words("") == words("!?") == frozenset()


STATES: list[tuple[str, list[tuple[str, ...]], str]] = [
    ("as it was written", [], "open"),
    ("ticked", [("text", "[ ] Test", "[x] Test")], "done"),
    ("ticked and unticked", [("text", "[ ] Test", "[x] Test"), ("text", "[x] Test", "[ ] Test")], "open"),
    ("said to be done", [("done", "2")], "done"),
    ("said to be done, then ticked", [("done", "2"), ("text", "[ ] Test", "[x] Test")], "done"),
    (
        "said to be done, ticked, unticked",
        [("done", "2"), ("text", "[ ] Test", "[x] Test"), ("text", "[x] Test", "[ ] Test")],
        "open",
    ),
    ("said to be done, then reworded", [("done", "2"), ("text", "Test the", "Test each")], "done"),
    ("said to be done, then taken out", [("done", "2"), ("text", "- [ ] Test the rollback every month", "")], "done"),
    ("dropped", [("drop", "2")], "dropped"),
    ("dropped, then done after all", [("drop", "2"), ("text", "[ ] Test", "[x] Test")], "done"),
    ("dropped, ticked, unticked", [("drop", "2"), ("text", "[ ] Test", "[x] T"), ("text", "[x] T", "[ ] T")], "open"),
    ("deferred", [("defer", "2")], "open"),
    ("taken out", [("text", "- [ ] Test the rollback every month", "")], "gone"),
    (
        "ticked, then taken out",
        [("text", "[ ] T", "[x] T"), ("text", "- [x] Test the rollback every month", "")],
        "done",
    ),
]


def lived(happened: Sequence[tuple[str, ...]]) -> Life:
    """What became of three items: changes of the text, and commands, with everything that one of them may need."""
    life, text = Life().now(THREE), THREE
    for kind, *rest in happened:
        if kind == "text":
            text = text.replace(rest[0], rest[1])
            life.now(text)
        else:
            life.then(kind, rest[0], until="2027-01-01", login="kim", text="why")
    return life


@pytest.mark.parametrize(("happened", "ended"), [(what, end) for _, what, end in STATES], ids=[n for n, _, _ in STATES])
def test_the_state_of_an_item(happened: Sequence[tuple[str, ...]], ended: str) -> None:
    """What becomes of the second item; the others stay as they are."""
    assert how(lived(happened)) == ["open", ended, "open"]


LINK = at(1.5)


@pytest.mark.parametrize(
    ("happened", "ended"),
    [
        ([], "done"),
        ([("defer", "2")], "open"),
        ([("assign", "2")], "open"),
        ([("drop", "2")], "dropped"),
        ([("text", "[ ] Test", "[x] Test"), ("text", "[x] Test", "[ ] Test")], "open"),
    ],
    ids=["alone", "deferred since", "assigned since", "dropped since", "unticked since"],
)
def test_linked_work_ends_an_item_until_somebody_says_otherwise(happened: list[tuple[str, ...]], ended: str) -> None:
    """It is a word like the others: the newest one holds."""
    item = lived(happened).of(2, _2=LINK)
    assert (item.ended.how.value if item.ended else "open") == ended


def test_what_is_linked_is_named() -> None:
    """The reason why it is done is the linked work."""
    assert Life().now(THREE).of(2, _2=LINK).ended == Ended(Ending.DONE, LINK, why="#31")


def redated(life: Life, day: str) -> None:
    life.now(THREE.replace("2026-12-02", day))


def test_a_date_that_moves_later_is_counted() -> None:
    """By command or in the text alike; an earlier one is none, nor is the first one, nor the same one twice."""
    life = Life().now(THREE)
    life.then("defer", "2", until="2026-12-10", text="waits")
    redated(life, "2026-12-20")
    life.then("defer", "2", until="2026-12-20", text="the same")
    redated(life, "2026-12-05")
    found = life.of(2)
    assert found.due == date(2026, 12, 5)
    assert [(one.before.day, one.after.day, one.why) for one in found.deferrals] == [(2, 10, "waits"), (10, 20, "")]
    undated = Life().now("- [ ] Some thing to do\n").now("- [ ] Some thing to do — Due: 2026-12-01\n")
    assert undated.of(1).deferrals == ()


def test_a_date_that_was_taken_out_in_between_is_remembered() -> None:
    """Taking a date out and putting a later one in is a deferral all the same."""
    life = Life().now(THREE).now(THREE.replace(" — Due: 2026-12-02", ""))
    assert life.of(2).due is None
    redated(life, "2026-12-09")
    assert [one.after.day for one in life.of(2).deferrals] == [9]


def test_the_newest_word_on_the_owner_holds() -> None:
    """A command, then the text, then a command; the text's spelling of the same person is no word."""
    life = Life().now(THREE).then("assign", "2", login="kim")
    assert life.of(2).owners == ("kim",)
    life.now(THREE.replace("@jordan", "@Jordan"))
    assert life.of(2).owners == ("kim",)
    life.now(THREE.replace("@jordan", "@riley"))
    assert life.of(2).owners == ("riley",)
    assert life.then("assign", "2", login="sam").of(2).owners == ("sam",)


def test_what_was_said_of_an_item_before_its_text_was_last_read_counts() -> None:
    """Of the words at first sight nobody knows how old they are, so every command is newer."""
    life = Life(day=5)
    life.said = [
        Record(1, 1, "defer", "alex", at(1), {"items": "1", "until": "2027-02-02", "text": "x"}),
        Record(1, 2, "assign", "alex", at(1), {"items": "1", "login": "kim"}),
        Record(2, 1, "done", "alex", at(2), {"items": "1"}),
    ]
    item = life.now(THREE).of(1)
    assert (item.due, item.owners, item.ended) == (date(2027, 2, 2), ("kim",), Ended(Ending.DONE, at(2), "alex"))


def test_a_list_that_is_too_long_is_followed_as_far_as_it_can_be() -> None:
    """Five hundred items; a further look changes nothing."""
    text = "".join(f"- [ ] Thing number {n}\n" for n in range(MOST + 20))
    once = Life().now(text).known
    assert len(once) == MOST
    assert sight(once, items(HEAD + text), at(3)) == once


HARD = {
    "other words": lambda n, m: f"- [ ] {m}alpha{n} {m}beta{n} {m}gamma{n} delta\n",
    "common words": lambda n, m: (
        f"- [ ] {['alert', 'page', 'test', 'write'][n * m % 4]} the one and only thing {n % 7 * m}\n"
    ),
    "the same": lambda n, m: f"- [ ] the same thing{' again' * (m - 1)}\n",
    "moved": lambda n, m: f"- [ ] thing {n * (m * 2 - 1) % 499} of many\n",
    "one letter": lambda n, m: f"- [ ] {'abcdefgh'[(n + m) % 8]}\n",
}


@cache
def listed(kind: str, count: int, look: int) -> tuple[ActionItem, ...]:
    """A list as it was read: the parser's own work is measured elsewhere."""
    return items(HEAD + "".join(HARD[kind](n, look) for n in range(count)))


def second_look(kind: str, count: int) -> None:
    """Both looks at a list of which every line was changed."""
    known = sight((), listed(kind, count, 1), at(1))
    sight(known, listed(kind, count, 2), at(2))


@pytest.mark.unmeasured
@pytest.mark.parametrize("kind", HARD)
def test_five_hundred_items_are_found_again_without_much_ado(kind: str) -> None:
    """At most 200 calls for each; twice as many items are not thrice the work."""
    second_look(kind, 500)
    assert steps(lambda: second_look(kind, 500)) <= 100_000
    second_look(kind, 250)
    assert not grows(lambda count: second_look(kind, count), 500, 250)
