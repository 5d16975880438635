"""The issues and pull requests of this repository that a text links."""

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"(?<![\w/#&.-])(?:#|GH-)([1-9][0-9]{0,8})(?![\w-])", re.IGNORECASE)
_OTHER = re.compile(r"(?<![\w/.-])([\w-]{1,39}/[\w.-]{1,100})#([1-9][0-9]{0,8})(?![\w-])")
_ADDRESS = re.compile(r"(https?://[^\s<>()\[\]]{1,200}?)/(?:issues|pull)/([1-9][0-9]{0,8})(?![\w-])")


def linked(text: str, home: str) -> tuple[int, ...]:
    """Their numbers in order, each once. `home` is the repository's address: what is linked elsewhere is left out."""
    return tuple(dict.fromkeys(_numbers(text, home)))


def _numbers(text: str, home: str) -> Iterator[int]:
    name = "/".join(home.rsplit("/", 2)[-2:]).lower()
    for found in _NUMBER.finditer(text):
        yield int(found[1])
    for found in _OTHER.finditer(text):
        if found[1].lower() == name:
            yield int(found[2])
    for found in _ADDRESS.finditer(text):
        if found[1].lower() == home.lower():
            yield int(found[2])
