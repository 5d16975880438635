"""The issue of a hand-over: what is answered on it, who is assigned, who is asked, and what its end says."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from tests.handovers import CONFIG, FRIDAY, HANDOVER, MONDAY, NEXT, issue, looked, note, on, taken
from tests.values import assigned, closed, comment, labeled, marked, reopened, thread, unassigned

from stanch.adapters.config_file import read_either
from stanch.core.case import Case, case_of
from stanch.core.commitment import Owed
from stanch.core.handover import LABEL
from stanch.core.rota import Rota
from stanch.core.swaps import swaps_on, takes, with_swaps
from stanch.core.thread import CloseReason, Mark, Thread
from stanch.core.wanted import Assigned, ChildIssue, Closed, LabelOn, Notice, Reacted, Unassigned, Want
from stanch.core.week import Week
from stanch.practices.handover import handover
from stanch.render.words import Words

SAID = on(20, 9)
WORDS = Words.load()


NOW = on(20)


def wanted(one: Thread, now: datetime = NOW, *others: Thread, owed: Owed | None = None) -> list[Want]:
    return list(handover(seen(one, now, *others, owed=owed)))


def seen(one: Thread, now: datetime, *others: Thread, owed: Owed | None = None) -> Case:
    return replace(case_of(looked(one, now, CONFIG, *others)), owed=owed)


def notices(wants: list[Want]) -> list[str]:
    return [want.key for want in wants if isinstance(want, Notice)]


def test_an_issue_on_which_nothing_was_said_wants_nothing() -> None:
    """But its label; and what is no hand-over wants nothing at all."""
    assert wanted(issue()) == [LabelOn(LABEL)]
    assert wanted(thread()) == []


def test_only_a_sweep_that_knows_the_week_opens_one() -> None:
    """Assigned to both, with what it has to remember in its first line."""
    nobody = replace(thread(), number=0, is_pull_request=True)
    assert wanted(nobody, FRIDAY) == []
    (one,) = handover(replace(seen(nobody, FRIDAY), week=Week(note())))
    assert isinstance(one, ChildIssue)
    assert (one.key, one.labels, one.assignees) == ("0/handover/2026-11-23", (LABEL,), ("alex", "jordan"))
    assert one.stamp == HANDOVER.stamp


def test_a_swap_is_answered_with_what_it_is_and_then_marked() -> None:
    """The answer is the record: its first line has the terms, and its text the lines for the config."""
    said = comment(1, "morgan", "/take", SAID)
    wants = wanted(issue(said))
    assert [type(want) for want in wants] == [Notice, Reacted, LabelOn, Assigned, Unassigned]
    assert wants[0].covers == ("70/covers/morgan/jordan/20261123T080000Z/20261130T080000Z",)
    assert wants[1] == Reacted(1, Mark.ACCEPTED)
    assert [want.login for want in wants[3:]] == ["morgan", "jordan"]


def test_the_lines_for_the_config_mean_what_the_swap_means() -> None:
    """Read as they are shown, they give the very same overrides."""
    wants = wanted(issue(comment(1, "morgan", "/take", SAID)))
    lines = WORDS(wants[0].text).partition("```yaml\n")[2].partition("```")[0]
    turns = "people: [alex, jordan, morgan]\nteam:\n  zone: Europe/Berlin\n"
    loaded = read_either(f"{turns}{lines}  starts: 2026-11-16\n", None)
    assert loaded.problems == ()
    swapped = with_swaps(CONFIG, (issue(taken(2, "morgan", SAID)),)).oncall
    for day in range(20, 31):
        there, here = (rota.on_call(on(day)) for rota in (loaded.config.oncall, swapped))
        assert [one.login for one in there] == [one.login for one in here]


@pytest.mark.parametrize("name", ["R&D_1", "on *call*", "a < b | c", "#1: é"])
def test_the_lines_for_the_config_name_a_layer_as_the_config_does(name: str) -> None:
    """What is copied from them is no layer that nobody has."""
    rota = replace(CONFIG.oncall, layers=(replace(CONFIG.oncall.layers[0], name=name),))
    said = issue(comment(1, "morgan", "/take", SAID))
    (first, *_) = handover(case_of(looked(said, on(20), replace(CONFIG, oncall=rota))))
    assert isinstance(first, Notice)
    lines = WORDS(first.text).partition("```yaml\n")[2].partition("```")[0]
    turns = f"team:\n  zone: Europe/Berlin\n{lines}  layers:\n    {name!r}:\n      people: [alex, jordan, morgan]\n"
    loaded = read_either(turns, None)
    assert (loaded.problems, loaded.config.oncall.overrides[0].layer) == ((), name)


def test_the_lines_of_two_swaps_at_once_build_on_each_other() -> None:
    """Morgan takes the turn, so jordan is secondary; jordan takes it back in the same look, so morgan is again."""
    wants = wanted(issue(comment(1, "morgan", "/take", SAID), comment(2, "jordan", "/take", SAID)))
    lines = [want.text.view["overrides"] for want in wants if isinstance(want, Notice)]
    assert [[(one["layer"], one["person"]) for one in lines_of] for lines_of in lines] == [
        [("primary", "morgan"), ("secondary", "jordan")],
        [("primary", "jordan"), ("secondary", "morgan")],
    ]


def test_the_record_is_what_the_answer_says() -> None:
    """What is read back from the comment that was planned is the swap that was accepted."""
    said = comment(1, "morgan", "/take", SAID)
    case = seen(issue(said), on(20))
    (take,) = takes(case.snapshot, HANDOVER)
    assert swaps_on(issue(said, taken(2, "morgan", SAID))) == (take.swap,)


def test_what_was_answered_is_not_answered_again() -> None:
    """Nor marked again; who was put on and taken off by hand stays so."""
    said = marked(comment(1, "morgan", "/take", SAID), Mark.ACCEPTED)
    one = issue(said, taken(2, "morgan", SAID), assigned("morgan", on(20, 9, 1)), unassigned("jordan", on(20, 9, 1)))
    assert {*notices(wanted(one))} <= seen(one, on(20)).settled


def test_whoever_hands_over_stays_assigned() -> None:
    """He took the next turn as well: only the other one goes."""
    wants = wanted(issue(comment(1, "alex", "/take", SAID)))
    assert [want.login for want in wants if isinstance(want, Assigned | Unassigned)] == ["alex", "jordan"]
    back = issue(
        taken(2, "morgan", SAID), comment(3, "alex", "/take", SAID), marked(comment(1, "morgan", "/take", SAID))
    )
    moved = [(type(want), want.login) for want in wanted(back) if isinstance(want, Assigned | Unassigned)]
    assert moved == [(Assigned, "alex"), (Unassigned, "jordan"), (Unassigned, "morgan")]


def test_what_does_not_count_gets_one_answer() -> None:
    """A refused `/take` and what belongs elsewhere, in one comment, once; an accepted one beside it counts."""
    wants = wanted(issue(comment(1, "jordan", "/take\n/ack\n/ack\n/resolve", SAID)))
    assert notices(wants) == ["70/refused/1"]
    codes = [row["code"] for want in wants if isinstance(want, Notice) for row in want.text.view["refusals"]]
    assert codes == ["already-yours", "on-the-handover", "on-the-handover"]
    both = wanted(issue(comment(1, "morgan", "/take\n/ack", SAID)))
    assert notices(both) == ["70/swap/1", "70/refused/1"]
    assert [want.mark for want in both if isinstance(want, Reacted)] == [Mark.ACCEPTED, Mark.REFUSED]


def test_the_later_of_two_is_closed_as_a_copy() -> None:
    """Two sweeps raced. A copy says nothing, open or closed; the first one is left as it is."""
    first, second = issue(), issue(number=71)
    assert wanted(second, on(20), first) == [Closed(CloseReason.DUPLICATE)]
    assert wanted(issue(closed(SAID, reason=CloseReason.DUPLICATE), number=71), on(20), first) == []
    assert wanted(first, on(20), second) == [LabelOn(LABEL)]


def said_at_end(one: Thread, now: datetime = NEXT) -> list[dict[str, Any]]:
    return [dict(want.text.view) for want in wanted(one, now) if isinstance(want, Notice) and "handed" in want.key]


def test_its_end_says_who_is_on_call() -> None:
    """From the hand-over on where it was closed before; with the swaps; once, however often it is closed."""
    (late,) = said_at_end(issue(closed(on(24))))
    assert [late["later"], [one["login"] for one in late["duties"]]] == [False, ["jordan", "morgan"]]
    (early,) = said_at_end(issue(taken(2, "sam", SAID), closed(on(20, 12))))
    assert [early["later"], early["at"], early["duties"][0]["login"]] == [True, MONDAY, "sam"]
    again = issue(closed(on(24)), reopened(on(25)), closed(on(26)))
    assert notices(wanted(again, NEXT)) == ["70/handed-over"]
    assert said_at_end(issue(closed(on(24)), reopened(on(25)))) == []


def test_without_a_rota_its_end_says_nothing() -> None:
    """Somebody took it away meanwhile."""
    case = case_of(looked(issue(closed(on(24))), NEXT, replace(CONFIG, oncall=Rota())))
    assert list(handover(case)) == []


@pytest.mark.parametrize(
    ("now", "asks"), [(on(23, 9), []), (on(24, 7), []), (on(24, 8), ["alex"]), (on(27), ["alex"]), (on(28), [])]
)
def test_whoever_left_is_asked_to_close_it(now: datetime, asks: list[str]) -> None:
    """From 09:00 of the working day after the hand-over, on a working day, and only by a sweep."""
    found = [want.key for want in wanted(issue(), now, owed=Owed()) if isinstance(want, Notice)]
    assert found == [f"70/remind/{login}/2026-11-{now.day}" for login in asks]
    assert notices(wanted(issue(), now)) == []


def test_they_are_asked_once() -> None:
    """And not on a day on which another reminder reached them."""
    asked = comment(5, "github-actions", "<!-- stanch:1 key=70/remind/alex/2026-11-24 -->\nwords", on(24, 8))
    assert notices(wanted(issue(asked), on(25), owed=Owed())) == []
    told = Owed(reminded=frozenset({"13/remind/alex/2026-11-24"}))
    assert notices(wanted(issue(), on(24), owed=told)) == []
    assert notices(wanted(issue(), on(25), owed=told)) == ["70/remind/alex/2026-11-25"]


def test_a_closed_one_asks_nobody() -> None:
    """It was handed over."""
    assert notices(wanted(issue(closed(on(23, 9))), on(25), owed=Owed())) == ["70/handed-over"]


def test_an_issue_that_lost_its_label_gets_it_back() -> None:
    """Without it nobody would find the swaps."""
    bare = replace(issue(), labels=())
    assert LabelOn(LABEL) in wanted(bare)
    assert labeled(LABEL, FRIDAY).subject == LABEL
