"""What Cargo, Go, Bundler, Composer, Maven and Gradle are asked to install."""

import re
from collections.abc import Iterator

from stanch.core.dependencies.pin import OWN, Group, Pin, registry
from stanch.core.dependencies.reading import Table, from_json, from_toml, inner, short, table, tables, words

_CARGO = {"dependencies": Group.MAIN, "build-dependencies": Group.MAIN, "dev-dependencies": Group.DEV}
_CARGO_SOURCES = ("git", "path", "registry", "registry-index")
_CARGO_REVISIONS = ("version", "rev", "tag", "branch")
_GO_LINE = re.compile(r"(?:require[ \t]+)?\"?([^\s\"()]+)\"?[ \t]+(v\S+)")
_GO_REPLACE = re.compile(r"(?:replace[ \t]+)?(\S+)(?:[ \t]+(v\S+))?[ \t]+=>[ \t]+(\S+)(?:[ \t]+(v\S+))?")
_GEM = re.compile(
    r"^[ \t]*(?:gem|[\w.]+\.add_(?:runtime_|development_)?dependency)[ \t(]+[\"']([^\"'\n]+)[\"']([^\n]*)", re.M
)
_GEM_RANGE = re.compile(r"[\"']([ \t]*+[<>=~!]*+[ \t]*+[0-9][^\"'\n]*)[\"']")
_GEM_NAMED = re.compile(r"\b[a-z_]+:|=>")
_GEM_PLACE = re.compile(r"\b(git|github|gist|bitbucket|path|source)(?::|[\"']?[ \t]*=>)[ \t]*[\"']([^\"'\n]+)[\"']")
_GEM_REVISION = re.compile(r"\b(?:tag|ref|branch)(?::|[\"']?[ \t]*=>)[ \t]*[\"']([^\"'\n]+)[\"']")
_GEM_SOURCE = re.compile(r"^[ \t]*(source|git_source|path|git|github)\b[ \t(]+[\"':]+([^\"'\n)]+)", re.M)
_GEM_LOCKED = re.compile(r"    (\S+) \(([^()\s]+)\)")


def cargo_toml(text: str) -> Iterator[Pin]:
    root = from_toml(text)
    yield from _cargo_tables(root)
    yield from _cargo_tables(inner(root, "workspace"))
    for platform in inner(root, "target").values():
        yield from _cargo_tables(table(platform))
    for place, patches in inner(root, "patch").items():
        for name, wanted in table(patches).items():
            yield _crate(f"{name} ({short(place)})" if "://" in place else name, wanted, Group.FORCED, "patch")
    for name, wanted in inner(root, "replace").items():
        yield _crate(name, wanted, Group.FORCED, "replace")


def _cargo_tables(root: Table) -> Iterator[Pin]:
    for section, group in _CARGO.items():
        for name, wanted in table(root.get(section, root.get(section.replace("-", "_")))).items():
            yield _crate(name, wanted, group)


def _crate(name: str, wanted: object, group: Group, place: str = "") -> Pin:
    if isinstance(wanted, str):
        return Pin(name, wanted, place, group)
    spec = table(wanted)
    sources = [place, *(f"{key} {words(spec[key])}" for key in _CARGO_SOURCES if spec.get(key))]
    if spec.get("package"):
        sources.append(f"package {words(spec['package'])}")
    if spec.get("workspace"):
        sources.append(OWN)
    version = next((words(spec[key]) for key in _CARGO_REVISIONS if spec.get(key)), "")
    return Pin(name, version, " ".join(filter(None, sources)), group)


def cargo_config(text: str) -> Iterator[Pin]:
    """`.cargo/config.toml`: registries, replaced sources and patches."""
    root = from_toml(text)
    for section in ("registries", "source"):
        for name, settings in inner(root, section).items():
            for key, value in table(settings).items():
                yield Pin(f"{section} {short(name)} {key}", source=str(value), group=Group.REGISTRY)
    for patches in inner(root, "patch").values():
        for name, wanted in table(patches).items():
            yield _crate(name, wanted, Group.FORCED, "patch")
    for path in [root["paths"]] if "paths" in root else []:
        yield Pin("paths", source=str(path), group=Group.REGISTRY)


def go_mod(text: str) -> Iterator[Pin]:
    """A major version is part of a module's path: without it, it is the same module."""
    block = ""
    for row in text.split("\n"):
        line = row.partition("//")[0].strip()
        if line.endswith("("):
            block = line.rstrip("( \t")
        elif line == ")":
            block = ""
        elif "=>" in line and (found := _GO_REPLACE.fullmatch(line)):
            yield Pin(_go_module(found[1]), found[4] or "", f"replace {found[3]}", Group.FORCED)
        elif (block == "require" or line.startswith("require")) and (found := _GO_LINE.fullmatch(line)):
            yield Pin(_go_module(found[1]), found[2])
        elif line.startswith("toolchain "):
            yield Pin("toolchain", line.removeprefix("toolchain ").strip().removeprefix("go"), group=Group.DEV)


def _go_module(path: str) -> str:
    if path.startswith("gopkg.in/"):
        return re.sub(r"\.v[0-9]+$", "", path)
    return re.sub(r"/v[0-9]+$", "", path)


def gemfile(text: str) -> Iterator[Pin]:
    """`Gemfile` and `*.gemspec`, line by line: Ruby is not run here."""
    for name, rest in _GEM.findall(text):
        wanted = rest.partition(" #")[0]
        place, revision = _GEM_PLACE.search(wanted), _GEM_REVISION.search(wanted)
        ranges = ",".join(each.strip() for each in _GEM_RANGE.findall(_GEM_NAMED.split(wanted, maxsplit=1)[0]))
        yield Pin(name, revision[1] if revision else ranges, f"{place[1]} {place[2]}" if place else "")
    for kind, address in _GEM_SOURCE.findall(text):
        yield Pin(kind, source=address, group=Group.REGISTRY)


def gemfile_lock(text: str) -> Iterator[Pin]:
    """The packages of each section, with where the section's come from."""
    kind, place, revision = "", "", ""
    for row in text.split("\n"):
        if row[:1].strip():
            kind, place, revision = row.strip(), "", ""
        elif row.startswith("  remote:"):
            where = row.partition(":")[2].strip()
            place = registry(where) if kind == "GEM" else f"{kind.lower()} {where}"
        elif row.startswith("  revision:"):
            revision = row.partition(":")[2].strip()
        elif kind in {"GEM", "GIT", "PATH"} and (found := _GEM_LOCKED.fullmatch(row.rstrip())):
            yield Pin(found[1], found[2] if kind == "GEM" else revision, place)


def composer_json(text: str) -> Iterator[Pin]:
    """Packages have a slash in their name; the others are PHP itself and its extensions."""
    root = from_json(text)
    for section, group in (("require", Group.MAIN), ("require-dev", Group.DEV)):
        for name, wanted in table(root.get(section)).items():
            if "/" in name:
                yield Pin(name, words(wanted), group=group)
    given = root.get("repositories")
    for place in table(given).values() if isinstance(given, dict) else tables(given):
        if isinstance(place, dict):
            address = words(place.get("url")) or words(place.get("type"))
            yield Pin("repositories", source=address, group=Group.REGISTRY)
        else:
            yield Pin("repositories", source=str(place), group=Group.REGISTRY)
