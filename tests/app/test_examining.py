"""The weekly look of the sweep, with the token of the workflow: labels, the one issue, crashes, and what it costs."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from stanch.core.labels import SETUP, TABLE
from stanch.sandbox.faults import Fault, Killed
from stanch.sandbox.records import Issue
from stanch.sandbox.rights import BOT
from tests.app.clinic import CONFIG_PATH, FAULTS, HOUR, SWEEP, clinic, healthy_files, ran
from tests.app.clinic import swept as scheduled
from tests.app.rig import Mood, Ran, Rig, reply, rigged

Opens = Callable[[Mood], Rig]
WEEK = 7 * 24 * HOUR
FIRST = 1795437000
"""2026-11-23, 12:30 UTC."""

LEFT = FAULTS["somebody left"]


@pytest.fixture
def opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """A rig at a world, as the workflow has it; the last sweep was on Sunday."""
    with ExitStack() as held:

        def rig_at(world: Mood) -> Rig:
            rig = held.enter_context(rigged(world, tmp_path, monkeypatch))
            monday(rig, 0)
            return rig

        yield rig_at


def monday(rig: Rig, week: int) -> None:
    """Some Monday at 12:30, after scheduled sweeps of which the last one came before nine."""
    world, repo = rig.world, rig.world.repository()
    world.clock.set(FIRST + week * WEEK)
    scheduled(world, repo)
    repo.runs = {id_: run for id_, run in repo.runs.items() if run.at < world.clock.now - 5 * HOUR}


def swept(rig: Rig, event: str = "schedule") -> Ran:
    """A sweep by its schedule, which leaves a run that says how it ended."""
    rig.set("GITHUB_EVENT_NAME", event)
    ended = "failure"
    try:
        done = rig.run("sweep", "--json")
        ended = "success" if done.code == 0 else "failure"
    finally:
        ran(rig.world, rig.world.repository(), SWEEP, 0, ended)
    return done


def issues(rig: Rig) -> list[Issue]:
    found = rig.world.repository().issues.values()
    return [one for one in found if SETUP in one.labels and one.author == BOT]


def test_a_healthy_week_writes_nothing_and_is_looked_at_once(opens: Opens) -> None:
    """What this token may not see opens no issue; the rest of the week a sweep asks one thing more than elsewhere."""
    rig = opens(clinic())
    assert (swept(rig).code, rig.world.counts.writes) == (0, 0)
    assert rig.world.counts.reads <= 20
    rig.world.clock.advance(hours=1)
    before = rig.world.counts.reads
    assert swept(rig).code == 0
    again = rig.world.counts.reads - before
    rig.set("GITHUB_EVENT_NAME", None)
    before = rig.world.counts.reads
    rig.run("sweep", "--json")
    assert (again - (rig.world.counts.reads - before), rig.world.counts.writes) == (1, 0)


def test_a_push_of_the_set_up_makes_the_labels_at_once(opens: Opens) -> None:
    """As the merge of what `init` proposes does, on any day; with colour and words, and no issue."""
    world = clinic()
    world.repository().labels.clear()
    rig = opens(world)
    ran(world, world.repository(), SWEEP, 0)
    done = swept(rig, "push")
    assert (done.code, set(done.kinds), len(done.kinds)) == (0, {"DefineLabel"}, 17)
    assert world.repository().labels["sev-1"].color == "b60205"
    assert issues(rig) == []
    assert swept(rig, "push").kinds == []


def test_a_label_that_github_made_in_passing_gets_its_colour_and_words(opens: Opens) -> None:
    """As when an issue was opened with `drill` before the first sweep; what somebody chose, colour or words, stays."""
    world = clinic()
    labels = world.repository().labels
    labels["drill"] = replace(labels["drill"], name="Drill", color="ededed", description=None)
    labels["sev-1"] = replace(labels["sev-1"], color="ededed", description="Ours")
    labels["sev-2"] = replace(labels["sev-2"], color="000000", description=None)
    rig = opens(world)
    done = swept(rig)
    assert (done.code, done.kinds) == (0, ["PaintLabel"])
    drill = labels["drill"]
    assert (drill.name, drill.color, drill.description) == (
        "Drill",
        "d4c5f9",
        next(one.description for one in TABLE if one.name == "drill"),
    )
    assert [labels[name].color for name in ("sev-1", "sev-2")] == ["ededed", "000000"]
    monday(rig, 1)
    assert swept(rig).kinds == []


def test_one_issue_stays_open_while_something_is_wrong(opens: Opens) -> None:
    """Opened once, left alone while nothing changes, written anew when something does, closed when all is well."""
    rig = opens(LEFT.world())
    assert swept(rig).code == 0
    (one,) = issues(rig)
    assert "GitHub knows no `morgan` here" in (one.body or "")
    assert "@morgan" not in (one.body or "")
    for _ in range(3):
        rig.world.clock.advance(hours=5)
        assert swept(rig).kinds == []
    monday(rig, 1)
    assert swept(rig).kinds == []
    rig.world.repository().roles["jordan"] = "read"
    monday(rig, 2)
    assert swept(rig).kinds == ["EditIssue"]
    rig.world.add_person("morgan", "write")
    rig.world.repository().roles["jordan"] = "write"
    monday(rig, 3)
    assert swept(rig).kinds == ["CloseIssue"]
    assert [one.state for one in issues(rig)] == ["closed"]


def test_whoever_closes_it_has_rest(opens: Opens) -> None:
    """Until next Monday; as not planned, until something new is wrong."""
    rig = opens(LEFT.world())
    swept(rig)
    (one,) = issues(rig)
    rig.world.person("alex").closes(one.number)
    assert swept(rig, "push").kinds == []
    monday(rig, 1)
    swept(rig)
    assert [one.state for one in issues(rig)] == ["closed", "open"]
    rig.world.person("alex").closes(issues(rig)[-1].number, "not_planned")
    monday(rig, 2)
    assert swept(rig).kinds == []
    rig.world.repository().roles["jordan"] = "read"
    monday(rig, 3)
    swept(rig)
    assert [one.state for one in issues(rig)] == ["closed", "closed", "open"]


KILLS = [Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.BAD_GATEWAY_AFTER]


@pytest.mark.parametrize("place", [1, 2, 3])
@pytest.mark.parametrize("fault", KILLS)
def test_a_look_that_dies_is_made_good_by_the_next(opens: Opens, fault: Fault, place: int) -> None:
    """Before and after each of its writes: a label, the issue, its memory. There is one of each in the end."""
    world = LEFT.world()
    del world.repository().labels["drill"]
    rig = opens(world)
    world.faults.at_write(place, fault)
    with suppress(Killed):
        assert swept(rig).code == 3
    world.faults.clear()
    assert swept(rig).code == 0
    assert swept(rig, "push").kinds == []
    assert [one.state for one in issues(rig)] == ["open"]
    assert "drill" in world.repository().labels


def test_a_look_that_fails_costs_no_incident(opens: Opens) -> None:
    """It comes last: the incident has its card, and the run says what it could not do."""
    world = clinic()
    rig = opens(world)
    number = rig.incident()
    world.says = lambda asked: reply(500, "no") if asked.method == "GET" and asked.path.endswith("/checkout") else None
    done = swept(rig)
    assert done.code == 3
    assert "look at the set-up" in done.err
    assert rig.card(number)
    world.says = None
    assert swept(rig).code == 0


def test_where_the_last_sweep_is_not_to_be_told_it_is_looked_on_mondays(opens: Opens) -> None:
    """A token that lacks `actions: read` is itself something to be said, once a week."""
    rig = opens(LEFT.world())
    rig.world.says = lambda asked: reply(403, "no") if "/stanch-sweep.yml/runs" in asked.path else None
    rig.world.clock.advance(hours=48)
    assert swept(rig).kinds == []
    monday(rig, 1)
    assert "CreateIssue" in swept(rig).kinds


def test_a_watcher_that_this_sweep_has_started_is_one(opens: Opens) -> None:
    """GitHub may list its run only later: a SEV-1 that was just found is no fault of the set-up."""
    rig = opens(clinic())
    rig.incident()
    rig.world.says = lambda asked: (
        (200, {"Content-Type": "application/json"}, b'{"total_count": 0, "workflow_runs": []}')
        if "/stanch-watch.yml/runs" in asked.path
        else None
    )
    done = swept(rig)
    assert "StartWorkflow" in done.kinds
    assert issues(rig) == []


def test_without_issues_none_is_opened(opens: Opens) -> None:
    """There is no place for it: what is wrong is told by `stanch doctor` alone."""
    rig = opens(FAULTS["no issues"].world())
    done = swept(rig)
    assert (done.code, done.kinds, issues(rig)) == (0, [], [])


def test_outside_of_actions_nothing_is_looked_at(opens: Opens) -> None:
    """A sweep by hand, from a laptop, is a sweep."""
    rig = opens(LEFT.world())
    assert rig.run("sweep", "--json").code == 0
    assert issues(rig) == []


def test_a_dry_sweep_shows_the_issue_and_writes_nothing(opens: Opens) -> None:
    """As any dry run does."""
    rig = opens(LEFT.world())
    rig.set("GITHUB_EVENT_NAME", "schedule")
    done = rig.run("sweep", "--dry-run", "--json")
    assert "CreateIssue" in done.kinds
    assert rig.world.counts.writes == 0


def test_without_workflow_files_it_is_said_once(opens: Opens) -> None:
    """A repository whose set-up is broken in many ways still gets one issue."""
    files = {path: text for path, text in healthy_files().items() if "stanch-incidents" not in path}
    rig = opens(clinic(files | {CONFIG_PATH: "peeple: 1\n"}))
    swept(rig)
    (one,) = issues(rig)
    assert (one.body or "").count("\n- **") >= 2
