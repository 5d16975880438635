"""How a drill went: each promise with what became of it, what was forgotten, and one suggestion. Plain values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stanch.core.client_check import UNFIT
from stanch.core.commands import Verb
from stanch.core.config import Config
from stanch.core.game import Answer, Shown
from stanch.core.incident import Incident, Kind, Status
from stanch.core.intervals import Leg, intervals, seconds
from stanch.core.next_update import says_it_is_over
from stanch.core.severity import Severity
from stanch.core.spoken import Silences, spoken

CHECKS = ("failure", "neighbours")
"""What is looked at in production before an incident is over, beside its containment."""

MESSAGE_SHOWN = 600


class Verdict(StrEnum):
    """How one line of the scorecard came out. A note judges nothing."""

    GOOD = "good"
    LATE = "late"
    MISSED = "missed"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `what` and `verdict` choose the words; the rest is what they name: instants UTC, lengths in seconds.

    `count` are words or hints, of `total` hints; `missed` are words that came late or not at all, or hints asked for.
    """

    what: str
    verdict: Verdict
    at: datetime | None = None
    due: datetime | None = None
    took: int | None = None
    late: int = 0
    count: int = 0
    total: int = 0
    missed: int = 0
    by: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()

    def view(self) -> dict[str, object]:
        """Plain values for the template."""
        return {
            "what": self.what,
            "verdict": self.verdict.value,
            "at": self.at,
            "due": self.due,
            "took": self.took,
            "late": self.late,
            "count": self.count,
            "total": self.total,
            "missed": self.missed,
            "by": self.by,
            "text": self.text,
            "names": list(self.names),
            "wanted": list(self.wanted),
        }


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The lines in their order, and what follows from them. `ended` is UTC, or now while it is still open."""

    rows: tuple[Row, ...]
    forgotten: tuple[str, ...]
    suggestion: str
    ended: datetime
    over: bool
    answer: Answer | None = None

    def view(self, incident: Incident, config: Config) -> dict[str, object]:
        """Plain values for `comments/scorecard`."""
        return {
            "number": incident.number,
            "title": incident.title,
            "zone": config.calendar.zone,
            "detected_at": incident.detected_at,
            "ended_at": self.ended,
            "lasted": seconds(incident.detected_at, self.ended),
            "over": self.over,
            "status": "called off" if self.over and not incident.status.over else incident.status.value,
            "rows": [row.view() for row in self.rows],
            "forgotten": list(self.forgotten),
            "suggestion": self.suggestion,
            "answer": self.answer.text if self.answer else "",
        }


def ended_at(incident: Incident) -> datetime | None:
    """When it was over, or called off by taking its severity away; None while it is not."""
    if not incident.status.over:
        return incident.spells[-1].at if incident.kind is Kind.WITHDRAWN else None
    last = incident.history[-1].at if incident.history else None
    return incident.resolved.at if incident.resolved else last


def _called_off(incident: Incident) -> bool:
    """Whether nobody played it to its end: then what was not done was not forgotten."""
    return incident.kind is Kind.WITHDRAWN or incident.status in {Status.FALSE_ALARM, Status.DISMISSED}


def scorecard(
    incident: Incident, config: Config, now: datetime, answer: Answer | None = None, shown: Iterable[Shown] = ()
) -> Scorecard:
    """What a drill came to, up to its end or until now. Without an `answer` the lines that need one are left out."""
    end, called_off = ended_at(incident), _called_off(incident)
    until = end or now
    hints = tuple(one for one in shown if one.kind == "hint")
    rows = tuple(
        row
        for row in (
            _promised(incident, config, Leg.ACKNOWLEDGE, "acknowledged"),
            _severity(incident, answer),
            _told(incident, config),
            _updated(spoken(incident, config, until)),
            _contained(incident, answer),
            _promised(incident, config, Leg.MITIGATE, "mitigated"),
            _verified(incident),
            _handed_over(incident, answer),
            _rules(incident),
            _hints(hints, answer),
        )
        if row is not None and not (called_off and row.verdict is Verdict.MISSED)
    )
    forgotten = () if called_off else tuple(_forgotten(incident, rows))
    suggestion = "again" if called_off else _suggestion(rows, forgotten)
    return Scorecard(rows, forgotten, suggestion, until, end is not None, answer)


def _promised(incident: Incident, config: Config, leg: Leg, what: str) -> Row | None:
    """A promise with a deadline; nothing where nothing was promised and nothing done."""
    one = intervals(incident, config)[leg]
    deed = incident.acknowledged if leg is Leg.ACKNOWLEDGE else (incident.mitigated or incident.resolved)
    if one.took is None or deed is None:
        return Row(what, Verdict.MISSED, due=one.due) if one.due else None
    verdict = Verdict.LATE if one.late else Verdict.GOOD
    return Row(what, verdict, deed.at, one.due, one.took, one.late, by=deed.by)


def _severity(incident: Incident, answer: Answer | None) -> Row | None:
    """How bad the team thought it was while users suffered: who lowers it afterwards was not wrong before."""
    if answer is None or not answer.severity:
        return None
    fine = incident.fine_at
    held = [spell for spell in incident.spells if spell.severity is not None and (fine is None or spell.at <= fine)]
    wanted = f"SEV-{answer.severity}"
    right = next((spell for spell in held if spell.severity == answer.severity), None)
    last = held[-1].severity if held else None
    names = (f"SEV-{int(last)}",) if last else ()
    if right is None or last != answer.severity:
        return Row("severity", Verdict.MISSED, names=names, wanted=(wanted,))
    took = seconds(incident.detected_at, right.at)
    return Row("severity", Verdict.GOOD, right.at, took=took, by=right.by, names=names, wanted=(wanted,))


def _told(incident: Incident, config: Config) -> Row | None:
    """The first message to clients, with the words that would have been sent."""
    one = intervals(incident, config).get(Leg.TELL)
    first = next((update for update in incident.updates if update.public), None)
    if one is None:
        return None
    if first is None:
        return Row("told", Verdict.MISSED, due=one.due)
    verdict = Verdict.LATE if one.late else Verdict.GOOD
    text = first.text[:MESSAGE_SHOWN]
    return Row("told", verdict, first.at, one.due, one.took, one.late, by=first.by, text=text)


def _updated(said: Silences | None) -> Row | None:
    if said is None:
        return None
    late = [gap.late for gap in said.gaps]
    verdict = Verdict.GOOD if not late else (Verdict.LATE if said.words else Verdict.MISSED)
    worst = max(said.gaps, key=lambda gap: gap.late, default=None)
    due = worst.due if worst else None
    count, took = said.words, int(said.interval.total_seconds())
    return Row("updated", verdict, due=due, took=took, late=max(late, default=0), count=count, missed=len(late))


def _contained(incident: Incident, answer: Answer | None) -> Row | None:
    wanted = answer.contain if answer else ()
    first = incident.containments[0] if incident.containments else None
    if first is None:
        fine = incident.fine_at is not None and not wanted
        return None if fine else Row("contained", Verdict.MISSED, wanted=wanted)
    took = seconds(incident.detected_at, first.at) or 0
    late = max(0, took - answer.within) if answer and answer.within else 0
    due = incident.detected_at + timedelta(seconds=answer.within) if answer and answer.within else None
    kinds = tuple(dict.fromkeys(one.kind for one in incident.containments))
    verdict = Verdict.LATE if late else Verdict.GOOD
    return Row("contained", verdict, first.at, due, took, late, by=first.by, names=kinds, wanted=wanted)


def _verified(incident: Incident) -> Row | None:
    if incident.fine_at is None:
        return None
    done = tuple(check for check in CHECKS if check in incident.verified)
    left = tuple(check for check in CHECKS if check not in incident.verified)
    return Row("verified", Verdict.MISSED if left else Verdict.GOOD, names=done, wanted=left)


def _handed_over(incident: Incident, answer: Answer | None) -> Row | None:
    """Handed over by name, where the scenario asks for it or somebody did."""
    given = [one for one in incident.records if one.accepted and one.verb == Verb.HANDOFF.value]
    if given:
        return Row("handed-over", Verdict.GOOD, given[-1].at, by=given[-1].by, text=incident.lead)
    return Row("handed-over", Verdict.MISSED) if answer and answer.handover else None


def _rules(incident: Incident) -> Row:
    broken = tuple(_broken(incident))
    return Row("rules", Verdict.MISSED if broken else Verdict.GOOD, names=broken)


def _broken(incident: Incident) -> Iterator[str]:
    """The habits that were not kept, by name, in the order of an incident."""
    if incident.highest in {Severity.SEV_1, Severity.SEV_2} and not incident.lead:
        yield "no-lead"
    contained = incident.containments[0].at if incident.containments else None
    known = next((change.at for change in incident.history if change.status is Status.IDENTIFIED), None)
    if known is not None and (contained is None or known < contained):
        yield "diagnosed-first"
    if any(one.accepted and one.verb == Verb.UPDATE_ANYWAY.value for one in incident.records):
        yield "past-checks"
    if any(one.refusal in UNFIT for one in incident.records):
        yield "unfit-words"


def _hints(hints: tuple[Shown, ...], answer: Answer | None) -> Row | None:
    if answer is None or not answer.hints:
        return None
    last = hints[-1].at if hints else None
    asked = sum(1 for one in hints if one.asked)
    return Row("hints", Verdict.NOTE, last, count=len(hints), total=answer.hints, missed=asked)


def _forgotten(incident: Incident, rows: tuple[Row, ...]) -> Iterator[str]:
    """What was never done, in the order in which it would have been."""
    missed = {row.what for row in rows if row.verdict is Verdict.MISSED}
    yield from (what for what in ("acknowledged", "severity", "told", "contained") if what in missed)
    told, fine = [update for update in incident.updates if update.public], incident.fine_at
    if told and fine is not None and told[-1].at < fine and not says_it_is_over(told[-1].text):
        yield "closing-word"
    yield from (check for row in rows if row.what == "verified" for check in row.wanted)
    if incident.status is Status.RESOLVED and incident.standing and "containment" not in incident.verified:
        yield "containment"
    if "handed-over" in missed:
        yield "handed-over"


ADVICE = ("acknowledged", "severity", "contained", "told", "updated", "mitigated", "handed-over")
"""The lines by which most is gained, in this order, where one of them is late or missed."""


def _suggestion(rows: tuple[Row, ...], forgotten: tuple[str, ...]) -> str:
    """The one thing to try next time."""
    weak = {row.what for row in rows if row.verdict in {Verdict.LATE, Verdict.MISSED}}
    for what in ADVICE:
        if what in weak:
            return what
    if forgotten:
        return "closing-word" if "closing-word" in forgotten else "verified"
    broken = next((row.names[0] for row in rows if row.what == "rules" and row.names), "")
    if broken:
        return broken
    taken = any(row.what == "hints" and row.count for row in rows)
    return "hints" if taken else "harder"
