"""What the linter found, as lines for a terminal, as JSON, and as annotations on the lines of a file."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stanch.app.annotated import Row, Told, annotations, shown
from stanch.app.report import COMMAND, harmless, unmarked
from stanch.core.lint import RULES, Finding, Gravity, view
from stanch.core.markdown import bare
from stanch.core.wanted import Text
from stanch.render.words import Words


@dataclass(frozen=True, slots=True)
class Linted:
    """One document: what it still lacks, after what was mended in `diff`. `file` is empty for what is no file."""

    name: str
    findings: tuple[Finding, ...]
    diff: str = ""
    file: str = ""


def told(documents: Sequence[Linted], problems: tuple[str, ...]) -> Told:
    """Exit code 2 for what could not be read, 1 for errors, 0 for anything less."""
    words = Words.load()
    errors = any(one.gravity is Gravity.ERROR for document in documents for one in document.findings)
    code = 2 if problems else int(errors)
    rows = [_rows(words, document) for document in documents]
    return Told(
        text=harmless(COMMAND.sub("\\1\u200b::", "".join(_lines(words, documents, rows)))),
        json=harmless(_json(documents, rows, problems, code)) + "\n",
        annotations=tuple(_annotations(documents, rows)),
        problems=tuple(harmless(problem) for problem in problems),
        exit_code=code,
    )


def listed() -> str:
    """Every rule with its severity and its reason, as a table in Markdown."""
    rules = [{"code": rule.code, "gravity": rule.gravity.value} for rule in RULES]
    return unmarked(Words.load()(Text("summary/lint_rules", {"rules": rules})))


def _rows(words: Words, document: Linted) -> list[Row]:
    """The view of each finding, with its message for a person."""
    rows = view(document.findings)
    messages = (words(Text("summary/lint_finding", {"row": row})) for row in rows)
    return [
        {**row, "message": " ".join(unmarked(message).split())} for row, message in zip(rows, messages, strict=True)
    ]


def _lines(words: Words, documents: Sequence[Linted], rows: Sequence[list[Row]]) -> Iterator[str]:
    for document, found in zip(documents, rows, strict=True):
        yield document.diff
        for row in found:
            place = f"{bare(document.name)}:{row['line']}:{row['column']}"
            yield f"{place}: {row['code']} {row['gravity']}: {row['message']}\n"
    count = Counter(one.gravity for document in documents for one in document.findings)
    mendable = sum(one.mended is not None for document in documents for one in document.findings)
    totals = {"errors": count[Gravity.ERROR], "warnings": count[Gravity.WARNING], "advice": count[Gravity.ADVICE]}
    yield unmarked(words(Text("summary/lint_end", {**totals, "files": len(documents), "mendable": mendable})))


def _json(documents: Sequence[Linted], rows: Sequence[list[Row]], problems: tuple[str, ...], code: int) -> str:
    """`{exit_code, problems, files: [{file, diff, findings: […]}]}`.

    A finding is `{code, severity, line, line_end, column, why, values, mended, message}`.
    """
    files = [
        {"file": document.name, "diff": document.diff, "findings": [shown(row) for row in found]}
        for document, found in zip(documents, rows, strict=True)
    ]
    return json.dumps({"exit_code": code, "problems": list(problems), "files": files}, ensure_ascii=False)


def _annotations(documents: Sequence[Linted], rows: Sequence[list[Row]]) -> Iterator[str]:
    return annotations([(document.file, row) for document, found in zip(documents, rows, strict=True) for row in found])
