"""`stanch init`: look, decide, and bring it in by one pull request, or write it into the folder."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from stanch.adapters.client import connect
from stanch.adapters.setup.checkout import Checkout
from stanch.adapters.setup.proposal import Proposals
from stanch.adapters.setup.repository import Repository
from stanch.app.init_github import OnGitHub
from stanch.app.init_told import Landed
from stanch.app.init_work import Order, Work, every_path
from stanch.core.setup.found import Found


class Place(Protocol):
    """Where Stanch is brought in."""

    def look(self, order: Order) -> Found: ...

    def bring(self, work: Work) -> Landed: ...


@dataclass(frozen=True, slots=True)
class Here:
    """The folder that one stands in; GitHub is not asked."""

    checkout: Checkout

    def look(self, order: Order) -> Found:  # noqa: ARG002 # a folder may always be looked at
        return self.checkout.look(every_path())

    def bring(self, work: Work) -> Landed:
        self.checkout.write(work.upgrade.writes)
        return Landed("written")


def on_github(token: str, api_url: str, owner: str, name: str, say: Callable[[str], None]) -> Place:
    """A repository of GitHub's, or of whatever answers at `api_url`."""
    client = connect(token, api_url)
    return OnGitHub(Repository(client.reads, owner, name), Proposals(client, owner, name), f"{owner}/{name}", say)
