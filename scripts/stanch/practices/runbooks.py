"""Runbooks: one that was followed and failed gets an issue, so that it is mended before the next night.

One issue for each runbook while it is open, on the runbook's owner, whichever incident opened it. Whoever else says
that it failed, here or in another incident, is added to it, once for each person and incident.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from stanch.core.access import Access
from stanch.core.case import Case
from stanch.core.incident import Incident
from stanch.core.runbooks.model import Runbook
from stanch.core.runbooks.use import LABEL, Use, mending, slug
from stanch.core.runbooks.view import address
from stanch.core.wanted import Added, ChildIssue, Text, Want

MOST = 20
"""People of one incident whose word on a runbook is told on its issue; all of them stand on the card."""

TOO_OLD = timedelta(hours=72)
"""What is said later than this after the end of an incident stands in its record, and opens nothing."""


def runbooks(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None or not incident.ours or _long_over(case, incident):
        return
    failed = sorted((use for use in incident.uses if not use.worked), key=lambda use: (use.runbook, use.at))
    for name, group in groupby(failed, key=lambda use: use.runbook):
        uses = tuple(group)[:MOST]
        issue = _mending(case, incident, name, uses)
        yield issue
        yield from (_again(issue, incident, use) for use in uses)


def _long_over(case: Case, incident: Incident) -> bool:
    return incident.status.over and case.now - incident.history[-1].at > TOO_OLD


def _again(issue: ChildIssue, incident: Incident, use: Use) -> Added:
    """What is said on the issue of a runbook by somebody whom its first text does not name."""
    view = {"number": incident.number, "title": incident.title, **_said(use), "zone": issue.text.view["zone"]}
    return Added(_key(issue.key, use), issue.key, Text("comments/runbook_failed", view))


def _key(issue: str, use: Use) -> str:
    """One for each person, incident and runbook: whoever changes their reason is not told a second time."""
    return f"{issue}/{slug(use.by)}"


def _said(use: Use) -> dict[str, object]:
    return {"by": use.by, "why": use.why, "at": use.at, "url": use.url}


def _mending(case: Case, incident: Incident, name: str, uses: tuple[Use, ...]) -> ChildIssue:
    book = case.snapshot.shelf.named(name)
    owner = (book.owner if book else None) or ""
    # Who was not asked about is assigned in good faith: GitHub drops whom it does not know.
    reachable = case.snapshot.access.get(owner, Access.TRIAGE) >= Access.TRIAGE
    view = {
        "number": incident.number,
        "title": incident.title,
        "name": name,
        **_file(book, incident),
        "owner": owner,
        "reachable": reachable,
        "uses": [_said(use) for use in uses],
        "zone": case.config.calendar.zone,
    }
    key = case.key(mending(name))
    return ChildIssue(
        key=key,
        title=Text("issues/runbook_title", {"number": incident.number, "title": book.title if book else name}),
        text=Text("issues/runbook", view),
        labels=(LABEL,),
        assignees=(owner,) if owner and reachable else (),
        kin=True,
        covers=tuple(_key(key, use) for use in uses),
    )


def _file(book: Runbook | None, incident: Incident) -> dict[str, object]:
    """Where it stands; nothing where the file is gone or could not be read."""
    path = book.path if book else ""
    return {"path": path, "address": address(incident.url, path) if path else ""}
