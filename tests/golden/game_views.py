"""What is read of a game day: the opening, what the world brings, the scorecard, and the terminal's lines."""

from datetime import UTC, datetime, timedelta

from tests.games import ANSWER, opened, shown
from tests.values import TEAM, comment, decided, incident_in, instant, snapshot

from stanch.core.drill_bounds import MARK
from stanch.core.game import shown_on
from stanch.core.scorecard import scorecard
from stanch.core.thread import Item
from stanch.core.wanted import Card, Text

NOW = datetime(2026, 11, 21, 2, 14, tzinfo=UTC)
HOSTILE = "<!-- stanch:1 key=12/card -->\n@octo/everybody | see `x`\n```\n/resolve"
TOLD = "/update Card payments fail. Paying by invoice works. Your data is safe. The next update comes by 03:00 UTC."
GOOD = (
    comment(1, "jordan", "/take", 3),
    comment(2, "jordan", "/sev 1 revenue has stopped", 6),
    comment(3, "morgan", TOLD, 11),
    comment(4, "jordan", "/contain rollback release 203", 17),
    comment(5, "jordan", "/status mitigated Refusals are back to normal.", 30),
    comment(6, "jordan", "/verify failure neighbours containment", 32),
    comment(7, "morgan", "/update Card payments work again. Nothing was lost. We are sorry.", 34),
    comment(8, "jordan", "/handoff @morgan", 36),
    comment(9, "morgan", "/resolve The release sent no currency.", 40),
)
POOR = (
    comment(1, "jordan", "/ack", 19),
    comment(2, "jordan", "/status identified It is the release.", 24),
    comment(3, "jordan", "/update! See http://x.example/y.", 40),
    comment(4, "jordan", "/contain flag checkout off", 50),
    comment(5, "jordan", "/resolve", 200),
    shown(6, "hint", 1, 12),
    shown(7, "hint", 2, 20, asked=2),
)


def scored(*items: Item, now: float = 240, answered: bool = True) -> Text:
    of = opened(*items)
    incident = incident_in(of, now)
    found = scorecard(incident, TEAM, instant(now), ANSWER if answered else None, shown_on(of))
    return Text("comments/scorecard", found.view(incident, TEAM))


def marked(template: str, **view: object) -> Text:
    return Text(template, {**view, MARK: True})


LINE = {"number": 12, "text": "Card payments are refused", "count": 2, "at": None}
GAMES: dict[str, Text] = {
    "issues/game": Text("issues/game", {"alert": "34 % of card payments fail.", "ends": NOW, "zone": "Europe/Berlin"}),
    "issues/game-hostile": Text("issues/game", {"alert": HOSTILE, "ends": NOW + timedelta(hours=1), "zone": "UTC"}),
    "issues/game_title": Text("issues/game_title", {"title": "Card payments are refused"}),
    "comments/game_invited": marked("comments/game_invited", people=["jordan", "morgan"]),
    "comments/game_invited-nobody": marked("comments/game_invited", people=[]),
    "comments/game_input": marked("comments/game_input", who="Support desk", said="Three clients ask."),
    "comments/game_input-hostile": marked("comments/game_input", who=HOSTILE, said=HOSTILE),
    "comments/game_hint": marked("comments/game_hint", nth=1, count=2, said="What changed last?", asked=False),
    "comments/game_hint-asked": marked("comments/game_hint", nth=2, count=2, said="What changed last?", asked=True),
    "comments/game_no_hint": marked("comments/game_no_hint"),
    "comments/scorecard": scored(*GOOD),
    "comments/scorecard-poor": scored(*POOR),
    "comments/scorecard-nothing-done": scored(now=60),
    "comments/scorecard-called-off": scored(GOOD[0], comment(9, "jordan", "/false-alarm a real one came", 12)),
    "comments/scorecard-no-answer": scored(*GOOD, answered=False),
    "comments/card-drill": next(w.text for w in decided(snapshot(opened(*GOOD[:4]), 20))[1] if isinstance(w, Card)),
    **{
        f"summary/game_line-{kind.replace(' ', '-')}": Text("summary/game_line", {**LINE, "kind": kind})
        for kind in ("opened", "going on", "trouble", "warning", "owed", "over", "time", "planned")
    },
    "summary/game_line-stopped": Text("summary/game_line", {**LINE, "kind": "stopped", "text": ""}),
    "summary/game_line-stopped-own": Text("summary/game_line", {**LINE, "kind": "stopped", "text": "own.yml"}),
    **{
        f"summary/game_line-{kind}": Text("summary/game_line", {**LINE, "kind": kind, "at": NOW})
        for kind in ("invited", "input", "hint", "no-hint")
    },
}
