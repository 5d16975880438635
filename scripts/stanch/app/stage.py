"""A desk at the embedded GitHub: the same road, with the world's clock for now and its bot for a token."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stanch.adapters.client import Client, connect
from stanch.adapters.pull_reader import PullReader
from stanch.adapters.reader import Reader
from stanch.adapters.writer import Writer
from stanch.app.desk import Desk
from stanch.core.errors import NotReadable
from stanch.core.plan import Words
from stanch.render.words import Words as Templates

if TYPE_CHECKING:
    from stanch.sandbox.world import World


def virtual_now(world: "World") -> datetime:
    """The world's instant, in UTC."""
    return datetime.fromtimestamp(world.clock.now, UTC)


@contextmanager
def stage(world: "World", words: Words | None = None) -> Iterator["Stage"]:
    """Connect to a world in this process, for as long as the block lasts."""
    from stanch.sandbox import inprocess  # noqa: PLC0415 # PyGithub comes with it

    with inprocess.connected(world) as api_url:
        client = connect(world.bot_token, api_url, pause=lambda _: None, fetch=lambda address: _kept(world, address))
        try:
            yield Stage(world, client, words or Templates.load())
        finally:
            client.close()


def _kept(world: "World", address: str) -> bytes:
    """A file that the world keeps outside of its API."""
    from stanch.sandbox.faults import Dropped, TimedOut  # noqa: PLC0415 # the sandbox comes only with a stage

    try:
        status, _, body = world.http("GET", address.removeprefix(world.api_url))
    except (TimedOut, Dropped) as problem:
        raise NotReadable(f"The embedded GitHub did not answer {address}: {problem}.") from problem
    if status != 200:
        raise NotReadable(f"The embedded GitHub answered {status} to {address}.", status)
    return body


class Stage:
    """A world and a client in it; each look gets a desk of its own, because now moves."""

    def __init__(self, world: "World", client: Client, words: Words) -> None:
        self.world = world
        self._client = client
        self._words = words

    @contextmanager
    def seat(self, login: str) -> Iterator["Stage"]:
        """The same world with somebody's own token, for as long as the block lasts."""
        client = connect(self.world.token(login), self.world.api_url, pause=lambda _: None)
        try:
            yield Stage(self.world, client, self._words)
        finally:
            client.close()

    def desk(self) -> Desk:
        """A desk at the world's first repository, at this instant."""
        owner, name = next(iter(self.world.repos)).split("/")
        reader, writer = Reader(self._client, owner, name), Writer(self._client, owner, name)
        return Desk(reader, PullReader(self._client, owner, name), writer, self._words, virtual_now(self.world))
