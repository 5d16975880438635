"""What the doctor found, as a table for a terminal and as JSON."""

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stanch.app.mending import Mended
from stanch.app.reaching import Sent
from stanch.app.report import COMMAND, harmless, unmarked
from stanch.core.doctor.checks import CHECKS, Finding, Verdict, worst
from stanch.core.doctor.finding import row
from stanch.core.doctor.inspection import Inspection
from stanch.core.markdown import Safe, bare
from stanch.core.wanted import Text
from stanch.render.words import Words

INDENT = " " * 7
"""Below the mark and the code."""

NARROWEST = 40
"""Columns; in fewer a terminal breaks the lines better by itself."""

ADDRESS = re.compile(r"https?://[A-Za-z0-9._:-]+(?:/[A-Za-z0-9._-]+)*")


@dataclass(frozen=True)
class Told:
    """One look at everything, what was mended before it, and the test messages that were sent."""

    seen: Inspection
    findings: tuple[Finding, ...]
    mended: Mended = field(default_factory=Mended)
    sent: tuple[Sent, ...] = ()
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """1 when anything is wrong or could not be mended, 3 when something could not be told, else 0."""
        found = worst(self.findings)
        failed = any(one.problem for one in self.sent) or bool(self.mended.refused)
        if failed or found in {Verdict.FAULT, Verdict.WARNING}:
            return 1
        return 3 if found is Verdict.UNKNOWN else 0


def as_table(told: Told, width: int = 0) -> str:
    """A line for each check that is fine, and for each finding one with its fix below it.

    `width`: the columns of a terminal, at which long lines go on below themselves; 0 leaves them whole.
    """
    lines = "\n".join(_lines(told, width))
    return harmless(COMMAND.sub("\\1\u200b::", lines))


def _lines(told: Told, width: int) -> Iterator[str]:
    words = Words.load()
    for check in CHECKS:
        found = [one for one in told.findings if one.code == check.code]
        yield _said(words, "summary/doctor_check", {"code": check.code, "verdict": worst(found).value})
        rows = [_row(told, one) for one in found]
        shown = _said(words, "summary/doctor_findings", {"rows": rows}) if rows else ""
        for line in shown.splitlines():
            yield from _wrapped(line, width)
    yield ""
    for kind, texts in _after(told):
        yield from (_line(words, kind, text) for text in texts)
    yield _said(words, "summary/doctor_end", _totals(told))


def _wrapped(line: str, width: int) -> Iterator[str]:
    """A line below its check; a word that is longer than the width, such as an address, stays whole."""
    room = max(width, NARROWEST) if width else len(INDENT) + len(line) + 1
    below = INDENT + ("  " if line.startswith("→ ") else "")
    yield from textwrap.wrap(
        line, room, initial_indent=INDENT, subsequent_indent=below, break_long_words=False, break_on_hyphens=False
    )


def _row(told: Told, one: Finding) -> dict[str, object]:
    """A finding for its template; the address is GitHub's and ours, and stays one."""
    shown = row(one, told.seen.home.url)
    place = str(shown["place"])
    return {**shown, "place": Safe(place) if ADDRESS.fullmatch(place) else ""}


def _after(told: Told) -> Iterator[tuple[str, Sequence[str]]]:
    arrived = [one.channel for one in told.sent if not one.problem]
    tests = [f"test message to {channel}" for channel in arrived]
    yield ("would" if told.dry else "done"), (*told.mended.done, *(tests if told.dry else ()))
    yield "left", told.mended.left
    yield "refused", told.mended.refused
    yield "arrived", () if told.dry else arrived
    yield "lost", [f"{one.channel}: {one.problem}" for one in told.sent if one.problem]


def line(kind: str) -> str:
    """A line beside the table: `no_channel` where a test message has nowhere to go, `ask` before a ruleset is made."""
    return _line(Words.load(), kind)


def _line(words: Words, kind: str, text: str = "") -> str:
    return _said(words, "summary/doctor_line", {"kind": kind, "text": bare(text, 400)})


def _said(words: Words, name: str, view: dict[str, object]) -> str:
    return unmarked(words(Text(name, view))).strip("\n")


def _totals(told: Told) -> dict[str, object]:
    """How many checks there are of each verdict, and with how many `--fix` may help."""
    found = {check.code: [one for one in told.findings if one.code == check.code] for check in CHECKS}
    count = Counter(worst(of_one) for of_one in found.values())
    mends = (any(one.mend is not None for one in of_one) for of_one in found.values())
    mendable = 0 if told.seen.home.archived else sum(mends)
    totals = {verdict.value: count[verdict] for verdict in Verdict}
    return {**totals, "checks": len(CHECKS), "mendable": mendable}


def as_json(told: Told) -> str:
    """`{exit_code, repository, version, checks: [{code, name, verdict, findings: […]}], mended, left, refused, sent}`.

    A finding is `{verdict, why, about, what, fix, place, mendable, values}`.
    """
    words = Words.load()
    whole = {
        "exit_code": told.exit_code,
        "repository": told.seen.home.full_name,
        "version": told.seen.version,
        "checks": [_check(words, told, check.code) for check in CHECKS],
        "mended": list(told.mended.done),
        "left": list(told.mended.left),
        "refused": list(told.mended.refused),
        "sent": [{"channel": one.channel, "problem": one.problem} for one in told.sent],
    }
    return harmless(json.dumps(whole, ensure_ascii=False, default=str), as_json=True)


def _check(words: Words, told: Told, code: str) -> dict[str, object]:
    found = [one for one in told.findings if one.code == code]
    name = _said(words, "summary/doctor_name", {"code": code})
    return {
        "code": code,
        "name": name,
        "verdict": worst(found).value,
        "findings": [_plain(words, told, one) for one in found],
    }


def _plain(words: Words, told: Told, one: Finding) -> dict[str, object]:
    view = _row(told, one)
    what, fix = (_said(words, "summary/doctor_part", {"row": view, "part": part}) for part in ("what", "fix"))
    return {
        "verdict": one.verdict.value,
        "why": one.why,
        "about": one.about,
        "what": what,
        "fix": fix,
        "place": view["place"],
        "mendable": one.mend is not None,
        "values": dict(one.values),
    }


def listed() -> str:
    """Every check with its name and its reason, as a table in Markdown."""
    return unmarked(Words.load()(Text("summary/doctor_checks", {"codes": [check.code for check in CHECKS]})))
