"""The views of what `stanch actions` prints."""

from stanch.core.wanted import Text

ITEM = {"kind": "item", "line": 12, "done": False, "text": "Test the retry", "owners": "", "due": "", "sure": True}
CASES = {
    "file": {"kind": "file", "name": "2026-11-20.md", "count": 3, "done": 1},
    "one": {"kind": "file", "name": "2026-11-20.md", "count": 1, "done": 0},
    "none": {"kind": "file", "name": "2026-11-20.md", "count": 0, "done": 0},
    "item": ITEM,
    "owned": {**ITEM, "owners": "@alex, @sam", "due": "2026-12-01"},
    "done": {**ITEM, "done": True, "due": "next sprint"},
    "unsure": {**ITEM, "sure": False},
    "ambiguous": {"kind": "ambiguous", "name": "2026-11-20.md", "line": 12, "due": "03/04/2026"},
}
ACTIONS = {f"summary/actions_line-{case}": Text("summary/actions_line", view) for case, view in CASES.items()}
