"""The views of the linter of runbooks: the first finding of every kind in the tables of its tests, and what stands
around them.
"""

from tests.core.runbooks import test_r001_to_r008, test_r009_to_r019
from tests.runbook_pages import Table, found

from stanch.core.runbooks.lint import RULES, Finding, view
from stanch.core.wanted import Text

TABLES: dict[str, Table] = {**test_r001_to_r008.TABLES, **test_r009_to_r019.TABLES}
"""The table of each rule."""


def _first() -> dict[str, Finding]:
    kinds: dict[str, Finding] = {}
    for code, table in TABLES.items():
        for library, whys in table.values():
            for one in found(library, code) if whys else ():
                kinds.setdefault(f"{code}-{one.why}", one)
    return kinds


FOUND = _first()
"""By code and reason."""

_FINE = {
    "pages": 3,
    "errors": 0,
    "warnings": 0,
    "placeholders": 0,
    "unfilled": 0,
    "commonest": [],
    "runbooks": 1,
    "handbook": 2,
    "plain": [],
}
RUNBOOKS = {
    **{
        f"summary/runbook_finding-{kind}": Text("summary/runbook_finding", {"row": view([one])[0]})
        for kind, one in FOUND.items()
    },
    "summary/runbook_end": Text("summary/runbook_end", _FINE),
    "summary/runbook_end-none": Text("summary/runbook_end", {**_FINE, "pages": 0}),
    "summary/runbook_end-found": Text(
        "summary/runbook_end",
        {
            **_FINE,
            "errors": 2,
            "warnings": 1,
            "placeholders": 7,
            "unfilled": 12,
            "commonest": [{"name": "<OWNER>", "pages": 12}, {"name": "<SECRET-STORE>", "pages": 3}],
            "runbooks": 5,
            "plain": ["runbooks/README.md"],
        },
    ),
    "summary/runbook_rules": Text(
        "summary/runbook_rules", {"rules": [{"code": rule.code, "gravity": rule.gravity.value} for rule in RULES]}
    ),
}
