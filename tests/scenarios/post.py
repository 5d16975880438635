"""The post between GitHub and a run: it may lose, double, hold back and shuffle what it carries."""

from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True)
class Letter:
    """What a webhook says: which thread to look at, or which commit and branch it is about."""

    event: str
    action: str
    number: int
    is_pull: bool = False
    sha: str = ""
    branch: str = ""


@dataclass
class Post:
    """Without a seed every letter comes once, at once and in order.

    With one, a fifth is lost, a fifth comes twice, and half of them wait for a later moment and come in any order.
    """

    seed: int | None = None
    waiting: list[Letter] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311 # chance, not secrecy

    def take(self, letter: Letter) -> None:
        times = 1 if self.seed is None else self.chance.choice((0, 1, 1, 1, 2))
        self.waiting += [letter] * times

    def due(self) -> list[Letter]:
        """The letters that arrive now."""
        if self.seed is None:
            arrived, self.waiting = self.waiting, []
            return arrived
        self.chance.shuffle(self.waiting)
        held = [letter for letter in self.waiting if self.chance.random() < 0.5]
        arrived = self.waiting[len(held) :]
        self.waiting = self.waiting[: len(held)]
        return arrived
