"""What a practice is given: the facts, already read as an incident or as a post-mortem."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from stanch.core.commitment import Owed
from stanch.core.config import Config
from stanch.core.doctor.weekly import SetUp
from stanch.core.fold import incident_of
from stanch.core.incident import Incident
from stanch.core.ledger import Ledger, Record
from stanch.core.marker import marker_of
from stanch.core.postmortem import PostMortem, postmortem_of
from stanch.core.pull_case import PullCase
from stanch.core.sent import Sent
from stanch.core.snapshot import Snapshot, delivered, ledger_of, trusted_cards
from stanch.core.week import Week


@dataclass(frozen=True)
class Case:
    """One thread to decide about. At most one of `incident`, `postmortem` and `pull` is set.

    `owed` is what is owed everywhere, `week` what the note for a hand-over tells, `setup` what
    the weekly look at the set-up found: only the end of a sweep knows them.

    `settled` are the keys of every notice that was delivered, and what those covered.
    """

    snapshot: Snapshot
    ledger: Ledger
    incident: Incident | None = None
    postmortem: PostMortem | None = None
    sent: Sent = field(default_factory=Sent)
    pull: PullCase | None = None
    owed: Owed | None = None
    week: Week | None = None
    setup: SetUp | None = None

    @cached_property
    def settled(self) -> frozenset[str]:
        return delivered(self.snapshot.thread) | self.ledger.delivered.keys()

    @property
    def records(self) -> tuple[Record, ...]:
        """Every command that was judged here."""
        if self.pull is not None:
            return self.pull.records
        if self.postmortem is not None:
            return self.postmortem.records
        return self.incident.records if self.incident else self.ledger.records

    @property
    def children(self) -> dict[str, int]:
        """The numbers of the issues that were opened for this one, by key, as far as the card or this run knows."""
        answered = {key: number for key, number in self.sent.issues.items() if number}
        return {**answered, **self.ledger.children}

    @property
    def now(self) -> datetime:
        return self.snapshot.now

    @property
    def config(self) -> Config:
        return self.snapshot.config

    @property
    def number(self) -> int:
        return self.snapshot.thread.number

    def key(self, *parts: object) -> str:
        """The key of an effect of this thread: `12/call/…`."""
        return "/".join([str(self.number), *(str(part) for part in parts)])


def case_of(snapshot: Snapshot, sent: Sent | None = None) -> Case:
    """Read a snapshot; a pull request is nobody's case, whatever its labels."""
    ledger, sent = ledger_of(snapshot.thread), sent or Sent()
    if snapshot.thread.is_pull_request:
        return Case(snapshot, ledger, sent=sent)
    postmortem = postmortem_of(snapshot, ledger)
    if postmortem is not None and ledger.items is not None:
        return Case(snapshot, ledger, postmortem=postmortem, sent=sent)
    incident = incident_of(snapshot)
    if postmortem is not None and not _is_the_incident(snapshot, incident):
        return Case(snapshot, ledger, postmortem=postmortem, sent=sent)
    return Case(snapshot, ledger, incident=incident, sent=sent)


def _is_the_incident(snapshot: Snapshot, incident: Incident) -> bool:
    """Whether a thread is the incident itself, although somebody put the post-mortem's label on it.

    A card tells which of the two it belongs to: only a post-mortem's remembers items.
    """
    child = snapshot.thread.ours and marker_of(snapshot.thread.body) is not None
    return not child and (bool(trusted_cards(snapshot.thread)) or incident.severity is not None)
