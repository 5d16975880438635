"""P005 to P008: who does it, and by when."""

import pytest
from tests.lint_documents import GOOD, Table, findings, items, whys

from stanch.core.lint import Gravity

OWNERS: Table = {
    "everybody is named": (GOOD, []),
    "nobody": (items("- [ ] Add a test — Due: 2026-03-24"), ["nobody"]),
    "nobody for two": (items("- [ ] Add a test", "- [ ] Add an alert"), ["nobody"] * 2),
    "done needs none": (items("- [x] Add a test"), []),
    "a placeholder": (items("- [ ] Add a test — Owner: TBD — Due: 2026-03-24"), ["nobody"]),
    "a name without @": (items("- [ ] Add a test — Owner: Jordan Smith — Due: 2026-03-24"), ["untold"]),
    "a team": (items("- [ ] Add a test — Owner: @acme/payments — Due: 2026-03-24"), ["untold"]),
    "a name and a login": (items("- [ ] Add a test — Owner: Jordan, @sam — Due: 2026-03-24"), []),
    "a name, and done": (items("- [x] Add a test — Owner: Jordan"), []),
    "a handle in front": (items("- [ ] @sam: add a test by 2026-03-24"), []),
    "in a table": (items("| Action | Owner | Due |", "|---|---|---|", "| Add a test | @alex | 2026-03-24 |"), []),
    "a name in a table": (
        items("| Action | Owner | Due |", "|---|---|---|", "| Add a test | Alex | 2026-03-24 |"),
        ["untold"],
    ),
    "an empty cell": (items("| Action | Owner | Due |", "|---|---|---|", "| Add a test | | 2026-03-24 |"), ["nobody"]),
    "a bullet": (items("- Add a test"), ["nobody"]),
}


@pytest.mark.parametrize("name", OWNERS)
def test_owner(name: str) -> None:
    """Every open item names who does it."""
    body, expected = OWNERS[name]
    assert whys("P005", body) == expected


def test_a_name_is_an_owner_all_the_same() -> None:
    """Somebody is meant, so it stops nothing; that nobody hears of it is said."""
    (one,) = findings(items("- [ ] Add a test — Owner: Sam — Due: 2026-03-24"), codes=("P005",))
    assert (one.gravity, one.values["owner"]) == (Gravity.WARNING, "Sam")


DUE: Table = {
    "everything has a day": (GOOD, []),
    "no day": (items("- [ ] Add a test — Owner: @sam"), ["never"]),
    "done needs none": (items("- [x] Add a test — Owner: @sam"), []),
    "an issue of its own": (items("- [ ] Add a test (#34) — Owner: @sam"), []),
    "an address of one": (items("- [ ] Add a test https://github.com/a/b/issues/3 — Owner: @sam"), []),
    "another address is none": (items("- [ ] Add a test as in https://example.com/3 — Owner: @sam"), ["never"]),
    "a vague day is another rule's": (items("- [ ] Add a test — Owner: @sam — Due: next sprint"), []),
    "the template's day": (items("- [ ] Add a test — Owner: @sam — Due: YYYY-MM-DD"), ["never"]),
    "to be decided": (items("- [ ] Add a test — Owner: @sam — Due: TBD"), ["never"]),
    "the template's day beside an issue": (items("- [ ] Add a test (#34) — Owner: @sam — Due: YYYY-MM-DD"), []),
    "a row without a day": (items("| Action | Owner | Due |", "|---|---|---|", "| Add a test | Alex | |"), ["never"]),
    "each for itself": (items("- [ ] Add a test", "- [ ] Add an alert — Due: 2026-03-24"), ["never"]),
}


@pytest.mark.parametrize("name", DUE)
def test_due(name: str) -> None:
    """Every open item has a day, or an issue that is followed in its own right."""
    body, expected = DUE[name]
    assert whys("P006", body) == expected


def due(text: str) -> str:
    return items(f"- [ ] Add a test — Owner: @sam — Due: {text}")


VAGUE: Table = {
    "days": (GOOD, []),
    "next sprint": (due("next sprint"), ["vague"]),
    "soon": (due("soon"), ["vague"]),
    "as soon as possible": (due("ASAP"), ["vague"]),
    "a day and a month": (due("24 March 2026"), []),
    "the template's day is another rule's": (due("YYYY-MM-DD"), []),
    "two readings": (due("03/04/2026"), ["ambiguous"]),
    "one reading": (due("24/03/2026"), []),
    "1970": (due("1970-01-01"), ["unlikely"]),
    "9999": (due("9999-12-31"), ["unlikely"]),
    "in ten years": (due("2036-03-20"), []),
    "done": (due("next sprint").replace("[ ]", "[x]"), []),
    "none is another rule's": (items("- [ ] Add a test — Owner: @sam"), []),
}


@pytest.mark.parametrize("name", VAGUE)
def test_vague_date(name: str) -> None:
    """A date is one calendar day that somebody can have meant."""
    body, expected = VAGUE[name]
    assert whys("P007", body) == expected


PAST: Table = {
    "all ahead": (GOOD, []),
    "yesterday": (due("2026-03-19"), ["past"]),
    "today": (due("2026-03-20"), []),
    "tomorrow": (due("2026-03-21"), []),
    "long ago": (due("2025-12-01"), ["past"]),
    "done": (due("2026-03-19").replace("[ ]", "[x]"), []),
    "struck out": (items("- [ ] ~~Add a test — Owner: @sam — Due: 2026-03-19~~"), []),
    "1970 is another rule's": (due("1970-01-01"), []),
    "no day": (items("- [ ] Add a test — Owner: @sam"), []),
}


@pytest.mark.parametrize("name", PAST)
def test_past_due(name: str) -> None:
    """What is open and past its day is said; today is not past."""
    body, expected = PAST[name]
    assert whys("P008", body) == expected


def test_it_says_how_long_ago() -> None:
    """In days, by the day of the team's zone that it is told."""
    (one,) = findings(due("2026-03-18"), codes=("P008",))
    assert (one.values["days"], one.values["due"]) == (2, "2026-03-18")
