"""Which sections hold action items, and which only look like it."""

import pytest

from stanch.core.actions import read

LIST = "- Add a test for the retry\n- Write the runbook\n"


def texts(body: str) -> list[str]:
    return [item.text for item in read(body)]


FOUND = ["Add a test for the retry", "Write the runbook"]

EXPECTED = [
    "## Action items",
    "# Post-mortem\n\n## Action Items (3)",
    "### 5. Action points",
    "## ACTION-ITEMS:",
    "## Actions",
    "## \u2705 Action items",
    "Action items\n---",
    "Action items:",
    "**Action items**",
    "**Next steps:**",
    "__Follow-ups__",
    "## Follow-up",
    "## Follow up actions",
    "## Followups",
    "## Follow-up improvements",
    "## Next steps",
    "## To do",
    "## TODOs",
    "## Still TODO",
    "## TODO before the move",
    "## Remediation",
    "## Remediation and follow-up steps",
    "## Corrective actions",
    "## Preventive measures",
    "## Corrective and Preventative Measures",
    "## Prevention",
    "## Recommendations",
    "## Actionables",
    "## Action plan",
    "## Actions to be taken",
    "## Review actions",
    "## Future improvements",
    "## Long-term improvements",
    "## Lessons learned and future improvements",
    "## How will we prevent this?",
    "## Moving forward",
    "## What's next?",
    "## What we're doing to stop this happening again",
    "## How are we making incidents like this less likely?",
    "## Ma\u00dfnahmen",
    "## N\u00e4chste Schritte",
    "## Actions correctives",
    "## Prochaines \u00e9tapes",
    "## Acciones correctivas",
    "## Pr\u00f3ximos pasos",
    "## A\u00e7\u00f5es corretivas",
    "## Pr\u00f3ximos passos",
    "## Azioni correttive",
    "## Prossimi passi",
    "## Actiepunten",
    "## Vervolgacties",
    "## \u00c5tg\u00e4rder",
    "## N\u00e4sta steg",
    "## Uppf\u00f6ljning",
    "## Resulting actions",
    "## Actions that should be taken",
    "## Weitere Schritte",
    "## Reste \u00e0 faire",
    "## D\u00e9cisions \u00e0 prendre",
    "## Suites \u00e0 donner",
    "## Siguientes pasos",
    "## Pr\u00f3ximas acciones",
    "## Pr\u00f3ximas etapas",
    "## Passi successivi",
    "## Volgende stappen",
    "## \u30a2\u30af\u30b7\u30e7\u30f3\u30a2\u30a4\u30c6\u30e0",
    "## \u518d\u767a\u9632\u6b62\u7b56",
    "## 7. \u6539\u8fdb\u63aa\u65bd",
    "## \u540e\u7eed\u884c\u52a8",
    "## Lessons learned\n\nIt was a long night for all of us. Here is what we are doing so that it stops happening:",
    "## Action items\n\n### Process",
    "## Remediation\n\n**Short term**",
    "## Lessons learned\n\n### Action items",
    "Some words.\nNext steps:",
]


@pytest.mark.parametrize("heading", EXPECTED)
def test_a_section_that_announces_items_holds_them(heading: str) -> None:
    """However its heading is written, in each of the languages, and in its subsections."""
    assert texts(f"{heading}\n\n{LIST}") == FOUND


OTHERS = [
    "",
    "## Summary",
    "## Timeline",
    "## Follow-up timeline",
    "## GitHub Actions",
    "# Outage of GitHub Actions",
    "## Actions taken",
    "## Immediate actions taken",
    "## Checklist",
    "## Action item checklist",
    "## What went well",
    "## Lessons learned",
    "## Questions for follow-up",
    "## References",
    "## Root cause",
    "## Recommendations for customers",
    "## What can you do?",
    "## Action items\n\n## Attendees",
    "## Action items\n\n### What went wrong",
    "## Action items\n\n### References",
    "## Follow-up\n\n### Results",
    "## Follow-up\n\n### Benefits achieved",
    "## \u30bf\u30a4\u30e0\u30e9\u30a4\u30f3",
    "## \u6559\u8a13",
    "**Action items**\n\n**Attachments**",
    "Action items:\n- x\n\nWhat went well:",
    "## Vidtagna \u00e5tg\u00e4rder",
    "## Medidas tomadas",
    "## Areas of improvement",
    "## Appendix C: Recommended reading",
    "## Summary\n\nThe relay has many users all over the town. Users can take the following steps to avoid this:",
    "## Summary\n\nThe relay went away twice before noon. Here is what we did to stop it from happening again:",
    "### Follow-up meetings",
    "> ## Action items",
    "```\n## Action items\n```",
    "<!--\n## Action items\n-->",
    "---\ntitle: Action items\n---",
]


@pytest.mark.parametrize("heading", OTHERS)
def test_a_section_that_only_looks_like_it_holds_none(heading: str) -> None:
    """False friends, other sections, and headings that are none."""
    assert not set(FOUND) & set(texts(f"{heading}\n\n{LIST}"))


@pytest.mark.parametrize(
    "body",
    [
        "None",
        "N/A",
        "- None",
        "- N/A",
        "- TBD",
        "No action items.",
        "- None at this time.",
        "- [ ] ...",
        "- [ ] [Action]",
        "- [ ] <action> - @owner - YYYY-MM-DD",
        "- [ ] [What to do] \u2014 Owner: [Name] \u2014 Due: [Date]",
        "- Action item 1",
        "- {{ action }}",
        "- -",
        "1.",
        "- [ ]",
        "| Action | Owner |\n|---|---|\n| | |\n| [Action] | [Name] |\n| ... | |",
        "[a]: https://example.org/a",
        "> - [ ] Add a test",
        "```\n- [ ] Add a test\n```",
        "    - [ ] Add a test",
        "<!-- - [ ] Add a test -->",
        "<!--\n- [ ] Add a test\n-->",
        "This is what we talked about for an hour.",
        "14.58 KL scales it up",
        "10.02 KL starts it.\n10.04 KL stops it.\n",
        "I can see now that it runs.",
        "| Time | Event |\n|---|---|\n| 10:00 | Alert |",
    ],
)
def test_an_empty_section_is_empty(body: str) -> None:
    """Nothing, placeholders, quotes, code, comments, link definitions and explanations are no items."""
    assert texts(f"## Action items\n\n{body}\n") == []


def test_sentences_beside_a_list_explain_it() -> None:
    """However many lines they take; where they stand alone, each line is an item."""
    sentences = "We met on Tuesday.\nWe agreed on one thing.\nWe will meet again.\n"
    assert texts(f"## Action items\n\n{sentences}\n- [ ] Add a test\n") == ["Add a test"]
    assert texts(f"## Action items\n\n{sentences}") == [line.rstrip() for line in sentences.splitlines()]


def test_a_list_item_may_be_the_heading() -> None:
    """A report that is one list has its items below the label."""
    body = "- **Impact**: 3 h\n\n- **Review actions**:\n  - Add a test\n  - Alert on it\n\n- **Links**:\n  - x\n"
    assert texts(body) == ["Add a test", "Alert on it"]
    assert texts("1. Impact\n   - much\n2. Action items\n   - Add a test\n") == ["Add a test"]


def test_categories_are_groups_and_notes_are_notes() -> None:
    """Below a mere category stand the items; below an item stands what explains it."""
    body = (
        "## Action items\n\n- **Detection**\n  - Alert on 409\n- Prevention:\n  - Lint it\n- Move it\n  - needs time\n"
    )
    assert texts(body) == ["Alert on 409", "Lint it", "Move it"]
    assert texts("## Action items\n\n- Ship it\n  - [ ] write\n  - [x] test\n  - note\n") == [
        "Ship it",
        "write",
        "test",
    ]


def test_a_group_speaks_for_its_items() -> None:
    """What its title says of being done or due holds for all of them."""
    body = (
        "## Remediation\n\n### Immediate (Completed)\n- a b\n\n### Later (Target: Q4 2026)\n- c d\n"
        "### Actions taken\n- e f"
    )
    assert [(item.text, item.done, item.due_raw) for item in read(body)] == [
        ("a b", True, ""),
        ("c d", False, "Q4 2026"),
        ("e f", True, ""),
    ]


def test_paragraphs_are_items_where_nothing_else_is() -> None:
    """A sentence a line, a request, or a stated label; narration beside a list is none."""
    assert len(read("## Improvements\n\nAdd tests for it.\nWrite more alarms.\nKeep the fleet small.\n")) == 3
    assert len(read("## Prevention\n\nIn production, use a policy for the\nDynamo table. Do not\nUse more.\n")) == 0
    assert texts("## Action items\n\n### A\n\nLimit the memory of builds.\n\n### B\n\nIt rained that day.") == [
        "Limit the memory of builds."
    ]
    assert texts("## Next steps\n\nWe talked.\n\n- Add a test\n\n**Action item:** Call earlier. Owner: @kim") == [
        "Add a test",
        "Call earlier",
    ]


def test_a_heading_with_an_owner_below_is_an_item() -> None:
    """Some write each item as a heading with its facts in a list."""
    (item,) = read(
        "## Action items\n\n**AI-1: Warm the cache**\n- Owner: kim\n- Due date: 2026-05-12\n- Status: Done\n"
    )
    assert (item.text, item.owners, str(item.due), item.done) == ("Warm the cache", ("kim",), "2026-05-12", True)
    assert (item.line, item.line_end) == (3, 6)


def test_a_label_without_blank_lines_announces_what_is_behind_it() -> None:
    """Markdown makes it the last line of the item above; a reader sees a heading."""
    body = (
        "Timeline:\n- 10:00 the pump stops\n- 10:20 it runs\nRoot cause:\nA fuse.\nNext steps:\n- Add fuses\n"
        "- Alert on it\nWhat went well:\n- The tea"
    )
    assert [(item.text, item.line, item.line_end) for item in read(body)] == [
        ("Add fuses", 7, 7),
        ("Alert on it", 8, 8),
    ]
    assert texts("## Action items\n\n- Add fuses\n  for two pumps:\n- Alert on it\n") == [
        "Add fuses for two pumps:",
        "Alert on it",
    ]


def test_a_bullet_may_only_announce_its_neighbours() -> None:
    """It ends with a colon, is no request and is not the last."""
    assert texts("## Prevention\n\n- The tasks for this:\n- Add fuses\n- Alert on it\n") == ["Add fuses", "Alert on it"]
    assert texts("## Prevention\n\n- Always check these:\n- Fuses\n") == ["Always check these:", "Fuses"]
    assert texts("## Prevention\n\n- Add fuses\n- The rest:\n") == ["Add fuses", "The rest:"]


TABLE = "| Item | Type | Priority |\n|---|---|---|\n| Add fuses | Repair | P0 |\n| Alert on it | Notice | P1 |\n"


def test_what_explains_the_words_of_a_table_is_no_item() -> None:
    """A list of its kinds and priorities, wherever it stands among the actions."""
    kinds = "Each item has a type:\n* Repair - what broke\n* Notice - how it shows\n"
    order = "and an order for these action items:\n* **P0**: this week\n* P1: some day\n"
    assert texts(f"## Action items\n\n{kinds}\n{order}\n{TABLE}") == ["Add fuses", "Alert on it"]
    assert texts(f"## Action items\n\n{TABLE}\n- Repair: paint it\n- Repair: oil it\n")[2:] == [
        "Repair: paint it",
        "Repair: oil it",
    ]
    assert texts(f"## Action items\n\n{TABLE}\n- [ ] P0: paint it\n- [ ] P1: oil it\n")[2:] == ["paint it", "oil it"]


def test_a_title_that_sentences_explain_is_the_item() -> None:
    """A number and a verb, or an owner at its end, among actions and with nothing but prose below."""
    body = (
        "## Action items\n\n### 1) Pumps oiled `@kim`\n\nWith the good oil.\n\n```\noil\n```\n\n"
        "### 2. Add fuses\n\nWe need to have two."
    )
    assert [(item.text, item.owner, item.line) for item in read(body)] == [
        ("Pumps oiled", "@kim", 3),
        ("Add fuses", None, 11),
    ]
    assert texts("## Action items\n\n### 1. The pumps\n\nClean them.\n\n### 2. Add fuses\n\n- Add two\n") == [
        "Clean them.",
        "Add two",
    ]
    assert texts("## Summary\n\n### 1. Add fuses\n\nThat was the plan.\n") == []


def test_what_should_be_done_may_be_said_in_the_passive() -> None:
    """Where a section has only prose."""
    assert len(read("## Corrective measures\n\nPumps should be oiled twice a year. Fuses must be checked.\n")) == 1
    assert len(read("## Corrective measures\n\nThe pump could have been oiled, which should be noted.\n")) == 0


def test_a_bold_word_before_a_request_leads_an_item() -> None:
    """Also beside a list, which then belongs to it."""
    assert texts("## Actions\n\n**KL** Add fuses for:\n- the pump\n\n**KL** The pump is old.\n") == [
        "**KL** Add fuses for:",
        "the pump",
    ]
