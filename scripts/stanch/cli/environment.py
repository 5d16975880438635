"""What the command line is told by its surroundings: the time, the token and the repository."""

import os
import re
from typing import TYPE_CHECKING

from stanch.core.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from stanch.app.desk import Desk, Sends

API = "https://api.github.com"

_SUCH_AS = {"GITHUB_TOKEN": "$(gh auth token)", "GITHUB_REPOSITORY": "owner/name"}


def now() -> "datetime":
    from datetime import UTC, datetime

    return datetime.now(UTC).replace(microsecond=0)


def required(name: str, what: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise UsageProblem(
            f"{name} is not set: it is {what}. In a workflow, pass it in the step's `env`; elsewhere, "
            f"`export {name}={_SUCH_AS[name]}`."
        )
    return value


def origin() -> str:
    """The repository of the clone that one stands in, by its remote `origin`; empty where there is none."""
    from stanch.adapters.setup.checkout import Checkout

    try:
        return Checkout(".", os.environ).name()
    except UsageProblem:
        return ""


def owner_and_name(otherwise: "Callable[[], str] | None" = None) -> tuple[str, str]:
    """The repository that the environment names, or that there is `otherwise`."""
    from stanch.core.login import is_login

    named = os.environ.get("GITHUB_REPOSITORY", "").strip() or (otherwise() if otherwise else "")
    repository = named or required("GITHUB_REPOSITORY", "the repository, as owner/name")
    owner, _, name = repository.partition("/")
    if not is_login(owner) or not re.fullmatch(r"[A-Za-z0-9._-]{1,100}", name):
        raise UsageProblem(f"GITHUB_REPOSITORY is {repository[:80]!r}. Set it to the repository, as owner/name.")
    return owner, name


def address() -> str:
    """Where GitHub answers."""
    from stanch.adapters.client import graphql_url

    api = (os.environ.get("GITHUB_API_URL") or API).rstrip("/")
    stated = os.environ.get("GITHUB_GRAPHQL_URL", "").rstrip("/")
    if stated and stated != graphql_url(api):
        raise UsageProblem(
            f"GITHUB_GRAPHQL_URL is {stated}, but {graphql_url(api)} belongs to GITHUB_API_URL. Unset one of them."
        )
    return api


def zone_here() -> str:
    """The time zone of this machine by its name, as far as it tells; empty where it does not."""
    told = os.environ.get("TZ", "").removeprefix(":")
    link = "" if told else os.path.realpath("/etc/localtime")
    named = told or link.partition("zoneinfo/")[2].removeprefix("posix/")
    return "" if named in {"Etc/UTC", "UTC", "Etc/UCT", "UCT", "localtime"} else named


def connected_desk(*, dry: bool, otherwise: "Callable[[], str] | None" = None) -> "Desk":
    """Connect to the repository that the environment names, or that there is `otherwise`."""
    from dataclasses import replace

    from stanch.app.desk import open_desk

    token = required("GITHUB_TOKEN", "what GitHub knows Stanch by")
    (owner, name), api = owner_and_name(otherwise), address()
    desk = open_desk(token, api, owner, name, now=now(), dry=dry)
    return replace(desk, sender=_sender(desk, api))


def _sender(desk: "Desk", api: str) -> "Sends":
    """What leaves the repository, by the secrets that are set; it is signed at the time that GitHub tells.

    Beside an embedded GitHub, loopback may be posted to.
    """
    from urllib.parse import urlsplit

    from stanch.adapters.notices import SECRETS, connect
    from stanch.adapters.notices.delivery import Delivery
    from stanch.app.desk import DrySender

    embedded = urlsplit(api).hostname in {"127.0.0.1", "localhost"}
    secrets = {name: os.environ.get(name, "") for name in SECRETS}
    sender = connect(secrets, lambda: int(desk.instant.timestamp()), Delivery(loopback=embedded))
    return DrySender(sender.channels) if desk.dry else sender
