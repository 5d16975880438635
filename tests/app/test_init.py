"""`stanch init` at a repository of GitHub's: one pull request, once, and nothing before it is merged."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stanch.adapters.setup.shipped import runbooks
from stanch.app.config import check as check_config
from stanch.core.config import CONFIG_PATH
from stanch.core.setup.files import TEMPLATES
from stanch.core.setup.manifest import MANIFEST, manifest_of
from stanch.sandbox.faults import Fault, Killed
from tests.app.bringing import CI, FILES, NAME, at_hand, bare_world, merged, now, pulls
from tests.app.rig import Rig, rigged

BRANCH = "stanch/init"
SWEEP, WATCH = ".github/workflows/stanch-sweep.yml", ".github/workflows/stanch-watch.yml"


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """A repository that knows nothing of Stanch, on a machine in no zone of its own, without a terminal."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with rigged(bare_world(), tmp_path, monkeypatch) as one:
        yield one


def installed(rig: Rig) -> None:
    """Stanch is brought in, and its pull request merged."""
    assert at_hand(rig, "--yes").code == 0
    merged(rig.world, 1)


def test_nothing_to_do(rig: Rig) -> None:
    """Where everything is as this version brings it, nothing is written, and that is said."""
    installed(rig)
    writes = rig.world.counts.writes
    ran = at_hand(rig)
    assert (ran.code, ran.err, rig.world.counts.writes - writes) == (0, "", 0)
    assert "there is nothing to do" in ran.out


def test_it_comes_as_one_pull_request_and_nothing_else(rig: Rig) -> None:
    """One branch with one commit that has every file; the default branch, labels and issues stay as they were."""
    before = now(rig.world)
    ran = at_hand(rig, "--yes")
    (pull,) = pulls(rig.world)
    assert (ran.code, ran.err) == (0, "")
    assert f"Pull request #{pull.number} is open. Nothing happens before you merge it" in ran.out
    assert set(now(rig.world, BRANCH)) - set(before) == {*TEMPLATES, *runbooks(), MANIFEST}
    assert now(rig.world) == before
    assert [write.kind for write in rig.world.counts.log] == [
        "make tree", "make commit", "create ref", "open pull request"
    ]  # fmt: skip
    assert sorted(rig.world.repository().labels) == ["bug"]


def test_what_it_brings_is_right_for_this_repository(rig: Rig) -> None:
    """Who is called, what the gate waits for, how often the sweep looks, and what makes the tests ready."""
    installed(rig)
    files = now(rig.world)
    assert "people: [alex, jordan]" in files[CONFIG_PATH]
    assert 'workflows: [stanch-prove, "Build & test"]' in files[".github/workflows/stanch-hotfix.yml"]
    assert '- cron: "37 * * * *"' in files[SWEEP]
    assert "run: pip install -r requirements.txt pytest" in files[".github/workflows/stanch-prove.yml"]
    manifest = manifest_of(files[MANIFEST])
    assert manifest is not None
    assert set(manifest.files) == {*TEMPLATES, *runbooks()}


def test_a_dry_run_shows_every_line_and_writes_nothing(rig: Rig) -> None:
    """The whole difference; also with a token that may only read."""
    ran = at_hand(rig, "--dry-run", "--yes", token="ghp_sam")  # noqa: S106 # a made-up token, not a secret
    assert (ran.code, rig.world.counts.writes) == (0, 0)
    assert {f"+++ b/{path}" for path in (*TEMPLATES, *runbooks(), MANIFEST)} <= set(ran.out.splitlines())
    assert ran.out.endswith("Nothing was written.\n")


def test_json_says_it_all_to_a_script(rig: Rig) -> None:
    """Each file's fate, the pull request, and what is missing; nothing is asked."""
    report = at_hand(rig, "--json").report
    assert report["pull_request"] == {"number": 1, "url": f"https://github.com/{NAME}/pull/1"}
    assert {row["fate"] for row in report["files"]} == {"add"}
    assert (report["kind"], report["how"], report["dry_run"]) == ("init", "opened", False)
    assert "zone" in report["missing"]


def test_without_a_terminal_nothing_is_asked_and_that_is_said(rig: Rig) -> None:
    """One line on stderr; what is proposed is taken."""
    ran = at_hand(rig)
    assert ran.code == 0
    assert ran.complaint == "There is no terminal to ask on: what is proposed is taken, as with --yes."


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def asked(rig: Rig, *answers: str) -> int:
    """How many questions are asked of somebody who answers like this."""
    rig.patch.setattr(sys, "stdin", Terminal("".join(f"{answer}\n" for answer in answers)))
    ran = at_hand(rig)
    assert ran.code == 0, ran.err
    return ran.err.count("]: ")


def test_at_most_four_questions_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is called, the zone, the clients, and labels that may mean a severity; the answers stand in the config."""
    world = bare_world(labels=("bug", "P0-critical"))
    with rigged(world, tmp_path, monkeypatch) as rig:
        assert asked(rig, "@morgan, alex", "europe/berlin", "acme", "y") == 4
    text = now(world, BRANCH)[CONFIG_PATH]
    assert "people: [morgan, alex]" in text
    assert "team: {zone: Europe/Berlin}" in text
    assert "clients: [acme]" in text
    assert "labels: {sev-1: [P0-critical]}" in text


def test_what_cannot_be_read_is_asked_again(rig: Rig) -> None:
    """With a sentence that says how to write it; "none" is nobody."""
    asked(rig, "alex and the team!", "none", "Berlin", "Europe/Berlin", "none")
    text = now(rig.world, BRANCH)[CONFIG_PATH]
    assert "# people: [" in text
    assert "team: {zone: Europe/Berlin}" in text
    assert "\nclients: none" in text


def test_a_second_run_finds_the_pull_request(rig: Rig) -> None:
    """It is named, and nothing is made twice; other answers bring it up to date."""
    at_hand(rig, "--yes")
    again = at_hand(rig, "--yes")
    assert (again.code, len(pulls(rig.world))) == (0, 1)
    assert "#1 is open with just this" in again.out
    changed = at_hand(rig, "--yes", "--people", "sam")
    assert (changed.code, len(pulls(rig.world))) == (0, 1)
    assert "#1 is brought up to date" in changed.out
    assert "people: [sam]" in now(rig.world, BRANCH)[CONFIG_PATH]


def test_a_branch_that_somebody_works_on_is_theirs(rig: Rig) -> None:
    """It is left as it is, with and without an open pull request; without one that is an error."""
    at_hand(rig, "--yes")
    rig.world.person("jordan").pushes_to(BRANCH, {CONFIG_PATH: "people: [jordan]\n"})
    left = at_hand(rig, "--yes", "--people", "sam")
    assert (left.code, now(rig.world, BRANCH)[CONFIG_PATH]) == (0, "people: [jordan]\n")
    assert "somebody pushed to its branch" in left.out
    rig.world.person("alex").closes(1)
    refused = at_hand(rig, "--yes", "--people", "sam")
    assert (refused.code, BRANCH in refused.complaint) == (2, True)


def test_a_request_that_was_closed_is_no_answer_for_ever(rig: Rig) -> None:
    """Who runs it again gets another one, from the same branch."""
    at_hand(rig, "--yes")
    rig.world.person("alex").closes(1)
    assert at_hand(rig, "--yes").code == 0
    assert [pull.state for pull in pulls(rig.world)] == ["closed", "open"]


FAULTS = (Fault.BAD_GATEWAY_BEFORE, Fault.BAD_GATEWAY_AFTER, Fault.TIMEOUT_AFTER, Fault.KILLED_AFTER)


@pytest.mark.parametrize("index", [1, 2, 3, 4])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_run_that_is_cut_off_is_made_good_by_the_next(rig: Rig, fault: Fault, index: int) -> None:
    """Whichever write is lost: exit 3 says that running it again is safe, and it is; there is one pull request."""
    rig.world.faults.at_write(index, fault)
    try:
        ran = at_hand(rig, "--yes")
    except Killed:
        pass
    else:
        assert (ran.code, "Run this again" in ran.complaint) == (3, True)
    rig.world.faults.clear()
    again = at_hand(rig, "--yes")
    assert (again.code, len(pulls(rig.world)), pulls(rig.world)[0].state) == (0, 1, "open")
    assert set(now(rig.world, BRANCH)) >= {*TEMPLATES, MANIFEST}


def test_what_was_there_before_is_left_and_named(rig: Rig) -> None:
    """A configuration and a form of the team's own; nothing is asked about what they decided already."""
    mine = {CONFIG_PATH: "people: [sam]\n", ".github/ISSUE_TEMPLATE/incident.yml": "name: Mine\n"}
    for path, text in mine.items():
        rig.world.person("alex").pushes(path, text)
    ran = at_hand(rig)
    assert (ran.code, ran.err) == (0, "")
    assert {path: now(rig.world, BRANCH)[path] for path in mine} == mine
    assert f"= {CONFIG_PATH}: was there before, and is left" in ran.out
    assert ".github/ISSUE_TEMPLATE/incident.yml` were there before" in (pulls(rig.world)[0].body or "")


def test_a_configuration_by_its_other_name_stays_the_only_one(rig: Rig) -> None:
    """Two of them would be a mistake."""
    rig.world.person("alex").pushes(".github/stanch.yaml", "people: [sam]\n")
    at_hand(rig)
    assert CONFIG_PATH not in now(rig.world, BRANCH)


def test_a_file_that_the_list_does_not_show_is_not_taken_as_absent(rig: Rig) -> None:
    """Of a large repository GitHub lists a part; what Stanch would write is asked for all the same."""
    rig.world.person("alex").pushes(SWEEP, "name: mine\n")
    hides(rig)
    assert {row["path"]: row["fate"] for row in at_hand(rig, "--json").report["files"]}[SWEEP] == "theirs"


def hides(rig: Rig) -> None:
    """The list of files comes empty, and says that it is cut."""
    body = json.dumps({"sha": "x", "url": "x", "tree": [], "truncated": True}).encode()
    cut = (200, {"Content-Type": "application/json"}, body)
    rig.world.says = lambda asked: cut if "recursive=1" in asked.path else None


@pytest.mark.parametrize("path", ["runbooks", "runbooks/handbook", ".github/workflows", ".github/stanch", ".github"])
def test_what_is_no_folder_is_not_made_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """A link or a file where a folder has to be is somebody's: exit 2, nothing written."""
    world = bare_world({path: "somewhere/else"})
    with rigged(world, tmp_path, monkeypatch) as rig:
        ran = at_hand(rig, "--yes")
    assert (ran.code, f"{path} is no folder" in ran.complaint, world.counts.writes) == (2, True, 0)


@pytest.mark.parametrize("private", [True, False])
def test_it_goes_to_the_branch_that_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, private: bool
) -> None:
    """Whatever it is called and however it is guarded; where minutes cost, the sweep looks rarely."""
    world = bare_world(private=private)
    world.person("alex").moves_default_branch("release/2026")
    world.person("alex").protects(approvals=2, enforces_admins=True)
    with rigged(world, tmp_path, monkeypatch) as rig:
        assert at_hand(rig, "--yes").code == 0
    (pull,) = pulls(world)
    assert pull.pull is not None
    assert pull.pull.base == "release/2026"
    sweep = now(world, BRANCH)[SWEEP]
    assert "branches: [release/2026]" in sweep
    assert ('"37 * * * *"' in sweep) is not private


def test_what_it_brings_is_a_configuration_without_a_mistake(rig: Rig, tmp_path: Path) -> None:
    """`stanch config check` has nothing against it."""
    at_hand(rig, "--yes")
    file = tmp_path / "stanch.yml"
    file.write_text(now(rig.world, BRANCH)[CONFIG_PATH], encoding="utf-8")
    assert json.loads(check_config(str(file), as_json=True)[0])["problems"] == []
    assert set(FILES) <= set(now(rig.world, BRANCH))
    assert CI in now(rig.world, BRANCH).values()
