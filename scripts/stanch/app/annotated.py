"""What a linter tells, and its findings as annotations on the lines of files: GitHub's workflow commands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stanch.app.report import MOST_ANNOTATIONS, harmless
from stanch.core.lint.finding import Gravity
from stanch.core.markdown import bare

KINDS = {Gravity.ERROR: "error", Gravity.WARNING: "warning", Gravity.ADVICE: "notice"}
"""What GitHub calls them: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands"""

Row = dict[str, object]
"""The view of a finding, with its `message` for a person."""


@dataclass(frozen=True, slots=True)
class Told:
    """The same in three ways, what could not be read, and the exit code."""

    text: str
    json: str
    annotations: tuple[str, ...]
    problems: tuple[str, ...]
    exit_code: int


def shown(row: Row) -> Row:
    """A finding as `--json` has it."""
    return {"severity" if key == "gravity" else key: value for key, value in row.items()}


def annotations(found: Sequence[tuple[str, Row]]) -> Iterator[str]:
    """Each finding on its file, which is empty for none; the gravest first.

    GitHub shows ten of each kind for a step, and the last one says how many more there are.
    """
    for gravity, kind in KINDS.items():
        said = [(file, row) for file, row in found if row["gravity"] == gravity.value]
        yield from (_annotation(kind, file, row) for file, row in said[:MOST_ANNOTATIONS])
        if len(said) > MOST_ANNOTATIONS:
            yield f"::{kind} title=Stanch::and {len(said) - MOST_ANNOTATIONS} more, in the log above"


def _annotation(kind: str, file: str, row: Row) -> str:
    """One finding as a workflow command that neither a file's name nor a message can break out of."""
    line, column = row["line"], row["column"]
    place = {"file": file, "line": line, "endLine": row.get("line_end", line), "col": column} if file else {}
    said = ",".join(f"{key}={_property(str(value))}" for key, value in {**place, "title": row["code"]}.items())
    return f"::{kind} {said}::{_message(str(row['message']))}"


def _message(text: str) -> str:
    return harmless(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(bare(text)).replace(":", "%3A").replace(",", "%2C")
