"""Lifecycles by seed: what people might do to one incident, in any order that GitHub allows.

The same seed gives the same people, the same acts and the same times, whatever goes wrong around them.
"""

from dataclasses import replace
from random import Random
from typing import Any

from stanch.sandbox.clock import seconds
from stanch.sandbox.scenario import Scenario, Step

MINUTE, HOUR, DAY = 60, 3600, 86_400
PEOPLE = {
    "alex": "admin",
    "jordan": "write",
    "morgan": "write",
    "sam": "triage",
    "kim": "read",
    "riley": "none",
}
LABELS = ["sev-1", "sev-2", "sev-3", "sev-4", "client-report", "post-mortem", "containment", "overdue", "false-alarm"]
CONFIGS: tuple[dict[str, str], ...] = (
    {},
    {".github/stanch.yml": "people: [jordan, morgan, alex]\nclients: [riley]\n"},
    {".github/stanch.yml": "team:\n  zone: Europe/Berlin\npeople: [morgan, alex]\n"},
    {".github/stanch.yml": "peeple: [morgan]\n", ".github/CODEOWNERS": "* @jordan @morgan\n"},
)
STARTS = ("2026-03-13T15:40:00Z", "2026-03-16T08:05:00Z", "2026-03-27T22:30:00Z")
COMMANDS = (
    "/ack",
    "/take",
    "/sev 1 it is worse",
    "/sev 2 only exports",
    "/sev 3 one customer",
    "/sev 4 a typo in a mail",
    "/sev 3 misjudged: it was a test",
    "/lead @morgan",
    "/handoff @jordan",
    "/status identified the release of noon",
    "/status mitigated users are fine",
    "/status monitoring",
    "/status investigating",
    "/status resolved",
    "/update We are on it.\nMore at noon.",
    "/update! Call 555-0100.",
    "/timeline the queue began to grow | 02:05",
    "/contain rollback back to 117",
    "/contain flag new-basket off until 3d",
    "/restore C1",
    "/verify failure",
    "/verify neighbours\n/verify containment",
    "/snooze 30m",
    "/resolve all is well",
    "/false-alarm a load test",
    "/help",
    "/take\n/contain workaround by hand\n/status mitigated for now",
)
MISTAKES = (
    "/akc",
    "/sev",
    "/sev 9 nonsense",
    "/contain rolback release",
    "/restore C9",
    "/snooze 9h",
    "/update",
    "/status fine",
    "/stanch dance",
    "/ack\n/updaet We look.",
)
REMARKS = ("Looking at the logs.", "Could it be `/ack`?", "> /resolve\n\nreally?", "See <!-- stanch:1 key=1/card -->")
GAPS = (4 * MINUTE, 6 * MINUTE, 9 * MINUTE, 20 * MINUTE, 45 * MINUTE, 2 * HOUR, 5 * HOUR)


class Author:
    """Writes one lifecycle."""

    def __init__(self, seed: int, acts: int) -> None:
        self.chance = Random(seed)  # noqa: S311 # chance, not secrecy
        self.rows: list[dict[str, Any]] = []
        self.at = 0
        self.comments: list[tuple[str, str]] = []
        self.pulls: list[str] = []
        self.acts = acts

    def scenario(self) -> Scenario:
        start, files = self.chance.choice(STARTS), self.chance.choice(CONFIGS)
        self._before()
        self._opening()
        while len(self.rows) < self.acts:
            self.at += self.chance.choice(GAPS) if self.chance.random() < 0.95 else self.chance.randint(1, 4) * DAY
            self._act()
        steps = tuple(Step(row["at"], row["who"], row["does"], row) for row in self.rows)
        scene = {"files": files, "labels": LABELS, "forms": {"incident": [], "client-report": ["client-report"]}}
        ends = self.at + self.chance.choice((20 * MINUTE, 6 * HOUR, 2 * DAY))
        return Scenario("", seconds(start), "harbour/checkout", PEOPLE, steps, ends, scene)

    def _does(self, who: str, does: str, **wish: Any) -> None:
        self.rows.append({"at": self.at, "who": who, "does": does, **wish})

    def _before(self) -> None:
        if self.chance.random() < 0.5:
            self._does("jordan", "deploys", text="Release 117")
            self.at += HOUR

    def _opening(self) -> None:
        self.at += self.chance.choice(GAPS)
        number = self.chance.randint(1, 4)
        by_label = {"as": "incident", "title": "Checkout is down"}
        match self.chance.randrange(6):
            case 0 | 1:
                self._does("alex", "opens", text="It fails.", labels=[f"sev-{number}"], **by_label)
            case 2:
                answers = {"What is broken?": "Nobody can pay.", "Severity": f"SEV-{number}: bad"}
                who = self.chance.choice(("alex", "jordan", "sam", "kim"))
                self._does(who, "opens by form", form="incident", answers=answers, **by_label)
            case 3:
                answers = {"What happens instead?": "An error.", "How urgent is it for you?": "Very."}
                who = self.chance.choice(("riley", "kim"))
                self._does(who, "opens by form", form="client-report", answers=answers, **by_label)
            case 4:
                self._does("kim", "opens", text="It fails.", **by_label)
                self.at += self.chance.choice(GAPS)
                self._does("sam", "labels", thread="incident", labels=[f"sev-{number}"])
            case _:
                self._does("morgan", "opens", text="It fails.", **by_label)
                self.at += self.chance.choice(GAPS)
                self._comment("jordan", f"/sev {number} users tell us")

    def _comment(self, who: str, text: str) -> None:
        name = f"c{len(self.comments)}"
        self.comments.append((name, who))
        self._does(who, "comments", thread="incident", text=text, **{"as": name})

    def _someone(self) -> str:
        return self.chance.choice(("alex", "jordan", "morgan"))

    def _act(self) -> None:
        draw = self.chance.random()
        if draw < 0.42:
            self._comment(self._someone(), self.chance.choice(COMMANDS))
        elif draw < 0.50:
            self._comment(self._someone(), self.chance.choice(MISTAKES))
        elif draw < 0.55:
            self._comment(self.chance.choice(("kim", "riley", "sam")), self.chance.choice(COMMANDS + REMARKS))
        elif draw < 0.63:
            self._labels()
        elif draw < 0.71:
            self._rewrites()
        elif draw < 0.79:
            self._touches_the_bots()
        elif draw < 0.87:
            self._opens_and_closes()
        elif draw < 0.93:
            self._works()
        else:
            self._on_postmortem()

    def _labels(self) -> None:
        labels = [f"sev-{self.chance.randint(1, 4)}" for _ in range(self.chance.choice((1, 1, 2)))]
        who = self.chance.choice(("alex", "sam"))
        if self.chance.random() < 0.3:
            self._does(who, "unlabels", thread="incident", label=labels[0])
        else:
            self._does(who, "labels", thread="incident", labels=labels)

    def _rewrites(self) -> None:
        """A comment is edited or deleted, by its author or by a maintainer."""
        if not self.comments:
            return self._labels()
        name, author = self.chance.choice(self.comments)
        who = self.chance.choice((author, "alex"))
        if self.chance.random() < 0.5:
            self._does(who, "deletes comment", comment=name)
        else:
            self._does(who, "edits comment", comment=name, text=self.chance.choice(COMMANDS + REMARKS))
        return None

    def _touches_the_bots(self) -> None:
        does = self.chance.choice(("deletes the bot's", "edits the bot's"))
        # With both the comment and the card gone, nothing but the bot's own deeds tells when an order was given.
        rewritten = any(row["does"] in {"deletes comment", "edits comment"} for row in self.rows)
        what = "notice" if rewritten else self.chance.choice(("card", "notice", "notice"))
        self._does("alex", does, thread="incident", what=what, nth=self.chance.randrange(5))

    def _opens_and_closes(self) -> None:
        match self.chance.randrange(4):
            case 0:
                self._does("jordan", "closes", thread="incident")
            case 1:
                self._does("jordan", "closes", thread="incident", reason="not_planned")
            case 2:
                self._does("alex", "reopens", thread="incident")
            case _:
                does = self.chance.choice(("assigns", "unassigns"))
                self._does("sam", does, thread="incident", assignees=[self._someone()])

    def _works(self) -> None:
        """A pull request for the incident, its merge, or a deployment."""
        if self.pulls and self.chance.random() < 0.6:
            self._does("morgan", "merges", thread=self.pulls.pop())
        elif self.chance.random() < 0.5:
            name = f"pull-{len(self.rows)}"
            self.pulls.append(name)
            self._does("morgan", "opens pull", title="Mend it", text="Part of #{incident}", **{"as": name})
        else:
            self._does("morgan", "deploys", text="A release")

    def _on_postmortem(self) -> None:
        where = {"thread": "label:post-mortem"}
        match self.chance.randrange(3):
            case 0:
                day = self.chance.choice(("2026-03-17", "2026-03-30", "2026-04-02"))
                text = f"- [ ] Alert earlier — Owner: @sam — Due: {day}"
                self._does("jordan", "adds to body", below="Action items", text=text, **where)
            case 1:
                self._does("sam", "ticks", text="Alert earlier", **where)
            case _:
                self._does("alex", "closes", **where)


SHORT_LIVES = 200
"""Seeds below this make lives of eight acts, the others longer ones."""


def lifecycle(seed: int) -> Scenario:
    """The lifecycle of a seed."""
    return Author(seed, 8 if seed < SHORT_LIVES else 8 + seed % 8).scenario()


def untouched(scenario: Scenario) -> Scenario:
    """The same without what maintainers do to the bot's own comments."""
    return replace(scenario, steps=tuple(step for step in scenario.steps if "the bot's" not in step.does))


def told(scenario: Scenario) -> str:
    """A lifecycle in lines, for whoever has to find out what went wrong."""
    return "\n".join(f"+{s.at // 60}m {s.who} {s.does} {dict(s.wish, at=0, who=0, does=0)}" for s in scenario.steps)
