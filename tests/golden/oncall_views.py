"""The views of what `stanch oncall` prints."""

from datetime import UTC, datetime

from stanch.core.wanted import Text

NOW = datetime(2026, 11, 22, 5, 7, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"
DUTY = {"kind": "duty", "layer": "primary", "login": "alex", "swapped": False, "until": MONDAY, "at": NOW, "first": NOW}
CASES: dict[str, dict[str, object]] = {
    "now": {"kind": "now", "at": NOW, "zone": ZONE},
    "duty": {**DUTY, "zone": ZONE},
    "covered": {**DUTY, "login": "sam", "swapped": True, "zone": ZONE},
    "not_yet": {**DUTY, "login": "", "first": MONDAY, "zone": ZONE},
    "uncovered": {**DUTY, "login": "", "zone": ZONE},
    "lead": {"kind": "lead", "layer": "lead", "login": "robin"},
    "instead": {"kind": "instead", "people": ["alex", "jordan"]},
    "week": {"kind": "weeks", "count": 1},
    "weeks": {"kind": "weeks", "count": 4},
    "from": {"kind": "from"},
    "layer": {"kind": "layer", "layer": "second line"},
    "at": {"kind": "at", "at": MONDAY, "zone": ZONE},
    "cell": {"kind": "cell", "login": "sam", "swapped": True},
    "empty": {"kind": "cell", "login": "", "swapped": False},
    "starred": {"kind": "starred"},
    "swaps": {"kind": "swaps"},
    "order": {"kind": "order", "people": ["alex", "jordan"], "lead": "robin"},
    "only_lead": {"kind": "order", "people": [], "lead": "robin"},
    "nobody": {"kind": "nobody"},
}
ONCALL = {f"summary/oncall_line-{case}": Text("summary/oncall_line", view) for case, view in CASES.items()}
