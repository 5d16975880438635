"""A rig at the usual world; a test that needs another world makes its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.rig import Rig, harbour, rigged


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """The command line at a repository with people and labels, where nothing happened yet."""
    with rigged(harbour(), tmp_path, monkeypatch) as one:
        yield one
