"""R010: every link leads somewhere."""

import re
from collections.abc import Iterator
from itertools import takewhile
from posixpath import basename

from stanch.core.config_problems import nearest
from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.links import Link
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule

_LINES = re.compile(r"l[0-9]+(?:c[0-9]+)?(?:-l[0-9]+(?:c[0-9]+)?)?")
"""An anchor by which GitHub shows lines of a file."""

MOST_GUESSED = 5
"""Dead links of a page for which is said what was probably meant: to look for that costs more than to find them."""


class Links(Rule):
    """Relative links lead to files of the repository, and anchors to headings; addresses are not asked."""

    code = "R010"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for path, of_page in library.links.items():
            meant: dict[tuple[str, str], str] = {}
            for link in of_page:
                if why := _wrong(library, link):
                    target = link.path, link.anchor
                    if target not in meant:
                        meant[target] = _meant(library, path, link, why) if len(meant) < MOST_GUESSED else ""
                    values = {"target": link.written, "meant": meant[target], "file": link.path}
                    yield self.found(why, path, link.line, link.column, **values)


def _wrong(library: Library, link: Link) -> str:
    """Why a link leads nowhere; empty where it leads somewhere, or where nobody can say."""
    if link.outside:
        return "outside"
    anchors = library.anchors.get(link.path)
    if anchors is None:
        return "" if library.there is None or link.path in library.unreadable else "gone"
    known = not link.anchor or link.anchor in anchors or _LINES.fullmatch(link.anchor)
    return "" if known or not link.path.endswith(".md") else "anchor"


def _meant(library: Library, page: str, link: Link, why: str) -> str:
    """What was probably meant: a heading of that page, or a page whose file is called almost the same."""
    if why == "anchor":
        return nearest(link.anchor, library.anchors[link.path])
    names = {basename(path): path for path in library.sheets} if why == "gone" else {}
    close = nearest(basename(link.path), names)
    return _seen_from(page, names[close]) if close else ""


def _seen_from(page: str, path: str) -> str:
    """A path as it is linked from a page."""
    here, there = page.split("/")[:-1], path.split("/")
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there[:-1], strict=False)))
    return "/".join([".."] * (len(here) - shared) + there[shared:])
