"""docs/threats.md names controls that are held."""

import re

from tests.source import ROOT

DOCUMENT = (ROOT / "docs/threats.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_exists() -> None:
    """Whoever renames or drops the test that holds a control sees it here."""
    written = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named = set(re.findall(r"`(test_\w+)`", DOCUMENT))
    assert named
    assert named - written == set()


def test_every_threat_has_a_control_and_says_what_holds_it() -> None:
    """No row without a test or a page that tells how it is held."""
    told = DOCUMENT.partition("## What people write")[2]
    rows = [
        line.split(" | ") for line in told.splitlines() if line.startswith("| ") and not line.startswith("| Threat")
    ]
    assert len(rows) > 15
    assert [row[0] for row in rows if len(row) != 3 or not re.search(r"`test_", row[2])] == []
