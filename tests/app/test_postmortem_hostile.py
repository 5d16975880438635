"""Every layout under hostile text and at the largest sizes: whole tables, no mention, and the end still there."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from stanch.core.config_postmortem import Layout
from tests.app.posted import faults_of
from tests.app.rig import Rig, harbour, rigged
from tests.app.test_hostile_text import CONFIG, HOSTILE, HOSTS, INTENDED, LINES, filled_in

SAID = ("/take", "/sev 1 {}", "/update! {}", "/status identified {}", "/timeline {}", "/contain rollback {}",
        "/contain flag {} until 2026-03-19", "/restore C1 for good: {}", "/verify failure",
        "/lead @jordan")  # fmt: skip
LAYOUTS = [*Layout]


@pytest.fixture(params=LAYOUTS)
def rig(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A world whose team chose this layout."""
    config = f"{CONFIG}postmortem: {{layout: {request.param}}}\n"
    with rigged(harbour(config), tmp_path, monkeypatch) as one:
        one.world.repository().labels["<b>|@victim`"] = next(iter(one.world.repository().labels.values()))
        yield one


def report(rig: Rig) -> str:
    number = max(rig.world.repository().issues)
    assert rig.world.issue(number).title.startswith("Post-mortem")
    return rig.world.issue(number).body or ""


def assert_harmless(rig: Rig, body: str) -> None:
    numbers = {str(number) for number in rig.world.repository().issues}
    assert faults_of(body, INTENDED, numbers, HOSTS) == []


def test_hostile_text_stays_text(rig: Rig) -> None:
    """In the timeline, the head, the factors and the items, as a table or as a list; for clients as well."""
    alex, jordan = rig.world.person("alex"), rig.world.person("jordan")
    pull = alex.opens_pull(f"Bump {HOSTILE} from 1 to 2"[:250], "", "bump")
    alex.merges(pull)
    run_with_the_name(rig, HOSTILE)
    number = alex.opens(f"Down {HOSTILE}"[:256], filled_in(LINES), labels=["sev-1", "client-report"])
    for command in SAID:
        rig.world.clock.advance(minutes=25)
        jordan.comments(number, command.format(HOSTILE))
    alex.opens_pull(f"Fix {HOSTILE}"[:256], f"Fixes #{number}", "fix")
    jordan.comments(number, "/resolve " + HOSTILE)
    assert rig.look(number).code == 0
    body = report(rig)
    assert_harmless(rig, body)
    assert "failed on `" in body
    assert body.rstrip().endswith("is what changes.")
    client = rig.run("postmortem", "new", "--issue", str(number), "--client").out
    assert_harmless(rig, f"<!-- stanch:1 key=1/x -->\n{client}")


NAMES = {
    "a mention": "@alex and @team/all",
    "a marker": "<!-- stanch:1 key=1/card -->",
    "pipes and a row": "a|b|c\n|---|",
    "a fence": "```\nx\n```",
    "HTML": "<b onclick=x>b</b></code></td>",
    "turned around": "deploy\u202eyolped\u2066",
    "a link": "[run](https://evil.test) https://evil.test",
    "a template": "{{ number }}{% raw %}",
    "long": "deploy " * 43,
    "nothing to see": "\u200b\u2060",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_workflow_may_have_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """One line of the table, and nothing but its text is in it."""
    with rigged(harbour(CONFIG), tmp_path, monkeypatch) as rig:
        rig.world.person("alex").deploys()
        run_with_the_name(rig, name)
        number = rig.incident()
        rig.world.person("jordan").comments(number, "/resolve")
        assert rig.look(number).code == 0
        body = report(rig)
        assert_harmless(rig, body)
        (line,) = [one for one in body.splitlines() if "failed on `" in one]
        cells = re.fullmatch(r"\| 10:00 UTC \| Workflow .* failed on `[0-9a-f]{7}` \(`push`\) \| (.*) \|", line)
        assert cells
        assert re.fullmatch(r"\[run\]\(https?://\S+/actions/runs/[0-9]+\)", cells[1])
        assert line.count("deploy") <= 80 // len("deploy ") + 1


def run_with_the_name(rig: Rig, name: str) -> None:
    """A run on the newest commit that failed."""
    alex, runs = rig.world.person("alex"), rig.world.repository().runs
    run = alex.starts_run("main", ".github/workflows/deploy.yml", event="push")
    runs[run] = replace(runs[run], name=name)
    alex.finishes_run(run, "failure")


@pytest.mark.parametrize("text", ["We know a little more now, and look further.", HOSTILE])
def test_the_longest_incident_keeps_its_action_items(rig: Rig, text: str) -> None:
    """Hundreds of words, the longest ones: the middle of the timeline is left out, not the end of the report."""
    number = rig.world.person("alex").opens("Down", filled_in(text * 9), labels=["sev-1"])
    for place in range(26):
        rig.world.clock.advance(minutes=1)
        words = [f"/timeline {place}.{n} {text} | 2026-03-17 0{n % 9}:{place:02} UTC" for n in range(10, 20)]
        rig.world.person("jordan").comments(number, "\n".join(words))
    rig.world.person("jordan").comments(number, "/contain rollback x\n/resolve")
    assert rig.look(number).code == 0
    body = report(rig)
    assert "more lines: they stand in the thread" in body
    assert "Action items" in body
    assert "Remove C1" in body
    assert body.rstrip().endswith("is what changes.")
    assert_harmless(rig, body)
