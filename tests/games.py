"""A game day in values: a scenario, its opening post, and what is put on its thread. Times are minutes."""

from datetime import timedelta

from stanch.core.game import Answer, Game, Hint, Input, head_of, mark
from stanch.core.severity import Severity
from stanch.core.thread import Comment, Item, Thread
from tests.values import BOT, Moment, comment, labeled, thread


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


ANSWER = Answer("Roll it back first.", 1, ("rollback", "flag"), 20 * 60, handover=False, hints=2)
GAME = Game(
    name="payments",
    title="Card payments are refused",
    severity=Severity.SEV_2,
    alert="34 % of card payments fail.",
    lasts=minutes(60),
    inputs=(Input(minutes(4), "Support", "Three clients ask."), Input(minutes(9), "Monitoring", "97 % fail now.")),
    hints=(Hint(minutes(12), "How bad is it?"), Hint(minutes(20), "What changed last?")),
    answer=ANSWER,
)


def opened(*items: Item, game: Game = GAME, speed: float = 1.0, author: str = BOT.login, severity: int = 2) -> Thread:
    """The thread that a scenario opened, declared at once, and what happened on it since."""
    began = [labeled("drill", 0, author), labeled(f"sev-{severity}", 0, author)]
    return thread(*began, *items, body=f"{head_of(game, speed)}\nwords", author=author)


def shown(id_: int, kind: str, ordinal: int, when: Moment, asked: int = 0, by: str = BOT.login) -> Comment:
    """Something that the scenario put there."""
    return comment(id_, by, f"{mark(12, kind, ordinal, asked)}\n> words", when)
