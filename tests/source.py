"""The source as the guards read it: files, syntax trees, imports, functions."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "scripts/stanch"
TESTS = ROOT / "tests"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file. `name` is its dotted module name, `layer` the part after `stanch`."""

    path: Path
    name: str

    @property
    def layer(self) -> str:
        return [*self.name.split("."), ""][1]

    @property
    def place(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    @property
    def imports(self) -> Iterator[str]:
        """Every module that it imports, absolute: `from a import b` is `a.b`, wherever it stands."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{self._absolute(node)}.{alias.name}" for alias in node.names)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]
        parents = package.split(".")[: len(package.split(".")) - node.level + 1]
        return ".".join([*parents, *([node.module] if node.module else [])])

    @property
    def calls(self) -> Iterator[tuple[int, str]]:
        """The line and dotted name of everything that is called, such as `datetime.now`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node.lineno, ast.unparse(node.func)


@cache
def package() -> tuple[Source, ...]:
    """Every module of the package."""
    return tuple(_sources(PACKAGE, PACKAGE.parent))


@cache
def suite() -> tuple[Source, ...]:
    """Every Python file of the tests."""
    return tuple(_sources(TESTS, ROOT))


def _sources(below: Path, base: Path) -> Iterator[Source]:
    for path in sorted(below.rglob("*.py")):
        parts = path.relative_to(base).with_suffix("").parts
        yield Source(path, ".".join(parts[:-1] if parts[-1] == "__init__" else parts))


def length(function: Function) -> int:
    """Lines from `def` to the end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


SILENCED = re.compile(r"#\s*(type:\s*ignore|noqa|pragma: no cover)\b")
REASONED = re.compile(r"#\s*(type:\s*ignore\[[^\]]+\]|noqa:\s*[A-Z0-9, ]+|pragma: no cover)\s*#\s*\S.{7,}")


def silenced_without_reason(text: str) -> list[int]:
    """Lines on which a check is silenced with no reason beside it."""
    return [i for i, line in enumerate(text.splitlines(), 1) if SILENCED.search(line) and not REASONED.search(line)]
