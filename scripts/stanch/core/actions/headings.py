"""Which titles announce action items, which only look like it, and what a group's title says of its items.

In English, German, French, Spanish, Portuguese, Italian, Dutch, the Scandinavian languages, Japanese and Chinese.
"""

import re
from enum import Enum, auto


class Meaning(Enum):
    """Surely actions, probably actions, surely none, or nothing of its own: then what stands above it holds."""

    ACTIONS = auto()
    LIKELY = auto()
    OTHER = auto()
    TAKEN = auto()
    OPEN = auto()


_ACTIONS = re.compile(
    r"\baction (?:items?|points?|plans?|steps?|list)\b|\bactionables?\b"
    r"|^(?:\w+ ){0,5}actions(?: to (?:be )?take\w*| required| needed)?(?: \w+ing)?$"
    r"|\b(?:corrective|preventi(?:ve|on|ng)|preventative|remedial|follow ?up|review|repair) (?:and \w+ |& \w+ )?"
    r"(?:actions?|items?|tasks?|measures|steps|work|improvements?|issues|tickets)\b"
    r"|^(?:\w+ ){0,3}follow ?ups?(?: (?:and|&) .+)?$|\bnext steps?\b"
    r"|^(?:our |open |still |other |left )?to ?dos?(?: list| items?| left)?$"
    r"|^to ?do (?:before|after|for|later|next|in the future)\b"
    r"|\bto ?do list\b|\bresulting actions?\b"
    r"|\bremediation (?:items?|steps?|plan|tasks?|actions?|work)\b|^remediations?$"
    r"|\bma(?:ß|ss)nahmen?\b|\b\w+ma(?:ß|ss)nahmen\b|\baktionspunkte\b|\bnächste schritte\b|^aufgaben$"
    r"|\bactions? (?:correctives?|préventives?|de suivi|à mener|à entreprendre)\b|\bplan d ?actions?\b"
    r"|\bprochaines (?:étapes|actions)\b|\bmesures (?:correctives|préventives)\b|^(?:reste )?à faire$"
    r"|^(?:les )?suites à donner$|^(?:les )?décisions à (?:porter|prendre|suivre|venir|mettre en œuvre)\b"
    r"|\bacciones (?:correctivas|preventivas|de seguimiento|pendientes)\b|^(?:plan de )?acci(?:ones|ón)$"
    r"|\bpr[óo]xim[oa]s (?:pas(?:os|sos)|acciones|etapas|ações)\b|\bsiguientes pasos\b|^(?:tareas )?pendientes$"
    r"|\bmedidas (?:correctivas|corretivas|preventivas)\b"
    r"|\ba(?:ções|coes) (?:corretivas|preventivas|de acompanhamento|pendentes)\b|^(?:plano de )?(?:ações|acoes|ação)$"
    r"|\bitens de ação\b|\bpontos de ação\b|\bazioni (?:correttive|preventive|successive)\b|^(?:piano d ?)?azion[ei]$"
    r"|\b(?:prossimi|successivi) passi\b|\bpassi successivi\b|\bvolgende stappen\b|\b(?:weitere|folgende) schritte\b"
    r"|\bfolgeaktionen\b|\bactiepunten\b|\bvervolg(?:acties|stappen)\b|^(?:\w+ )?(?:acties|maatregelen)$"
    r"|\båtgärd(?:er|spunkter|splan|sförslag)?\b|\båtgärdslista\b|\bhandlingsplan\b"
    r"|\bnästa steg\b|\bneste steg\b|\bnæste skridt\b|^tiltak$"
    r"|アクション(?:アイテム|プラン|項目)|^(?:ネクスト)?アクション$|再発防止|恒久対[応策]|今後の(?:対応|対策)|是正(?:措置|処置)"
    r"|改善策|フォローアップ|次のステップ|行动(?:项|计划)|整改(?:措施|项)|改进(?:措施|项|计划)|后续(?:行动|措施|计划)|预防措施|待办"
    r"|\bopfølgning(?:spunkter)?\b|\boppfølging(?:spunkter)?\b|\buppföljning(?:spunkter|såtgärder)?\b"
)
_LIKELY = re.compile(
    r"\b(?:remediations?|remedial|remedies|corrective|preventive|preventative|prevention|proactive"
    r"|countermeasures?)\b"
    r"|\brecommend(?:ations?|ed)\b|\bwork items?\b|\bimprovements?\b|^(?:\w+ ){0,3}measures$|\bfollow ?ups?\b"
    r"|^(?:\w+ ){0,2}tasks$|\bcommitments\b|\bcorrections?\b(?= and)"
    r"|\b(?:future|further|planned|outstanding|remaining|open|upcoming|additional) "
    r"(?:work|actions?|tasks?|items?|steps?|plans?|changes|measures|mitigations?|fixes|prevention|efforts)\b"
    r"|\b(?:long(?:er)?|short|medium|mid) ?term\b|\bpermanent (?:fix|fixes|solution)\b"
    r"|\b(?:going|moving|way|path) forward\b|\bwhat s next\b|\bwhat now\b|\blooking (?:ahead|forward)\b"
    r"|\bfuture plans?\b|\bplan(?:s)? (?:for|to) \w+|^(?:improvement |our |the )?plan$"
    r"|\b(?:how|what|where|steps|changes|things)\b.*\b(?:we|us|to|be|are)\b.*"
    r"\b(?:prevent\w*|avoid\w*|stop|improv(?:e|ing)|mak(?:e|ing)|doing|chang(?:e|ing)|differently|recurr?ence"
    r"|happening)\b"
    r"|\bprevent(?:ing)? (?:recurr\w+|reoccurr\w+|this|it|future|similar|these)\b"
    r"|\b(?:tickets|issues) (?:created|filed|opened|raised|logged)\b"
    r"|\bverbesserung(?:en|svorschläge)?\b|\bvorbeugung\b|\bprävention\b|\boffene punkte\b|\bempfehlungen\b"
    r"|\baméliorations?\b|\bprévention\b|\brecommandations\b|^(?:suivi|tâches|mesures)$|^actions\b"
    r"|\bmejoras\b|\bprevención\b|\brecomendaciones\b|^(?:seguimiento|tareas|medidas)$|^acciones\b"
    r"|\bmelhorias\b|\bprevenção\b|\brecomendações\b|^(?:acompanhamento|tarefas)$|^ações\b"
    r"|\bmiglioramenti\b|\bprevenzione\b|\braccomandazioni\b|^(?:misure|attività)$"
    r"|\bverbeter(?:punten|ingen)\b|\bpreventie\b|\baanbevelingen\b|\bopvolging\b"
    r"|\bförbättring(?:ar|sförslag)?\b|\bförebyggande\b|\brekommendationer\b|^att göra$|\bforbedringer\b"
)
_OTHER = re.compile(
    r"タイムライン|時系列|时间线|"
    r"\btimelines?\b|\bchronolog\w*|\bcronolog\w*|\bzeit(?:strahl|leiste|licher)\b|\btijdlijn\b|\btidslinje\b|\blog\b"
    r"|\blinha do tempo\b|\blínea de tiempo\b|\b(?:github|gitlab|gh|forgejo|gitea) actions?\b|\bcheck ?lists?\b"
    r"|\bwhat (?:went|worked|did|didn t|we did|could have|was)\b|\bwent (?:well|wrong|poorly|badly|right)\b"
    r"|\b(?:got|get|were|was) lucky\b|\bareas? (?:for|of) improvement\b|\bgone better\b|\bwell\b.*\bwrong\b"
    r"|\bquestions?\b|\b(?:can|should|must|for|do) (?:you|customers?|users?|subscribers?|clients?)\b"
    r"|^(?:customer|user|client)s? (?:actions?|recommendations)\b|\bactions? required by\b|\byou(?:r)?\b"
    r"|\b(?:was lief|ce qui a|qué salió|o que (?:deu|funcionou)|cosa ha|wat ging|vad gick)\b"
    r"|\b(?:guidelines?|template|instructions?|how to|notes to|reading|meetings?|appendi(?:x|ces))\b"
)
_BESIDE = re.compile(
    r"\blessons?\b|\blearn(?:ed|t|ings?)\b|\btakeaways?\b|\breferences?\b|\b(?:useful |related |relevant )?links\b"
    r"|\bresources\b|\battendees\b|\bparticipants\b|\bappendi(?:x|ces)\b|\battachments?\b|\bglossary\b|\bcontents\b"
    r"|\bsupporting\b|\brelated\b|\bsummary\b|\bimpact\b|\broot causes?\b|\bcontributing\b|\bscorecard\b"
    r"|\bstat(?:s|istics)\b"
    r"|\blärdomar\b|\berkenntnisse\b|\bleçons\b|\blecciones\b|\blições\b|\blezioni\b|\bdiscussion\b|\bbackground\b"
    r"|\bresults?\b|\bbenefits?\b|\boutcomes?\b|\bachieve(?:d|ments?)\b|\bfindings\b|教訓|教训|学び|概要|根本原因|参考"
    r"|\bevidence\b|\bscreenshots?\b|\bmetrics\b|\bparking lot\b|\bthanks\b|\backnowledge?ments?\b"
    r"|\bstatus updates?\b"
)
_LESSONS = re.compile(r"\b(?:lessons?|learn(?:ed|t|ings?))\b")
_TAKEN = re.compile(
    r"\b(?:taken|performed|carried out|we took|already done|tomadas|realizadas|adoptadas|intraprese|ondernomen"
    r"|genomen"
    r"|vidtagna|ergriffene?n?|durchgeführte?n?|menées|prises|réalisées|adottate)\b"
)
_TO_BE_TAKEN = re.compile(
    r"\b(?:to|should|must|will|shall|need|can|could) (?:then |also |to )?be (?:\w+ )?(?:taken|carried)\b"
)
_FINISHED = re.compile(
    r"\b(?:completed?|done|finished|resolved|closed|shipped|implemented|erledigt|abgeschlossen|faite?s?|terminée?s?"
    r"|completad[oa]s?|hech[oa]s?|concluíd[oa]s?|feit[oa]s?|completat[eio]|fatt[eio]|gedaan|afgerond|klar(?:a|t)?"
    r"|avslutade?|utförda?)\b"
    r"|完了|済み|已完成"
)
_UNFINISHED = re.compile(r"\b(?:to be|not|in|yet|un|nicht|pas|non|no|inte|niet|não)\b|未")
_NOT_WORDS = re.compile(r"[^\w&]+")
_NUMBERED = re.compile(r"^(?:section )?(?:[0-9]+|[ivx]+(?= )|[a-z](?= ))(?: [0-9]+)* ")

LONG = 14
"""Words above which a title is a sentence of its own, and has to say what it is plainly."""


def meaning(title: str) -> Meaning:
    """What a title says about what stands below it."""
    return _meant(plainly(title))


def _meant(said: str) -> Meaning:
    if _OTHER.search(said):
        return Meaning.OTHER
    if _TAKEN.search(said) and not _TO_BE_TAKEN.search(said):
        return Meaning.TAKEN
    short = said.count(" ") < LONG
    if short and _ACTIONS.search(said):
        return Meaning.LIKELY if _LESSONS.search(said) else Meaning.ACTIONS
    if short and _LIKELY.search(said):
        return Meaning.LIKELY
    return Meaning.OTHER if _BESIDE.search(said) else Meaning.OPEN


def finished(title: str) -> bool:
    """Whether a group's title says that all that stands below it is done."""
    said = plainly(title)
    return bool(_FINISHED.search(said) and not _UNFINISHED.search(said)) or _meant(said) is Meaning.TAKEN


def plainly(title: str) -> str:
    """Its words in lower case, without number, emoji and punctuation."""
    return _NUMBERED.sub("", _NOT_WORDS.sub(" ", title.casefold()).replace("_", " ").strip() + " ").strip()
