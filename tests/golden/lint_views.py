"""The views of the linter: the first finding of every kind in the tables of its tests, and what stands around them."""

from tests.core.lint import (
    test_p001_to_p004,
    test_p005_to_p008,
    test_p009_to_p012,
    test_p013_to_p018,
    test_p017_blame,
)
from tests.lint_documents import findings

from stanch.core.lint import RULES, Finding, view
from stanch.core.wanted import Text

TABLES = {
    "P001": test_p001_to_p004.SECTIONS,
    "P002": test_p001_to_p004.PLACEHOLDERS,
    "P003": test_p001_to_p004.COUNTS,
    "P004": test_p001_to_p004.MANY,
    "P005": test_p005_to_p008.OWNERS,
    "P006": test_p005_to_p008.DUE,
    "P007": test_p005_to_p008.VAGUE,
    "P008": test_p005_to_p008.PAST,
    "P009": test_p009_to_p012.BOXES,
    "P010": test_p009_to_p012.BULLETS,
    "P011": test_p009_to_p012.SAME,
    "P012": test_p009_to_p012.OPENERS,
    "P013": test_p013_to_p018.NUMBERS,
    "P014": test_p013_to_p018.ORDERS,
    "P015": test_p013_to_p018.TELLS,
    "P016": test_p013_to_p018.NAMED,
    "P017": {name: (test_p017_blame.said(text), whys) for name, (text, whys) in test_p017_blame.BLAMES.items()},
    "P018": test_p013_to_p018.CLIENTS,
}
"""The table of each rule."""


def _first() -> dict[str, Finding]:
    kinds: dict[str, Finding] = {}
    for code, table in TABLES.items():
        for body, whys in table.values():
            for one in findings(body, codes=(code,)) if whys else ():
                kinds.setdefault(f"{code}-{one.why}", one)
    return kinds


FOUND = _first()
"""By code and reason."""

_NONE = {"errors": 0, "warnings": 0, "advice": 0, "files": 1, "mendable": 0}
LINT = {
    **{
        f"summary/lint_finding-{kind}": Text("summary/lint_finding", {"row": view([one])[0]})
        for kind, one in FOUND.items()
    },
    "summary/lint_end": Text("summary/lint_end", _NONE),
    "summary/lint_end-found": Text(
        "summary/lint_end", {"errors": 2, "warnings": 1, "advice": 1, "files": 3, "mendable": 2}
    ),
    "summary/lint_rules": Text(
        "summary/lint_rules", {"rules": [{"code": rule.code, "gravity": rule.gravity.value} for rule in RULES]}
    ),
}
