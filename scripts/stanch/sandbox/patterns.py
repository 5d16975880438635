"""Patterns of branches as rulesets and branch protection read them: Ruby's File.fnmatch with FNM_PATHNAME.

So GitHub documents it ("Using fnmatch syntax"): a star stays between two slashes, only `**/` crosses them.
"""

import re
from functools import lru_cache

_PART = re.compile(r"\*\*/|\*+|\?|\[[^\]/]+\]|[^*?\[]+|\[")
_MEANING = {"**/": "(?:[^/]+/)*", "?": "[^/]"}


def fits(pattern: str, name: str) -> bool:
    """Whether a pattern means a name; case counts."""
    return _compiled(pattern).fullmatch(name) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile("".join(map(_meaning, _PART.findall(pattern))))
    except re.error:  # a range that runs backwards
        return re.compile(re.escape(pattern))


def _meaning(part: str) -> str:
    if part.startswith("[") and len(part) > 1:
        inside = re.sub(r"([\\\[\^])", r"\\\1", part[1:-1])
        return f"(?!/)[^{inside[1:]}]" if inside.startswith("!") else f"(?!/)[{inside}]"
    return _MEANING.get(part) or ("[^/]*" if part.startswith("*") else re.escape(part))
