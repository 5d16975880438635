"""What the linter of runbooks found, as lines for a terminal, as JSON, and as annotations on the lines of files."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from stanch.app.annotated import Row, Told, annotations, shown
from stanch.app.report import COMMAND, harmless, unmarked
from stanch.core.markdown import bare
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint import RULES, Finding, Gravity, view
from stanch.core.runbooks.model import FOLDER
from stanch.core.wanted import Text
from stanch.render.words import Words

PLACEHOLDERS = "R009"

COMMONEST = 5
"""Placeholders that are named with the count of their pages: those to begin with."""


def told(
    library: Library, found: Sequence[Finding], problems: tuple[str, ...], only: frozenset[str] | None, *, strict: bool
) -> Told:
    """Exit code 2 for what could not be read, 1 for errors, and for warnings too if it is `strict`."""
    words = Words.load()
    wrong = any(strict or one.gravity is Gravity.ERROR for one in found)
    code = 2 if problems else int(wrong)
    rows = [_row(words, row) for row in view(found)]
    plain = [path for path in library.shelf.plain if only is None or path in only]
    report = {"exit_code": code, "problems": list(problems), "plain": plain, "findings": [shown(row) for row in rows]}
    return Told(
        text=harmless(COMMAND.sub("\\1\u200b::", "".join((*_lines(rows), _end(words, library, found, only))))),
        json=harmless(json.dumps(report, ensure_ascii=False)) + "\n",
        annotations=tuple(annotations([(str(row["file"]), row) for row in rows])),
        problems=tuple(harmless(problem) for problem in problems),
        exit_code=code,
    )


def listed() -> str:
    """Every rule with its severity and its reason, as a table in Markdown."""
    rules = [{"code": rule.code, "gravity": rule.gravity.value} for rule in RULES]
    return unmarked(Words.load()(Text("summary/runbook_rules", {"rules": rules})))


def _row(words: Words, row: Row) -> Row:
    message = unmarked(words(Text("summary/runbook_finding", {"row": row})))
    # No reference on GitHub is made here, and an anchor should be fit to be copied.
    return {**row, "message": " ".join(message.split()).replace("#\u200b", "#")}


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        place = f"{bare(str(row['file']))}:{row['line']}:{row['column']}" if row["file"] else f"{FOLDER}/"
        yield f"{place}: {row['code']} {row['gravity']}: {row['message']}\n"


def _names(finding: Finding) -> tuple[str, ...]:
    """The placeholders that a finding names."""
    named = finding.values.get("placeholders")
    return tuple(map(str, named)) if isinstance(named, list) else ()


def _end(words: Words, library: Library, found: Sequence[Finding], only: frozenset[str] | None) -> str:
    count = Counter(one.gravity for one in found)
    runbooks = [one.path for one in library.runbooks if only is None or one.path in only]
    leaves = [one.path for one in library.leaves if only is None or one.path in only]
    blanks = Counter(name for one in found if one.code == PLACEHOLDERS for name in _names(one))
    totals = {
        "pages": len(library.shelf.pages) if only is None else len(only & {one.path for one in library.shelf.pages}),
        "errors": count[Gravity.ERROR],
        "warnings": count[Gravity.WARNING],
        "unfilled": sum(one.code == PLACEHOLDERS for one in found),
        "placeholders": len(blanks),
        "commonest": [{"name": name, "pages": pages} for name, pages in blanks.most_common(COMMONEST) if pages > 1],
        "runbooks": len(runbooks),
        "handbook": len(leaves) - len(runbooks),
        "plain": [path for path in library.shelf.plain if only is None or path in only],
    }
    return unmarked(words(Text("summary/runbook_end", totals)))
