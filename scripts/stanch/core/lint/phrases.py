"""Lists of phrases, written so that a reader can check them, as patterns."""

import re

SPACE = r"(?:[ \t]+(?:\n[ \t]*)?|\n[ \t]*)"
"""Between two words of a paragraph, which may be wrapped."""


def any_of(*lists: str) -> str:
    """A pattern for any of these: commas separate them, `*` is any ending, a dash may be a space or left out.

    A word may stand between underscores, which make it italic.
    """
    phrases = (phrase.strip() for text in lists for phrase in text.split(","))
    return rf"(?:(?<![^\W_])(?:{'|'.join(_pattern(phrase) for phrase in phrases if phrase)})(?![^\W_]))"


def first_words(*lists: str) -> frozenset[str]:
    """The word that each of these phrases begins with, in lower case: where none stands, no phrase does."""
    begins = (re.search(r"[^\W\d_]+", phrase) for text in lists for phrase in text.split(","))
    return frozenset(found[0].casefold() for found in begins if found)


def _pattern(phrase: str) -> str:
    words = (re.escape(word) for word in phrase.split())
    return SPACE.join(words).replace(r"\*", r"\w*").replace(r"\-", r"[ \t-]?").replace("'", "['\u2019]")
