"""Reads a runbook: Markdown below front matter, which is read as the config is, with its places and without traps."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from stanch.adapters.config_file import read_source
from stanch.core.config_problems import Place, Problem, in_order
from stanch.core.markdown import lines_of
from stanch.core.runbooks.front_matter import front_of
from stanch.core.runbooks.model import Kind, Page, Runbook, Section, Shelf, shelf_of
from stanch.core.runbooks.sheet import Sheet, sheet_of

MOST_BYTES = 64 * 1024
"""Of one page: what nobody reads to its end at night is no runbook."""

FENCE = "---"
ENDS = ("---", "...")

SECOND = 2
"""The level of the headings of sections."""

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_runbook(path: str, text: str | bytes | None) -> Page:
    """One page, and all that is wrong with its front matter. None is a file that is no text."""
    plain, problem = _plain(text)
    if problem:
        return Page(path, None, (Problem(path, Place(), problem),))
    lines = tuple(lines_of(plain))
    if lines[0].rstrip() != FENCE:
        return Page(path, sheet=sheet_of(path, lines))
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() in ENDS), None)
    if end is None:
        said = 'the front matter that begins here never ends; put "---" on a line of its own below it'
        return Page(path, None, (Problem(path, Place(), said),))
    return _page(path, lines, end)


def read_runbooks(files: Mapping[str, str | bytes | None]) -> Shelf:
    """Every page, by the path of its file."""
    return shelf_of(read_runbook(path, text) for path, text in files.items())


def _plain(text: str | bytes | None) -> tuple[str, str]:
    """The text without its byte order mark, or what is wrong with it."""
    if text is None or (b"\0" in text if isinstance(text, bytes) else "\0" in text):
        return "", "it is no text; keep Markdown files in this folder"
    encoded = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
    if len(encoded) > MOST_BYTES:
        return "", f"the file has more than {MOST_BYTES:,} bytes, and nobody reads that at night; split it"
    try:
        decoded = encoded.decode(errors="strict" if isinstance(text, bytes) else "replace")
    except UnicodeDecodeError as error:
        return "", f"the file is not UTF-8 at byte {error.start}; save it as UTF-8"
    return decoded.removeprefix("\ufeff"), ""


def _page(path: str, lines: tuple[str, ...], end: int) -> Page:
    """`end` is the index of the line that closes the front matter."""
    # An empty line stands for the fence, so that every place is the file's own.
    source = read_source("\n".join(["", *lines[1:end], ""]), path)
    front = front_of(source)
    written, name = front.written, PurePosixPath(path).stem
    sheet = sheet_of(path, lines, end + 1)
    title = next((head.title for head in sheet.heads if head.level == 1), "")
    runbook = Runbook(
        path=path,
        name=name,
        title=title or name,
        services=tuple(written.services or ()),
        symptoms=tuple(written.symptoms or ()),
        alerts=tuple(written.alerts or ()),
        severity=written.severity,
        owner=written.owner,
        last_reviewed=written.last_reviewed,
        review_every=written.review_every,
        sections=tuple(_sections(sheet)),
        text="\n".join(lines),
        kind=written.kind,
        places={**source.values, **source.keys},
    )
    problems = [*front.problems, *_misnamed(runbook)]
    return Page(path, runbook, in_order(problems), sheet)


def _misnamed(runbook: Runbook) -> list[Problem]:
    if runbook.kind is not Kind.RUNBOOK or NAME.fullmatch(runbook.name):
        return []
    said = "people name a runbook in a command by its file's name; use small letters, digits and dashes only"
    return [Problem(runbook.path, Place(), said)]


def _sections(sheet: Sheet) -> Iterator[Section]:
    """What stands below each heading of the second level."""
    tops = [head for head in sheet.heads if head.level <= SECOND]
    ends = [*(head.line for head in tops), len(sheet.lines) + 1]
    for head, after in zip(tops, ends[1:], strict=True):
        if head.level == SECOND:
            first, last = head.line_end + 1, after - 1
            while last >= first and not sheet.lines[last - 1].strip():
                last -= 1
            yield Section(head.title, head.line, first, last, "\n".join(sheet.lines[first - 1 : last]))
