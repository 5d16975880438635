"""Bodies that people write, and bodies that somebody writes to make a parser work hard."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from stanch.core import ledger, marker
from stanch.core.action_list import items
from stanch.core.commands import read
from stanch.core.forms import LABELS, Filing, incident_form
from stanch.core.markdown import cut, plain, quoted
from stanch.core.severity import severity_of

AT = datetime(2026, 3, 17, 10, tzinfo=UTC)
LARGEST = 65_536

ORDINARY = """\
The payments fail since the deployment of this morning. What I see:

- the provider answers `409 idempotency_conflict`
- only in *Europe*, see https://status.example.org and #12

> We could not take your payment.

```
2026-03-17T09:58:12Z checkout-7 WARN provider answered 409 id=7c1e try=2
```

/contain rollback to 4f1c09e until 2026-03-20
/status identified The retry sends the same key twice.
It was added yesterday.

## Action items

- [ ] Test the retry against the provider's sandbox — Owner: @jordan — Due: 2026-03-24
- [x] Alert on 409 — Owner: @alex — Due: 2026-03-18
"""

HOSTILE: Mapping[str, str] = {
    "backticks": "`a ``b ",
    "quotes in quotes": ">" * 50 + " a\n",
    "a staircase of lists": "- a\n  ",
    "deep lists": "".join("  " * depth + "- a\n" for depth in range(40)),
    "fences": "```\n",
    "tables": "|a|b|\n|-|-|\n",
    "broken links": "[a](<b ",
    "brackets": "[" * 200 + "\n",
    "emphasis": "*a _b ",
    "comments": "<!-- ",
    "form headings": "### Severity\n\nSEV-1\n\n",
    "boxes": "- [ ] a — Owner: @alex — Due: 2026-03-01\n",
    "commands": "/ack\n",
    "entities": "&amp;",
    "mentions": "@alex ",
    "emoji": "\U0001f525",
    "folds": "<details>\n",
    "spaces": " ",
    "dashes": "- ",
    "empty lines": "\n",
    "accents": "e" + "\u0301" * 5,
}

PARSERS: Mapping[str, Callable[[str], object]] = {
    "commands": lambda body: read(body, AT, "Europe/Berlin"),
    "action items": lambda body: items(f"## Action items\n\n{body}"),
    "incident form": lambda body: incident_form(body, LABELS, severity_of, Filing(AT)),
    "marker": marker.marker_of,
    "ledger": ledger.read,
    "one line": plain,
    "quotation": quoted,
    "cut in half": lambda body: cut(body, len(body.encode()) // 2),
}


def filled(pattern: str, size: int) -> str:
    """A body of `size` characters that begins with a command and repeats a pattern."""
    return ("/ack\n" + pattern * (size // len(pattern) + 1))[:size]
