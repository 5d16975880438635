"""`.github/stanch/installed.json`: what was brought and by which answers, so that an upgrade knows what was edited."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from stanch.core.login import is_login
from stanch.core.setup.choices import Choices, zone_named
from stanch.core.setup.files import RUNBOOKS, TEMPLATES
from stanch.core.setup.found import Seen
from stanch.core.setup.pin import Pin, pin_of
from stanch.core.severity import Severity

MANIFEST = ".github/stanch/installed.json"

NOTE = "Written by `stanch init`: what it brought, by which an upgrade knows what nobody edited. Leave it as it is."

_DIGEST = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[a-z+.-][a-z0-9+.-]{0,20})?")
_RUNBOOK = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.md|[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9][A-Za-z0-9._-]*\.md")


MOST_DAYS = 50
"""Days that are remembered, the newest; each tells which day stands in a page that was brought on it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which version brought what. `files` maps a path to the digest of what was last written or offered there.

    `since` are the days on which something was brought, in their order, `pin` is what the workflows run.
    """

    version: str
    choices: Choices = field(default_factory=Choices)
    seen: Seen = field(default_factory=Seen)
    files: Mapping[str, str] = field(default_factory=dict)
    since: tuple[date, ...] = ()
    pin: Pin | None = None

    def __str__(self) -> str:
        """The file's text: one entry a line, in an order that does not change."""
        said = {
            "note": NOTE,
            "version": self.version,
            "action": {"uses": str(self.pin), "version": self.pin.version} if self.pin else None,
            "since": [day.isoformat() for day in self.since],
            "choices": {
                "people": list(self.choices.people),
                "zone": self.choices.zone,
                "clients": _listed(self.choices.clients),
                "labels": {name: list(means) for name, means in sorted(self.choices.labels.items())},
                "prepare": list(self.choices.prepare),
            },
            "seen": {
                "branch": self.seen.branch,
                "private": self.seen.private,
                "environments": _listed(self.seen.environments),
                "labels": _listed(self.seen.labels),
            },
            "files": dict(sorted(self.files.items())),
        }
        return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def digest(text: str) -> str:
    """What a text is recognised by, whatever ends its lines."""
    return sha256(re.sub(r"\r\n?", "\n", text).encode("utf-8", "surrogatepass")).hexdigest()


def manifest_of(text: str) -> Manifest | None:
    """What a manifest says; None for a text that is none any more. A part of it that makes no sense is left out."""
    try:
        said = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("version"), str) or number(said["version"]) is None:
        return None
    files, choices, seen = said.get("files"), said.get("choices"), said.get("seen")
    if not isinstance(files, dict):
        return None
    return Manifest(
        said["version"],
        _choices(choices if isinstance(choices, dict) else {}),
        _seen(seen if isinstance(seen, dict) else {}),
        {path: is_ for path, is_ in files.items() if is_brought(path) and _is_digest(is_)},
        tuple(_days(said.get("since"))),
        _pin(said.get("action")),
    )


def with_day(since: Iterable[date], today: date) -> tuple[date, ...]:
    """The days on which something was brought, if something is brought today."""
    return tuple(sorted({*since, today})[-MOST_DAYS:])


def is_brought(path: str) -> bool:
    """Whether Stanch could have brought a file of this path: nothing else is ever changed or taken away."""
    return path in TEMPLATES or (path.startswith(RUNBOOKS) and bool(_RUNBOOK.fullmatch(path.removeprefix(RUNBOOKS))))


def number(version: str) -> tuple[int, ...] | None:
    """A version as numbers that can be compared; None for what is none."""
    found = _VERSION.fullmatch(version)
    return tuple(map(int, found.groups())) if found else None


def _pin(value: object) -> Pin | None:
    uses, version = (value.get("uses"), value.get("version")) if isinstance(value, dict) else (None, None)
    known = isinstance(uses, str) and isinstance(version, str) and number(version) is not None
    return pin_of(str(uses), str(version)) if known else None


def _days(value: object) -> Iterator[date]:
    for text in _texts(value):
        try:
            yield date.fromisoformat(text)
        except ValueError:
            continue


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and bool(_DIGEST.fullmatch(value))


def _choices(said: Mapping[str, object]) -> Choices:
    zone, clients, labels = said.get("zone"), said.get("clients"), said.get("labels")
    named = tuple(filter(is_login, _texts(clients)))
    severities = {severity.label for severity in Severity}
    aliases = labels if isinstance(labels, dict) else {}
    return Choices(
        people=tuple(filter(is_login, _texts(said.get("people")))),
        zone=(zone_named(zone) or "") if isinstance(zone, str) and zone else "",
        clients=named if named or clients == [] else None,
        labels={name: _texts(means) for name, means in aliases.items() if name in severities},
        prepare=_texts(said.get("prepare")),
    )


def _seen(said: Mapping[str, object]) -> Seen:
    branch, private = said.get("branch"), said.get("private")
    told = {name: _texts(said[name]) for name in ("environments", "labels") if isinstance(said.get(name), list)}
    return Seen(
        branch if isinstance(branch, str) and branch.isprintable() else "",
        private if isinstance(private, bool) else None,
        told.get("environments"),
        told.get("labels"),
    )


def _listed(names: tuple[str, ...] | None) -> list[str] | None:
    return None if names is None else list(names)


def _texts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else []
    return tuple(text for text in listed if isinstance(text, str) and text.isprintable())
