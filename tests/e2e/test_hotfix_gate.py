"""The hotfix gate on a real runner: act runs the real workflow files, started by the embedded GitHub's webhooks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stanch.sandbox.rights import Refusal
from tests.e2e.hotfix import Team, team
from tests.e2e.runner import Run

BRANCH = "hotfix/cut-totals"
BASKET = "def total(prices):\n    return round(sum(int(price) for price in prices), 2)\n"
FIXED = BASKET.replace("sum(int(price) for price in prices)", "sum(prices)")
OLD_TEST = "from basket import total\n\n\ndef test_no_price():\n    assert total([]) == 0\n"
NEW_TEST = (
    "import os\n\n" + OLD_TEST + "\n\ndef test_cents_are_not_cut():\n    assert total([0.5, 0.75]) == 1.25\n"
    "\n\ndef test_no_token_is_handed_to_the_tests():\n"
    "    assert [name for name in os.environ if 'TOKEN' in name or name.startswith(('GITHUB_', 'ACTIONS_'))] == []\n"
)
JUDGED, HEARD = ("stanch-hotfix", "pull_request", 0), ("stanch-hotfix", "workflow_run", 0)
REFUTED, PROVEN = ("stanch-prove", "pull_request", 1), ("stanch-prove", "pull_request", 0)
FILES = {"basket.py": BASKET, "tests/test_basket.py": OLD_TEST, "conftest.py": ""}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Team]:
    """A team of its own."""
    made = team(tmp_path, FILES)
    yield made
    made.close()


def told(runs: list[Run]) -> list[tuple[str, str, int]]:
    """Which workflows started a runner for which events, and how they ended."""
    return [(run.workflow, run.event, run.code) for run in runs]


def test_a_hotfix_from_red_to_green_and_into_production(shop: Team) -> None:
    """It gains a test that is proven, a way back, a review and a staging deployment; then it may be merged."""
    until = (datetime.now(UTC) + timedelta(days=3)).date()
    incident = shop.does("morgan", "opens", "Totals are too low", "Cents are cut.", ["sev-2"])
    shop.does("jordan", "comments", incident, f"/take\n/contain workaround invoices are held back until {until}")

    # In a hurry: no test, no way back.
    shop.pushes("sam", BRANCH, {"basket.py": FIXED}, "Add up before rounding")
    assert told(shop.ran) == []
    number = shop.does("sam", "opens_pull", "Add up before rounding", f"Incident: #{incident}", BRANCH)
    assert told(shop.ran) == [JUDGED, REFUTED, HEARD]
    todo = "To do: Proven test, Second pair of eyes, Staging first, Rollback (of 13 rules)"
    assert shop.status(number) == ("failure", todo)
    (card,) = shop.notes(number)
    assert "NO-TEST" in card
    with pytest.raises(Refusal, match="stanch/hotfix"):
        shop.does("sam", "merges", number, "squash")

    # A test, run without the fix and with it, in the checkout of this very commit.
    head = shop.pushes("sam", BRANCH, {"tests/test_basket.py": NEW_TEST}, "Show that cents are cut")
    assert told(shop.ran) == [JUDGED, PROVEN, HEARD]
    assert shop.status(number) == ("failure", "To do: Second pair of eyes, Staging first, Rollback (of 13 rules)")
    (card,) = shop.notes(number)
    assert "PROVEN" in card
    assert "test_cents_are_not_cut" in card

    # A way back. The text starts no second proof, and does not lose the first.
    body = f"Incident: #{incident}\nRollback: Revert this pull request and deploy `v1.4.2` again.\n"
    shop.does("sam", "edits_body", number, body)
    assert told(shop.ran) == [JUDGED]
    assert shop.status(number) == ("failure", "To do: Second pair of eyes, Staging first (of 13 rules)")
    shop.does("jordan", "approves", number)
    assert told(shop.ran) == [("stanch-hotfix", "pull_request_review", 0)]
    assert shop.status(number) == ("failure", "To do: Staging first (of 13 rules)")
    shop.does("morgan", "deploys", "staging", head)
    assert told(shop.ran) == [("stanch-hotfix", "deployment_status", 0)]
    assert shop.status(number)[0] == "success"

    # Merged, and in production.
    merged = shop.does("sam", "merges", number, "squash")
    assert sorted(told(shop.ran)) == [JUDGED, ("stanch-hotfix", "push", 0)]
    (cause,) = shop.labelled("root-cause")
    assert cause.assignees == ("jordan",)
    assert f"#{number}" in (cause.body or "")
    assert shop.labelled("review-owed") == []
    for thread in (number, incident):
        assert any(f"git revert --no-edit {merged}" in note for note in shop.notes(thread)), thread
    shop.does("morgan", "deploys", "production", "main")
    assert told(shop.ran) == [("stanch-hotfix", "deployment_status", 0)]
    assert "in production" in shop.notes(incident)[0]
    assert [run.summary for run in shop.runner.runs if run.code not in {0, 1}] == []
