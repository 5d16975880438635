"""What has to be read of a repository before anything is brought into it, and what it tells."""

from collections.abc import Collection, Iterable, Mapping

from stanch.core.config_problems import ALTERNATIVE_PATH
from stanch.core.globs import matches
from stanch.core.oncall import owners_in
from stanch.core.proof.detection import PYTHON_CONFIGS, PYTHON_NEEDS, PYTHON_TESTS, detected
from stanch.core.setup.files import TEMPLATES
from stanch.core.setup.manifest import MANIFEST, is_brought

CODEOWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
WORKFLOW_FILES = (".github/workflows/*.yml", ".github/workflows/*.yaml")
PROJECT_FILES = (*PYTHON_CONFIGS, *PYTHON_NEEDS, "package.json")

MOST_TESTS = 50
"""Files with tests that are looked into, to tell pytest from unittest."""

MOST_WORKFLOWS = 100


def texts_wanted(paths: Collection[str]) -> tuple[str, ...]:
    """Of which of these files the text matters."""
    named = {MANIFEST, ALTERNATIVE_PATH, *TEMPLATES, *CODEOWNERS, *PROJECT_FILES}
    ordered = sorted(paths)
    workflows = [path for path in ordered if matches(path, WORKFLOW_FILES)][:MOST_WORKFLOWS]
    tests = [path for path in ordered if matches(path, PYTHON_TESTS)][:MOST_TESTS]
    ours = [path for path in ordered if path in named or is_brought(path)]
    return tuple(dict.fromkeys((*ours, *workflows, *tests)))


def owners(files: Mapping[str, str]) -> tuple[str, ...]:
    """The users whom the CODEOWNERS file that GitHub reads names."""
    return owners_in(next((files[path] for path in CODEOWNERS if path in files), ""))


def suites(paths: Iterable[str], files: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the test suites that the files suggest."""
    return tuple(suite.name for suite in detected(sorted(paths), lambda path: files.get(path, "")))
