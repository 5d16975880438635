"""The timeline of an incident, from evidence alone: each line with the record that it rests on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from stanch.core.changes import LOOKING_BACK
from stanch.core.incident import Incident
from stanch.core.ledger import Change
from stanch.core.markdown import plain
from stanch.core.runs import EndedRun, ended_within
from stanch.core.runs import fitting as shown
from stanch.core.silences import Silence
from stanch.core.thread import home_of

LINE = 300
"""Characters of a text that one line of the timeline shows."""

ROOM = 30_000
"""Bytes of a body that the timeline may take, so that what stands below it is never cut off."""

FRAME = 150
"""Bytes that one line takes beside its text: the time, the people, the source."""

PULL = re.compile(r".*/pull/([1-9][0-9]{0,9})")


class What(StrEnum):
    """What one line tells of: the names that the templates know."""

    DEPLOYMENT = "deployment"
    MERGE = "merge"
    DETECTED = "detected"
    OPENED = "opened"
    REPORTED = "reported"
    SEVERITY = "severity"
    ACKNOWLEDGED = "acknowledged"
    JOINED = "joined"
    CLIENT_UPDATE = "client update"
    UPDATE = "update"
    NOTE = "note"
    STATUS = "status"
    CLOSED = "closed"
    REOPENED = "reopened"
    CONTAINED = "contained"
    RESTORED = "restored"
    VERIFIED = "verified"
    RUNBOOK = "runbook"
    PULL_REQUEST = "pull request"
    MERGED = "merged"
    WAIVED = "waived"
    HOTFIX_MERGED = "hotfix merged"
    IN_PRODUCTION = "in production"
    RUN = "run"
    GAP = "gap"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Moment:
    """One line: when (UTC), what, and its words as plain values.

    It rests on a comment or a workflow run (`url`), a pull request (`pull`), a commit (`sha`), or else on the issue
    itself.
    """

    at: datetime
    what: What
    words: Mapping[str, object] = field(default_factory=dict)
    url: str = ""
    pull: int = 0
    sha: str = ""

    def view(self, incident: Incident) -> dict[str, object]:
        """Plain values for the templates, `source` among them."""
        return {"at": self.at, "what": self.what.value, **self.words, "source": self._source(incident)}

    def _source(self, incident: Incident) -> dict[str, object]:
        said_on = PULL.fullmatch(self.url)
        pull = self.pull or (int(said_on[1]) if said_on else 0)
        if self.what in {What.GAP, What.LEFT_OUT}:
            return {"kind": "none", "number": 0, "sha": "", "url": ""}
        if self.what is What.RUN:
            return {"kind": "run", "number": 0, "sha": self.sha, "url": self.url}
        if pull:
            return {"kind": "pull", "number": pull, "sha": "", "url": ""}
        if self.sha:
            url = f"{home_of(incident.url)}/commit/{self.sha}"
            return {"kind": "commit", "number": 0, "sha": self.sha, "url": url}
        kind = "comment" if self.url else "issue"
        return {"kind": kind, "number": incident.number, "sha": "", "url": self.url}


def moments(incident: Incident) -> tuple[Moment, ...]:
    """Everything that is recorded, oldest first. What no record tells of is not in it."""
    return tuple(sorted(_moments(incident), key=lambda moment: moment.at))


def with_silences(told: tuple[Moment, ...], silences: tuple[Silence, ...]) -> tuple[Moment, ...]:
    """The timeline with its gaps named, each right after the line that it begins with."""
    gaps = (Moment(one.at, What.GAP, {"until": one.until, "took": int(one.length.total_seconds())}) for one in silences)
    return tuple(sorted((*told, *gaps), key=lambda moment: moment.at))


def fitting(told: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """The timeline in the room that it has: of one that is too long the middle is left out, and that is said."""
    sizes = [_size(one) for one in told]
    if sum(sizes) <= ROOM:
        return told
    first, last, left = 0, len(told), ROOM
    while first < last and left > 0:
        from_the_end = first > len(told) - last
        left -= sizes[last - 1 if from_the_end else first]
        first, last = (first, last - 1) if from_the_end else (first + 1, last)
    gone = Moment(told[first].at, What.LEFT_OUT, {"count": last - first}) if last > first else None
    return (*told[:first], *((gone,) if gone else ()), *told[last:])


def _size(one: Moment) -> int:
    """How many bytes a line takes at most: what is made harmless is longer than what was written."""
    return FRAME + len(plain(str(one.words.get("text", "")), LINE).encode("utf-8", "replace"))


def _moments(incident: Incident) -> Iterator[Moment]:
    yield from _changes(incident)
    yield Moment(incident.detected_at, What.DETECTED, {"text": incident.detected_how})
    if incident.opened_at > incident.detected_at:
        yield Moment(incident.opened_at, What.OPENED, {"by": incident.author})
    if incident.reported_at is not None:
        yield Moment(incident.reported_at, What.REPORTED, {"by": incident.author})
    for spell in incident.spells:
        words = {"severity": int(spell.severity or 0), "by": spell.by, "text": spell.why[:LINE]}
        yield Moment(spell.at, What.SEVERITY, words, spell.url)
    yield from _people(incident)
    yield from _words(incident)
    yield from _status(incident)
    yield from _hotfixes(incident)
    yield from _work(incident)
    yield from _runs(incident)


def deployed_during(incident: Incident) -> tuple[Change, ...]:
    """The production deployments between detection and the end, oldest first."""
    ended = incident.resolved or incident.mitigated
    return tuple(one for one in incident.deployed_since if ended is None or one.at <= ended.at)


def runs_during(incident: Incident) -> tuple[EndedRun, ...]:
    """The workflow runs that ended from a day before detection to the end, oldest first, as far as they were read."""
    ended = incident.resolved or incident.mitigated
    return ended_within(incident.runs, incident.detected_at - LOOKING_BACK, ended.at if ended else None)


def _runs(incident: Incident) -> Iterator[Moment]:
    for one in shown(runs_during(incident)):
        words = {"text": one.name[:LINE], "end": one.end.value, "event": one.event, "sha": one.sha}
        yield Moment(one.at, What.RUN, words, one.url, sha=one.sha)


def _changes(incident: Incident) -> Iterator[Moment]:
    for change in (*incident.changes, *deployed_during(incident)):
        words = {"text": change.title, "by": change.by, "sha": change.sha}
        yield Moment(change.at, What(change.kind), words, sha=change.sha)


def _people(incident: Incident) -> Iterator[Moment]:
    if incident.acknowledged:
        deed = incident.acknowledged
        yield Moment(deed.at, What.ACKNOWLEDGED, {"by": deed.by}, deed.url)
    for hand in incident.hands:
        words: Mapping[str, object] = {"login": hand.login, "part": hand.part.value, "by": hand.by}
        yield Moment(hand.at, What.JOINED, words, hand.url)


def _words(incident: Incident) -> Iterator[Moment]:
    for update in incident.updates:
        what = What.CLIENT_UPDATE if update.public else What.UPDATE
        yield Moment(update.at, what, {"text": update.text[:LINE], "by": update.by}, update.url)
    for note in incident.notes:
        yield Moment(note.at, What.NOTE, {"text": note.text[:LINE], "by": note.by}, note.url)


def _status(incident: Incident) -> Iterator[Moment]:
    """What was said by a command, and the closings and reopenings that nobody said, in order."""
    for change in incident.history:
        if change.said:
            words = {"status": change.status.value, "by": change.by}
            yield Moment(change.at, What.STATUS, words, change.url or "")
    for turn in incident.turns:
        status, reason = turn.status.value if turn.status else "", turn.reason.value if turn.reason else ""
        words = {"status": status, "reason": reason, "by": turn.by}
        yield Moment(turn.at, What.REOPENED if turn.reopened else What.CLOSED, words)


def _work(incident: Incident) -> Iterator[Moment]:
    for one in incident.containments:
        words: Mapping[str, object] = {"text": one.what[:LINE], "kind": one.kind, "by": one.by, "id": one.id}
        yield Moment(one.at, What.CONTAINED, words, one.url)
        if one.restored:
            words = {"by": one.restored.by, "id": one.id, "text": one.accepted[:LINE]}
            yield Moment(one.restored.at, What.RESTORED, words, one.restored.url)
    for check, deed in incident.verified.items():
        yield Moment(deed.at, What.VERIFIED, {"check": check, "by": deed.by}, deed.url)
    for use in incident.uses:
        words = {"name": use.runbook, "worked": use.worked, "by": use.by, "text": use.why[:LINE]}
        yield Moment(use.at, What.RUNBOOK, words, use.url)
    told = {one.pull for one in incident.told.merged.values()}
    for work in incident.works:
        words = {"number": work.number, "text": work.title, "by": work.by}
        yield Moment(work.at, What.PULL_REQUEST, words, pull=work.number)
        if work.merged_at and work.number not in told:
            yield Moment(work.merged_at, What.MERGED, {"number": work.number, "text": work.title}, pull=work.number)


def _hotfixes(incident: Incident) -> Iterator[Moment]:
    """What the gate told of: waivers, merges, and when each reached production."""
    for waived in incident.told.waived.values():
        words: Mapping[str, object] = {"number": waived.pull, "rule": waived.rule, "by": waived.by, "text": waived.why}
        yield Moment(waived.at, What.WAIVED, words, pull=waived.pull)
    for one in incident.told.merged.values():
        words = {"number": one.pull, "text": one.title, "kind": one.kind, "by": one.by, "sha": one.sha}
        yield Moment(one.at, What.HOTFIX_MERGED, words, pull=one.pull)
        if one.live is not None:
            yield Moment(one.live, What.IN_PRODUCTION, {"number": one.pull, "sha": one.sha}, sha=one.sha)
