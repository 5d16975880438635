"""What npm, Yarn and pnpm have resolved, read without a YAML library: by lines, as their writers write them."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from stanch.core.dependencies.node import asked
from stanch.core.dependencies.pin import OWN, Group, Pin, registry
from stanch.core.dependencies.reading import Table, Unreadable, from_json, table, words

_TARBALL = re.compile(r"\b(?:tarball|repo): *[\"']?([^\s\"',}]+)")
_COMMIT = re.compile(r"\bcommit: *[\"']?([0-9a-f]+)")
_FIELD = re.compile(r" {2}[\"']?(version|resolved|resolution|tarball|repo)[\"']?:? +(.*)")
_PNPM_KEY = re.compile(r"/?(@[^/@]+/[^/@(]+|[^/@(]+)[@/](.+)")


def package_lock(text: str) -> Iterator[Pin]:
    """`package-lock.json` and `npm-shrinkwrap.json`, of any version."""
    root = from_json(text)
    for path, entry in table(root.get("packages")).items():
        if path.rpartition("node_modules/")[1] and not table(entry).get("link"):
            yield _npm_entry(path.rpartition("node_modules/")[2], table(entry))
    waiting = [table(root.get("dependencies"))] if "packages" not in root else []
    while waiting:
        for name, entry in waiting.pop().items():
            yield _npm_entry(name, table(entry))
            waiting.append(table(table(entry).get("dependencies")))


def _npm_entry(name: str, entry: Table) -> Pin:
    version = words(entry.get("version"))
    if "://" in version or version.startswith(("git", "file:")):
        return asked(name, version)
    return resolved(name, version, words(entry.get("resolved")), words(entry.get("name")))


def resolved(name: str, version: str, url: str, alias: str = "") -> Pin:
    """A package from a registry, unless its address bears another package's name: then the address is its source."""
    if not url.startswith(("http:", "https:")):
        return asked(name, url) if url else Pin(name, version)
    path = unquote(url)
    if f"/{alias or name}/-/" not in path and f"/download/{alias or name}/" not in path:
        return Pin(name, source=url.partition("#")[0])
    return Pin(name, version, registry(url) + (f" {alias}" if alias and alias != name else ""))


def yarn_lock(text: str) -> Iterator[Pin]:
    """Blocks that begin at the margin with what was asked for; Yarn 2 and later write YAML, which looks alike."""
    name, fields = "", dict[str, str]()
    for row in (*text.split("\n"), "end:"):
        if row[:1] not in {"", " ", "#"}:
            if name and fields:
                yield _yarn_entry(name, fields)
            name, fields = _yarn_name(row), {}
        elif found := _FIELD.fullmatch(row.rstrip()):
            fields[found[1]] = found[2].strip("\"'")


def _yarn_name(row: str) -> str:
    if not row.rstrip().endswith(":"):
        raise Unreadable("no block of a lock file")
    first = row.strip("\"'?: ").split(",")[0].strip("\"' ")
    return "" if first in {"__metadata", "end"} else first[:1] + first[1:].partition("@")[0]


def _yarn_entry(name: str, fields: dict[str, str]) -> Pin:
    version, place = fields.get("version", ""), fields.get("resolution", "")
    if not place:
        return resolved(name, version, fields.get("resolved", ""))
    origin, _, where = place[1:].partition("@")
    if where.startswith("workspace:"):
        return Pin(name, source=OWN)
    if where.startswith("npm:"):
        other = place[:1] + origin
        return Pin(name, version, "" if other == name else f"npm:{other}")
    return Pin(name, version) if _yarns_own_patch(name, where) else asked(name, where)


def _yarns_own_patch(name: str, where: str) -> bool:
    """Yarn patches a few packages itself, at every version of theirs: they still come from the registry."""
    package, _, patch = where.partition("#")
    known = {f"{mark}builtin<compat/{name}>" for mark in ("", "~", "optional!")}
    return package.startswith(f"patch:{name}@npm%3A") and patch.partition("::")[0] in known


def pnpm_lock(text: str) -> Iterator[Pin]:
    """The packages and the overrides of `pnpm-lock.yaml`."""
    section, last = "", None
    for row in text.split("\n"):
        if row[:1].strip() and not row.startswith("#"):
            section = row.partition(":")[0]
        elif section in {"packages", "overrides"} and row[:2] == "  " and row[2:3].strip():
            if last:
                yield last
            last = _pnpm_entry(section, row.strip())
        elif last and section == "packages" and (found := _TARBALL.search(row)):
            commit = _COMMIT.search(row)
            last = Pin(last.name, commit[1] if commit else "", found[1])
    if last:
        yield last


def _pnpm_entry(section: str, row: str) -> Pin | None:
    if section == "overrides":
        name, _, wanted = row.rpartition(": ")
        return asked(name.strip("\"'"), wanted.strip("\"'"), Group.FORCED)
    found = _PNPM_KEY.fullmatch(row.partition(": {")[0].rstrip(":").strip("\"'"))
    if found is None:
        raise Unreadable("no package of a lock file")
    if ":" in found[2]:
        return asked(found[1], found[2].partition("(")[0])
    return Pin(found[1], re.split(r"[(_]", found[2], maxsplit=1)[0])
