"""A release is what its tag says."""

import re
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
    """The notes are its own section, and no other's; the tag that moves is that of the major version."""
    assert release.main(["check", "v1.2.3"]) == 0
    assert capsys.readouterr() == ("", "")
    assert release.main(["notes", "v1.2.3"]) == 0
    assert capsys.readouterr().out == "### Added\n\n- This.\n"
    assert release.main(["major", "v1.2.3"]) == 0
    assert capsys.readouterr().out == "v1\n"


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
    for verb in ("check", "notes", "major"):
        assert release.main([verb, tag]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert said in err


def test_a_wrong_call_says_how(release: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and the three ways to call it."""
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
