"""P009 to P012: how an item is written."""

import pytest
from tests.lint_documents import GOOD, Table, findings, items, whys, with_section

from stanch.core.lint import Gravity

REST = "Add a test — Owner: @sam — Due: 2026-03-24"
BOXES: Table = {
    "good ones": (GOOD, []),
    "no space inside": (items(f"- [] {REST}"), ["malformed"]),
    "no space behind": (items(f"- [ ]{REST}"), ["malformed"]),
    "no space before": (items(f"-[ ] {REST}"), ["malformed"]),
    "two spaces inside": (items(f"- [  ] {REST}"), ["malformed"]),
    "a space too many": (items(f"- [ x] {REST}"), ["malformed"]),
    "a star": (items(f"- [*] {REST}"), ["malformed"]),
    "spaces around the x": (items(f"- [ x ] {REST}", f"- [ X ] {REST}"), ["malformed"] * 2),
    "other letters for a tick": (items(f"- [v] {REST}", f"- [y] {REST}"), ["malformed"] * 2),
    "a line to write on": (items(f"- [_] {REST}"), ["malformed"]),
    "a mark that says something else": (items(f"- [-] {REST}"), []),
    "a tick": (items(f"- [✓] {REST}"), ["malformed"]),
    "a box as a sign": (items(f"- ☐ {REST}"), ["malformed"]),
    "a sign for what is done": (items(f"- ✅ {REST}"), []),
    "no list": (items(f"[ ] {REST}", f"[x] Write it down — {REST}"), ["malformed"] * 2),
    "capital": (items(f"- [X] {REST}"), ["capital"]),
    "numbered": (items(f"1. [ ] {REST}"), []),
    "a star for the list": (items(f"* [x] {REST}"), []),
    "a link": (items("- [the test](https://example.com) — Owner: @sam"), []),
    "a reference": (items("- [x][1] is a link", "", "[1]: https://example.com"), []),
    "a name in brackets": (items("- [sam] Add a test"), []),
    "in code": (items("```", f"-[ ] {REST}", "```", f"- [ ] {REST}"), []),
    "elsewhere in the document": (with_section("Impact", "- [] 300 users"), []),
}


@pytest.mark.parametrize("name", BOXES)
def test_box(name: str) -> None:
    """What GitHub does not show as a checkbox is found, links are none."""
    body, expected = BOXES[name]
    assert whys("P009", body) == expected


def test_a_capital_is_only_advice() -> None:
    """GitHub takes `[X]`, so it stops nothing."""
    (one,) = findings(items(f"- [X] {REST}"), codes=("P009",))
    assert (one.gravity, one.mended) == (Gravity.ADVICE, f"- [x] {REST}")


BULLETS: Table = {
    "checkboxes": (GOOD, []),
    "a bullet": (items(f"- {REST}"), ["bullet"]),
    "a star": (items(f"* {REST}"), ["bullet"]),
    "numbered": (items(f"1. {REST}", f"2. {REST}"), ["bullet"] * 2),
    "one of two": (items(f"- [ ] {REST}", f"- Write it down — {REST}"), ["bullet"]),
    "another rule's box": (items(f"- [ x ] {REST}", f"- [_] {REST}"), []),
    "a mark that is no box": (items(f"- [-] {REST}", f"- [~] {REST}"), ["mark"] * 2),
    "a paragraph": (items("Action: add a test (Owner: Alex)"), ["paragraph"]),
    "done already": (items(f"- ✅ {REST}"), []),
    "done, in a word": (items("- Add a test (done)"), []),
    "a table": (items("| Action | Owner | Due |", "|---|---|---|", "| Add a test | Alex | 2026-03-24 |"), []),
    "a note below an item": (items(f"- [ ] {REST}", "  - as it was done for the cart"), []),
    "in another section": (with_section("Impact", "- 300 users"), []),
    "in code": (items(f"- [ ] {REST}", "", "```", "- not this", "```"), []),
}


@pytest.mark.parametrize("name", BULLETS)
def test_checkbox(name: str) -> None:
    """A bullet among the action items has no box; a table and a note need none."""
    body, expected = BULLETS[name]
    assert whys("P010", body) == expected


SAME: Table = {
    "all different": (GOOD, []),
    "the same": (items(f"- [ ] {REST}", f"- [ ] {REST}"), ["again"]),
    "other owner and date": (items(f"- [ ] {REST}", "- [ ] Add a test — Owner: @kim — Due: 2026-04-24"), ["again"]),
    "other case": (items(f"- [ ] {REST}", f"- [ ] {REST.replace('Add', 'ADD')}"), ["again"]),
    "other punctuation": (items(f"- [ ] {REST}", "- [ ] **Add** a test! — Owner: @sam"), ["again"]),
    "one is done": (items(f"- [ ] {REST}", f"- [x] {REST}"), ["again"]),
    "three times": (items(*[f"- [ ] {REST}"] * 3), ["again"] * 2),
    "nearly": (items(f"- [ ] {REST}", f"- [ ] {REST.replace('a test', 'a load test')}"), []),
    "letters of other scripts": (items("- [ ] Écrire un test — @sam", "- [ ] Écrire un tést — @sam"), []),
}


@pytest.mark.parametrize("name", SAME)
def test_duplicates(name: str) -> None:
    """The same words again are found, whoever is to do it."""
    body, expected = SAME[name]
    assert whys("P011", body) == expected


def opener(text: str) -> str:
    return items(f"- [ ] {text} — Owner: @sam — Due: 2026-03-24")


OPENERS: Table = {
    "good ones": (GOOD, []),
    "investigate": (opener("Investigate the timeouts"), ["vague"]),
    "look into": (opener("Look into connection pooling"), ["vague"]),
    "be more careful": (opener("Be more careful with migrations"), ["vague"]),
    "consider": (opener("Consider a circuit breaker"), ["vague"]),
    "improve": (opener("Improve monitoring"), ["vague"]),
    "pay attention": (opener("Pay more attention to alerts"), ["vague"]),
    "in bold": (opener("**Improve** monitoring"), ["vague"]),
    "we should": (opener("We should consider a circuit breaker"), ["vague"]),
    "explore": (opener("Explore the options for caching"), ["vague"]),
    "with a number": (opener("Improve the start of a job to under 30 seconds"), []),
    "with what is left behind": (opener("Investigate the timeouts and write down what they have in common"), []),
    "with an end": (opener("Look into pooling until a load test holds"), []),
    "with a decision": (opener("Consider a circuit breaker and decide by Friday"), []),
    "a number that is only a reference": (opener("Investigate #123"), ["vague"]),
    "a version is no measure": (opener("Investigate v1.2"), ["vague"]),
    "not at the start": (opener("Add a test that investigates the timeouts"), []),
    "improvements of a name": (opener("Improvements page: add the link"), []),
    "done": (opener("Improve monitoring").replace("[ ]", "[x]"), []),
}


@pytest.mark.parametrize("name", OPENERS)
def test_opener(name: str) -> None:
    """What has no end is found, and a measurable result makes it fine."""
    body, expected = OPENERS[name]
    assert whys("P012", body) == expected
