"""The words: every template is used and its parts are found, and the wheel carries them all."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.source import ROOT, package

TEMPLATES = ROOT / "templates"
RUNBOOKS = ROOT / "runbooks"
INCLUDED = re.compile(r"""\{%-?\s*(?:include|import|from|extends)\s+["']([^"']+)["']""")


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def words_in_the_source() -> set[str]:
    """Every text that stands between quotes in the package."""
    return {found for source in package() for found in re.findall(r"""["']([\w/.-]+)["']""", source.text)}


def included() -> set[str]:
    """Every template that another one asks for."""
    return {name for path in files(TEMPLATES) for name in INCLUDED.findall((TEMPLATES / path).read_text("utf-8"))}


def called(name: str) -> set[str]:
    """What a template may be called: with or without its suffix, in full or from within its own folder."""
    short = name.partition("/")[2]
    return {name, name.rpartition(".")[0], short, short.rpartition(".")[0]}


def test_every_template_is_used() -> None:
    """Words that nobody can reach are taken out."""
    used = words_in_the_source() | included()
    assert sorted(name for name in files(TEMPLATES) if not called(name) & used) == []


def test_every_part_that_a_template_asks_for_is_there() -> None:
    """No include is left dangling."""
    there = {way for name in files(TEMPLATES) for way in called(name)}
    assert included()
    assert sorted(included() - there) == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        check=True, capture_output=True, cwd=ROOT, timeout=PATIENCE,
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built).namelist()


@pytest.mark.parametrize(("folder", "inside"), [(TEMPLATES, "stanch/_templates"), (RUNBOOKS, "stanch/_runbooks")])
def test_the_wheel_carries_the_words(wheel: list[str], folder: Path, inside: str) -> None:
    """Who installs the package gets every template and runbook of this checkout."""
    assert files(folder)
    assert sorted({f"{inside}/{name}" for name in files(folder)} - set(wheel)) == []


def test_the_wheel_carries_the_package_and_its_licence(wheel: list[str]) -> None:
    """Every module and every data file beside them is in it; no test is."""
    ours = {f"stanch/{path.relative_to(ROOT / 'scripts/stanch')}" for path in (ROOT / "scripts/stanch").rglob("*")
            if path.is_file() and "__pycache__" not in path.parts}  # fmt: skip
    assert sorted(ours - set(wheel)) == []
    assert any(name.endswith("licenses/LICENSE") for name in wheel)
    assert not any(name.startswith("tests") for name in wheel)
