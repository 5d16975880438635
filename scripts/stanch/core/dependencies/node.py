"""What npm, Yarn and pnpm are asked to install: `package.json`, the workspace file and the registries."""

import re
from collections.abc import Iterator

from stanch.core.dependencies.pin import OWN, Group, Pin, located
from stanch.core.dependencies.reading import Table, from_json, inner, short, table, words

_SECTIONS = {
    "dependencies": Group.MAIN,
    "optionalDependencies": Group.MAIN,
    "peerDependencies": Group.MAIN,
    "devDependencies": Group.DEV,
}
_OTHER = re.compile(r"(@?[A-Za-z_][^@]*)(?:@(.*))?")
_SCHEME = re.compile(r"[a-z+]+:|git@", re.IGNORECASE)
_REGISTRY = re.compile(
    r"^[ \t]*[\"']?((?:@?[\w.-]+:)?(?:npm)?registry(?:server)?)[\"']?[ \t]*+[=:]?[ \t]*+[\"']?([^\s\"']+)",
    re.IGNORECASE | re.MULTILINE,
)
_YAML_KEY = re.compile(r"^( *)[\"']?([^\s\"':#][^\"':\n]*+)[\"']? *+:[ \t]*+[\"']?([^\"'#\n]*)", re.MULTILINE)


def package_json(text: str) -> Iterator[Pin]:
    root = from_json(text)
    for section, group in _SECTIONS.items():
        for name, wanted in table(root.get(section)).items():
            yield asked(name, words(wanted), group)
    for rules in (root.get("overrides"), root.get("resolutions"), inner(root, "pnpm").get("overrides")):
        yield from _forced(table(rules))
    for name, patch in inner(root, "pnpm", "patchedDependencies").items():
        yield Pin(name, source=f"patch:{words(patch)}", group=Group.FORCED)
    manager, _, version = words(root.get("packageManager")).partition("@")
    if manager:
        yield Pin(manager, version.partition("+")[0], group=Group.DEV)


def asked(name: str, wanted: str, group: Group = Group.MAIN) -> Pin:
    """What one entry asks for: a range, another package, a repository, an archive or a folder."""
    wanted = wanted.strip()
    if wanted.startswith(("workspace:", "catalog:")):
        return Pin(name, source=f"{OWN} {wanted}" if wanted.startswith("catalog:") else OWN, group=group)
    if wanted.startswith("npm:") and (other := _OTHER.fullmatch(wanted, 4)):
        return Pin(name, other[2] or "", "" if other[1] == name else f"npm:{other[1]}", group)
    wanted = wanted.removeprefix("npm:")
    if not _SCHEME.match(wanted) and "/" not in wanted:
        return Pin(name, wanted, group=group)
    address, _, fragment = wanted.partition("#")
    return Pin(name, fragment.removeprefix("semver:"), address, group)


def _forced(rules: Table) -> Iterator[Pin]:
    """Rules may nest: the name says below which packages one holds."""
    waiting = [(name, rule) for name, rule in reversed(rules.items())]
    while waiting:
        name, rule = waiting.pop()
        if isinstance(rule, dict):
            waiting += [(f"{short(name)} > {below}", inner) for below, inner in reversed(rule.items())]
        else:
            yield asked(name, words(rule), Group.FORCED)


def registries(text: str) -> Iterator[Pin]:
    """`.npmrc`, `.yarnrc` and `.yarnrc.yml`, line by line: whose packages come from where."""
    for found in _REGISTRY.finditer(text):
        address, _ = located(found[2])
        yield Pin(found[1], source=address, group=Group.REGISTRY)


def pnpm_workspace(text: str) -> Iterator[Pin]:
    """The catalogs and the overrides of `pnpm-workspace.yaml`, line by line."""
    section = ""
    for indent, name, value in _YAML_KEY.findall(text):
        if not indent:
            section = name.strip()
        elif section in {"catalog", "catalogs"} and value.strip():
            yield asked(name.strip(), value)
        elif section == "overrides" and value.strip():
            yield asked(name.strip(), value, Group.FORCED)
    yield from registries(text)
