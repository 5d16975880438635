"""How much of what users run is changed, and what no pull request can talk itself out of."""

from dataclasses import replace

import pytest
from tests.pulls import BASE, GOOD, HEAD, Change, Gathered, changed, text, with_beside, with_file, with_pull
from tests.steps import grows

from stanch.core.config_hotfix import HotfixRules
from stanch.core.globs import matches
from stanch.core.pull import Beside, ChangedFile, ChangeKind, FileText
from stanch.core.surface import MOST_ATTRIBUTES, Surface, changed_lines, is_test, surface

RULES = HotfixRules()


def empty(g: Gathered = GOOD) -> Gathered:
    """The same without any file."""
    return with_pull(g, files=())


def seen(g: Gathered, attributes: str | None = None, rules: HotfixRules = RULES) -> Surface:
    return surface(g.pull, rules, attributes, g.beside)


def added(path: str, content: str = "x = 1\n" * 30) -> Gathered:
    return with_file(empty(), path, None, content)


def test_nothing_is_changed() -> None:
    """An empty pull request has no surface."""
    assert seen(empty()) == Surface()


@pytest.mark.parametrize(
    ("attributes", "path", "counted"),
    [
        (None, "dist/app.js", True),
        ("", "dist/app.js", True),
        ("dist/*.js linguist-generated", "dist/app.js", False),
        ("dist/** linguist-generated=true", "dist/a/b.js", False),
        ("*.js text linguist-generated -diff", "dist/app.js", False),
        ("*.js linguist-generated=false", "dist/app.js", True),
        ("*.js -linguist-generated", "dist/app.js", True),
        ("uv.lock -linguist-generated", "uv.lock", True),
        ("*.js linguist-generated\ndist/app.js -linguist-generated", "dist/app.js", True),
        ("dist/app.js -linguist-generated\n*.js linguist-generated", "dist/app.js", False),
        ("# *.js linguist-generated", "dist/app.js", True),
        ("  # *.js linguist-generated", "dist/app.js", True),
        ("*.js linguist-generated-not", "dist/app.js", True),
        ("*.js linguist-vendored", "dist/app.js", True),
        ("dist/ linguist-generated", "dist/app.js", True),
        ("* linguist-generated", ".github/workflows/ci.yml", True),
        ("linguist-generated", "dist/app.js", True),
    ],
)
def test_what_is_generated_the_base_says(attributes: str | None, path: str, counted: bool) -> None:
    """Only its own `.gitattributes`, as GitHub reads them: the last line that fits holds."""
    assert (seen(added(path), attributes).lines > 0) is counted


def test_what_is_too_long_generates_nothing() -> None:
    """Its last line could take back what its first one says."""
    said = "* linguist-generated\n"
    filling = "# x\n" * (MOST_ATTRIBUTES // 4)
    assert seen(added("app.py"), said + filling[len(said) :]).lines == 0
    assert seen(added("app.py"), said + filling).lines == 30


def test_a_pull_request_generates_nothing_by_its_own_word() -> None:
    """Attributes that it brings along are a change like any other."""
    own = with_file(added("evil.py"), ".gitattributes", None, "* linguist-generated\n")
    assert seen(own).lines == 31
    assert seen(own).files == ("evil.py", ".gitattributes")


@pytest.mark.parametrize(
    ("path", "test"),
    [
        ("tests/test_shop.py", True),
        ("src/tests/deep/x.py", True),
        ("shop_test.go", True),
        ("web/cart.test.tsx", True),
        ("web/__snapshots__/a.snap", True),
        ("conftest.py", True),
        ("shop.py", False),
        ("latest/shop.py", False),
        ("contest.py", False),
        ("testing.py", False),
        (".github/tests/x.yml", False),
        (".github/workflows/ci.test.yml", False),
        ("docs/CODEOWNERS", False),
    ],
)
def test_what_no_user_runs(path: str, test: bool) -> None:
    """By its path; what steers the repository never is a test."""
    assert is_test(path, replace(RULES, tests=(*RULES.tests, "docs/**"))) is test
    assert seen(added(path)).uncounted == int(test)


def test_a_team_has_tests_of_its_own() -> None:
    """Its own patterns replace the usual ones."""
    own = replace(RULES, tests=("checks/**",))
    assert (is_test("checks/a.py", own), is_test("tests/a.py", own)) == (True, False)


LINES: dict[str, tuple[Change, int]] = {
    "a line more": (lambda g: with_file(g, "a.py", "x\n", "x\ny\n", (1, 0)), 1),
    "a line otherwise": (lambda g: with_file(g, "a.py", "x\n", "y\n", (1, 1)), 2),
    "a space more": (lambda g: with_file(g, "a.py", "x\n", " x\n", (1, 1)), 2),
    "no line break at the end": (lambda g: with_file(g, "a.py", "x\n", "x", (1, 1)), 2),
    "120 characters": (lambda g: with_file(g, "a.py", None, "x" * 120, (1, 0)), 1),
    "121 characters": (lambda g: with_file(g, "a.py", None, "x" * 121, (1, 0)), 2),
    "sixty statements in a line": (lambda g: with_file(g, "a.py", None, "x=1;" * 60, (1, 0)), 2),
    "a packed line among many": (lambda g: with_file(g, "a.py", "a\n" * 900, "a\n" * 900 + "x" * 1_200, (1, 0)), 10),
    "a packed line goes": (lambda g: with_file(g, "a.py", "x" * 1_200, None, (0, 1)), 1),
    "the same packed line once more": (
        lambda g: with_file(g, "a.py", "x" * 360, "x" * 360 + "\n" + "x" * 360, (1, 0)),
        3,
    ),
    "a file that GitHub counts otherwise": (lambda g: with_file(g, "a.py", "x\n", "y\n", (7, 7)), 14),
    "a file that was not read": (lambda g: with_pull(g, files=(changed("a.py", 300, 200),)), 500),
}


@pytest.mark.parametrize(("change", "lines"), LINES.values(), ids=LINES.keys())
def test_how_lines_are_counted(change: Change, lines: int) -> None:
    """As GitHub does, and never less than they would fill."""
    assert seen(change(empty())).lines == lines


def test_a_renamed_file_counts_whole() -> None:
    """All of it is in a new place, whatever GitHub counts; an unread one cannot be judged."""
    moved = with_pull(empty(), files=(ChangedFile("b.py", ChangeKind.RENAMED, 0, 0),))
    read = seen(with_beside(moved, files={f"{HEAD}:b.py": text("x\n" * 40)}))
    assert (read.lines, read.renamed, read.opaque) == (40, ("b.py",), ())
    unread = seen(with_beside(moved, files={f"{HEAD}:b.py": FileText("1")}))
    assert (unread.lines, unread.opaque) == (1, ("b.py",))


def test_a_line_that_moves_is_no_new_one() -> None:
    """GitHub counts it twice; its width counts once it is new."""
    assert changed_lines("a\nb\n", "b\na\n") == ()
    assert changed_lines("a\n", "a\na\n") == ("a",)


def test_tests_may_be_binary() -> None:
    """A picture among the fixtures hides nothing from users."""
    fixture = with_pull(empty(), files=(changed("tests/data/a.png", 0, 0),))
    assert seen(fixture).opaque == ()


@pytest.mark.parametrize("path", ["shop/migrations/0007_x.py", "db/migrate/7.rb", "alembic/versions/a.py", "a/b.sql"])
def test_what_changes_stored_data(path: str) -> None:
    """By its path, also one with a line break in it."""
    assert seen(added(path)).migrations == (path,)
    odd = path.replace("7", "\n7")
    assert seen(added(odd)).migrations == (odd,)


def test_what_calls_itself_temporary() -> None:
    """Added lines alone, in capitals, and not in tests."""
    code = with_file(empty(), "a.py", "# TODO old\n", "# TODO old\n  x = 1  # HACK until friday\n# hack\n")
    code = with_file(code, "tests/test_a.py", None, "# FIXME\n")
    assert seen(code).marked == ("x = 1  # HACK until friday",)


@pytest.mark.parametrize("word", ["TODO", "FIXME", "HACK", "XXX", "TEMP", "TEMPORARY", "WORKAROUND"])
def test_each_word_for_it_is_known(word: str) -> None:
    """As people write it beside the code."""
    assert seen(with_file(empty(), "a.py", None, f"x = 1  # {word}\n")).marked == (f"x = 1  # {word}",)


def test_three_thousand_files() -> None:
    """A hundred are shown; of the rest it is known that there are some, and how many lines they have."""
    crowd = with_pull(
        empty(), files=tuple(changed(f"tests/test_{n}.py") for n in range(100)), changed_files=3_000, added=9_000
    )
    found = seen(crowd)
    assert found.hidden == 2_900
    assert found.lines >= 8_800
    silent = with_pull(crowd, added=100, removed=100)
    assert (seen(silent).hidden, seen(silent).lines) == (2_900, 1)


def test_a_workflow_is_seen_whatever_else_is_there() -> None:
    """Generated, a test, or deleted: it steers the repository."""
    gone = with_file(empty(), ".github/workflows/ci.yml", "a\n", None)
    assert seen(gone, "* linguist-generated").workflows == (".github/workflows/ci.yml",)


@pytest.mark.parametrize("line", ["a\n", "{n}\n"])
def test_twice_the_text_is_not_thrice_the_time(line: str) -> None:
    """Two sides of up to half a megabyte each, with lines that are all alike or all different."""

    def sides(count: int) -> Gathered:
        before, after = ("".join(start + line.format(n=n) for n in range(count)) for start in ("", "b"))
        beside = Beside(files={f"{BASE}:a.py": text(before), f"{HEAD}:a.py": text(after)})
        return replace(with_pull(empty(), files=(changed("a.py"),)), beside=beside)

    def look(g: Gathered) -> None:
        changed_lines.cache_clear()
        assert seen(g).lines > 1

    assert not grows(look, sides(50_000), sides(25_000))


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*.py", "a/b.py", True),
        ("/a.py", "a.py", True),
        ("/a.py", "b/a.py", False),
        ("a/*.py", "a/b/c.py", False),
        ("a/**", "a/b/c.py", True),
        ("a/**", "a", False),
        ("**/a/**", "x/a/b", True),
        ("a/**/b", "a/b", True),
        ("a/", "x/a/y", True),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("A.py", "a.py", False),
        ("a.py", "aXpy", False),
        ("**", "any/thing", True),
        ("***", "any", True),
        ("a/**", "a/b\nc", True),
    ],
)
def test_what_a_pattern_means(pattern: str, path: str, fits: bool) -> None:
    """As `.gitignore` has it, as far as it goes; case counts."""
    assert matches(path, (pattern,)) is fits
