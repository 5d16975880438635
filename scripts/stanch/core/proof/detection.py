"""The suites that a repository's own files suggest, where the config names none."""

import json
from collections.abc import Callable, Collection, Iterator

from stanch.core.globs import matches
from stanch.core.proof.suite import ReportKind, Suite

PYTHON_TESTS = ("**/test_*.py", "**/*_test.py")
PYTHON_SUPPORT = ("**/conftest.py", "pytest.ini", "test/**", "tests/**", "**/tests/**", "**/__snapshots__/**")
PYTHON_CONFIGS = ("pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini")
PYTHON_NEEDS = ("requirements.txt", "requirements-dev.txt", "dev-requirements.txt", "requirements/dev.txt")

_ENDS = ("js", "jsx", "ts", "tsx", "mjs", "mts", "cjs", "cts")
JS_TESTS = (
    *(f"**/*.{kind}.{end}" for kind in ("test", "spec") for end in _ENDS),
    *(f"**/__tests__/**/*.{end}" for end in _ENDS),
)
JS_SUPPORT = (
    "**/__snapshots__/**", "**/__mocks__/**", "**/__fixtures__/**", "test/**", "tests/**",
    "vitest.config.*", "vitest.setup.*", "jest.config.*", "jest.setup.*",
)  # fmt: skip
NODE_TESTS = (*JS_TESTS, *(f"**/*{mark}.{end}" for mark in ("-test", "_test") for end in _ENDS),
              *(f"**/test-*.{end}" for end in _ENDS), *(f"**/test/**/*.{end}" for end in _ENDS))  # fmt: skip

PYTEST = "python -m pytest {files} -p no:cacheprovider --continue-on-collection-errors --junitxml={report}"
UNITTEST = "python -m unittest {files}"
VITEST = "npx --no-install vitest run {files} --reporter=junit --outputFile={report}"
JEST = "npx --no-install jest --ci --runTestsByPath {files} --json --outputFile={report}"
NODE = "node --test --test-reporter=junit --test-reporter-destination={report} {files}"
CARGO = "code=0; for target in {targets}; do cargo test --no-fail-fast $target || code=$?; done; exit $code"
"""One call for each target: where one does not compile, cargo runs no test of the whole call."""

_INSTALLS = {
    "package-lock.json": "npm ci --no-audit --no-fund --prefer-offline",
    "npm-shrinkwrap.json": "npm ci --no-audit --no-fund --prefer-offline",
    "pnpm-lock.yaml": "pnpm install --frozen-lockfile --prefer-offline",
    "yarn.lock": "yarn install --frozen-lockfile --prefer-offline",
}

Text = Callable[[str], str]
"""What stands in a file of the base; empty for one that is not there."""


def detected(paths: Collection[str], text: Text) -> tuple[Suite, ...]:
    """A suite for each language whose project file stands at the root of the base."""
    found = (_python(paths, text), _javascript(paths, text), _cargo(paths))
    return tuple(suite for suite in found if suite)


def _python(paths: Collection[str], text: Text) -> Suite | None:
    """pytest where it is mentioned, else unittest: only an exit code then."""
    tests = [path for path in paths if matches(path, PYTHON_TESTS)]
    named = any("pytest" in text(path) for path in (*PYTHON_CONFIGS, *PYTHON_NEEDS) if path in paths)
    if not named and not tests and not set(paths) & set(PYTHON_CONFIGS):
        return None
    # A package below src/ is imported from this tree, and not from where the job installed it.
    source = "PYTHONPATH=src " if any(path.startswith("src/") and path.endswith(".py") for path in paths) else ""
    uses = named or any(path.endswith("conftest.py") for path in paths) or _mentions(tests, text, "pytest")
    if uses or not _mentions(tests, text, "unittest"):
        return Suite("pytest", source + PYTEST, tests=PYTHON_TESTS, support=PYTHON_SUPPORT)
    return Suite("unittest", source + UNITTEST, tests=PYTHON_TESTS, support=PYTHON_SUPPORT, report=ReportKind.EXIT_CODE)


def _mentions(tests: list[str], text: Text, word: str) -> bool:
    return any(f"import {word}" in text(path) or f"from {word}" in text(path) for path in tests[:50])


def _javascript(paths: Collection[str], text: Text) -> Suite | None:
    package = _package(text("package.json")) if "package.json" in paths else {}
    needs = [name for kind in ("dependencies", "devDependencies") for name in _mapping(package.get(kind))]
    script = str(_mapping(package.get("scripts")).get("test", ""))
    setup = next(_installs(paths), "npm install --no-audit --no-fund") if needs else ""
    if "vitest" in needs:
        return Suite("vitest", VITEST, tests=JS_TESTS, support=JS_SUPPORT, setup=setup)
    if "jest" in needs:
        return Suite("jest", JEST, tests=JS_TESTS, support=JS_SUPPORT, setup=setup, report=ReportKind.JEST_JSON)
    if "node --test" in script:
        return Suite("node", NODE, tests=NODE_TESTS, support=JS_SUPPORT, setup=setup)
    return None


def _installs(paths: Collection[str]) -> Iterator[str]:
    return (command for lock, command in _INSTALLS.items() if lock in paths)


def _package(text: str) -> dict[str, object]:
    try:
        return _mapping(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _cargo(paths: Collection[str]) -> Suite | None:
    if "Cargo.toml" not in paths:
        return None
    return Suite(
        "cargo", CARGO, tests=("tests/*.rs", "tests/*/main.rs"), support=("tests/**",), inline=("src/**/*.rs",),
        report=ReportKind.CARGO_TEST,
    )  # fmt: skip
