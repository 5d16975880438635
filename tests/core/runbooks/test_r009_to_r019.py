"""Rules R009 to R019: what leads to a page and from it, who keeps it right, and what must not surprise anybody."""

from collections.abc import Mapping
from datetime import date

import pytest
from tests.runbook_pages import (
    GOOD,
    HANDBOOK,
    OTHER,
    PAGE,
    PAGES,
    PATH,
    SPIKE,
    TODAY,
    Table,
    Told,
    changed,
    command,
    diagram,
    found,
    library,
)

from stanch.core.runbooks.library import Library

SEEN = {"docs/deploying.md": frozenset({"staging"}), "docs": frozenset[str](), "docs/shot.png": frozenset[str]()}
"""Files that exist beside the pages."""


def linked(link: str, there: Mapping[str, frozenset[str]] | None = SEEN) -> Library:
    """All pages are good; the first look of one has this link besides."""
    return library({**PAGES, PATH: GOOD.replace("- The dashboard", f"- {link} The dashboard")}, Told(there=there))


PLACEHOLDERS: Table = {
    "none is left": (library(PAGES), []),
    "in words": (changed("the secondary on call", "<OUTSIDE-CONTACT>"), ["left@60"]),
    "in a command": (changed("deployment/checkout", "deployment/<DEPLOYMENT>"), ["left@65"]),
    "in the front matter": (changed("owner: alex", "owner: <OWNER>"), ["left@9"]),
    "in the handbook": (changed("SEV-1 is", "<NAME-OF-IT> is", HANDBOOK), ["left@10"]),
    "several of a page are told at once": (changed("the secondary", "<WHO> or <WHOM>, <WHO> and"), ["left@60"]),
    "in small letters it is known at night only": (changed("the secondary", "<who>"), []),
    "HTML is none": (changed("the secondary", "<B>the</B> <br> secondary"), []),
    "neither is a heredoc": (changed("curl --max", "cat <<EOF>a\nEOF\ncurl --max"), []),
    "what is no page is not asked": (library({"runbooks/README.md": "Write it <LIKE-THIS>."}), []),
}

LINKS: Table = {
    "all lead somewhere": (library(PAGES), []),
    "to a file that is there": (linked("[a](../docs/deploying.md) ![b](/docs/shot.png) [c](../docs)"), []),
    "to a heading that is there": (linked("[a](../docs/deploying.md#Staging)"), []),
    "to a file that is gone": (linked("[a](../docs/gone.md) [b](more.md)"), ["gone@24", "gone@24"]),
    "to a heading that is gone": (linked("[a](../docs/deploying.md#production)"), ["anchor@24"]),
    "to a heading of its own": (linked("[a](#roll-back)"), []),
    "to none of its own": (linked("[a](#rollback)"), ["anchor@24"]),
    "out of the repository": (linked("[a](../../secrets.md)"), ["outside@24"]),
    "to GitHub's own pages": (linked("[a](../../issues/12) [b](../../../wiki)"), []),
    "to an address": (linked("[a](https://a.example/x.md) <https://b.example> [c](mailto:a@b.example)"), []),
    "in code it is none": (linked("`[a](gone.md)` and ``[b](`gone.md)``"), []),
    "as a definition": (linked("[a]\n\n[a]: gone.md\n[b]: ../docs/deploying.md\n"), ["gone@26"]),
    "with a space": (linked("[a](<../docs/gone one.md>) [b](../docs%2Fdeploying.md)"), ["gone@24"]),
    "to a line": (linked("[a](../docs/deploying.md#L12-L20)"), []),
    "of a file that is no page": (linked("[a](../docs/shot.png#x)"), []),
    "to an anchor of HTML": (
        library({**PAGES, PATH: GOOD.replace("- The dashboard", '- [a](#here) <a id="Here"></a> The dashboard')}),
        [],
    ),
    "with what is to be filled in": (linked("[a](<STATUS-URL>)"), []),
    "where nobody looked, only the pages are held": (
        linked("[a](../docs/gone.md) [b](error-spike.md#gone)", None),
        ["anchor@24"],
    ),
    "to a page that cannot be read": (
        library({**PAGES, "runbooks/x.md": b"\0", PATH: GOOD.replace("- The dashb", "- [a](x.md) The dashb")}),
        [],
    ),
    "of a page without front matter": (library({"runbooks/README.md": "[a](gone.md)"}), ["gone@1"]),
}

OWNERS: Table = {
    "somebody of the team": (library(PAGES), []),
    "in other letters": (changed("owner: alex", "owner: Alex"), []),
    "nobody": (changed("owner: alex\n", ""), ["nobody@1"]),
    "an empty owner": (changed("owner: alex", "owner:"), ["nobody@9"]),
    "somebody else": (changed("owner: alex", "owner: kim"), ["stranger@9"]),
    "somebody whom only the rota names": (
        library({PATH: GOOD}, Told("people: [sam]\noncall: {people: [alex, sam]}")), []),
    "somebody who owns a service": (library({PATH: GOOD}, Told("people: [sam]\nservices: {a: {owner: alex}}")), []),
    "anybody, where the config names nobody": (library({PATH: GOOD}, Told("")), []),
    "still to be filled in": (changed("owner: alex", 'owner: "<OWNER>"'), []),
    "what is wrong is told as such": (changed("owner: alex", "owner: [alex]"), []),
    "nobody owns a page of the handbook": (changed("owner: jordan\n", "", HANDBOOK), ["nobody@1"]),
}  # fmt: skip

REVIEWS: Table = {
    "three weeks ago": (library(PAGES), []),
    "never": (changed("last_reviewed: 2026-03-01\n", ""), ["never@1"]),
    "on the last day": (changed("2026-03-01", "2025-12-20"), []),
    "a day late": (changed("2026-03-01", "2025-12-19"), ["overdue@10"]),
    "used with success since": (
        library({PATH: GOOD.replace("2026-03-01", "2025-01-01")}, Told(used={"high-latency": date(2026, 1, 1)})), []),
    "used long ago": (
        library({PATH: GOOD.replace("2026-03-01", "2025-01-01")}, Told(used={"high-latency": date(2025, 6, 1)})),
        ["overdue@10"],
    ),
    "on a day to come": (changed("2026-03-01", "2026-03-21"), ["future@10"]),
    "without a rhythm nothing is late": (changed("2026-03-01\nreview_every: 90d", "2020-01-01"), []),
    "still to be filled in": (changed("2026-03-01", "<DAY>"), []),
    "what is wrong is told as such": (changed("2026-03-01", "last week"), []),
    "what nobody can reckon with is told as such": (changed("2026-03-01", "9999-12-31"), []),
    "late in the handbook": (changed("2026-03-01", "2025-03-01", HANDBOOK), ["overdue@4"]),
}  # fmt: skip

RHYTHMS: Table = {
    "each has one": (library(PAGES), []),
    "none": (changed("review_every: 90d\n", ""), ["never@1"]),
    "an empty one": (changed("review_every: 90d", "review_every: ~"), ["never@11"]),
    "in weeks, which is told as such": (changed("90d", "12 weeks"), []),
    "still to be filled in": (changed("90d", "<HOW-OFTEN>"), []),
    "none in the handbook": (changed("review_every: 180d\n", "", HANDBOOK), ["never@1"]),
    "of hours": (changed("90d", "12h"), []),
    "a page without front matter has none": (library({"runbooks/README.md": "text"}), []),
}

ALERTS: Table = {
    "each leads to one": (library(PAGES), []),
    "one leads to two": (changed("[HighLatency]", "[ErrorRate]"), ["shared@7", "shared@7"]),
    "spelled in another way": (changed("[HighLatency]", "[error-rate]"), ["shared@7", "shared@7"]),
    "one of several": (
        changed("alerts: [HighLatency]", "alerts:\n  - Slow\n  - ErrorRate"), ["shared@7", "shared@9"]),
    "twice in one": (changed("[HighLatency]", "[HighLatency, HighLatency]"), []),
    "none": (changed("[HighLatency]", "[]"), []),
    "still to be filled in": (
        library({PATH: GOOD.replace("HighLatency", "<ALERT>"), OTHER: SPIKE.replace("ErrorRate", "<ALERT>")}), []),
    "in a page of the handbook it leads nowhere": (
        changed("owner: jordan", "alerts: [HighLatency]\nowner: jordan", HANDBOOK), []),
}  # fmt: skip

WEB = Told("services:\n  checkout: {}\n  web: {}\n")
SERVICES: Table = {
    "each has one": (library(PAGES), []),
    "one has none": (library(PAGES, WEB), ["bare@3"]),
    "no runbook at all": (library({}, WEB), ["bare@2", "bare@3"]),
    "spelled in another way": (changed("[checkout]", "[Check-out]"), []),
    "the config names none": (library({}, Told("")), []),
    "a page of the handbook is no runbook": (
        library({HANDBOOK: PAGE.replace("owner", "services: [checkout]\nowner")}), ["bare@3"]),
    "a slip in the front matter": (library({PATH: GOOD.replace("[checkout]", "checkout")}), ["bare@3"]),
    "of two runbooks one is enough": (changed("[checkout]", "[]"), []),
}  # fmt: skip

REACHED: Table = {
    "by both": (library(PAGES), []),
    "by a service": (changed("alerts: [HighLatency]\n", ""), []),
    "by an alert": (changed("services: [checkout]\n", ""), []),
    "by nothing": (
        library({PATH: GOOD.replace("services: [checkout]\n", "").replace("alerts: [HighLatency]\n", "")}),
        ["alone@1"],
    ),
    "by empty lists": (
        library({PATH: GOOD.replace("[checkout]", "[]").replace("[HighLatency]", "[]")}),
        ["alone@2"],
    ),
    "still to be filled in": (
        library({PATH: GOOD.replace("[checkout]", "[<SERVICE>]").replace("[HighLatency]", "[]")}),
        [],
    ),
    "what is wrong is told as such": (
        library({PATH: GOOD.replace("[checkout]", "checkout").replace("[HighLatency]", "[]")}),
        [],
    ),
    "nothing has to lead to the handbook": (library({HANDBOOK: PAGE}), []),
}

KNOWN: Table = {
    "each is known": (library(PAGES), []),
    "a slip": (changed("[checkout]", "[chekout]"), ["unknown@2"]),
    "a stranger": (changed("[checkout]", "[checkout, billing]"), ["unknown@2"]),
    "in other letters": (changed("[checkout]", "[Checkout]"), []),
    "the config names none": (library(PAGES, Told("")), []),
    "still to be filled in": (changed("[checkout]", "[<SERVICE>]"), []),
    "two strangers": (changed("[checkout]", "[a, b]"), ["unknown@2", "unknown@2"]),
    "the handbook": (changed("owner: jordan", "services: [x]\nowner: jordan", HANDBOOK), []),
}

DIAGRAMS: Table = {
    "drawn": (library(PAGES), []),
    "empty": (diagram("", "%% later"), ["empty@29"]),
    "of no kind": (diagram("flow TD", "a --> b"), ["kind@29"]),
    "in no direction": (diagram("flowchart UP", "a --> b"), ["direction@29"]),
    "a bracket is open": (diagram("flowchart TD", 'a["x"', "b --> c"), ["open@30"]),
    "a bracket is open over lines": (diagram("flowchart TD", "a[x", "b[y] --> c"), ["open@30"]),
    "a quote is open": (diagram("flowchart TD", 'a["x]'), ["open@30"]),
    "a bracket closes nothing": (diagram("flowchart TD", "a --> b]"), ["closes-nothing@30"]),
    "brackets in a text": (diagram("flowchart TD", "a[text (more)] --> b"), ["label@30"]),
    "brackets in quotes": (diagram("flowchart TD", 'a["text (more"] --> b{"x]"}', 'c(["x"]) --> d[(y)]'), []),
    "an odd shape": (diagram("flowchart TD", "a>odd] --> b[x>3]", 'b -->|"y"| c{{z}}'), []),
    "an arrow to nothing": (diagram("flowchart TD", "a -->", ""), ["arrow@30"]),
    "an arrow to the next line": (diagram("flowchart TD", "a -->", "b"), []),
    "an end without a beginning": (diagram("flowchart TD", "a --> b", "end"), ["closes-nothing@31"]),
    "a group without an end": (diagram("flowchart TD", "subgraph x", "a --> b"), ["open@30"]),
    "a box called end": (diagram("flowchart TD", "a --> end", "end --> b"), ["named-end@30", "named-end@31"]),
    "a group": (diagram("graph", "subgraph x [A]", "a --> bend", "end", "x --> c"), []),
    "a text over lines": (diagram("flowchart TD", 'a["x -->', 'end --> y"] --> b'), []),
    "a sequence": (diagram("sequenceDiagram", "loop hourly", "a->>b: (x", "end", "opt->>b: y"), []),
    "a loop without an end": (diagram("sequenceDiagram", "loop hourly", "a->>b: x"), ["open@30"]),
    "with front matter of its own": (diagram("---", "title: x [", "---", "%%{init: {}}%%", "flowchart LR; a"), []),
    "other kinds are left to the parser": (diagram("pie", '"a : 1'), []),
    "in a page without front matter": (library({"runbooks/README.md": "```mermaid\nnothing\n```\n"}), ["kind@2"]),
}

DANGERS: Table = {
    "none": (library(PAGES), []),
    "rm": (command("rm -rf /var/cache/app"), ["unwarned@45"]),
    "rm, in parts": (command("cd /tmp", "sudo rm -v -fr cache"), ["unwarned@46"]),
    "rm of one file": (command("rm /tmp/lock"), []),
    "warned of before": (command("rm -rf cache", before="This deletes the cache for good; it is built anew:"), []),
    "warned of in it": (command("# only if the disk is full", "rm -rf cache"), []),
    "warned of too late": (command("rm -rf cache", "# careful"), ["unwarned@45"]),
    "drop": (command("psql -c 'DROP TABLE orders'"), ["unwarned@45"]),
    "truncate": (command('psql -c "truncate orders"'), ["unwarned@45"]),
    "truncate a file": (command("truncate --size 0 app.log"), []),
    "delete everything": (command("psql -c 'delete from orders'"), ["unwarned@45"]),
    "delete some": (command("psql -c 'delete from orders where id = 7'"), []),
    "a push by force": (command("git push --force origin main"), ["unwarned@45"]),
    "a push with a lease": (command("git push --force-with-lease origin main"), []),
    "a reset": (command("git reset --hard HEAD~1"), ["unwarned@45"]),
    "a deployment": (command("kubectl --namespace shop delete deployment/checkout"), ["unwarned@45"]),
    "a pod comes back": (command("kubectl delete pod checkout-1"), []),
    "infrastructure": (command("terraform destroy"), ["unwarned@45"]),
    "a cache": (command("redis-cli FLUSHALL"), ["unwarned@45"]),
    "a volume": (command("docker volume rm data"), ["unwarned@45"]),
    "a bucket": (command("aws s3 rm s3://a --recursive"), ["unwarned@45"]),
    "in a comment": (command("# never: rm -rf /", "uptime"), []),
    "in output": (library({**PAGES, PATH: GOOD.replace("ok in 0.08 s", "rm -rf /")}), []),
}

TABLES = {
    "R009": PLACEHOLDERS,
    "R010": LINKS,
    "R011": OWNERS,
    "R012": REVIEWS,
    "R013": RHYTHMS,
    "R014": ALERTS,
    "R015": SERVICES,
    "R016": REACHED,
    "R017": KNOWN,
    "R018": DIAGRAMS,
    "R019": DANGERS,
}


def test_placeholders_are_counted_and_each_is_named_once() -> None:
    """In the order in which they stand."""
    (one,) = found(changed("the secondary", "<WHO> or <WHOM>, <WHO>"), "R009")
    assert one.values == {"placeholders": ["<WHO>", "<WHOM>"], "count": 3}
    assert one.column == 21


@pytest.mark.parametrize(
    ("code", "told", "meant"),
    [
        ("R010", linked("[a](eror-spike.md)"), "error-spike.md"),
        ("R010", linked("[a](severitys.md)"), "handbook/severities.md"),
        ("R010", library({**PAGES, HANDBOOK: PAGE.replace("../high-", "high-")}), "../high-latency.md"),
        ("R010", linked("[a](#roll-backs)"), "roll-back"),
        ("R010", linked("[a](nothing-like-it.md)"), ""),
        ("R017", changed("[checkout]", "[chekout]"), "checkout"),
        ("R017", changed("[checkout]", "[billing]"), ""),
    ],
)
def test_what_was_probably_meant_is_said(code: str, told: Library, meant: str) -> None:
    """As it would be written there; nothing where nothing is close."""
    assert [one.values["meant"] for one in found(told, code)] == [meant]


def test_a_slip_is_graver_than_a_stranger() -> None:
    """What is like a service of the config is an error; what is like none may be somebody else's: a warning."""
    assert [one.gravity.value for one in found(changed("[checkout]", "[chekout, mail]"), "R017")] == [
        "error",
        "warning",
    ]


def test_a_review_says_how_late_it_is() -> None:
    """In days, from the day on which it was due."""
    (one,) = found(changed("2026-03-01", "2025-12-10"), "R012")
    assert one.values == {"seen": "2025-12-10", "days": (TODAY - date(2026, 3, 10)).days}


def test_a_heading_that_stands_twice_has_two_anchors() -> None:
    """As GitHub numbers them, punctuation left out."""
    body = PAGE + "\n## A & B: `c`\n\n## A & B: c\n\n[x](#a--b-c) [y](#a--b-c-1) [z](#a--b-c-2)\n"
    assert [one.values["target"] for one in found(library({HANDBOOK: body}), "R010")] == [
        "../high-latency.md",
        "#a--b-c-2",
    ]
