"""Bodies that people write, and bodies that somebody writes to make a parser work hard."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import islice, product
from string import ascii_lowercase
from typing import NamedTuple

from stanch.core import ledger, marker
from stanch.core.action_list import items
from stanch.core.calls import read
from stanch.core.forms import LABELS, Filing, incident_form
from stanch.core.markdown import cut, plain, quoted
from stanch.core.oncall import owners_in
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


class Between(NamedTuple):
    """A run of one thing between two anchors: what a pattern may split in many ways before it gives up."""

    before: str
    run: str
    after: str = "\nx"


def _words(size: int) -> list[str]:
    return ["".join(letters) for letters in islice(product("xyzqjwbgvf" + ascii_lowercase, repeat=4), size)]


HOSTILE: Mapping[str, str | Between] = {
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
    "accents in disorder": "\u0301\u0316",
    "accents in disorder on a heading": Between("### a", "\u0301\u0316"),
    "accents in disorder on an item": Between("- [ ] a", "\u0301\u0316"),
    "words that are nearly commands": "/statuz\n",
    "words that are no commands": "".join(f"/{word}\n" for word in _words(LARGEST // 6)),
    "owners": "".join(f"* @{word}\n" for word in _words(LARGEST // 8)),
    "box, then blanks": Between("### Severity\n\n- [x]", " "),
    "box, then tabs": Between("### Severity\n\n- [x] ", "\t"),
    "item, then blanks": Between("- [ ] a", " "),
    "item, then dashes": Between("- [ ] a", " -"),
    "item, then at-signs": Between("- [ ] a \u2014 Owner:", " @"),
    "heading, then blanks": Between("###", " "),
    "blanks, then a fence": Between("```", " ", "x`"),
    "bracket, then blanks": Between("- [", " ", "] a"),
    "brackets in brackets": Between("- [x] ", "[", "]"),
    "until, then blanks": Between("/contain rollback x until", " ", "a b"),
    "until, then letters": Between("/contain rollback x until ", "a", " b"),
    "untils": Between("/contain rollback", " until", "!"),
    "text, then bars": Between("/timeline a", " |", "\n"),
    "severity, then blanks": Between("/sev 2 misjudged", " ", ":x"),
    "severity, then accents": Between("/sev ", "\u0301\u0316"),
    "snooze, then digits": Between("/snooze ", "1", "m!"),
    "login, then dashes": Between("/lead @a", "-", "!"),
    "entity, then digits": Between("&#", "1", ";"),
}

PARSERS: Mapping[str, Callable[[str], object]] = {
    "commands": lambda body: read(body, AT, "Europe/Berlin"),
    "action items": lambda body: items(f"## Action items\n\n{body}"),
    "incident form": lambda body: incident_form(body, LABELS, severity_of, Filing(AT)),
    "marker": marker.marker_of,
    "ledger": ledger.read,
    "one line": plain,
    "quotation": quoted,
    "code owners": owners_in,
    "cut in half": lambda body: cut(body, len(body.encode()) // 2),
}


def filled(pattern: str | Between, size: int) -> str:
    """A body of `size` characters: a run between its anchors, or a command and then a pattern, repeated."""
    if isinstance(pattern, Between):
        room = size - len(pattern.before) - len(pattern.after)
        return pattern.before + (pattern.run * room)[:room] + pattern.after
    return ("/ack\n" + pattern * (size // len(pattern) + 1))[:size]
