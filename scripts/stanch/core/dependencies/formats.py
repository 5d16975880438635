"""Which files can change what is installed, and how each is read."""

import re
from collections.abc import Iterable

from stanch.core.dependencies import images, jvm, locks, node, node_locks, others, python
from stanch.core.dependencies.pin import Format, Pin
from stanch.core.dependencies.reading import Unreadable
from stanch.core.dependencies.version import CARGO, COMPOSER, NPM


def _unread(_text: str) -> Iterable[Pin]:
    raise Unreadable("nobody reads this kind of file here")


_UNREAD = Format(_unread)
"""Files that only their own tool can read: that they changed is all that is said."""

_LOCKED = Format(_unread, lock=True)
_POETRY = Format(locks.python_lock, lock=True)
_NPM_LOCK = Format(node_locks.package_lock, lock=True)

NAMED: dict[str, Format] = {
    "package.json": Format(node.package_json, NPM),
    "package-lock.json": _NPM_LOCK,
    "npm-shrinkwrap.json": _NPM_LOCK,
    "yarn.lock": Format(node_locks.yarn_lock, lock=True),
    "pnpm-lock.yaml": Format(node_locks.pnpm_lock, lock=True),
    "pnpm-workspace.yaml": Format(node.pnpm_workspace, NPM),
    ".npmrc": Format(node.registries),
    ".yarnrc": Format(node.registries),
    ".yarnrc.yml": Format(node.registries),
    "pyproject.toml": Format(python.pyproject),
    "uv.toml": Format(python.uv_toml),
    "pip.conf": Format(python.pip_conf),
    "pip.ini": Format(python.pip_conf),
    "poetry.lock": _POETRY,
    "uv.lock": _POETRY,
    "pipfile": Format(python.pipfile),
    "pipfile.lock": Format(locks.pipfile_lock, lock=True),
    "cargo.toml": Format(others.cargo_toml, CARGO),
    "cargo.lock": Format(locks.cargo_lock, lock=True),
    "go.mod": Format(others.go_mod),
    "go.work": Format(others.go_mod),
    "gemfile": Format(others.gemfile),
    "gems.rb": Format(others.gemfile),
    "gemfile.lock": Format(others.gemfile_lock, lock=True),
    "gems.locked": Format(others.gemfile_lock, lock=True),
    "composer.json": Format(others.composer_json, COMPOSER),
    "composer.lock": Format(locks.composer_lock, lock=True),
    "pom.xml": Format(jvm.pom_xml),
    "build.gradle": Format(jvm.gradle),
    "build.gradle.kts": Format(jvm.gradle),
    "settings.gradle": Format(jvm.gradle),
    "settings.gradle.kts": Format(jvm.gradle),
    "action.yml": Format(images.workflow),
    "action.yaml": Format(images.workflow),
    **dict.fromkeys(("setup.py", "setup.cfg", ".pnpmfile.cjs", "environment.yml", "environment.yaml"), _UNREAD),
    **dict.fromkeys(("mix.exs", "package.swift", "podfile", "pubspec.yaml", "deno.json"), _UNREAD),
    **dict.fromkeys(("packages.config", "directory.packages.props", "nuget.config", "bunfig.toml"), _UNREAD),
    **dict.fromkeys(("bun.lock", "bun.lockb", "mix.lock", "package.resolved", "podfile.lock"), _LOCKED),
    **dict.fromkeys(("pubspec.lock", "deno.lock", "packages.lock.json", "conda-lock.yml", "gradle.lockfile"), _LOCKED),
}
"""By the file's name, in small letters."""

_SHAPED: tuple[tuple[re.Pattern[str], Format], ...] = (
    (re.compile(r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$"), Format(images.workflow)),
    (re.compile(r"(?:^|/)\.cargo/config(?:\.toml)?$"), Format(others.cargo_config, CARGO)),
    (re.compile(r"(?:^|/)[^/]*constraints[^/]*\.(?:txt|in)$"), Format(python.constraints)),
    (re.compile(r"(?:^|/)(?:[^/]*requirements[^/]*|requirements/[^/]+)\.(?:txt|in|pip)$"), Format(python.requirements)),
    (re.compile(r"(?:^|/)(?:[^/]+\.)?(?:dockerfile|containerfile)(?:[.-][^/]*)?$"), Format(images.dockerfile)),
    (re.compile(r"(?:^|/)(?:docker-)?compose(?:[.-][^/]*)?\.ya?ml$"), Format(images.compose)),
    (re.compile(r"(?:^|/)[^/]+\.versions\.toml$"), Format(jvm.version_catalog)),
    (re.compile(r"(?:^|/)[^/]+\.gemspec$"), Format(others.gemfile)),
    (re.compile(r"(?:^|/)pylock(?:\.[^/]*)?\.toml$"), _POETRY),
    (re.compile(r"(?:^|/)[^/]+\.(?:cs|fs|vb)proj$"), _UNREAD),
)
"""By the file's path, in small letters; the first that fits counts."""

LONGEST_PATH = 4_096

_VENDORED = re.compile(r"(?:^|.*/)(?:vendor|vendored|_vendor|third_party|third-party|node_modules)/")


def format_of(path: str) -> Format | None:
    """How the file at a path is read, None for one that installs nothing."""
    small = path.lower()
    if len(small) > LONGEST_PATH:
        return None
    named = NAMED.get(small.rpartition("/")[2])
    return named or next((found for pattern, found in _SHAPED if pattern.search(small)), None)


def vendored(path: str) -> str:
    """The folder of copied packages that a file lies in, empty for none: a copy changes with no manifest at all."""
    found = _VENDORED.match(path.lower()) if len(path) <= LONGEST_PATH else None
    return path[: found.end()].rstrip("/") if found else ""
