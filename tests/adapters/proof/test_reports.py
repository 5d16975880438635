"""Reports as test runners write them, and as somebody might forge them."""

import json

import pytest

from stanch.adapters.proof.junit import MOST_CASES, MOST_DEPTH
from stanch.adapters.proof.reports import MOST_BYTES, read_report
from stanch.core.proof.outcomes import Case, Hiding, Outcome, folded
from stanch.core.proof.suite import ReportKind

PLACE = "/tmp/work/tree"  # noqa: S108 # only a text in a report
J, GO, JEST, CARGO, EXIT = (
    ReportKind.JUNIT,
    ReportKind.GO_TEST_JSON,
    ReportKind.JEST_JSON,
    ReportKind.CARGO_TEST,
    ReportKind.EXIT_CODE,
)


def cases(text: str, kind: ReportKind = J, exit_code: int = 1) -> tuple[Case, ...]:
    """What a report of this text says."""
    found, unreadable = read_report(kind, text.encode(), exit_code, "unit", PLACE)
    assert unreadable == ""
    return found


def told(text: str, kind: ReportKind = J, exit_code: int = 1) -> list[tuple[str, str]]:
    """Each case as it is shown, with its outcome."""
    return [(case.key.shown, case.outcome.value) for case in cases(text, kind, exit_code)]


def suite(inner: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="s">{inner}</testsuite></testsuites>'


COLLECTION = '<error message="collection failure">E   ImportError: cannot import name &#x27;clean&#x27;</error>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("", []),
        # pytest: passed, failed, error in setup, skipped and xfail, XPASS(strict), and a file that does not load.
        ('<testcase classname="tests.test_a" name="test_x"/>', [("tests.test_a::test_x", "pass")]),
        (
            '<testcase classname="tests.test_a" name="test_x"><failure message="3 == 4">def</failure></testcase>',
            [("tests.test_a::test_x", "fail")],
        ),
        (
            '<testcase classname="tests.test_a" name="test_x"><error message="failed on setup">x</error></testcase>',
            [("tests.test_a::test_x", "error")],
        ),
        (
            '<testcase classname="t" name="x"><skipped type="pytest.xfail" message="later"/></testcase>',
            [("t::x", "skip")],
        ),
        (
            '<testcase classname="t" name="x"><failure message="[XPASS(strict)] later"/></testcase>',
            [("t::x", "fail")],
        ),
        (f'<testcase classname="" name="tests.test_b">{COLLECTION}</testcase>', [("tests.test_b", "collect")]),
        # vitest: a file that does not load is named like its class.
        (
            '<testcase classname="a.test.ts" name="a.test.ts"><failure message="x"/></testcase>',
            [("a.test.ts", "collect")],
        ),
        ('<testcase classname="a.test.ts" name="sum &gt; adds"/>', [("a.test.ts::sum > adds", "pass")]),
        # node:test: a file that does not load is an absolute path; `todo` fails and is skipped; groups nest.
        (
            f'<testcase classname="test" name="{PLACE}/test/b.test.js"><failure message="test failed"/></testcase>',
            [("test::test/b.test.js", "collect")],
        ),
        (
            '<testcase classname="test" name="t"><skipped type="todo"/><failure message="x"/></testcase>',
            [("test::s > t", "skip")],
        ),
        (
            '<testsuite name="d"><testcase classname="test" name="t"/></testsuite>',
            [("test::s > d > t", "pass")],
        ),
        # jest-junit: a leading space in names, and a suite that does not run comes twice.
        ('<testcase classname=" sum" name=" sum adds"/>', [("sum::sum adds", "pass")]),
        (
            2
            * '<testcase classname="Test suite failed to run" name="a.test.js"><failure>no x</failure></testcase>',
            2 * [("Test suite failed to run::a.test.js", "collect")],
        ),
        # unittest-xml-reporting.
        (
            '<testcase classname="unittest.loader._FailedTest" name="test_a"><error message="No module"/></testcase>',
            [("unittest.loader._FailedTest::test_a", "collect")],
        ),
        (f'<testcase file="{PLACE}/t/a.py" classname="A" name="x"/>', [("t/a.py::A::x", "pass")]),
        ('<testcase name="x"><system-out>[[ATTACHMENT|x]]</system-out></testcase>', [("x", "pass")]),
    ],
)  # fmt: skip
def test_every_runner_is_understood(inner: str, expected: list[tuple[str, str]]) -> None:
    """Each habit that was seen, one row."""
    assert told(suite(inner)) == expected


def test_a_test_that_is_told_twice_counts_with_the_worst() -> None:
    """A failing teardown makes a second entry beside the pass."""
    passed = '<testcase classname="t" name="x"/>'
    failed = '<testcase classname="t" name="x"><error message="teardown"/></testcase>'
    for inner in (passed + failed, failed + passed):
        assert [case.outcome for case in folded(cases(suite(inner))).values()] == [Outcome.ERROR]


def test_messages_are_rid_of_paths_and_colours() -> None:
    """The same failure in two trees says the same."""
    (case,) = cases(suite(f'<testcase name="x"><failure message="&#10;in {PLACE}/shop.py:3&#x202e;"/></testcase>'))
    assert case.message == "in shop.py:3"
    (shown,) = cases(json.dumps(JEST_REPORT), JEST)[1:2]
    assert shown.message == "Error: expect(received).toBe(expected)"


def test_a_message_is_the_text_where_there_is_no_message() -> None:
    """jest-junit has only the text."""
    (case,) = cases(suite('<testcase name="x"><failure>Error: nope</failure></testcase>'))
    assert case.message == "Error: nope"


def test_what_does_not_load_says_why() -> None:
    """pytest's own message is only `collection failure`; the names are in the text."""
    (case,) = cases(suite(f'<testcase classname="" name="tests.test_b">{COLLECTION}</testcase>'))
    assert "cannot import name 'clean'" in case.message


TRACEBACK = (
    "Traceback (most recent call last):\n  File a\n    import b\nImportError: cannot import name 'clean' from 'b'\n"
)


def test_a_traceback_says_first_what_went_wrong() -> None:
    """Python says it last, and messages are cut at their end."""
    long = f'<error message="collection failure">{"src = 1&#10;" * 90}E   ImportError: no name</error>'
    (case,) = cases(suite(f'<testcase classname="" name="tests.test_b">{long}</testcase>'))
    assert case.message.startswith("collection failure: ImportError: no name\n")
    (whole,) = cases(TRACEBACK, EXIT)
    assert whole.message.startswith("ImportError: cannot import name 'clean' from 'b'\nTraceback")


def test_names_and_messages_are_cut() -> None:
    """Nobody needs a name of a megabyte."""
    (case,) = cases(suite(f'<testcase name="{"n" * 10_000}"><failure message="{"m" * 10_000}"/></testcase>'))
    assert (len(case.key.name), len(case.message)) == (300, 2000)


BOMB = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>'
FETCH = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite><testcase name="&x;"/></testsuite>'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "not-xml"),
        (b"passed", "not-xml"),
        (b"<testsuite><testcase name='x'/>", "not-xml"),
        (b"<testsuite>\x00</testsuite>", "not-xml"),
        (b"<testsuite>\xff</testsuite>", "not-xml"),
        (b'<?xml version="1.0" encoding="nowhere"?><testsuite/>', "not-xml"),
        (b'<?xml version="1.0" encoding="utf-32"?><testsuite/>', "not-xml"),
        (b"<!DOCTYPE testsuite><testsuite/>", "not-xml"),
        (BOMB.encode(), "not-xml"),
        (FETCH.encode(), "not-xml"),
        (b"<a>" * (MOST_DEPTH + 1), "too-deep"),
        (b"<testsuite>" + b"<testcase name='x'/>" * (MOST_CASES + 1) + b"</testsuite>", "too-many"),
        (b"<testsuite/>" + b" " * MOST_BYTES, "too-big"),
        (None, "missing"),
    ],
    ids=range(14),
)  # fmt: skip
def test_hostile_xml_is_not_read(text: bytes | None, why: str) -> None:
    """No document type, no entities, no depth, no flood; what cannot be read is said, and counts for nothing."""
    assert read_report(J, text, 1, "unit", PLACE) == ((), why)


def test_names_are_only_texts() -> None:
    """Markdown, HTML and controls in a name stay what they are until words make them harmless."""
    (case,) = cases(suite('<testcase name="&lt;img src=x&gt; | **b** @alex &#x202e;&#10;/ack"/>'))
    assert case.key.name == "<img src=x> | **b** @alex /ack"


JEST_REPORT = {
    "testResults": [
        {
            "name": f"{PLACE}/a.test.js",
            "status": "failed",
            "message": "",
            "assertionResults": [
                {"fullName": "sum adds", "status": "passed", "failureMessages": []},
                {
                    "fullName": "sum rounds",
                    "status": "failed",
                    "failureMessages": ["Error: \x1b[2mexpect(\x1b[31mreceived\x1b[39m).toBe(expected)\x1b[22m"],
                },
                {"fullName": "later", "status": "todo"},
                {"fullName": "not now", "status": "pending"},
            ],
        },
        {
            "name": f"{PLACE}/b.test.js",
            "status": "failed",
            "message": "Cannot find module './b'",
            "assertionResults": [],
        },
    ]
}


def test_jest_and_vitest_report_in_json() -> None:
    """jest writes it without any plugin; a file that does not load has no tests and a message."""
    assert told(json.dumps(JEST_REPORT), JEST) == [
        ("a.test.js::sum adds", "pass"),
        ("a.test.js::sum rounds", "fail"),
        ("a.test.js::later", "skip"),
        ("a.test.js::not now", "skip"),
        ("b.test.js", "collect"),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"testResults": 1}', '{"testResults": [1]}', "[" * 99_999, '{"testResults": [{"name": 1}]}'],
)
def test_json_of_another_shape_is_not_read(text: str) -> None:
    """What is no report of jest's is unreadable, and never empty."""
    assert read_report(JEST, text.encode(), 1, "unit", PLACE) == ((), "not-json")


GO_OUTPUT = """\
go: downloading example.com/x
{"Action":"start","Package":"shop"}
{"Action":"run","Package":"shop","Test":"TestTotal"}
{"Action":"output","Package":"shop","Test":"TestTotal","Output":"    a_test.go:8: got 3, want 4\\n"}
{"Action":"fail","Package":"shop","Test":"TestTotal","Elapsed":0}
{"Action":"pass","Package":"shop","Test":"TestOther/a_b","Elapsed":0}
{"Action":"skip","Package":"shop","Test":"TestLater","Elapsed":0}
{"Action":"fail","Package":"shop","Elapsed":0.1}
{"ImportPath":"web [web.test]","Action":"build-output","Output":"web/a_test.go:5:2: undefined: Clean\\n"}
{"ImportPath":"web [web.test]","Action":"build-fail"}
{"Action":"fail","Package":"web","Elapsed":0,"FailedBuild":"web [web.test]"}
{"Action":
"""


def test_go_reports_line_by_line() -> None:
    """A package that does not build is a failure to load; what is no event is passed over."""
    found = folded(cases(GO_OUTPUT, GO)).values()
    assert [(case.key.shown, case.outcome.value) for case in found] == [
        ("shop::TestTotal", "fail"),
        ("shop::TestOther/a_b", "pass"),
        ("shop::TestLater", "skip"),
        ("web", "collect"),
    ]
    assert [case.message for case in found if case.message] == [
        "a_test.go:8: got 3, want 4",
        "web/a_test.go:5:2: undefined: Clean",
    ]


CARGO_OUTPUT = """\
   Compiling shop v0.1.0 (/tmp/work/tree)
     Running unittests src/lib.rs (target/debug/deps/shop-50)

running 1 test
test tests::inline ... ok

     Running tests/a.rs (target/debug/deps/a-3e)

running 3 tests
test ok ... ok
test slow ... ignored, takes an hour
test a ... FAILED

failures:

---- a stdout ----

thread 'a' (11445) panicked at tests/a.rs:1:17:
assertion `left == right` failed
  left: 1
 right: 2
stack backtrace:
   0: __rustc::rust_begin_unwind

failures:
    a

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.16s

error: test failed, to rerun pass `--test a`
   Compiling shop v0.1.0 (/tmp/work/tree)
error[E0425]: cannot find function `clean` in crate `shop`
 --> tests/b.rs:1:34
error: could not compile `shop` (test "b") due to 1 previous error
"""


def test_cargo_is_read_from_what_it_prints() -> None:
    """Cargo has no report that stable Rust can write; its lines have kept their form."""
    assert told(CARGO_OUTPUT, CARGO) == [
        ("src/lib.rs::tests::inline", "pass"),
        ("tests/a.rs::ok", "pass"),
        ("tests/a.rs::slow", "skip"),
        ("tests/a.rs::a", "fail"),
        ('tests/b.rs::shop (test "b") does not compile', "collect"),
    ]
    found = cases(CARGO_OUTPUT, CARGO)
    assert "assertion `left == right` failed" in found[3].message
    assert "backtrace" not in found[3].message


def test_cargo_tells_why_it_does_not_compile() -> None:
    """The first error names what is missing."""
    text = "error[E0425]: cannot find function `clean` in crate `shop`\n" + CARGO_OUTPUT.splitlines()[-1]
    (case,) = cases(text, CARGO)
    assert case.message.startswith("error[E0425]: cannot find function `clean`")


@pytest.mark.parametrize(
    ("output", "exit_code", "outcome"),
    [
        ("Ran 2 tests\n\nOK", 0, "pass"),
        ("AssertionError: 3 != 4\nFAILED (failures=1)", 1, "fail"),
        ("ImportError: cannot import name 'clean' from 'shop'\nFAILED (errors=1)", 1, "collect"),
        ("ImportError: Failed to import test module: test_a", 1, "collect"),
        ("error: could not compile `shop` (test \"b\") due to 1 previous error", 101, "collect"),
        ("FAIL shop [build failed]", 2, "collect"),
        ("", 1, "fail"),
    ],
)  # fmt: skip
def test_an_exit_code_is_one_test(output: str, exit_code: int, outcome: str) -> None:
    """It says less, and a failure to load is told from a failure by what was printed."""
    assert told(output, EXIT, exit_code) == [("exit code", outcome)]


@pytest.mark.parametrize(
    ("lost", "test", "hides"),
    [
        (f'<testcase classname="" name="tests.test_b">{COLLECTION}</testcase>', ("tests.test_b", "x"), True),
        (f'<testcase classname="" name="tests.test_b">{COLLECTION}</testcase>', ("tests.test_b.TestSum", "x"), True),
        (f'<testcase classname="" name="tests.test_b">{COLLECTION}</testcase>', ("tests.test_bb", "x"), False),
        (f'<testcase classname="test" name="{PLACE}/a.js"><failure/></testcase>', ("test", "x"), True),
        ('<testcase classname="a.test.ts" name="a.test.ts"><failure/></testcase>', ("a.test.ts", "x"), True),
        ('<testcase classname="a.test.ts" name="a.test.ts"><failure/></testcase>', ("b.test.ts", "x"), False),
    ],
)
def test_what_did_not_load_hides_its_own_tests(lost: str, test: tuple[str, str], hides: bool) -> None:
    """A test that is absent because its file did not load is not deleted."""
    (broken,) = cases(suite(lost))
    (whole,) = cases(suite(f'<testcase classname="{test[0]}" name="{test[1]}"/>'))
    assert broken.outcome is Outcome.COLLECT
    assert Hiding.of([broken.key]).could_hold(whole.key) is hides
