"""Whether a text tells clients when they hear more: a time of day, a length of time, a day, in a few languages.

It would rather believe a text that has some time in it than stop a message that is right: what is left out is only a
time that is plainly of the past (`since 14:05`, `20 minutes ago`), and a text in no language that is known is believed.
"""

import re

from stanch.core.letters import folded
from stanch.core.lint.phrases import any_of

_PAST = any_of(
    "since, as of, from, began, began at, started, started at, starting, starting at, beginning at, between, until now",
    "seit, ab, von, zwischen, depuis, à partir de, entre, desde, a partir de, sinds, vanaf, tussen, dalle, da, dal",
    "sedan, siden, från, fra, od, \u0441, desde las, desde as",
)
"""Directly before a time of day these say that something began then, not that anybody speaks then."""

_SINCE = re.compile(rf"{_PAST}[ \t]*(?:(?:at|around|about|approximately|circa|ca\.|um|gegen|las|às)[ \t]+)?$", re.I)

_CLOCK = re.compile(
    r"(?<![\w.:,/-])(?:[01]?\d|2[0-4])(?:"
    r"[:h\u6642\u65f6\uc2dc][ ]?[0-5]\d(?!\d)|(?<=\d\d)\.[0-5]\d(?![\w%]|[.,]\d)"  # 14:30, 14h30, 14.30
    r"|[ ]?(?:[ap]\.?m\b|o['\u2019]?clock|uhr\b|h\b|hrs\b|utc\b|gmt\b|час\w*|heures?\b|(?-i:[A-Z]{1,3}T)\b)"
    r"|[\u6642\u65f6\u70b9\uc2dc]|00[ ]?(?:hrs|hours|utc|gmt)\b)",
    re.IGNORECASE,
)
"""`14:30`, `2:30 pm`, `2 pm`, `14h30`, `14 Uhr`, `9 o'clock`, `14時30分`."""

_UNIT = (
    r"(?:m(?:in(?:s|ute|utes|uten|uti|uto|utos|uter|utt\w*|ut\w*)?)?|h(?:r|rs|our|ours|eures?|ora|oras)?|ora|ore|uur|uren"
    r"|std|stunden?|timm\w*|timer?|horas?|tunti\w*|tunnin|minuut\w*|минут\w*|мин|час\w*|хвилин\w*|годин\w*|dakika|saat"
    r"|godzin\w*|hodin\w*|days?|business days?|tage?n?|jours?|d[ií]as?|giorn[io]|dag(?:ar|en)?|dni|дн\w*)\b"
)
_COUNT = (
    r"(?:\d{1,3}(?:[.,]5)?|an?|one|two|three|four|five|ten|fifteen|twenty|thirty|forty-?five|sixty|ninety|a few"
    r"|a couple of|half an?|an? half|einer?|einem|zwei|drei|halben|une?|deux|demi|un[ao]?|media|dos|duas?|due|mezz'"
    r"|een|half|en|två|un')"
)
_LENGTH = re.compile(
    rf"(?<![\w.,:])(?P<length>{_COUNT}(?:[ ]?(?:-|\u2013|to|bis|or|/)[ ]?\d{{1,3}})?[ -]?{_UNIT}"
    r"|\d{1,3}[ ]?(?:\u5206\u949f|\u5206|\u5c0f\u65f6|\u6642\u9593|\u65f6\u95f4|\ubd84|\uc2dc\uac04))"
    r"(?P<after>[ \t]+\w+)?",
    re.IGNORECASE,
)
_LASTED = re.compile(
    any_of(
        "for, after, lasted, lasting, took, about, nearly, over, than, past, last",
        "vor, war, waren, pendant, durante, il y a",
    )
    + r"[ \t]*$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    any_of("in about, within about, in over, in the next, for the next, in less than, in no more than") + r"[ \t]*$",
    re.I,
)
_AGO = frozenset({"ago", "long", "old", "late", "earlier", "before", "delay", "delays", "lang", "zuvor", "atrás", "fa"})

_SAID = re.compile(
    any_of(
        "tomorrow, tonight, this afternoon, this evening, midday, noon, midnight, end of day, eod",
        "end of the day, end of business, close of business, hourly, half-hourly, every hour",
        "each hour, every half hour",
        "within the hour, top of the hour, half past *, quarter past, quarter to, lunchtime, start of business",
        "top of the next hour, next hour, coming hour, next half hour, next half-hour",
        "five past, ten past, twenty past",
        "monday, tuesday, wednesday, thursday, friday, saturday, sunday, next week",
        "morgen, heute abend, heute nachmittag, mittag, mitternacht, stündlich, am nachmittag, am abend",
        "montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag",
        "demain, midi, minuit, ce soir, cet après-midi, toutes les heures, lundi, mardi, mercredi, jeudi, vendredi",
        "mañana, mediodía, medianoche, esta tarde, esta noche, cada hora, lunes, martes, miércoles, jueves, viernes",
        "amanhã, meio-dia, esta tarde, esta noite, segunda-feira, terça-feira, quarta-feira, quinta-feira, sexta-feira",
        "domani, mezzogiorno, stasera, ogni ora, lunedì, martedì, mercoledì, giovedì, venerdì",
        "vanmiddag, vanavond, middag, middernacht, elk uur, maandag, dinsdag, woensdag, donderdag, vrijdag",
        "imorgon, i morgon, i kväll, i morgen, i aften, måndag, tisdag, onsdag, torsdag, fredag",
        "jutro, dziś wieczorem, завтра, сегодня вечером, полдень, yar\u0131n, huomenna",
    )
    + r"|\u660e\u65e5|\u660e\u5929|\u4eca\u665a|\u6b63\u5348|\ub0b4\uc77c|\uc624\ud6c4|\u5348\u5f8c|\u4e0b\u5348",
    re.IGNORECASE,
)
_MONTH = any_of(
    "jan, january, januar, janvier, enero, feb, february, februar, mar, march, märz, mars, marzo, apr, april, avril",
    "mai, june, juni, juin, junio, july, juli, juillet, julio, aug, august, août, agosto, sep, sept, september",
    "septembre, oct, october, oktober, octobre, nov, november, novembre, dec, december, dezember, décembre",
)
_DATE = re.compile(
    r"\b20\d\d-[01]\d-[0-3]\d\b|(?<![\w./])[0-3]?\d\.[01]?\d\.(?:(?:20)?\d\d)?(?!\w)"
    r"|(?:(?<=\bon )|(?<=\bby ))[0-3]?\d/[0-3]?\d\b|(?<![\w./])[0-3]?\d/[0-3]?\d/(?:20)?\d\d\b"
    rf"|\b[0-3]?\d(?:st|nd|rd|th|\.)?[ ](?:of )?(?:{_MONTH}|may\b)|(?:{_MONTH}|\bmay)[ ][0-3]?\d\b"
    r"|[01]?\d\u6708[0-3]?\d\u65e5",
    re.IGNORECASE,
)
_HOUR = re.compile(
    any_of(
        "at, by, before, until, around, um, gegen, bis, vor, à, vers, avant, d'ici, a las, a la, sobre las",
        "antes de las",
        "às, até as, até às, alle, entro le, entro l', verso le, om, rond, voor, kl, klockan, klokken, o, do, \u0432",
    )
    + r"\.?[ ](?:[01]?\d|2[0-4]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?![\w%:]|[.,]\d|[ ]\w)",
    re.IGNORECASE,
)
"""`by 4`, `um 16`, `entro le 16`, at the end of what is said."""

_TIMES = (_CLOCK, _SAID, _DATE, _HOUR)

_NEXT = re.compile(
    r"\bnext (?:status )?(?:update|message|report|word)\b[^\w\n]{0,4}(?!"
    + any_of("soon, shortly, when, once, as, to follow, will follow, follows, tbd, tba, is coming, later, will be, if")
    + r")\w",
    re.IGNORECASE,
)

_OVER = re.compile(
    r"(?<!not )(?<!not yet )(?<!be )(?<!being )"
    + any_of(
        "has been resolved, have been resolved, is resolved, are resolved, is now resolved, been fully resolved",
        "now resolved",
        "has been fixed, have been fixed, is fixed, are fixed, is now fixed, is solved, has been solved, is over",
        "works again, work again, working again, is back, are back, back to normal, back online, fully recovered",
        "has recovered, have recovered, has been restored, have been restored, is restored, operating normally",
        "working normally, working as usual, fully operational, are right again, is right again, complete again",
        "up again, running again, runs again, available again, reachable again, online again, up and running",
        "caught up, fully restored, has ended, is closed now, incident is closed, possible again, loads again",
        "all good, false alarm, no longer affected, all clear, is mitigated, is now mitigated, has been mitigated",
        "läuft wieder, laufen wieder, klappt wieder, geht alles wieder, behoben, gelöst",
        "funktioniert wieder, funktionieren wieder, geht wieder, wieder verfügbar, wieder erreichbar",
        "résolu, résolue, rétabli, rétablie, corrigé, corrigée, fonctionne à nouveau, de nouveau disponible",
        "resuelto, resuelta, solucionado, restablecido, vuelve a funcionar, resolvido, resolvida, restabelecido",
        "normalizado, risolto, risolta, ripristinato, opgelost, verholpen, hersteld, werkt weer, löst, åtgärdat, løst",
        "rozwiązany, naprawione, устранена, устранено, восстановлена, восстановлен",
    )
    + r"|\b(?:can|able to|could) (?:now )?\w+(?: (?!not\b)\w+)? again\b"
    r"|\A\W*(?:resolved|fixed|restored|mitigated|recovered)\b"
    r"|\u5fa9\u65e7|\u89e3\u6c7a|\u5df2\u6062\u590d|\u5df2\u89e3\u51b3|\ubcf5\uad6c|\ud574\uacb0",
    re.IGNORECASE,
)
_NOT_OVER = re.compile(
    any_of("not yet, isn't, aren't, hasn't, haven't, until, once, when, before, after, as soon as")
    + r"[^.!?\n]{0,60}$",
    re.I,
)

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_FREQUENT = """
    the and of to in is are we a our you your with for on it have has be will not this that as
    der die das und ist sind wir ein eine mit für auf nicht es den von zu im haben
    le la les des et est sont nous un une du pour sur pas vous dans que en de
    el los las y es son por con no se su nuestro estamos que lo
    o os um uma não são para do da dos com estamos
    il di che è sono per non gli alla stiamo
    het een van niet zijn we op te de en met
    och att det är vi för på av inte og er vi ikke til med
"""
_KNOWN = frozenset(_FREQUENT.split())
_ENOUGH = 0.12
"""Share of a text's words that are among the commonest of a language that is known here."""


def says_when(text: str) -> bool:
    """Whether a text names a time at which more may come. True for a text in a language that is not known here."""
    said = folded(text)
    return (
        bool(_NEXT.search(said))
        or any(not _SINCE.search(_before(said, one.start())) for time in _TIMES for one in time.finditer(said))
        or any(_is_ahead(said, found) for found in _LENGTH.finditer(said))
        or not _is_known(said)
    )


def says_it_is_over(text: str) -> bool:
    """Whether a text says that users are fine again: nobody has to be told when they hear more."""
    said = folded(text)
    return any(not _NOT_OVER.search(_before(said, found.start())) for found in _OVER.finditer(said))


def _is_ahead(text: str, found: re.Match[str]) -> bool:
    if (found["after"] or "").strip().casefold() in _AGO:
        return False
    before = _before(text, found.start())
    return bool(_AHEAD.search(before)) or not _LASTED.search(before)


def _before(text: str, offset: int) -> str:
    return text[max(0, offset - 40) : offset]


def _is_known(text: str) -> bool:
    """Whether its words are of a language whose times are known; one word alone tells nothing, and counts as known."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words:
        return not _LETTER.search(text)
    common = sum(word in _KNOWN for word in words)
    return (text.isascii() and len(words) < 8) or common >= _ENOUGH * len(words)
