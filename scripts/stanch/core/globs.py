"""Path patterns as `.gitignore` and workflow files know them: `*` stays in a folder, `**` does not.

A pattern without a slash matches a name in any folder; one that ends in a slash, everything below it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

PART = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|[^*?]+")

MEANING = {"**/": "(?:[^/]+/)*", "/**": "/.+", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether any of the patterns means this path; case counts, as it does for git."""
    return any(_compiled(pattern).fullmatch(path) for pattern in patterns)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    whole = pattern.removeprefix("/") if pattern.startswith("/") else pattern
    if "/" not in pattern.rstrip("/"):
        whole = f"**/{whole}"
    if whole.endswith("/"):
        whole += "**"
    # Neighbouring stars mean one: they would be tried in every way of sharing a name between them.
    whole = re.sub(r"\*{3,}", "**", re.sub(r"(?:\*\*/)+", "**/", whole))
    # DOTALL: a path may have a line break in it, and is none the less a migration.
    return re.compile("".join(MEANING.get(part, re.escape(part)) for part in PART.findall(whole)), re.DOTALL)
