"""Commands on a post-mortem: each judged once, where it stands, by what was known of the items then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stanch.core.arguments import ME
from stanch.core.calls import Call
from stanch.core.commands import TABLE, Verb
from stanch.core.following import Ended, Ending, Followed, as_of, follow, numbers_of
from stanch.core.hearing import unheard
from stanch.core.ledger import Ledger, Record
from stanch.core.sighting import Sighted
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Comment
from stanch.core.timeline import may_command
from stanch.core.traces import traces_of

ON_ITEMS = frozenset({Verb.DONE, Verb.DEFER, Verb.DROP, Verb.ASSIGN})

STRANGER = "stranger"
"""What a record tells of an item that was given to somebody who does not belong to the repository."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What commands are judged by: the items, who writes the report, edited it last and leads it, whether it has
    errors, and who is known to be a stranger here, in lower case.
    """

    sighted: tuple[Sighted, ...]
    by_link: Mapping[int, Ended] = field(default_factory=dict)
    writers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    faulty: bool = False
    strangers: frozenset[str] = frozenset()


def judged(snapshot: Snapshot, ledger: Ledger, standing: Standing) -> tuple[Record, ...]:
    """All records: what the ledger has judged, and what is said anew."""
    records, traces = list(ledger.records), traces_of(snapshot, ledger)
    for said in unheard(snapshot, ledger):
        allowed = may_command(snapshot, traces, said.comment)
        for call in said.calls:
            records.append(_record(standing, records, said.comment, call, allowed=allowed))
    return tuple(sorted(records, key=lambda record: (record.at, record.comment_id, record.line)))


def _record(standing: Standing, before: list[Record], comment: Comment, call: Call, *, allowed: bool) -> Record:
    arguments = _named(call, comment)
    verb = call.verb.value if call.verb else call.typed
    at = comment.edited_at or comment.at
    record = Record(comment.id, call.line, verb, comment.author.login, at, arguments)
    code, detail = _refusal(standing, before, record, call, allowed=allowed)
    if not code and arguments.get("login", "").lower() in standing.strangers:
        detail = {STRANGER: arguments["login"]}
    return Record(*record.place, verb, record.by, at, arguments, code, detail)


def _named(call: Call, comment: Comment) -> dict[str, str]:
    """The arguments, with the author's login for `me`."""
    arguments = dict(call.arguments or {})
    if call.verb is Verb.ASSIGN and arguments.get("login", "").lower() == ME:
        arguments["login"] = comment.author.login
    return arguments


def _refusal(
    standing: Standing, before: list[Record], record: Record, call: Call, *, allowed: bool
) -> tuple[str, dict[str, str]]:
    """Why a command is not done, empty when it is, and what the answer names."""
    if call.wrong is not None:
        return call.wrong.code, {**call.wrong.values, "meant": call.meant}
    if not allowed:
        return "not-allowed", {}
    if call.verb is None or not TABLE[call.verb].on_postmortem:
        return "of-the-incident", {}
    if call.verb is Verb.REVIEWED:
        return _review(standing, record), {}
    return _on_items(standing, before, record, call.verb) if call.verb in ON_ITEMS else ("", {})


def _review(standing: Standing, record: Record) -> str:
    if is_one_of(record.by, (*standing.writers, *standing.editors)):
        return "own-report"
    return "has-errors" if standing.faulty else ""


def is_one_of(login: str, others: Iterable[str]) -> bool:
    """Whether somebody is among others; GitHub knows no case in logins."""
    return login.lower() in {other.lower() for other in others}


def _on_items(standing: Standing, before: list[Record], record: Record, verb: Verb) -> tuple[str, dict[str, str]]:
    """A command on several items is done for all of them, or for none."""
    accepted = (one for one in before if one.accepted and (one.at, one.place) <= (record.at, record.place))
    numbers = numbers_of(record)
    named = [as_of(one, record.at) for one in standing.sighted if one.number in numbers]
    by_link = {number: ended for number, ended in standing.by_link.items() if ended.at <= record.at}
    known = {one.number: one for one in follow(named, accepted, by_link)}
    for number in numbers:
        code = _on_item(standing, known.get(number), record, verb)
        if code:
            return code, {"typed": str(number)}
    return "", {}


def _on_item(standing: Standing, item: Followed | None, record: Record, verb: Verb) -> str:
    if item is None:
        return "no-such-item"
    if item.ended is not None and not (verb is not Verb.DONE and _only_by_link(standing, item)):
        return "taken-out" if item.ended.how is Ending.GONE else "already-ended"
    holders = (*item.owners, *standing.leads)
    return "not-yours" if verb is Verb.DROP and holders and not is_one_of(record.by, holders) else ""


def _only_by_link(standing: Standing, item: Followed) -> bool:
    """Whether nobody said that an item is done, and only what it links is closed: then it may go on."""
    return item.ended is not None and item.ended == standing.by_link.get(item.number)
