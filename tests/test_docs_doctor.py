"""docs/doctor.md says what the doctor does."""

from stanch.adapters.inspector import MOST_ASKED
from stanch.core.doctor.d016_schedule import SLACK
from stanch.core.labels import SETUP
from tests.app.test_doctor import USUAL_REQUESTS
from tests.source import ROOT

DOCUMENT = (ROOT / "docs/doctor.md").read_text(encoding="utf-8")
PROSE = " ".join(DOCUMENT.split())


def test_the_numbers_are_those_in_the_code() -> None:
    """Requests, people who are asked about one by one, hours of a schedule, and the label."""
    assert f"about {USUAL_REQUESTS} requests" in PROSE
    assert (MOST_ASKED, "three are asked about one by one" in PROSE) == (3, True)
    assert f"for {SLACK.total_seconds() / 3600:.0f} hours" in PROSE
    assert f"`{SETUP}`" in PROSE
