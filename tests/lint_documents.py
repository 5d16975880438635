"""A post-mortem in which nothing is missing, what can be changed in it, and what the linter says then."""

import re
from collections.abc import Mapping
from datetime import date

from stanch.core.actions import Reading
from stanch.core.lint import About, Finding, lint, report_of

TODAY = date(2026, 3, 20)
WRITTEN = date(2026, 3, 18)

GOOD = """\
# Incident 12: payments were refused

| | |
|---|---|
| Severity | SEV-2 |
| Authors | Alex, Jordan |

## Impact

- What users saw: the checkout answered with an error
- Users affected: 1,200 of 40,000, for 29 minutes

## Timeline

| When | What |
|---|---|
| 09:58 UTC | The release with the new retry was deployed |
| 10:02 UTC | The error rate alert went off |
| 10:11 UTC | The release was rolled back |
| 10:27 UTC | No payment was refused any more: resolved |

## Root cause

The retry sent the same key twice, and the provider's sandbox accepts that where production does not.

## Contributing factors

No test ran against an answer of production, and the alert fired four minutes late.

## Resolution

The release before it was deployed again. The retry now makes a new key, which a test shows.

## Action items

- [ ] Test the retry against recorded answers of the provider — Owner: @jordan — Due: 2026-03-24
- [ ] Alert on refused payments after one minute — Owner: @alex — Due: 2026-03-27
- [x] Write down how a release is rolled back — Owner: @morgan — Due: 2026-03-19
"""

SHARED = "- [x] Shared with the client\n"


def with_section(title: str, text: str, body: str = GOOD) -> str:
    """The document with other words below one of its headings."""
    pattern = rf"(^## {re.escape(title)}\n).*?(?=^## |\Z)"
    changed, count = re.subn(pattern, lambda found: f"{found[1]}\n{text}\n\n", body, flags=re.MULTILINE | re.DOTALL)
    assert count == 1, title
    return changed


def without_section(title: str, body: str = GOOD) -> str:
    """The document without one of its sections."""
    changed, count = re.subn(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", "", body, flags=re.MULTILINE | re.DOTALL)
    assert count == 1, title
    return changed


def items(*lines: str) -> str:
    """The document with these action items instead of its own."""
    return with_section("Action items", "\n".join(lines))


def findings(body: str, about: About | None = None, codes: tuple[str, ...] | None = None) -> tuple[Finding, ...]:
    """What the linter says of a document that was written on the 18th and is read on the 20th of March 2026."""
    about = about or About(TODAY)
    report = report_of(body, Reading(None, WRITTEN), about)
    return lint(report, codes) if codes else lint(report)


def whys(code: str, body: str, about: About | None = None) -> list[str]:
    """What one rule finds, by its reasons, in the order of the document."""
    return [one.why for one in findings(body, about, (code,))]


Table = Mapping[str, tuple[str, list[str]]]
"""By what it shows: a document, and the reasons that the rule finds in it."""
