"""Which paths a pattern means: `*` stays within one folder, `**` crosses them."""

import re
from collections.abc import Iterable
from functools import lru_cache

_PIECES = re.compile(r"(?P<folders>\*\*/)|(?P<rest>/\*\*$)|(?P<any>\*\*)|(?P<some>\*)|(?P<one>\?)|(?P<text>[^*?/]+|/)")
_MEANINGS = {"folders": "(?:.*/)?", "rest": "/.*", "any": ".*", "some": "[^/]*", "one": "[^/]"}


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path, from the repository's root, is meant by one of the patterns."""
    return any(_compiled(pattern).fullmatch(path) for pattern in patterns)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = (_MEANINGS.get(str(found.lastgroup)) or re.escape(found[0]) for found in _PIECES.finditer(pattern))
    return re.compile("".join(parts), re.DOTALL)
