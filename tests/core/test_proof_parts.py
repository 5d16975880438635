"""The small parts of a proof: patterns, suites, hunks, new names, and what a repository's files suggest."""

import pytest

from stanch.core.globs import matches
from stanch.core.proof.coupling import is_coupled, new_names
from stanch.core.proof.detection import detected
from stanch.core.proof.hunks import edits_of, lines, without
from stanch.core.proof.suite import FileClass, ReportKind, Suite, kind_of


@pytest.mark.parametrize(
    ("path", "pattern", "meant"),
    [
        ("test_a.py", "**/test_*.py", True),
        ("a/b/test_a.py", "**/test_*.py", True),
        ("a/b/my_test_a.py", "**/test_*.py", False),
        ("a/b.py", "*.py", True),
        ("a/b.py", "/*.py", False),
        ("services/api/x/y.py", "services/api/**", True),
        ("services/api", "services/api/**", False),
        ("services/apiary/x", "services/api/**", False),
        ("tests/a/b/test_x.py", "tests/**/test_*.py", True),
        ("tests/test_x.py", "tests/**/test_*.py", True),
        ("a.b", "a?b", True),
        ("a/b", "a?b", False),
        ("a+b(c).py", "a+b(c).py", True),
        ("aab.py", "a+b.py", False),
        ("test_a.py\n", "**/test_*.py", False),
        ("x/y/z", "**", True),
    ],
)
def test_a_pattern_means_what_it_looks_like(path: str, pattern: str, meant: bool) -> None:
    """`*` stays in a folder, `**` does not; without a slash a name counts in any folder."""
    assert matches(path, [pattern]) is meant


SUITE = Suite("api", "run {files} {report}", "services/api", tests=("**/test_*.py",), support=("**/conftest.py",))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("services/api/test_a.py", FileClass.TEST),
        ("services/api/conftest.py", FileClass.SUPPORT),
        ("services/api/shop.py", FileClass.PRODUCTION),
        ("services/web/test_a.py", FileClass.PRODUCTION),
        ("test_a.py", FileClass.PRODUCTION),
    ],
)
def test_a_file_is_what_its_suite_says(path: str, kind: FileClass) -> None:
    """What no suite knows is production."""
    assert kind_of(path, [Suite("other", "x", paths=("nowhere/**",), tests=("**",)), SUITE]) is kind


def test_a_file_with_code_and_tests_is_inline() -> None:
    """Also where a pattern for tests matches it."""
    rust = Suite("cargo", "x", tests=("**/*.rs",), inline=("src/**/*.rs",))
    assert [rust.kind_of(path) for path in ("src/lib.rs", "tests/a.rs")] == [FileClass.INLINE, FileClass.TEST]


def test_a_command_names_its_files_from_its_root() -> None:
    """Each is one word of the shell, and never an option."""
    files = ["services/api/tests/test b.py", "services/api/-x.py", "services/api/a;rm.py"]
    assert SUITE.command_for(files, "/work/r p") == "run ./-x.py 'a;rm.py' 'tests/test b.py' '/work/r p'"


def test_cargo_gets_targets_instead_of_files() -> None:
    """It takes no files; each target once."""
    cargo = Suite("cargo", "{targets}")
    files = ["src/lib.rs", "src/a.rs", "src/main.rs", "src/bin/x.rs", "tests/a.rs", "tests/b/main.rs"]
    assert cargo.command_for(files, "") == "--lib --bins --test=a --test=b"


DIFF = """\
diff --git a/a.txt b/a.txt
--- a/a.txt
+++ b/a.txt
@@ -2 +2,2 @@ one
-two
+TWO
+more
@@ -4,0 +6 @@ four
+after four
@@ -6,2 +7,0 @@ five
-six
-seven
"""
OLD = b"one\ntwo\nthree\nfour\nfive\nsix\nseven"
NEW = b"one\nTWO\nmore\nthree\nfour\nafter four\nfive\n"


@pytest.mark.parametrize(
    ("number", "undone"),
    [
        (0, b"one\ntwo\nthree\nfour\nafter four\nfive\n"),
        (1, b"one\nTWO\nmore\nthree\nfour\nfive\n"),
        (2, b"one\nTWO\nmore\nthree\nfour\nafter four\nfive\nsix\nseven"),
    ],
)
def test_one_hunk_is_taken_back(number: int, undone: bytes) -> None:
    """Changed, added and removed lines; the rest stays as the head has it."""
    edits = list(edits_of("a.txt", DIFF))
    assert [(edit.hunk.start, edit.hunk.end) for edit in edits] == [(2, 3), (6, 6), (8, 7)]
    assert without(edits[number], lines(OLD), lines(NEW)) == undone


def test_only_a_line_feed_ends_a_line() -> None:
    """As git counts; a carriage return or a form feed does not."""
    assert lines(b"a\rb\r\nc\x0cd\n\ne") == [b"a\rb\r\n", b"c\x0cd\n", b"\n", b"e"]


@pytest.mark.parametrize(
    ("line", "inline", "of_tests"),
    [
        ("    assert_eq!(total(1), 2);", True, True),
        ("#[test]", True, True),
        ("    items.iter().sum()", True, False),
        ("    >>> total([1, 2])", True, True),
        ("    return hash >>> 8;", True, False),
        ("    assert_eq!(total(1), 2);", False, False),
    ],
)
def test_a_hunk_of_tests_is_known_by_its_look(line: str, inline: bool, of_tests: bool) -> None:
    """Only where a file holds both; an assertion elsewhere is code."""
    (edit,) = edits_of("src/lib.rs", f"@@ -1,0 +2 @@\n+{line}\n", inline=inline)
    assert edit.hunk.of_tests is of_tests


def test_the_empty_line_before_a_test_is_no_code() -> None:
    """Nobody misses it, and nobody needs to hear that."""
    (edit,) = edits_of("src/lib.rs", "@@ -3,0 +4,4 @@\n+\n+    #[test]\n+    fn it() {\n+    }\n", inline=True)
    assert (edit.hunk.start, edit.hunk.end, edit.hunk.of_tests) == (4, 7, True)


def test_code_and_its_tests_in_one_hunk_are_two() -> None:
    """In a file that holds both; where a test itself changes, the hunk stays whole and is one of tests."""
    diff = "@@ -3 +3,4 @@\n-    old\n+    new\n+}\n+#[test]\n+fn it() { assert!(total()) }\n"
    code, tests = edits_of("src/lib.rs", diff, inline=True)
    assert (code.hunk.start, code.hunk.end, code.hunk.of_tests) == (3, 4, False)
    assert (tests.hunk.start, tests.hunk.end, tests.hunk.of_tests) == (5, 6, True)
    base, head = lines(b"1\n2\nold\n"), lines(b"1\n2\nnew\n}\n#[test]\nfn it()\n")
    assert without(code, base, head) == b"1\n2\nold\n#[test]\nfn it()\n"
    assert without(tests, base, head) == b"1\n2\nnew\n}\n"
    assert len(list(edits_of("shop.py", diff))) == 1
    (whole,) = edits_of("src/lib.rs", diff.replace("-    old", "-    assert!(old)"), inline=True)
    assert whole.hunk.of_tests


@pytest.mark.parametrize(
    ("message", "coupled"),
    [
        ("NameError: name 'clean' is not defined", True),
        ("ImportError: cannot import name 'clean' from 'shop' (shop.py)", True),
        ("ModuleNotFoundError: No module named 'shop.clean'", True),
        ("AttributeError: module 'shop' has no attribute 'clean'", True),
        ("TypeError: total() got an unexpected keyword argument 'clean'", True),
        ("TypeError: shop.clean is not a function", True),
        ("ReferenceError: clean is not defined", True),
        ("SyntaxError: The requested module './shop.js' does not provide an export named 'clean'", True),
        ("Error: Cannot find module './clean'", True),
        ("Failed to resolve import \"./clean\" from \"a.test.ts\"", True),
        ("error[E0425]: cannot find function `clean` in crate `shop`", True),
        ("error[E0432]: unresolved import `shop::clean`", True),
        ("error[E0599]: no method named `clean` found for struct `Shop`", True),
        ("./a_test.go:5:2: undefined: shop.clean", True),
        ("NameError: name 'total' is not defined", False),
        ("AttributeError: 'NoneType' object has no attribute 'total'", False),
        ("assert clean == 3", False),
        ("expected clean to be a function", False),
        ("", False),
    ],
)  # fmt: skip
def test_a_missing_name_counts_only_if_the_change_adds_it(message: str, coupled: bool) -> None:
    """What is missing without the fix because it is new is no bug; what the base should have had is one."""
    assert is_coupled(message, {"clean"}) is coupled


def test_new_names_are_those_that_the_base_has_not() -> None:
    """From the texts of changed files, and from the names of new ones."""
    names = new_names(["def total(items):"], ["def total(items):\n    return clean(items)"], ["src/money_bag.py"])
    assert names == {"return", "clean", "money_bag"}


def found(files: dict[str, str]) -> list[tuple[str, str, ReportKind]]:
    return [(suite.name, suite.setup, suite.report) for suite in detected(files, lambda path: files.get(path, ""))]


NPM = "npm ci --no-audit --no-fund --prefer-offline"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, []),
        ({"README.md": "pytest"}, []),
        ({"pyproject.toml": "[tool.pytest.ini_options]"}, [("pytest", "", ReportKind.JUNIT)]),
        ({"setup.cfg": "", "a/test_x.py": "import pytest"}, [("pytest", "", ReportKind.JUNIT)]),
        ({"requirements.txt": "pytest==8"}, [("pytest", "", ReportKind.JUNIT)]),
        ({"test_x.py": "def test(): pass"}, [("pytest", "", ReportKind.JUNIT)]),
        ({"test_x.py": "import unittest"}, [("unittest", "", ReportKind.EXIT_CODE)]),
        ({"test_x.py": "import unittest", "conftest.py": ""}, [("pytest", "", ReportKind.JUNIT)]),
        ({"package.json": "{}"}, []),
        ({"package.json": "not json"}, []),
        ({"package.json": "[1]"}, []),
        ({"package.json": '{"scripts": {"test": "node --test"}}'}, [("node", "", ReportKind.JUNIT)]),
        ({"package.json": '{"devDependencies": {"vitest": "3"}}', "package-lock.json": ""},
         [("vitest", NPM, ReportKind.JUNIT)]),
        ({"package.json": '{"devDependencies": {"jest": "29"}}', "yarn.lock": ""},
         [("jest", "yarn install --frozen-lockfile --prefer-offline", ReportKind.JEST_JSON)]),
        ({"package.json": '{"dependencies": {"jest": "29"}}'},
         [("jest", "npm install --no-audit --no-fund", ReportKind.JEST_JSON)]),
        ({"Cargo.toml": ""}, [("cargo", "", ReportKind.CARGO_TEST)]),
        ({"pytest.ini": "[pytest]", "Cargo.toml": ""},
         [("pytest", "", ReportKind.JUNIT), ("cargo", "", ReportKind.CARGO_TEST)]),
    ],
)  # fmt: skip
def test_a_plain_project_needs_no_config(files: dict[str, str], expected: list[tuple[str, str, ReportKind]]) -> None:
    """The files at its root say how its tests are run."""
    assert found(files) == expected


def test_a_package_below_src_is_imported_from_the_tree() -> None:
    """Else Python would find the package that the job installed: the head's, in every tree."""
    files = {"pyproject.toml": "pytest", "src/shop.py": ""}
    (suite,) = detected(files, lambda path: files[path])
    assert suite.command.startswith("PYTHONPATH=src python -m pytest ")
    (plain,) = detected({"pytest.ini": ""}, lambda _: "pytest")
    assert plain.command.startswith("python -m pytest ")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("tests/test_a.py", FileClass.TEST),
        ("tests/helper.py", FileClass.SUPPORT),
        ("tests/__snapshots__/test_a.ambr", FileClass.SUPPORT),
        ("conftest.py", FileClass.SUPPORT),
        ("shop/testing.py", FileClass.PRODUCTION),
        ("pyproject.toml", FileClass.PRODUCTION),
    ],
)
def test_the_files_of_a_plain_pytest_project(path: str, kind: FileClass) -> None:
    """Manifests are production: a bump of a dependency may be the fix itself."""
    assert detected({"pytest.ini": ""}, lambda _: "pytest")[0].kind_of(path) is kind
