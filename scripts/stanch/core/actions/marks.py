"""The marks that people put on an item: done, still open, how urgent, and the numbers that they give it."""

import re

from stanch.core.actions import dates

_TICK = (
    r"(?:[\u2705\u2714\u2611\u2713\u2612]\ufe0f?|\U0001f7e2|\U0001f389"
    r"|:(?:heavy_|white_|ballot_box_with_)?(?:check_mark|check)s?:)"
)
_NOT_YET = (
    r"(?:[\u2610\u274c\u2b1c\u25fb\u23f3]\ufe0f?|\U0001f532|\U0001f6a7|\U0001f7e1|\U0001f534|\U0001f504"
    r"|:(?:x|construction|hourglass):)"
)
DONE_WORD = (
    r"(?:all )?(?:done|completed?|accomplished|fixed|resolved|closed|finished|shipped|merged|deployed|implemented"
    r"|released|delivered"
    r"|erledigt|abgeschlossen|fertig|umgesetzt|terminée?|faite?|hech[oa]|completad[oa]|finalizad[oa]|concluíd[oa]"
    r"|feit[oa]"
    r"|fatt[oa]|completat[oa]|chius[oa]|gedaan|klaar|afgerond|voltooid|klart?|avslutad|färdig|utförd"
    r"|完了|対応済み?|実施済み?|已完成)"
)
_OPEN_WORD = (
    r"(?:to ?do|fixme|doing|open|pending|wip|in[ -]progress|started|not (?:yet )?(?:started|done)|planned|proposed|new"
    r"|ongoing|blocked"
    r"|backlog|tbd|in review|scheduled|offen|in arbeit|à faire|en cours|pendiente|en curso|pendente|em andamento"
    r"|in corso"
    r"|pågår|pågående|ej påbörjad|bezig|未着手|未対応|未完了|対応中|進行中|未完成|进行中|未开始)"
)
_LOOSE = r"[ \t]*[!.]*[*_~`]*[\])]*"

TICKED = re.compile(rf"{_TICK}")
_WHOLLY_DONE = re.compile(rf"[\[(*_`]*(?:{_TICK} ?)?(?:{DONE_WORD}|{_TICK})(?: {_TICK})?{_LOOSE}", re.IGNORECASE)
_WHOLLY_OPEN = re.compile(rf"[\[(*_`]*(?:{_OPEN_WORD}|{_NOT_YET}){_LOOSE}", re.IGNORECASE)
_LEADING = re.compile(
    rf"(?:(?P<done>{_TICK}|[*_]{{0,2}}(?:[\[(](?i:{DONE_WORD})!?[\])]"
    rf"|{DONE_WORD.upper()}\b(?=[*_]{{0,2}}[ :\u2013\u2014-]|$))"
    rf"|[*_]{{1,2}}(?i:{DONE_WORD})(?=[*_:]))"
    rf"|(?P<open>{_NOT_YET}|[*_]{{0,2}}(?:[\[(](?i:{_OPEN_WORD})[\])]|{_OPEN_WORD.upper()}\b)|(?i:to-?do)(?=[:]))"
    rf"|(?P<label>[*_]{{0,2}}(?:[\[(])?(?i:action(?: item)?|task|ai|action point|next step)"
    rf"(?:[ #-]{{0,2}}[0-9]{{1,3}})?(?:[\])])?[*_]{{0,2}}(?=:))"
    rf"|(?P<number>[*_]{{0,2}}(?:AI|ACT|CA|PA|A|R|T)[ -]?#?[0-9]{{1,3}}(?=[*_]{{0,2}}[:.) \u2013\u2014-]))"
    rf"|(?P<priority>[*_]{{0,2}}[\[(]?(?:P[0-5]|(?i:(?:high|medium|low|critical"
    rf"|urgent)(?: prio(?:rity)?)?)(?=[\])*:]))[\])]?))"
    r"[*_]{0,2}[ \t]*(?:[:\u2013\u2014]|-(?= ))?[*_]{0,2}[ \t]*"
)
_TRAILING = re.compile(
    rf"(?:^|(?<=[\s.,;:!?)\]\u2013\u2014-]))(?:(?P<tick>{_TICK})"
    rf"|[*_\[(]{{1,3}}(?i:(?:already |now )?(?P<marked>{DONE_WORD}))(?P<more>[^\n\[\]()]{{0,60}})[*_\])]{{1,3}}"
    rf"|(?P<shouted>{DONE_WORD.upper()})(?: (?:in|by|via|with|on|:).{{0,120}})?)[ \t.!]*$",
)
_SAYS_SO = re.compile(
    r"\((?:already )?(?:fixed|added|done|implemented|merged|deployed|resolved|completed|addressed) (?:by|in|with"
    r"|via|on|at)\b"
    r"|\b(?:this|that|it)(?: has| is)?(?: been| now)? (?:done|completed|fixed|implemented|shipped)[.!]?$"
    r"|^already (?!\w+ing\b)\w+\b"
    r"|^(?:[^:.?]{1,40}: )?(?:we(?: have|'ve|\u2019ve)? already|(?:we|i)(?:'ve|\u2019ve| have)) "
    r"(?!to\b|a\b|no\b)\w+(?:ed|en|ilt|lt|ut)\b"
    r"|^[^.?]{0,100}(?<!should )(?<!could )(?<!would )(?<!might )(?<!must )\b(?:has|have) (?:already |now )?been "
    r"(?!an?\b|in\b|no\b|the\b)(?:\w+(?:ed|en|ne|ut|lt)|made|set)\b"
    r"|^[^.?]{0,99}(?<!that )(?<!which )(?<!what )\b(?:was|were) (?:added|fixed|introduced|implemented|deployed"
    r"|updated"
    r"|reverted|removed|replaced|enabled|increased)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?:\*\*[^*\n]{1,80}\*\*:? ?)?(?:we )?(?:added|fixed|deployed|implemented|updated|reverted|rolled back"
    r"|removed|increased|sent|"
    r"issued|rotated|enabled|disabled|configured|upgraded|downgraded|documented|improved|corrected|moved|switched"
    r"|migrated|changed|"
    r"patched|restored|replaced|merged|restarted|published|refunded|notified|informed|contacted|introduced|hardened|"
    r"reduced|turned off|turned on|decommissioned|released|shipped|avoided|resized|scaled|completed|finished"
    r"|enforced|converted|rewrote|wrote|built"
    r"|(?!(?:need|feed|seed|shed|speed|embed|exceed|proceed|succeed|needed|wanted|planned|proposed|requested|scheduled"
    r"|assigned|identified|discussed|started|intended|agreed)\b)[a-z]{2,20}ed (?=our|the|an?\b|its\b|all\b|their"
    r"|this\b|these\b|both\b|each\b|every))\b",
    re.IGNORECASE,
)
"""With which a sentence begins that tells what was done. A word in `-ed` does where an article stands behind it."""

_NOT_THE_WORK = re.compile(
    r"\b(?:ticket|issue|jira|bug|story|card|task|pr|epic)s?\b.{0,12}\b(?:created|raised|filed|opened|added|logged)\b"
    r"|\b(?:created|raised|filed|opened|added|logged)\b.{0,24}\b(?:ticket|issue|jira|story|card|task|epic)s?\b"
    r"|\b(?:been|was|were) (?:scheduled|planned|proposed|requested|prioriti[sz]ed|assigned|identified|discussed"
    r"|started)\b",
    re.IGNORECASE,
)
"""A ticket that was raised, or a plan that was made: the work itself is still to do."""

_DONE_ON = re.compile(
    rf"(?:{_TICK}|(?:[(\[]| [-\u2013\u2014]{{1,2}} ?|[,.;] )[*_]{{0,2}}(?!klaa?rt?\b){DONE_WORD}{_TICK}?)[*_]{{0,2}}:?"
    rf"(?: on| at| as of)? ?(?:{dates.DAY})[)\]*_]{{0,3}}[ .]{{0,2}}$",
    re.IGNORECASE,
)
"""`klart 1 maj` may be either."""

_STRUCK = re.compile(r"~~(.*)~~[ \t.]*", re.DOTALL)

MOST = 5
"""How many marks are read at either end."""


class Stripped:
    """A text without the marks at its ends, and what they said; `done` is None when they said nothing."""

    __slots__ = ("done", "label", "priority", "text")

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.done: bool | None = None
        self.label = False
        self.priority = ""
        self._unstrike()
        for _ in range(MOST):
            if not (self._leading() or self._trailing()):
                break
            self._unstrike()

    def _unstrike(self) -> None:
        unstruck = without_strike(self.text)
        if unstruck is not None:
            self.text, self.done = unstruck, True

    def _leading(self) -> bool:
        found = _LEADING.match(self.text)
        rest = self.text[found.end() :] if found else ""
        if not found or not rest.strip():
            return False
        self.text = rest
        self._says(done=bool(found["done"]), not_yet=bool(found["open"]))
        self.label = self.label or bool(found["label"])
        self.priority = self.priority or (found["priority"] or "").strip("[]()*_ ")
        return True

    def _trailing(self) -> bool:
        """`DONE in [PR]` stays in the text, since its link does; a bare mark goes."""
        found = _TRAILING.search(self.text, max(0, len(self.text) - 200))
        if not found or not self.text[: found.start()].strip():
            return False
        if "?" in (found["more"] or ""):
            return False
        self._says(done=True, not_yet=False)
        if found["shouted"] and len(found[0].strip(" .!")) > len(found["shouted"]):
            return False
        if (found["more"] or "").strip(" !."):
            return False
        self.text = self.text[: found.start()].rstrip(" \t-\u2013\u2014:;,(")
        return True

    def _says(self, *, done: bool, not_yet: bool) -> None:
        if self.done is None and (done or not_yet):
            self.done = done


def is_done(text: str) -> bool:
    """Whether a text is nothing but a mark of being done."""
    return bool(_WHOLLY_DONE.fullmatch(text.strip()))


def without_strike(text: str) -> str | None:
    """What a text says that is struck out as a whole; None for any other."""
    struck = _STRUCK.fullmatch(text) if text.startswith("~~") else None
    return struck[1].strip() if struck and "~~" not in struck[1] else None


def without_finished_on(text: str) -> tuple[str, bool]:
    """A text without the day on which it was done, and whether it names one: `Fix it (done 2026-03-01)`."""
    found = _DONE_ON.search(text, max(0, len(text) - 80))
    if not found or not text[: found.start()].strip():
        return text, False
    return text[: found.start()].rstrip(), True


def is_open(text: str) -> bool:
    """Whether a text is nothing but a mark of being open."""
    return bool(_WHOLLY_OPEN.fullmatch(text.strip()))


def begins_done(text: str) -> bool:
    """Whether a cell says first of all that it is done: `DONE`, `Done in #12`, `n/a **DONE**`, a tick."""
    found = re.search(rf"^[\W_]*{DONE_WORD}\b|\b{DONE_WORD.upper()}\b|{_TICK}", text[:200], re.IGNORECASE)
    if not found:
        return False
    return bool(found[0].isupper() or not found[0][0].isalnum() or text[: found.start()].strip("*_ ([") == "")


def says_done(text: str) -> bool:
    """Whether its sentence says that it was done; a ticket that was created is none of it."""
    return bool(_SAYS_SO.search(text) or _PAST.match(text)) and not _NOT_THE_WORK.search(text[:160])
