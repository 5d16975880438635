"""Worlds that the contract tests share, and the ways to them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from stanch.adapters.client import Client, connect
from stanch.adapters.reader import Reader
from stanch.adapters.writer import Writer
from stanch.sandbox import inprocess, server
from stanch.sandbox.world import World

START = "2026-03-14T02:00:00Z"
CONFIG = "services: {}\n"
ROLES = {"alex": "write", "morgan": "maintain", "sam": "triage", "riley": "read"}


@dataclass
class Ends:
    """The adapters at one end of the wire; `pauses` are the seconds that they would have waited."""

    client: Client
    reader: Reader
    writer: Writer
    address: str
    pauses: list[float] = field(default_factory=list)


def shop(permissions: Mapping[str, str] | None = None) -> World:
    """A repository with a config, a CODEOWNERS file, some people and two labels."""
    world = World(START, bot_permissions=permissions)
    files = {".github/stanch.yml": CONFIG, "CODEOWNERS": "* @alex\n"}
    world.add_repository("team/shop", files=files, labels=["sev-1", "post-mortem"])
    for login, role in ROLES.items():
        world.add_person(login, role)
    return world


def ends(token: str, api_url: str) -> Ends:
    pauses: list[float] = []
    client = connect(token, api_url, pause=pauses.append)
    return Ends(client, Reader(client, "team", "shop"), Writer(client, "team", "shop"), api_url, pauses)


@contextmanager
def connected(world: World) -> Iterator[Ends]:
    """The adapters and this world in one process, without a network between them."""
    with inprocess.connected(world) as address:
        yield ends(world.bot_token, address)


@contextmanager
def served(world: World) -> Iterator[Ends]:
    """The adapters, connected to this world over HTTP on loopback."""
    host = server.serve(world)
    found = ends(world.bot_token, host.address)
    try:
        yield found
    finally:
        found.client.close()
        host.stop()


def incident(world: World) -> int:
    """An incident with a bit of everything that GitHub records; returns its number."""
    alex, sam = world.person("alex"), world.person("sam")
    number = alex.opens("Checkout is down", "since\r\nthree", labels=["sev-1"])
    tick = world.clock.advance
    tick(minutes=1)
    spoken = alex.comments(number, "/ack")
    tick(minutes=1)
    alex.edits_comment(alex.comments(number, "frist"), "first")
    tick(minutes=1)
    alex.deletes_comment(alex.comments(number, "oops"))
    tick(minutes=1)
    alex.assigns(number, "sam")
    alex.unassigns(number, "sam")
    tick(minutes=1)
    alex.renames(number, "Checkout is slow")
    tick(minutes=1)
    alex.opens("Elsewhere", f"see #{number}")
    tick(minutes=1)
    sam.unlabels(number, "sev-1")
    alex.closes(number, "not_planned")
    alex.reopens(number)
    tick(minutes=1)
    pull = alex.opens_pull("Undo", f"for #{number}")
    alex.merges(pull)
    alex.deploys("production")
    assert spoken
    return number
