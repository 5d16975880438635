"""The command line in this process, at an embedded GitHub that may also answer as it is told."""

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from stanch import cli
from stanch.adapters.client import connect
from stanch.app import desk
from stanch.app.stage import virtual_now
from stanch.cli import environment, telling
from stanch.core.marker import marker_of
from stanch.sandbox import inprocess
from stanch.sandbox.exchange import Raw, Request
from stanch.sandbox.records import Comment
from stanch.sandbox.rights import BOT
from stanch.sandbox.world import World

REPOSITORY = "harbour/checkout"
LABELS = ("sev-1", "sev-2", "sev-3", "sev-4", "client-report", "post-mortem", "overdue", "containment", "false-alarm")
CONFIG = "people: [jordan, morgan]\nclients: none\n"
START = "2026-03-17T10:00:00Z"
ROLES = {"alex": "admin", "jordan": "write", "morgan": "write", "sam": "read"}

Told = Callable[[Request], Raw | None]


class Mood(World):
    """A world that first asks `says` what to answer; None lets it answer for itself."""

    says: Told | None = None

    def http(self, method: str, path: str, headers: Any = None, body: bytes | str = b"") -> Raw:
        sent = body.encode() if isinstance(body, str) else body
        told = self.says(Request.of(method, path, headers or {}, sent)) if self.says else None
        return told or super().http(method, path, headers, body)


def reply(status: int, message: str = "", headers: dict[str, str] | None = None) -> Raw:
    """An answer in GitHub's form for an error."""
    body = json.dumps({"message": message, "documentation_url": "https://docs.github.com/rest"})
    return status, {"Content-Type": "application/json", **(headers or {})}, body.encode()


def on_write(answer: Raw, kind: str = "") -> Told:
    """Answer every REST write whose path holds `kind` like this."""
    return lambda asked: answer if not asked.is_graphql and asked.method != "GET" and kind in asked.path else None


def on_read(answer: Raw) -> Told:
    """Answer every GraphQL query like this."""
    return lambda asked: answer if asked.is_graphql else None


def harbour(config: str | None = CONFIG, **options: Any) -> Mood:
    """A world with one repository, its labels and its people, and nothing that happened."""
    world = Mood(START, **options)
    files = {} if config is None else {".github/stanch.yml": config}
    world.add_repository(REPOSITORY, labels=LABELS, files=files)
    for login, role in ROLES.items():
        world.add_person(login, role)
    return world


@dataclass(frozen=True)
class Ran:
    """What one call of the command line left: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def writes(self) -> list[dict[str, Any]]:
        return [write for thread in self.report["threads"] for write in thread["writes"]]

    @property
    def kinds(self) -> list[str]:
        return [write["write"] for write in self.writes]

    @property
    def complaint(self) -> str:
        """The one line on stderr; more than one, or a traceback, is a failed promise."""
        assert "Traceback" not in self.err
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


@dataclass
class Rig:
    """A world, the environment of a run in it, and how long its runs waited, in seconds."""

    world: Mood
    folder: Path
    patch: pytest.MonkeyPatch
    waited: list[float] = field(default_factory=list)

    def set(self, name: str, value: str | None) -> None:
        """One variable of the environment; None takes it away."""
        if value is None:
            self.patch.delenv(name, raising=False)
        else:
            self.patch.setenv(name, value)

    def run(self, *args: str) -> Ran:
        """One call of `stanch` at the world's instant."""
        self.patch.setattr(sys, "argv", ["stanch", *args])
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            try:
                cli.main()
                code = 0
            except SystemExit as leaving:
                code = int(leaving.code or 0)
        return Ran(code, out.getvalue(), err.getvalue())

    def event(self, payload: object, name: str = "issues") -> Path:
        """Let the environment name this payload; text and bytes are written as they are."""
        file = self.folder / "event.json"
        raw = payload if isinstance(payload, bytes) else payload if isinstance(payload, str) else json.dumps(payload)
        file.write_bytes(raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw)
        self.set("GITHUB_EVENT_NAME", name)
        self.set("GITHUB_EVENT_PATH", str(file))
        return file

    def look(self, number: int, *args: str) -> Ran:
        return self.run("handle", "--issue", str(number), *args)

    def heals(self, number: int) -> Ran:
        """The world answers for itself again: a look that ends well and leaves the next one nothing to write."""
        self.world.says = None
        self.world.faults.clear()
        healed = self.look(number, "--json")
        assert healed.code in {0, 1}, healed
        assert self.look(number, "--json").writes == []
        return healed

    def incident(self, body: str = "Every payment fails.", severity: int = 1) -> int:
        """An incident that nobody has looked at yet."""
        return self.world.person("alex").opens("Checkout is down", body, labels=[f"sev-{severity}"])

    def by_bot(self, number: int) -> list[Comment]:
        return [one for one in self.world.issue(number).comments if one.author == BOT]

    def keys(self, number: int) -> list[str]:
        """The keys of what the bot said on a thread, in order."""
        return [marker.key if (marker := marker_of(one.body)) else "?" for one in self.by_bot(number)]

    def card(self, number: int) -> str:
        return next(one.body for one in self.by_bot(number) if f"{number}/card" in one.body)


@contextmanager
def rigged(world: Mood, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """A rig whose environment is what Actions would set, and nothing else of GitHub's."""
    for name in [name for name in os.environ if name.startswith(("GITHUB_", "STANCH_"))]:
        patch.delenv(name)
    rig = Rig(world, folder, patch)
    for module in (environment, telling):
        patch.setattr(module, "now", lambda: virtual_now(world))
    patch.setattr(desk, "connect", partial(connect, pause=rig.waited.append))
    with inprocess.connected(world) as address:
        rig.set("GITHUB_API_URL", address)
        rig.set("GITHUB_REPOSITORY", REPOSITORY)
        rig.set("GITHUB_TOKEN", world.bot_token)
        yield rig
