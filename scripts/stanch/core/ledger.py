"""What only the card remembers: accepted commands as they stood, and what was delivered.

The ledger is a union that only grows, so that two copies of it merge in any order. It is believed only in a
card that the bot wrote and nobody else edited. What is lost is rebuilt: commands from 🚀 and 👎, notices
from their markers and from the count of deleted comments.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from stanch.core.arguments import Arguments
from stanch.core.gate_memory import GateMemory, memory_of
from stanch.core.gate_memory import merged as merged_memory
from stanch.core.hotfix_facts import HotfixMemory, united
from stanch.core.hotfix_facts import memory_of as hotfixes_of
from stanch.core.item_memory import Items, items_of, shortened
from stanch.core.item_memory import plain as plain_items
from stanch.core.item_memory import united as united_items
from stanch.core.keeping import ODD, instant, readable, seconds
from stanch.core.marker import hidden, revealed
from stanch.core.outbox import Receipt, outbox_of
from stanch.core.outbox import plain as plain_outbox
from stanch.core.outbox import united as united_outbox

VERSION = 1
LONGEST = 40_000
"""Bytes that a ledger may take of the card's 60,000."""

SHORT = 60
"""Characters that an old command's text keeps when room runs out."""


TOO_EARLY = "too-early"
"""The refusal of a command from before there was an incident: remembered, so that nobody is asked twice, and silent."""


@dataclass(frozen=True, slots=True)
class Record:
    """One command, judged. `refusal` is the code of why not; empty when it was accepted. `at` is UTC."""

    comment_id: int
    line: int
    verb: str
    by: str
    at: datetime
    arguments: Arguments = field(default_factory=dict)
    refusal: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        return not self.refusal

    @property
    def place(self) -> tuple[int, int]:
        return self.comment_id, self.line


@dataclass(frozen=True, slots=True)
class Change:
    """A deployment or a merge that was seen before detection: kept, because newer ones push it out of view."""

    kind: str
    id: str
    at: datetime
    title: str
    sha: str
    by: str
    url: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """`delivered` maps a notice's key to its comment id, 0 when a deletion stood in for it.

    `declarations` remembers whether a severity that an author chose counts, by its place in time.
    `adopted` is the instant at which an old incident was taken in silently. `items` are a post-mortem's, None in the
    card of anything else. `outbox` is what became of each notice that left the repository, by its key.
    """

    records: tuple[Record, ...] = ()
    delivered: Mapping[str, int] = field(default_factory=dict)
    children: Mapping[str, int] = field(default_factory=dict)
    declarations: Mapping[str, bool] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    explained: int = 0
    adopted: datetime | None = None
    gate: GateMemory = field(default_factory=GateMemory)
    hotfixes: HotfixMemory = field(default_factory=HotfixMemory)
    items: Items | None = None
    outbox: Mapping[str, Receipt] = field(default_factory=dict)

    @property
    def places(self) -> frozenset[int]:
        """The ids of the comments that have been judged: they are never judged again."""
        return frozenset(record.comment_id for record in self.records)


def merged(ledgers: Iterable[Ledger]) -> Ledger:
    """The union of several ledgers; the first one's word wins where two differ."""
    whole = Ledger()
    for one in ledgers:
        known = {record.place for record in whole.records}
        seen = {(change.kind, change.id) for change in whole.changes}
        whole = Ledger(
            _in_order([*whole.records, *(r for r in one.records if r.place not in known)]),
            {**one.delivered, **whole.delivered},
            {**one.children, **whole.children},
            {**one.declarations, **whole.declarations},
            (*whole.changes, *(c for c in one.changes if (c.kind, c.id) not in seen)),
            max(whole.explained, one.explained),
            whole.adopted or one.adopted,
            merged_memory(whole.gate, one.gate),
            united(whole.hotfixes, one.hotfixes),
            united_items(whole.items, one.items),
            united_outbox(whole.outbox, one.outbox),
        )
    return whole


def _in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda record: (record.at, record.comment_id, record.line)))


def written(ledger: Ledger) -> str:
    """The ledger as one hidden line, shortened when it would not fit: proofs first, then old texts, then what is kept
    of action items beyond its own room, then old records, then the oldest notices that still stand in the thread.

    What is dropped can be had again: a proof from its run, a record from its comment and the reaction on it, a
    notice from its marker. Of hotfixes only texts are shortened: `HotfixMemory` keeps few enough. The outbox stays:
    it is small, and nothing else tells what left.
    """
    text = hidden(_plain(ledger))
    if len(text) > LONGEST:
        ledger = replace(ledger, gate=replace(ledger.gate, proofs={}))
        text = hidden(_plain(ledger))
    if len(text) > LONGEST:
        brief = tuple(replace(r, arguments={k: v[:SHORT] for k, v in r.arguments.items()}) for r in ledger.records)
        ledger = replace(ledger, records=brief, hotfixes=ledger.hotfixes.brief())
        text = hidden(_plain(ledger))
    if len(text) > LONGEST and ledger.items:
        ledger = replace(ledger, items=shortened(ledger.items))
        text = hidden(_plain(ledger))
    while len(text) > LONGEST and ledger.records:
        ledger = replace(ledger, records=ledger.records[len(ledger.records) // 4 + 1 :])
        text = hidden(_plain(ledger))
    while len(text) > LONGEST and ledger.delivered:
        oldest_first = sorted(ledger.delivered.items(), key=lambda one: (one[1] <= 0, one[1], one[0]))
        kept = oldest_first[len(oldest_first) // 4 + 1 :]
        ledger = replace(ledger, delivered=dict(kept))
        text = hidden(_plain(ledger))
    return text


def read(body: str) -> Ledger | None:
    """The ledger of a card's body; None when it is missing, torn or of an unknown version.

    One entry that cannot be read is lost alone: what it told is rebuilt as if the ledger had shed it.
    """
    value = revealed(body)
    if not isinstance(value, dict) or value.get("v") != VERSION:
        return None
    try:
        return _ledger(value)
    except ODD:
        return None


def _plain(ledger: Ledger) -> dict[str, object]:
    parts = {"gate": ledger.gate.plain(), "hotfixes": ledger.hotfixes.plain(), "outbox": plain_outbox(ledger.outbox)}
    return {
        "v": VERSION,
        "records": [
            [r.comment_id, r.line, r.verb, r.by, seconds(r.at), dict(r.arguments), r.refusal, dict(r.detail)]
            for r in ledger.records
        ],
        "delivered": dict(ledger.delivered),
        "children": dict(ledger.children),
        "declarations": {key: int(counts) for key, counts in ledger.declarations.items()},
        "changes": [
            [c.kind, c.id, seconds(c.at), c.title[:120], c.sha, c.by, c.url, c.previous] for c in ledger.changes
        ],
        "explained": ledger.explained,
        "adopted": seconds(ledger.adopted) if ledger.adopted else None,
        **({} if ledger.items is None else {"items": plain_items(ledger.items)}),
    } | {name: part for name, part in parts.items() if part}


def _ledger(value: dict[str, list[list[str]]]) -> Ledger:
    return Ledger(
        _in_order(readable(value["records"], _record)),
        dict(readable(dict(value["delivered"]).items(), _numbered)),
        dict(readable(dict(value["children"]).items(), _numbered)),
        {str(key): bool(counts) for key, counts in dict(value["declarations"]).items()},
        tuple(readable(value["changes"], _change)),
        next(readable([value["explained"]], _count), 0),
        next(readable([value["adopted"]], instant), None) if value["adopted"] else None,
        memory_of(value.get("gate")),
        hotfixes_of(value.get("hotfixes")),
        items_of(value.get("items")),
        outbox_of(value.get("outbox")),
    )


def _count(number: object) -> int:
    return int(str(number))


def _numbered(pair: tuple[object, object]) -> tuple[str, int]:
    key, id_ = pair
    return str(key), _count(id_)


def _record(row: Iterable[object]) -> Record:
    comment_id, line, verb, by, at, arguments, refusal, detail = row
    return Record(
        int(str(comment_id)),
        int(str(line)),
        str(verb),
        str(by),
        instant(at),
        {str(k): str(v) for k, v in dict(arguments).items()},  # type: ignore[call-overload] # dict() checks it
        str(refusal),
        {str(k): str(v) for k, v in dict(detail).items()},  # type: ignore[call-overload] # dict() checks it
    )


def _change(row: Iterable[object]) -> Change:
    kind, id_, at, title, sha, by, url, previous = row
    return Change(str(kind), str(id_), instant(at), str(title), str(sha), str(by), str(url), str(previous))
