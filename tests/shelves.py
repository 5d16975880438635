"""Runbooks in one line each, and a shelf with four of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from stanch.core.config_problems import Place, Problem
from stanch.core.runbooks.model import Page, Runbook, Shelf, shelf_of

REVIEWED = date(2026, 11, 2)


def book(name: str, title: str = "", **fields: Any) -> Runbook:
    """A runbook in its file, owned by sam and reviewed two weeks before the start."""
    plain = Runbook(f"runbooks/{name}.md", name, title or name.replace("-", " ").capitalize())
    whole = replace(plain, owner="sam", last_reviewed=REVIEWED, review_every=timedelta(days=90))
    return replace(whole, **fields)


def torn(name: str) -> Page:
    """A file that could not be read as a runbook."""
    path = f"runbooks/{name}.md"
    return Page(path, None, (Problem(path, Place(), "it is no text; keep Markdown files in this folder"),))


def shelved(*books: Runbook, pages: tuple[Page, ...] = ()) -> Shelf:
    """A folder that holds these, and whatever else."""
    return shelf_of([*(Page(one.path, one) for one in books), *pages])


SHELF = shelved(
    book(
        "database-connections",
        "Database out of connections",
        symptoms=("queries fail with `too many clients already`", "the pool of every instance is at its limit"),
        alerts=("PostgresConnectionsHigh",),
        services=("checkout",),
    ),
    book("certificate-expired", "Expired certificate", symptoms=("browsers show NET::ERR_CERT_DATE_INVALID",)),
    book("queue-backlog", "Queue backlog", symptoms=("jobs wait for longer than their limit",), owner=None),
    book("roll-back", "Roll back a deployment", owner="kim"),
    pages=(torn("disk-full"), Page("runbooks/README.md")),
)
"""Of `roll-back` kim is the owner, who may not even triage here; of `queue-backlog` nobody is."""


def front_matter(**fields: str) -> str:
    """The file of a runbook about a queue."""
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{lines}---\n\n# Queue backlog\n"
