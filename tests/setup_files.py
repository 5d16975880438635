"""The files that `stanch init` writes, as the tests read them, and this repository as it would find it."""

from pathlib import Path

from stanch.adapters.setup.workflow_file import workflows_in
from stanch.core.setup.choices import Choices
from stanch.core.setup.files import brought
from stanch.core.setup.found import Found
from stanch.core.setup.pin import PINNED
from stanch.core.setup.reading import suites, texts_wanted
from stanch.render.setup import written

ROOT = Path(__file__).parent.parent

OURS = Choices(prepare=('echo "$(scripts/bootstrap dev "$RUNNER_TEMP/dev")/bin" >>"$GITHUB_PATH"',))
"""What this repository would answer: its tests run in an environment of its own."""


def this_repository() -> Found:
    """This repository, from its own files."""
    folders = (".github", "tests", "scripts", "runbooks")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    paths = frozenset(str(path.relative_to(ROOT)) for path in (*files, ROOT / "pyproject.toml"))
    texts = {path: (ROOT / path).read_text(encoding="utf-8") for path in texts_wanted(paths)}
    return Found("stanch-io/stanch", "main", False, paths, texts, suites=suites(paths, texts),
                 workflows=workflows_in(texts))  # fmt: skip


def texts(found: Found, choices: Choices = OURS) -> dict[str, str]:
    """Every file but the runbooks, by its path."""
    return {one.path: written(one.text) for one in brought(found, choices, PINNED)}
