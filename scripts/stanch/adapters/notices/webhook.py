"""A receiver of the team's own: one signed JSON body for each notice, as docs/notices.md describes it.

The signature covers the time and the body, so that neither can be changed nor sent again later; the id is the same
however often a notice is sent, so that the receiver takes it once.
"""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from stanch.adapters.notices.delivery import Parcel, Posts
from stanch.adapters.notices.slack import Delivered
from stanch.core.errors import Refused
from stanch.core.markdown import bare, legible
from stanch.core.writes import Send

VERSION = 1
LEAST_SECRET = 16
"""Characters that the secret must have: a shorter one can be guessed."""

TITLE, TEXT = 256, 4_000


@dataclass(frozen=True, slots=True)
class Webhook:
    """Posts to the one address, and signs what it posts. `clock` tells the time in UTC seconds."""

    delivery: Posts
    url: str
    secret: str
    clock: Callable[[], int]

    def send(self, write: Send) -> Delivered:
        """Raises Refused, RateLimited or UnknownOutcome."""
        if len(self.secret) < LEAST_SECRET:
            raise Refused(f"STANCH_WEBHOOK_SECRET is missing or has fewer than {LEAST_SECRET} characters")
        body = json.dumps(payload(write), ensure_ascii=True).encode()
        headers = {
            "Content-Type": "application/json",
            "Stanch-Id": identity(write),
            "Stanch-Kind": write.kind.value,
            "Stanch-Signature": signature(self.secret, self.clock(), body),
        }
        parcel = Parcel("the webhook", self.url, body, headers, write.to or self._own(), "STANCH_WEBHOOK_URL")
        self.delivery.post(parcel)
        return Delivered()

    def _own(self) -> tuple[str, ...]:
        try:
            return (urlsplit(self.url).hostname or "",)
        except ValueError:
            return ()


def identity(write: Send) -> str:
    """The same for the same notice, and for no other one of any repository."""
    return f"{write.incident}/{write.key.partition('/')[2]}"


def payload(write: Send) -> dict[str, object]:
    title, _, rest = write.text.strip().partition("\n")
    return {
        "version": VERSION,
        "id": identity(write),
        "kind": write.kind.value,
        "incident": write.incident,
        "number": write.number,
        "severity": write.severity,
        "title": bare(title, TITLE),
        "text": legible(rest, TEXT),
        "url": write.url,
        "at": write.due,
    } | ({"drill": True} if write.drill else {})


def signature(secret: str, at: int, body: bytes) -> str:
    """`t=<seconds>,v1=<hex>`: the HMAC-SHA256 of `<seconds>.<body>`."""
    digest = hmac.new(secret.encode("utf-8", "surrogateescape"), f"{at}.".encode() + body, "sha256").hexdigest()
    return f"t={at},v1={digest}"
