"""The shop in Python, tested by pytest and by unittest."""

from collections.abc import Sequence
from dataclasses import replace

from tests.proof.cases import OLD, Case, Language, Toolchain, swapped, usual

SHOP = """\
def shown(amount):
    return f"{amount} EUR"


def total(items):
    return sum(items[1:])


def rounded(amount):
    return int(amount)
"""
CALLS = {
    "is_shown": ("shown", "shown(3)", '"3 EUR"'),
    "is_shown_longer": ("shown", "shown(10)", '"10 EUR"'),
    "is_rounded": ("rounded", "rounded(2.5)", "2"),
    "is_rounded_down": ("rounded", "rounded(2.5)", "2"),
    "adds_up": ("total", "total([1, 2])", "3"),
    "adds_up_clean": ("total clean", "total(clean([1, 2, 0]))", "3"),
    "is_cleaned": ("clean", "clean([1, 0])", "[1]"),
}
TEST = "tests/test_shop.py"
NEW_TEST = "tests/test_sums.py"
STORED = "tests/__snapshots__/test_shop.ambr"

Tests = Sequence[tuple[str, str, str]]


def _pytest_file(uses: Sequence[str], tests: Tests) -> str:
    head = f"from shop import {', '.join(uses)}\n"
    return head + "".join(f"\n\ndef test_{name}():\n    assert {call} == {value}\n" for name, call, value in tests)


def _unittest_file(uses: Sequence[str], tests: Tests) -> str:
    head = f"import unittest\n\nfrom shop import {', '.join(uses)}\n\n\nclass Shop(unittest.TestCase):\n"
    methods = (
        f"    def test_{name}(self):\n        self.assertEqual({call}, {value})\n" for name, call, value in tests
    )
    return head + "\n".join(methods)


PYTEST = Language(
    code="shop.py",
    test=TEST,
    new_test=NEW_TEST,
    shop=SHOP,
    fix=("items[1:]", "items"),
    extra=("int(amount)", "int(amount + 0)"),
    wrong=("EUR", "USD"),
    couple=("sum(items)", "sum(clean(items))"),
    clean="\n\ndef clean(items):\n    return [item for item in items if item]\n",
    remark="\n# Sums are whole numbers.\n",
    calls=CALLS,
    file=_pytest_file,
)
UNITTEST = replace(PYTEST, file=_unittest_file)

FLAKY = """\
import pathlib

from shop import total


def test_adds_up():
    runs = pathlib.Path("runs")
    runs.write_text(("x" + runs.read_text()) if runs.exists() else "x")
    assert total([1, 2]) == 3 or len(runs.read_text()) == 2
"""
FIXTURE = "import pytest\n\n\n@pytest.fixture\ndef prices():\n    return [1, 2]\n"
WITH_FIXTURE = "from shop import total\n\n\ndef test_adds_up(prices):\n    assert total(prices) == 3\n"
SNAPSHOT = """\
import pathlib

from shop import total


def test_adds_up():
    stored = pathlib.Path(__file__).parent / "__snapshots__/test_shop.ambr"
    assert f"{total([1, 2])}\\n" == stored.read_text(), "differs from the snapshot"
"""
DOCTEST = swapped(SHOP, ("(amount):\n    return f", '(amount):\n    """With the currency."""\n    return f'),
                  ("(items):\n", '(items):\n    """The sum.\n\n    No item is left out.\n    """\n'))  # fmt: skip
WITH_DOCTEST = swapped(DOCTEST, PYTEST.fix, ("left out.\n", "left out.\n\n    >>> total([1, 2])\n    3\n"))


def _under_unittest(text: str) -> str:
    """A file of pytest's functions as one of unittest's methods."""
    head, _, body = text.partition("\n\n\ndef test_adds_up():\n")
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"import unittest\n{head}\n\n\nclass Shop(unittest.TestCase):\n    def test_adds_up(self):\n{lines}"


def _pytest_cases() -> dict[str, Case]:
    lang = PYTEST
    fixed, proven = lang.fixed, {"tests": ["adds_up"]}
    return usual(lang) | {
        "flaky": Case({lang.code: fixed, NEW_TEST: FLAKY}, "FLAKY",
                      {"why": "without-the-fix", "flaky": ["adds_up"]}, before=2),
        "infra": Case({lang.code: fixed, NEW_TEST: "import nowhere\n"}, "INFRA", {"why": "does-not-load"},
                      message="No module named 'nowhere'"),
        "fixture": Case({lang.code: fixed, "tests/conftest.py": FIXTURE, NEW_TEST: WITH_FIXTURE}, "PROVEN", proven),
        "snapshot": Case({lang.code: fixed, STORED: "3\n"}, "PROVEN", proven | {"snapshot_only": True},
                         base={TEST: SNAPSHOT, STORED: "2\n"}, message="differs from the snapshot"),
        "same-file": Case({lang.code: WITH_DOCTEST}, "PROVEN-BY-UNDO",
                          {"tests": ["shop.total"], "by_undo": lang.line(WITH_DOCTEST, "return sum")},
                          base={lang.code: DOCTEST}, config="pytest 2"),
    }  # fmt: skip


def _unittest_cases() -> dict[str, Case]:
    lang = UNITTEST
    fixed, proven = lang.fixed, {"tests": ["adds_up"]}
    in_one = {NEW_TEST: f"{fixed}\n\n{lang.tests('adds_up')}".replace("from shop import total\n", "")}
    helped = swapped(lang.tests("adds_up"), ("total([1, 2])", "total(PRICES)"),
                     ("from shop", "from tests.prices import PRICES\nfrom shop"))  # fmt: skip
    return usual(lang) | {
        "flaky": Case({lang.code: fixed, NEW_TEST: _under_unittest(FLAKY)}, "FLAKY",
                      {"why": "without-the-fix", "flaky": ["adds_up"]}, before=2),
        "infra": Case({lang.code: fixed, NEW_TEST: "import nowhere\n"}, "INFRA", {"why": "does-not-load"},
                      message="No module named 'nowhere'"),
        "fixture": Case({lang.code: fixed, "tests/prices.py": "PRICES = [1, 2]\n", NEW_TEST: helped}, "PROVEN", proven),
        "snapshot": Case({lang.code: fixed, STORED: "3\n"}, "PROVEN", proven | {"snapshot_only": True},
                         base={TEST: _under_unittest(SNAPSHOT), STORED: "2\n"}, message="differs from the snapshot"),
        "same-file": Case(in_one, "NOT-REPRODUCED", {"why": "no-code"}),
    }  # fmt: skip


def _exit_code_cases() -> dict[str, Case]:
    """Only the whole run passes or fails: its one test is called `exit code`, and a proof by it is weak."""
    lang, cases = UNITTEST, _unittest_cases()
    run = ["exit code"]

    def weak(name: str, **more: object) -> Case:
        return replace(cases[name], told={"tests": run, "weak": True, **more})

    regression = {lang.code: swapped(lang.fixed, lang.wrong), TEST: lang.tests(*OLD, "is_shown_longer")}
    return cases | {
        "proven": weak("proven", unneeded=cases["proven"].told["unneeded"]),
        "by-undo": weak("by-undo", by_undo=cases["by-undo"].told["by_undo"]),
        "coupled": replace(cases["coupled"], told={"coupled": run}),
        "not-fixed": replace(cases["not-fixed"], told={"failing": run}),
        "regression": Case(regression, "REGRESSION", {"regressions": run}),
        "flaky": replace(cases["flaky"], told={"why": "without-the-fix", "flaky": run}),
        "deleted": weak("deleted"),
        "renamed": weak("renamed"),
        "fixture": weak("fixture"),
        "snapshot": weak("snapshot", snapshot_only=True),
    }


IN_ONE = "a test file is laid over the base with all that is in it, the fix as well"
BASE = {"shop.py": SHOP}
TOOLCHAINS = (
    Toolchain(
        "pytest", ("python3",), BASE | {TEST: PYTEST.tests(*OLD)}, _pytest_cases(),
        {"snapshot": "pytest stores none of its own: the test reads a file where syrupy would keep it"},
    ),
    Toolchain(
        "unittest", ("python3",), BASE | {TEST: UNITTEST.tests(*OLD)}, _unittest_cases(),
        {"snapshot": "unittest stores none: the test reads a file", "same-file": IN_ONE},
    ),
    Toolchain(
        "unittest 2", ("python3",), BASE | {TEST: UNITTEST.tests(*OLD)}, _exit_code_cases(),
        {
            "deleted": "an exit code does not name the test that is gone",
            "renamed": "an exit code does not name tests",
            "regression": "only seen when no new test of the same run fails without the fix",
            "snapshot": "unittest stores none: the test reads a file",
            "same-file": IN_ONE,
        },
    ),
)  # fmt: skip
