"""Replies: every command gets a mark, and what was refused one answer that says why."""

from collections.abc import Iterator
from itertools import groupby

from stanch.core.case import Case
from stanch.core.commands import Verb, help_view
from stanch.core.ledger import TOO_EARLY, Record
from stanch.core.thread import Mark
from stanch.core.wanted import Notice, Reacted, Text, Want


def replies(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None:
        return
    marks = {comment.id: comment.marks for comment in case.snapshot.thread.comments}
    heard = (record for record in incident.records if record.refusal != TOO_EARLY)
    records = sorted(heard, key=lambda record: record.place)
    for comment_id, group in groupby(records, key=lambda record: record.comment_id):
        if comment_id in marks:
            yield from _reply(case, tuple(group), marks[comment_id])


def _reply(case: Case, records: tuple[Record, ...], marks: frozenset[Mark]) -> Iterator[Want]:
    refused = [record for record in records if not record.accepted]
    wanted = {Mark.ACCEPTED} if len(refused) < len(records) else set()
    wanted |= {Mark.REFUSED} if refused else set()
    for mark in sorted(wanted - marks):
        yield Reacted(records[0].comment_id, mark)
    if refused:
        view = {"by": refused[0].by, "refusals": [_refusal(record) for record in refused]}
        key = case.key("refused", refused[0].comment_id)
        yield Notice(key, Text("comments/refused", view), refused[0].at)
    if any(record.accepted and record.verb == Verb.HELP.value for record in records):
        yield Notice(case.key("help", records[0].comment_id), Text("comments/help", help_view()), records[0].at)


def _refusal(record: Record) -> dict[str, object]:
    return {
        "typed": record.detail.get("typed", ""),
        "verb": record.verb,
        "code": record.refusal,
        "meant": record.detail.get("meant", ""),
    }
