"""A post-mortem on its whole road: the card, its commands, what it links, and whatever goes wrong on the way."""

from dataclasses import replace

import pytest

from stanch.core.marker import Marker
from stanch.sandbox.faults import Fault
from stanch.sandbox.rights import BOT
from tests.app.rig import Rig, reply
from tests.app.test_cli import said_right
from tests.postmortems import FINISHED

LATER = FINISHED.replace("2026-12", "2027-12")


def postmortem(rig: Rig, body: str = LATER, sev: int = 2) -> int:
    """A post-mortem that Stanch opened, led by jordan."""
    stamp = {"due": "20260319T170000Z", "sev": str(sev)}
    first = Marker("11/postmortem", stamp=stamp)
    number = rig.world.person("alex").opens("Post-mortem", f"{first}{body}", labels=["post-mortem"])
    repo = rig.world.repository()
    repo.issues[number] = replace(repo.issues[number], author=BOT)
    rig.world.person("alex").assigns(number, "jordan")
    return number


def items(rig: Rig, number: int) -> list[str]:
    """The rows of the card's tables, as `number: last cell`."""
    rows = [line for line in rig.card(number).splitlines() if line.startswith("| ") and line[2].isdigit()]
    cells = [row.strip("| ").split(" | ") for row in rows]
    return [f"{row[0]}: {row[-1]}" for row in cells]


def test_a_quiet_second_look_is_one_read(rig: Rig) -> None:
    """The first makes the card and the label; the second reads once and writes nothing."""
    number = postmortem(rig)
    assert rig.look(number, "--json").kinds == ["CreateComment", "AddLabels"]
    before = rig.world.counts.reads
    assert rig.look(number, "--json").writes == []
    assert rig.world.counts.reads == before + 1
    assert rig.world.issue(number).labels == ("post-mortem", "open-items")


def test_commands_are_answered_on_the_card(rig: Rig) -> None:
    """Done, deferred twice, handed on, dropped; the label goes with the last one."""
    number = postmortem(rig)
    rig.look(number)
    rig.world.person("jordan").comments(number, "/done 1 it rang\n/defer 2 2027-12-24 away\n/assign 2 @morgan")
    rig.look(number)
    assert items(rig, number) == [
        "2: 2027-12-24, deferred once: away",
        "1: done, says `jordan`, 2026-03-17: it rang",
    ]
    rig.world.clock.advance(hours=1)
    rig.world.person("morgan").comments(number, "/drop 2 we sell the shop")
    assert rig.look(number, "--json").kinds == ["EditComment", "RemoveLabel", "React"]
    assert items(rig, number)[1].startswith("2: dropped by `morgan`")
    assert rig.look(number, "--json").writes == []


def test_an_owner_whom_github_does_not_know_is_named_on_the_card(rig: Rig) -> None:
    """Asked about once, when the command is read; a quiet look stays one read."""
    number = postmortem(rig)
    rig.world.person("jordan").comments(number, "/assign 1 @nobodyhere")
    rig.look(number)
    assert "`nobodyhere` does not belong to this repository" in rig.card(number)
    before = rig.world.counts.reads
    assert rig.look(number, "--json").writes == []
    assert rig.world.counts.reads == before + 1


def test_who_may_not_is_told_once(rig: Rig) -> None:
    """A reader's command and one on an incident; the card stays as it is."""
    number = postmortem(rig)
    rig.look(number)
    before = rig.card(number)
    rig.world.person("sam").comments(number, "/done 1")
    rig.look(number)
    rig.look(number)
    assert [key for key in rig.keys(number) if "refused" in key] == [f"{number}/refused/{_last(rig, number, 'sam')}"]
    assert items(rig, number)[0].startswith("1: ")
    assert before.split("\n", 2)[2] == rig.card(number).split("\n", 2)[2]


def _last(rig: Rig, number: int, who: str) -> int:
    return [one.id for one in rig.world.issue(number).comments if one.author == who][-1]


def test_editing_the_text_is_followed(rig: Rig) -> None:
    """Ticked, reworded, moved and redated between two looks, in CRLF, by two people at once."""
    number = postmortem(rig)
    rig.look(number)
    rig.world.clock.advance(hours=1)
    first, second = LATER.split("- [ ] ")[1:]
    body = rig.world.issue(number).body or ""
    turned = body.replace(first, "@@").replace(second, first).replace("@@", second.replace("2027-12-04", "2027-12-09"))
    turned = turned.replace("within a minute", "in under a minute").replace("\n", "\r\n")
    rig.world.person("morgan").edits_body(number, turned)
    rig.world.person("alex").ticks(number, "Alert on failed payments in under a minute")
    rig.look(number)
    assert items(rig, number) == ["2: 2027-12-09, deferred once", "1: done, 2026-03-17"]
    assert rig.look(number, "--json").writes == []


def test_a_look_between_two_edits_counts_nothing_twice(rig: Rig) -> None:
    """One person saves over another: the item that came and went keeps its number, and the other one too."""
    number = postmortem(rig)
    rig.look(number)
    before = rig.world.issue(number).body or ""
    rig.world.person("morgan").edits_body(number, f"{before}- [ ] A third thing — Owner: @alex — Due: 2027-12-08\n")
    rig.look(number)
    rig.world.person("alex").edits_body(number, before.replace("within a minute", "at once"))
    rig.look(number)
    rig.world.person("morgan").edits_body(number, f"{before}- [ ] A third thing — Owner: @alex — Due: 2027-12-08\n")
    rig.look(number)
    assert [row[:2] for row in items(rig, number)] == ["1:", "2:", "3:"]


@pytest.mark.parametrize("harm", ["deleted", "defaced", "emptied"])
def test_a_lost_card_comes_back(rig: Rig, harm: str) -> None:
    """With its commands, once, and quiet afterwards."""
    number = postmortem(rig)
    rig.look(number)
    rig.world.person("jordan").comments(number, "/done 2 it runs\n/ack")
    rig.look(number)
    rig.world.clock.advance(minutes=5)
    card = next(one for one in rig.by_bot(number) if f"{number}/card" in one.body)
    if harm == "deleted":
        rig.world.person("alex").deletes_comment(card.id)
    else:
        rig.world.person("alex").edits_comment(card.id, "" if harm == "emptied" else f"{card.body}!")
    rig.heals(number)
    assert items(rig, number)[1] == "2: done, says `jordan`, 2026-03-17: it runs"
    assert len([key for key in rig.keys(number) if key.endswith("/card")]) == 1
    assert len([key for key in rig.keys(number) if "refused" in key]) == 1


@pytest.mark.parametrize("fault", [Fault.TIMEOUT_AFTER, Fault.DROPPED_BEFORE])
@pytest.mark.parametrize("place", range(1, 7))
def test_a_crash_at_any_write_heals(rig: Rig, place: int, fault: Fault) -> None:
    """The next look pays what is owed: one card, one answer, every command once."""
    number = postmortem(rig)
    rig.world.person("jordan").comments(number, "/done 1 it rang\n/done 9\n/defer 2 2027-12-24 away")
    rig.world.faults.at_write(rig.world.counts.writes + place, fault)
    ran = rig.look(number)
    assert ran.code in {0, 3}
    rig.heals(number)
    assert items(rig, number) == ["2: 2027-12-24, deferred once: away", "1: done, says `jordan`, 2026-03-17: it rang"]
    assert sorted(key.split("/")[1] for key in set(rig.keys(number))) == ["card", "refused"]
    comment = rig.world.issue(number).comments[0]
    assert sorted(one.content for one in comment.reactions if one.login == BOT) == ["-1", "rocket"]


def linking(rig: Rig) -> tuple[int, int, int]:
    """A post-mortem whose first item links an issue and a pull request."""
    alex = rig.world.person("alex")
    issue, pull = alex.opens("The work"), alex.opens_pull("The rest", "", "rest")
    body = LATER.replace("within a minute", f"within a minute, see #{issue} and #{pull}")
    return postmortem(rig, body), issue, pull


def test_an_item_is_done_when_what_it_links_is(rig: Rig) -> None:
    """One read more while it is open; the card names what closed it; reopened work opens it again."""
    number, issue, pull = linking(rig)
    rig.look(number)
    before = rig.world.counts.reads
    assert rig.look(number, "--json").writes == []
    assert rig.world.counts.reads == before + 2
    rig.world.person("alex").closes(issue)
    assert rig.look(number, "--json").writes == []
    rig.world.clock.advance(hours=24)
    rig.world.person("alex").merges(pull)
    rig.look(number)
    assert items(rig, number)[1] == f"1: done: #{issue}, #{pull} are closed, 2026-03-18"
    rig.world.person("alex").reopens(issue)
    rig.look(number)
    assert items(rig, number)[0].startswith("1: ")
    assert "are closed" not in rig.card(number)


def test_links_that_cannot_be_read_end_the_look(rig: Rig) -> None:
    """What could not be asked is not taken for open, nor for done: nothing is written, and the run says so."""
    number, _, _ = linking(rig)
    rig.world.says = lambda asked: reply(502) if asked.is_graphql and b"query Finished" in asked.body else None
    ran = rig.look(number)
    assert (ran.code, rig.by_bot(number)) == (3, [])
    said_right(ran.complaint, "GitHub")
    rig.heals(number)


def test_a_sweep_asks_once_for_a_page_of_links(rig: Rig) -> None:
    """Ten post-mortems that link something: one read more than without links; the second sweep writes nothing."""
    alex = rig.world.person("alex")
    work = alex.opens("The work")
    for _ in range(10):
        postmortem(rig, LATER.replace("within a minute", f"within a minute, see #{work}"))
    rig.run("sweep", "--json")
    before = rig.world.counts.reads
    assert rig.run("sweep", "--json").report["threads"] == []
    assert rig.world.counts.reads == before + 3
    alex.closes(work)
    swept = rig.run("sweep", "--json").kinds
    assert swept == ["EditComment"] * 10 + ["EditIssue"]


def test_a_closed_one_is_found_by_its_label(rig: Rig) -> None:
    """Months later a sweep still sees that its last item was done."""
    number = postmortem(rig)
    rig.look(number)
    rig.world.person("jordan").closes(number)
    rig.look(number)
    rig.world.clock.advance(hours=24 * 90)
    rig.world.person("jordan").comments(number, "/done 1 2")
    rig.world.clock.advance(hours=24 * 9)
    assert "RemoveLabel" in rig.run("sweep", "--json").kinds
    assert "finished" in rig.card(number)


ODD_DAYS = ("1970-01-01", "9999-12-31", "2026-02-31", "soon")
BODIES = {
    "nothing": "",
    "five hundred items": "\n## Action items\n" + "- [ ] Do one more thing — Owner: @sam — Due: 2027-01-01\n" * 500,
    "the limit": "\n## Action items\n" + f"- [ ] {'x' * 24}\n" * 2_090,
    "one line": "\n## Action items\n- [ ] " + "x " * 30_000,
    "odd dates": "\n## Action items\n" + "".join(f"- [ ] A — Due: {day}\n" for day in ODD_DAYS),
    "odd people": "\n## Action items\n" + "".join(f"- [ ] A — Owner: @{who}\n" for who in ("nobody", "a/team", "-")),
    "no words": "\n## Action items\n- [ ] \n- [x] !!!\n- [ ] …\n- [ ] Owner: @sam\n",
    "crlf": LATER.replace("\n", "\r\n"),
    "boxes in boxes": "\n## Action items\n" + "".join(f"{'  ' * (n % 40)}- [ ] deep {n}\n" for n in range(800)),
}


@pytest.mark.parametrize("name", BODIES)
def test_whatever_the_text_is_there_is_one_card(rig: Rig, name: str) -> None:
    """Within its size, with a quiet second look, also after every line was touched."""
    number = postmortem(rig, BODIES[name])
    assert rig.look(number).code == 0
    assert rig.look(number, "--json").writes == []
    body = rig.world.issue(number).body or ""
    rig.world.person("alex").edits_body(number, body.replace("- [ ] ", "- [ ] also ")[:65_000])
    assert rig.look(number).code == 0
    assert rig.look(number, "--json").writes == []
    assert max(len(one.body.encode()) for one in rig.by_bot(number)) <= 60_000
