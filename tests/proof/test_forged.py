"""What a test can do to its own report: the lie that is believed, as docs/proof.md says, and those that are caught."""

from pathlib import Path

import pytest

from tests.proof.of_python import BASE, NEW_TEST, PYTEST
from tests.proof.proving import Told, config_of, repeated, told

LIE = """\
import atexit, os, pathlib, sys


def lie():
    report = pathlib.Path(next(word.partition("=")[2] for word in sys.argv if word.startswith("--junitxml=")))
    {lie}


def test_nothing():
    if "y" in pathlib.Path("shop.py").read_text():
        atexit.register(lie)
    assert False, "nothing to do with the shop"
"""
CASE = '<testsuite><testcase classname="tests.test_sums" name="test_nothing"/></testsuite>'
REPORT = f"report.write_text({CASE!r})"


def forged(folder: Path, lie: str) -> Told:
    """A change that mends nothing, and a test that fails always and lies about it once the change is there."""
    head = {PYTEST.code: "y = 1\n", NEW_TEST: LIE.format(lie=lie)}
    return told(folder, BASE | {PYTEST.code: "x = 1\n"}, head, repeated(config_of("pytest"), 1))


@pytest.mark.long
def test_a_report_and_an_exit_code_that_both_lie_are_believed(tmp_path: Path) -> None:
    """Nobody can tell. What is left is the message, and a person who reads it: it is no bug of the shop's."""
    proof = forged(tmp_path, f"{REPORT}; os._exit(0)")
    assert (proof.plain["verdict"], proof.exit_code) == ("PROVEN", 0)
    assert "nothing to do with the shop" in str(proof.plain["message"])


@pytest.mark.long
@pytest.mark.parametrize(
    ("lie", "why"),
    [
        (REPORT, "disagree"),
        ("os._exit(0)", "disagree"),
        ("report.unlink(); os._exit(0)", "unreadable"),
        ("report.write_text('<testsuite/>'); os._exit(0)", "no-tests"),
        ("report.unlink(); report.symlink_to('/etc/hostname'); os._exit(0)", "unreadable"),
    ],
    ids=["report-alone", "exit-code-alone", "no-report", "no-tests", "link"],
)
def test_half_a_lie_is_caught(tmp_path: Path, lie: str, why: str) -> None:
    """A report and an exit code that disagree, no report, and a report without a test are all no result."""
    proof = forged(tmp_path, lie)
    assert (proof.plain["verdict"], proof.plain["why"], proof.exit_code) == ("INFRA", why, 3), proof.log
