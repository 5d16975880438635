"""How people speak of a runbook: by its name, by the path of its file, or by its title."""

from collections.abc import Iterator
from difflib import get_close_matches

from stanch.core.runbooks.model import Shelf
from stanch.core.severity import same_name

MARKS = " `'\"*<>()[]"
"""What may stand around a name."""

LIKE = 0.6
"""How like a name has to be to what was typed, to be asked about."""


def names_of(shelf: Shelf) -> tuple[str, ...]:
    """The names of all runbooks, also of files that could not be read as one."""
    unread = (_stem(page.path) for page in shelf.pages if page.runbook is None and page.problems)
    return tuple(dict.fromkeys((*(one.name for one in shelf.runbooks), *unread)))


def called(shelf: Shelf, typed: str) -> str:
    """The name of the runbook that is meant by what was typed, whatever its case, dashes and spaces; empty for none."""
    said = typed.strip(MARKS)
    names = _spoken(shelf)
    return names.get(same_name(said)) or names.get(same_name(_stem(said))) or ""


def nearest(shelf: Shelf, typed: str) -> str:
    """The runbook whose name or title is most like what was typed; empty where none is."""
    names = _spoken(shelf)
    close = get_close_matches(same_name(_stem(typed.strip(MARKS))), names, n=1, cutoff=LIKE)
    return names[close[0]] if close else ""


def _stem(said: str) -> str:
    """The name in a path, which may be a link's."""
    return said.split("#", maxsplit=1)[0].rpartition("/")[2].removesuffix(".md")


def _spoken(shelf: Shelf) -> dict[str, str]:
    """Every name by each way to say it; a name goes before a title."""
    return {**{said: name for said, name in _titles(shelf) if said}, **{same_name(one): one for one in names_of(shelf)}}


def _titles(shelf: Shelf) -> Iterator[tuple[str, str]]:
    return ((same_name(one.title), one.name) for one in reversed(shelf.runbooks))
