"""The post-mortem's card: what it shows, that it changes with a fact only, and that nothing is said twice."""

from dataclasses import replace

import pytest
from tests.golden.following_views import ITEMS, SAID, report, seen
from tests.postmortems import FINISHED
from tests.values import World, assigned, closed, comment, happened, incident_thread, labeled, person, thread, wants

from stanch.core.case import case_of
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Thread
from stanch.core.wanted import Card
from stanch.practices.postmortem_card import SHOWN, postmortem_card


def view(one: Snapshot) -> dict[str, object]:
    (want,) = postmortem_card(case_of(one))
    assert isinstance(want, Card)
    return dict(want.text.view)


def rows(one: Snapshot, part: str = "items") -> list[dict[str, object]]:
    found = view(one)[part]
    assert isinstance(found, list)
    return found


def test_nothing_to_do() -> None:
    """No post-mortem, an incident, one that was closed long ago: no card."""
    assert wants(postmortem_card, thread(), 5) == []
    assert wants(postmortem_card, incident_thread(), 5) == []
    assert wants(postmortem_card, report(closed(60)), 60 + 73 * 60) == []


def test_every_item_stands_under_its_number() -> None:
    """What is open in one list, what ended in another, each with owner, date and what became of it."""
    one = seen(report(*SAID))
    assert [(row["number"], row["owners"], row["deferred"]) for row in rows(one)] == [
        (2, ["jordan", "sam"], 2),
        (3, ["kim"], 0),
        (4, ["sam"], 0),
    ]
    assert [(row["number"], row["how"], row["by"]) for row in rows(one, "ended")] == [
        (1, "done", "morgan"),
        (5, "done", ""),
        (6, "dropped", "jordan"),
    ]
    assert (view(one)["done"], view(one)["of"]) == (2, 6)


def test_what_was_taken_out_counts_for_nothing() -> None:
    """It is shown, but it is neither done nor to be done."""
    world = World(report()).looked_at(60)
    body = world.thread.body.replace("- [ ] Buy a second alarm clock\n", "")
    one = seen(replace(world.thread, body=body))
    assert [row["how"] for row in rows(one, "ended")] == ["done", "gone"]
    assert (view(one)["done"], view(one)["of"]) == (1, 5)


def test_a_long_list_is_cut_and_says_so() -> None:
    """As many of each as anybody reads."""
    lines = "".join(f"- [{box}] Thing {box} {n}\n" for n in range(SHOWN + 5) for box in " x")
    found = view(seen(report(body=f"\n## Action items\n\n{lines}")))
    assert [found[name] for name in ("more", "more_ended", "unfollowed")] == [5, 5, 0]
    assert [len(rows(seen(report(body=f"\n## Action items\n\n{lines}")), name)) for name in ("items", "ended")] == [
        SHOWN,
        SHOWN,
    ]


@pytest.mark.parametrize("of", [report(), report(*SAID), report(closed(60)), report(body=FINISHED), report(body="\n")])
def test_it_changes_with_a_fact_only(of: Thread) -> None:
    """A look a minute, a day or a month later writes nothing to it, whatever became due."""
    world = World(of).looked_at(4_000)
    for later in (4_001, 6_000, 60_000):
        assert [write for write in world.planned(later) if "comment_id" in type(write).__dataclass_fields__] == []


def test_what_a_command_mended_is_not_asked_for() -> None:
    """An item without an owner and a date is amiss until a command gives them, or ends it."""
    bare = report(body=FINISHED + "- [ ] Buy a second alarm clock\n")
    codes = [found["code"] for found in rows(seen(bare), "findings")]
    assert codes == ["P005", "P006"]
    for said in ("/assign 3 me\n/defer 3 2027-01-01 no hurry", "/drop 3 no need", "/done 3"):
        assert rows(seen(happened(bare, comment(1, "jordan", said, 3000))), "findings") == []


def test_who_cannot_be_reminded_is_said() -> None:
    """An item was given to somebody who does not belong here; not of people who do, nor once it is somebody else's."""
    for said, strangers in (
        ("/assign 3 @Nobody-Here", ["Nobody-Here"]),
        ("/assign 3 @riley", []),
        ("/assign 3 @jordan", []),
        ("/assign 3 @nobody-here\n/assign 3 me", []),
        ("/assign 3 @nobody-here\n/done 3", []),
    ):
        of = World(report(comment(1, "jordan", said, 3000))).looked_at(3001).thread
        assert view(seen(of))["strangers"] == strangers


def test_a_finished_one_is_linted_no_more() -> None:
    """Nobody writes at it any longer."""
    assert rows(seen(report(closed(3000))), "findings") == []
    assert rows(seen(report(comment(1, "sam", "/reviewed", 3000), body=FINISHED)), "findings") == []


def test_a_persons_own_post_mortem_gets_a_card_too() -> None:
    """It bears the label, and that is enough; without a first line its number stands for it."""
    own = thread(labeled("post-mortem", 1), assigned("sam", 2), number=13, body=ITEMS.strip(), author="alex")
    assert (view(seen(own))["incident"], view(seen(own))["lead"]) == (0, "sam")


def test_problems_of_the_configuration_are_shown() -> None:
    """Whoever reads the card can mend them."""
    assert view(seen(report(), problems=("x",)))["problems"] == ["x"]


def test_a_bot_is_no_editor() -> None:
    """What another workflow wrote into the text keeps nobody from reviewing it."""
    of = report(comment(1, "sam", "/reviewed", 3000), body=FINISHED)
    of = replace(of, edited_at=of.at, editor=person("github-actions"))
    assert view(seen(of))["finished"] is True
