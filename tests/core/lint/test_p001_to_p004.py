"""P001 to P004: the sections, what is still to be filled in, and how many action items there are."""

import pytest
from tests.lint_documents import GOOD, TODAY, Table, findings, items, whys, with_section, without_section

from stanch.core.lint import About, Gravity

BOLD = """\
**Impact:** 300 users for ten minutes
**Timeline**

- 10:00 alert, 10:05 rolled back, 10:10 resolved

**Root cause**: a full disk
**Contributing factors**

nothing watched it

**Resolution**

more disk

**Action items**

- [ ] Watch the disk — Owner: @sam — Due: 2026-03-24
- [ ] Rotate the logs — Owner: @sam — Due: 2026-03-24
"""
SHORT = (
    "# Down\n\n## Impact\n\n3 users\n\n## Cause\n\na full disk\n\n## Actions\n\n- [ ] Watch it — @sam — 2026-03-24\n"
)

SECTIONS: Table = {
    "all of them": (GOOD, []),
    "no impact": (without_section("Impact"), ["missing"]),
    "no timeline, but times": (GOOD.replace("## Timeline", "## Account"), []),
    "no timeline": (without_section("Timeline"), ["missing"]),
    "no root cause": (without_section("Root cause"), ["missing"]),
    "no contributing factors": (without_section("Contributing factors"), ["missing"]),
    "no resolution": (without_section("Resolution"), ["missing"]),
    "two are missing": (without_section("Impact", without_section("Resolution")), ["missing"] * 2),
    "nothing at all": ("", ["missing"] * 6),
    "only the title promises them": ("# Timeline of the impact, root cause and resolution\n\nwords\n", ["missing"] * 6),
    "by other names": (
        GOOD.replace("## Impact", "## Customer impact")
        .replace("## Root cause", "## What caused it")
        .replace("## Contributing factors", "## What went wrong")
        .replace("## Resolution", "## Mitigation and recovery"),
        [],
    ),
    "numbered": (GOOD.replace("## Impact", "## 2. Impact").replace("## Timeline", "## 3) Timeline (UTC)"), []),
    "in bold": (BOLD, []),
    "in capitals, underlined": (GOOD.replace("## Impact\n", "IMPACT\n------\n"), []),
    "in code it is no heading": (without_section("Impact") + "\n```\n## Impact\n```\n", ["missing"]),
    "as a row of a table": (without_section("Impact").replace("| Authors |", "| Impact | 3 users |\n| Authors |"), []),
    "a figure is no section": (
        without_section("Resolution").replace("| Authors |", "| Time to resolve | 41 min |\n| Authors |"),
        ["missing"],
    ),
    "a moment is no section": (
        without_section("Resolution", without_section("Root cause"))
        + "\n- **Resolved:** 2026-03-17 10:27 UTC\n- **Resolved at:** half past ten\n- Cause: 12\n",
        ["missing"] * 2,
    ),
    "a figure is an impact": (without_section("Impact") + "\n**Users affected:** 1,200\n", []),
    "how long is no impact": (without_section("Impact") + "\n**Impact duration:** 29 minutes\n", ["missing"]),
    "what was merged is one": (without_section("Resolution") + "\n**Fix:** #34\n", []),
    "words beside a figure are one": (
        without_section("Resolution") + "\n**Fix:** 3 more replicas since 10:20 UTC\n",
        [],
    ),
    "a sentence is no heading": (
        without_section("Impact")
        + "\n## This section says at length which impact it had on all of those who were here\n",
        ["missing"],
    ),
}


@pytest.mark.parametrize("name", SECTIONS)
def test_sections(name: str) -> None:
    """Each of the six is asked for, whatever it is called and however its heading is written."""
    body, expected = SECTIONS[name]
    assert whys("P001", body) == expected


HEADINGS = {
    "German": "Auswirkungen, Zeitleiste, Ursache, Begünstigende Faktoren, Behebung, Maßnahmen",
    "German, otherwise": "Betroffene Kunden, Zeitlicher Ablauf, Grundursache, Beitragende Faktoren, Lösung, Aufgaben",
    "French": "Impact, Chronologie, Cause racine, Facteurs aggravants, Résolution, Actions correctives",
    "Spanish": "Impacto, Línea de tiempo, Causa raíz, Factores contribuyentes, Resolución, Próximos pasos",
    "Portuguese": "Impacto, Linha do tempo, Causa raiz, Fatores contribuintes, Resolução, Ações",
    "Italian": "Impatto, Cronologia, Causa principale, Fattori, Risoluzione, Azioni correttive",
    "Dutch": "Gevolgen, Tijdlijn, Hoofdoorzaak, Bijdragende factoren, Oplossing, Actiepunten",
    "Swedish": "Påverkan, Tidslinje, Grundorsak, Bidragande faktorer, Lösning, Åtgärder",
    "Norwegian": "Påvirkning, Tidslinje, Grunnårsak, Medvirkende faktorer, Løsning, Tiltak",
    "Danish": "Konsekvenser, Hændelsesforløb, Årsag, Medvirkende faktorer, Løsning, Næste skridt",
}


def under(headings: str) -> str:
    return "# 12\n" + "".join(f"\n## {one}\n\n10:02 x\n" for one in headings.split(", "))


@pytest.mark.parametrize("language", HEADINGS)
def test_sections_in_other_languages(language: str) -> None:
    """Each of the six by its name there, and each is missed where it is not."""
    names = HEADINGS[language].split(", ")
    assert whys("P001", under(HEADINGS[language])) == []
    for left in names:
        body = under(", ".join(name for name in names if name != left)).replace("10:02 ", "")
        assert whys("P001", body) == ["missing"], left
        assert [one.gravity for one in findings(body, codes=("P001",))] == [Gravity.ERROR]


POLISH = """\
# Płatności nie działały

## Skutki

Około 300 klientów nie mogło zapłacić przez 25 minut. Nikt nie stracił pieniędzy ani danych, ponieważ każda próba
kończyła się błędem przed obciążeniem karty.

## Przyczyna

Nowa wersja wysyłała ten sam klucz dwa razy, czego dostawca w produkcji nie przyjmuje. Żaden test tego wcześniej nie
pokazał, bo środowisko próbne działa inaczej.
"""


def test_a_language_that_is_not_known_is_no_fault() -> None:
    """Nobody can know whether the sections are there: that is said, and stops nothing."""
    found = findings(POLISH, codes=("P001",))
    assert len(found) == 6
    assert {one.gravity for one in found} == {Gravity.WARNING}
    without = POLISH.replace("## ", "")
    assert {one.gravity for one in findings(without, codes=("P001",))} == {Gravity.ERROR}
    assert {one.gravity for one in findings("# Down\n\nIt was.\n", codes=("P001",))} == {Gravity.ERROR}


def test_the_short_form_needs_fewer() -> None:
    """Impact, root cause and action items are enough for a small incident."""
    assert whys("P001", SHORT) == ["missing"] * 3
    assert whys("P001", SHORT, About(TODAY, short=True)) == []
    missing = findings("words\n", About(TODAY, short=True), ("P001",))
    assert [one.values["topic"] for one in missing] == ["impact", "root cause", "action items"]


PLACEHOLDERS: Table = {
    "nothing left over": (GOOD, []),
    "an empty section": (with_section("Resolution", ""), ["empty"]),
    "only a comment": (with_section("Resolution", "<!-- what was done -->"), ["empty"]),
    "TBD": (with_section("Resolution", "TBD"), ["placeholder"]),
    "to be filled in": (with_section("Impact", "- What users saw: _to be filled in_"), ["placeholder"]),
    "in brackets": (with_section("Root cause", "[Clear, specific explanation of what went wrong]"), ["placeholder"]),
    "a question in italics": (
        with_section("Contributing factors", "_A missing test? Too little monitoring?_"),
        ["placeholder"],
    ),
    "dots": (with_section("Resolution", "- _…_\n- ..."), ["placeholder"]),
    "one line of several": (with_section("Impact", "- Users: 12\n- Revenue: _an amount, or none_"), ["left"]),
    "a time of a template": (with_section("Timeline", "- 10:00 alert\n- [HH:MM] fix deployed"), ["left"]),
    "an item of a template": (
        GOOD + "- [ ] _What would have shown it sooner_ — Owner: _who_ — Due: _YYYY-MM-DD_\n",
        ["left"],
    ),
    "an aside in brackets": (with_section("Timeline", "- 10:00 alert\n\n[snip]\n\n- 10:20 reverted"), []),
    "questions promise nothing": (GOOD + "\n## Questions for follow-up\n", []),
    "a link is none": (with_section("Resolution", "[the pull request](https://example.com/1) was merged"), []),
    "a box is none": (with_section("Resolution", "- [ ] deploy it\n- [x] undo it"), []),
    "code is something": (with_section("Resolution", "```\nkubectl rollout undo\n```"), []),
    "a quotation is something": (with_section("Impact", "> 300 users saw it"), []),
    "a picture is something": (with_section("Impact", "![300 errors](graph.png)"), []),
    "none is an answer": (with_section("Contributing factors", "None."), []),
    "an aside in italics": (with_section("Timeline", "_All times in UTC_\n\n- 10:00 alert, reverted, resolved"), []),
    "what stands in a subsection": (with_section("Resolution", "### For now\n\nIt was rolled back."), []),
    "a section about the same within it": (with_section("Impact", "### Impact on users\n\nTBD"), ["placeholder"]),
    "an empty subsection": (with_section("Resolution", "### For now\n"), ["empty"]),
    "other sections may wait": (GOOD + "\n## Lessons learned\n\n_…_\n", []),
}


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_placeholders(name: str) -> None:
    """What a template left is found; code, pictures, links and short answers are none."""
    body, expected = PLACEHOLDERS[name]
    assert whys("P002", body) == expected


def test_a_line_that_is_left_over_is_only_a_warning() -> None:
    """A whole section is an error, one line of it is not; the lines are counted."""
    (one,) = findings(with_section("Impact", "- Users: 12\n- Revenue: TBD\n- Data: TBD"), codes=("P002",))
    assert (one.gravity, one.values["count"], one.line) == (Gravity.WARNING, 2, 11)
    (whole,) = findings(with_section("Impact", "TBD"), codes=("P002",))
    assert whole.gravity is Gravity.ERROR


BOX = "- [ ] Test number {} — Owner: @sam — Due: 2026-03-24"
COUNTS: Table = {
    "three": (GOOD, []),
    "none": (items("Nothing."), ["none"]),
    "no section": (without_section("Action items"), ["none"]),
    "only the template's": (
        items("- [ ] _What keeps it from happening again_ — Owner: _who_ — Due: _YYYY-MM-DD_"),
        ["none"],
    ),
    "one": (items(BOX.format(1)), []),
    "an empty list": (items("- [ ] "), ["none"]),
    "in code": (items("```", BOX.format(1), "```"), ["none"]),
    "in a quotation": (items("> " + BOX.format(1)), ["none"]),
    "sharing is no item": (items("- [ ] Shared with the client"), ["none"]),
    "a bullet is one": (items("- Test the retry against the sandbox"), []),
}
MANY: Table = {
    "three": (GOOD, []),
    "none is another rule's": (items("Nothing."), []),
    "one": (items(BOX.format(1)), ["few"]),
    "two": (items(*(BOX.format(n) for n in range(2))), []),
    "four": (items(*(BOX.format(n) for n in range(4))), []),
    "five": (items(*(BOX.format(n) for n in range(5))), ["many"]),
    "five, all done": (items(*(BOX.format(n).replace("[ ]", "[x]") for n in range(5))), ["many"]),
    "sharing does not count": (items(*(BOX.format(n) for n in range(4)), "- [ ] Shared with the client"), []),
    "what is not filled in does not count": (items(BOX.format(1), "- [ ] _…_ — Owner: _who_"), ["few"]),
}


@pytest.mark.parametrize("name", COUNTS)
def test_there_is_an_item(name: str) -> None:
    """At least one thing changes; what nobody filled in is nothing."""
    body, expected = COUNTS[name]
    assert whys("P003", body) == expected


@pytest.mark.parametrize("name", MANY)
def test_there_are_two_to_four(name: str) -> None:
    """Fewer and more are a warning."""
    body, expected = MANY[name]
    assert whys("P004", body) == expected
