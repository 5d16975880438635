"""What a run says of itself: in the terminal, as JSON, in the step's summary and as annotations."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from stanch.core.errors import UsageProblem
from stanch.core.markdown import Safe, cut
from stanch.core.naming import named
from stanch.core.wanted import Text
from stanch.render.words import Words

if TYPE_CHECKING:
    from stanch.app.road import Outcome  # it brings the whole plan along, which `stanch prove` has no use for

MOST_ANNOTATIONS = 9
"""GitHub shows ten errors of a step; the last one says how many more there are."""

CODE_SPAN = re.compile(r"<code>(.*?)</code>")
ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
"""Our backslash in people's text; one of theirs is an entity."""

COMMAND = re.compile(r"(?m)^(\s*)::")

LONGEST_SUMMARY = 900_000
"""Bytes of a summary; over 1 MiB GitHub shows none of it."""


def exit_code(outcomes: "Iterable[Outcome]") -> int:
    """The gravest of all: 3 could not tell or do, 2 a broken config, 1 an alarm, 0 fine."""
    return max((outcome.exit_code for outcome in outcomes), default=0)


def run_line(kind: str, text: str = "", number: int | None = None, count: int = 0, *, dry: bool = False) -> str:
    """One line about a run: what was done, or what is being done while it takes long."""
    view = {"kind": kind, "text": text, "number": number, "count": count, "dry": dry}
    return Words.load()(Text("summary/run_line", view)).rstrip()


@dataclass(frozen=True, slots=True)
class Clocks:
    """When a run last looked at the clocks (UTC), and by how many seconds the latest notice was late that it sent of
    those that time alone had made due; None when it sent none.
    """

    looked_at: datetime
    late: int | None


def clocks_of(outcomes: "Iterable[Outcome]", looked_at: datetime | None) -> Clocks | None:
    """What a run says of the clocks; None for one that kept none."""
    late = max((one.late for one in outcomes if one.late is not None), default=None)
    return Clocks(looked_at, None if late is None else int(late.total_seconds())) if looked_at else None


def as_text(outcomes: "Sequence[Outcome]", clocks: Clocks | None, *, dry: bool) -> str:
    """The run for a terminal, and in the end what it says of the clocks."""
    lines = [*as_lines(outcomes, dry=dry)]
    if clocks is not None:
        lines.append(Words.load()(Text("summary/clocks", asdict(clocks))).strip())
    return "\n".join(lines)


def as_lines(outcomes: "Sequence[Outcome]", *, dry: bool) -> Iterator[str]:
    """The run for a terminal; in a dry run with the text of each comment and issue that would be written."""

    line = partial(run_line, dry=dry)
    if not outcomes:
        yield line("nothing")
    for outcome in outcomes:
        kind = "unfinished" if outcome.owed and not outcome.writes else "thread"
        yield line(kind, number=outcome.number, count=len(outcome.writes))
        for write in outcome.writes:
            yield line("write", named(write))
            yield from (f"    {text}" for text in getattr(write, "body", "").splitlines() if dry)
        yield from (line("owed", debt) for debt in outcome.owed)
    problems = sorted({problem for outcome in outcomes for problem in outcome.problems})
    alarms = [alarm for outcome in outcomes for alarm in outcome.alarms]
    yield from (line("warning", text) for text in (*alarms, *problems))
    yield from (line("defaults") for _ in problems[:1])


def as_summary(outcomes: "Sequence[Outcome]", clocks: Clocks | None = None, *, dry: bool) -> str:
    """The run in Markdown, for the step's summary, with every rule of each hotfix: at most LONGEST_SUMMARY bytes."""
    words = Words.load()
    view = {
        "dry": dry,
        "threads": [
            {
                "number": outcome.number,
                "writes": [named(write) for write in outcome.writes],
                "bodies": [getattr(write, "body", "") for write in outcome.writes] if dry else [],
                "owed": list(outcome.owed),
                "shown": Safe(words(outcome.shown)) if outcome.shown else "",
            }
            for outcome in outcomes
        ],
        "problems": sorted({problem for outcome in outcomes for problem in outcome.problems}),
        "alarms": [alarm for outcome in outcomes for alarm in outcome.alarms],
        "clocks": words(Text("summary/clocks", asdict(clocks))).strip() if clocks else "",
    }
    return cut(words(Text("summary/run", view)), LONGEST_SUMMARY)


def json_report(outcomes: "Sequence[Outcome]", clocks: Clocks | None = None, *, dry: bool) -> str:
    """The run as JSON: `{dry_run, exit_code, clocks, threads: [{number, writes, owed, alarms, problems}]}`.

    `clocks` is `{looked_at, late_seconds}`, null for a run that kept none; `late_seconds` is null when nothing was due.
    """
    threads = [
        {
            "number": outcome.number,
            "writes": [{"write": type(write).__name__, **asdict(write)} for write in outcome.writes],
            "owed": list(outcome.owed),
            "alarms": list(outcome.alarms),
            "problems": list(outcome.problems),
        }
        for outcome in outcomes
    ]
    kept = {"looked_at": clocks.looked_at.isoformat(), "late_seconds": clocks.late} if clocks else None
    whole = {"dry_run": dry, "exit_code": exit_code(outcomes), "clocks": kept, "threads": threads}
    return json.dumps(whole, ensure_ascii=False)


def add_to_summary(file: str, text: str) -> None:
    """Append to the step's summary; Actions gives every step a file of its own. Raises UsageProblem."""
    try:
        with Path(file).open("a", encoding="utf-8") as summary:
            summary.write(text)
    except (OSError, ValueError) as problem:
        why = f"GITHUB_STEP_SUMMARY is {file!r}, which cannot be written ({type(problem).__name__})"
        raise UsageProblem(
            f"{why}. All the rest was done; unset it, or name a file in a folder that exists."
        ) from problem


def complaint(outcomes: "Sequence[Outcome]") -> str:
    """Why the run is red, in one sentence for stderr; empty when it is not."""
    owed = (debt for outcome in outcomes for debt in outcome.owed)
    red = list(dict.fromkeys((*owed, *_red(outcomes))))
    if not red:
        return ""
    said = harmless(" ".join(red[0].split()))
    closed = said if said.endswith((".", "?", "!")) else f"{said}."
    return f"{closed} And {len(red) - 1} more, above." if len(red) > 1 else closed


def harmless(text: str, *, as_json: bool = False) -> str:
    """Text for a log in which the runner finds no command: it takes `##[` for one anywhere on a line.

    In JSON the same value is meant as before; what begins with a brace is taken for JSON.
    """
    return text.replace("##[", "#\\u0023[" if as_json or text.startswith("{") else "##\u200b[")


def unmarked(markdown: str) -> str:
    """What stands in Markdown, for a terminal, where tags and entities would only be in the way.

    No line of it begins as a command to the runner does.
    """
    ours = CODE_SPAN.sub(r"`\1`", markdown.replace("**", ""))
    text = unescape(ESCAPED.sub("", ours)).replace("@\u200b", "@")
    return COMMAND.sub("\\1\u200b::", text)


def annotations(outcomes: "Iterable[Outcome]") -> Iterator[str]:
    """Workflow commands for everything that turned the run red."""
    said = list(dict.fromkeys(_red(outcomes)))
    for message in said[:MOST_ANNOTATIONS]:
        yield annotation(message)
    if len(said) > MOST_ANNOTATIONS:
        yield annotation(f"and {len(said) - MOST_ANNOTATIONS} more, in the step's summary")


def annotation(message: str) -> str:
    """One error of the step as a workflow command that no message can break out of."""
    return "::error title=Stanch::" + harmless(message).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _red(outcomes: "Iterable[Outcome]") -> Iterator[str]:
    for outcome in outcomes:
        yield from (*outcome.owed, *outcome.problems, *outcome.alarms)
