"""Runbooks in which nothing is missing, what can be changed in them, and what the linter says then."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from stanch.adapters.config_file import read_config, read_source
from stanch.adapters.runbook_file import read_runbooks
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint import Finding, lint

TODAY = date(2026, 3, 20)
PATH = "runbooks/high-latency.md"
OTHER = "runbooks/error-spike.md"
HANDBOOK = "runbooks/handbook/severities.md"

GOOD = """\
---
services: [checkout]
symptoms:
  - Requests take longer than two seconds
  - Nothing fails, everything waits
  - The load is the same as yesterday
alerts: [HighLatency]
severity: sev-2
owner: alex
last_reviewed: 2026-03-01
review_every: 90d
---

# High latency

## Symptoms

- Requests take longer than two seconds, and none fails.

Not this one if requests fail: [error spike](error-spike.md).

## First look

- The dashboard of latencies, <https://grafana.example.com/d/1>.

## Diagnose

```mermaid
flowchart TD
  slow["It is slow"] --> where{"In the database?"}
  where -->|"yes"| query["Cancel the query"]
```

1. Which query takes long?
   ```sql
   select pid, query from pg_stat_activity order by query_start limit 5;
   ```
   Expect: healthy is a query that began this second.

## Mitigate

1. Cancel it; the caller gets one error.
   ```sql
   select pg_cancel_backend(<pid>);
   ```
   Expect: `t`.

## Verify

```sh
curl --max-time 10 https://shop.example.com/health
```

```text
ok in 0.08 s
```

## Escalate

- After 10 minutes: the secondary on call.

## Roll back

```sh
kubectl rollout undo deployment/checkout
# expect: deployment.apps/checkout rolled back
```
"""

SPIKE = (
    GOOD.replace("# High latency", "# Error spike")
    .replace("[HighLatency]", "[ErrorRate]")
    .replace("[error spike](error-spike.md)", "[high latency](./high-latency.md#first-look)")
)

PAGE = """\
---
kind: handbook
owner: jordan
last_reviewed: 2026-03-01
review_every: 180d
---

# Severities

SEV-1 is down. See [what to do when it is slow](../high-latency.md).
"""

PAGES = {PATH: GOOD, OTHER: SPIKE, HANDBOOK: PAGE}
CONFIG = """\
people: [alex, jordan]
services:
  checkout: {owner: alex}
"""


@dataclass(frozen=True)
class Told:
    """What is known besides the pages. `there` are the files that exist beside them, with their anchors."""

    config: str = CONFIG
    used: Mapping[str, date] = field(default_factory=dict)
    there: Mapping[str, frozenset[str]] | None = field(default_factory=dict)


def library(pages: Mapping[str, str | bytes | None], told: Told | None = None) -> Library:
    """The pages as they are read on the 20th of March 2026."""
    told = told or Told()
    loaded = read_config(told.config)
    assert loaded.problems == ()
    shelf = read_runbooks(pages)
    return Library(shelf, loaded.config, TODAY, told.used, told.there, read_source(told.config))


def changed(old: str, new: str, path: str = PATH) -> Library:
    """All pages are good, but for one place of one of them."""
    assert old in PAGES[path], old
    return library({**PAGES, path: PAGES[path].replace(old, new, 1)})


def section(title: str, text: str) -> Library:
    """All pages are good, but for what stands below one heading of the first runbook."""
    body, count = re.subn(
        rf"(^## {title}\n).*?(?=^## |\Z)", lambda found: f"{found[1]}\n{text}\n\n", GOOD, flags=re.MULTILINE | re.DOTALL
    )
    assert count == 1, title
    return library({**PAGES, PATH: body})


def without(title: str) -> Library:
    """All pages are good, but the first runbook lacks a section."""
    body, count = re.subn(rf"^## {title}\n.*?(?=^## |\Z)", "", GOOD, flags=re.MULTILINE | re.DOTALL)
    assert count == 1, title
    return library({**PAGES, PATH: body})


def command(*lines: str, before: str = "Then:") -> Library:
    """All pages are good; Mitigate has this command besides."""
    block = "\n".join(lines)
    return section("Mitigate", f"{before}\n\n```sh\n{block}\n```\n\nExpect: nothing.")


def diagram(*lines: str) -> Library:
    """All pages are good; Diagnose has this diagram instead of its own."""
    block = "\n".join(lines)
    return section("Diagnose", f"```mermaid\n{block}\n```\n\n```sh\nuptime\n```\n\nExpect: a load below 4.")


def found(told: Library, code: str) -> list[Finding]:
    """What one rule finds."""
    return list(lint(told, (code,)))


Table = Mapping[str, tuple[Library, list[str]]]
"""By what it shows: the pages, and the reasons that the rule finds in them, each with its line."""


def said(told: Library, code: str) -> list[str]:
    """What one rule finds, as `reason@line`."""
    return [f"{one.why}@{one.line}" for one in found(told, code)]


def cases(tables: Mapping[str, Table]) -> list[tuple[str, str]]:
    """The code and the name of each case."""
    return [(code, name) for code, table in tables.items() for name in table]
