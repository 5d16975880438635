"""One item's own words taken apart: its text, who owns it, when it is due, and the marks upon it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from stanch.core.actions import dates, fields, links, marks, owners
from stanch.core.actions.facts import Around, Said
from stanch.core.actions.fields import Field
from stanch.core.actions.leading import without_leading_owner
from stanch.core.actions.masking import Mask
from stanch.core.login import LOGIN

_BY = (
    r"(?:due(?: date)?(?: by| on)?|deadline|target(?: date)?|eta|by|before|until|bis"
    r"|avant(?: le)?|antes del?|entro|voor|före|(?<!klar )(?<!klart )senast|klart? senast|till)"
)
_EMPH = r"[*_]{0,2}"
_DATE = dates.WHEN.pattern
_SEPARATOR = re.compile(
    r" [-\u2010-\u2015]{1,3} (?![qh][1-4]\b)| (?:\u2192|[-=]>) (?=@)| ?[\u2013\u2014] ?| ?[|;()] ?|, (?![0-9]{4}\b)"
    r"|[.!?]? (?=[*_]{0,2}(?:owners?|assignees?|due(?: date)?|deadline|eta|target date|\u00e4gare|ansvarig"
    r"|f\u00f6rfallodatum)[*_]{0,2} ?:)|[.!?] (?=[*_]{0,2}status[*_]{0,2} ?:)"
    rf"|(?<! and)(?<![,&+/])(?<! owned by)(?<! assigned to)(?<!, owner) "
    rf"(?=[*_(]{{0,2}}@{LOGIN}(?:(?:,| and| &| \+|/) ?@{LOGIN}){{0,5}}[ .,;:)*_]{{0,3}}$)"
    r"|(?<=[\w.!?)\]\ue000-\uf8ff]) (?=\[[^\[\]]{1,80}\][ .]{0,2}$)"
    rf"| (?=(?:owned by|assigned to) @{LOGIN}[ .)]{{0,3}}$)"
    rf"| (?={_EMPH}{_BY}{_EMPH}:?{_EMPH} ?(?:{_DATE})[ .)]{{0,3}}$)"
    rf"| (?={_EMPH}(?:due|deadline|by)(?: date| by| on)?{_EMPH} ?:?{_EMPH} ?[0-9]{{4}}-)"
    rf"| (?={_EMPH}(?:{dates.DAY}){_EMPH}[ .)]{{0,3}}$)",
    re.IGNORECASE,
)
_DUE = re.compile(rf"{_EMPH}{_BY}{_EMPH} ?:?{_EMPH} ?((?:{_DATE}).*)", re.IGNORECASE)
_ONLY_BY = re.compile(rf"{_EMPH}{_BY}{_EMPH} ?:?{_EMPH}", re.IGNORECASE)
_ONLY_WHEN = re.compile(rf"(?:{_DATE})[ .]{{0,2}}", re.IGNORECASE)
_INVISIBLE = re.compile("(?<!@)[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
"""Behind an at-sign it says that nobody is meant: so are mentions in our own words made harmless."""
_BRACKET = re.compile(r"\[([^\[\]]{1,80})\][ .:]{0,2}")


def said(written: str, around: Around, *, box: bool | None = None) -> Said:
    """Take one item's text apart. `box` is what its checkbox says: then words in the past tense say nothing."""
    mask = Mask(_INVISIBLE.sub("", written))
    stripped = marks.Stripped(_OWNER_AND_WHEN.sub("\\1 \u2014 ", _STRUCK_FACT.sub("", mask.text)))
    result = Said(done=stripped.done, priority=stripped.priority, announced=stripped.label)
    text = stripped.text
    if result.done is None and mask.ends_done(text):
        result.done = True
    text = without_leading_owner(_without_ends(text, result, around, mask), result, around)
    result.text = _BACKSLASH.sub(r"\1", _tidy(mask.show(text)))
    if result.done is None and box is None and marks.says_done(result.text):
        result.done = True
    return result


_STRUCK_FACT = re.compile(rf"(?<=\S )~~(?:{dates.DAY}|@{LOGIN})~~ ?", re.IGNORECASE)
"""A date or an owner that was put off or replaced."""


_OWNER_AND_WHEN = re.compile(rf"(?<=\s)(@{LOGIN}) (?=(?:{dates.VAGUE})[ .]{{0,2}}$)", re.IGNORECASE)
"""`@kim next sprint` at the end."""


def _without_ends(text: str, result: Said, around: Around, mask: Mask) -> str:
    """The text without the facts at its end, also where references stand behind them."""
    text, references = links.cut_at_references(text, mask.show)
    text, finished = marks.without_finished_on(text)
    if finished and result.done is None:
        result.done = True
    text = _without_last_bracket(text, result, around)
    for _ in range(3):
        before, text = text, _without_facts(text, result, around, mask)
        if before == text:
            break
    unstruck = marks.without_strike(text)
    if unstruck is not None:
        text, result.done = unstruck, True
    return text + references


_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPTY_PAIR = re.compile(r"\( ?[,;]? ?\)|\[ ?\]|\*\*\*\*")


def _tidy(text: str) -> str:
    return " ".join(_EMPTY_PAIR.sub("", text).split()).strip(" \u2013\u2014|;").removesuffix(" -").rstrip(" ,")


def _without_facts(text: str, result: Said, around: Around, mask: Mask) -> str:
    """The text without the pieces that only say who, when, how urgent or whether it is done."""
    pieces = list(_pieces(text))
    kept: list[tuple[str, str]] = []
    for place, (separator, piece) in enumerate(pieces):
        gone, before = kept[-1] if kept else ("", "")
        at = _At(separator, before, first=place == 0, after=gone == _REMOVED)
        if len(pieces) > 1 and _is_fact(mask.show(piece), at, result, around):
            if _beside_a_date(kept, result):
                kept[-1] = (_REMOVED, "")
            kept.append((_REMOVED, ""))
        else:
            kept.append((separator, piece))
    return _joined(kept)


_HEAD, _TAIL = 600, 600
"""Characters at either end of a text in which its facts are looked for."""

_REMOVED = "\x00"
_LOOSE = {"", ")", ",", "-", "\u2013", "\u2014", "|", ";"}
_LAST_BRACKET = re.compile(r"[(\[]([^()\[\]]{3,80})[)\]][ .]{0,2}$")
_SOMEBODY = re.compile(rf"@?[^\W\d_][\w'\u2019.-]{{0,30}}(?: {owners.PERSON.pattern})?")


def _without_last_bracket(text: str, result: Said, around: Around) -> str:
    """`(sam, by Friday)` at the end: a date beside it tells that the other word is a person."""
    found = _LAST_BRACKET.search(text, max(0, len(text) - 90))
    parts = [part.strip() for part in re.split(r"[,;]", found[1])] if found else []
    whens = [part for part in parts if _ONLY_WHEN.fullmatch(part) or _DUE.fullmatch(part)]
    others = [part for part in parts if part not in whens]
    people = all(_SOMEBODY.fullmatch(part) and not owners.is_no_name(part) for part in others)
    if found is None or not whens or not others or not people:
        return text
    for part in whens:
        due = _DUE.fullmatch(part)
        result.add_due(due[1] if due else part, around)
    for part in others:
        result.add_owners(part)
    return text[: found.start()].rstrip(" -\u2013\u2014,")


def _beside_a_date(kept: list[tuple[str, str]], result: Said) -> bool:
    """`… - Marco - 15/04/2024`: a name between dashes before a date is its owner."""
    separator, piece = kept[-1] if kept else ("", "")
    if not (result.due.raw and not result.owners and separator.strip() and separator.strip() in "-\u2013\u2014|"):
        return False
    if not owners.could_be_a_name(piece.strip()):
        return False
    result.add_owners(piece)
    return True


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What the separators part. Facts stand at the ends: the middle of a long text is one piece."""
    tail = max(_HEAD, len(text) - _TAIL)
    found_in = (_SEPARATOR.finditer(text, 0, min(_HEAD, len(text))), _SEPARATOR.finditer(text, tail))
    edges = [(0, 0)]
    for found in chain(*found_in):
        if not _ONLY_BY.fullmatch(text[edges[-1][1] : found.start()]):
            edges.append((found.start(), found.end()))
    for (begin, start), (end, _) in pairwise([*edges, (len(text), len(text))]):
        yield text[begin:start], text[start:end]


def _joined(kept: list[tuple[str, str]]) -> str:
    """The pieces with their separators; a bracket that lost what it held goes with it."""
    parts: list[str] = []
    for (separator, piece), before in zip(kept, [("", ""), *kept], strict=False):
        if separator == _REMOVED:
            continue
        loose = before[0] == _REMOVED and separator.strip() in _LOOSE
        parts += [" " if loose else separator, piece]
    text = "".join(parts).strip()
    return text + ")" if text.count("(") == text.count(")") + 1 else text


@dataclass(frozen=True, slots=True)
class _At:
    """Where a piece stands: behind which separator and text, whether it begins, whether it follows on a fact."""

    separator: str
    before: str
    first: bool
    after: bool


def _is_fact(piece: str, at: _At, result: Said, around: Around) -> bool:
    """Whether a piece is a fact about the item; if so, it is noted."""
    text = piece.strip(" .")
    if not text:
        return False
    framed = _BRACKET.fullmatch(text)
    told = fields.labelled(framed[1] if framed else text)
    if told and told[0] is not Field.LINK and (told[1] or told[0] in {Field.OWNER, Field.DUE}):
        result.tell(*told, around)
        return told[0] in {Field.OWNER, Field.DUE, Field.STATUS, Field.PRIORITY, Field.FINISHED_ON}
    return _is_when(text, at, result, around) or _is_who(text, at, result, around) or _is_mark(text, at, result)


_NOT_DUE = re.compile(rf"(?:^|\s)(?:from|to|since|of|between|and|after|(?:{marks.DONE_WORD})(?: on)?)$", re.IGNORECASE)
"""What stands before a day that only belongs to the sentence."""


def _is_when(text: str, at: _At, result: Said, around: Around) -> bool:
    due = _DUE.fullmatch(text)
    if due:
        result.add_due(due[1], around)
        return True
    if (
        (at.separator or at.after)
        and not (at.separator == " " and _NOT_DUE.search(at.before))
        and _ONLY_WHEN.fullmatch(text)
        and not text.casefold().startswith(("immediately", "today", "tonight"))
    ):
        result.add_due(text, around)
        return True
    return False


_SPOKEN_OF = re.compile(
    r"(?:^|\s)(?:to|with|from|by|for|and|or|of|ask|cc|via|at|in|on|thank|thanks|tell|ping|help|see|per|about"
    r"|like|was|not|formerly)[,:]?$",
    re.IGNORECASE,
)


_ASSIGNED = re.compile(r"(?:owned by|assigned to|owner|by) (?=@)", re.IGNORECASE)


def _is_who(text: str, at: _At, result: Said, around: Around) -> bool:
    if not at.separator and not text.startswith(("@", "[", "*")):
        return False
    assigned = _ASSIGNED.match(text)
    bare = text[assigned.end() if assigned else 0 :].strip("*_ ")
    bracket = _BRACKET.fullmatch(bare)
    inside = bracket[1] if bracket else bare
    if (at.separator == ", " and not at.after and not bracket and not assigned) or (
        at.separator == " " and not assigned and _SPOKEN_OF.search(at.before)
    ):
        return False
    sure = owners.looks_like_people(inside, around.people)
    framed = bracket is not None or at.separator.strip() == "("
    if sure or (framed and around.names and owners.could_be_a_name(inside)):
        result.add_owners(inside)
        return True
    return False


def _is_mark(text: str, at: _At, result: Said) -> bool:
    if marks.is_done(text) or marks.is_open(text):
        if result.done is None:
            result.done = marks.is_done(text)
        return not at.first or len(text) < 30
    if re.fullmatch(r"[\[*_]*(?:P[0-5]|(?i:(?:high|medium|low|critical) prio(?:rity)?))[\]*_]*", text):
        result.priority = result.priority or text.strip("[]*_")
        return True
    return False
