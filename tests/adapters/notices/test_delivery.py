"""Where a notice may go, and what every kind of answer means: over real connections to this machine."""

import socket
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from time import sleep

import pytest

from stanch.adapters.notices.delivery import Delivery, Parcel, is_public, opened
from stanch.core.errors import RateLimited, Refused, UnknownOutcome
from tests.adapters.loopback import Canned, listening

HERE = Delivery(loopback=True, timeout=2)
PUBLIC = "140.82.112.3"
MEANT = "https://hooks.example.com/x"


def parcel(url: str, *hosts: str) -> Parcel:
    return Parcel("the webhook", url, b'{"a": 1}', {"Content-Type": "application/json"}, hosts, "STANCH_WEBHOOK_URL")


def test_a_parcel_arrives_once_as_it_is() -> None:
    """One request, the body and the headers as given, and the answer's first bytes."""
    with listening(Canned(200, {"ok": True})) as there:
        answer = HERE.post(parcel(f"{there.url}/x?a=1"))
        assert (there.asked, there.bodies) == (["POST /x?a=1"], [{"a": 1}])
        assert (answer.status, answer.json()) == (200, {"ok": True})


@pytest.mark.parametrize(
    ("canned", "kind"),
    [
        (Canned(301, headers={"Location": "http://127.0.0.1:1/"}), Refused),
        (Canned(302, headers={"Location": "https://hooks.example.com/"}), Refused),
        (Canned(307, headers={"Location": "/again"}), Refused),
        (Canned(400), Refused),
        (Canned(404), Refused),
        (Canned(429, headers={"Retry-After": "7"}), RateLimited),
        (Canned(408), UnknownOutcome),
        (Canned(500), UnknownOutcome),
        (Canned(502), UnknownOutcome),
        (Canned(drop=True), UnknownOutcome),
        (Canned(hang=True), UnknownOutcome),
    ],
)
def test_an_answer_means_what_it_says_and_nothing_is_sent_twice(canned: Canned, kind: type[Exception]) -> None:
    """Each is one request; no address and no answer's text is in the error."""
    with listening(canned, Canned(200)) as there:
        delivery = Delivery(loopback=True, timeout=0.5)
        with pytest.raises(kind) as problem:
            delivery.post(parcel(f"{there.url}/canary"))
        assert len(there.asked) == 1
        assert "canary" not in str(problem.value)
        assert "127.0.0.1" not in str(problem.value)


def test_a_no_names_the_variable_to_look_at() -> None:
    """An address that was taken back, or a key that was: whoever reads the red run knows where to go."""
    with listening(Canned(410)) as there, pytest.raises(Refused) as problem:
        HERE.post(parcel(there.url))
    assert str(problem.value) == "the webhook answered 410: see whether STANCH_WEBHOOK_URL is still right"


def test_an_answer_without_end_is_cut() -> None:
    """64 KiB are read, and the rest is left."""
    with listening(Canned(200, "x" * 300_000)) as there:
        assert len(HERE.post(parcel(there.url)).body) < 200_000


@pytest.mark.parametrize(
    "drop", [b"HTTP/1.1 100 Continue\r\n\r\n", b"X-Y: z\r\n", b"x"], ids=["promises", "headers", "one line"]
)
def test_an_answer_that_drips_is_not_waited_for(drop: bytes) -> None:
    """The time is that of the whole answer: a receiver that sends a little again and again holds up no clock."""
    dripped = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            there, _ = server.accept()
            with there, suppress(OSError):
                there.sendall(b"" if drop.startswith(b"HTTP") else b"HTTP/1.1 200 OK\r\n")
                for _ in range(60):
                    there.sendall(drop)
                    dripped.append(drop)
                    sleep(0.05)

        with ThreadPoolExecutor(1) as pool:
            pool.submit(drip)
            delivery = Delivery(loopback=True, timeout=0.5)
            with suppress(UnknownOutcome):
                delivery.post(parcel(f"http://127.0.0.1:{server.getsockname()[1]}/x"))
    assert 0 < len(dripped) < 60


def test_no_more_than_a_few_addresses_are_tried() -> None:
    """A name with many addresses, none of which answers, holds up no clock either."""
    went = []

    def go(host: str, address: str, port: int, *, secure: bool, timeout: float) -> HTTPConnection:
        went.append(address)
        raise TimeoutError

    many = [f"8.8.8.{n}" for n in range(50)]
    with pytest.raises(Refused, match=r"could not be reached \(TimeoutError\)"):
        Delivery(resolve=lambda host, port: many, open=go).post(parcel(MEANT, "hooks.example.com"))
    assert went == many[:4]


def test_who_does_not_listen_has_taken_nothing() -> None:
    """A connection that is refused is a definite no."""
    with listening() as there:
        url = there.url
    with pytest.raises(Refused, match="the webhook could not be reached"):
        HERE.post(parcel(url))


def test_who_speaks_no_tls_gets_nothing() -> None:
    """The connection ends before anything is sent."""
    with listening(Canned(200)) as there:
        with pytest.raises(Refused, match="could not be reached"):
            HERE.post(parcel(there.url.replace("http:", "https:")))
        assert there.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/x",
        "http://127.0.0.1/x",
        "ftp://hooks.example.com/x",
        "https://hooks.example.com@evil.example/x",
        "https://user:pass@hooks.example.com/x",
        "https://evil.example/x",
        "https://hooks.example.com.evil.example/x",
        "https://hooks.example.com:0/x",
        "https://hooks.example.com:99999/x",
        "https://hooks.example.com/x y",
        "https://hooks.example.com/x\r\nHost: evil",
        "https://hooks.example.com/\u2028",
        "https://hooks.example.com/#x",
        "https://[::1/x",
        "https:///x",
        "hooks.example.com/x",
        "",
    ],
)
def test_another_place_than_the_one_that_is_meant_is_refused(url: str) -> None:
    """Without looking anything up, and without repeating the address."""

    def never(host: str, port: int) -> Collection[str]:
        raise AssertionError(host)

    with pytest.raises(Refused) as refusal:
        Delivery(resolve=never).post(parcel(url, "hooks.example.com"))
    assert str(refusal.value).startswith("STANCH_WEBHOOK_URL")
    assert not url or url not in str(refusal.value)


PRIVATE = (
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",  # noqa: S104 # it is refused here, not listened on
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    "2001:db8::1",
    "not an address",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_open_internet_is_refused(address: str) -> None:
    """However it is written, and also when a public one stands beside it."""
    assert not is_public(address)
    for found in ([address], [PUBLIC, address]):
        with pytest.raises(Refused, match="leads into a private network"):
            Delivery(resolve=lambda host, port, found=found: found).post(parcel(MEANT, "hooks.example.com"))


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", "8.8.8.8", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_open_internet_is_fine(address: str) -> None:
    """Also where one is written inside another."""
    assert is_public(address)


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """The name is looked up once, so a second answer changes nothing; the host is still the one that was meant."""
    looked, went = [], []
    answers = [[PUBLIC], ["127.0.0.1"]]

    def resolve(host: str, port: int) -> Collection[str]:
        looked.append(host)
        return answers.pop(0)

    with listening(Canned(200)) as there:
        here = int(there.url.rpartition(":")[2])

        def go(host: str, address: str, port: int, *, secure: bool, timeout: float) -> HTTPConnection:
            went.append((host, address, port, secure))
            return opened(host, "127.0.0.1", here, secure=False, timeout=timeout)

        Delivery(resolve=resolve, open=go).post(parcel(MEANT, "hooks.example.com"))
        assert (looked, went) == (["hooks.example.com"], [("hooks.example.com", PUBLIC, 443, True)])
        assert there.headers[0]["Host"].partition(":")[0] == "hooks.example.com"


def test_a_host_that_is_not_found_is_a_definite_no() -> None:
    """Nothing was sent."""

    def lost(host: str, port: int) -> Collection[str]:
        raise OSError(host)

    with pytest.raises(Refused, match="the host of the webhook was not found"):
        Delivery(resolve=lost).post(parcel(MEANT, "hooks.example.com"))
