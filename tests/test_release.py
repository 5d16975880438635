"""A release is what its tag says."""

import os
import re
import subprocess
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from stanch import __version__
from tests.source import ROOT
from tests.workflows import workflow


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/release beside a version 1.2.3 whose changelog tells of it."""
    loader = SourceFileLoader("release", str(ROOT / "scripts" / "release"))
    spec = spec_from_loader("release", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    sections = (
        "# Changelog",
        "## Unreleased",
        "## 1.2.3 - 2026-11-22",
        "### Added",
        "- This.",
        "## 1.2.2 - 2026-11-01",
        "- That.",
    )
    (tmp_path / "CHANGELOG.md").write_text("\n\n".join(sections) + "\n")
    return module


def test_a_release_has_its_version_and_its_notes(release: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """The notes are its own section, and no other's."""
    assert release.main(["check", "v1.2.3"]) == 0
    assert capsys.readouterr() == ("", "")
    assert release.main(["notes", "v1.2.3"]) == 0
    assert capsys.readouterr().out == "### Added\n\n- This.\n"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("v1.2.2", "pyproject.toml says 1.2.3"),
        ("v1.2.4", 'CHANGELOG.md has no section "## 1.2.4'),
        ("1.2.3", "is no release. Tag it like v1.2.3."),
        ("v1.2", "is no release"),
        ("v01.2.3", "is no release"),
        ("v1.2.3-rc1", "is no release"),
    ],
)
def test_what_is_no_release_is_not_made(
    tag: str, said: str, release: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each sentence says what to do; nothing is printed that a workflow could take for notes."""
    for verb in ("check", "notes"):
        assert release.main([verb, tag]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert said in err


def test_a_wrong_call_says_how(release: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and the ways to call it."""
    assert release.main(["publish"]) == 2
    assert "scripts/release check v1.2.3" in capsys.readouterr().err


def test_the_package_knows_its_version() -> None:
    """`stanch --version` says what pyproject.toml says, which is what a tag is held to."""
    (told,) = re.findall(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert told == __version__


def test_nothing_is_published_that_was_not_tested_and_attested() -> None:
    """The jobs follow one another, the one that may write runs no code of ours, and the wheel is built once."""
    jobs = workflow("release")["jobs"]
    assert [jobs[name].get("needs") for name in ("build", "attest", "publish")] == [None, "build", "attest"]
    runs = [step.get("run", "") for step in jobs["build"]["steps"]]
    assert [run.split()[0] for run in runs if run] == ["scripts/release", ".ci/run", "scripts/release"]
    used = [step["uses"].partition("@")[0] for step in jobs["publish"]["steps"] if "uses" in step]
    assert used == ["actions/download-artifact"]
    assert not any("scripts/" in step.get("run", "") for step in jobs["publish"]["steps"])


GH = """#!/bin/sh
# The tags that are there, and what is asked of them: one line a call that writes.
case "$*" in
  *git/matching-refs/tags/v1.*) for tag in $TAGS; do echo "refs/tags/$tag"; done ;;
  *commits/*) echo 5ca1ab1e ;;
  *"git/ref/tags/v1") case " $TAGS " in *" v1 "*) ;; *) exit 1 ;; esac ;;
  *--method*) echo "$*" >>"$SENT" ;;
  *) echo "unforeseen: $*" >&2; exit 9 ;;
esac
"""


@pytest.mark.parametrize(
    ("tags", "sent"),
    [
        ("v1.0.0", "--method POST repos/o/r/git/refs -f ref=refs/tags/v1 -f sha=5ca1ab1e"),
        ("v1 v1.0.0 v1.0.9 v1.0.10", "--method PATCH repos/o/r/git/refs/tags/v1 -f sha=5ca1ab1e -F force=true"),
        ("v1 v1.0.0 v1.1.0", ""),
        ("v1 v1.0.0 v1.1.0-rc1", "--method PATCH repos/o/r/git/refs/tags/v1 -f sha=5ca1ab1e -F force=true"),
    ],
)
def test_the_major_tag_never_moves_back(tags: str, sent: str, tmp_path: Path) -> None:
    """`v1` follows its newest release; a repair of an older line, tagged later, leaves it where it is."""
    released = [tag for tag in tags.split() if "-" not in tag and tag.startswith("v1.0.")][-1]
    (move,) = [step["run"] for step in workflow("release")["jobs"]["publish"]["steps"] if "git/refs" in str(step)]
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    said = tmp_path / "sent"
    said.touch()
    given = {"GITHUB_REF_NAME": released, "GITHUB_REPOSITORY": "o/r", "TAGS": tags, "SENT": str(said)}
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", move],  # noqa: S607 # the shell that a runner takes
        env={**given, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.read_text().replace("api ", "").strip() == sent
    assert bool(sent) or f"v1 stays at v1.1.0, which is newer than {released}" in done.stdout
