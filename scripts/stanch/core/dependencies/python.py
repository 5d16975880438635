"""What pip, uv, Poetry, PDM and Pipenv are asked to install."""

import re
from collections.abc import Iterator

from stanch.core.dependencies.pin import OWN, Group, Pin, located
from stanch.core.dependencies.reading import Table, Unreadable, from_toml, inner, rows, short, table, tables, words

_REQUIREMENT = re.compile(r"([A-Za-z0-9][\w.-]*+)\s*+(?:\[([^\]]*+)\])?\s*+(@\s*+\S++\s*+|[^;@]*+)(?:;.*)?", re.DOTALL)
_ADDRESS = re.compile(r"[\w+.-]*+[:/~\\]")
_OPTION = re.compile(r"(-[a-zA-Z]|--[\w-]+)[\s=]*(.*)")
_CONTINUED = re.compile(r"\\\n[ \t]*")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)
_LONG = {
    "-r": "--requirement",
    "-c": "--constraint",
    "-i": "--index-url",
    "-f": "--find-links",
    "-e": "--editable",
}
_CONFIGURED = re.compile(
    r"^[ \t]*(index[-_]url|extra[-_]index[-_]url|find[-_]links|trusted[-_]host|no[-_]index|pre)[ \t]*[=:]"
    r"([^\n]*(?:\n[ \t]+[^\n]+)*)",
    re.MULTILINE,
)
_SOURCE_KEYS = ("git", "url", "path", "file", "hg", "svn", "index", "source")
_REVISION_KEYS = ("version", "rev", "tag", "branch", "ref")
_UV_PLACES = ("index-url", "extra-index-url", "find-links")


def normal_name(name: str) -> str:
    """As PEP 503 compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement(written: str, group: Group = Group.MAIN) -> Iterator[Pin]:
    """One requirement of PEP 508, or an address alone; each extra is a package's name of its own."""
    found = _REQUIREMENT.fullmatch(written.strip())
    if found is None or _ADDRESS.match(written.strip()):
        address, revision = located(written.strip())
        yield Pin(address, revision, address, group)
        return
    name, wanted = normal_name(short(found[1])), found[3].strip()
    if wanted.startswith("@"):
        address, revision = located(wanted[1:].strip())
        yield Pin(name, revision, address, group)
    else:
        yield Pin(name, wanted.strip("() "), group=group)
    for extra in (found[2] or "").split(","):
        if extra.strip():
            yield Pin(f"{name}[{normal_name(extra.strip())}]", group=group)


def requirements(text: str) -> Iterator[Pin]:
    """`requirements.txt`, hashes left aside."""
    yield from _lines(text, Group.MAIN)


def constraints(text: str) -> Iterator[Pin]:
    """`constraints.txt`: a line that goes leaves a package free."""
    yield from _lines(text, Group.FORCED)


def _lines(text: str, group: Group) -> Iterator[Pin]:
    for row in _COMMENT.sub("", _CONTINUED.sub(" ", text)).splitlines():
        written = row.partition(" --")[0].strip() if not row.strip().startswith("-") else row.strip()
        if written.startswith("-"):
            yield from _option(written, group)
        elif written:
            yield from requirement(written, group)


def _option(written: str, group: Group) -> Iterator[Pin]:
    """Whatever is not known to name requirements may say where they come from: pip takes shortened options too."""
    found = _OPTION.fullmatch(written)
    if found is None:
        raise Unreadable("no option")
    name, value = _LONG.get(found[1], found[1]), found[2].strip()
    if name == "--editable":
        yield from requirement(value, group)
    elif name in {"--requirement", "--constraint"}:
        yield Pin(f"{name} {value}", group=Group.MAIN if name == "--requirement" else Group.FORCED)
    else:
        yield Pin(name, source=value or "yes", group=Group.REGISTRY)


def pip_conf(text: str) -> Iterator[Pin]:
    """The registries of `pip.conf`, `uv.toml` and their like, line by line."""
    for name, value in _CONFIGURED.findall(text):
        yield Pin(name.replace("_", "-"), source=" ".join(value.split()), group=Group.REGISTRY)


def pyproject(text: str) -> Iterator[Pin]:
    """PEP 621, dependency groups, and the tables of uv, Poetry and PDM."""
    root = from_toml(text)
    project, tool = inner(root, "project"), inner(root, "tool")
    yield from _all(project.get("dependencies"))
    yield from _all(inner(root, "build-system").get("requires"), Group.DEV)
    for wanted in table(project.get("optional-dependencies")).values():
        yield from _all(wanted)
    for groups in (inner(root, "dependency-groups"), inner(tool, "pdm", "dev-dependencies")):
        for wanted in groups.values():
            yield from _all([each for each in rows(wanted) if not isinstance(each, dict)], Group.DEV)
    yield from uv_settings(inner(tool, "uv"))
    yield from _poetry(inner(tool, "poetry"))
    yield from places([*tables(inner(tool, "poetry").get("source")), *tables(inner(tool, "pdm").get("source"))])


def uv_toml(text: str) -> Iterator[Pin]:
    yield from uv_settings(from_toml(text))
    yield from pip_conf(text)


def _all(wanted: object, group: Group = Group.MAIN) -> Iterator[Pin]:
    for each in rows(wanted):
        yield from requirement(words(each), group)


def uv_settings(uv: Table) -> Iterator[Pin]:
    yield from _all(uv.get("dev-dependencies"), Group.DEV)
    yield from _all(uv.get("constraint-dependencies"), Group.FORCED)
    yield from _all(uv.get("override-dependencies"), Group.FORCED)
    for name, sources in table(uv.get("sources")).items():
        for source in tables(sources):
            yield described(name, source, Group.FORCED)
    yield from places(tables(uv.get("index")))
    for key in _UV_PLACES:
        given = uv.get(key)
        for place in [given] if isinstance(given, str) else rows(given):
            yield Pin(key, source=words(place), group=Group.REGISTRY)


def _poetry(poetry: Table) -> Iterator[Pin]:
    for group, wanted in (
        (Group.MAIN, poetry.get("dependencies")),
        (Group.DEV, poetry.get("dev-dependencies")),
        *((Group.DEV, table(each).get("dependencies")) for each in table(poetry.get("group")).values()),
    ):
        for name, spec in table(wanted).items():
            if name != "python":
                yield from specified(name, spec, group)


def specified(name: str, spec: object, group: Group) -> Iterator[Pin]:
    """A range, a table, or a list of tables for several platforms."""
    if isinstance(spec, str):
        yield Pin(normal_name(name), spec, group=group)
        return
    for each in tables(spec):
        yield described(name, each, group)
        for extra in rows(each.get("extras")):
            yield Pin(f"{normal_name(short(name))}[{normal_name(words(extra))}]", group=group)


def described(name: str, spec: Table, group: Group) -> Pin:
    source = next((f"{key} {words(spec[key])}" for key in _SOURCE_KEYS if spec.get(key)), "")
    source = source or (OWN if spec.get("workspace") else "")
    version = next((words(spec[key]) for key in _REVISION_KEYS if spec.get(key)), "")
    return Pin(normal_name(name), version, source, group)


def places(sources: list[Table]) -> Iterator[Pin]:
    """The indexes that a file names."""
    for source in sources:
        yield Pin(f"index {words(source.get('name'))}".strip(), source=words(source.get("url")), group=Group.REGISTRY)


def pipfile(text: str) -> Iterator[Pin]:
    root = from_toml(text)
    for section, wanted in root.items():
        if section in {"packages", "dev-packages"}:
            for name, spec in table(wanted).items():
                yield from specified(name, spec, Group.DEV if section == "dev-packages" else Group.MAIN)
    yield from places(tables(root.get("source")))
