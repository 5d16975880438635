"""A file that is fetched from elsewhere: whatever goes wrong on the way ends in one kind of error."""

import socket
from threading import Thread

import pytest

from stanch.adapters.client import fetched
from stanch.core.errors import NotReadable

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


def served(answer: bytes) -> str:
    """An address that gives these bytes to one caller, and then hangs up."""
    server = socket.create_server(("127.0.0.1", 0))

    def give() -> None:
        with server, server.accept()[0] as caller:
            caller.recv(65_536)
            caller.sendall(answer)

    Thread(target=give, daemon=True).start()
    return f"http://127.0.0.1:{server.getsockname()[1]}/file"


def test_a_file_comes_whole() -> None:
    """Its bytes, and nothing else."""
    assert fetched(served(WHOLE)) == b"hello"


@pytest.mark.parametrize(
    "answer",
    [
        WHOLE[:-2],
        b"",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nodd\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
    ],
    ids=["cut off", "dropped", "not there", "a chunk cut off", "no chunk", "no gzip"],
)
def test_a_file_that_does_not_come_whole_is_not_readable(answer: bytes) -> None:
    """Half a proof is no proof, and no traceback either."""
    with pytest.raises(NotReadable):
        fetched(served(answer))
