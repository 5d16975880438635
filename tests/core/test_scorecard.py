"""How a drill went: a table of games, each with the lines that it came to."""

from dataclasses import replace

import pytest
from tests.games import ANSWER, opened, shown
from tests.values import TEAM, case, closed, comment, incident_in, instant, unlabeled

from stanch.core.game import Answer, shown_on
from stanch.core.scorecard import Row, Scorecard, Verdict, ended_at, scorecard
from stanch.core.thread import CloseReason, Item, Thread

SAFE = "Your data is safe. The next update comes by 05:00 UTC."
TAKEN = comment(1, "jordan", "/take", 3)
RAISED = comment(2, "jordan", "/sev 1 revenue has stopped", 6)
TOLD = comment(3, "morgan", f"/update Card payments fail. {SAFE}", 11)
CONTAINED = comment(4, "jordan", "/contain rollback release 203", 17)
FINE = comment(5, "jordan", "/status mitigated", 30)
LOOKED = comment(6, "jordan", "/verify failure neighbours containment", 32)
CLOSING = comment(7, "morgan", "/update Card payments work again. Everything that failed is mended. We are sorry.", 34)
OVER = comment(8, "jordan", "/resolve The release sent no currency.", 40)
BEST = (TAKEN, RAISED, TOLD, CONTAINED, FINE, LOOKED, CLOSING, OVER)


def scored(*items: Item, now: float = 60, answer: Answer | None = ANSWER) -> Scorecard:
    of = opened(*items)
    return scorecard(incident_in(of, now), TEAM, instant(now), answer, shown_on(of))


def verdicts(card: Scorecard) -> dict[str, str]:
    return {row.what: row.verdict.value for row in card.rows}


def row(card: Scorecard, what: str) -> Row:
    return next(one for one in card.rows if one.what == what)


def without(*gone: Item) -> tuple[Item, ...]:
    return tuple(item for item in BEST if item not in gone)


def test_the_best_game_has_nothing_to_mend() -> None:
    """Every line is good, nothing was forgotten, and the advice is a harder one."""
    card = scored(*BEST)
    assert set(verdicts(card).values()) == {"good", "note"}
    assert (card.forgotten, card.suggestion, card.over) == ((), "harder", True)
    assert card.ended == instant(40)
    assert row(card, "acknowledged") == Row("acknowledged", Verdict.GOOD, instant(3), instant(15), 180, by="jordan")
    assert row(card, "severity").took == 6 * 60
    assert row(card, "told").text.startswith("Card payments fail.")
    assert (row(card, "contained").took, row(card, "contained").due) == (17 * 60, instant(20))
    assert row(card, "mitigated").took == 30 * 60


@pytest.mark.parametrize(
    ("items", "changed", "forgotten", "suggestion"),
    [
        (without(RAISED), {"severity": "missed"}, ("severity",), "severity"),
        (without(CONTAINED), {"contained": "missed"}, ("contained",), "contained"),
        (
            (*without(CONTAINED), comment(9, "jordan", "/contain flag checkout off", 25)),
            {"contained": "late"},
            (),
            "contained",
        ),
        (without(TOLD), {"told": "late"}, (), "told"),
        (without(TOLD, CLOSING), {"told": "missed"}, ("told",), "told"),
        (
            (*without(TOLD), comment(9, "morgan", f"/update Card payments fail. {SAFE}", 29)),
            {"told": "late"},
            (),
            "told",
        ),
        (without(CLOSING), {}, ("closing-word",), "closing-word"),
        (without(LOOKED), {"verified": "missed"}, ("failure", "neighbours", "containment"), "verified"),
        (
            (*without(LOOKED), comment(9, "jordan", "/verify failure", 32)),
            {"verified": "missed"},
            ("neighbours", "containment"),
            "verified",
        ),
        (
            (*BEST, comment(9, "jordan", "/status identified It is the release.", 12)),
            {"rules": "missed"},
            (),
            "diagnosed-first",
        ),
        ((*BEST, comment(9, "jordan", "/update! See http://x.example/y.", 12)), {"rules": "missed"}, (), "past-checks"),
        ((*BEST, shown(9, "hint", 1, 12)), {}, (), "hints"),
    ],
)
def test_what_was_not_done_is_told(
    items: tuple[Item, ...], changed: dict[str, str], forgotten: tuple[str, ...], suggestion: str
) -> None:
    """Each thing that is left out changes its own line, is named as forgotten, and may become the one suggestion."""
    best, card = verdicts(scored(*BEST)), scored(*sorted(items, key=lambda item: item.at))
    assert {what: verdict for what, verdict in verdicts(card).items() if best.get(what) != verdict} == changed
    assert (card.forgotten, card.suggestion) == (forgotten, suggestion)


def test_a_game_in_which_nobody_does_anything() -> None:
    """Nothing is divided by nothing, and the first thing is advised first."""
    card = scored(now=60)
    assert (card.over, card.ended, card.suggestion) == (False, instant(60), "acknowledged")
    assert verdicts(card) == {
        "acknowledged": "missed",
        "severity": "missed",
        "told": "missed",
        "contained": "missed",
        "mitigated": "missed",
        "rules": "missed",
        "hints": "note",
    }
    assert card.forgotten == ("acknowledged", "severity", "told", "contained")


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (comment(9, "jordan", "/false-alarm only a rehearsal", 12), "false alarm"),
        (closed(12, reason=CloseReason.NOT_PLANNED), "closed without a cause"),
        (unlabeled("sev-2", 12), "called off"),
    ],
)
def test_of_a_game_that_was_called_off_nothing_was_forgotten(how: Item, told: str) -> None:
    """What was done is shown; nobody is told that users were not fine in a game that nobody played to its end."""
    card = scored(TAKEN, how)
    assert verdicts(card) == {"acknowledged": "good", "rules": "good", "hints": "note"}
    assert (card.over, card.ended, card.forgotten, card.suggestion) == (True, instant(12), (), "again")
    assert card.view(incident_in(opened(TAKEN, how), 60), TEAM)["status"] == told
    assert scored(TAKEN).view(incident_in(opened(TAKEN), 60), TEAM)["status"] == "investigating"


@pytest.mark.parametrize(("at", "verdict"), [(29, "missed"), (31, "good")])
def test_who_lowers_the_severity_once_users_are_fine_was_right_before(at: float, verdict: str) -> None:
    """The severity that counts is the last one while users suffered; an earlier lowering was a misjudgement."""
    lowered = comment(9, "jordan", "/sev 3 nobody is hit any more", at)
    card = scored(*sorted((*BEST, lowered), key=lambda item: item.at))
    assert (verdicts(card)["severity"], row(card, "severity").names) == (
        verdict,
        ("SEV-3",) if at < 30 else ("SEV-1",),
    )


def test_without_an_answer_the_lines_that_need_one_are_left_out() -> None:
    """An edited opening, or a drill that somebody declared by hand: only the team's own promises are measured."""
    card = scored(*BEST, answer=None)
    assert {"severity", "hints", "handed-over"}.isdisjoint(verdicts(card))
    assert row(card, "contained").due is None
    assert card.view(incident_in(opened(*BEST), 60), TEAM)["answer"] == ""


def test_hints_are_counted() -> None:
    """How many of how many, and how many of them were asked for."""
    found = row(scored(*BEST, shown(9, "hint", 1, 12), shown(10, "hint", 2, 20, asked=7)), "hints")
    assert (found.count, found.total, found.missed, found.at) == (2, 2, 1, instant(20))


def test_a_hand_over_counts_where_the_scenario_asks_for_one_or_somebody_did_it() -> None:
    """By name: to whom it went is shown."""
    asks = replace(ANSWER, handover=True)
    assert verdicts(scored(*BEST, answer=asks))["handed-over"] == "missed"
    assert scored(*BEST, answer=asks).forgotten == ("handed-over",)
    given = (*without(OVER), comment(9, "jordan", "/handoff @morgan", 36), OVER)
    assert row(scored(*given), "handed-over").text == "morgan"
    assert "handed-over" not in verdicts(scored(*BEST))


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (opened(), None),
        (opened(comment(1, "jordan", "/status mitigated", 5)), None),
        (opened(comment(1, "jordan", "/resolve", 5)), 5),
        (opened(comment(1, "jordan", "/resolve", 5), closed(6)), 5),
        (opened(closed(7)), 7),
        (opened(comment(1, "jordan", "/false-alarm nothing was wrong", 8)), 8),
        (opened(unlabeled("sev-2", 8)), 8),
    ],
)
def test_when_it_ended(of: Thread, expected: float | None) -> None:
    """With the word that ended it, else with the closing."""
    incident = case(of, 9).incident
    assert incident is not None
    assert ended_at(incident) == (None if expected is None else instant(expected))
