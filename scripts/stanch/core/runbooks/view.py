"""What the card shows of runbooks, as plain values: which ones fit, and what was followed."""

from urllib.parse import quote

from stanch.core.case import Case
from stanch.core.clocks import rules_of
from stanch.core.incident import Incident, Status
from stanch.core.runbooks.asking import said_of
from stanch.core.runbooks.ranking import Suggestion, suggest
from stanch.core.runbooks.use import Use, mending
from stanch.core.thread import home_of


def address(url: str, path: str) -> str:
    """Where a file of the default branch stands, beside the address of one of its threads."""
    return f"{home_of(url)}/blob/HEAD/{quote(path)}"


def runbooks_view(case: Case, incident: Incident) -> dict[str, object]:
    """The best three while it is open, and everybody's last word on what was followed; once it is resolved and nobody
    has said which, `asked` are the names of those that were suggested.
    """
    fit = suggested(case, incident)
    ended = incident.status is Status.RESOLVED and not incident.uses and not incident.drill
    return {
        "suggested": [_suggestion(incident, one) for one in fit if incident.burning],
        "asked": [one.runbook.name for one in fit if ended],
        "uses": [_use(case, incident, use) for use in incident.uses],
    }


def suggested(case: Case, incident: Incident) -> tuple[Suggestion, ...]:
    """The runbooks that fit an incident that has clocks; none for what is withdrawn or merely recorded."""
    books, thread = case.snapshot.shelf.runbooks, case.snapshot.thread
    if not incident.ours or not rules_of(incident, case.config).card:
        return ()
    return suggest(books, said_of(thread, incident, case.config, books))


def reason(one: Suggestion) -> dict[str, object]:
    """Why a runbook is suggested, for `comments/_reason`."""
    return {"why": one.why.value, "names": one.names, "met": list(one.met), "service": one.service}


def _suggestion(incident: Incident, one: Suggestion) -> dict[str, object]:
    book = one.runbook
    return {
        "name": book.name,
        "title": book.title,
        "address": address(incident.url, book.path),
        **reason(one),
    }


def _use(case: Case, incident: Incident, use: Use) -> dict[str, object]:
    book = case.snapshot.shelf.named(use.runbook)
    return {
        "name": use.runbook,
        "title": book.title if book else use.runbook,
        "address": address(incident.url, book.path) if book else "",
        "worked": use.worked,
        "why": use.why,
        "by": use.by,
        "at": use.at,
        "issue": 0 if use.worked else case.children.get(case.key(mending(use.runbook)), 0),
    }
