"""The shape of the house: which layer may use what, and how large its parts may grow."""

import ast
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.patience import PATIENCE
from tests.source import PACKAGE, ROOT, Source, length, package, silenced_without_reason, suite

STDLIB = sys.stdlib_module_names
ALLOWED: dict[str, set[str]] = {
    "core": {"pydantic", "pydantic_core", "markdown_it", "mdit_py_plugins", "stanch.core"},
    "practices": {"stanch.core", "stanch.practices"},
    "render": {"jinja2", "markupsafe", "markdown_it", "mdit_py_plugins", "stanch.core", "stanch.render"},
    "adapters": {
        "github",
        "requests",
        "urllib3",
        "defusedxml",
        "yaml",
        "pydantic",
        "stanch.core",
        "stanch.render",
        "stanch.adapters",
    },
    "sandbox": {"graphql", "github", "requests", "yaml", "stanch.sandbox"},
}
"""What each layer may import beside the standard library. app and cli wire them and may use all."""

IMPURE = {
    "_thread", "asyncio", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random",
    "secrets", "select", "shutil", "signal", "socket", "ssl", "subprocess", "tempfile", "threading", "time",
    "urllib.request", "uuid",
}  # fmt: skip
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "__import__", "now", "utcnow", "today", "getenv"}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "data", "base", "lib"}


def layer(*names: str) -> list[Source]:
    return [source for source in package() if source.layer in names]


def belongs(module: str, allowed: set[str]) -> bool:
    return module.split(".", maxsplit=1)[0] in STDLIB or any(
        module == name or module.startswith(f"{name}.") for name in allowed
    )


def strangers(sources: list[Source], allowed: set[str]) -> list[str]:
    return [f"{s.place} imports {m}" for s in sources for m in s.imports if not belongs(m, allowed)]


@pytest.mark.parametrize("name", ALLOWED)
def test_a_layer_imports_only_what_it_may(name: str) -> None:
    """No layer reaches above itself, nor to a library that is another layer's."""
    assert layer(name)
    assert strangers(layer(name), ALLOWED[name]) == []


def test_no_practice_knows_another() -> None:
    """A practice can be read, tested and taken out alone; only the ordered tuple names them all."""
    alone = [source for source in layer("practices") if source.path.name != "__init__.py"]
    assert strangers(alone, {"stanch.core"}) == []


def test_only_the_command_line_is_used_from_nowhere() -> None:
    """Nothing imports cli but the entry point, and nothing below app imports app."""
    above = {"stanch.cli": {"", "__main__", "cli"}, "stanch.app": {"app", "cli", "__main__", ""}}
    found = [
        f"{source.place} imports {module}"
        for source in package()
        for module in source.imports
        for upper, users in above.items()
        if belongs(module, {upper}) and module.split(".")[0] not in STDLIB and source.layer not in users
    ]
    assert found == []


def test_decisions_are_pure() -> None:
    """Core and practices touch no file, clock, network, environment or chance."""
    impure = [
        f"{source.place} imports {module}"
        for source in layer("core", "practices")
        for module in source.imports
        if any(module == name or module.startswith(f"{name}.") for name in IMPURE)
    ]
    called = [
        f"{source.place}:{line} calls {name}"
        for source in layer("core", "practices")
        for line, name in source.calls
        if name in IMPURE_CALLS or name.split(".")[-1] in {"now", "utcnow", "today", "getenv", "read_text"}
    ]
    assert impure + called == []


ASKS_THE_WORLD = {"os.environ", "os.getenv", "sys.argv", "datetime.now", "datetime.utcnow", "date.today", "time.time"}
MAY_ASK = {"cli", "sandbox"}
"""The sandbox is a program of its own that plays GitHub; it may know the wall clock."""


def asked(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ASKS_THE_WORLD:
            yield f"{source.place}:{node.lineno} {ast.unparse(node)}"


def test_only_the_command_line_asks_for_the_time_and_the_environment() -> None:
    """Everybody else is told, so a run can be repeated from values."""
    assert [found for source in package() if source.layer not in MAY_ASK for found in asked(source)] == []


def test_no_file_has_a_vague_name() -> None:
    """A module is named for what it knows."""
    assert [s.place for s in (*package(), *suite()) if s.path.stem in VAGUE or s.path.parent.name in VAGUE] == []


def test_files_stay_short_enough_to_read_in_one_sitting() -> None:
    """No file of the package is longer than 300 lines."""
    assert {s.place: n for s in package() if (n := len(s.text.splitlines())) > 300} == {}


def test_functions_stay_short_enough_to_read_aloud() -> None:
    """Median at most 10 lines, nine in ten at most 30, none over 60. (ruff counts the parameters.)"""
    sizes = {f"{s.place}:{f.lineno} {f.name}": length(f) for s in package() for f in s.functions}
    assert {where: lines for where, lines in sizes.items() if lines > 60} == {}
    assert statistics.median(sizes.values()) <= 10
    assert statistics.quantiles(sizes.values(), n=10)[-1] <= 30


def test_every_silenced_check_says_why() -> None:
    """A `noqa` or `type: ignore` names its rule and its reason."""
    scanner = ROOT / "tests/source.py"
    every = [s for s in (*package(), *suite()) if s.path not in {scanner, ROOT / "tests/test_architecture.py"}]
    assert [f"{s.place}:{line}" for s in every for line in silenced_without_reason(s.text)] == []


def test_the_scanner_knows_a_reason_when_it_sees_one() -> None:
    """The guard above is not blind."""
    assert silenced_without_reason("x = 1  # noqa: S105\ny  # type: ignore") == [1, 2]
    assert silenced_without_reason("x = 1  # noqa: S105 # a made-up token, not a secret") == []


def broad(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler):
            kinds = "BaseException" if node.type is None else ast.unparse(node.type)
            if {"Exception", "BaseException"} & set(kinds.strip("()").replace(",", " ").split()):
                yield f"{source.place}:{node.lineno}"


def test_nothing_catches_everything() -> None:
    """An error that nobody foresaw is seen."""
    assert [found for source in (*package(), *suite()) for found in broad(source)] == []


def test_every_module_says_what_it_is_for() -> None:
    """Modules with something in them have a docstring; so does every test."""
    modules = [s.place for s in (*package(), *suite()) if s.text.strip() and not ast.get_docstring(s.tree)]
    promises = [
        f"{s.place}:{f.lineno} {f.name}"
        for s in suite()
        if s.path.name.startswith("test_")
        for f in s.functions
        if f.name.startswith("test_") and not ast.get_docstring(f)
    ]
    assert modules + promises == []


def test_no_test_is_skipped() -> None:
    """A skipped test is a promise that nobody keeps."""
    marks = {"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail", "pytest.skip", "pytest.xfail"}
    found = [
        f"{s.place}:{node.lineno}"
        for s in suite()
        for node in ast.walk(s.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {*marks, "pytest.importorskip"}
    ]
    assert found == []


HEAVY = ("github", "jinja2", "markdown_it", "pydantic", "requests", "yaml", "graphql")


def test_starting_the_command_line_imports_nothing_heavy() -> None:
    """`stanch --version` costs little more than click; each verb imports what it needs when it runs."""
    code = "import json, sys, stanch.cli; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE)
    assert [name for name in HEAVY if name in json.loads(ran.stdout)] == []


def test_the_guard_looks_at_a_real_package() -> None:
    """An empty look would be green for ever."""
    assert len(package()) > 20
    assert (PACKAGE / "core/thread.py").exists()
