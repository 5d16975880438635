"""One request to a service outside of GitHub: sent once, nowhere else than to the host that is meant.

Only https, only hosts on a list, only public addresses, no redirects, no proxies, no retries. The connection goes to
the address that was checked, so that a name that is looked up twice leads nowhere else. Neither the address nor what
the service answers is ever repeated: either may hold a secret.
"""

import json
import socket
import ssl
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from typing import Any, Protocol
from urllib.parse import SplitResult, urlsplit

from stanch.core.errors import RateLimited, Refused, UnknownOutcome

TIMEOUT = 10
"""Seconds that a connection may take, and again everything from the request to the end of the answer."""

MOST_TRIED = 4
"""Addresses of one host that are tried one after the other."""

LARGEST = 64 * 1024
"""Bytes of an answer that are read; none of ours is longer."""

IN_V6 = tuple(ip_network(name) for name in ("64:ff9b::/96", "64:ff9b:1::/48"))
"""Where an IPv4 address stands in the last four bytes of a longer one (RFC 6052, RFC 8215)."""

CLOSED = tuple(
    ip_network(name)
    for name in (
        "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15",
        "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fec0::/10",
    )
)  # fmt: skip
"""What no release of Python takes for the open internet by mistake: 3.11.7 does so with 192.0.0.192, where a cloud
keeps its metadata. https://www.iana.org/assignments/iana-ipv4-special-registry, and that of IPv6."""

Resolve = Callable[[str, int], Collection[str]]
"""The addresses of a host; raises OSError."""


class Opens(Protocol):
    """Connects to an address in the name of a host, `secure` by TLS; `timeout` in seconds. Raises OSError."""

    def __call__(self, host: str, address: str, port: int, *, secure: bool, timeout: float) -> HTTPConnection: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the first bytes, and how long the service asks to wait (seconds)."""

    status: int
    body: bytes = b""
    wait: float = 60.0

    def json(self) -> Any:
        """The decoded body, None when it is no JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent, and where. `secret` is the name of the variable that decides where it goes, for errors."""

    service: str
    url: str
    body: bytes
    headers: Mapping[str, str]
    hosts: Collection[str]
    secret: str = ""


class Posts(Protocol):
    """Sends a parcel once. Raises Refused, RateLimited (nothing was applied) or UnknownOutcome."""

    def post(self, parcel: Parcel) -> Answer: ...


def resolved(host: str, port: int) -> Collection[str]:
    """Every address of a host. Raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def opened(host: str, address: str, port: int, *, secure: bool, timeout: float) -> HTTPConnection:
    """A connection to this address in the name of the host. Raises OSError, as a certificate that does not fit does."""
    plain = socket.create_connection((address, port), timeout)
    if not secure:
        connection = HTTPConnection(host, port, timeout=timeout)
        connection.sock = plain
        return connection
    try:
        from requests.utils import DEFAULT_CA_BUNDLE_PATH  # noqa: PLC0415 # what the rest of the package trusts

        context = ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
        connection = HTTPSConnection(host, port, timeout=timeout, context=context)
        connection.sock = context.wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise
    return connection


@dataclass(frozen=True)
class Delivery:
    """Posts parcels. `loopback` also lets plain http to this machine through, for the embedded services of tests."""

    loopback: bool = False
    resolve: Resolve = resolved
    timeout: float = TIMEOUT
    open: Opens = opened

    def post(self, parcel: Parcel) -> Answer:
        """Send a parcel once, and judge the answer.

        Raises Refused (nothing was applied), RateLimited (the same) or UnknownOutcome.
        """
        url = self._address(parcel)
        port = url.port or (80 if url.scheme == "http" else 443)
        connection = self._connected(parcel, url, port)
        try:
            answer = _exchanged(connection, url, parcel, self.timeout)
        except (OSError, HTTPException) as cause:
            raise UnknownOutcome(f"{parcel.service} gave no clear answer ({type(cause).__name__})") from None
        finally:
            connection.close()
        return judged(parcel.service, answer, parcel.secret)

    def _address(self, parcel: Parcel) -> SplitResult:
        """The address in its parts, if it may be posted to. What it is stays unsaid."""
        what = parcel.secret or f"the address of {parcel.service}"
        try:
            url = urlsplit(parcel.url)
            plain = url.hostname and url.port != 0 and not url.username and not url.password and not url.fragment
        except ValueError:
            plain, url = None, SplitResult("", "", "", "", "")
        clean = parcel.url.isascii() and parcel.url.isprintable() and " " not in parcel.url
        if not plain or not clean or url.scheme not in {"https", "http"}:
            raise Refused(f"{what} is no address such as https://host/path")
        if url.scheme == "http" and not self._here(url.hostname or ""):
            raise Refused(f"{what} begins with http; only https is used")
        if url.hostname not in parcel.hosts and not self._here(url.hostname or ""):
            raise Refused(f"{what} leads to another host than {' or '.join(parcel.hosts) or 'those that are allowed'}")
        return url

    def _here(self, host: str) -> bool:
        return self.loopback and host in {"127.0.0.1", "::1", "localhost"}

    def _connected(self, parcel: Parcel, url: SplitResult, port: int) -> HTTPConnection:
        """A connection to one of the addresses that were checked. Raises Refused: nothing was sent yet."""
        host = url.hostname or ""
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError):
            addresses = ()
        if not addresses:
            raise Refused(f"the host of {parcel.service} was not found")
        if not self._here(host) and not all(is_public(address) for address in addresses):
            raise Refused(f"the host of {parcel.service} leads into a private network")
        why = "nothing answered"
        for address in tuple(addresses)[:MOST_TRIED]:
            try:
                return self.open(host, address, port, secure=url.scheme == "https", timeout=self.timeout)
            except OSError as cause:
                why = type(cause).__name__
        raise Refused(f"{parcel.service} could not be reached ({why})")


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet: not this machine, its network, or the cloud's metadata."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    inner: IPv4Address | None = None
    if isinstance(found, IPv6Address):
        teredo = found.teredo[1] if found.teredo else None
        embedded = IPv4Address(int(found) & 0xFFFFFFFF) if any(found in net for net in IN_V6) else None
        inner = found.ipv4_mapped or found.sixtofour or teredo or embedded
    closed = found.is_multicast or found.is_reserved or any(found in net for net in CLOSED)
    open_to_all = found.is_global and not closed
    return is_public(str(inner)) if inner is not None else open_to_all


def _exchanged(connection: HTTPConnection, url: SplitResult, parcel: Parcel, timeout: float) -> Answer:
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    headers = {"User-Agent": "stanch", "Accept": "application/json, text/plain", "Connection": "close"}
    body = b""
    with _ending(connection.sock, timeout):
        connection.request("POST", target, parcel.body, {**headers, **parcel.headers})
        response = connection.getresponse()
        while len(body) < LARGEST and (part := response.read1(LARGEST)):
            body += part
    wait = response.headers.get("Retry-After", "")
    return Answer(response.status, body, min(float(wait), 3600.0) if wait.isascii() and wait.isdecimal() else 60.0)


@contextmanager
def _ending(connected: socket.socket, seconds: float) -> Iterator[None]:
    """Ends the connection when its time is over: a socket's own timeout starts anew with every byte that drips in."""

    def end() -> None:
        with suppress(OSError):  # it is over already
            connected.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def judged(service: str, answer: Answer, secret: str = "") -> Answer:
    """The answer, if it is a yes. Raises what a no, or anything else, means, and says which variable to look at."""
    if 200 <= answer.status < 300:
        return answer
    if answer.status == 429:
        raise RateLimited(f"{service} wants fewer notices for now", 429, answer.wait)
    if 300 <= answer.status < 400:
        raise Refused(f"{service} answered with a redirect, which is not followed", answer.status)
    if answer.status >= 500 or answer.status == 408:
        raise UnknownOutcome(f"{service} answered {answer.status}", answer.status)
    advice = f": see whether {secret} is still right" if secret else ""
    raise Refused(f"{service} answered {answer.status}{advice}", answer.status)
