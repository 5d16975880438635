"""Declare: a severity makes an issue an incident, one severity counts, and the right people are called."""

from collections.abc import Iterator

from stanch.core.case import Case
from stanch.core.config import CLIENT_REPORT
from stanch.core.incident import Incident, Kind, Spell
from stanch.core.marker import stamp_of
from stanch.core.oncall import called
from stanch.core.severity import Severity
from stanch.core.wanted import Alarm, LabelOff, LabelOn, Notice, Text, Want


def declare(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None:
        return
    yield from _labels(case, incident)
    if incident.burning and not incident.taken_in:
        yield from _call(case, incident)


def _labels(case: Case, incident: Incident) -> Iterator[Want]:
    """The newest severity is the one label that hangs; a stray one that nobody may set goes.

    A sweep asks GitHub for labels by their exact names: where only `SEV 1` hangs, `sev-1` joins it.
    """
    if incident.severity is not None and not _findable(case, incident, incident.severity):
        yield LabelOn(case.config.label_for(incident.severity))
    for label, severity in incident.labels_on:
        outdated = incident.severity is not None and severity is not incident.severity
        if outdated or (incident.severity is None and label in incident.stray_labels):
            yield LabelOff(label)
    if incident.report_wanted:
        yield LabelOn(CLIENT_REPORT)


def _findable(case: Case, incident: Incident, severity: Severity) -> bool:
    """Whether a label hangs under which a sweep looks for this severity."""
    watched = {name.lower() for name in (severity.label, *case.config.aliases.get(severity.label, ()))}
    return not watched.isdisjoint(label.lower() for label, _ in incident.labels_on)


def _call(case: Case, incident: Incident) -> Iterator[Want]:
    """Call people once for each time that a severity begins to hold; a quiet severity calls nobody."""
    spell = _spell(incident)
    people = called(incident, case.config, case.snapshot.repository.codeowners)
    if spell is None or people is None:
        return
    if not people:
        if incident.acknowledged is None and incident.kind is Kind.INCIDENT:
            yield Alarm(Text("summary/nobody_called", {"number": incident.number, "severity": _level(incident)}))
        return
    yield Notice(
        key=case.key("call", incident.severity.label if incident.severity else "report", stamp_of(spell.at)),
        text=Text("comments/call", _view(case, incident, spell, people)),
        due=spell.at,
    )


def _spell(incident: Incident) -> Spell | None:
    if incident.kind is Kind.REPORT:
        return Spell(None, incident.reported_at or incident.opened_at, incident.author)
    return incident.spells[-1] if incident.spells else None


def _level(incident: Incident) -> int:
    return int(incident.severity or Severity.SEV_2)


def _moved(incident: Incident) -> str:
    """Whether the severity that holds was `raised` or `lowered` from another one; empty when it was declared."""
    before, now = (incident.spells[-2].severity, incident.severity) if len(incident.spells) > 1 else (None, None)
    if before is None or now is None:
        return ""
    return "raised" if now.is_worse_than(before) else "lowered"


def _view(case: Case, incident: Incident, spell: Spell, people: tuple[str, ...]) -> dict[str, object]:
    return {
        "kind": incident.kind.value,
        "severity": _level(incident),
        "people": list(people),
        "by": spell.by,
        "why": spell.why,
        "moved": _moved(incident),
        "at": spell.at,
        "detected_at": incident.detected_at,
        "zone": case.config.calendar.zone,
        "what": incident.form.get("broken", ""),
    }
