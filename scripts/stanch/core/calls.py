"""The calls in a comment: each either becomes a command with arguments or names what is wrong with it.

A command is one line at the start of a comment line, outside code and quotes. `/stanch ack` is `/ack`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice, pairwise

from stanch.core import letters
from stanch.core.arguments import STATUSES, Arguments, Wrong
from stanch.core.commands import TABLE, Verb
from stanch.core.markdown import commands_area, fence_after, lines_of

BY_LETTERS: Mapping[str, str] = {"".join(sorted(name)): name for name in TABLE}

CALL = re.compile(
    r"/(?:stanch[ \t]{1,9}/?)?"
    r"(?:sev[-_]?(?P<level>[0-9]{1,2})|(?P<two>false[ \t_]{1,9}alarm)|(?P<verb>[a-z][a-z-]{0,30}!?))"
    r"(?:[:.,;!]?(?:[ \t]{1,99}(?P<rest>.*))?|(?P<glued>:)[^\s/]+(?:[ \t].*)?)",
    re.IGNORECASE,
)
"""A line that may call for a command: `/sev-2 why`, `/false alarm why` and `/update: text` are what is often typed."""

NEAR = {name: name for name in TABLE} | {status: f"{Verb.STATUS} {status}" for status in STATUSES}
"""What a word that is no command may have been meant for, by what is like it."""

BY_LENGTH = {n: [name for name in NEAR if 3 * max(n, len(name)) <= 5 * min(n, len(name))] for n in range(1, 33)}
"""The commands that a word of so many letters can be three quarters alike."""

ITS_LETTERS = {name: str.maketrans("", "", name) for name in NEAR}
"""For each of them, what takes its letters out of a word: what is left over cannot be like it."""

MOST = 20
"""Commands of one comment that are read; a wall of them is no way to work, and answers would fill the thread."""

HIDES = re.compile(r" {0,3}<!--")
OWN_PREFIX = re.compile(r"/stanch\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Call:
    """One line of a comment that calls for a command. `line` counts from 1.

    Either `arguments` is set, or `wrong` says why not; `meant` is the verb that a typo was close to.
    """

    line: int
    typed: str
    verb: Verb | None = None
    arguments: Arguments | None = None
    wrong: Wrong | None = None
    meant: str = ""


def read(body: str, at: datetime, zone: str) -> tuple[Call, ...]:
    """Every call in a comment's body, in order. `at` (UTC) and `zone` (IANA) give bare times their day."""
    if "/" not in body and "\uff0f" not in body:
        return ()
    lines, whole = tuple(commands_area(body)), lines_of(body)
    starts = (index for index, (_, line) in enumerate(lines) if _begins(_plain(line)))
    calls = []
    for start, end in pairwise([*islice(starts, MOST + 1), len(lines)]):
        number, line = lines[start]
        following = whole[number : lines[end][0] - 1 if end < len(lines) else len(whole)]
        call = _call(number, _plain(line), following, at, zone)
        calls += [call] if call else []
    if len(calls) > MOST:
        calls[MOST:] = [replace(calls[MOST], arguments=None, wrong=Wrong("too-many"))]
    return tuple(calls)


def _plain(line: str) -> str:
    """The line with look-alike characters folded and invisible ones gone."""
    folded = letters.folded(line.rstrip())
    return "".join(c for c in folded if c.isascii() or unicodedata.category(c) not in {"Cf", "Cc", "Co"})


def _begins(line: str) -> bool:
    """Whether a line calls for a command of ours, rightly spelt or nearly so; `/api is slow` is text."""
    typed, _ = _typed(line)
    return bool(typed) and (typed in TABLE or _unknown(0, typed, named=bool(OWN_PREFIX.match(line))) is not None)


def _typed(line: str) -> tuple[str, str]:
    """The command's name, empty when there is none, and the rest; slips that can mean one thing only are mended."""
    match = CALL.fullmatch(line)
    if match is None:
        return "", ""
    verb, rest = (match["verb"] or "").lower(), match["rest"] or ""
    if match["level"]:
        return Verb.SEV.value, f"{match['level']} {rest}"
    if match["two"]:
        return Verb.FALSE_ALARM.value, rest
    if match["glued"]:
        return f"{verb}:", rest
    return verb if verb in TABLE else verb.removesuffix("!"), rest


def _call(number: int, line: str, following: Iterable[str], at: datetime, zone: str) -> Call | None:
    """The call of a line. `/assign @user` without an item's number is another bot's."""
    typed, rest = _typed(line)
    usage = TABLE.get(typed)
    if usage is None:
        return _unknown(number, typed, named=bool(OWN_PREFIX.match(line)))
    if usage.runs_on:
        rest = "\n".join([rest, *_shown(following)]).strip()
    try:
        return Call(number, typed, usage.verb, usage.parse(rest.strip(), at, zone))
    except Wrong as wrong:
        others = usage.verb is Verb.ASSIGN and wrong.code == "no-item" and not OWN_PREFIX.match(line)
        return None if others else Call(number, typed, usage.verb, wrong=wrong)


def _shown(lines: Iterable[str]) -> Iterator[str]:
    """The lines that a reader of the comment sees, code and quotes too: all but what an HTML comment hides."""
    fence, hides = "", False
    for line in lines:
        hides = hides or (not fence and HIDES.match(line) is not None)
        _, end, after = line.partition("-->") if hides else ("", "", line)
        hides = hides and not end
        if after.strip() or not (hides or end):
            fence = fence_after(after, fence)
            yield after


def _unknown(number: int, typed: str, *, named: bool) -> Call | None:
    """A typo of ours is worth a word; another bot's command is none of our business."""
    close = _nearest(typed)
    if not close and not named:
        return None
    return Call(number, typed, wrong=Wrong("unknown"), meant=close or Verb.HELP.value)


@lru_cache(maxsize=1024)
def _nearest(typed: str) -> str:
    """The command that was meant by a typo; empty when none is near. Finding that out is dear."""
    swapped = BY_LETTERS.get("".join(sorted(typed)))
    length = len(typed)
    like = (
        name
        for name in BY_LENGTH.get(length, ())
        if 8 * (length - len(typed.translate(ITS_LETTERS[name]))) >= 3 * (length + len(name))
    )
    close = get_close_matches(typed, like, n=1, cutoff=0.75)
    return swapped or next((NEAR[name] for name in close), "")
