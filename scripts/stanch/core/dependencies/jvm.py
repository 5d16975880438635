"""What Maven and Gradle are asked to install, as far as it can be read without running them."""

import re
from collections.abc import Iterator

from stanch.core.dependencies.pin import Group, Pin
from stanch.core.dependencies.reading import Unreadable, from_toml, table, words

_TAG = re.compile(r"<(/?)([\w.:-]++)([^<>]*+)>([^<]*+)")
_ASIDE = re.compile(r"<!--|<!\[CDATA\[|<!DOCTYPE|<!ENTITY")
_PROPERTY = re.compile(r"\$\{([\w.-]+)\}")
_COORDINATES = re.compile(r"[\"']([\w.-]+:[\w.-]+):([^\"':@\s]+)[^\"'\n]*[\"']")
_PLUGIN = re.compile(r"\bid[ (]+[\"']([\w.-]+)[\"'][ )]+version[ (]*[\"']([^\"'\n]+)[\"']")
_PLACE = re.compile(r"\b(?:url|setUrl)\b[ =(]*(?:uri\()?[\"']([^\"'\n]+)[\"']|\b(mavenLocal|jcenter)\(")
_ASSIGNED = re.compile(r"(?<![\w.])([\w.]++)[ ]*+=[ ]*+[\"']([^\"'\n]{1,100})[\"']")
_VARIABLE = re.compile(r"\$\{?([\w.]+)\}?")
LONGEST_VALUE = 100
"""Characters that a property stands for: one that names itself many times is not to fill the memory."""

_ENTRIES = {"dependency", "parent", "plugin", "extension"}
_PLACES = {"repository", "pluginRepository", "mirror"}


def pom_xml(text: str) -> Iterator[Pin]:
    """Tags in their order; a property stands for its text."""
    properties: dict[str, str] = {}
    entries: list[tuple[str, dict[str, str]]] = []
    open_entry, aside = "", False
    for closing, tag, rest, content in _TAG.findall(_without_comments(text)):
        if rest.endswith("/"):
            continue
        if tag in {"exclusions", "configuration"}:
            aside = not closing
        elif not closing and tag in _ENTRIES | _PLACES and not aside:
            open_entry = tag
            entries.append((tag, {}))
        elif closing and tag == open_entry:
            open_entry = ""
        elif not closing and open_entry and not aside:
            entries[-1][1].setdefault(tag, content.strip())
        elif not closing and not open_entry:
            properties[tag] = content.strip()
    if aside:
        raise Unreadable("a tag stays open")
    for kind, fields in entries:
        yield _maven(kind, fields, properties)


def _without_comments(text: str) -> str:
    """The text without comments and quoted sections, in which a tag is no tag."""
    kept, position = list[str](), 0
    while found := _ASIDE.search(text, position):
        end = text.find("-->" if found[0] == "<!--" else "]]>", found.end())
        if end < 0 or found[0] not in {"<!--", "<![CDATA["}:
            raise Unreadable("no plain XML")
        kept.append(text[position : found.start()])
        position = end + 3
    return "".join((*kept, text[position:]))


def _maven(kind: str, fields: dict[str, str], properties: dict[str, str]) -> Pin:
    def plain(key: str) -> str:
        return _PROPERTY.sub(lambda found: properties.get(found[1], found[0])[:LONGEST_VALUE], fields.get(key, ""))

    if kind in _PLACES:
        return Pin(f"{kind} {plain('id')}".strip(), source=plain("url"), group=Group.REGISTRY)
    group = Group.DEV if plain("scope") == "test" else Group.MAIN
    return Pin(f"{plain('groupId')}:{plain('artifactId')}".strip(":"), plain("version"), group=group)


def gradle(text: str) -> Iterator[Pin]:
    """Coordinates, plugins and repositories wherever they stand; a variable stands for its text."""
    assigned = dict(_ASSIGNED.findall(text))
    for name, version in (*_COORDINATES.findall(text), *_PLUGIN.findall(text)):
        yield Pin(name, _VARIABLE.sub(lambda found: assigned.get(found[1], found[0]), version))
    for address, name in _PLACE.findall(text):
        yield Pin("repository", source=address or name, group=Group.REGISTRY)


def version_catalog(text: str) -> Iterator[Pin]:
    """`libs.versions.toml`."""
    root = from_toml(text)
    versions = table(root.get("versions"))
    for section in ("libraries", "plugins"):
        for entry in table(root.get(section)).values():
            yield _catalogued(entry, versions)


def _catalogued(entry: object, versions: dict[str, object]) -> Pin:
    if isinstance(entry, str):
        name, _, version = entry.rpartition(":")
        return Pin(name, version)
    spec = table(entry)
    name = words(spec.get("module")) or words(spec.get("id")) or f"{spec.get('group')}:{spec.get('name')}"
    wanted = spec.get("version")
    if isinstance(wanted, dict) and "ref" in wanted:
        wanted = versions.get(words(wanted["ref"]))
    if isinstance(wanted, dict):
        wanted = wanted.get("strictly") or wanted.get("require") or wanted.get("prefer")
    return Pin(name, words(wanted))
