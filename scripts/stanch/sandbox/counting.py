"""What was asked of the sandbox, counted; and GitHub's hourly limits."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Write:
    """One write request; `index` counts from 1 and is what a fault plan names."""

    index: int
    kind: str
    path: str
    login: str


@dataclass
class Counts:
    """HTTP traffic. People who act through `Person` make none."""

    requests: int = 0
    reads: int = 0
    writes: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    log: list[Write] = field(default_factory=list)


HOUR = 3600


@dataclass
class Rates:
    """Requests and points an hour for each account; a GITHUB_TOKEN has 1,000 of each, a person 5,000."""

    bot: int = 1000
    person: int = 5000
    used: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def limit(self, *, is_bot: bool) -> int:
        return self.bot if is_bot else self.person

    def spend(self, login: str, resource: str, now: int, amount: int = 1) -> int:
        """Note `amount` used of a resource (`core`, `graphql`) in this hour; returns the hour's sum."""
        key = (login, resource, now // HOUR)
        self.used[key] += amount
        return self.used[key]
