"""Runbooks of the working tree: what is read, what is not, and what links lead to."""

from pathlib import Path

import pytest

from stanch.adapters import runbook_folder
from stanch.adapters.runbook_file import MOST_BYTES
from stanch.adapters.runbook_folder import Files, is_folder, looked_up, read_file, read_folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("runbooks/b.md", "runbooks/a.MD", "runbooks/deep/c.md", "runbooks/.git/d.md", "runbooks/e.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(f"# {name}\n", encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_in_order(here: Path) -> None:
    """Every Markdown file below it but those in hidden folders, by its path from where one stands."""
    files = Files()
    read_folder(str(here / "runbooks"), files)
    assert list(files.bodies) == ["runbooks/a.MD", "runbooks/b.md", "runbooks/deep/c.md"]
    assert files.problems == []


def test_a_folder_of_very_many_files_is_nobodys_runbooks(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names the wrong folder is told so, before all of it is read."""
    monkeypatch.setattr(runbook_folder, "MOST_FILES", 2)
    files = Files()
    read_folder("runbooks", files)
    assert files.bodies == {}
    assert files.problems == ["runbooks has more than 2 Markdown files. Name a folder below it."]


def test_a_file_that_cannot_be_opened_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, with the reason."""

    def shut(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", shut)
    files = Files()
    read_file("runbooks/b.md", files)
    assert files.problems == ["runbooks/b.md cannot be read: Permission denied. Name files and folders that can be."]
    assert looked_up({"runbooks/b.md": True}) == {"runbooks/b.md": frozenset()}


def test_a_long_file_is_read_only_until_it_is_too_long(here: Path) -> None:
    """One byte more than a page may have is enough to know."""
    Path("runbooks/b.md").write_bytes(b"x" * 1_000_000)
    files = Files()
    read_file("runbooks/b.md", files)
    assert len(files.bodies["runbooks/b.md"]) == MOST_BYTES + 1


def test_what_links_lead_to_is_looked_up(here: Path) -> None:
    """Whether it exists, and the anchors of Markdown of which they are asked."""
    asked = {"runbooks": True, "runbooks/b.md": True, "runbooks/deep/c.md": False, "gone.md": True, "a\0b": False}
    asked |= {"runbooks/e.txt": True, "x" * 5_000: True}
    assert looked_up(asked) == {
        "runbooks": frozenset(),
        "runbooks/b.md": frozenset({"runbooksbmd"}),
        "runbooks/deep/c.md": frozenset(),
        "runbooks/e.txt": frozenset(),
    }
    assert [is_folder(name) for name in ("runbooks", "gone", "a\0b", "x" * 5_000)] == [True, False, False, False]
