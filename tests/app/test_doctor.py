"""`stanch doctor` on a healthy repository of the embedded GitHub, and with one fault after the other planted in it."""

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from stanch.adapters.notices import Delivered, Sender
from stanch.app.doctor_told import Told, as_json
from stanch.core.channels import Channel
from stanch.core.doctor.checks import CHECKS, examine
from stanch.core.doctor.inspection import Home
from stanch.core.errors import Refused
from stanch.core.writes import Send
from stanch.sandbox.exchange import Raw, Request
from stanch.sandbox.faults import Fault as Broken
from tests.app.clinic import CONFIG, CONFIG_PATH, FAULTS, WATCH, clinic, found, healthy_files, settings
from tests.app.rig import Mood, Rig, reply, rigged
from tests.inspections import OLD, SHA, healthy
from tests.source import ROOT

Opens = Callable[[Mood], Rig]

MAY_READ = {
    "actions": "read",
    "administration": "read",
    "contents": "read",
    "issues": "write",
    "secrets": "read",
    "variables": "read",
}

USUAL_REQUESTS, MOST_REQUESTS = 15, 25
"""What one look asks of GitHub where nothing is wrong, and where something is."""


@pytest.fixture
def opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """A rig at a world, with the token of an administrator."""
    with ExitStack() as held:

        def rig_at(world: Mood) -> Rig:
            rig = held.enter_context(rigged(world, tmp_path, monkeypatch))
            rig.set("GITHUB_TOKEN", world.token("alex"))
            return rig

        yield rig_at


def test_a_healthy_repository_has_nothing_wrong(opens: Opens) -> None:
    """Every check is fine, exit 0, nothing is written, and GitHub is asked few things."""
    world = clinic()
    rig = opens(world)
    ran = rig.run("doctor")
    assert ran.code == 0, ran.out
    assert [line[:1] for line in ran.out.splitlines()[: len(CHECKS)]] == ["✓"] * len(CHECKS)
    assert ran.out.splitlines()[-1] == f"All {len(CHECKS)} checks are fine."
    assert (world.counts.writes, ran.err) == (0, "")
    assert world.counts.reads <= USUAL_REQUESTS


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_named_and_mended_where_it_may_be(opens: Opens, name: str) -> None:
    """It alone is found, with a reason and a fix; what may be mended is, and then the doctor is silent."""
    fault = FAULTS[name]
    world = fault.world()
    rig = opens(world)
    ran = rig.run("doctor", "--json")
    assert found(ran) == list(fault.finds), ran.out
    assert ran.code == 1
    told = [finding for one in json.loads(ran.out)["checks"] for finding in one["findings"]]
    assert all(finding["what"].endswith((".", "?")) and finding["fix"].endswith((".", "`")) for finding in told), told
    assert (world.counts.writes, ran.err) == (0, "")
    assert world.counts.reads <= MOST_REQUESTS
    assert all(finding["mendable"] for finding in told) is fault.mends
    if fault.mends:
        assert rig.run("doctor", "--fix", "--yes", "--json").code == 0
        assert found(rig.run("doctor", "--json")) == []


def test_the_last_line_counts_checks_as_the_marks_and_the_json_do(opens: Opens) -> None:
    """However much one check finds: the marks, the last line and the verdicts of `--json` say the same."""
    files = {**healthy_files(), CONFIG_PATH: "people: [alex, jordan, morgan, gone1, gone2]\nclients: none\n"}
    world = clinic(files)
    world.repository().rulesets.clear()
    del world.repository().labels["drill"]
    rig = opens(world)
    world.says = lambda asked: reply(403, "no") if "/actions/secrets" in asked.path else None
    ran = rig.run("doctor")
    counts = Counter(one["verdict"] for one in json.loads(rig.run("doctor", "--json").out)["checks"])
    assert counts == {"fine": len(CHECKS) - 5, "fault": 2, "warning": 1, "unknown": 2}
    marks = Counter(re.findall(r"(?m)^([✓✗!?]) D", ran.out))
    assert marks == {"✓": len(CHECKS) - 5, "✗": 2, "!": 1, "?": 2}
    assert ran.out.splitlines()[-1] == (
        f"{len(CHECKS) - 5} of {len(CHECKS)} checks are fine; 2 are wrong, 1 wants a look, 2 could not be told."
        " `--fix` can help with 2 of them."
    )


def test_there_are_enough_faults() -> None:
    """At least 25 kinds, and every check has one."""
    kinds = {one for fault in FAULTS.values() for one in fault.finds}
    assert len(kinds) >= 25
    assert {check.code for check in CHECKS} == {one.partition(" ")[0] for one in kinds}


def test_the_token_of_a_workflow_sees_less_and_says_so(opens: Opens) -> None:
    """Nothing is wrong as far as it may see: exit 3, and each unknown with whose token would tell."""
    world = clinic()
    rig = opens(world)
    rig.set("GITHUB_TOKEN", world.bot_token)
    ran = rig.run("doctor")
    assert ran.code == 3
    assert ran.out.count("This token may not read") == ran.out.count("with the token of an administrator") == 5
    assert not any(line[:1] in "!✗" for line in ran.out.splitlines() if line)


def test_people_are_asked_about_one_by_one_where_no_list_is_shown(opens: Opens) -> None:
    """Three of them at most: of a fourth nothing is known, and that is said."""
    files = {**healthy_files(), CONFIG_PATH: CONFIG.replace("morgan", "morgan, sam")}
    world = clinic(files)
    world.habits.lists_collaborators = False
    rig = opens(world)
    rig.set("GITHUB_TOKEN", world.bot_token)
    told = json.loads(rig.run("doctor", "--json").out)["checks"]
    (gap,) = next(one["findings"] for one in told if one["code"] == "D022")
    assert (gap["verdict"], gap["what"]) == (
        "unknown",
        "Only a few people are asked about one by one, so nobody knows what sam may do.",
    )


def test_a_tag_with_a_message_leads_to_its_commit(opens: Opens) -> None:
    """Such a tag is an object of its own, which names the commit."""
    world = clinic()
    rig = opens(world)
    answers = {
        "/git/ref/tags/v0.1.0": {"object": {"type": "tag", "sha": OLD}},
        f"/git/tags/{OLD}": {"object": {"type": "commit", "sha": SHA}},
    }

    def says(asked: Request) -> Raw | None:
        told = next((body for end, body in answers.items() if asked.path.endswith(end)), None)
        return None if told is None else (200, {"Content-Type": "application/json"}, json.dumps(told).encode())

    world.says = says
    assert rig.run("doctor").code == 0


def test_where_no_release_is_shown_nobody_is_sent_for_another_token(opens: Opens) -> None:
    """The action may not have one yet, or may be hidden: an administrator of this repository sees no more."""
    world = clinic()
    world.repository("stanch-io/stanch").releases.clear()
    rig = opens(world)
    ran = rig.run("doctor", "--json")
    assert (ran.code, found(ran)) == (3, ["D014 unknown"])
    ran = rig.run("doctor")
    assert "there may be none yet" in ran.out
    assert "administrator" not in ran.out


def test_a_finding_weighs_more_than_what_is_unknown(opens: Opens) -> None:
    """Exit 1: what was found is sure."""
    world = FAULTS["labels that are missing"].world()
    rig = opens(world)
    rig.set("GITHUB_TOKEN", world.bot_token)
    assert rig.run("doctor").code == 1


def test_a_dry_run_shows_what_would_be_done(opens: Opens) -> None:
    """The ruleset as it would be made, and nothing written."""
    world = FAULTS["no rules at all"].world()
    rig = opens(world)
    ran = rig.run("doctor", "--fix", "--dry-run")
    assert "Would be done: new ruleset stanch for main" in ran.out
    assert ran.err.startswith("new ruleset stanch for main:\n[")
    assert '"context": "stanch/hotfix"' in ran.err
    assert (world.counts.writes, ran.code) == (0, 1)
    assert rig.run("doctor", "--fix", "--yes", "--dry-run").err == ran.err


def test_what_is_archived_takes_no_write(opens: Opens) -> None:
    """So nothing is tried that would be refused with another reason each time, and nothing is promised."""
    world = FAULTS["labels that are missing"].world()
    settings(archived=True)(world, world.repository())
    ran = opens(world).run("doctor", "--fix")
    assert (ran.code, world.counts.writes, "Not done" in ran.out, "`--fix` can" in ran.out) == (1, 0, False, False)


def test_a_refusal_is_told_once(opens: Opens) -> None:
    """A token that may read and not write is refused the first label, and is not sent for the other sixteen."""
    world = clinic()
    world.repository().labels.clear()
    rig = opens(world)
    rig.set("GITHUB_TOKEN", world.token("sam"))
    ran = rig.run("doctor", "--fix", "--json")
    assert [line.partition(":")[0] for line in ran.report["refused"]] == ["new label sev-1"]
    assert ran.code == 1


def test_a_limit_stops_the_mending(opens: Opens) -> None:
    """Nothing more is sent once GitHub says to slow down: exit 3, in one sentence."""
    world = FAULTS["labels that are missing"].world()
    rig, asked = opens(world), list[str]()

    def slow(request: Request) -> Raw | None:
        if request.method == "GET" or request.is_graphql:
            return None
        asked.append(request.path)
        return reply(429, "slow down", {"Retry-After": "3600"})

    world.says = slow
    ran = rig.run("doctor", "--fix")
    assert (ran.code, ran.out, len(asked)) == (3, "", 1)
    assert ran.complaint.startswith("stanch: ")


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_long_lines_go_on_below_themselves_in_a_terminal(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """In as many columns as there are, and no address is broken; elsewhere a line stays whole, for `grep`."""
    rig = opens(FAULTS["no rules at all"].world())
    whole = rig.run("doctor").out
    assert max(map(len, whole.splitlines())) > 100
    monkeypatch.setattr("tests.app.rig.io", SimpleNamespace(StringIO=Screen))
    rig.set("COLUMNS", "60")
    shown = rig.run("doctor").out
    assert shown.split() == whole.split()
    assert [line for line in shown.splitlines()[:-1] if len(line) > 60 and "https://" not in line] == []
    assert "       → In a ruleset for `main`, ask for a pull request;\n         `stanch doctor" in shown


def test_a_ruleset_is_made_only_when_somebody_agreed(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shown first; where nobody can answer it stays unmade, and the rest of `--fix` is done."""
    fault = FAULTS["no rules at all"]
    world = fault.world()
    del world.repository().labels["drill"]
    rig = opens(world)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    ran = rig.run("doctor", "--fix")
    assert "Done: new label drill" in ran.out
    assert "Not done, because nobody agreed to it (`--yes` does): new ruleset stanch for main" in ran.out
    assert ([one.rules for one in world.repository().rulesets.values()], ran.code) == ([()], 1)


def test_what_github_refuses_is_told(opens: Opens) -> None:
    """A token that may read settings and not change them makes the labels and not the ruleset."""
    world = FAULTS["no rules at all"].world()
    del world.repository().labels["drill"]
    rig = opens(world)
    world.add_token("github_pat_1", "alex", grants=MAY_READ)
    rig.set("GITHUB_TOKEN", "github_pat_1")
    ran = rig.run("doctor", "--fix", "--yes", "--json")
    told = json.loads(ran.out)
    assert told["mended"] == ["new label drill"]
    assert [line.partition(":")[0] for line in told["refused"]] == ["new ruleset stanch for main"]
    assert ran.code == 1


def test_a_label_that_is_there_keeps_its_colour(opens: Opens) -> None:
    """What the team chose stays, whatever is mended beside it."""
    world = FAULTS["labels that are missing"].world()
    repo = world.repository()
    repo.labels["sev-2"] = replace(repo.labels["sev-2"], color="123456", description="Ours")
    rig = opens(world)
    assert rig.run("doctor", "--fix").code == 0
    assert (repo.labels["sev-2"].color, repo.labels["sev-1"].color) == ("123456", "b60205")


def test_yes_alone_agrees_to_nothing(opens: Opens) -> None:
    """A usage error, before anything is read."""
    rig = opens(clinic())
    ran = rig.run("doctor", "--yes")
    assert (ran.code, rig.world.counts.reads) == (2, 0)


def test_whoever_is_no_administrator_is_told_that_they_cannot_tell(opens: Opens) -> None:
    """Classic protection, which they may not read, may hold what rulesets lack: nothing is offered to them."""
    world = FAULTS["no rules at all"].world()
    rig = opens(world)
    rig.set("GITHUB_TOKEN", world.token("jordan"))
    ran = rig.run("doctor", "--fix", "--yes", "--json")
    assert (ran.code, world.counts.writes) == (3, 0)
    assert "D025 unknown" in found(ran)


BAD = {
    "no token": ("GITHUB_TOKEN", None, 2),
    "a token that is refused": ("GITHUB_TOKEN", "ghp_nobody", 3),
    "no such repository": ("GITHUB_REPOSITORY", "harbour/elsewhere", 3),
    "no repository": ("GITHUB_REPOSITORY", None, 2),
}


@pytest.mark.parametrize("name", BAD)
def test_what_stops_everything_is_one_sentence(opens: Opens, name: str) -> None:
    """No traceback, nothing on stdout, and the code that says whose fault it is."""
    variable, value, code = BAD[name]
    rig = opens(clinic())
    rig.set(variable, value)
    ran = rig.run("doctor")
    assert (ran.code, ran.out) == (code, "")
    assert ran.complaint.startswith("stanch: ")


def test_an_outage_of_one_address_is_unknown_and_of_all_is_exit_3(opens: Opens) -> None:
    """A part that is not answered is no fault; when a limit is reached, nothing more is asked."""
    world = clinic()
    rig = opens(world)
    world.says = lambda asked: reply(502, "no") if "/labels" in asked.path else None
    ran = rig.run("doctor", "--json")
    assert (ran.code, found(ran)) == (3, ["D018 unknown"])
    world.says = lambda asked: reply(429, "slow down") if "/labels" in asked.path else None
    limited = rig.run("doctor")
    assert (limited.code, limited.out) == (3, "")
    world.says = lambda asked: reply(401, "Bad credentials") if "/labels" in asked.path else None
    expired = rig.run("doctor")
    assert (expired.code, expired.out, "Bad credentials" in expired.complaint) == (3, "", True)


def test_what_may_not_have_been_done_is_no_success(opens: Opens) -> None:
    """GitHub's answer to the second label is lost: exit 1, although the next look finds it there."""
    world = FAULTS["labels that are missing"].world()
    world.faults.at_write(2, Broken.BAD_GATEWAY_AFTER)
    ran = opens(world).run("doctor", "--fix", "--json")
    told = ran.report
    assert (ran.code, told["mended"], len(told["refused"]), found(ran)) == (1, ["new label sev-1"], 1, [])


def test_an_empty_repository_is_told_what_is_missing(opens: Opens) -> None:
    """No file at all: faults, not a crash."""
    rig = opens(clinic({}))
    assert found(rig.run("doctor", "--json"))[:1] == ["D006 missing"]


def test_a_runbook_whose_review_is_overdue_is_named(opens: Opens) -> None:
    """As the linter of runbooks sees it, with the team's day; one that nobody owns yet was never theirs to read."""
    page = (ROOT / "runbooks/login-broken.md").read_text(encoding="utf-8")
    old = re.sub(r"(?m)^last_reviewed: .*$", "last_reviewed: 2024-01-01", page)
    assert found(opens(clinic({**healthy_files(), "runbooks/login-broken.md": old})).run("doctor", "--json")) == [
        "D031 lint"
    ]
    owned = old.replace('"<OWNER>"', "alex")
    ran = opens(clinic({**healthy_files(), "runbooks/login-broken.md": owned})).run("doctor", "--json")
    assert found(ran) == ["D031 lint", "D031 stale"]
    stale = json.loads(ran.out)["checks"][-1]["findings"][-1]
    assert stale["values"]["paths"] == ["runbooks/login-broken.md"]


def test_hostile_words_of_a_file_reach_no_runner(opens: Opens) -> None:
    """Names of jobs, actions and keys are people's text."""
    odd = 'on: push\njobs: {a: {steps: [{uses: "x/y@\\n::error::<!-- stanch:1 -->@alex"}]}}\n'
    rig = opens(clinic({**healthy_files(), WATCH: odd, CONFIG_PATH: '"\\u202e::warning::x": 1\n'}))
    for ran in (rig.run("doctor"), rig.run("doctor", "--json")):
        assert ran.code == 1
        assert "\u202e" not in ran.out
        assert [line for line in ran.out.splitlines() if line.lstrip().startswith("::")] == []


def test_what_is_no_address_is_not_shown_as_one() -> None:
    """A page's address goes past what makes people's words harmless: it is plain, or left out."""
    for url, shown in (("https://github.com/a/b", "https://github.com/a/b/labels"), ("https://x/`@alex`", "")):
        seen = healthy(labels=(), home=Home("a/b", url))
        told = json.loads(as_json(Told(seen, examine(seen))))["checks"]
        assert [one["findings"][0]["place"] for one in told if one["code"] == "D018"] == [shown]


def test_every_channel_gets_a_test_message(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only on request; one that cannot be reached is told, and hinders no other. A pager's alert ends at once."""
    sent: list[tuple[str, str, int]] = []

    def send(_: Sender, write: Send) -> Delivered:
        sent.append((write.channel.value, write.kind.value, write.severity))
        if write.channel is Channel.WEBHOOK:
            raise Refused("it answered 410")
        return Delivered()

    monkeypatch.setattr(Sender, "send", send)
    rig = opens(clinic())
    for name in ("STANCH_SLACK_WEBHOOK", "STANCH_PAGERDUTY_KEY", "STANCH_WEBHOOK_URL"):
        rig.set(name, "x")
    assert (rig.run("doctor").code, sent) == (0, [])
    ran = rig.run("doctor", "--notify")
    alert = [("pagerduty", "test", 4), ("pagerduty", "resolved", 4)]
    assert sent == [*alert, ("slack", "test", 4), ("webhook", "test", 4)]
    assert ran.code == 1
    assert "No test message to webhook: it answered 410" in ran.out
    sent.clear()
    dry = rig.run("doctor", "--notify", "--dry-run").out
    assert ("Would be done: test message to slack" in dry, "left for" in dry, sent) == (True, False, [])


def test_without_a_channel_it_is_said_that_no_test_message_was_sent(opens: Opens) -> None:
    """Silence would read as success; the findings alone decide how it ends."""
    rig = opens(clinic())
    ran = rig.run("doctor", "--notify")
    assert (ran.code, "No test message was sent" in ran.err) == (0, True)
    assert "test message" not in rig.run("doctor").err
