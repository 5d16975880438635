"""What may follow a command's name, and what is wrong when it does not fit.

Each parser takes the rest of the line, the instant it was written (UTC) and the team's zone (IANA name),
and returns the arguments as plain strings: the ledger keeps them as they stood. A problem is a `Wrong`
with a code; its sentence stands in `templates/comments/refused.md`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from stanch.core.login import LOGIN
from stanch.core.runbooks.use import FAILED, WORKED
from stanch.core.severity import severity_of

Arguments = Mapping[str, str]

LONGEST_TEXT = 4_000
"""Characters of a text that are kept."""

LONGEST_NAME = 120
"""Characters of a runbook's name, path or title that are read."""

ONE_WORD = re.compile(rf"({LOGIN})")
MENTION = re.compile(rf"(?<![\w/@.-])@({LOGIN})(?![\w/\[-])")
FOR_GOOD = re.compile(r"for good\b[ \t:,;.–—-]*(.*)", re.IGNORECASE | re.DOTALL)  # noqa: RUF001 # dashes as people type them
ME = "me"
"""How the author of a command says "me"."""

STATUSES = ("investigating", "identified", "mitigated", "monitoring", "resolved")
CHECKS = ("failure", "neighbours", "containment")
KINDS = ("rollback", "flag", "scale", "redirect", "kill-switch", "workaround")
SPELLINGS = {"neighbors": "neighbours", "killswitch": "kill-switch", "kill": "kill-switch"}
CONTAINMENT_ID = re.compile(r"[Cc]?([0-9]{1,3})")
DURATION = re.compile(r"(?:(\d{1,3})\s?h)?\s?(?:(\d{1,4})\s?m(?:in)?)?", re.IGNORECASE)
UNTIL = re.compile(r"(?:^|\s)until\s+(\S+)\s*$", re.IGNORECASE)
CLOCK_TIME = re.compile(r"(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{1,2}):(\d{2})(?::\d{2})?\s?(Z|UTC)?", re.IGNORECASE)
LONGEST_SNOOZE = timedelta(hours=4)


class Wrong(Exception):
    """What was typed does not fit: a code for the template, and the values that its sentence names."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def _first(rest: str) -> tuple[str, str]:
    """The first word, without a mark that was put after it, and what follows."""
    word, left = [*rest.split(None, 1), "", ""][:2]
    return word.rstrip(":.,;!"), left


def anything(rest: str, _at: datetime, _zone: str) -> Arguments:
    """A remark that needs nothing."""
    return {"text": rest[:LONGEST_TEXT]} if rest else {}


def a_text(rest: str, _at: datetime, _zone: str) -> Arguments:
    if not rest:
        raise Wrong("no-text")
    return {"text": rest[:LONGEST_TEXT]}


def a_reason(rest: str, _at: datetime, _zone: str) -> Arguments:
    if not rest:
        raise Wrong("no-reason")
    return {"text": rest[:LONGEST_TEXT]}


FEWEST_WORDS = 5
"""Words of a waiver's reason: whoever has to write a sentence has thought one."""

RULE = re.compile(r"[Hh]-?0{0,2}([1-9][0-9]?)")


def a_waiver(rest: str, _at: datetime, _zone: str) -> Arguments:
    """`H006 the rounding stands in three places`."""
    word, why = _first(rest)
    match = RULE.fullmatch(word)
    if match is None:
        raise Wrong("no-rule", typed=word[:40])
    if len(why.split()) < FEWEST_WORDS:
        raise Wrong("few-words", typed=why[:40])
    return {"rule": f"H{int(match[1]):03}", "text": why[:LONGEST_TEXT]}


def a_severity(rest: str, _at: datetime, _zone: str) -> Arguments:
    """`2 why`, `sev-2 why`, `3 misjudged: why`."""
    level, why = _first(rest)
    severity = severity_of(level, {}) or severity_of(f"sev-{level}", {})
    if severity is None:
        raise Wrong("no-severity", typed=level)
    misjudged = re.match(r"misjudged\b[:,]?\s*", why, re.IGNORECASE)
    if misjudged is None:
        return {"severity": severity.label, "text": why[:LONGEST_TEXT]}
    reason = why[misjudged.end() :]
    if not reason:
        raise Wrong("no-reason")
    return {"severity": severity.label, "text": reason[:LONGEST_TEXT], "misjudged": "yes"}


def a_login(rest: str, _at: datetime, _zone: str) -> Arguments:
    """One `@login`, whatever words stand around it, or one word alone; `me` is the command's author."""
    named = {login.casefold(): login for login in MENTION.findall(rest)}
    bare = ONE_WORD.fullmatch(rest)
    if len(named) == 1 and len(MENTION.findall(rest)) == rest.count("@"):
        return {"login": next(iter(named.values()))}
    if bare is None:
        raise Wrong("no-login", typed=rest[:40])
    return {"login": bare[1]}


def a_status(rest: str, _at: datetime, _zone: str) -> Arguments:
    word, text = _first(rest)
    if word.lower() not in STATUSES:
        raise Wrong("no-status", typed=word.lower()[:40])
    return {"status": word.lower()} | ({"text": text[:LONGEST_TEXT]} if text else {})


def a_check(rest: str, _at: datetime, _zone: str) -> Arguments:
    """One check or several, then perhaps a remark; one that names a further check could mean anything."""
    words = [word for word in re.split(r"[\s,;:.!&+/|]+", rest.lower()) if word not in {"", "and"}]
    checks = [SPELLINGS.get(word, word) for word in words]
    asked = tuple(takewhile(CHECKS.__contains__, checks))
    if not asked or not set(CHECKS).isdisjoint(checks[len(asked) :]):
        raise Wrong("no-check", typed=rest[:40])
    return {"check": " ".join(dict.fromkeys(asked))}


VERDICTS = {WORKED: WORKED, "works": WORKED, FAILED: FAILED, "fails": FAILED}


def a_runbook(rest: str, _at: datetime, _zone: str) -> Arguments:
    """`database-connections worked`, `database-connections failed the dashboard is gone`: a title or a path will do."""
    words = list(re.finditer(r"\S+", rest.partition("\n")[0]))
    said = next((one for one in words[1:] if one[0].rstrip(":.,;!").lower() in VERDICTS), None)
    if said is None:
        raise Wrong("no-verdict" if words else "no-runbook", typed=rest[:40])
    name = rest[: said.start()].rstrip().rstrip(":,;-–—").rstrip()  # noqa: RUF001 # dashes as people type them
    verdict, why = VERDICTS[said[0].rstrip(":.,;!").lower()], rest[said.end() :].lstrip(" \t:,;.–—-").strip()  # noqa: RUF001 # the same
    if verdict == FAILED and not why:
        raise Wrong("no-failure")
    return {"runbook": name[:LONGEST_NAME], "verdict": verdict} | ({"text": why[:LONGEST_TEXT]} if why else {})


def an_id(rest: str, _at: datetime, _zone: str) -> Arguments:
    """`C1`: it is gone, whatever is said besides; `C1 for good: why`: it stays, and is accepted."""
    word, words = _first(rest)
    match = CONTAINMENT_ID.fullmatch(word)
    if match is None:
        raise Wrong("no-id", typed=word[:40])
    accepted = FOR_GOOD.fullmatch(words)
    if accepted and not accepted[1]:
        raise Wrong("no-reason")
    return {"id": f"C{int(match[1])}"} | ({"text": accepted[1][:LONGEST_TEXT]} if accepted else {})


def minutes(rest: str, _at: datetime, _zone: str) -> Arguments:
    """`30m`, `1h`, `1h30m`, `45`: kept in seconds."""
    match = DURATION.fullmatch(f"{rest}m" if rest.isdigit() else rest)
    length = timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0)) if match else timedelta(0)
    if not length:
        raise Wrong("no-duration", typed=rest[:40])
    if length > LONGEST_SNOOZE:
        raise Wrong("too-long", typed=rest[:40])
    return {"seconds": str(int(length.total_seconds()))}


def a_containment(rest: str, at: datetime, zone: str) -> Arguments:
    """`rollback deploy 7f3c2a1 until 2026-12-01`; the date may also be `3d`."""
    word, what = _first(rest.replace("\n", " "))
    kind = SPELLINGS.get(word.lower(), word.lower())
    if kind not in KINDS:
        raise Wrong("no-kind", typed=word[:40])
    until = UNTIL.search(what)
    plain = (what[: until.start()] if until else what).strip()
    if not plain:
        raise Wrong("no-what")
    found = {"kind": kind, "what": plain[:LONGEST_TEXT]}
    return found | ({"until": a_day(until[1], at, zone).isoformat()} if until else {})


def a_day(typed: str, at: datetime, zone: str) -> date:
    """`2026-12-01`, `3d`: a day that is not over yet, ten years from now at most."""
    today = at.astimezone(ZoneInfo(zone)).date()
    days = re.fullmatch(r"(\d{1,3})d", typed, re.IGNORECASE)
    try:
        day = today + timedelta(days=int(days[1])) if days else date.fromisoformat(typed)
    except ValueError:
        raise Wrong("no-date", typed=typed[:40]) from None
    if not today <= day <= today + timedelta(days=3660):
        raise Wrong("date-out-of-range", typed=typed[:40])
    return day


def a_moment(rest: str, at: datetime, zone: str) -> Arguments:
    """`deployed 1.4.2 | 02:14`: the time is the team's own unless it says UTC; none means now."""
    text, bar, typed = rest.replace("\n", " ").rpartition("|")
    if not bar:
        text, typed = rest, ""
    if not text.strip():
        raise Wrong("no-text")
    moment = _a_time(typed.strip(), at, zone) if typed.strip() else at
    return {"text": text.strip()[:LONGEST_TEXT], "when": moment.isoformat()}


def _a_time(typed: str, at: datetime, zone: str) -> datetime:
    match = CLOCK_TIME.fullmatch(typed)
    if match is None:
        raise Wrong("no-time", typed=typed[:40])
    place = UTC if match[4] else ZoneInfo(zone)
    try:
        clock = time(int(match[2]), int(match[3]))
        day = date.fromisoformat(match[1]) if match[1] else at.astimezone(place).date()
        moment = datetime.combine(day, clock, place).astimezone(UTC)
        if match[1] is None and moment > at:
            moment = datetime.combine(day - timedelta(days=1), clock, place).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Wrong("no-time", typed=typed[:40]) from None
    if moment > at or moment < at - timedelta(days=90):
        raise Wrong("time-out-of-range", typed=typed[:40])
    return moment
