"""The folder in which the trees are run, each at the same path: names and snapshots have paths in them."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stanch.core.errors import StanchError
from stanch.core.proof.evidence import Side


class NoRoom(StanchError):
    """A tree could not be written, moved or copied."""

    advice = "Does a test remove or move the folder it runs in? Is the disk full, or the temporary folder read-only?"


class Workshop:
    """Trees by side. The one that runs stands at `tree`; the others are parked beside it.

    A tree is renamed into its place. A symbolic link that is turned from one to the next would cost as little,
    but tools that resolve paths (node, cargo, pytest's rootdir) would see through it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.tree = self.folder / "tree"
        self.report = self.folder / "report" / "report"
        self.temporary = self.folder / "tmp"
        self.index = self.folder / "index"
        self._parked = self.folder / "parked"
        self._parked.mkdir()
        self._placed: Side | None = None

    def parked(self, side: Side) -> Path:
        """Where the tree of a side is while it does not run."""
        return self._parked / side.value

    def place(self, side: Side) -> None:
        """Put the tree of a side where it runs."""
        if side is not self._placed:
            self.clear()
            self.parked(side).rename(self.tree)
            self._placed = side

    def clear(self) -> None:
        """Park the tree that stands where trees run."""
        if self._placed:
            self.tree.rename(self.parked(self._placed))
            self._placed = None

    def place_copy(self, side: Side) -> None:
        """Put a copy of a parked tree where trees run; it is thrown away with `drop`. Raises NoRoom."""
        self.clear()
        copied = subprocess.run(  # noqa: S603 # our own paths, and no shell
            ["cp", "-a", str(self.parked(side)), str(self.tree)],  # noqa: S607 # cp is where the PATH says
            capture_output=True,
            check=False,
        )
        if copied.returncode:
            raise NoRoom(f"the tree of {side.value} cannot be copied")

    def drop(self) -> None:
        """Throw away the copy that stands where trees run."""
        shutil.rmtree(self.tree, ignore_errors=True)

    def forget(self) -> None:
        """Throw all trees away."""
        self.clear()
        shutil.rmtree(self._parked, ignore_errors=True)
        self._parked.mkdir()

    def fresh(self) -> None:
        """Empty the places of reports and temporary files, before each run."""
        for folder in (self.report.parent, self.temporary):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(exist_ok=True)


@contextmanager
def workshop() -> Iterator[Workshop]:
    """A workshop of its own, gone at the end. Raises NoRoom when somebody else has changed it."""
    folder = tempfile.mkdtemp(prefix="stanch-proof-")
    try:
        yield Workshop(Path(folder))
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise NoRoom(f"the folder of the proof is not as it was left: {why}") from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)
