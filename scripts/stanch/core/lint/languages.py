"""What a section is called in other languages than English, and whether a text is in one that is known at all."""

import re
from collections.abc import Iterable

IMPACT = (
    "auswirkung*, betroffene nutzer, betroffene kunden, folgen, schaden, schäden",
    "conséquence*, répercussion*, utilisateurs touchés, clients touchés, utilisateurs concernés",
    "impacto, impactos, afectación, consecuencia*, usuarios afectados, clientes afectados",
    "consequência*, usuários afetados, utilizadores afetados, clientes afetados",
    "impatto, impatti, conseguenz*, utenti coinvolti, clienti coinvolti",
    "gevolg, gevolgen, getroffen gebruikers, getroffen klanten",
    "påverkan, påvirkning, konsekvens*, effekt, effekter, drabbade användare, berörda användare, berørte brukere",
)
TIMELINE = (
    "zeitleiste, zeitstrahl, zeitachse, zeitlinie, zeitverlauf, zeitlicher ablauf, ablauf, verlauf",
    "déroulement, frise chronologique, cronología, cronologia, línea de tiempo, línea temporal",
    "linha do tempo, linha de tempo, linea temporale, sequenza degli eventi",
    "tijdlijn, tijdslijn, verloop, tidslinje, tidlinje, händelseförlopp*, kronologi, hendelsesforløp, hændelsesforløb",
)
ROOT_CAUSE = ("*ursache, *ursachen, causa, causas, *oorzaak, *oorzaken, *orsak, *orsaker, *årsak, *årsaker, *årsag",)
CONTRIBUTING = (
    "faktoren, beitragende, begünstigende, was schlecht lief, was schiefging, was schief lief",
    "facteur, facteurs, ce qui n'a pas marché, ce qui a mal tourné",
    "factores, lo que salió mal, qué salió mal, fatores, o que deu errado, o que correu mal",
    "fattori, concause, cosa è andato storto",
    "factoren, bijdragende, wat ging er mis, wat ging fout",
    "faktorer, bidragande, medvirkende, medverkande, vad gick fel, vad som gick fel, vad gick mindre bra",
    "hva gikk galt, hvad gik galt",
)
RESOLUTION = (
    "lösung, lösungen, *behebung, wiederherstellung, entstörung, abhilfe, sofortma*",
    "résolution, rétablissement, correctif, correctifs, remédiation, atténuation, réparation",
    "resolución, solución, mitigación, recuperación, reparación, corrección",
    "resolução, solução, mitigação, recuperação, correção",
    "risoluzione, soluzione, mitigazione, ripristino, correzione",
    "oplossing, oplossingen, herstel, mitigatie",
    "lösning, lösningar, løsning, återställning, återhämtning, hur det löstes, hur vi löste det, gjenoppretting",
)
ACTIONS = (
    "*maßnahme, *maßnahmen, *massnahmen, aktionspunkte, nächste schritte, aufgaben",
    "prochaines étapes, mesures correctives, mesures préventives",
    "acciones, acción, próximos pasos, medidas, ações, ação, próximos passos",
    "azioni, azione, prossimi passi, acties, actiepunten, vervolg*, maatregelen",
    "åtgärd*, handlingsplan*, nästa steg, neste steg, næste skridt, uppföljning*, oppfølging*, opfølgning*, tiltak",
)

_WORD = re.compile(r"[^\W\d_]+")
_FREQUENT = """
    the and of to in was were is for that with on we a it at
    der die das und von ist wurde den nicht mit auf ein eine im wir
    le la les des et du une est dans pour en que qui un
    el los las de y se por con del una no fue
    o os um uma que não com foi para do da dos
    il di che per è non gli alla della stato
    het een van niet werd op te zijn
    och att det som en av på är var inte vi för til og å ikke
"""
_COMMON = frozenset(_FREQUENT.split())
_RATE = 0.08
"""Share of its words that are among the commonest; in those languages it is a fifth and more."""

FEWEST_WORDS = 30
"""Different ones."""


def is_known(shown: Iterable[str]) -> bool:
    """Whether a text is in a language of which the headings are known; a short one is taken to be."""
    words = _WORD.findall("\n".join(shown).casefold())
    return len(set(words)) < FEWEST_WORDS or sum(word in _COMMON for word in words) >= _RATE * len(words)
