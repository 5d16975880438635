"""How often a proof runs the suite's command, for each verdict: counted by the command itself."""

from pathlib import Path

import pytest

from tests.adapters.proof.repository import Files, proved
from tests.adapters.proof.test_running import BASE, CONFIG

APART = {"code.txt": "new\none\ntwo\n", "t/b.t": "needs new\nsecond two\n"}
TOGETHER = {"code.txt": "one\nnew\ntwo\n", "t/b.t": "needs new\nsecond two\n"}


@pytest.mark.parametrize(
    ("verdict", "head", "runs"),
    [
        ("NO-TEST", {"code.txt": "two\n"}, 0),
        # Twice without the fix and three times with it; a new file has no run on the base as it is.
        ("NOT-REPRODUCED", {"code.txt": "one\nx\n", "t/b.t": "second one\n"}, 5),
        ("NOT-FIXED", {"code.txt": "one\nx\n", "t/b.t": "second two\n"}, 5),
        # A changed file has one.
        ("REGRESSION", {"code.txt": "two\n", "t/a.t": "first one\nsecond two\n"}, 6),
        # And one for each hunk.
        ("PROVEN", {"code.txt": "one\ntwo\n", "t/b.t": "second two\n"}, 6),
        ("COUPLED", TOGETHER, 6),
        # The hunk that a test misses is undone as often as tests run without the fix.
        ("PROVEN-BY-UNDO", APART, 8),
        # Everything twice.
        ("INFRA", {"code.txt": "one\ntwo\n", "t/b.t": ""}, 10),
    ],
)
def test_a_proof_runs_the_command_no_more_often(tmp_path: Path, verdict: str, head: Files, runs: int) -> None:
    """One run of the command is what costs; the rest of a proof is small beside it."""
    count = tmp_path / "count"
    config = CONFIG.replace("before: 1, after: 1", "before: 2, after: 3")
    config = config.replace("command: sh", f"command: echo run >>{count}; sh")
    count.touch()
    shown = proved(tmp_path / "repository", BASE, head, config)
    assert (shown.proof.verdict.value, len(count.read_text().splitlines())) == (verdict, runs), shown.proved.logs
