"""The runbooks that ship with the package, in the wheel or in a checkout."""

from pathlib import Path

from stanch.core.setup.files import RUNBOOKS

_PACKAGE = Path(__file__).parents[2]
_PLACES = (_PACKAGE / "_runbooks", _PACKAGE.parents[1] / "runbooks")


def runbooks() -> dict[str, str]:
    """Every page by the path that it gets in a team's repository."""
    folder = next(path for path in _PLACES if path.is_dir())
    pages = sorted(path for path in folder.rglob("*.md") if path.is_file())
    return {RUNBOOKS + path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in pages}
