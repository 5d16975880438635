"""Tables of what one rule answers: a change of a good pull request, and the answer, by severity and by class."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stanch.core import rules
from tests.pulls import KINDS, SEVERITIES, Change, Gathered, verdict, with_severity

RULES = Path(rules.__file__).parent
ANSWERS = {
    "passes": "pass",
    "fails": "fail",
    "warns": "fail",
    "waits": "pending",
    "skips": "skip",
    "cannot_tell": "unknown",
}
ALL = tuple(KINDS)
HOTFIX = ("hotfix",)
UNDOING = ("revert", "flag flip")


@dataclass(frozen=True)
class Line:
    """One line of a table: what is changed, what the rule answers then, and for which severities and classes."""

    change: Change
    answer: str
    severities: tuple[int, ...] = SEVERITIES
    kinds: tuple[str, ...] = ALL


Table = Mapping[str, Line]


@dataclass(frozen=True)
class Asked:
    """One case of a table."""

    name: str
    good: Gathered
    line: Line

    def __str__(self) -> str:
        return self.name


def each(table: Table) -> list[Asked]:
    """Every line for each of its severities and classes."""
    return [
        Asked(f"{name}, SEV-{severity}, {kind}", with_severity(KINDS[kind](), severity), line)
        for name, line in table.items()
        for severity in line.severities
        for kind in line.kinds
    ]


def answers(code: str, asked: Asked) -> tuple[str, str]:
    """What the rule answers, and what the table says."""
    return verdict(asked.line.change(asked.good), code), asked.line.answer


def unchanged(good: Gathered) -> Gathered:
    return good


def severity_of(good: Gathered) -> int:
    """The severity of the incident that it belongs to."""
    assert good.incident is not None
    assert good.incident.severity is not None
    return int(good.incident.severity)


def possible(code: str) -> set[str]:
    """Every answer that a rule's source can give, as `verdict/why`."""
    (path,) = RULES.glob(f"{code.lower()}_*.py")
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ANSWERS and node.args:
            found |= {f"{ANSWERS[node.func.id]}/{why}" for why in outcomes(node.args[0])}
    return found


def outcomes(node: ast.expr) -> set[str]:
    """The texts that an expression can come to: a text, or a choice of two."""
    if isinstance(node, ast.IfExp):
        return outcomes(node.body) | outcomes(node.orelse)
    assert isinstance(node, ast.Constant), ast.dump(node)
    return {str(node.value)}
