"""Whole proofs in small repositories, with pytest: each verdict once, and what else a change may do to its tests."""

from pathlib import Path

import pytest

from stanch.core.proof import ProofVerdict
from stanch.core.proof.evidence import Side
from tests.adapters.proof.repository import FIXED, NEW_TEST, OLD_TEST, PYTEST, SHOP, Files, proved

V = ProofVerdict
BASE: Files = {"shop.py": SHOP, "tests/test_shop.py": OLD_TEST}
CLEAN = "def clean(items):\n    return [item for item in items if item]\n\n\n"
COUPLED = CLEAN + FIXED.replace("sum(items)", "sum(clean(items))").replace("EUR", "Euro").replace("Euro'", "EUR'")
COUPLED_TEST = (
    "from shop import clean, total\n\n\ndef test_both():\n    assert total([1, 2]) == 3 == len(clean([1, 2, 3, 0]))\n"
)


@pytest.mark.parametrize(
    ("head", "verdict", "tests"),
    [
        ({"shop.py": FIXED, "tests/test_shop.py": NEW_TEST}, V.PROVEN, ["test_total"]),
        ({"shop.py": FIXED, "tests/test_new.py": NEW_TEST}, V.PROVEN, ["test_total"]),
        ({"shop.py": SHOP + "# x\n", "tests/test_shop.py": OLD_TEST + "\n\ndef test_more():\n    assert shown(1)\n"},
         V.NOT_REPRODUCED, []),
        ({"shop.py": SHOP + "# x\n", "tests/test_shop.py": NEW_TEST}, V.NOT_FIXED, []),
        ({"shop.py": FIXED.replace("EUR", "USD"), "tests/test_shop.py": NEW_TEST}, V.REGRESSION, []),
        ({"shop.py": FIXED}, V.NO_TEST, []),
        ({"shop.py": FIXED, "tests/test_shop.py": None}, V.NO_TEST, []),
        ({"shop.py": FIXED, "tests/test_new.py": "import nowhere_to_be_found\n"}, V.INFRA, []),
        # The same assertion, in a file that needs a fixture which comes with the change.
        ({"shop.py": FIXED, "conftest.py": "import pytest\n\n@pytest.fixture\ndef items():\n    return [1, 2]\n",
          "tests/test_new.py": "from shop import total\n\ndef test_fixture(items):\n    assert total(items) == 3\n"},
         V.PROVEN, ["test_fixture"]),
        # Code and test in one file: it counts as a test, so the fix comes along to the base.
        ({"tests/test_all.py": FIXED + "\n\ndef test_total():\n    assert total([1, 2]) == 3\n"}, V.NOT_REPRODUCED, []),
    ],
    ids=[
        "proven", "new-file", "not-reproduced", "not-fixed", "regression", "no-test", "deleted", "infra", "fixture",
        "same-file",
    ],
)  # fmt: skip
def test_each_verdict_is_reached(tmp_path: Path, head: Files, verdict: ProofVerdict, tests: list[str]) -> None:
    """A repository for each, with one run before and one after."""
    shown = proved(tmp_path, BASE, head)
    assert (shown.proof.verdict, shown.tests) == (verdict, tests), shown.proved.logs


def test_a_proof_shows_what_fails_and_how(tmp_path: Path) -> None:
    """The message of the base, the runs that were made, and the hunk that no test misses."""
    head = {"shop.py": FIXED.replace("{amount} EUR", "{amount:} EUR"), "tests/test_shop.py": NEW_TEST}
    shown = proved(tmp_path, BASE, head, PYTEST.replace("before: 1, after: 1", "before: 2, after: 2"))
    proof = shown.proof
    assert (proof.verdict, proof.repeats, proof.weak) == (V.PROVEN, (2, 2), False)
    assert "assert 2 == 3" in proof.message
    assert [(hunk.path, hunk.start) for hunk in proof.unneeded] == [("shop.py", 6)]
    assert [run.label for run in shown.proved.evidence.runs] == [
        "pristine", "before", "before", "after", "after", "undo:0", "undo:1",
    ]  # fmt: skip


def test_a_hunk_of_the_same_size_is_really_undone(tmp_path: Path) -> None:
    """Python would take old bytecode for a file of the same size that was written in the same second."""
    head = {"shop.py": SHOP.replace("[1:]", "[0:]"), "tests/test_shop.py": NEW_TEST}
    shown = proved(tmp_path, BASE, head)
    assert (shown.proof.verdict, shown.proof.unneeded) == (V.PROVEN, ())


def test_a_coupled_test_is_proven_by_undoing_a_hunk(tmp_path: Path) -> None:
    """The test imports what the fix adds. Without the hunk that calls it, the test loads and fails."""
    shown = proved(tmp_path, BASE, {"shop.py": COUPLED, "tests/test_new.py": COUPLED_TEST})
    proof = shown.proof
    assert (proof.verdict, shown.tests) == (V.PROVEN_BY_UNDO, ["test_both"])
    assert proof.by_undo is not None
    assert (proof.by_undo.path, proof.by_undo.start) == ("shop.py", 6)
    assert "assert 2 == 3" in proof.message


def test_a_coupled_test_without_a_bug_stays_coupled(tmp_path: Path) -> None:
    """A new function with a test of its own proves that the function is new."""
    test = "from shop import clean\n\n\ndef test_clean():\n    assert clean([0]) == []\n"
    shown = proved(tmp_path, BASE, {"shop.py": CLEAN + SHOP, "tests/test_new.py": test})
    assert shown.proof.verdict is V.COUPLED
    assert "cannot import name 'clean'" in shown.proof.message


def test_a_test_that_fails_only_sometimes_proves_nothing(tmp_path: Path) -> None:
    """A counter in a file makes every second run without the fix fail."""
    flaky = (
        "import pathlib\nfrom shop import total\n\n\ndef test_total():\n"
        "    count = pathlib.Path('count')\n    count.write_text((count.read_text() if count.exists() else '') + 'x')\n"
        "    assert total([1, 2]) == 3 or len(count.read_text()) == 2\n"
    )
    config = PYTEST.replace("before: 1", "before: 2")
    shown = proved(tmp_path, BASE, {"shop.py": FIXED, "tests/test_new.py": flaky}, config)
    assert (shown.proof.verdict, shown.proof.why) == (V.FLAKY, "without-the-fix")


def test_a_deleted_and_a_renamed_test_are_seen(tmp_path: Path) -> None:
    """They are invisible in the head alone; the base as it is tells of them."""
    gone = OLD_TEST + "\n\ndef test_rounding_of_sums():\n    assert True\n\n\ndef test_old():\n    assert True\n"
    new = NEW_TEST + "\n\ndef test_rounding_of_sum():\n    assert True\n"
    shown = proved(tmp_path, {**BASE, "tests/test_shop.py": gone}, {"shop.py": FIXED, "tests/test_shop.py": new})
    assert shown.proof.verdict is V.PROVEN
    assert [name.rpartition("::")[2] for name in shown.proof.removed] == ["test_old"]
    assert [new.rpartition("::")[2] for _, new in shown.proof.renamed] == ["test_rounding_of_sum"]


def test_a_test_file_that_moved_loses_no_test(tmp_path: Path) -> None:
    """git's rename is one file that is gone and one that is new; the test keeps its name."""
    head: Files = {"shop.py": FIXED, "tests/test_shop.py": None, "tests/unit/test_money.py": NEW_TEST}
    shown = proved(tmp_path, BASE, head)
    assert (shown.proof.verdict, shown.proof.removed, len(shown.proof.renamed)) == (V.PROVEN, (), 1)


def test_a_new_file_of_code_is_undone_as_a_whole(tmp_path: Path) -> None:
    """Without it nothing loads: it is no proof, and it is not unneeded either."""
    head = {
        "shop.py": "from money import total\n" + SHOP.partition("\n\n\n")[2],
        "money.py": FIXED,
        "tests/test_new.py": NEW_TEST,
    }
    shown = proved(tmp_path, BASE, head)
    assert (shown.proof.verdict, shown.proof.unneeded) == (V.PROVEN, ())
    assert {run.hunk for run in shown.proved.evidence.of(Side.UNDO, hunk=0)} == {0}


def test_a_test_knows_neither_tokens_nor_the_history(tmp_path: Path) -> None:
    """The environment is emptied, `.git` is not there, and all trees stand at one path."""
    nosy = (
        "import os, pathlib\nfrom shop import total\n\n\ndef test_total():\n"
        "    found = sorted(name for name in os.environ if 'TOKEN' in name or name.startswith('ACTIONS'))\n"
        "    place = pathlib.Path.cwd()\n"
        "    assert total([1, 2]) == 3, (found, os.environ['CI'], (place / '.git').exists(), str(place))\n"
    )
    shown = proved(tmp_path, BASE, {"shop.py": FIXED, "tests/test_new.py": nosy})
    assert shown.proof.verdict is V.PROVEN
    assert f"([], '1', False, '{shown.proved.manifest.place}')" in shown.proof.message


def test_a_forged_report_passes_and_the_docs_say_so(tmp_path: Path) -> None:
    """A test that rewrites its own report and exit code is believed: the reviewer is the control for that.

    Here the fix does nothing at all. What a reader sees is the message, which is no bug of the shop's.
    """
    forged = (
        "import atexit, os, pathlib, sys\n\n\ndef lie():\n"
        "    report = next(word.partition('=')[2] for word in sys.argv if word.startswith('--junitxml='))\n"
        '    case = \'<testcase classname="tests.test_new" name="test_x"/>\'\n'
        "    pathlib.Path(report).write_text(f'<testsuite>{case}</testsuite>')\n    os._exit(0)\n\n\n"
        "def test_x():\n    if 'y' in pathlib.Path('shop.py').read_text():\n        atexit.register(lie)\n"
        "    assert False, 'nothing to do with the shop'\n"
    )
    shown = proved(tmp_path, {"shop.py": "x = 1\n"}, {"shop.py": "y = 1\n", "tests/test_new.py": forged})
    assert shown.proof.verdict is V.PROVEN
    assert "nothing to do with the shop" in shown.proof.message
