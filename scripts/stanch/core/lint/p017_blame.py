"""P017: it is the system that is held to account, nobody in particular.

Every phrase was measured: precision comes before recall, so that nobody learns to overlook the rule.
"""

import re
from collections.abc import Iterator

from stanch.core.lint.finding import Finding, Gravity
from stanch.core.lint.people_named import ROLE, people_of
from stanch.core.lint.phrases import SPACE, any_of, first_words
from stanch.core.lint.report import Report
from stanch.core.lint.rule import Rule

_PRONOUN = any_of("he, she, I, someone, somebody")
_ADVERB = any_of(
    "simply, also, then, just, apparently, clearly, really, probably, accidentally, again, has, have, had, either",
    "both",
)

_GIVEN_OR_FELT = any_of("been, had, received, gotten, got, seen, needed, wanted, liked")
"""`should have been paged` and `should have had access` are about what a person was not given."""

_IRREGULAR = any_of(
    "known, run, done, made, taken, read, told, caught, thought, asked, written, gone, put, set, kept, left, held",
    "found, understood, built, sent, begun, chosen, given, paid, spoken, let, known better, been more *",
)
_PARTICIPLE = rf"(?:{_IRREGULAR}|(?!{_GIVEN_OR_FELT})\b[a-z]{{2,20}}ed\b)"

_NO_OMISSION = any_of(
    "reproduce, connect, log, login, reach, access, authenticate, load, open, ssh, build, deploy, find, start",
    "restart, get, obtain, join, resolve, restore, recover, fix, isolate, identify, determine, locate, sign, push",
    "pull, fetch, install, upload, download, work, help, appear, mitigate, contain, be, make it",
)
"""What somebody can fail to do without leaving anything out: "failed to reproduce it" is a finding, no reproach."""

_SHOULD = (
    "should have, should not have, shouldn't have, should never have, ought to have, should really have",
    "should also have",
)
_FORGOT = "forgot, forgotten"
_FAILED_TO = "failed to, neglected to, did not bother to, didn't bother to"
_DID_NOT = "did not, didn't"
_OMISSIONS = first_words(*_SHOULD, _FORGOT, _FAILED_TO, _DID_NOT)
_OUGHT, _LEFT_OUT, _FAILED = any_of(*_SHOULD), any_of(_FORGOT), any_of(_FAILED_TO)
_CHECK = any_of("check, double-check, verify, test, follow, read, tell, inform")
_VERB = (
    rf"(?:(?P<should>{_OUGHT}{SPACE}(?:(?:at least|also|\w{{2,12}}ly){SPACE})?{_PARTICIPLE})"
    rf"|(?P<forgot>{_LEFT_OUT})|(?P<failed>{_FAILED}{SPACE}(?!{_NO_OMISSION})|{any_of(_DID_NOT)}{SPACE}{_CHECK}))"
)

_THING = any_of("rate, rates, handling, budget, message, page, code, log, count")
_CAUSE = any_of("due to, to, caused by, by, an, was, is, of, with")
"""Before "operator error": an operator may be software, too."""
_HUMAN = "human error, human errors"
_OPERATOR = "operator"
_CARELESS = "careless, carelessly, carelessness, negligent, negligently, negligence"
_CHARGES = first_words(_HUMAN, _OPERATOR, _CARELESS)
_WORDS = re.compile(
    rf"(?:{any_of(_HUMAN)}|(?:(?<=: )|{_CAUSE}{SPACE}){_OPERATOR}{SPACE}error)(?!-|s?{SPACE}{_THING})"
    rf"|{any_of(_CARELESS)}",
    re.IGNORECASE,
)

_SPARED = re.compile(
    any_of(
        "not, no, nobody, no one, never, without, nor, cannot, can't, isn't, wasn't, aren't, weren't, don't",
        "doesn't, didn't, rather than, instead of, avoid*, prevent*, reduc*, minimi*, eliminat*, limit*, remov*",
        "decreas*, catch*, detect*, mitigat*, guard*, protect*, risk, risks, prone, possib*, potential*, chance*",
        "likel*, unlikely, less, susceptible, vulnerab*, subject to, open to, room for, scope for, opportunit*",
        "resilien*, robust*, safe*, sensitive to, account for, against, beyond, blam*, call*, label*, term*",
        "so-called, attribut*, whether, if, could, can, may, might, would, type of, types of, source of",
        "sources of",
    ),
    re.IGNORECASE,
)
"""Before it in the sentence, these say that it is no reproach: it is denied, feared or designed against."""
_ONE_OF_MANY = re.compile(r"(?:,|\bor)[ \t\n]+$")
"""Directly before it: an error among other things that can go wrong."""

_DENIED = re.compile(rf"{any_of('not that, nobody, no one, if, whether')}[ \t]*$", re.IGNORECASE)

BEFORE = 80
"""Characters before a phrase that are read for that."""


class Blame(Rule):
    """No phrase says of a person what ought to be asked of the system."""

    code = "P017"
    gravity = Gravity.WARNING

    def look(self, report: Report) -> Iterator[Finding]:
        text, words = report.prose.text, report.words
        for found in () if words.isdisjoint(_CHARGES) else _WORDS.finditer(text):
            before = _before(text, found.start())
            if not _SPARED.search(before) and not _ONE_OF_MANY.search(before):
                yield self._found(report, found, "word")
        if not words.isdisjoint(_OMISSIONS) and re.search(_VERB, text):
            yield from self._of_people(report, text)

    def _of_people(self, report: Report, text: str) -> Iterator[Finding]:
        surname = r"(?:[ \t]+[A-Z][\w'\u2019-]+)?"
        subject = rf"(?:{people_of(report).pattern}{surname}|(?i:{ROLE})|(?i:{_PRONOUN}))"
        for found in re.finditer(rf"{subject}\*{{0,2}}{SPACE}(?:{_ADVERB}{SPACE}){{0,2}}{_VERB}", text):
            if not _DENIED.search(_before(text, found.start())):
                yield self._found(report, found, "should" if found["should"] else "forgot")

    def _found(self, report: Report, found: re.Match[str], why: str) -> Finding:
        line, column = report.prose.place(found.start())
        end, _ = report.prose.place(found.end() - 1)
        return self.found(why, line, end, column, phrase=" ".join(found[0].split()))


def _before(text: str, offset: int) -> str:
    """What stands before an offset in the same sentence."""
    said = text[max(0, offset - BEFORE) : offset]
    return re.split(r"[.!?][ \n]|\n[ \t]*\n|\n[ \t]*[-*+|]", said)[-1]
