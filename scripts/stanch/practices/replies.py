"""Replies: every command gets a mark, and what was refused one answer that says why."""

from collections.abc import Iterator
from itertools import groupby

from stanch.core.case import Case
from stanch.core.commands import Place, Verb, help_view
from stanch.core.hearing import answered
from stanch.core.ledger import TOO_EARLY, Record
from stanch.core.thread import Comment, Mark
from stanch.core.wanted import Notice, Reacted, Text, Want


def replies(case: Case) -> Iterator[Want]:
    if case.incident is None and case.pull is None and case.postmortem is None:
        return
    comments = {comment.id: comment for comment in case.snapshot.thread.comments}
    heard = (record for record in case.records if record.refusal != TOO_EARLY)
    records = sorted(heard, key=lambda record: record.place)
    for comment_id, group in groupby(records, key=lambda record: record.comment_id):
        if comment_id in comments:
            yield from _reply(case, tuple(group), comments[comment_id])


def _reply(case: Case, records: tuple[Record, ...], comment: Comment) -> Iterator[Want]:
    refused = [record for record in records if not record.accepted]
    wanted = {Mark.ACCEPTED} if len(refused) < len(records) else set()
    wanted |= {Mark.REFUSED} if refused else set()
    # 🚀 first: where there is no ledger, 👎 alone means that nothing in the comment was done.
    for mark in (Mark.ACCEPTED, Mark.REFUSED):
        if mark in wanted - comment.marks:
            yield Reacted(comment.id, mark)
    if refused and not answered(comment):
        view = {"refusals": [_refusal(record) for record in refused]}
        key = case.key("refused", comment.id)
        yield Notice(key, Text("comments/refused", view), refused[0].at)
    if any(record.accepted and record.verb == Verb.HELP.value for record in records):
        place = Place.POSTMORTEM if case.postmortem else Place.INCIDENT
        yield Notice(case.key("help", comment.id), Text("comments/help", help_view(place)), records[0].at)


def _refusal(record: Record) -> dict[str, object]:
    return {
        "typed": record.detail.get("typed", ""),
        "verb": record.verb,
        "code": record.refusal,
        "meant": record.detail.get("meant", ""),
    }
