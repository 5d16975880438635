"""`stanch init` where an older version was brought in: what nobody edited is renewed, and the rest is only shown."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stanch import __version__
from stanch.adapters.setup.shipped import runbooks
from stanch.core.config import CONFIG_PATH
from stanch.core.setup.choices import Choices
from stanch.core.setup.found import Found
from stanch.core.setup.manifest import MANIFEST, Manifest, digest
from stanch.core.setup.pin import PINNED
from stanch.core.setup.review import dated, day_of
from tests.app.bringing import FILES, at_hand, bare_world, merged, now, pulls
from tests.app.rig import Rig, rigged
from tests.setup_files import texts

BRANCH = f"stanch/upgrade-{__version__}"
FLOWS = ".github/workflows/"
SWEEP, WATCH, GATE = (f"{FLOWS}stanch-{name}.yml" for name in ("sweep", "watch", "hotfix"))
FORM, OLD_PAGE = ".github/ISSUE_TEMPLATE/incident.yml", "runbooks/what-was-once.md"
ANSWERS = Choices(("jordan",), "Europe/Berlin")

PREVIOUS = {
    path: text.replace(PINNED.sha, "0" * 40)
    .replace(PINNED.version, "v0.0.9")
    .replace("  workflow_dispatch:\n  push:", "  push:")
    for path, text in texts(Found("harbour/checkout", "main", False), ANSWERS).items()
} | {OLD_PAGE: "# What was once\n", "runbooks/roles.md": "# Roles\n"}
"""What version 0.0.9 wrote: an older pin, and a page that there is no more."""

RECORD = Manifest("0.0.9", ANSWERS, files={path: digest(text) for path, text in PREVIOUS.items()})


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """A repository into which the previous version was brought."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with rigged(bare_world({**FILES, **PREVIOUS, MANIFEST: str(RECORD)}), tmp_path, monkeypatch) as one:
        yield one


def edits(rig: Rig, path: str, text: str | None) -> None:
    rig.world.person("alex").pushes_to("main", {path: text})


def fates(rig: Rig, *args: str) -> dict[str, str]:
    """What would become of each file."""
    return {row["path"]: row["fate"] for row in at_hand(rig, "--json", *args).report["files"]}


def test_what_nobody_edited_is_renewed(rig: Rig) -> None:
    """By one pull request that says from where to where; the answers of then still count, and nothing is asked."""
    ran = at_hand(rig)
    (pull,) = pulls(rig.world)
    assert (ran.code, ran.err, pull.title) == (0, "", f"Upgrade Stanch to {__version__}")
    assert f"**From 0\\.0.9 to {__version__}.** Only what nobody here edited is changed.\n" in (pull.body or "")
    files = now(rig.world, BRANCH)
    assert str(PINNED) in files[SWEEP]
    assert "people: [jordan]" in files[CONFIG_PATH]
    assert OLD_PAGE not in files
    merged(rig.world, pull.number)
    assert "nothing to do" in at_hand(rig).out


def test_what_somebody_edited_stays_and_is_shown(rig: Rig) -> None:
    """In the terminal and in the request, with what is new in it; the rest is renewed."""
    edits(rig, SWEEP, PREVIOUS[SWEEP].replace("37 * * * *", "11 * * * *") + "# ``` and @everybody\n")
    ran = at_hand(rig)
    body = pulls(rig.world)[0].body or ""
    assert f"= {SWEEP}: edited here, and left; what is new in it is shown below" in ran.out
    assert '-    - cron: "11 * * * *"\n+    - cron: "37 * * * *"' in body
    assert "````diff" in body
    assert '"11 * * * *"' in now(rig.world, BRANCH)[SWEEP]
    assert str(PINNED) in now(rig.world, BRANCH)[WATCH]


def test_it_is_shown_once(rig: Rig) -> None:
    """After the merge the same version offers nothing any more, and the edit still stands."""
    edits(rig, SWEEP, "name: mine\n")
    assert fates(rig)[SWEEP] == "offer"
    merged(rig.world, 1)
    assert fates(rig)[SWEEP] == "keep"
    assert now(rig.world)[SWEEP] == "name: mine\n"


def test_what_somebody_deleted_stays_deleted(rig: Rig) -> None:
    """At this upgrade and at the next run."""
    edits(rig, GATE, None)
    assert fates(rig)[GATE] == "gone"
    merged(rig.world, 1)
    assert (fates(rig)[GATE], GATE in now(rig.world)) == ("gone", False)


def test_what_somebody_asks_for_is_written_anew(rig: Rig) -> None:
    """`--overwrite` names a file; every other one is treated as always."""
    edits(rig, SWEEP, "name: mine\n")
    edits(rig, WATCH, "name: mine too\n")
    found = fates(rig, "--overwrite", SWEEP)
    assert (found[SWEEP], found[WATCH]) == ("replace", "offer")


@pytest.mark.parametrize(
    "text", ["{", str(RECORD).replace('"files"', '"fires"'), "<<<<<<< ours\n" + str(RECORD), "", "\x00\x01"]
)
def test_a_record_that_somebody_broke_overwrites_nothing(rig: Rig, text: str) -> None:
    """Every file that differs counts as the team's own; what is missing comes, and the record is mended."""
    edits(rig, MANIFEST, text)
    edits(rig, GATE, None)
    ran = at_hand(rig)
    assert (ran.code, ran.err) == (0, "")
    assert "cannot be read, so a file that is not as this version writes it counts as yours" in ran.out
    files = now(rig.world, BRANCH)
    assert {path: files[path] for path in (SWEEP, WATCH, CONFIG_PATH)} == {
        path: PREVIOUS[path] for path in (SWEEP, WATCH, CONFIG_PATH)
    }
    assert str(PINNED) in files[GATE]
    assert json.loads(files[MANIFEST])["version"] == __version__


def test_a_record_that_only_looks_different_is_no_reason_for_a_request(rig: Rig) -> None:
    """Whoever formats their JSON files gets no pull request for it."""
    at_hand(rig)
    merged(rig.world, 1)
    edits(rig, MANIFEST, json.dumps(json.loads(now(rig.world)[MANIFEST])))
    assert "nothing to do" in at_hand(rig).out
    assert len(pulls(rig.world)) == 1


def test_a_record_of_a_newer_version_is_left_alone(rig: Rig) -> None:
    """Exit 2: this Stanch would take away what the newer one brought."""
    edits(rig, MANIFEST, str(RECORD).replace("0.0.9", "9.0.0"))
    ran = at_hand(rig)
    assert (ran.code, rig.world.counts.writes) == (2, 0)
    assert "9.0.0 was brought in here" in ran.complaint


def test_a_configuration_of_a_newer_version_is_left_alone(rig: Rig) -> None:
    """Exit 2, with the version that is understood."""
    edits(rig, CONFIG_PATH, "version: 2\npeople: [alex]\n")
    ran = at_hand(rig)
    assert (ran.code, rig.world.counts.writes) == (2, 0)
    assert f"{CONFIG_PATH} is of version 2" in ran.complaint


def test_it_goes_out_as_it_came_in(rig: Rig) -> None:
    """What nobody edited is taken away by one request, the rest is named; afterwards there is nothing to remove."""
    edits(rig, CONFIG_PATH, "people: [alex]\n")
    ran = at_hand(rig, "--remove")
    (pull,) = pulls(rig.world)
    assert (ran.code, pull.title) == (0, "Take Stanch out again")
    assert f"= {CONFIG_PATH}: edited here, and left" in ran.out
    merged(rig.world, pull.number)
    assert set(now(rig.world)) == {*FILES, CONFIG_PATH}
    again = at_hand(rig, "--remove")
    assert (again.code, f"{MANIFEST} is not there" in again.complaint) == (2, True)


def test_a_form_that_was_edited_stays_when_stanch_goes(rig: Rig) -> None:
    """Whatever the file is."""
    edits(rig, FORM, "name: Mine\n")
    at_hand(rig, "--remove")
    assert now(rig.world, "stanch/remove")[FORM] == "name: Mine\n"


PAGE = "runbooks/high-latency.md"


def days_in(files: dict[str, str]) -> set[str | None]:
    """The days on which the runbooks say that they were reviewed."""
    return {day_of(text) for path, text in files.items() if path.startswith("runbooks/")}


def test_what_comes_says_the_day_on_which_it_came(rig: Rig) -> None:
    """Nobody here read it before; whoever reads it again later keeps their own day, and is offered nothing."""
    at_hand(rig)
    merged(rig.world, 1)
    assert days_in(now(rig.world)) == {"2026-03-17"}
    rig.world.clock.advance(hours=48)
    assert "nothing to do" in at_hand(rig).out
    edits(rig, PAGE, dated(now(rig.world)[PAGE], "2026-03-18").replace("<OWNER>", "alex"))
    assert (at_hand(rig).out.count(PAGE), fates(rig)[PAGE]) == (1, "keep")


def test_a_record_that_knows_no_day_is_as_quiet(rig: Rig) -> None:
    """An older one: its pages are known by their digests, and keep the day that they say."""
    pages = {path: dated(text, "2025-12-24") for path, text in runbooks().items()}
    whole = {**texts(Found("harbour/checkout", "main", False), ANSWERS), **pages}
    files = {path: digest(text) for path, text in whole.items()}
    rig.world.person("alex").pushes_to("main", {**whole, MANIFEST: str(Manifest(__version__, ANSWERS, files=files))})
    rig.world.person("alex").pushes_to("main", {OLD_PAGE: None})
    found = fates(rig)
    assert {path: found[path] for path in pages} == dict.fromkeys(pages, "same")


def test_a_later_page_says_the_day_of_the_upgrade(rig: Rig) -> None:
    """And the older ones keep theirs."""
    at_hand(rig)
    merged(rig.world, 1)
    record = json.loads(now(rig.world)[MANIFEST])
    del record["files"][PAGE]
    rig.world.person("alex").pushes_to("main", {PAGE: None, MANIFEST: json.dumps(record)})
    rig.world.clock.advance(hours=24)
    at_hand(rig)
    files = now(rig.world, BRANCH)
    assert (day_of(files[PAGE]), days_in(files)) == ("2026-03-18", {"2026-03-17", "2026-03-18"})
    assert json.loads(files[MANIFEST])["since"] == ["2026-03-17", "2026-03-18"]


def test_the_day_is_the_team_s(rig: Rig) -> None:
    """Where it is still yesterday, a page that says today would be from the future."""
    edits(rig, CONFIG_PATH, "team: {zone: Pacific/Pago_Pago}\n")
    at_hand(rig)
    assert days_in(now(rig.world, BRANCH)) == {"2026-03-16"}
