"""What clients should not be sent: a text of `/update` with something in it that is only ours, or without a time.

Precision comes before recall: a message that is right and is stopped costs more, in the night, than one that slips by.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from stanch.core.actions import Reading
from stanch.core.letters import folded
from stanch.core.lint.p017_blame import Blame
from stanch.core.lint.people_named import people_of
from stanch.core.lint.phrases import SPACE, any_of
from stanch.core.lint.report import About, Report, report_of
from stanch.core.login import LOGIN
from stanch.core.next_update import says_it_is_over, says_when


class Unfit(StrEnum):
    """Why a text is not sent: the codes of `templates/comments/refused.md`, in the order in which they are told."""

    BLANK = "client-blank"
    TRACE = "client-trace"
    MACHINE = "client-machine"
    BLAME = "client-blame"
    NO_TIME = "client-no-time"


UNFIT = frozenset(Unfit)
"""Refusals that are only about words: whoever wrote them may command, and is at work."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why not, and the words that it is about; none where it is about what is missing."""

    why: Unfit
    words: str = ""


LONGEST_SHOWN = 60
"""Characters of the words that an objection repeats."""


def objection(text: str, people: Iterable[str] = (), *, wants_time: bool = False) -> Objection | None:
    """The first thing that speaks against sending a text; None when nothing does.

    `people` are logins that are known. `wants_time`: it is to say when they hear more, unless it says that it is over.
    """
    said = folded(text)
    found = next(_inside(said, frozenset(people)), None)
    if found is None and wants_time and not says_when(said) and not says_it_is_over(said):
        return Objection(Unfit.NO_TIME)
    return found


@lru_cache(maxsize=64)
def fit_for_clients(text: str, people: frozenset[str] = frozenset()) -> bool:
    """Whether a text may be sent on unread: nothing speaks against it, and it neither names anybody nor has markup."""
    said = folded(text)
    if MARKUP.search(said) or next(_inside(said, people), None) is not None:
        return False
    return not people_of(report_of(said, Reading(), About(date.min, people=people))).search(said)


def _inside(said: str, people: frozenset[str]) -> Iterator[Objection]:
    for why, pattern in ((Unfit.BLANK, BLANK), (Unfit.TRACE, TRACE)):
        yield from _first(why, pattern.search(said))
    yield from _first(Unfit.MACHINE, INNER_ADDRESS.search(said))
    yield from _first(Unfit.MACHINE, next(_machines(_ADDRESS.sub(" ", said)), None))
    words = _blame(said, people)
    if words:
        yield Objection(Unfit.BLAME, words)


def _first(why: Unfit, found: re.Match[str] | None) -> Iterator[Objection]:
    if found is not None:
        yield Objection(why, " ".join(found[0].split())[:LONGEST_SHOWN])


MARKUP = re.compile(r"[<>`\[\]{}|]|&#?\w+;|[*_~]{2}|#{1,6}(?:\s|$)")
"""What a reader of plain text would stumble over, and what could reach beyond a line."""

BLANK = re.compile(
    r"\[(?:\u2026|\.{3})[^\[\]\n]{0,200}\]"
    r"|\[(?:time|date|day|name|feature|service|product|issue|problem|cause|reason|impact|eta|tbd|todo|x{1,4}|hh:mm"
    r"|(?:insert|brief|specific|short|your|what|when|who|how|why|which|if|description|explanation)\b[^\[\]\n]{2,160}"
    r"|\d+ (?:minutes|hours)[^\[\]\n]{0,40}/[^\[\]\n]{1,40})\](?![(\[:])",
    re.IGNORECASE,
)
"""What a draft leaves to be filled in, ours (`[… what they see]`) or another's (`[feature]`); `[resolved]` is none."""

TRACE = re.compile(
    r"Traceback \(most recent call last\)|^[ \t]*File \"[^\"\n]{1,300}\", line \d+"
    r"|^[ \t]+at [\w$.<>/\[\] -]{1,200}\([^()\n]{0,200}\)[ \t]*$|^[ \t]*at [\w$.<>]{1,200}\([\w$.]{1,100}:\d+\)"
    r"|^[ \t]*Caused by: [\w.$]{3,200}|\bgoroutine \d+ \[|^panic: |\bSIG(?:SEGV|ABRT|KILL|BUS)\b|\bsegmentation fault\b"
    r"|\bSQLSTATE\b|\bORA-\d{5}\b|\bexit(?:ed with)? (?:status|code) \d+"
    r"|\bE(?:CONNREFUSED|CONNRESET|TIMEDOUT|NOTFOUND|NOENT)\b"
    r"|\b(?-i:(?:[a-z0-9_]{1,40}\.){0,8}(?:[A-Z][a-z0-9]{1,30}){1,6}(?:Exception|Error)\b(?!\w))"
    r"|\b(?:undefined is not a function|null pointer|cannot read propert(?:y|ies) of|stack trace:|is not defined at)",
    re.IGNORECASE | re.MULTILINE,
)
"""A stack trace, a dump, the name of an exception. `Error 503` and "an error" are what users see themselves."""

_ADDRESS = re.compile(r"https?://[^\s<>)\]]{1,2000}", re.IGNORECASE)
_INNER = r"(?:internal|intranet|intra|corp|lan|local|localdomain|private|cluster\.local|svc|consul|home\.arpa)"
_CLOUD = (
    r"(?:compute|rds|cache|elb|elasticache|redshift|es)\.amazonaws\.com|internal\.cloudapp\.net|database\.windows\.net"
)
_CONSOLES = r"(?:grafana|kibana|jenkins|argocd|prometheus|alertmanager|splunk|vault|rundeck|bastion|phpmyadmin|adminer)"
INNER_ADDRESS = re.compile(
    rf"\b(?:[\w-]{{1,63}}\.){{1,8}}(?:{_INNER}(?![\w.-]*\w*@)|{_CLOUD})(?![\w-]|\.\w)"
    rf"|\b{_CONSOLES}\.[\w-]{{1,63}}\.[\w.-]{{2,63}}|\blocalhost\b(?!-)",
    re.IGNORECASE,
)
"""A host that clients cannot reach, also in an address. The names of public ones are no secret."""

_PRIVATE = r"(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01])|127\.0|169\.254)\.\d{1,3}\.\d{1,3}"
_STORE = (
    r"(?:db|database|redis|kafka|mysql|mariadb|postgres|postgresql|pg|mongo|mongodb|rabbitmq|elastic|es|sql|zookeeper"
    r"|etcd)"
)
_BOX = r"(?:web|app|api|node|host|pod|proxy|cache|worker|server|srv|vm|lb|queue|kube|k8s|master|replica)"
_STAGE = r"(?:prod|production|stage|staging|live|eu|us|dc)\d?"
_SOURCE = r"(?:py|js|ts|tsx|jsx|mjs|java|rb|go|rs|php|cs|cpp|kt|swift|scala|sql|sh|ya?ml|tf|toml|ini|conf|cfg|env|log)"
_MACHINES = tuple(
    re.compile(one, re.IGNORECASE | re.ASCII)
    for one in (
        rf"(?<![\w.-]){_PRIVATE}(?![\w.-]*\w)(?:/\d\d)?",
        r"(?<![\w:])(?:fe80|f[cd][0-9a-f]{2})(?::[0-9a-f]{0,4}){2,7}(?![\w:])",
        rf"(?<![\w./@-])(?:[a-z][a-z0-9]{{0,20}}-){{0,4}}{_STORE}-?\d{{1,3}}(?:-[a-z0-9]{{1,20}}){{0,3}}(?![\w@-]|\.\w)",
        rf"(?<![\w./@-])(?:[a-z][a-z0-9]{{0,20}}-){{0,4}}{_BOX}-?0\d{{1,2}}(?![\w@-]|\.\w)",
        rf"(?<![\w./@-]){_STAGE}-(?:[a-z0-9]{{1,20}}-){{0,4}}(?:{_STORE}|{_BOX})(?:-?[a-z0-9]{{1,20}}){{0,3}}(?![\w@])",
        r"(?<![\w./@-])(?:[a-z0-9]{1,20}-){1,5}(?=[a-z]{0,9}\d)[a-z0-9]{8,10}-(?=[a-z]{0,4}\d)[a-z0-9]{5}(?![\w-])",
        r"(?<![\w./@-])(?:ip|ec2)-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b|(?<![\w./@-])i-[0-9a-f]{8,17}\b",
        rf"(?<![\w./@-])(?:{_STORE}|{_BOX}):\d{{2,5}}(?![\w:])",
        r"(?<![\w.:/])/(?:var|etc|usr|opt|srv|tmp|root|mnt|proc|Users|home)/[\w.-]{1,80}(?:/[\w.-]{1,80}){0,9}(?<!\.)",
        r"(?<!\w)[A-Z]:\\[\w .-]{1,80}\\[\w .-]{1,80}|\\\\[\w.-]{2,60}\\[\w$.-]{2,60}",
        rf"(?<![\w./@])(?:\.{{0,2}}/)?(?:[a-z0-9_.-]{{1,60}}/){{1,9}}(?!(?:node|next|vue|nuxt|three|d3)\.js)[\w.-]{{1,80}}\.{_SOURCE}\b",
        rf"(?<![\w./@])[\w-]{{2,60}}\.{_SOURCE}:\d{{1,6}}\b",
    )
)
"""Private IPs, machines by number (`db-7`, `web-03`, `prod-db`), pods, ports, paths of files."""

_VERSION = re.compile(
    any_of("version, versions, release, releases, v, build, app, sdk, ios, android") + r"(?: to)?[ \t:]*$",
    re.IGNORECASE,
)
"""Before four numbers with dots these say that it is a version."""


def _machines(said: str) -> Iterator[re.Match[str]]:
    for place, pattern in enumerate(_MACHINES):
        for found in pattern.finditer(said):
            if place or not _VERSION.search(said[max(0, found.start() - 20) : found.start()]):
                yield found


_BECAUSE = any_of(
    "caused by, because of, due to, owing to, the fault of, mistake by, mistake of, error by, broken by, triggered by",
    "introduced by, an error of, a mistake of, blame *, blamed on, down to an error by, deleted by, misconfigured by",
    "accidentally * by, verursacht durch, verursacht von, wegen, schuld ist, schuld war, à cause de, causé par",
    "por culpa de, causado por, provocado por, per colpa di, causato da, door toedoen van, veroorzaakt door",
)
_FAULT = any_of(
    "mistake, error, fault, typo, bug, oversight, slip, carelessness, bad change, broken change, faulty change",
    "bad deploy, bad deployment, broken commit, bad commit, wrong command",
)
_DID = any_of(
    "caused, broke, misconfigured, deleted, dropped, overwrote, wiped, corrupted, crashed, introduced, took down",
    "brought down, messed up, botched, messed, accidentally, mistakenly, made a mistake, pushed a bad, pushed a broken",
    "deployed a bad, deployed a broken, merged a bad, merged a broken, leaked, is to blame, was to blame, is at fault",
    "was at fault",
)
_FIRMS = re.compile(r"(?:Morgan Stanley|Charles Schwab|Marco Polo|Oscar Health|Frank Energy|Jordan(?:ian)? Telecom)\b")
_STORMS = re.compile(any_of("hurricane, typhoon, cyclone, storm, tropical storm") + r"[ \t]*$", re.IGNORECASE)


def _blame(said: str, people: frozenset[str]) -> str:
    """The words that lay the cause on a person, empty when none do: P017's, and a name where a cause is expected."""
    report = report_of(said, Reading(), About(date.min, people=people))
    for finding in Blame().look(report):
        return str(finding.values["phrase"])[:LONGEST_SHOWN]
    text = report.prose.text
    found = next((one for one in _person_as_cause(report, people).finditer(text) if not _no_person(text, one)), None)
    return " ".join(found[0].split())[:LONGEST_SHOWN] if found else ""


def _person_as_cause(report: Report, people: frozenset[str]) -> re.Pattern[str]:
    """`caused by Alex`, `Alex's mistake`, `@alex broke it`; a login in small letters only where no other word fits."""
    logins = "|".join(re.escape(one) for one in sorted(people) if re.fullmatch(LOGIN, one) and len(one) > 2)
    end = (
        r"(?=['\u2019]s\b|[ \t]*(?:[.,;:!?)\n]|\Z)|[ \t]+(?:who|and|on|when|while|during|deploying|pushing|running)\b)"
    )
    alone = rf"|(?i:(?<![\w@/.-])(?:{logins})){end}" if logins else ""
    person = rf"(?P<person>{people_of(report).pattern}{alone})"
    surname = r"(?:[ \t]+[A-Z][\w'\u2019-]+)?"
    named = person.replace("(?P<person>", "(?:")
    return re.compile(
        rf"(?i:{_BECAUSE}){SPACE}(?:our colleague{SPACE})?{person}"
        rf"|(?P<owner>{named}){surname}['\u2019]s?{SPACE}(?i:{_FAULT})"
        rf"|(?P<doer>{named}){surname}(?:['\u2019]s{SPACE}[\w-]{{2,20}})?{SPACE}(?i:(?:has|had|have|then|just){SPACE})?(?i:{_DID})"
    )


def _no_person(text: str, found: re.Match[str]) -> bool:
    """Whether what looks like a name is a firm's or a storm's."""
    group = next(name for name in ("person", "owner", "doer") if found[name] is not None)
    at = found.start(group)
    return bool(_FIRMS.match(text, at)) or bool(_STORMS.search(text[max(0, at - 20) : at]))
