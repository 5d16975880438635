"""P013 to P016 and P018: the impact, the timeline, the root cause, and the clients."""

from typing import cast

import pytest
from tests.lint_documents import GOOD, SHARED, TODAY, Table, findings, items, whys, with_section, without_section

from stanch.core.lint import About


def impact(text: str) -> str:
    return with_section("Impact", text)


NUMBERS: Table = {
    "counted": (GOOD, []),
    "no number": (impact("Users could not pay."), ["no-number"]),
    "a percentage": (impact("40 % of payments failed."), []),
    "a word": (impact("Three customers could not pay."), []),
    "all": (impact("All users saw an error."), []),
    "none": (impact("No users were affected."), []),
    "how long": (impact("The page was slow from 10:02 to 10:11."), []),
    "half": (impact("Half of the requests failed."), []),
    "only a reference": (impact("Users could not pay, see #12."), ["no-number"]),
    "only an error code": (impact("Users saw HTTP 503 errors."), ["no-number"]),
    "only a version": (impact("Users of v2 could not pay."), ["no-number"]),
    "only in an address": (impact("Users could not pay: https://example.com/2026/12."), ["no-number"]),
    "only a day": (impact("On 2026-11-10 users were affected."), ["no-number"]),
    "only a day, in words": (impact("Users could not pay on 10 November 2026."), ["no-number"]),
    "only a day, the month first": (impact("On Nov 10th, 2026 users could not pay."), ["no-number"]),
    "only a day, with strokes": (impact("Users could not pay on 10/11/2026."), ["no-number"]),
    "only a moment": (impact("Users could not pay on 2026-11-10 at 10:02 UTC."), ["no-number"]),
    "only a time": (impact("At 10:02 users could not pay."), ["no-number"]),
    "from day to day": (impact("Users could not pay from 2026-11-10 to 2026-11-12."), []),
    "a day and a figure": (impact("On 2026-11-10 some 300 users could not pay."), []),
    "what may have happened": (impact("It may hit 12 users."), []),
    "a placeholder is another rule's": (impact("TBD"), []),
    "in a field": ("**Impact:** users could not pay\n\n" + without_section("Impact"), ["no-number"]),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_impact(name: str) -> None:
    """A size is a number, or a word that is as good; references, codes and versions are none."""
    body, expected = NUMBERS[name]
    assert whys("P013", body) == expected


def timeline(*lines: str) -> str:
    return with_section("Timeline", "\n".join(lines))


ORDERS: Table = {
    "in order": (GOOD, []),
    "one is too early": (
        timeline("- 10:02 alert", "- 09:58 deployed", "- 10:11 reverted", "- 10:20 resolved"),
        ["back"],
    ),
    "two are too early": (
        timeline("- 10:02 a", "- 09:58 b", "- 10:11 c", "- 10:20 d", "- 10:15 e", "- 10:30 f"),
        ["back"] * 2,
    ),
    "over midnight": (timeline("- 23:50 alert", "- 00:10 reverted", "- 00:30 resolved"), []),
    "the next morning": (timeline("- 18:00 alert", "- 18:20 reverted", "- 09:00 resolved"), []),
    "newest first": (timeline("- 10:30 resolved", "- 10:11 reverted", "- 10:02 alert"), []),
    "with dates": (timeline("- 2026-03-17 10:02 alert", "- 2026-03-18 09:00 reverted"), []),
    "dates the wrong way": (
        timeline("- 2026-03-18 10:02 alert", "- 2026-03-17 11:00 a", "- 2026-03-18 12:00 b", "- 2026-03-19 09:00 c"),
        ["back"],
    ),
    "a heading for each day": (
        timeline("### Monday", "- 10:02 alert", "- 10:05 a", "### Tuesday", "- 09:00 reverted", "- 09:10 b"),
        [],
    ),
    "a day on a line of its own": (
        timeline("2026-03-17", "", "- 10:02 a", "- 10:05 b", "", "2026-03-18", "", "- 09:00 c", "- 09:10 d"),
        [],
    ),
    "afternoon": (timeline("- 11:50 am alert", "- 1:10 pm reverted", "- 1:30 pm resolved"), []),
    "a table": (
        timeline(
            "| When | What |",
            "|---|---|",
            "| 10:02 | alert |",
            "| 09:58 | deployed |",
            "| 10:11 | x |",
            "| 10:12 | y |",
        ),
        ["back"],
    ),
    "what is told below a line": (timeline("- 10:02 alert", "  - 09:40 it had begun", "- 10:11 reverted"), []),
    "the same minute twice": (timeline("- 10:02 alert", "- 10:02 acknowledged"), []),
    "in code it is not read": (timeline("```", "10:02 alert", "09:58 deployed", "```"), []),
    "no times": (timeline("- first the alert", "- then the revert"), []),
    "not a clock": (timeline("- 10:02 alert", "- 99:99 odd", "- 3:2 ratio"), []),
}


@pytest.mark.parametrize("name", ORDERS)
def test_order(name: str) -> None:
    """A line that is earlier than the one above it is found; days, nights and a whole timeline upside down are not."""
    body, expected = ORDERS[name]
    assert whys("P014", body) == expected


TELLS: Table = {
    "all three": (GOOD, []),
    "no detection": (timeline("- 10:00 rolled back", "- 10:10 resolved"), ["detection"]),
    "no mitigation": (timeline("- 10:00 alert", "- 10:10 resolved"), ["mitigation"]),
    "no resolution": (timeline("- 10:00 alert", "- 10:10 rolled back"), ["resolution"]),
    "one line for all": (timeline("- 10:00 the alert fired, we rolled back, and it was over"), []),
    "in other words": (
        timeline("- 10:00 a customer complained", "- 10:10 flag disabled", "- 10:20 back to normal"),
        [],
    ),
    "in code": (timeline("```", "10:00 paged", "10:05 reverted", "10:09 recovered", "```"), []),
    "days as headings of the same level": (
        timeline(
            "_All times in UTC_",
            "",
            "## May 12",
            "",
            "### 10:00",
            "paged",
            "### 10:20",
            "reverted",
            "## 10:30",
            "all clear",
        ),
        [],
    ),
    "in another language it is not known": (
        timeline("- 10:00 larmet gick").replace("## Root cause", "## Grundorsak"),
        [],
    ),
    "nothing of it": (timeline("- 10:00 coffee"), ["detection", "mitigation", "resolution"]),
    "a placeholder is another rule's": (timeline("TBD"), []),
}


@pytest.mark.parametrize("name", TELLS)
def test_milestones(name: str) -> None:
    """Each of the three that the timeline does not tell is named."""
    body, expected = TELLS[name]
    found = findings(body, codes=("P015",))
    assert [name for one in found for name in cast("list[str]", one.values["missing"])] == expected


def cause(text: str) -> str:
    return with_section("Root cause", text)


NAMED: Table = {
    "the system": (GOOD, []),
    "a handle": (cause("@sam deployed without a test."), ["named"]),
    "a name": (cause("Alex merged the change on a Friday."), ["named"]),
    "a full name": (cause("Alex Smith accidentally deleted the table."), ["named"]),
    "by a person": (cause("The flag was disabled by @sam on Friday."), ["named"]),
    "by a person, at the start": (cause("Deployed by Sam without a test."), ["named"]),
    "a mistake by a person": (cause("A mistake by Sam took the cache down."), ["named"]),
    "a role": (cause("The on-call engineer deployed the release without a test."), ["named"]),
    "by a role": (cause("The flag was disabled by a senior developer."), ["named"]),
    "a role that noticed": (cause("The on-call engineer noticed that the cache was cold."), []),
    "what a role was given": (cause("The release was deployed, and the on-call engineer was paged."), []),
    "by a machine": (cause("Deployed by the pipeline; an error by the load balancer hid it."), []),
    "a role that read about it": (cause("As the on-call engineer did see, the cache was cold."), []),
    "somebody's change": (cause("Jordan's migration locked the table."), ["named"]),
    "an author of the document": (cause("Jordan ran the script twice."), ["named"]),
    "a tool with a name": (cause("Travis ran the wrong job, and Jenkins deployed it."), []),
    "a package": (cause("@sentry/node changed its default."), []),
    "an annotation in code": (cause("`@Sam` made it a singleton."), []),
    "who found it": (cause("As Alex noticed, the cache was cold."), []),
    "what somebody did to find it": (cause("The cache was cold, as @alex did see and as Alex changed to show."), []),
    "among what is to be done": (GOOD + "\n## Follow-up on the root cause\n\n@sam changed it.\n", []),
    "who reported it": (cause("The gap was reported by Alex."), []),
    "in a quotation": (cause('The log says "Alex deployed it".'), []),
    "an address": (cause("alex@example.com bounced."), []),
    "elsewhere": (with_section("Resolution", "Alex deployed the release before it."), []),
}


@pytest.mark.parametrize("name", NAMED)
def test_named(name: str) -> None:
    """Whoever did something is no root cause; who noticed and reported it may be named, and tools are nobody."""
    body, expected = NAMED[name]
    assert whys("P016", body) == expected


def test_the_team_is_known() -> None:
    """A login of the config is a person, also where no list of names has it."""
    body = cause("Zephyrine deployed it.")
    assert whys("P016", body) == []
    assert whys("P016", body, About(TODAY, people=frozenset({"zephyrine"}))) == ["named"]


SEV_1 = GOOD.replace("SEV-2", "SEV-1")
ALONE = [
    ("P016", "# T\n\n## Root cause\n\nSam deployed it.\n"),
    ("P016", "# T\n\n## Root cause\n\nIt was @sam's typo.\n"),
    ("P016", "# T\n\n## Root cause\n\nA slip by Sam.\n"),
    *(
        ("P017", text)
        for text in (
            "Sam should have looked.",
            "Sam shouldn't have looked.",
            "Sam ought to have looked.",
            "Sam forgot it.",
            "It was forgotten. Sam had forgotten it.",
            "Sam failed to look.",
            "Sam neglected to look.",
            "Sam did not check.",
            "Sam didn't check.",
            "Due to human error.",
            "Due to operator error.",
            "A careless change.",
            "He did it carelessly.",
            "It was negligent.",
        )
    ),
]


@pytest.mark.parametrize(("code", "body"), ALONE)
def test_a_phrase_is_found_where_no_other_stands(code: str, body: str) -> None:
    """What spares the search of a text without any of the phrases knows each of them."""
    assert code in {one.code for one in findings(body)}


CLIENTS: Table = {
    "a SEV-2": (GOOD, []),
    "nothing said": (SEV_1, ["absent"]),
    "open": (SEV_1 + SHARED.replace("x", " "), ["open"]),
    "ticked": (SEV_1 + SHARED, []),
    "in capitals": (SEV_1 + SHARED.upper().replace("X]", "x]"), []),
    "with more words": (SEV_1 + "- [x] Shared with the client on 2026-03-19\n", []),
    "declined": (SEV_1 + "- [ ] Shared with the client — not shared: nobody outside saw it\n", []),
    "declined for no reason": (SEV_1 + "- [ ] Shared with the client — not shared: no\n", ["no-reason"]),
    "declined in a line of its own": (SEV_1 + "\nNot shared: it was an internal tool\n", []),
    "in the section of another": (SEV_1 + "\n## Afterwards\n\n" + SHARED, []),
    "in code": (SEV_1 + "\n```\n" + SHARED + "```\n", ["absent"]),
    "numbered": (SEV_1 + "\n1. [x] shared with the client\n", []),
    "a bare number": (GOOD.replace("SEV-2", "1"), ["absent"]),
    "a P1": (GOOD.replace("SEV-2", "**P1**, payments"), ["absent"]),
    "without a dash": (GOOD.replace("SEV-2", "Sev 1"), ["absent"]),
    "in a line of its own": (GOOD.replace("SEV-2", "unknown") + "\nSeverity: 1\n", ["absent"]),
    "by a short label": (GOOD.replace("| Severity | SEV-2 |", "| Sev | 1 |"), ["absent"]),
    "without a label": (GOOD.replace("SEV-2", "unknown") + "\n**SEV 1**\n", ["absent"]),
    "a P2": (GOOD.replace("SEV-2", "P2"), []),
    "a ten": (GOOD.replace("SEV-2", "10"), []),
    "a fraction": (GOOD.replace("SEV-2", "1.5 on our scale"), []),
    "of some scale": (GOOD.replace("SEV-2", "1/10"), []),
    "only spoken of": (GOOD + "\nSEV-1 was considered, and it stayed lower.\n", []),
    "the priority of a ticket": (GOOD + "\nPriority: 1\n", []),
    "another box": (SEV_1 + "- [x] Shared with the team\n", ["absent"]),
}


@pytest.mark.parametrize("name", CLIENTS)
def test_clients(name: str) -> None:
    """Of a SEV-1 the line is ticked, or declined with three words of reason."""
    body, expected = CLIENTS[name]
    assert whys("P018", body) == expected


def test_what_is_known_of_the_incident_counts_for_more() -> None:
    """An incident that once was a SEV-1 asks for it, whatever the text says, and the other way round."""
    assert whys("P018", GOOD, About(TODAY, sev_1=True)) == ["absent"]
    assert whys("P018", SEV_1, About(TODAY, sev_1=False)) == []
    assert whys("P018", items("- [ ] x").replace("| Severity | SEV-2 |", "| Severity | **SEV1** |")) == ["absent"]
