"""Each kind of file, read before and after: what needs a second approval, and what does not."""

import pytest

from stanch.core.dependencies import BumpKind, bumps, is_manifest

NEW, MAJOR, SOURCE, LOOSER, UNREADABLE = (
    BumpKind.NEW,
    BumpKind.MAJOR,
    BumpKind.SOURCE,
    BumpKind.LOOSER,
    BumpKind.UNREADABLE,
)

NPM_LOCK = (
    '{"lockfileVersion": 3, "packages": {"": {"version": "1.0.0"}, "node_modules/%s": '
    '{"version": "%s", "resolved": "https://%s/%s/-/%s-%s.tgz", "integrity": "sha512-x"}}}'
)


def npm_lock(name: str, version: str, host: str = "npm.example", under: str = "") -> str:
    return NPM_LOCK % (name, version, host, under or name, name, version)


YARN = '# yarn lockfile v1\n\n"@a/b@^1.0.0", "@a/b@^1.1.0":\n  version "%s"\n  resolved "https://%s/@a/b/-/b.tgz#1"\n'
BERRY = '__metadata:\n  version: 8\n\n"left@npm:^1.0.0":\n  version: %s\n  resolution: "%s"\n  checksum: 1\n'
PNPM = (
    "lockfileVersion: '9.0'\n\npackages:\n\n  '@a/b@%s':\n    resolution: {integrity: x%s}\n\n"
    "snapshots:\n\n  '@a/b@9': {}\n"
)
POETRY = '[[package]]\nname = "left"\nversion = "%s"\n%s'
UV = '[[package]]\nname = "left"\nversion = "%s"\nsource = { %s }\n'
PATCHED = "left@patch:%s@npm%%3A1.0.0#optional!builtin<compat/left>::version=%s&hash=1"
CARGO_LOCK = '[[package]]\nname = "left"\nversion = "%s"\nsource = "%s"\n\n[[package]]\nname = "own"\nversion = "%s"\n'
GEM_LOCK = "GEM\n  remote: %s\n  specs:\n    left (%s)\n      right (~> 1.0)\n\nDEPENDENCIES\n  left\n"
PIPFILE_LOCK = (
    '{"_meta": {"sources": [{"name": "main", "url": "https://%s/simple"}]}, "default": {"left": {"version": "==%s"}}}'
)
COMPOSER_LOCK = '{"packages": [{"name": "a/left", "version": "%s", "source": {"url": "https://%s/left.git"}}]}'
POM = (
    "<project><properties><v>%s</v></properties><repositories><repository><id>r</id><url>https://%s</url></repository>"
    "</repositories><dependencies><dependency><groupId>g</groupId><artifactId>left</artifactId><version>${v}</version>"
    "<exclusions><exclusion><groupId>g</groupId></exclusion></exclusions></dependency></dependencies></project>"
)
CATALOG = '[versions]\nv = "%s"\n[libraries]\nleft = { module = "g:left", version.ref = "v" }\n'
SHA = "0123456789abcdef0123456789abcdef01234567"
OTHER_SHA = "1" + SHA[1:]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("package.json", '{"dependencies": {"a": "^1.2.0", "b": "1"}}', '{"dependencies": {"a": "^1.3.0"}}'),
        ("package.json", '{"dependencies": {"a": "^1.2.0"}}', '{"devDependencies": {"a": "^1.2.0"}}'),
        ("package.json", '{"version": "1.0.0"}', '{"version": "2.0.0", "scripts": {"a": "b"}}'),
        ("package.json", '{"dependencies": {}}', '{"dependencies": {"own": "workspace:*"}}'),
        ("package.json", '{"dependencies": {"a": "x/y#v1.2.0"}}', '{"dependencies": {"a": "x/y#v1.3.0"}}'),
        ("package-lock.json", npm_lock("a", "1.0.0"), npm_lock("a", "1.1.0")),
        ("yarn.lock", YARN % ("1.0.0", "npm.example"), YARN % ("1.2.0", "npm.example")),
        ("yarn.lock", BERRY % ("1.0.0", "left@npm:1.0.0"), BERRY % ("1.2.0", "left@npm:1.2.0")),
        ("pnpm-lock.yaml", PNPM % ("1.0.0", ""), PNPM % ("1.2.0(react@18.0.0)", "")),
        ("yarn.lock", BERRY % ("1.0.0", PATCHED % ("left", "1.0.0")), BERRY % ("1.1.0", PATCHED % ("left", "1.1.0"))),
        (".npmrc", "save-exact=true\nregistry=https://a.example/\n", "registry = https://a.example/\n"),
        ("requirements.txt", "left==1.0 --hash=sha256:1\n", "# why\nLeft==1.1 \\\n  --hash=sha256:2\n"),
        ("requirements/base.in", "a>=1\nb\n", "a>=1\r\n"),
        ("constraints.txt", "a<3\n", "a<2  # tighter\n"),
        ("pyproject.toml", '[project]\ndependencies=["a>=1,<2"]', '[project]\ndependencies=["a>=1.1,<2"]\nversion="2"'),
        ("poetry.lock", POETRY % ("1.0.0", ""), POETRY % ("1.1.0", "")),
        (
            "uv.lock",
            UV % ("1.0", 'registry = "https://a.example/simple"'),
            UV % ("1.1", 'registry = "https://a.example"'),
        ),
        ("uv.lock", UV % ("1.0", 'editable = "."'), UV % ("2.0", 'editable = "."')),
        ("Pipfile", '[packages]\na = "==1.0"\n', '[packages]\na = {version = "==1.1"}\n'),
        ("Pipfile.lock", PIPFILE_LOCK % ("a.example", "1.0"), PIPFILE_LOCK % ("a.example", "1.1")),
        ("Cargo.toml", '[dependencies]\na = "1.2"', '[dependencies]\na = { version = "1.9", features = ["x"] }'),
        (
            "Cargo.lock",
            CARGO_LOCK % ("1.0.0", "registry+https://a", "1.0.0"),
            CARGO_LOCK % ("1.1.0", "registry+https://a", "2.0.0"),
        ),
        (
            "go.mod",
            "module m\n\ngo 1.21\n\nrequire a.example/x v1.2.3\n",
            "module m\nrequire (\n\ta.example/x v1.3.0 // indirect\n)\n",
        ),
        ("Gemfile", 'gem "left", "~> 1.2"\n', "gem 'left', '~> 1.4', require: false # '9.0'\n"),
        ("Gemfile.lock", GEM_LOCK % ("https://a.example/", "1.0"), GEM_LOCK % ("https://a.example/", "1.4")),
        (
            "composer.json",
            '{"require": {"php": "^7", "a/left": "^1.2"}}',
            '{"require": {"php": "^8", "a/left": "^1.4"}}',
        ),
        ("composer.lock", COMPOSER_LOCK % ("1.0.0", "a.example"), COMPOSER_LOCK % ("v1.2.0", "a.example")),
        (
            "Dockerfile",
            "FROM python:3.11-slim AS build\nFROM build\n",
            "FROM python:3.12-slim AS x\nCOPY --from=x a b\nFROM scratch\n",
        ),
        ("Dockerfile", "FROM node:20.1-alpine3.18", "FROM node:20.2-alpine3.19"),
        ("Dockerfile", "FROM a:1.2@sha256:1", "FROM a:1.3@sha256:2"),
        (
            "compose.yml",
            "services:\n  db:\n    image: postgres:16.1\n",
            "services:\n  db:\n    image: 'postgres:16.2'\n",
        ),
        (".github/workflows/ci.yml", "- uses: a/b@v4\n", "- uses: ./local\n- uses: a/b@v4.1\n"),
        (".github/workflows/ci.yml", f"- uses: a/b@{SHA} # v1.2.3", f"- uses: a/b@{OTHER_SHA} # v1.3.0"),
        ("pom.xml", POM % ("1.0", "a.example"), POM % ("1.1", "a.example")),
        ("build.gradle", "implementation 'g:left:1.0'", 'def v = "1.1"\nimplementation "g:left:$v"'),
        ("gradle/libs.versions.toml", CATALOG % "1.0", CATALOG % "1.1"),
        ("src/main.py", "import a", "import b"),
        ("README.md", None, "a==1"),
    ],
)
def test_what_needs_nobody(path: str, before: str | None, after: str | None) -> None:
    """Minor steps, removals, moves to the developers' part, the repository's own packages and other files."""
    assert bumps(path, before, after) == ()


CASES: list[tuple[str, str | None, str | None, list[tuple[str, BumpKind]]]] = [
    ("web/package.json", None, '{"dependencies": {"a": "^1"}}', [("a", NEW)]),
    ("package.json", '{"dependencies": {"a": "^1.2.0"}}', '{"dependencies": {"a": "^2.0.0"}}', [("a", MAJOR)]),
    ("package.json", '{"devDependencies": {"a": "1.2.0"}}', '{"dependencies": {"a": "1.2.0"}}', [("a", NEW)]),
    ("package.json", '{"peerDependencies": {"a": "^1"}}', '{"peerDependencies": {"a": ">=1"}}', [("a", LOOSER)]),
    ("package.json", "{}", '{"optionalDependencies": {"a": "file:../a"}}', [("a", SOURCE)]),
    ("package.json", '{"dependencies": {"a": "^1"}}', '{"dependencies": {"a": "npm:@b/c@^1"}}', [("a", SOURCE)]),
    ("package.json", '{"dependencies": {"a": "x/y#v1"}}', '{"dependencies": {"a": "x/y#main"}}', [("a", UNREADABLE)]),
    ("package.json", '{"packageManager": "pnpm@8.1.0"}', '{"packageManager": "pnpm@9.0.0"}', [("pnpm", MAJOR)]),
    ("package-lock.json", npm_lock("a", "1.0.0"), npm_lock("a", "2.0.0"), [("a", MAJOR)]),
    ("package-lock.json", npm_lock("a", "1.0.0"), npm_lock("b", "1.0.0"), [("b", NEW)]),
    ("package-lock.json", npm_lock("a", "1.0.0"), npm_lock("a", "1.0.0", "evil.example"), [("a", SOURCE)]),
    ("package-lock.json", npm_lock("a", "1.0.0"), npm_lock("a", "1.0.0", under="evil"), [("a", SOURCE)]),
    (
        "package-lock.json",
        '{"packages": {"node_modules/a": {"version": "1.0.0"}}}',
        npm_lock("a", "1.0.0", "evil.example"),
        [("a", SOURCE)],
    ),
    (
        "npm-shrinkwrap.json",
        '{"dependencies": {"a": {"version": "1.0.0", "dependencies": {"b": {"version": "1.0.0"}}}}}',
        '{"dependencies": {"a": {"version": "1.0.0", "dependencies": {"b": {"version": "2.0.0"}}}}}',
        [("b", MAJOR)],
    ),
    ("yarn.lock", YARN % ("1.0.0", "npm.example"), YARN % ("2.0.0", "npm.example"), [("@a/b", MAJOR)]),
    ("yarn.lock", YARN % ("1.0.0", "npm.example"), YARN % ("1.0.0", "evil.example"), [("@a/b", SOURCE)]),
    ("yarn.lock", BERRY % ("1.0.0", "left@npm:1.0.0"), BERRY % ("2.0.0", "left@npm:2.0.0"), [("left", MAJOR)]),
    ("yarn.lock", BERRY % ("1.0.0", "left@npm:1.0.0"), BERRY % ("1.0.0", "evil@npm:1.0.0"), [("left", SOURCE)]),
    (
        "yarn.lock",
        BERRY % ("1.0.0", "left@npm:1.0.0"),
        BERRY % ("1.0.0", PATCHED % ("evil", "1.0.0")),
        [("left", SOURCE)],
    ),
    ("pnpm-lock.yaml", PNPM % ("1.0.0", ""), PNPM % ("2.0.0", ""), [("@a/b", MAJOR)]),
    ("pnpm-lock.yaml", PNPM % ("1.0.0", ""), PNPM % ("1.0.0", ", tarball: https://evil.example/x"), [("@a/b", SOURCE)]),
    ("pnpm-lock.yaml", "packages:\n", "overrides:\n  a: 1.0.0\npackages:\n", [("a", NEW)]),
    ("pnpm-workspace.yaml", "catalog:\n  a: ^1.0.0\n", "catalog:\n  a: ^2.0.0\n", [("a", MAJOR)]),
    (".npmrc", None, "registry=https://evil.example\n", [("registry", SOURCE)]),
    (".yarnrc.yml", 'npmRegistryServer: "https://a"\n', None, [("npmRegistryServer", SOURCE)]),
    ("requirements-dev.txt", "left==1.0\n", "left==2.0\n", [("left", MAJOR)]),
    ("requirements.txt", "left\n", "left\nright[extra]\n", [("right", NEW), ("right[extra]", NEW)]),
    ("requirements.txt", "left==1\n", "left @ git+https://x.example/left@v1\n", [("left", SOURCE)]),
    ("requirements.txt", "", "https://x.example/left-1.0.whl\n", [("https://x.example/left-1.0.whl", SOURCE)]),
    ("requirements.txt", "a\n", "a\n-r more.txt\n", [("--requirement more.txt", NEW)]),
    ("requirements.txt", "a==1 ; python_version > '3'\n", "a>=1 ; python_version > '3'\n", [("a", LOOSER)]),
    ("constraints.txt", "a<2\nb<3\n", "b<3\n", [("a", LOOSER)]),
    ("pip.conf", None, "[global]\nextra-index-url =\n  https://x.example\n", [("extra-index-url", SOURCE)]),
    ("pyproject.toml", '[project]\ndependencies=["a>=1,<2"]', '[project]\ndependencies=["a>=1,<3"]', [("a", LOOSER)]),
    ("pyproject.toml", "", '[dependency-groups]\ndev=["a>=1", {include-group="b"}]', [("a", NEW)]),
    ("pyproject.toml", "", '[build-system]\nrequires=["a"]', [("a", NEW)]),
    ("pyproject.toml", "", '[tool.poetry.dependencies]\npython="^3"\na={git="https://x"}', [("a", SOURCE)]),
    ("pyproject.toml", "", '[tool.poetry.group.d.dependencies]\na="^1"', [("a", NEW)]),
    ("pyproject.toml", "", '[[tool.uv.index]]\nname="i"\nurl="https://x"', [("index i", SOURCE)]),
    ("pyproject.toml", "", '[[tool.poetry.source]]\nname="i"\nurl="https://x"', [("index i", SOURCE)]),
    ("poetry.lock", POETRY % ("1.0.0", ""), POETRY % ("2.0.0", ""), [("left", MAJOR)]),
    (
        "poetry.lock",
        POETRY % ("1.0.0", ""),
        POETRY % ("1.0.0", '[package.source]\ntype = "git"\nurl = "https://x"\n'),
        [("left", SOURCE)],
    ),
    ("uv.lock", UV % ("0.1", 'registry = "https://a"'), UV % ("0.2", 'registry = "https://a"'), [("left", MAJOR)]),
    ("uv.lock", UV % ("0.1", 'registry = "https://a"'), UV % ("0.1", 'registry = "https://b"'), [("left", SOURCE)]),
    ("uv.lock", UV % ("0.1", 'git = "https://a#1"'), UV % ("0.1", 'git = "https://a#2"'), [("left", MAJOR)]),
    ("Pipfile", '[packages]\na = "*"\n', '[packages]\na = "*"\nb = "*"\n', [("b", NEW)]),
    ("Pipfile", '[packages]\na = "*"\n', '[packages]\na = {git = "https://x"}\n', [("a", SOURCE)]),
    ("Pipfile.lock", PIPFILE_LOCK % ("a", "1.0"), PIPFILE_LOCK % ("a", "2.0"), [("left", MAJOR)]),
    ("Pipfile.lock", PIPFILE_LOCK % ("a", "1.0"), PIPFILE_LOCK % ("b", "1.0"), [("index main", SOURCE)]),
    ("Cargo.toml", '[dependencies]\na = "1"', '[dependencies]\na = "2"', [("a", MAJOR)]),
    ("Cargo.toml", '[dependencies]\na = "=1.2.3"', '[dependencies]\na = "1.2.3"', [("a", LOOSER)]),
    ("Cargo.toml", "", '[target."cfg(unix)".dependencies]\na = "1"', [("a", NEW)]),
    ("Cargo.toml", "", '[workspace.dependencies]\na = { git = "https://x" }', [("a", SOURCE)]),
    ("Cargo.toml", "", '[patch.crates-io]\na = "1"', [("a", SOURCE)]),
    ("Cargo.toml", '[replace]\n"a:1.0.0" = { path = "x" }', "", [("a:1.0.0", SOURCE)]),
    (".cargo/config.toml", "", '[source.crates-io]\nreplace-with = "x"', [("source crates-io replace-with", SOURCE)]),
    (
        "Cargo.lock",
        CARGO_LOCK % ("1.0.0", "registry+https://a", "1.0.0"),
        CARGO_LOCK % ("1.0.0", "git+https://a?rev=1#1", "1.0.0"),
        [("left", SOURCE)],
    ),
    ("go.mod", "require a.example/x v1.2.3\n", "require a.example/x/v2 v2.0.0\n", [("a.example/x", MAJOR)]),
    ("go.mod", "require a.example/x v0.2.3\n", "require a.example/x v0.3.0\n", [("a.example/x", MAJOR)]),
    ("go.mod", "require gopkg.in/y.v2 v2.1.0\n", "require gopkg.in/y.v3 v3.0.0\n", [("gopkg.in/y", MAJOR)]),
    ("go.mod", "", "replace (\n\ta.example/x => ../x\n)\n", [("a.example/x", SOURCE)]),
    ("go.mod", "replace a.example/x v1.0.0 => b.example/x v1.0.0\n", "", [("a.example/x", SOURCE)]),
    ("Gemfile", 'gem "left", "~> 1.2"\n', 'gem "left", "~> 2.0"\n', [("left", MAJOR)]),
    ("Gemfile", 'gem "left", "~> 1.2"\n', 'gem "left"\n', [("left", LOOSER)]),
    ("Gemfile", "gem 'left', '1.2.0'\n", "gem 'left', '1.2.0', git: 'https://x'\n", [("left", SOURCE)]),
    ("Gemfile", "source 'https://a'\n", "source 'https://b'\n", [("source", SOURCE)]),
    ("Gemfile.lock", GEM_LOCK % ("https://a", "1.0"), GEM_LOCK % ("https://a", "2.0"), [("left", MAJOR)]),
    ("Gemfile.lock", GEM_LOCK % ("https://a", "1.0"), GEM_LOCK % ("https://b", "1.0"), [("left", SOURCE)]),
    ("left.gemspec", "", "  s.add_dependency 'right', '~> 1.0'\n", [("right", NEW)]),
    ("composer.json", '{"require": {"a/left": "^1.2"}}', '{"require": {"a/left": "^1.2|^2"}}', [("a/left", LOOSER)]),
    ("composer.json", "{}", '{"repositories": [{"type": "vcs", "url": "https://x"}]}', [("repositories", SOURCE)]),
    ("composer.lock", COMPOSER_LOCK % ("1.0.0", "a"), COMPOSER_LOCK % ("2.0.0", "a"), [("a/left", MAJOR)]),
    ("composer.lock", COMPOSER_LOCK % ("1.0.0", "a"), COMPOSER_LOCK % ("dev-main", "a"), [("a/left", UNREADABLE)]),
    ("Dockerfile.api", "FROM node:18\n", "FROM node:20\n", [("node", MAJOR)]),
    ("Containerfile", "FROM node:18\n", "FROM evil/node:18\n", [("evil/node", NEW)]),
    ("Dockerfile", "FROM node:18-slim\n", "FROM node:18-alpine\n", [("node", SOURCE)]),
    ("Dockerfile", "FROM debian:bookworm\n", "FROM debian:trixie\n", [("debian", UNREADABLE)]),
    ("Dockerfile", "FROM node:18\n", "FROM node\n", [("node", LOOSER)]),
    ("Dockerfile", "FROM node:18@sha256:1\n", "FROM node:18@sha256:2\n", [("node", UNREADABLE)]),
    ("Dockerfile", "FROM node:18@sha256:1\n", "FROM node:18\n", [("node", LOOSER)]),
    ("Dockerfile", "ARG V=18\nFROM node:${V}\n", "ARG V=20\nFROM node:$V\n", [("node", MAJOR)]),
    ("Dockerfile", "FROM scratch\n", "FROM scratch\nCOPY --from=x.example/tool:1 /a /b\n", [("x.example/tool", NEW)]),
    ("docker-compose.prod.yml", "    image: postgres:15\n", "    image: postgres:16\n", [("postgres", MAJOR)]),
    (".github/workflows/ci.yml", "- uses: a/b@v4\n", "- uses: a/b@v5\n", [("a/b", MAJOR)]),
    (".github/workflows/ci.yml", "- uses: a/b@v4\n", "- uses: a/c@v4\n", [("a/c", NEW)]),
    (".github/workflows/ci.yml", "- uses: a/b@v4\n", "- uses: a/b@main\n", [("a/b", UNREADABLE)]),
    (".github/workflows/ci.yml", f"- uses: a/b@{SHA} # v1", f"- uses: a/b@{OTHER_SHA} # v2", [("a/b", MAJOR)]),
    (".github/workflows/ci.yml", f"- uses: a/b@{SHA} # v1", f"- uses: a/b@{OTHER_SHA} # v1", [("a/b", UNREADABLE)]),
    (".github/workflows/ci.yml", f"- uses: a/b@{SHA} # v1", f"- uses: a/b@{OTHER_SHA}", [("a/b", UNREADABLE)]),
    (".github/workflows/ci.yml", f"- uses: a/b@{SHA}", f"- uses: a/b@{OTHER_SHA}", [("a/b", UNREADABLE)]),
    (".github/workflows/ci.yml", f"- uses: a/b@{SHA} # v1.2", "- uses: a/b@v1", [("a/b", LOOSER)]),
    ("sub/action.yml", "", "steps: [{'uses': 'a/b@v1'}]\n", [("a/b", NEW)]),
    (".github/workflows/ci.yml", "", "- uses: >-\n    a/b@v1\n", [("a/b", NEW)]),
    (".github/workflows/ci.yml", "container: node:18\n", "container: node:20\n", [("node", MAJOR)]),
    ("pom.xml", POM % ("1.0", "a"), POM % ("2.0", "a"), [("g:left", MAJOR)]),
    (
        "pom.xml",
        "<project></project>",
        "<dependency><exclusions><exclusion><groupId>x</groupId></exclusion></exclusions><groupId>g</groupId>"
        "<artifactId>left</artifactId></dependency>",
        [("g:left", NEW)],
    ),
    ("pom.xml", POM % ("1.0", "a"), POM % ("1.0", "b"), [("repository r", SOURCE)]),
    ("build.gradle.kts", 'implementation("g:left:1.0")', 'implementation("g:left:2.0")', [("g:left", MAJOR)]),
    ("build.gradle", "", "plugins { id 'x.y' version '1.0' }", [("x.y", NEW)]),
    ("settings.gradle", "", "maven { url = uri('https://x') }", [("repository", SOURCE)]),
    ("gradle/libs.versions.toml", CATALOG % "1.0", CATALOG % "2.0", [("g:left", MAJOR)]),
    ("bun.lockb", "a", "b", [("bun.lockb", UNREADABLE)]),
    ("setup.py", "a", "b", [("setup.py", UNREADABLE)]),
]


@pytest.mark.parametrize(("path", "before", "after", "expected"), CASES)
def test_what_needs_a_second_person(
    path: str, before: str | None, after: str | None, expected: list[tuple[str, BumpKind]]
) -> None:
    """Each format tells each kind of change, names what changed and is asked for by its path."""
    found = bumps(path, before, after)
    assert [(bump.name, bump.kind) for bump in found] == expected
    assert is_manifest(path)
    assert {bump.path for bump in found} == {path}
