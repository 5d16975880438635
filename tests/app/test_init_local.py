"""`stanch init` without a token: the files go into the folder that one stands in, and nothing there is lost."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stanch.adapters.setup import checkout
from stanch.adapters.setup.checkout import Checkout
from stanch.adapters.setup.shipped import runbooks
from stanch.app.init import Here
from stanch.app.init_told import planned
from stanch.app.init_work import decided, ordered, standing
from stanch.app.stage import virtual_now
from stanch.core.config import CONFIG_PATH
from stanch.core.setup.choices import Choices
from stanch.core.setup.files import TEMPLATES
from stanch.core.setup.manifest import MANIFEST
from tests.app.bringing import bare_world, now
from tests.app.rig import Ran, Rig, rigged
from tests.patience import PATIENCE

SWEEP = ".github/workflows/stanch-sweep.yml"
EVERY = {*TEMPLATES, *runbooks(), MANIFEST}


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=alex", "-c", "user.email=alex@example.org"]
    ran = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments],  # noqa: S607 # the machine's own git
        capture_output=True, text=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    return ran.stdout


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """Somebody who stands in a clone, with no token and no terminal."""
    folder = tmp_path / "shop"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "trunk")
    git(folder, "remote", "add", "origin", "git@github.com:harbour/shop.git")
    (folder / "README.md").write_text("# Shop\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Begin")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with rigged(bare_world(), folder, monkeypatch) as one:
        one.set("GITHUB_TOKEN", None)
        one.set("GITHUB_REPOSITORY", None)
        yield one


def brought(rig: Rig, *arguments: str) -> Ran:
    return rig.run("init", "--yes", *arguments)


def test_nothing_to_do(rig: Rig) -> None:
    """A second run finds everything as it should be."""
    brought(rig)
    before = git(rig.folder, "status", "--porcelain")
    ran = brought(rig)
    assert (ran.code, "nothing to do" in ran.out) == (0, True)
    assert git(rig.folder, "status", "--porcelain") == before


def test_the_files_are_written_here(rig: Rig) -> None:
    """All of them, nothing else, and without a word to GitHub; it is said how they count."""
    ran = brought(rig)
    there = {path.relative_to(rig.folder).as_posix() for path in rig.folder.rglob("*") if path.is_file()}
    assert {path for path in there if not path.startswith(".git/")} == {*EVERY, "README.md"}
    assert (ran.code, ran.err, rig.world.counts.requests) == (0, "", 0)
    assert "comes into harbour/shop" in ran.out
    assert "bring them to `trunk`; nothing happens before they are there" in ran.out
    assert "branches: [trunk]" in (rig.folder / SWEEP).read_text(encoding="utf-8")


def test_it_works_from_a_folder_below_and_beside_a_token(rig: Rig) -> None:
    """They go to the top of the repository; `--local` asks GitHub nothing."""
    below = rig.folder / "src"
    below.mkdir()
    rig.patch.chdir(below)
    rig.set("GITHUB_TOKEN", "ghp_alex")
    assert brought(rig, "--local").code == 0
    assert (rig.folder / SWEEP).is_file()
    assert (list(below.iterdir()), rig.world.counts.requests) == ([], 0)


@pytest.mark.parametrize("ignored", ["", ".github/\nrunbooks/\n"])
def test_what_is_there_is_seen_from_a_folder_below_and_if_git_ignores_it(rig: Rig, ignored: str) -> None:
    """Whatever git would list where one stands: nothing of somebody's is overwritten, least of all what git has not."""
    mine, below = rig.folder / CONFIG_PATH, rig.folder / "src"
    for folder in (mine.parent, below):
        folder.mkdir()
    mine.write_text("people: [sam]\n", encoding="utf-8")
    (rig.folder / ".gitignore").write_text(ignored, encoding="utf-8")
    rig.patch.chdir(below)
    assert f"= {CONFIG_PATH}: was there before" in brought(rig).out
    assert mine.read_text(encoding="utf-8") == "people: [sam]\n"
    assert "nothing to do" in brought(rig).out


def test_a_token_and_a_remote_are_enough_to_know_the_repository(rig: Rig) -> None:
    """GITHUB_REPOSITORY need not be set in a clone, nor for the doctor afterwards; without both it is asked for."""
    rig.set("GITHUB_TOKEN", "ghp_alex")
    git(rig.folder, "remote", "set-url", "origin", "https://github.com/harbour/checkout")
    ran = brought(rig)
    assert (ran.code, "Pull request #1 is open." in ran.out) == (0, True)
    rig.set("GITHUB_REPOSITORY", None)
    assert rig.run("doctor", "--json").report["repository"] == "harbour/checkout"
    git(rig.folder, "remote", "remove", "origin")
    for asked in (brought(rig), rig.run("doctor")):
        assert (asked.code, "GITHUB_REPOSITORY is not set" in asked.complaint) == (2, True)


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("git@github.com:harbour/shop.git", "harbour/shop"),
        ("work:harbour/shop", "harbour/shop"),
        ("https://github.com/harbour/shop", "harbour/shop"),
        ("https://alex:secret@github.com/harbour/shop.git/", "harbour/shop"),
        ("ssh://git@ssh.github.com:443/harbour/shop.js.git", "harbour/shop.js"),
        ("/srv/git/harbour/shop", ""),
        ("../harbour/shop", ""),
        ("file:///srv/harbour/shop", ""),
        ("https://git.example.com/team/harbour/shop", ""),
    ],
)
def test_a_remote_names_a_repository_where_it_has_a_host(tmp_path: Path, origin: str, name: str) -> None:
    """A folder of this machine is no repository of GitHub's, whatever its last two names are."""
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", origin)
    assert Checkout(str(tmp_path), os.environ).name() == name


def test_what_a_token_told_still_holds_without_one(rig: Rig) -> None:
    """The record remembers: a run without a token changes no schedule, no branch and no environment."""
    rig.world.person("alex").sets_environment("prod")
    rig.world.person("alex").moves_default_branch("release")
    rig.set("GITHUB_TOKEN", "ghp_alex")
    rig.set("GITHUB_REPOSITORY", "harbour/checkout")
    assert brought(rig).code == 0
    for path, text in now(rig.world, "stanch/init").items():
        file = rig.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    rig.set("GITHUB_TOKEN", None)
    assert "nothing to do" in brought(rig).out
    assert "branches: [release]" in (rig.folder / SWEEP).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("branches", "on", "expected"),
    [(("main",), "fix-it", "main"), (("master",), "fix-it", "master"), ((), "trunk", "trunk")],
)
def test_the_default_branch_is_guessed_with_care(rig: Rig, branches: tuple[str, ...], on: str, expected: str) -> None:
    """Not the branch that somebody happens to work on, where there is one of the usual names."""
    git(rig.folder, "checkout", "-qB", on)
    for name in branches:
        git(rig.folder, "branch", name)
    brought(rig)
    assert f"branches: [{expected}]" in (rig.folder / SWEEP).read_text(encoding="utf-8")


def test_a_folder_that_is_no_repository_is_said(rig: Rig, tmp_path: Path) -> None:
    """Exit 2, and nothing is written."""
    outside = tmp_path / "outside"
    outside.mkdir()
    rig.patch.chdir(outside)
    ran = brought(rig)
    assert (ran.code, list(outside.iterdir())) == (2, [])
    assert "is not in a git repository" in ran.complaint


def test_what_somebody_edited_stays_from_a_folder_below_too(rig: Rig) -> None:
    """Standing below the top finds what is there, so that a second run brings nothing and loses nothing."""
    brought(rig)
    mine = rig.folder / CONFIG_PATH
    mine.write_text("people: [sam]\n", encoding="utf-8")
    below = rig.folder / "src"
    below.mkdir()
    rig.patch.chdir(below)
    ran = brought(rig)
    assert (ran.code, "nothing to do" in ran.out) == (0, True)
    assert mine.read_text("utf-8") == "people: [sam]\n"


def test_what_somebody_has_not_committed_yet_is_not_overwritten(rig: Rig) -> None:
    """Neither a file of theirs in the way nor an edit of ours; both are named."""
    mine = rig.folder / CONFIG_PATH
    mine.parent.mkdir(parents=True)
    mine.write_text("people: [sam]\n", encoding="utf-8")
    assert f"= {CONFIG_PATH}: was there before" in brought(rig).out
    edited = rig.folder / SWEEP
    edited.write_text("name: mine\n", encoding="utf-8")
    assert brought(rig).code == 0
    assert (mine.read_text("utf-8"), edited.read_text("utf-8")) == ("people: [sam]\n", "name: mine\n")


@pytest.mark.parametrize("path", [".github/workflows", "runbooks", SWEEP])
@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_what_is_in_the_way_is_said_before_anything_is_written(rig: Rig, path: str, kind: str, tmp_path: Path) -> None:
    """A file where a folder should be, a link that leads elsewhere, a folder where a file should be."""
    place, elsewhere = rig.folder / path, tmp_path / "elsewhere"
    place.parent.mkdir(parents=True, exist_ok=True)
    elsewhere.mkdir()
    if kind == "file":
        place.write_text("x", encoding="utf-8")
    elif kind == "link":
        place.symlink_to(elsewhere)
    else:
        place.mkdir()
    fine = kind == "folder" and path != SWEEP
    theirs = (kind, path) == ("file", SWEEP)
    ran = brought(rig)
    assert ran.code == (0 if fine or theirs else 2)
    assert list(elsewhere.iterdir()) == []
    if ran.code:
        assert "so nothing was written" in ran.complaint
        assert not (rig.folder / MANIFEST).exists()


def test_a_repository_inside_the_repository_is_somebody_else_s(rig: Rig) -> None:
    """Whether it is one that nobody added yet or a submodule: nothing is written into it."""
    inside = rig.folder / "runbooks"
    inside.mkdir()
    git(inside, "init", "-q")
    (inside / "ours.md").write_text("# Ours\n", encoding="utf-8")
    git(inside, "add", ".")
    git(inside, "commit", "-qm", "Begin")
    for _ in range(2):
        ran = brought(rig)
        assert (ran.code, "runbooks is no folder here" in ran.complaint) == (2, True)
        assert sorted(path.name for path in inside.iterdir()) == [".git", "ours.md"]
        git(rig.folder, "-c", "advice.addEmbeddedRepo=false", "add", "runbooks")


def test_a_link_beside_a_file_leads_nowhere(rig: Rig, tmp_path: Path) -> None:
    """Also not one that is called like the half-written file: a clone of a stranger's may hold it."""
    precious, half = tmp_path / "precious", (rig.folder / SWEEP).with_name(".stanch-sweep.yml.half")
    precious.write_text("x", encoding="utf-8")
    half.parent.mkdir(parents=True)
    half.symlink_to(precious)
    assert brought(rig).code == 0
    assert (precious.read_text(encoding="utf-8"), half.exists(), (rig.folder / SWEEP).is_symlink()) == (
        "x",
        False,
        False,
    )


def test_what_was_cut_off_half_way_is_made_good_by_the_next_run(rig: Rig) -> None:
    """The record comes last: what is there already is taken for what it is."""
    real, count = checkout.Checkout._put, iter(range(100))  # where the machine dies

    def dies(self: checkout.Checkout, path: str, text: str) -> None:
        if next(count) == 4:
            raise KeyboardInterrupt
        real(self, path, text)

    rig.patch.setattr(checkout.Checkout, "_put", dies)
    assert brought(rig).code == 130
    assert not (rig.folder / MANIFEST).exists()
    rig.patch.setattr(checkout.Checkout, "_put", real)
    ran = brought(rig)
    assert (ran.code, "was there before" in ran.out) == (0, False)
    assert brought(rig, "--remove").code == 0
    assert git(rig.folder, "status", "--porcelain") == ""


def test_it_goes_out_and_leaves_no_empty_folder(rig: Rig) -> None:
    """Only what was edited stays."""
    brought(rig)
    (rig.folder / CONFIG_PATH).write_text("people: [sam]\n", encoding="utf-8")
    ran = brought(rig, "--remove")
    assert (ran.code, git(rig.folder, "status", "--porcelain", "-uall")) == (0, f"?? {CONFIG_PATH}\n")
    assert "The files are taken out of this clone" in ran.out


def test_a_file_that_cannot_be_written_is_named(rig: Rig) -> None:
    """Exit 2; running it again goes on where it stopped."""

    def refuses(_self: Path, _text: bytes) -> int:
        raise PermissionError(13, "Permission denied")

    rig.patch.setattr(Path, "write_bytes", refuses)
    ran = brought(rig)
    assert (ran.code, "cannot be written: Permission denied" in ran.complaint) == (2, True)


def test_colours_are_for_those_who_want_them(rig: Rig) -> None:
    """On a terminal, and not with NO_COLOR; never where what is said goes into a file."""
    assert "\x1b[" not in brought(rig, "--dry-run").out
    order = ordered(virtual_now(rig.world), None, (), remove=False, dry=True)
    there = standing(Here(checkout.Checkout(".", os.environ)).look(order), order)
    work = decided(there, Choices(), order)
    assert "\x1b[32m+# What the team has decided." in planned(work, whole=False, colours=True)
    assert "\x1b[" not in planned(work, whole=False, colours=False)


def test_the_machine_s_zone_is_proposed(rig: Rig) -> None:
    """By the variable TZ, as far as it is one that is known."""
    rig.set("TZ", "Europe/Berlin")
    brought(rig)
    assert "team: {zone: Europe/Berlin}" in (rig.folder / CONFIG_PATH).read_text(encoding="utf-8")
    assert os.environ["TZ"] == "Europe/Berlin"
