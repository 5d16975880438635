"""What a run says of itself: in the terminal, as JSON, in the step's summary and as annotations."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from stanch.app.road import Outcome
from stanch.core.naming import named
from stanch.core.wanted import Text
from stanch.render.words import Words

MOST_ANNOTATIONS = 9
"""GitHub shows ten errors of a step; the last one says how many more there are."""


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """The gravest of all: 3 could not tell or do, 2 a broken config, 1 an alarm, 0 fine."""
    return max((outcome.exit_code for outcome in outcomes), default=0)


def as_text(outcomes: Sequence[Outcome], *, dry: bool) -> str:
    """The run in Markdown that reads well in a terminal too."""
    view = {
        "dry": dry,
        "threads": [
            {
                "number": outcome.number,
                "writes": [named(write) for write in outcome.writes],
                "bodies": [getattr(write, "body", "") for write in outcome.writes] if dry else [],
                "owed": list(outcome.owed),
            }
            for outcome in outcomes
        ],
        "problems": sorted({problem for outcome in outcomes for problem in outcome.problems}),
        "alarms": [alarm for outcome in outcomes for alarm in outcome.alarms],
    }
    return Words.load()(Text("summary/run", view))


def json_report(outcomes: Sequence[Outcome], *, dry: bool) -> str:
    """The run as JSON: `{dry_run, exit_code, threads: [{number, writes, owed, alarms, problems}]}`."""
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
    return json.dumps({"dry_run": dry, "exit_code": exit_code(outcomes), "threads": threads}, ensure_ascii=False)


def add_to_summary(file: str, text: str) -> None:
    """Append to the step's summary; Actions gives every step a file of its own."""
    with Path(file).open("a", encoding="utf-8") as summary:
        summary.write(text)


def annotations(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Workflow commands for everything that turned the run red."""
    said = list(dict.fromkeys(_red(outcomes)))
    for message in said[:MOST_ANNOTATIONS]:
        yield f"::error title=Stanch::{_data(message)}"
    if len(said) > MOST_ANNOTATIONS:
        yield f"::error title=Stanch::and {len(said) - MOST_ANNOTATIONS} more, in the step's summary"


def _red(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        yield from (*outcome.problems, *outcome.alarms, *outcome.owed)


def _data(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
