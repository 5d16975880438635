"""What `stanch init` says: on the terminal, as JSON, and in its pull request."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from functools import cache
from itertools import groupby

from stanch import __version__
from stanch.app.init_work import Work
from stanch.core.config_problems import CONFIG_PATH
from stanch.core.markdown import Safe, as_written, cut
from stanch.core.marker import Marker, marker_of
from stanch.core.setup.files import RUNBOOKS
from stanch.core.setup.manifest import MANIFEST, digest
from stanch.core.setup.notes import known, missing
from stanch.core.setup.upgrade import Change, Fate
from stanch.core.wanted import Text, View
from stanch.render.words import Words

KEY = "setup"
"""The key of our pull requests, followed by their kind."""

BODIES = {"init": "setup/pull_init", "upgrade": "setup/pull_upgrade", "remove": "setup/pull_remove"}

MOST_SHOWN = 10
"""Edited files whose differences a pull request shows."""

ROOM = 30_000
"""Characters for all of these."""


COLOURS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}
PLAIN = "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of it: `how` is written, opened, updated, there, theirs, nothing or dry."""

    how: str
    number: int | None = None
    url: str = ""


@cache
def _words() -> Words:
    return Words.load()


def line(kind: str, text: str = "", count: int = 0) -> str:
    """One line of `summary/init_line`: a question, a file, or what is being done."""
    return _words()(Text("summary/init_line", {"kind": kind, "text": text, "count": count})).rstrip()


def pull_title(work: Work) -> str:
    return _words()(Text("setup/pull_title", {"kind": work.kind, "version": __version__}))


def pull_body(work: Work) -> str:
    """The whole text of the pull request, under a marker by which an edit of it is told."""
    text = cut(_words()(Text(BODIES[work.kind], view_of(work))))
    return f"{Marker(f'{KEY}/{work.kind}', stamp={'text': _mark(text)})}\n{text}"


def is_ours(body: str) -> bool:
    """Whether a pull request's text is still the one that `init` wrote, to the letter."""
    found = marker_of(body)
    return found is not None and found.stamp.get("text") == _mark(body.partition("\n")[2])


def _mark(text: str) -> str:
    """What a text is known by; GitHub may end its lines otherwise, and strip it."""
    return digest(text.strip())[:16]


def view_of(work: Work) -> View:
    """What the pull requests say, and what they have in common."""
    done = work.upgrade
    paths = [change.path for change in done.writes]
    return {
        "version": Safe(__version__),
        "was": work.there.installed.version if work.there.installed else "",
        "pin": Safe(str(work.pin)),
        "release": Safe(work.pin.version),
        "branch": work.there.found.branch,
        "production": work.there.found.production,
        "files": [path for path in paths if not path.startswith(RUNBOOKS)],
        "runbooks": sum(path.startswith(RUNBOOKS) for path in paths),
        "known": list(known(work.there.found)),
        "missing": list(missing(work.there.found, work.choices, done)),
        "offered": [_offered(change, ROOM // MOST_SHOWN) for change in done.of(Fate.OFFER)[:MOST_SHOWN]],
        "unshown": [change.path for change in done.of(Fate.OFFER)[MOST_SHOWN:]],
        "kept": [change.path for change in done.of(Fate.KEEP, Fate.OFFER)],
        "gone": [change.path for change in done.of(Fate.GONE)],
        "theirs": [change.path for change in done.of(Fate.THEIRS)],
    }


def _offered(change: Change, room: int) -> dict[str, object]:
    """A difference in a fence that nothing in it can end."""
    diff = as_written("\n".join(differences(change)), room)
    longest = max((len(list(run)) for char, run in groupby(diff) if char == "`"), default=0)
    return {"path": change.path, "diff": Safe(diff), "fence": Safe("`" * max(3, longest + 1))}


def differences(change: Change) -> Iterator[str]:
    """The lines of a unified diff."""
    before, after = (text.splitlines() if text is not None else [] for text in (change.before, change.after))
    old = f"a/{change.path}" if change.before is not None else "/dev/null"
    new = f"b/{change.path}" if change.after is not None else "/dev/null"
    return unified_diff(before, after, old, new, lineterm="")


def planned(work: Work, *, whole: bool, colours: bool) -> str:
    """What would become of each file, and what changes in it; `whole` shows new files and the record as well."""
    lines = [_head(work), *_rows(work)]
    for change in work.upgrade.changes:
        new = change.path == MANIFEST or (change.fate in {Fate.ADD, Fate.REMOVE} and change.path != CONFIG_PATH)
        if change.fate is Fate.OFFER or (change.is_write and (whole or not new)):
            lines += ["", *(_coloured(as_written(one), colours=colours) for one in differences(change))]
    return "\n".join(lines)


def _head(work: Work) -> str:
    view = {"kind": work.kind, "version": __version__, "name": work.there.found.name, "broken": work.there.broken}
    return _words()(Text("summary/init_head", view)).strip()


def _rows(work: Work) -> Iterator[str]:
    """One line a file; new runbooks are counted."""
    pages = 0
    for change in work.upgrade.changes:
        if change.fate is Fate.ADD and change.path.startswith(RUNBOOKS):
            pages += 1
        elif change.fate is not Fate.SAME:
            yield line(change.fate.value, change.path)
    if pages:
        yield line("runbooks", count=pages)


def _coloured(text: str, *, colours: bool) -> str:
    return f"{COLOURS[text[0]]}{text}{PLAIN}" if colours and text[:1] in COLOURS else text


def ended(work: Work, landed: Landed) -> str:
    """What became of it, and what to do next; without a pull request also what is missing."""
    rows = list(missing(work.there.found, work.choices, work.upgrade)) if landed.how in {"written", "dry"} else []
    view = {
        "how": landed.how,
        "kind": work.kind,
        "number": landed.number,
        "url": landed.url,
        "missing": rows if work.kind == "init" else [],
        "pin": Safe(str(work.pin)),
        "branch": work.there.found.branch,
        "production": work.there.found.production,
    }
    return _words()(Text("summary/init_end", view)).strip()


def as_json(work: Work, landed: Landed) -> str:
    """`{kind, version, repository, how, dry_run, files: [{path, fate}], pull_request: {number, url}, missing}`."""
    pull = {"number": landed.number, "url": landed.url} if landed.number else None
    rows = missing(work.there.found, work.choices, work.upgrade) if work.kind != "remove" else ()
    said = {
        "kind": work.kind,
        "version": __version__,
        "repository": work.there.found.name,
        "how": landed.how,
        "dry_run": landed.how == "dry",
        "files": [{"path": change.path, "fate": change.fate.value} for change in work.upgrade.changes],
        "pull_request": pull,
        "missing": [row["kind"] for row in rows],
    }
    return json.dumps(said, ensure_ascii=False)
