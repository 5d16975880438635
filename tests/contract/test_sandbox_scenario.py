"""Scenarios are read strictly and played in virtual time."""

import io
import zipfile
from importlib.resources import files

import pytest

from stanch.sandbox.scenario import Listeners, Scenario, ScenarioError, offset, play

SHIPPED = ("sev-1-rollback", "sev-2-downgraded", "false-alarm")
SMALL = """
start: 2026-03-14T02:00:00Z
people: {alex: admin}
labels: [sev-1]
ends: +1h
steps:
  - {at: +2m, who: alex, does: opens, as: down, title: Down, text: "- [ ] one"}
  - {at: +3m, who: alex, does: opens, title: Other, text: "see #{down}"}
  - {at: +30m, who: alex, does: ticks, thread: down, text: one}
  - {at: +31m, who: alex, does: comments, thread: "label:sev-1", text: nobody opened this}
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_plays_to_its_end(name: str) -> None:
    """Each step is carried out, but those that wait for what only Stanch opens."""
    text = files("stanch.sandbox").joinpath(f"scenarios/{name}.yml").read_text("utf-8")
    scenario = Scenario.load(text)
    world = scenario.world()
    events: list[str] = []
    played = play(world, scenario, Listeners(lambda event, payload: events.append(event)))
    assert scenario.title
    assert {step.wish["thread"] for step in played.skipped} <= {"label:post-mortem"}
    assert world.clock.now == scenario.start + scenario.steps[-1].at
    assert {"issues", "issue_comment", "deployment_status"} <= set(events)
    assert played.names["incident"] in world.repository().issues


def test_steps_and_ticks_come_in_order_and_names_become_numbers() -> None:
    """A tick every twenty minutes until the end; a step of the same second goes first."""
    scenario = Scenario.load(SMALL)
    world = scenario.world()
    told: list[str] = []
    played = play(
        world,
        scenario,
        Listeners(
            on_event=lambda event, payload: told.append(f"{event}.{payload['action']}"),
            on_tick=lambda now: told.append(f"tick {(now - scenario.start) // 60}"),
            tick_every=1200,
        ),
    )
    assert told == ["issues.opened", "issues.opened", "tick 20", "issues.edited", "tick 40", "tick 60"]
    assert world.issue(1).body == "- [x] one"
    assert world.issue(2).body == "see #1"
    assert [step.does for step in played.skipped] == ["comments"]


def test_an_alarm_rings_at_its_second_before_what_is_due_then() -> None:
    """As often as somebody sets one; the clock shows its instant."""
    scenario = Scenario.load(SMALL)
    world = scenario.world()
    rings = [scenario.start + n for n in (90, 1200, 1201)]
    told: list[str] = []

    def ring(now: int) -> None:
        rings.pop(0)
        told.append(f"alarm {now - scenario.start} {world.clock.now - scenario.start}")

    listeners = Listeners(
        on_tick=lambda now: told.append(f"tick {now - scenario.start}"),
        tick_every=1200,
        alarm=lambda: rings[0] if rings else None,
        on_alarm=ring,
    )
    play(world, scenario, listeners)
    assert told == ["alarm 90 90", "alarm 1200 1200", "tick 1200", "alarm 1201 1201", "tick 2400", "tick 3600"]


HOTFIX = """
people: {alex: admin, jordan: write, morgan: write}
labels: [sev-2]
files: {src/basket.py: "def total():\\n    return 0\\n"}
environments: [staging]
merging: {squash: true, merge: false, rebase: false, required: [stanch/hotfix]}
steps:
  - {at: +1m, who: alex, does: opens, as: incident, title: Down, labels: [sev-2]}
  - at: +2m
    who: jordan
    does: opens pull
    as: fix
    branch: hotfix/basket
    title: Count the basket
    text: "Incident: #{incident}"
    draft: true
    files:
      src/basket.py: |
        def total():
            return 1
  - {at: +3m, who: jordan, does: marks ready, thread: fix}
  - {at: +4m, who: morgan, does: requests changes, thread: fix, text: A test is missing.}
  - at: +5m
    who: jordan
    does: pushes to
    thread: fix
    text: "Test it for #{incident}"
    files: {tests/test_basket.py: "# of #{incident}\\n"}
  - {at: +6m, who: jordan, does: runs proof, thread: fix, as: proof, files: {report.json: '{"of": "{fix}"}'}}
  - {at: +7m, who: jordan, does: deploys, thread: fix, environment: staging}
  - {at: +8m, who: morgan, does: approves, thread: fix}
  - {at: +9m, who: alex, does: dismisses, thread: fix, of: morgan}
  - {at: +10m, who: morgan, does: approves, thread: fix, text: Now it is.}
  - {at: +11m, who: jordan, does: adds to body, thread: fix, text: "Rollback: `git revert`"}
  - {at: +12m, who: alex, does: reports, thread: fix, context: stanch/hotfix}
  - {at: +13m, who: morgan, does: merges, thread: fix, how: squash}
  - {at: +14m, who: morgan, does: deploys, text: Release}
"""


def test_a_hotfix_can_be_told_as_a_scenario() -> None:
    """Files, reviews, the proof, staging and a squash, each by its verb, each raising its event."""
    scenario = Scenario.load(HOTFIX)
    world = scenario.world()
    told: list[str] = []
    played = play(world, scenario, Listeners(lambda event, payload: told.append(f"{event}.{payload.get('action')}")))
    assert [name for name in told if not name.startswith(("issues", "deployment."))] == [
        "push.None", "pull_request.opened", "pull_request.ready_for_review", "pull_request_review.submitted",
        "push.None", "pull_request.synchronize", "workflow_run.requested", "workflow_run.completed",
        "deployment_status.created", "pull_request_review.submitted", "pull_request_review.dismissed",
        "pull_request_review.submitted", "pull_request.edited", "status.None", "push.None", "pull_request.closed",
        "deployment_status.created",
    ]  # fmt: skip # one story
    repo, number = world.repository(), played.names["fix"]
    [proof] = repo.runs[played.names["proof"]].artifacts
    with zipfile.ZipFile(io.BytesIO(proof.content)) as archive:
        assert archive.read("report.json").decode() == f'{{"of": "{number}"}}'
    assert (played.skipped, proof.name) == ([], "stanch-proof")
    assert repo.files["tests/test_basket.py"] == f"# of #{played.names['incident']}\n"
    assert world.issue(number).body == "Incident: #1\n\nRollback: `git revert`\n"
    staged, live = repo.deployments.values()
    assert (staged.environment, staged.ref, live.sha) == ("staging", "hotfix/basket", repo.head)


@pytest.mark.parametrize(
    ("text", "seconds"), [("+2m", 120), ("+1h05m", 3900), ("+30s", 30), ("+1d2h", 93_600), ("+0m", 0)]
)
def test_a_time_is_days_hours_minutes_seconds_after_the_start(text: str, seconds: int) -> None:
    """Each part may be left out."""
    assert offset(text) == seconds


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("+2m", "2 minutes"), "is no time such as"),
        (("does: opens,", "does: sings,"), "nobody can 'sings'"),
        (("who: alex, does: ticks", "who: zoe, does: ticks"), "step 3: zoe is none of the people"),
        (("+30m", "+1m"), "step 3 comes before step 2"),
        (("labels:", "lables:"), "lables"),
        (("02:00:00Z", "02:00:00"), "names no time zone"),
        (("{alex: admin}", "{alex: admin"), "not YAML"),
    ],
)
def test_a_wrong_scenario_says_where(change: tuple[str, str], says: str) -> None:
    """The message names the step or the key."""
    with pytest.raises(ScenarioError, match=says):
        Scenario.load(SMALL.replace(*change))


def test_the_same_scenario_makes_the_same_world() -> None:
    """Nothing in the sandbox is left to chance: ids, commits and times agree, too."""
    worlds = []
    for _ in range(2):
        scenario = Scenario.load(SMALL)
        world = scenario.world()
        play(world, scenario)
        worlds.append((world.dump(), world.repository().commits, world.issue(1)))
    assert worlds[0] == worlds[1]
