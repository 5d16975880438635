"""What the card shows of runbooks, as plain values."""

from urllib.parse import quote

from stanch.core.case import Case
from stanch.core.incident import Incident
from stanch.core.runbooks.use import Use, mending
from stanch.core.thread import home_of


def address(url: str, path: str) -> str:
    """Where a file of the default branch stands, beside the address of one of its threads."""
    return f"{home_of(url)}/blob/HEAD/{quote(path)}"


def runbooks_view(case: Case, incident: Incident) -> dict[str, object]:
    """What was followed: everybody's last word on each runbook, in the order in which it was said."""
    return {"uses": [_use(case, incident, use) for use in incident.uses]}


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
