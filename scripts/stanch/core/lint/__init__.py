"""The linter of post-mortems: what one still lacks, by rules that explain themselves.

To add a rule: its file, the tuple, its template and its test.
"""

from collections.abc import Iterable

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.p001_sections import Sections
from stanch.core.lint.p002_placeholders import Placeholders
from stanch.core.lint.p003_no_items import NoItems
from stanch.core.lint.p004_how_many import HowMany
from stanch.core.lint.p005_owner import Owner
from stanch.core.lint.p006_due import Due
from stanch.core.lint.p007_vague_date import VagueDate
from stanch.core.lint.p008_past_due import PastDue
from stanch.core.lint.p009_box import Box
from stanch.core.lint.p010_checkbox import Checkbox
from stanch.core.lint.p011_duplicates import Duplicates
from stanch.core.lint.p012_opener import Opener
from stanch.core.lint.p013_impact import Impact
from stanch.core.lint.p014_order import Order
from stanch.core.lint.p015_milestones import Milestones
from stanch.core.lint.p016_named import Named
from stanch.core.lint.p017_blame import Blame
from stanch.core.lint.p018_clients import Clients
from stanch.core.lint.report import About, Report, report_of
from stanch.core.lint.rule import Rule

__all__ = ["CODES", "RULES", "About", "Finding", "Gravity", "Report", "Rule", "lint", "report_of", "view"]

RULES: tuple[Rule, ...] = (
    Sections(),
    Placeholders(),
    NoItems(),
    HowMany(),
    Owner(),
    Due(),
    VagueDate(),
    PastDue(),
    Box(),
    Checkbox(),
    Duplicates(),
    Opener(),
    Impact(),
    Order(),
    Milestones(),
    Named(),
    Blame(),
    Clients(),
)

CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)


def lint(report: Report, codes: Iterable[str] = CODES) -> tuple[Finding, ...]:
    """Everything that these rules find, in the order of the document; nothing is a clean one."""
    asked = frozenset(codes)
    found = (finding for rule in RULES if rule.code in asked for finding in rule.look(report))
    return tuple(sorted(found, key=lambda one: (one.line, one.column, one.code)))


def view(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """The findings as `templates/lint/_list.md` shows them."""
    return [
        {
            "code": one.code,
            "gravity": one.gravity.value,
            "line": one.line,
            "line_end": one.line_end,
            "column": one.column,
            "why": one.why,
            "values": dict(one.values),
            "mended": one.mended is not None,
        }
        for one in findings
    ]
