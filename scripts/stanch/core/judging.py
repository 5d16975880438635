"""Commands on their way into the incident: a fresh one is judged where it stands, a settled one taken at its word."""

from datetime import datetime

from stanch.core.arguments import Arguments
from stanch.core.calls import Call
from stanch.core.client_check import UNFIT, objection
from stanch.core.commands import TABLE, Verb
from stanch.core.deeds import DEEDS, working
from stanch.core.incident import Status
from stanch.core.ledger import TOO_EARLY, Record
from stanch.core.runbooks.naming import called, names_of, nearest
from stanch.core.timeline import Fresh, Happening
from stanch.core.unfolding import State


def judged(state: State, fresh: Fresh, happening: Happening) -> None:
    """Judge one call where it stands."""
    call, comment = fresh.call, fresh.comment
    refusal, detail = _unheard(state, call.verb, happening.at), dict[str, str]()
    arguments = call.arguments or {}
    if not refusal and call.wrong is not None:
        refusal, detail = call.wrong.code, {**call.wrong.values, "meant": call.meant}
    elif not refusal and not fresh.allowed:
        refusal = "not-allowed"
    elif not refusal and state.ending and _goes_on(call):
        refusal = "closed"
    elif not refusal and call.verb is Verb.UPDATE and not fresh.heard:
        refusal, detail = _unfit(state, fresh)
    elif not refusal and call.verb is Verb.RUNBOOK:
        refusal, detail, arguments = _meant(state, arguments, heard=fresh.heard)
    record = Record(
        comment.id,
        call.line,
        call.verb.value if call.verb else call.typed,
        comment.author.login,
        happening.at,
        arguments,
        refusal,
        detail,
    )
    if record.accepted:
        refusal = _done(state, record, happening.url)
        record = Record(*record.place, record.verb, record.by, record.at, record.arguments, refusal)
    _seen(state, record, happening.url)
    state.records.append(record)


def _seen(state: State, record: Record, url: str) -> None:
    """A text that was not sent is the text of somebody at work: nobody else is called while it is mended."""
    if record.refusal in UNFIT:
        working(state, record, url)


def _unheard(state: State, verb: Verb | None, at: datetime) -> str:
    """Why a command is not heard: only a severity makes an incident, of a plain issue and of a withdrawn one.

    What was withdrawn may still be contained, and its owner is asked about that.
    """
    if state.live or verb is Verb.SEV:
        return ""
    if not state.was_one(at):
        return TOO_EARLY
    return "" if verb in {Verb.RESTORE, Verb.HELP} else "withdrawn"


def _goes_on(call: Call) -> bool:
    """Whether a call says that the work goes on: of a closed issue that is said by opening it again."""
    return call.verb is Verb.STATUS and not Status((call.arguments or {})["status"]).over


def _unfit(state: State, fresh: Fresh) -> tuple[str, dict[str, str]]:
    """Why clients should not be sent this text, if so; while it burns it has to say when they hear more."""
    burns = not (state.status.users_are_fine or state.ending or fresh.calms) and state.severity in state.chased
    people = state.people | {*state.crew, *(login for login in (state.lead, state.comms) if login)}
    found = objection((fresh.call.arguments or {})["text"], people, wants_time=burns)
    return (found.why.value, {"typed": found.words}) if found else ("", {})


def _meant(state: State, said: Arguments, *, heard: bool) -> tuple[str, dict[str, str], Arguments]:
    """The runbook that was meant, by its name; what was accepted before stays, though the file may be gone since."""
    typed = said["runbook"]
    name = called(state.shelf, typed) or (typed if heard else "")
    if name:
        return "", {}, {**said, "runbook": name}
    code = "no-such-runbook" if names_of(state.shelf) else "no-runbooks"
    return code, {"typed": typed, "meant": nearest(state.shelf, typed)}, said


def settled(state: State, record: Record, url: str) -> None:
    """Take a record at its word; one whose arguments cannot be read is lost, and its comment is judged anew."""
    try:
        if record.accepted:
            _done(state, record, url)
    except (LookupError, ValueError, OverflowError):
        return
    _seen(state, record, url)
    state.records.append(record)


def _done(state: State, record: Record, url: str) -> str:
    """Carry out an accepted command; a settled one that no longer fits changes nothing."""
    usage = TABLE.get(record.verb)
    return DEEDS[usage.verb](state, record, url) if usage else ""
