"""What the text of a pull request declares, and what only looks like it."""

from datetime import date

import pytest
from tests.steps import grows

from stanch.core.declared import Closing, Declared, IssueName, declared

TEMPLATE = """<!--
Incident: #99
Rollback: write one sentence here
-->

Incident: #12 <!-- the number of the incident -->
Rollback: <!-- one sentence, 20 to 280 characters -->
Why not smaller: <!-- only for ten lines and more -->
Workaround: no <!-- yes, if it has to go again -->
"""


def test_nothing_is_declared() -> None:
    """An empty text says nothing."""
    assert declared("") == Declared()


def test_the_hints_of_a_template_are_none() -> None:
    """What stands in HTML comments is not declared, in lines of their own or behind a value."""
    found = declared(TEMPLATE)
    assert found.values == {"incident": ("#12",), "workaround": ("no",)}
    assert not found.is_workaround


@pytest.mark.parametrize(
    "line",
    [
        "Incident: #12",
        "incident:#12",
        "INCIDENT : #12",
        "**Incident:** #12",
        "**Incident**: #12",
        "_Incident_: #12",
        "- Incident: #12",
        "* **Incident:** #12",
        "   Incident: #12",
        "Incident: [#12](https://github.test/octo/shop/issues/12)",
        "Incident: `#12`",
        "Incident: (#12)",
        "Incident: 12",
        "Incident: GH-12",
        "Incident: octo/shop#12",
        "Incident: Octo/Shop#12",
        "Incident: https://github.test/octo/shop/issues/12",
        "Incident: https://github.test/octo/shop/issues/12#issuecomment-7",
        "Incident: #12, declared by sam",
        "Incident: \u200b#12\u200b",
        "Incident: #\u200b12",
    ],
)
def test_ways_to_name_an_incident(line: str) -> None:
    """Bold, in a list, by its address, or copied with invisible characters."""
    assert declared(line, here="octo/shop").incidents == (IssueName(12),)


@pytest.mark.parametrize(
    "text",
    [
        "> Incident: #12",
        "```\nIncident: #12\n```",
        "~~~md\nIncident: #12\n~~~",
        "    Incident: #12",
        "<!-- Incident: #12 -->",
        "<!--\nIncident: #12\n-->",
        "words <!-- a\nIncident: #12\n-->",
        "`a\nIncident: #12\n`",
        "<details><pre>\nIncident: #12\n</pre></details>",
        "The Incident: #12",
        "Incidents: #12",
        "Incident #12",
        "Incident: #012",
        "Incident: #12345678901234",
        "Incident: #12abc",
        "Incident: #0",
        "Incident: none",
        "Incident:",
        "Incident:\n#12",
    ],
)
def test_what_is_no_incident(text: str) -> None:
    """Quotations, code, comments and words that only look like it."""
    assert declared(text).incidents == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Incident: #12\nIncident: #13", (12, 13)),
        ("Incident: #12\nIncident: #12", (12,)),
        ("Incident: #12 and #13", (12, 13)),
        ("Incident: #12, #13, #12", (12, 13)),
        ("Incident: 12 of 13", (12,)),
    ],
)
def test_several_are_several(text: str, named: tuple[int, ...]) -> None:
    """In one line or in many, each once."""
    assert tuple(one.number for one in declared(text).incidents) == named


def test_an_issue_of_another_repository_keeps_its_name() -> None:
    """It cannot be read from here, and says so."""
    assert declared("Incident: octo/other#12", here="octo/shop").incidents == (IssueName(12, "octo/other"),)


CLOSINGS = ("close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved")


@pytest.mark.parametrize("word", CLOSINGS)
@pytest.mark.parametrize(
    "issue", ["#12", "octo/shop#12", "OCTO/shop#12", "GH-12", "gh-12", "https://github.test/octo/shop/issues/12"]
)
@pytest.mark.parametrize("shape", ["{word} {issue}", "{word}: {issue}", "It {word}  {issue}.", "{word}\n{issue}"])
def test_what_would_close_it(word: str, issue: str, shape: str) -> None:
    """Every keyword, in every form, in any case, in the text and in the message of a commit."""
    text = shape.format(word=word.title(), issue=issue)
    expected = (Closing(word.title(), IssueName(12)),)
    assert declared(text, here="octo/shop").closings == expected
    assert declared("", (text,), "octo/shop").closings == expected


@pytest.mark.parametrize(
    "text",
    [
        "prefixes #12",
        "fixing #12",
        "hotfix #12",
        "fixes the bug of #12",
        "fixes #12a",
        "see #12",
        "fixes 12",
        "`fixes` #12",
        "```\nfixes #12\n```",
        "<!-- fixes #12 -->",
    ],
)
def test_what_closes_nothing(text: str) -> None:
    """A keyword and a number that do not stand together, and code."""
    assert declared(text).closings == ()


def test_a_number_of_another_repository_is_another_issue() -> None:
    """It would be closed there."""
    assert declared("Fixes octo/other#12", here="octo/shop").closings == (
        Closing("Fixes", IssueName(12, "octo/other")),
    )


@pytest.mark.parametrize(
    ("value", "owner"),
    [
        ("@morgan", "morgan"),
        ("morgan", "morgan"),
        ("morgan.", "morgan"),
        ("@morgan, from Monday", "morgan"),
        ("@morgan @kim", "morgan"),
        ("@alex_corp", "alex_corp"),
        ("nobody", ""),
        ("TBD", ""),
        ("me", ""),
        ("the payments team", ""),
        ("@octo/payments", ""),
        ("@-x", ""),
        ("<script>", ""),
    ],
)
def test_who_owns_the_cause(value: str, owner: str) -> None:
    """One login; a placeholder and a team are none."""
    assert declared(f"Root-cause owner: {value}").owner == owner


@pytest.mark.parametrize(
    ("value", "until"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026-12-01, with the release", date(2026, 12, 1)),
        ("next week", None),
        ("2026-13-01", None),
        ("01.12.2026", None),
        ("9999-99-99", None),
    ],
)
def test_until_when(value: str, until: date | None) -> None:
    """A day as `2026-12-01`, and nothing else."""
    assert declared(f"Temporary until: {value}").temporary_until == until


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("yes", True),
        ("for now", True),
        ("no", False),
        ("No.", False),
        ("n/a", False),
        ("none", False),
        ("-", False),
        ("no, it is the fix", False),
        ("not yet gone", True),
        ("nothing better was found", True),
    ],
)
def test_whether_it_is_a_workaround(value: str, is_one: bool) -> None:
    """Anything but a no."""
    assert declared(f"Workaround: {value}").is_workaround is is_one


def test_spellings_of_a_name() -> None:
    """With and without hyphens."""
    found = declared("Why-not-smaller: a\nRoot cause owner: kim\ntemporary-until: 2026-12-01\n")
    assert set(found.values) == {"why not smaller", "root-cause owner", "temporary until"}


@pytest.mark.parametrize(
    ("start", "unit"),
    [
        ("", "fix "),
        ("Incident: ", "#"),
        ("fixes ", "a"),
        ("fixes a/", "b"),
        ("Rollback: ", "<!--"),
        ("", "Incident: #12\n"),
        ("fix", " "),
        ("Incident:", "*"),
    ],
)
def test_twice_the_text_is_not_thrice_the_time(start: str, unit: str) -> None:
    """Up to the largest text that GitHub takes, made to be tried in many ways."""

    def look(size: int) -> None:
        declared.cache_clear()
        text = start + unit * (size // len(unit))
        declared(text, (text,))

    assert not grows(look, 64_000, 32_000)
