"""The linter of runbooks: what each still lacks, and what all of them together do, by rules that explain themselves.

To add a rule: its file, the tuple, its template and its test.
"""

from collections.abc import Iterable

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.r001_five_questions import FiveQuestions
from stanch.core.runbooks.lint.r002_front_matter import FrontMatter
from stanch.core.runbooks.lint.r003_sections import Sections
from stanch.core.runbooks.lint.r004_commands import Commands
from stanch.core.runbooks.lint.r005_expectations import Expectations
from stanch.core.runbooks.lint.r006_symptoms import Symptoms
from stanch.core.runbooks.lint.r007_neighbours import Neighbours
from stanch.core.runbooks.lint.r008_escalation import Escalation
from stanch.core.runbooks.lint.r009_placeholders import Placeholders
from stanch.core.runbooks.lint.r010_links import Links
from stanch.core.runbooks.lint.r011_owner import Owner
from stanch.core.runbooks.lint.r012_reviewed import Reviewed
from stanch.core.runbooks.lint.r013_rhythm import Rhythm
from stanch.core.runbooks.lint.r014_alerts import Alerts
from stanch.core.runbooks.lint.r015_services import Services
from stanch.core.runbooks.lint.r016_reached import Reached
from stanch.core.runbooks.lint.r017_known_services import KnownServices
from stanch.core.runbooks.lint.r018_mermaid import Mermaid
from stanch.core.runbooks.lint.r019_danger import Danger
from stanch.core.runbooks.lint.rule import Rule

__all__ = ["CODES", "RULES", "Finding", "Gravity", "Library", "Rule", "lint", "view"]

RULES: tuple[Rule, ...] = (
    FiveQuestions(),
    FrontMatter(),
    Sections(),
    Commands(),
    Expectations(),
    Symptoms(),
    Neighbours(),
    Escalation(),
    Placeholders(),
    Links(),
    Owner(),
    Reviewed(),
    Rhythm(),
    Alerts(),
    Services(),
    Reached(),
    KnownServices(),
    Mermaid(),
    Danger(),
)

CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)


def lint(library: Library, codes: Iterable[str] = CODES) -> tuple[Finding, ...]:
    """Everything that these rules find, by file and place; nothing is a clean library."""
    asked = frozenset(codes)
    found = (finding for rule in RULES if rule.code in asked for finding in rule.look(library))
    return tuple(sorted(found, key=lambda one: (one.path, one.line, one.column, one.code)))


def view(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """The findings as templates show them."""
    return [
        {
            "file": one.path,
            "code": one.code,
            "gravity": one.gravity.value,
            "line": one.line,
            "column": one.column,
            "why": one.why,
            "values": dict(one.values),
        }
        for one in findings
    ]
