"""Commands on a post-mortem: who, on which item, when, and why not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.postmortems import FINISHED
from tests.values import (
    BOT,
    START,
    TEAM,
    World,
    assigned,
    card,
    case,
    closed,
    comment,
    edited,
    happened,
    incident_thread,
    labeled,
    person,
    thread,
    without,
)

from stanch.core.config import Config
from stanch.core.following import Ending, Followed
from stanch.core.item_arguments import MOST
from stanch.core.ledger import Ledger
from stanch.core.marker import Marker
from stanch.core.postmortem import PostMortem
from stanch.core.thread import Comment, Item, Mark, Thread

BODY = (
    FINISHED[: FINISHED.index("## Action items")]
    + """## Action items

- [ ] Alert on failed payments — Owner: @sam — Due: 2026-12-01
- [ ] Test the rollback every month — Owner: @morgan, see #40
- [x] Say it in the changelog
- [ ] Buy a second alarm clock, see #41
"""
)
DAY = 24 * 60


def report(*said: Item, body: str = BODY, lead: str = "jordan") -> Thread:
    first = Marker("11/postmortem", stamp={"due": "20261130T170000Z"})
    led = (assigned(lead, 1),) if lead else ()
    return thread(labeled("post-mortem", 1), *led, *said, body=f"{first}{body}", author=BOT.login)


def read(of: Thread, now: float = DAY, config: Config = TEAM) -> PostMortem:
    found = case(of, now, config).postmortem
    assert found is not None
    return found


def item(of: Thread, number: int, now: float = DAY) -> Followed:
    return next(one for one in read(of, now).followed if one.number == number)


def says(body: str, by: str = "jordan", when: float = 60, id_: int = 5) -> Comment:
    return comment(id_, by, body, when)


def codes(of: Thread, now: float = DAY, config: Config = TEAM) -> list[str]:
    """The codes of what was refused, empty for what was accepted."""
    return [record.refusal for record in read(of, now, config).records]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", says("/done 1")),
        ("", says("/done #1 it is live", "alex")),
        ("", says("/done 1, 2 and 4", "sam")),
        ("no-such-item", says("/done 9")),
        ("no-such-item", says("/done 1 9")),
        ("no-such-item", says("/defer 99999 3d x")),
        ("already-ended", says("/done 3")),
        ("already-ended", says("/defer 3 3d x")),
        ("no-item", says("/done")),
        ("no-item", says("/done the alert")),
        ("no-item", says("/done 0")),
        ("no-item", says("/done 123456")),
        ("many-items", says("/done " + " ".join(str(n) for n in range(1, MOST + 2)))),
        ("", says("/defer 1 2026-12-24 waits for the gateway")),
        ("", says("/defer 1 until 2026-12-24: waits")),
        ("", says("/defer 1 4 3d waits")),
        ("no-date", says("/defer 1")),
        ("no-date", says("/defer 1 soon please")),
        ("no-date", says("/defer 1 2026-02-30 x")),
        ("no-reason", says("/defer 1 2026-12-24")),
        ("no-reason", says("/defer 1 2026-12-24 -")),
        ("date-out-of-range", says("/defer 1 1970-01-01 x")),
        ("date-out-of-range", says("/defer 1 2026-11-16 x")),
        ("date-out-of-range", says("/defer 1 9999-12-31 x")),
        ("", says("/drop 1 we sell the shop", "sam")),
        ("", says("/drop 1 we sell the shop", "jordan")),
        ("not-yours", says("/drop 1 we sell the shop", "morgan")),
        ("not-yours", says("/drop 4 we sell the shop", "sam")),
        ("", says("/drop 4 we sell the shop", "jordan")),
        ("no-reason", says("/drop 1")),
        ("", says("/assign 1 @kim")),
        ("", says("/assign 1 to me")),
        ("", says("/assign 1 kim")),
        ("no-login", says("/assign 1")),
        ("no-login", says("/assign 1 @harbour/team")),
        ("own-report", says("/reviewed", "jordan")),
        ("has-errors", says("/reviewed", "sam")),
        ("", says("/help", "sam")),
        ("of-the-incident", says("/ack")),
        ("of-the-incident", says("/resolve")),
        ("of-the-incident", says("/sev 2 worse")),
        ("of-the-incident", says("/waive H006 five words are enough here")),
        ("not-allowed", says("/done 1", "kim")),
        ("not-allowed", says("/done 1", "riley")),
        ("not-allowed", says("/reviewed", "nobody-at-all")),
        ("unknown", says("/dnoe 1")),
    ],
)
def test_each_is_done_or_says_why_not(code: str, said: Comment) -> None:
    """One command, one answer."""
    assert codes(report(said)) == [code]


def test_other_bots_and_bots_are_not_heard() -> None:
    """`/assign @user` without a number is another bot's, and no bot commands."""
    assert codes(report(says("/assign @kim"), says("/done 1", "renovate[bot]", id_=6))) == []


def test_nothing_is_done_of_a_command_that_names_a_wrong_item() -> None:
    """All of its items, or none; the answer names the one that is wrong."""
    of = report(says("/done 1 3 2"))
    assert [item(of, n).open for n in (1, 2)] == [True, True]
    assert read(of).records[0].detail == {"typed": "3"}


def test_what_they_do() -> None:
    """Each of them, on the card's numbers."""
    of = report(
        says("/done 1 rang in the drill"),
        says("/defer 2 2026-12-24 away\n/defer 2 2026-12-31 still away", id_=6),
        says("/assign 2 me", "sam", id_=7),
        says("/drop 4 too loud", id_=8),
    )
    one, two, four = (item(of, n) for n in (1, 2, 4))
    assert one.ended is not None
    assert (one.ended.how, one.ended.by, one.ended.why) == (Ending.DONE, "jordan", "rang in the drill")
    assert (two.due, two.owners) == (date(2026, 12, 31), ("sam",))
    assert [(d.before.day, d.after.day, d.why) for d in two.deferrals] == [(24, 31, "still away")]
    assert four.ended is not None
    assert (four.ended.how, four.ended.why) == (Ending.DROPPED, "too loud")


def test_the_new_owner_may_drop_it_and_the_old_one_may_not() -> None:
    """Whoever holds it at that moment, by a command or by the text."""
    handed = says("/assign 1 @morgan")
    assert codes(report(handed, says("/drop 1 why", "morgan", 61, 6))) == ["", ""]
    assert codes(report(handed, says("/drop 1 why", "sam", 61, 6))) == ["", "not-yours"]


def test_whoever_is_reminded_as_the_lead_may_drop() -> None:
    """Without an assignee whoever opened it, and where that was the bot, the first of the team; then nobody else."""
    own = replace(report(lead=""), ours=False, author=person("morgan"))
    for of, lead, other in ((report(lead=""), "alex", "jordan"), (own, "morgan", "alex")):
        assert codes(happened(of, says("/drop 1 why\n/drop 4 why", lead))) == ["", ""]
        assert codes(happened(of, says("/drop 1 why\n/drop 4 why", other))) == ["not-yours", "not-yours"]


def test_where_nobody_leads_and_nobody_owns_anybody_may_drop() -> None:
    """Else it could never be dropped: no assignee, the bot opened it, and the config names no people."""
    nobody = replace(TEAM, people=())
    assert codes(report(says("/drop 4 why", "sam"), lead=""), config=nobody) == [""]
    assert codes(report(says("/drop 1 why", "morgan"), lead=""), config=nobody) == ["not-yours"]


def test_whoever_wrote_it_does_not_review_it() -> None:
    """Nor whoever edited it last, nor whoever opened it, in whatever case the login is written."""
    of = report(says("/reviewed", "sam"), body=FINISHED)
    assert codes(replace(of, edited_at=START + timedelta(hours=3), editor=person("Sam"))) == ["own-report"]
    assert codes(replace(of, ours=False, author=person("SAM"))) == ["own-report"]
    assert codes(report(says("/reviewed", "jordan"), lead="Jordan")) == ["own-report"]


def test_a_report_with_errors_is_not_reviewed_yet() -> None:
    """Sections are missing, an item has no owner: first mended, then read; a command mends it as well."""
    assert codes(report(says("/reviewed", "sam"), body=BODY.replace("## Impact", "## Notes"))) == ["has-errors"]
    assert codes(report(says("/reviewed", "sam"))) == ["has-errors"]
    assert codes(report(says("/reviewed", "sam"), body=FINISHED)) == [""]
    mended = World(report(says("/assign 4 @kim"))).looked_at(70).thread
    assert codes(happened(mended, says("/reviewed", "sam", 80, 6)))[-1] == ""
    dropped = World(report(says("/drop 4 why"))).looked_at(70).thread
    assert codes(happened(dropped, says("/reviewed", "sam", 80, 6)))[-1] == ""


def test_it_is_judged_as_it_stood_when_it_was_said() -> None:
    """What the text told later changes nothing about it, even if both are seen in one look."""
    before = World(report()).looked_at(10).thread
    body = before.body.replace("[ ] Alert", "[x] Alert").replace("- [ ] Buy a second alarm clock, see #41\n", "")
    both = replace(before, body=body, edited_at=START + timedelta(minutes=90), editor=person("sam"))
    assert codes(happened(both, says("/defer 1 3d x", when=80))) == [""]
    assert codes(happened(both, says("/defer 1 3d x", when=100))) == ["already-ended"]
    assert codes(happened(both, says("/done 4", when=80))) == [""]
    assert codes(happened(both, says("/done 4", when=100))) == ["taken-out"]


def test_an_accepted_command_counts_once_and_as_it_stood() -> None:
    """Editing or deleting its comment undoes nothing, and the answer is not given twice."""
    world = World(report(says("/done 1 really\n/done 9"))).looked_at(70)
    assert [mark for one in world.thread.comments for mark in sorted(one.marks)] == [Mark.REFUSED, Mark.ACCEPTED]
    assert len(world.bodies("/refused/")) == 1
    said = next(one for one in world.thread.comments if one.id == 5)
    changed = tuple(edited(one, "jordan", 80, "/done 2") if one is said else one for one in world.thread.items)  # type: ignore[arg-type] # it is the comment
    for of in (replace(world.thread, items=changed), without(world.thread, 5, 80)):
        after = replace(world, thread=of)
        assert [one.number for one in read(after.thread).followed if one.open] == [2, 4]
        assert after.planned(90) == ()


def test_a_lost_card_is_rebuilt_from_what_was_accepted() -> None:
    """The numbers by the text's order, the commands from their 🚀; what was refused stays refused."""
    world = World(report(says("/done 1 live"), says("/drop 1 why", "morgan", 61, 6))).looked_at(70)
    shown = next(one for one in world.thread.comments if one.ours and "/card" in one.body)
    lost = replace(world, thread=without(world.thread, shown.id, 80)).looked_at(90)
    defaced = World(_with(world.thread, edited(shown, "alex", 80, shown.body + "!")), next_id=9_100).looked_at(90)
    for after in (lost, defaced):
        assert len(after.bodies("/card")) == 1
        assert len(after.bodies("/refused/")) == 1
        assert [one.number for one in read(after.thread).followed if not one.open] == [1, 3]
        assert after.planned(100) == ()


def _with(of: Thread, other: Comment) -> Thread:
    items = tuple(other if isinstance(one, Comment) and one.id == other.id else one for one in of.items)
    return replace(of, items=items)


def test_a_record_that_the_ledger_shed_is_judged_as_before() -> None:
    """An item that was deferred, and ticked or taken out since: that does not become a refusal."""
    world = World(report(says("/defer 1 3d x"))).looked_at(70)
    shed = replace(world.ledger() or Ledger(), records=())
    for before, after in (("[ ] Alert", "[x] Alert"), ("- [ ] Alert on failed payments", "")):
        body = world.thread.body.replace(before, after)
        of = replace(world.thread, body=body, edited_at=START + timedelta(hours=9), editor=person("sam"))
        items = tuple(one for one in of.items if not (isinstance(one, Comment) and one.ours))
        assert codes(replace(of, items=(card(9, shed, 1), *items))) == [""]
    unknown = replace(of, items=(card(9, Ledger(items=()), 1), *items), body=BODY.replace("[ ] Alert", "[x] Alert"))
    assert codes(unknown) == [""]


def test_permission_is_asked_of_those_who_command_and_of_nobody_else() -> None:
    """A remark asks nothing; what was judged asks nothing again."""
    assert case(report(says("nice")), 70).snapshot.access == {}
    assert set(case(report(says("/done 1")), 70).snapshot.access) == {"jordan"}
    world = World(report(says("/done 1"))).looked_at(70)
    assert world.seen(80).access == {}


@pytest.mark.parametrize("body", ["/done 1", "/defer 1 3d x", "/drop 1 x", "/assign 1 @kim", "/reviewed"])
def test_on_an_incident_they_say_where_they_belong(body: str) -> None:
    """There are no numbers there."""
    found = case(incident_thread(comment(1, "jordan", body, 3)), 4).incident
    assert found is not None
    assert [record.refusal for record in found.records] == ["on-the-postmortem"]


def test_commands_count_on_a_closed_post_mortem() -> None:
    """Its items are followed all the same."""
    of = report(closed(30), says("/done 1\n/done 2\n/drop 4 x"))
    assert codes(of) == ["", "", ""]
    assert read(of).open_items == ()
