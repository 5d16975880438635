"""What a change of dependencies is, whatever the file: the ways around the rule, hostile texts, and laws."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.test_dependency_formats import CASES
from tests.steps import grows

from stanch.core.dependencies import Bump, BumpKind, bumps, folded, is_manifest, vendored
from stanch.core.dependencies.formats import NAMED

PATHS = sorted({*NAMED, *(path for path, *_ in CASES)})


def kinds(path: str, before: str | None, after: str | None) -> list[tuple[str, BumpKind]]:
    return [(bump.name, bump.kind) for bump in bumps(path, before, after)]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_changed_says_nothing(path: str) -> None:
    """The same text twice, readable or not, and a file that never was."""
    assert bumps(path, "{ [", "{ [") == bumps(path, None, None) == ()


@pytest.mark.parametrize(("path", "before", "after"), [(case[0], case[1], case[2]) for case in CASES])
def test_line_ends_and_a_byte_order_mark_change_nothing(path: str, before: str | None, after: str | None) -> None:
    """A file written on another system is the same file."""
    foreign = None if after is None else "\ufeff" + after.replace("\n", "\r\n")
    assert kinds(path, before, foreign) == kinds(path, before, after)
    unread = [(path, BumpKind.UNREADABLE)] if path in {"bun.lockb", "setup.py"} else []
    assert after is None or kinds(path, after, foreign) == unread


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        (
            "package.json",
            '{"dependencies": {"a": "^1.2.0"}}',
            '{"dependencies": {"a": ">=1.2.0"}}',
            [("a", BumpKind.LOOSER)],
        ),
        ("package.json", "{}", '{"overrides": {"a": {"b": "2.0.0"}}}', [("a > b", BumpKind.NEW)]),
        ("package.json", '{"overrides": {"a": "1.0.0"}}', "{}", [("a", BumpKind.LOOSER)]),
        ("package.json", "{}", '{"resolutions": {"**/a": "x/a"}}', [("**/a", BumpKind.SOURCE)]),
        ("package.json", "{}", '{"pnpm": {"overrides": {"a": "2"}}}', [("a", BumpKind.NEW)]),
        (
            "package.json",
            '{"dependencies": {"a": "^1.0.0"}}',
            '{"dependencies": {"a": "git+https://x.example/a.git"}}',
            [("a", BumpKind.SOURCE)],
        ),
        (
            "requirements.txt",
            "a==1.0\nb==1.0\nc==1.0\n",
            "a==1.1\nb==2.0\nc==1.0.1\n",
            [("b", BumpKind.MAJOR)],
        ),
        ("requirements.txt", "a\n", "--extra-index=https://x.example\na\n", [("--extra-index", BumpKind.SOURCE)]),
        ("requirements.txt", "a\n", "a\n--pre\n", [("--pre", BumpKind.SOURCE)]),
        (
            "requirements.txt",
            "a==1; python_version<'3'\na==2; python_version>'3'\n",
            "a==1; python_version<'3'\na==3; python_version>'3'\n",
            [("a", BumpKind.MAJOR)],
        ),
        ("uv.lock", "", None, [("uv.lock", BumpKind.LOOSER)]),
        (
            "pom.xml",
            "<project></project>",
            "<project><!-- <configuration> --><d><![CDATA[<configuration>]]></d><dependency><groupId>g</groupId>"
            "<artifactId>a</artifactId><version>1</version></dependency></project>",
            [("g:a", BumpKind.NEW)],
        ),
    ],
)
def test_the_ways_around_the_rule_are_seen(
    path: str, before: str, after: str | None, expected: list[tuple[str, BumpKind]]
) -> None:
    """A wider range, overrides, another source, one large step among small ones, a lock file that goes."""
    assert kinds(path, before, after) == expected


def test_a_copied_package_is_recognised_by_its_folder() -> None:
    """A vendored copy changes with no manifest: its folder says so."""
    assert vendored("vendor/a.example/x/x.go") == "vendor"
    assert vendored("Web/Third_Party/zlib/inflate.c") == "Web/Third_Party"
    assert vendored("src/vendors.py") == ""


def test_a_lock_file_may_hold_several_versions() -> None:
    """A package that another one needs in a version of its own is major only when no such line was there."""
    one, two, three = ("GEM\n  remote: https://a\n" + "".join(f"    x ({v})\n" for v in given) for given in LINES)
    assert kinds("Gemfile.lock", one, two) == []
    assert kinds("Gemfile.lock", two, three) == [("x", BumpKind.MAJOR)]


LINES = (("2.0", "1.0"), ("1.5", "2.1"), ("1.5", "2.1", "3.0"))


def test_the_same_said_twice_is_folded() -> None:
    """Manifest and lock file are one bump of a name and kind: the first that was given stays."""
    of_manifest = Bump("package.json", "a", "^1", "^2", BumpKind.MAJOR)
    of_lock = Bump("package-lock.json", "a", "1.0.0", "2.0.0", BumpKind.MAJOR)
    other = Bump("package-lock.json", "a", "", "https://x", BumpKind.SOURCE)
    assert folded((of_manifest, of_lock, other)) == (of_manifest, other)
    assert folded(()) == ()


def test_what_is_shown_bears_no_credentials_and_no_lines() -> None:
    """An address may hold a password, and a version may be as long as the file."""
    before = "--index-url https://alex:secret@a.example/simple\n"
    after = f"--index-url https://{'t' * 5_000}@b.example/simple\n"
    (bump,) = bumps("requirements.txt", before, after)
    assert bump.before == "https://a.example/simple"
    assert "ttt" not in bump.after
    (long,) = bumps("Gemfile", "", f'gem "{"a b" * 999}", "1"\n')
    assert len(long.name) <= 100


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", "{"),
        ("package.json", "[]"),
        ("package.json", '{"dependencies": ["a"]}'),
        ("package.json", '{"dependencies": {"a": 1}}'),
        ("package.json", '{"dependencies": {"a": "1", "a": "2"}}'),
        ("package.json", '{"a":' * 60_000),
        ("package.json", '{"version": ' + "9" * 9_000 + "}"),
        ("package.json", '{"overrides": {"' + "a" * 999 + '": {"b": "1", "c": "1"}}}'),
        ("pyproject.toml", "a = 1\na = 2\n"),
        ("pyproject.toml", "a = " + "[" * 60_000),
        ("pyproject.toml", ".".join("a" * 60_000) + " = 1"),
        ("pyproject.toml", '"a".' * 60_000 + "a = 1"),
        ("Cargo.toml", '[dependencies]\na = ["1"]'),
        ("yarn.lock", "no block"),
        ("pom.xml", "<project><!-- "),
        ("pom.xml", '<!DOCTYPE a [<!ENTITY b "c">]><project></project>'),
        ("go.mod", "a" * 1_000_001),
    ],
)
def test_what_cannot_be_read_is_one_bump(path: str, text: str) -> None:
    """Broken, doubled, too deep or too long: nobody guesses, and one row says so, before or after."""
    expected = (Bump(path, path, "", "", BumpKind.UNREADABLE),)
    assert bumps(path, None, text) == bumps(path, text, "") == expected


def test_a_comment_may_stand_twice_in_a_manifest() -> None:
    """`//` is how people write comments into a `package.json`."""
    assert kinds("package.json", "{}", '{"//": "a", "//": "b", "dependencies": {"x": "1"}}') == [("x", BumpKind.NEW)]


PIECES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [text for case in CASES for text in case[1:3] if isinstance(text, str)]
        + [
            '{"dependencies": {"a": ',
            "[",
            "]",
            "{",
            "}",
            '"',
            "'",
            ":",
            ",",
            "=",
            "\n",
            "  ",
            "a@1",
            "[[package]]",
            "${",
        ]
    ),
)
TEXTS = st.none() | st.lists(PIECES, max_size=6).map("".join)


@given(path=st.sampled_from(PATHS), before=TEXTS, after=TEXTS)
def test_no_text_raises(path: str, before: str | None, after: str | None) -> None:
    """Whatever people write, the answer is bumps of this file that can be shown."""
    for bump in bumps(path, before, after):
        assert bump.path == path
        assert max(len(bump.name), len(bump.before), len(bump.after)) <= 100


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["dependencies", "overrides", "packages", "version", "source", "url", "require", "a"]),
            inner,
            max_size=4,
        )
    ),
)


@given(
    name=st.sampled_from([path for path in PATHS if path.endswith((".json", "file.lock", "composer.lock"))]), value=JSON
)
def test_no_value_raises(name: str, value: object) -> None:
    """Tables where texts should be, and texts where tables should be."""
    assert isinstance(bumps(name, None, json.dumps(value)), tuple)


def test_a_path_alone_decides_what_is_read() -> None:
    """Names count whatever their case and wherever they lie; what only looks alike does not."""
    assert all(map(is_manifest, ("a/b/Package.JSON", "requirements/dev.txt", "api.Dockerfile", "x/go.mod")))
    assert not any(map(is_manifest, ("", "package.json.md", "docs/requirements.md", "mydockerfiles/x", "/" * 9_000)))


LOCKS = {
    "package-lock.json": lambda n, v: json.dumps(
        {
            "packages": {
                f"node_modules/p{i}": {"version": f"{v}.{i}", "resolved": f"https://a/p{i}/-/p.tgz"} for i in range(n)
            }
        }
    ),
    "Gemfile.lock": lambda n, v: "GEM\n  remote: https://a\n" + "".join(f"    p{i} ({v}.{i})\n" for i in range(n)),
    "uv.lock": lambda n, v: "".join(f'[[package]]\nname = "p{i}"\nversion = "{v}.{i}"\n' for i in range(n)),
    "pnpm-lock.yaml": lambda n, v: (
        "packages:\n" + "".join(f"  p{i}@{v}.{i}:\n    resolution: {{integrity: x}}\n" for i in range(n))
    ),
    "requirements.txt": lambda n, v: "".join(f"p{i}=={v}.{i}\n" for i in range(n)),
    "same.requirements.txt": lambda n, v: "".join(f"p=={v}.{i}\n" for i in range(n)),
}


def slow(path: str, whole: str, more: str) -> bool:
    """Whether a text takes more than thrice the time of its half, and so does a longer one: one alone may be chance."""
    return all(grows(lambda text: bumps(path, None, text), text, text[: len(text) // 2]) for text in (whole, more))


@pytest.mark.parametrize("path", LOCKS)
def test_twice_the_lock_file_is_not_thrice_the_time(path: str) -> None:
    """A large lock file in which everything changes is read and compared in time that grows as it does."""

    def work(text: str) -> None:
        bumps(path, text, text.replace("1.", "2."))

    small, middle, large = (LOCKS[path](count, 1) for count in (500, 1_000, 2_000))
    assert not (grows(work, middle, small) and grows(work, large, middle))


HOSTILE = ("a", "a.", "${a}", "<a", '"', "a: ", "@/", "\\\n", "uses: ", "FROM ${A}\n", "from=", "[[a]]\n", "//a@", " ")


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_text_is_dear(unit: str) -> None:
    """No pattern goes back over what it has read, in any format, however often one thing is repeated."""
    whole, more = ((unit * size)[:size] for size in (6_000, 9_000))
    assert [path for path in PATHS if slow(path, whole, more)] == []
