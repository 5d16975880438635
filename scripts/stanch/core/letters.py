"""Look-alike letters made one."""

import unicodedata
from itertools import groupby, islice

MOST_MARKS = 30
"""Marks on one letter that are kept, as in Unicode's Stream-Safe Text Format (UAX 15, D4)."""


def folded(text: str) -> str:
    """The text in NFKC. Sorting the marks of one letter takes quadratic time, so what nobody writes is left out."""
    if text.isascii():
        return text
    runs = groupby(text, key=lambda letter: unicodedata.combining(letter) > 0)
    kept = ("".join(islice(run, MOST_MARKS if marks else None)) for marks, run in runs)
    return unicodedata.normalize("NFKC", "".join(kept))
