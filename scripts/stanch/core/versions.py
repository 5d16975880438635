"""Which of two versions is the newer one."""

import re

NUMBERS = re.compile(r"v?([0-9]{1,6})\.([0-9]{1,6})\.([0-9]{1,6})")


def is_newer(one: str, other: str) -> bool:
    """Whether `one` is newer than `other`; False where either is no version such as 1.2.3."""
    first, second = NUMBERS.match(one), NUMBERS.match(other)
    return bool(first and second) and _key(first) > _key(second)


def _key(found: "re.Match[str] | None") -> tuple[int, ...]:
    return tuple(int(part) for part in found.groups()) if found else ()
