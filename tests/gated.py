"""A repository with the gate installed, an incident, and a hotfix for it that anything may be done to.

Jordan wrote the hotfix, morgan approves it, sam leads the incident, alex is the administrator and kim an outsider.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from stanch.adapters.pull_reader import ARTIFACT
from stanch.app.gate import gate
from stanch.app.road import Outcome, carry
from stanch.app.stage import Stage
from stanch.core.gate import CONTEXT
from stanch.core.marker import marker_of
from stanch.core.own_workflows import PROOF_WORKFLOW
from stanch.core.proof.evidence import Changed, Side, SuiteFacts
from stanch.core.proof.manifest import Manifest, RunFacts
from stanch.core.proof.suite import ReportKind
from stanch.sandbox.records import CommitStatus, Issue
from stanch.sandbox.rights import BOT
from stanch.sandbox.world import World

REPOSITORY = "harbour/checkout"
START = "2026-03-17T10:00:00Z"
ROLES = {"alex": "admin", "jordan": "write", "morgan": "write", "sam": "maintain", "kim": "read"}
LABELS = (
    "sev-1",
    "sev-2",
    "sev-3",
    "sev-4",
    "post-mortem",
    "root-cause",
    "review-owed",
    "bug",
    "containment",
    "overdue",
)
CONFIG = "people: [alex, jordan, morgan, sam]\nclients: none\n"
GATE_WORKFLOW = ".github/workflows/stanch-hotfix.yml"
INSTALLED = {GATE_WORKFLOW: "name: stanch-hotfix\n", PROOF_WORKFLOW: "name: stanch-prove\n"}
BRANCH = "hotfix/rounding"
CODE, TEST = "shop/cart.py", "tests/test_cart.py"
BEFORE = "def total(prices):\n    return int(sum(prices))\n"
AFTER = "def total(prices):\n    return round(sum(prices), 2)\n"
TESTED = "def test_cents():\n    assert total([0.5]) == 0.5\n"
ROLLBACK = "Revert this pull request and deploy release `140` again."
BODY = "Cents are lost.\n\nIncident: #{incident}\nRollback: " + ROLLBACK + "\n"


def harbour(config: str | None = CONFIG, *, installed: bool = True, kind: type[World] = World) -> World:
    """A repository with its people, labels and code; and with the gate's workflows, if it is installed."""
    world = kind(START)
    files = {CODE: BEFORE, **(INSTALLED if installed else {}), **({".github/stanch.yml": config} if config else {})}
    world.add_repository(REPOSITORY, labels=LABELS, files=files)
    for login, role in ROLES.items():
        world.add_person(login, role)
    return world


def archive(head: str, base: str, *, holds: bool = True) -> dict[str, str]:
    """What the proof's job keeps: one test that fails before and passes after, or that passes before as well."""
    broken = '<testsuite><testcase classname="t" name="cents"><failure message="0 is not 0.5"/></testcase></testsuite>'
    whole = '<testsuite><testcase classname="t" name="cents"/></testsuite>'
    ways = [(Side.BEFORE, attempt, broken if holds else whole) for attempt in (1, 2)]
    ways += [(Side.AFTER, attempt, whole) for attempt in (1, 2, 3)]
    runs, files = [RunFacts(suite="unit", side=Side.PRISTINE, attempt=1, exit_code=0, seconds=1, report="p.xml")], {}
    files["p.xml"] = "<testsuite></testsuite>"
    for side, attempt, said in ways:
        name = f"{side.value}-{attempt}.xml"
        files[name] = said
        code = int(said is broken)
        runs.append(RunFacts(suite="unit", side=side, attempt=attempt, exit_code=code, seconds=1, report=name))
    suite = SuiteFacts("unit", ReportKind.JUNIT, (TEST,), (TEST,))
    changed = Changed(tests=(TEST,), production=(CODE,))
    whole_ = Manifest(base=base, head=head, merge_base=base, suites=(suite,), changed=changed, runs=tuple(runs))
    return {"evidence.json": whole_.model_dump_json(), **files}


@dataclass
class Hotfix:
    """A hotfix on its stage, and its incident; each act takes a minute."""

    stage: Stage
    incident: int
    number: int = 0

    @property
    def world(self) -> World:
        return self.stage.world

    @property
    def issue(self) -> Issue:
        return self.world.issue(self.number)

    @property
    def head(self) -> str:
        pull = self.issue.pull
        assert pull is not None
        return pull.head_sha

    @property
    def status(self) -> CommitStatus | None:
        """The newest status of the gate on the head."""
        found = [one for one in self.world.repository().statuses.get(self.head, ()) if one.context == CONTEXT]
        return found[-1] if found else None

    @property
    def state(self) -> str:
        return self.status.state if self.status else ""

    @property
    def card(self) -> str:
        cards = [one.body for one in self.issue.comments if one.author == BOT and f"{self.number}/card" in one.body]
        return cards[0] if cards else ""

    def look(self) -> Outcome:
        """Carry the pull request a minute later."""
        self.world.clock.advance(minutes=1)
        return gate(self.stage.desk(), self.number)

    def opened(self, body: str = BODY, *, by: str = "jordan", branch: str = BRANCH, **files: str) -> "Hotfix":
        """The pull request, with a fix and its test unless other files are given."""
        self.world.clock.advance(minutes=20)
        changes = {path.replace("__", "/"): text for path, text in files.items()} or {CODE: AFTER, TEST: TESTED}
        text = body.replace("{incident}", str(self.incident))
        self.number = self.world.person(by).opens_pull("Round the total", text, branch, files=changes)
        return self

    def proven(self, files: Mapping[str, str | bytes] | None = None, *, holds: bool = True) -> int:
        """A run of the proof on the head, with its artifact; returns the run's id."""
        self.world.clock.advance(minutes=1)
        kept = archive(self.head, self.world.repository().head, holds=holds) if files is None else files
        jordan = self.world.person("jordan")
        run = jordan.starts_run(self.head, PROOF_WORKFLOW, checks=("prove",))
        jordan.finishes_run(run, "success", artifacts={ARTIFACT: kept})
        return run

    def approved(self, by: str = "morgan") -> None:
        self.look()  # who pushed when is asked at the first look that may matter
        self.world.person(by).approves(self.number)
        self.world.clock.advance(minutes=1)

    def green(self) -> "Hotfix":
        """Proven, approved and looked at, until the gate lets it pass."""
        self.proven()
        self.approved()
        self.look()
        assert self.state == "success", self.card
        return self

    def children(self, label: str) -> list[Issue]:
        return [one for one in self.world.repository().issues.values() if label in one.labels and one.author == BOT]

    def keys(self, number: int) -> list[str]:
        """The keys of what the bot said on a thread and nobody folded away, in order."""
        mine = (one for one in self.world.issue(number).comments if one.author == BOT and not one.minimized)
        return [marker.key for one in mine if (marker := marker_of(one.body))]


def hotfix(stage: Stage, severity: int = 2, *, lead: str = "sam") -> Hotfix:
    """An incident that is led, and no hotfix yet."""
    number = stage.world.person("alex").opens("Totals are wrong", "Cents are lost.", labels=[f"sev-{severity}"])
    carry(stage.desk(), number)
    stage.world.clock.advance(minutes=1)
    stage.world.person(lead).comments(number, "/take")
    carry(stage.desk(), number)
    return Hotfix(stage, number)
