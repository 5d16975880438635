"""The one file of README, on a real runner and alone."""

from pathlib import Path

import pytest

from tests.e2e.github import GitHub
from tests.e2e.runner import Runner
from tests.test_docs_first_file import first_file


@pytest.mark.long  # two runners; that the file is the real one with less in it is tested at every change
def test_it_is_enough_for_a_card_and_its_commands(tmp_path: Path) -> None:
    """A label, and the card is there; a command, and it knows."""
    runner = Runner(tmp_path, "ghs_sandbox", ("stanch-incidents",))
    (runner.repository / ".github/workflows/stanch-incidents.yml").write_text(first_file(), encoding="utf-8")
    github = GitHub(runner)
    try:
        number = github.opens("Checkout is down", "jordan")
        github.goes_well("alex", "POST", f"/issues/{number}/labels", {"labels": ["sev-1"]})
        assert "SEV-1" in github.notes(number)[0]
        github.goes_well("jordan", "POST", f"/issues/{number}/comments", {"body": "/ack"})
        assert "jordan" in github.notes(number)[0]
    finally:
        github.close()
        runner.close()
