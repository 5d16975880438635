"""What containers start from and which actions a workflow uses: tags, and digests that fix them."""

import re
from collections.abc import Iterator, Mapping

from stanch.core.dependencies.pin import VARIANT, Pin

LONGEST_VALUE = 200
"""Characters that an argument stands for."""

_ARG = re.compile(r"^[ \t]*ARG[ \t]+(\w+)=[\"']?([^\s\"']*)", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(r"^[ \t]*FROM[ \t]+((?:--\S+[ \t]+)*)(\S+)(?:[ \t]+AS[ \t]+(\S+))?", re.IGNORECASE | re.MULTILINE)
_COPIED = re.compile(r"(?:--|[,=])from=([^\s,]+)|^# *+syntax *+= *+(\S+)", re.IGNORECASE | re.MULTILINE)
_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?[-+]([^{}]*))?\}|(\w+))")
_TAG = re.compile(r"v?([0-9]+(?:\.[0-9]+)*)(.*)", re.DOTALL)
_YAML_IMAGE = re.compile(r"^[ \t-]*[\"']?(?:image|container)[\"']?[ \t]*:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_YAML_COMMENT = re.compile(r"^[ \t]*#[^\n]*", re.MULTILINE)
_USES = re.compile(
    r"\buses[\"']?\s*:\s*(?:[>|][-+0-9]*\s+)?[\"']?([^\s\"',}#]+)[\"']?(?:[ \t]+#[ \t]*([^\n]*))?",
)
_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_COMMENTED = re.compile(r"(?:\S*[@=/ ])?(v?[0-9]+(?:\.[0-9]+)*\S*)")


def dockerfile(text: str) -> Iterator[Pin]:
    """Base images, and images that files are copied from; what an argument leaves open stays as it is written."""
    text = text.replace("\\\n", " ")
    arguments = dict(_ARG.findall(text))
    stages = {"scratch"}
    for _, written, stage in _FROM.findall(text):
        name = _filled(written, arguments)
        if name.lower() not in stages:
            yield image(name)
        stages.add(stage.lower())
    for found in _COPIED.finditer(text):
        name = _filled(found[1] or found[2], arguments)
        if name.lower() not in stages and not name.isdigit():
            yield image(name)


def _filled(written: str, arguments: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        return str(arguments.get(found[1] or found[3]) or found[2] or found[0])[:LONGEST_VALUE]

    return _VARIABLE.sub(value, written)


def image(written: str) -> Pin:
    """An image: its variant (`slim`, `alpine3`) is where its version comes from."""
    plain, _, digest = written.partition("@")
    start = plain.rfind("/") + 1
    name, _, tag = plain[start:].partition(":")
    found = _TAG.fullmatch(tag)
    version, variant = (found[1], found[2]) if found else (tag, "")
    variant = re.sub(r"([0-9]+)[.0-9]*", r"\1", variant).strip("-.")
    return Pin(plain[:start] + name, version, f"{VARIANT}{variant}" if variant else "", digest=digest)


def compose(text: str) -> Iterator[Pin]:
    """The images that a Compose file starts."""
    for name in _YAML_IMAGE.findall(text):
        if not name.startswith("${{"):
            yield image(_filled(name.rstrip("},"), {}))


def workflow(text: str) -> Iterator[Pin]:
    """The actions, reusable workflows and images of a workflow or an `action.yml`."""
    for used, comment in _USES.findall(_YAML_COMMENT.sub("", text)):
        if used.startswith("docker://"):
            yield image(used.removeprefix("docker://"))
        elif not used.startswith("./"):
            yield _action(used, comment.strip())
    yield from compose(text)


def _action(used: str, comment: str) -> Pin:
    name, _, ref = used.partition("@")
    if not _SHA.fullmatch(ref):
        return Pin(name.lower(), ref)
    said = _COMMENTED.match(comment)
    return Pin(name.lower(), said[1] if said else "", digest=ref)
