"""docs/reference/ is what the code says."""

import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from stanch.core.commands import COMMANDS
from stanch.core.config_model import Written
from stanch.core.doctor.checks import CHECKS
from stanch.core.lint import CODES as LINTED
from stanch.core.rules import CODES as JUDGED
from stanch.core.runbooks.lint import CODES as HELD
from tests.source import ROOT

EXAMINED = [check.code for check in CHECKS]
FOLDER = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """scripts/reference as a module, and nothing run."""
    loader = SourceFileLoader("reference", str(ROOT / "scripts" / "reference"))
    spec = spec_from_loader("reference", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_every_page_is_what_the_code_says(reference: ModuleType) -> None:
    """Nobody edits these pages by hand, and nobody forgets to write them anew: run scripts/reference."""
    wrong = [name for name in reference.PAGES if (FOLDER / name).read_text(encoding="utf-8") != reference.page(name)]
    assert wrong == []
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(reference.PAGES)


def test_nothing_is_left_out() -> None:
    """The pages name every section of the configuration, every command and every rule, whatever the script believes."""
    config, commands, rules = ((FOLDER / name).read_text() for name in ("config.md", "commands.md", "rules.md"))
    assert [name for name in Written.model_fields if f"\n## {name}\n" not in config] == []
    assert [one.verb for one in COMMANDS if f"| `/{one.verb.value}" not in commands] == []
    assert [code for code in (*JUDGED, *LINTED, *HELD) if f"| {code} " not in rules] == []


def test_a_page_that_somebody_edited_is_named(
    reference: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--check` says which page is not what the code says, and exits 1."""
    for name in reference.PAGES:
        (tmp_path / name).write_text(reference.page(name))
    (tmp_path / "rules.md").write_text("edited")
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "argv", ["reference", "--check"])
    assert reference.main() == 1
    assert (tmp_path / "rules.md").read_text() == "edited"
    monkeypatch.setattr(sys, "argv", ["reference"])
    assert reference.main() == 0
    assert (tmp_path / "rules.md").read_text() == reference.page("rules.md")


def test_it_runs_by_itself() -> None:
    """From a shell, with the environment that it makes itself."""
    done = subprocess.run([ROOT / "scripts" / "reference", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
