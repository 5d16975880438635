"""Dates as people write them. A day is read where one is named; a year is never invented, an order never guessed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Reading:
    """How what could be two days is read, and from which day relative dates count (else the document's own date)."""

    day_first: bool | None = None
    written_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """`raw` is what was written; `day` is None where it names none, `ambiguous` where it could be two."""

    day: date | None
    raw: str
    ambiguous: bool = False


NEVER = Due(None, "")

_NAMES = (
    "january januar janvier januari jänner enero janeiro gennaio janúar jan janv ene gen",
    "february februar février fevrier februari febrero fevereiro febbraio feb fév févr fev",
    "march märz maerz mars maart marzo março marco marts mar mär mrz mrt",
    "april avril abril aprile apr avr abr",
    "may mai mayo maio maggio mei maj mag",
    "june juni juin junio junho giugno jun giu",
    "july juli juillet julio julho luglio jul juil lug",
    "august août aout augustus augusti agosto aug ago",
    "september septembre septiembre setembro settembre sept sep set",
    "october oktober octobre octubre outubro ottobre oct okt out ott",
    "november novembre noviembre novembro nov",
    "december dezember décembre decembre diciembre dezembro dicembre dec dez déc dic",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TH = r"(?:st|nd|rd|th|\.|er|º)?"
_OF = r"(?: (?:of|de|del|do))?"
_UNIT = r"(?:business |working |calendar )?(?:day|week|month|quarter)s?"

DAY = (
    rf"[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?:T[0-9]{{2}}:[0-9:.]{{2,12}}(?:Z|[+-][0-9:]{{2,6}})?)?"
    rf"|[0-9]{{1,2}}-{_MONTH}-[0-9]{{4}}|[0-9]{{1,2}}(?:\.[0-9]{{1,2}}\.|-[0-9]{{1,2}}-"
    rf"|/[0-9]{{1,2}}/)[0-9]{{4}}"
    rf"|[0-9]{{1,2}}{_TH}{_OF} {_MONTH}\.?,?{_OF} [0-9]{{4}}|{_MONTH}\.? [0-9]{{1,2}}{_TH},? [0-9]{{4}}"
)
_SPAN = r"(?:q[1-4]|h[12])(?:[ /-]?[0-9]{4}|[ /-]?['\u2019]?[0-9]{2}(?![0-9]))?"
VAGUE = (
    rf"[0-9]{{1,2}}{_TH}{_OF} {_MONTH}|{_MONTH}\.? [0-9]{{1,2}}{_TH}(?![0-9])|{_MONTH}\.? [0-9]{{4}}"
    rf"|[0-9]{{1,2}}/[0-9]{{1,2}}(?:/[0-9]{{2}})?(?![0-9/])|[0-9]{{1,2}}-{_MONTH}-[0-9]{{2}}(?![0-9])"
    rf"|{_SPAN}(?: ?[-\u2013\u2014/] ?{_SPAN})?"
    rf"|(?:the )?(?:end of (?:the )?|eo|mid[- ]|early |late )?(?:(?:this|next|current|coming|the|following) )?"
    rf"(?:sprint|week|month|quarter|year|iteration|release|business day|{'|'.join(_WEEKDAYS)}|{_SPAN}|{_MONTH})"
    rf"(?: [0-9]{{4}})?|eo[dwmqy]|tomorrow|today|tonight|asap|immediately"
    rf"|(?:with)?in (?:the next )?(?:[0-9]{{1,3}}|a|one|two|three|four|six) {_UNIT}"
    r"|(?:inom|om) [0-9]{1,3} (?:dag(?:ar)?|veck(?:a|or)|m\u00e5nad(?:er)?)"
    r"|(?:denna|n\u00e4sta) (?:sprint|vecka|m\u00e5nad)|n\u00e4sta kvartal"
)
WHEN = re.compile(rf"[*_`~]{{0,3}}(?:{DAY}|{VAGUE})[*_`~]{{0,3}}", re.IGNORECASE)
"""Anything that says when."""

_DAY = re.compile(rf"(?<![\w/-])(?:{DAY})(?![\w/])", re.IGNORECASE)
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
_SHORT_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{2}")
FORMAT = re.compile(r"(?<![A-Z])(?:YYYY-MM-DD|DD[/.]MM[/.]YYYY|MM/DD/YYYY)(?![A-Z])")
"""What a template holds where a date is to be written."""

_REMARK = re.compile(
    rf"^({DAY})(?::| (?!(?:end|eod|cob|eob|close|at|by|or|and|to|until|till|noon|morning|evening|utc|[a-z]{{2,4}}t)\b)"
    rf"[^\W\d_]).*$",
    re.IGNORECASE,
)
"""A day, and words behind it that say nothing of when."""

_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_RELATIVE = re.compile(
    r"(?:(?:with)?in (?:the next )?|\binom |\bom |^(?=\w+ (?:calendar )?(?:day|week)s?$))"
    r"([0-9]{1,3}|a|one|two|three|four|six) (?:calendar )?(day|week|dag|veck)"
)


def due_of(written: str, how: Reading, written_on: date | None) -> Due:
    """What a stated due date says. `written_on` is the day from which relative ones count."""
    raw = written.strip(" *_`~.,;:()[]")
    if FORMAT.fullmatch(raw):
        return NEVER
    found = list(_DAY.finditer(raw))
    if found:
        return _day(found[-1][0], _REMARK.sub(r"\1", raw), how)
    short = _SHORT_YEAR.fullmatch(raw)
    unsure = bool(short and short[1] != short[2] and max(int(short[1]), int(short[2])) <= 12)
    return Due(_relative(_small(raw), how.written_on or written_on), raw, unsure)


def day_of(written: str, how: Reading) -> date | None:
    """The first day that a text names."""
    found = _DAY.search(written)
    return _day(found[0], "", how).day if found else None


def _day(written: str, raw: str, how: Reading) -> Due:
    parts = _PARTS.findall(_small(written))
    numbers = [int(part) for part in parts if part.isdigit()]
    named = [_MONTHS[part] for part in parts if part in _MONTHS]
    if named:
        return Due(_date(numbers[-1], named[0], numbers[0]), raw)
    if len(parts[0]) == len("2026"):
        return Due(_date(*numbers[:3]), raw)
    one, two, year = numbers
    as_day_first, as_month_first = _date(year, two, one), _date(year, one, two)
    if "." in written or not as_month_first or as_day_first == as_month_first:
        return Due(as_day_first, raw)
    if not as_day_first:
        return Due(as_month_first, raw)
    if how.day_first is None:
        return Due(None, raw, ambiguous=True)
    return Due(as_day_first if how.day_first else as_month_first, raw, ambiguous=True)


def _small(written: str) -> str:
    """In lower case. Of the letters that a pattern takes for an i without regard to case, two are not small ones."""
    return written.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(written: str, since: date | None) -> date | None:
    """What is counted from a known day: `tomorrow`, `within 7 days`, `by Friday`."""
    if since is None:
        return None
    found = _RELATIVE.search(written)
    if found:
        count = _COUNTS.get(found[1]) or int(found[1])
        return _after(since, count * (7 if found[2] in {"week", "veck"} else 1))
    if written in {"today", "tomorrow"}:
        return _after(since, int(written == "tomorrow"))
    if written in _WEEKDAYS:
        return _after(since, (_WEEKDAYS.index(written) - since.weekday()) % 7)
    return None


def _after(since: date, days: int) -> date | None:
    try:
        return since + timedelta(days=days)
    except OverflowError:
        return None
