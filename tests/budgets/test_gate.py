"""What the gate asks of GitHub, counted at the embedded one: two reads at most, and a write only where it says more."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from stanch.adapters.payload import Trigger
from stanch.app.gate_events import react
from stanch.app.handle import handle
from stanch.app.road import PASSES
from stanch.app.stage import stage
from stanch.app.sweep import sweep
from stanch.core.case import Case
from stanch.core.plan import plan
from stanch.core.pull_case import decided
from stanch.core.pull_commands import judged
from stanch.practices import PRACTICES
from stanch.render.words import Words
from stanch.sandbox import branches
from stanch.sandbox.rights import Caller
from tests.budgets.meter import Bill, Meter
from tests.gated import AFTER, BRANCH, CODE, TEST, TESTED, Hotfix, harbour, hotfix
from tests.pulls import GOOD, as_case, changed, commit, review, with_pull, with_thread
from tests.steps import steps
from tests.values import comment

PULL_POINTS, BESIDE_POINTS = 2, 1
MOST_GROWTH = 2.5


@pytest.fixture
def found() -> Iterator[Hotfix]:
    """An incident, whose hotfix is still to be opened."""
    with stage(harbour()) as connected:
        yield hotfix(connected)


def billed(one: Hotfix) -> Bill:
    """What one look asks."""
    meter = Meter(one.world)
    one.look()
    return meter.bill()


def asks(bill: Bill) -> dict[str, int]:
    return {kind: count for kind, count in bill.kinds.items() if count}


def test_a_quiet_look_at_a_hotfix_is_two_reads_and_no_write(found: Hotfix) -> None:
    """The pull request and what it points to, red as well as green, and after the merge."""
    found.opened().look()
    for _ in range(2):
        bill = billed(found)
        assert (asks(bill), bill.writes, bill.points) == ({"Pull": 1, "Beside": 1}, 0, PULL_POINTS + BESIDE_POINTS)
        if found.state != "success":
            found.green()
    found.world.person("jordan").merges(found.number, "squash")
    found.look()
    bill = billed(found)
    assert bill.writes == 0
    assert bill.reads - bill.kinds["Children"] == 2


def test_what_is_no_hotfix_is_one_read_and_one_status(found: Hotfix) -> None:
    """The first look sets the status and finds it at the second reading; later ones cost a read."""
    found.opened("A better name.", branch="feature/names")
    first, later = billed(found), billed(found)
    assert (asks(first), first.writes) == ({"Pull": 2, "post status": 1}, 1)
    assert (asks(later), later.writes) == ({"Pull": 1}, 0)
    assert found.state == "success"


def test_each_pass_writes_only_what_changed(found: Hotfix) -> None:
    """A status and a card at first; an approval that leaves the status red, and each step after it, cost one edit."""
    found.opened()
    meter = Meter(found.world)
    assert len(found.look().writes) == 2
    bill = meter.bill()
    assert (bill.writes, bill.kinds["Pull"]) == (2, 2)
    found.world.person("morgan").approves(found.number)
    kinds = [type(write) for write in found.look().writes]
    assert sorted(kind.__name__ for kind in kinds) == ["EditComment", "SetStatus"]
    assert len(kinds) <= PASSES
    found.world.person("kim").comments(found.number, "Thank you.")
    assert found.look().writes == ()


def test_who_pushed_is_asked_once_for_each_head_that_somebody_approved(found: Hotfix) -> None:
    """Nobody approved: never. Then once, however often it is looked at; and once more for the next head."""
    found.opened()
    assert billed(found).kinds["list activity"] == 0
    found.world.person("morgan").approves(found.number)
    assert billed(found).kinds["list activity"] == 1
    assert billed(found).kinds["list activity"] == 0
    found.world.person("sam").approves(found.number)
    assert billed(found).kinds["list activity"] == 0
    found.world.person("jordan").pushes_to(BRANCH, {CODE: AFTER + "\n"}, "One more line")
    assert billed(found).kinds["list activity"] == 1
    assert billed(found).kinds["list activity"] == 0


def test_a_proof_is_fetched_once(found: Hotfix) -> None:
    """Two REST reads and the file itself; not again for the same run, and again for a newer one."""
    found.opened().look()
    found.proven()
    bill = billed(found)
    fetched = {kind: count for kind, count in bill.kinds.items() if "artifact" in kind}
    assert sum(fetched.values()) == 2
    assert not [kind for kind in billed(found).kinds if "artifact" in kind]
    found.proven()
    assert [kind for kind in billed(found).kinds if "artifact" in kind]


def test_a_change_of_the_incident_reaches_its_hotfix(found: Hotfix) -> None:
    """One look at the incident, then one at the open pull request that names it."""
    found.opened().look()
    found.world.person("alex").labels(found.incident, "sev-1")
    found.world.person("alex").unlabels(found.incident, "sev-2")
    list(handle(found.stage.desk(), Trigger("issues", "labeled", found.incident)))
    assert "SEV-1" in found.card


def big(found: Hotfix, *, files: int = 1, commits: int = 1, reviews: int = 0) -> Hotfix:
    """A hotfix of this size, which was proven and approved like any other."""
    many = {f"shop/part{n:04}.py": f"PART = {n}\n" for n in range(files - 1)}
    found.opened(**{CODE.replace("/", "__"): AFTER}, **{path.replace("/", "__"): text for path, text in many.items()})
    many = [branches.NewCommit({TEST: TESTED + "#\n" * n}, f"Step {n}", "jordan") for n in range(1, commits)]
    if many:
        branches.push(found.world, found.world.repository(), Caller("jordan"), BRANCH, many)
    found.proven()
    for n in range(reviews):
        found.world.clock.advance(minutes=1)
        found.world.person(("morgan", "sam")[n % 2]).approves(found.number, f"Read {n} times.")
    found.approved()
    return found


@pytest.mark.parametrize(
    ("size", "stopped_by"),
    [({"files": 3000}, ("H006", "H011")), ({"commits": 250}, ("H004",)), ({"reviews": 130}, ("H004",))],
)
def test_a_huge_pull_request_is_two_reads_and_never_green(
    found: Hotfix, size: dict[str, int], stopped_by: tuple[str, ...]
) -> None:
    """What one read does not show whole is not taken for seen: 3,000 files, 250 commits, 130 reviews."""
    big(found, **size).look()
    bill = billed(found)
    assert (asks(bill), bill.writes) == ({"Pull": 1, "Beside": 1}, 0)
    assert bill.points <= PULL_POINTS + BESIDE_POINTS
    assert found.state != "success"
    open_ = [line.split("|")[2].split()[0] for line in found.card.splitlines() if line.startswith(("| ❌", "| ❔"))]
    assert set(stopped_by) <= set(open_)


@pytest.mark.parametrize("size", [{"commits": 199}, {"reviews": 98}])
def test_as_much_as_one_read_shows_is_judged_like_any_other(found: Hotfix, size: dict[str, int]) -> None:
    """At 199 commits and 99 reviews everything is seen, and the answer is what it is."""
    big(found, **size).look()
    assert (asks(billed(found)), found.state) == ({"Pull": 1, "Beside": 1}, "success")


@pytest.mark.parametrize("kind", ["files", "commits", "reviews", "comments"])
def test_twice_the_size_is_twice_the_work(kind: str) -> None:
    """Judging what one read shows takes work in proportion to it: no answer looks at all for each."""
    half, whole = sized(kind, 50), sized(kind, 100)
    judged_anew(half)  # compiles the templates, once a process
    assert steps(lambda: judged_anew(whole)) <= MOST_GROWTH * steps(lambda: judged_anew(half))


def sized(kind: str, count: int) -> Case:
    """A good hotfix with so many of one kind."""
    each: dict[str, Callable[[int], object]] = {
        "files": lambda n: changed(f"shop/part{n}.py"),
        "commits": lambda n: commit("alex", "sam", message=f"Step {n}\n\nFixes nothing."),
        "reviews": lambda n: review("jordan" if n % 2 else "kim", 40 + n / 100, id_=f"R{n}"),
        "comments": lambda n: comment(1000 + n, "sam", "/waive H006 it cannot be any smaller\n/retest", 50 + n / 100),
    }
    many = tuple(each[kind](n) for n in range(count))
    of = with_thread(GOOD, items=many) if kind == "comments" else with_pull(GOOD, **{kind: many})
    return as_case(of)


def judged_anew(case: Case) -> None:
    pull = case.pull
    assert pull is not None
    found = decided(pull.gathered, judged(case.snapshot, case.ledger, pull.gathered))
    again = replace(case, pull=found)
    plan(again, tuple(want for practice in PRACTICES for want in practice(again)), Words.load())


def test_a_sweep_is_a_read_per_fifty_and_two_per_hotfix(found: Hotfix) -> None:
    """130 open pull requests, three of them hotfixes: the list, the branch, and two reads for each of the three."""
    jordan = found.world.person("jordan")
    for n in range(127):
        jordan.opens_pull(f"A name {n}", "Better.", f"feature/{n}")
    for n in range(3):
        jordan.opens_pull(f"A fix {n}", f"Incident: #{found.incident}", f"hotfix/{n}")
    list(sweep(found.stage.desk()))
    meter = Meter(found.world)
    list(sweep(found.stage.desk()))
    bill = meter.bill()
    assert (bill.kinds["Pulls"], bill.kinds["Landed"]) == (math.ceil(130 / 50), 1)
    assert (bill.kinds["Pull"], bill.kinds["Beside"], bill.writes) == (3, 3, 0)
    assert all(found.world.costs[name] <= PULL_POINTS for name in ("Pulls", "Landed", "Pull", "Beside"))


def test_where_the_gate_is_not_installed_a_sweep_asks_nothing_about_pull_requests() -> None:
    """Neither the list nor the branch is read, and nothing is written."""
    with stage(harbour(installed=False)) as connected:
        found = hotfix(connected).opened()
        list(sweep(connected.desk()))
        meter = Meter(found.world)
        list(sweep(connected.desk()))
        bill = meter.bill()
        assert (set(asks(bill)), bill.writes, found.state) == ({"Threads"}, 0, "")


def test_where_the_gate_is_not_installed_a_comment_is_one_read() -> None:
    """That it is not installed stands in the first read, and then nothing more is asked, whoever says what."""
    with stage(harbour(installed=False)) as connected:
        found = hotfix(connected).opened()
        found.world.person("alex").comments(found.number, "/waive H006 it cannot be any smaller")
        found.world.person("morgan").approves(found.number)
        meter = Meter(found.world)
        list(handle(connected.desk(), Trigger("issue_comment", "created", found.number, is_pull_request=True)))
        bill = meter.bill()
        assert (asks(bill), bill.writes) == ({"Pull": 1}, 0)


def test_a_deployment_is_one_read_more_than_the_pull_requests_it_is_about(found: Hotfix) -> None:
    """The commit's pull requests are asked once; a commit of none costs that one read."""
    found.opened().green()
    meter = Meter(found.world)
    list(react(found.stage.desk(), Trigger("deployment_status", sha=found.head)))
    assert asks(meter.bill()) == {"OfCommit": 1, "Pull": 1, "Beside": 1}
    list(react(found.stage.desk(), Trigger("workflow_run", sha=found.world.repository().head)))
    assert asks(meter.bill()) == {"OfCommit": 1}
