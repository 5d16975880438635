"""Lock files that are TOML or JSON: Poetry's, uv's, Pipenv's, Cargo's and Composer's, and Python's own."""

from collections.abc import Iterator

from stanch.core.dependencies.pin import OWN, Group, Pin, located, registry
from stanch.core.dependencies.python import places
from stanch.core.dependencies.reading import Table, from_json, from_toml, inner, table, tables, words

_LOCAL = ("directory", "path")


def python_lock(text: str) -> Iterator[Pin]:
    """`poetry.lock`, `uv.lock` and `pylock.toml`."""
    root = from_toml(text)
    for package in tables(root.get("package", root.get("packages"))):
        yield _python_package(words(package.get("name")), words(package.get("version")), package)


def _python_package(name: str, version: str, package: Table) -> Pin:
    source = table(package.get("source"))
    if words(source.get("type")) and source["type"] != "legacy":
        revision = words(source.get("resolved_reference")) or words(source.get("reference"))
        return Pin(name, revision, f"{source['type']} {words(source.get('url'))}")
    if "editable" in source or "virtual" in source:
        return Pin(name, source=f"{OWN} {words(source.get('editable')) or words(source.get('virtual'))}")
    for kind in _LOCAL:
        if kind in source:
            return Pin(name, source=f"{kind} {words(source[kind])}")
    if "git" in source or "vcs" in package:
        address = words(source.get("git")) or words(inner(package, "vcs").get("url"))
        commit = address.partition("#")[2] or words(inner(package, "vcs").get("commit-id"))
        return Pin(name, commit, address.partition("#")[0].partition("?")[0])
    if "url" in source or "archive" in package:
        return Pin(name, source=words(source.get("url")) or words(inner(package, "archive").get("url")))
    place = words(source.get("registry")) or words(source.get("url")) or words(package.get("index"))
    return Pin(name, version, registry(place))


def pipfile_lock(text: str) -> Iterator[Pin]:
    root = from_json(text)
    for section in ("default", "develop"):
        for name, package in table(root.get(section)).items():
            entry = table(package)
            address = words(entry.get("git")) or words(entry.get("file")) or words(entry.get("path"))
            group = Group.DEV if section == "develop" else Group.MAIN
            yield Pin(name, words(entry.get("version")) or words(entry.get("ref")), address, group)
    yield from places(tables(inner(root, "_meta").get("sources")))


def cargo_lock(text: str) -> Iterator[Pin]:
    """Packages without a source are the workspace's own, whose version is nobody's business here."""
    for package in tables(from_toml(text).get("package")):
        name, source = words(package.get("name")), words(package.get("source"))
        if not source:
            yield Pin(name, source=OWN)
        elif source.startswith("git+"):
            address, commit = source.partition("#")[::2]
            yield Pin(name, commit, address)
        else:
            yield Pin(name, words(package.get("version")), registry(source))


def composer_lock(text: str) -> Iterator[Pin]:
    root = from_json(text)
    for section in ("packages", "packages-dev"):
        for package in tables(root.get(section)):
            group = Group.DEV if section == "packages-dev" else Group.MAIN
            address, _ = located(words(inner(package, "source").get("url")) or words(inner(package, "dist").get("url")))
            yield Pin(words(package.get("name")), words(package.get("version")), address, group)
