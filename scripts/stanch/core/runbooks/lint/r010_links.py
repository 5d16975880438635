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


class Links(Rule):
    """Relative links lead to files of the repository, and anchors to headings; addresses are not asked."""

    code = "R010"
    gravity = Gravity.ERROR

    def look(self, library: Library) -> Iterator[Finding]:
        for path, of_page in library.links.items():
            for link in of_page:
                why, meant = _wrong(library, path, link)
                if why:
                    values = {"target": link.written, "meant": meant, "file": link.path}
                    yield self.found(why, path, link.line, link.column, **values)


def _wrong(library: Library, page: str, link: Link) -> tuple[str, str]:
    """Why a link leads nowhere, and what was probably meant; both empty where it leads somewhere."""
    if link.outside:
        return "outside", ""
    anchors = library.anchors.get(link.path)
    if anchors is None:
        unreadable = any(one.path == link.path for one in library.shelf.pages)
        return ("", "") if unreadable or library.there is None else ("gone", _meant(library, page, link))
    if not link.anchor or link.anchor in anchors or not link.path.endswith(".md") or _LINES.fullmatch(link.anchor):
        return "", ""
    return "anchor", nearest(link.anchor, anchors)


def _meant(library: Library, page: str, link: Link) -> str:
    """The page whose file is called almost as the one that is missing, as it is linked from here."""
    names = {basename(path): path for path in library.sheets}
    close = nearest(basename(link.path), names)
    return _seen_from(page, names[close]) if close else ""


def _seen_from(page: str, path: str) -> str:
    """A path as it is linked from a page."""
    here, there = page.split("/")[:-1], path.split("/")
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there[:-1], strict=False)))
    return "/".join([".."] * (len(here) - shared) + there[shared:])
