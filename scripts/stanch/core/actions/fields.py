"""Labelled facts beside an item's text: `Owner: …`, `Due: …`, `Status: …`, as words and as names of columns."""

import re
from enum import Enum, auto


class Field(Enum):
    """What a label or a column tells."""

    TEXT = auto()
    OWNER = auto()
    DUE = auto()
    STATUS = auto()
    PRIORITY = auto()
    LINK = auto()
    NUMBER = auto()
    FINISHED_ON = auto()
    WHEN_IT_HAPPENED = auto()
    BESIDE = auto()


_OWNER = (
    r"owners?(?:\(s\))?|owned by|action owner|assignees?|assigned(?: to)?|responsib(?:le|ility)(?: \w+)?|dri|poc"
    r"|who|lead|pic"
    r"|point person|accountable|champion|contact|driver|person|by whom|team|verantwortlich(?:e|er|keit)?"
    r"|zuständig(?:e|er|keit)?"
    r"|wer|responsable|porteur|pilote|dueño|propietario|quién|responsáve(?:l|is)|dono|responsabile|chi"
    r"|verantwoordelijke"
    r"|eigenaar|wie|ansvarig(?: person)?|ägare|vem|ansvarlig|eier"
    r"|担当者?|責任者|オーナー|负责人"
)
_DUE = (
    r"due(?: by| on| date)?|due ?date|deadline|target(?: date| completion(?: date)?| resolution date)?|eta"
    r"|by when|when"
    r"|(?:est(?:imated|\.)? |expected |planned )?(?:completion|delivery|finish)(?: date| by)?|date due|date"
    r"|time ?(?:frame|line)|needed by"
    r"|complete by|fällig(?: am| bis|keit)?|frist|termin|bis(?: wann)?|datum|échéance|date limite|délai|quand"
    r"|fecha(?: límite| objetivo)?|plazo"
    r"|cuándo|prazo|data(?: limite| alvo)?|quando|scadenza|streefdatum|wanneer|klaar op|förfallodatum"
    r"|klart? senast|senast"
    r"|slutdatum|när|forfallsdato|dato|期限|期日|締切|截止(?:日期|时间)?"
)
_STATUS = (
    r"status(?: / notes)?|state|done\??|completed?\??|progress|resolution|finished|stand|erledigt|état|statut"
    r"|fait|estado|hecho|situação"
    r"|feito|stato|fatto|gereed|gedaan|tillstånd|klar|läge"
    r"|状態|ステータス|進捗|状态|进度"
)
_PRIORITY = (
    r"priority|prio|severity|urgency|p|priorität|priorité|prioridad|prioridade|priorità|prioriteit|prioritet"
    r"|優先度|优先级"
)
_LINK = (
    r"(?:tracking |jira |github |related )?(?:bugs?|tickets?|issues?|jira(?: key| id)?|links?|tracking|tracker"
    r"|prs?|pull requests?|references?|url)"
    r"(?: ?/ ?\w+| link| id| number| #)?|ärende|vorgang"
)
_FINISHED_ON = r"(?:date )?(?:completed|closed|done|resolved|finished)(?: on| date| at)|completion$"
_BESIDE = (
    r"type|kind|category|area|component|notes?|comments?|remarks?|root cause|corresponding root causes?(?:\(s\))?"
    r"|evaluation criteria"
    r"|effort|estimate|impact|rationale|why|reason|outcome|service|phase|expected outcome|success criteria"
    r"|verification|種別|类型|備考|备注"
)
_TEXT = (
    r"(?:corrective |preventive |preventative |follow[ -]?up |remediation |recommended |required |mitigation "
    r"|proposed |planned )?"
    r"(?:and preventi?(?:ve|ative) )?(?:action|task|item|step|measure|improvement|recommendation|remediation"
    r"|activity)s?"
    r"(?: items?| points?| steps?| description| required| taken| to take)?|actionables?|follow[ -]?ups?"
    r"|to[ -]?dos?|what|description"
    r"|summary|title|name|work|fix|change|solution|details?|deliverable|next steps?"
    r"|ma(?:ß|ss)nahmen?|aufgaben?|was|beschreibung|tâches?|mesures?|quoi|acci(?:ón|ones)|tareas?|medidas?|qué"
    r"|descripción|aç(?:ão|ões)"
    r"|tarefas?|o que|descrição|azion[ei]|attività|misure|cosa|descrizione|acties?|actiepunt(?:en)?"
    r"|maatregel(?:en)?|taak|wat|omschrijving"
    r"|åtgärd(?:er)?|uppgift(?:er)?|vad|beskrivning|tiltak"
    r"|アクション(?:アイテム)?|対応(?:内容)?|対策|タスク|内容|行动项?|措施|任务|事项"
)
_EVENT = r"time.*|event|events|timestamp|hour|uhrzeit|heure|hora|ora|tijd|tid|time \(utc\)|時刻|日時|时间"
_ORDER = (
    (Field.FINISHED_ON, _FINISHED_ON),
    (Field.OWNER, _OWNER),
    (Field.STATUS, _STATUS),
    (Field.DUE, _DUE),
    (Field.PRIORITY, _PRIORITY),
    (Field.NUMBER, r"#|id|no|nr|number|num|n|item #|action #|ref"),
    (Field.LINK, _LINK),
    (Field.TEXT, _TEXT),
    (Field.WHEN_IT_HAPPENED, _EVENT),
    (Field.BESIDE, _BESIDE),
)
_NAMES = tuple((field, re.compile(names)) for field, names in _ORDER)
_DRESS = re.compile(r"[*_`]+|\[([^\[\]]*)\]\([^()\s]*\)")
_LABELLED = re.compile(r"[*_]{0,3}([^\W\d_][^\n:*=\uff1a]{0,30}?)[*_]{0,3} ?[:\uff1a=][*_]{0,3}[ \t]*(.*)", re.DOTALL)
IN_TEXT = {
    Field.OWNER,
    Field.DUE,
    Field.STATUS,
    Field.PRIORITY,
    Field.FINISHED_ON,
    Field.LINK,
    Field.BESIDE,
    Field.NUMBER,
}
_NOT_ALONE = {
    "person",
    "team",
    "contact",
    "when",
    "who",
    "lead",
    "date",
    "done",
    "state",
    "target",
    "was",
    "wie",
    "wer",
    "stand",
    "name",
    "p",
    "n",
}
"""Names of columns that begin an ordinary sentence too."""


def column(name: str) -> Field | None:
    """What a column of this name tells, None when its name says nothing known."""
    said = " ".join(_DRESS.sub(r"\1", name).replace("\u2714\ufe0f", "\u2714").casefold().split()).strip(" :.?")
    if said in {"\u2714", "\u2705", "\u2611", "\u2713"}:
        return Field.STATUS
    return next((field for field, names in _NAMES if names.fullmatch(said)), None)


def labelled(text: str) -> tuple[Field, str] | None:
    """What a text that begins with a label tells, and its value: `**Owner:** @kim` is (OWNER, `@kim`)."""
    found = _LABELLED.fullmatch(text.strip())
    if not found:
        return None
    said = " ".join(found[1].casefold().split())
    field = column(said) if said not in _NOT_ALONE else None
    return (field, found[2].strip(" *_")) if field in IN_TEXT and field is not None else None
