"""Broken configs, odd bodies, people who are gone and words that are changed later: no incident is lost."""

from pathlib import Path

import pytest

from stanch.sandbox.people import form_body
from tests.app.rig import CONFIG, Rig, harbour, rigged
from tests.app.test_cli import said_right

ODD = {
    "empty": "",
    "blank": " \r\n\t\r\n ",
    "controls": "a\x00b\x07c\x1b[31md\x85e\x0bf",
    "bidi": "\u202e/ack\u202c \u2066@jordan\u2069 \ufeff",
    "surrogate pairs": "🚨" * 1000,
    "marks": "e" + "\u0301" * 3000,
    "fences": "```" * 20_000,
    "quotes": ">" * 65_536,
    "links": "[" * 65_536,
    "one long line": "x" * 65_536,
    "many lines": "\n" * 65_536,
    "commands": "/ack\n" * 13_107,
    "an open comment": "<!--" * 16_384,
    "a heading for each line": "### Severity\n\nSEV-1\n" * 3000,
}


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        ("peple: [jordan]\n", ".github/stanch.yml:1:1"),
        ("people: 3\n", ".github/stanch.yml:1:9"),
        ("people: [jordan\n", ".github/stanch.yml"),
        ("a: &x 1\nb: *x\n", ".github/stanch.yml"),
        ("people: [jordan]\npeople: [sam]\n", ".github/stanch.yml:2:1"),
        ("team: {zone: Nowhere/Land}\n", ".github/stanch.yml:1:14"),
        ("x" * 70_000, ".github/stanch.yml"),
        ("- " * 5000, ".github/stanch.yml"),
        ("\u202epeople: [jordan]\n", ".github/stanch.yml"),
        ("people: ['@everyone', '<img>', '{{7*7}}']\n", ".github/stanch.yml"),
    ],
    ids=["typo", "type", "syntax", "alias", "double", "zone", "large", "deep", "bidi", "hostile"],
)
@pytest.mark.parametrize("severity", [1, 2])
def test_a_broken_config_costs_no_incident(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str, problem: str, severity: int
) -> None:
    """The card appears with the defaults and names the problem; exit 2 says where it is; a mended file heals."""
    with rigged(harbour(config), tmp_path, monkeypatch) as rig:
        number = rig.incident(severity=severity)
        ran = rig.look(number)
        said_right(ran.complaint, problem, *(["above"] if "more" in ran.complaint else []))
        assert ran.code == 2
        assert problem in rig.card(number)
        assert "the defaults apply" in rig.card(number)
        assert ("10:05 UTC" if severity == 1 else "10:15 UTC") in rig.card(number)
        assert rig.look(number, "--json").writes == []
        rig.world.person("alex").pushes(".github/stanch.yml", CONFIG)
        assert rig.heals(number).code == 0
        assert problem not in rig.card(number)
        assert any("call" in key for key in rig.keys(number))


def test_both_config_files_are_a_problem(rig: Rig) -> None:
    """One is in force, the other is named on the card with what to do: exit 2."""
    rig.world.person("alex").pushes(".github/stanch.yaml", "people: [sam]\n")
    number = rig.incident()
    ran = rig.look(number)
    said_right(ran.complaint, ".github/stanch.yaml", "delete this file")
    assert ran.code == 2
    assert ".github/stanch.yaml" in rig.card(number)
    called = rig.by_bot(number)[1].body
    assert ("@jordan" in called, "@sam" in called) == (True, False)


def test_a_run_that_calls_nobody_is_red(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without people, owners and assignees: exit 1, and the sentence says whom to name and where."""
    with rigged(harbour(None), tmp_path, monkeypatch) as rig:
        number = rig.incident()
        ran = rig.look(number)
        said_right(ran.complaint, f"#{number}", "people:", ".github/stanch.yml")
        assert ran.code == 1
        assert "Nobody was called" in rig.card(number)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_issue_is_an_incident_like_any_other(rig: Rig, name: str) -> None:
    """Whatever its body is: one card, one call, exit 0, and a quiet second look."""
    number = rig.incident(ODD[name])
    assert rig.look(number).code == 0
    assert len(rig.keys(number)) == 2
    assert rig.look(number, "--json").writes == []


@pytest.mark.parametrize("name", [name for name, text in ODD.items() if text.strip()])
def test_an_odd_comment_changes_nothing_it_should_not(rig: Rig, name: str) -> None:
    """Whatever is said, the card stays one, the look ends well and the next one is quiet."""
    number = rig.incident()
    rig.look(number)
    for who in ("jordan", "sam"):
        rig.world.person(who).comments(number, ODD[name])
    assert rig.look(number).code == 0
    assert rig.keys(number).count(f"{number}/card") == 1
    assert rig.look(number, "--json").writes == []
    assert all(len(one.body.encode()) <= 60_000 for one in rig.by_bot(number))


@pytest.mark.parametrize("form", [{"What is broken?": "x" * 60_000}, {"Severity": ""}, {"Severity": "SEV-9"}])
def test_a_form_with_odd_answers_is_no_error(rig: Rig, form: dict[str, str]) -> None:
    """Answers that are too long, empty or not on the list leave an issue that can be looked at."""
    number = rig.world.person("alex").opens("Incident: checkout", form_body(form), labels=["sev-2"])
    assert rig.look(number).code == 0
    assert rig.look(number, "--json").writes == []


def test_an_author_whose_account_is_gone_stays_the_author(rig: Rig) -> None:
    """The severity that counted goes on counting, commands that were accepted stay done, and nobody is lost."""
    number = rig.incident()
    rig.world.person("jordan").comments(number, "/take")
    rig.look(number)
    rig.world.remove_account("alex")
    rig.world.remove_account("jordan")
    assert rig.look(number).code == 0
    assert "SEV-1" in rig.card(number)
    assert "sev-1" in rig.world.issue(number).labels
    assert "`jordan`" in rig.card(number)
    assert rig.look(number, "--json").writes == []


def test_an_author_who_is_gone_before_the_first_look_leaves_a_report(rig: Rig) -> None:
    """Nobody can say whether a deleted account might set a severity: a report to be triaged, which is not lost."""
    number = rig.incident()
    rig.world.remove_account("alex")
    assert rig.look(number).code == 0
    assert rig.world.issue(number).labels == ("client-report",)
    assert "to be triaged" in rig.card(number)
    rig.world.person("jordan").comments(number, "/sev 1 it is real")
    assert rig.heals(number).code == 0
    assert "SEV-1" in rig.card(number)
    assert any("call/sev-1" in key for key in rig.keys(number))


def test_a_comment_of_nobody_commands_nothing(rig: Rig) -> None:
    """A comment whose author is gone before it was judged is refused, without a mention and without an error."""
    number = rig.incident()
    rig.look(number)
    rig.world.person("jordan").comments(number, "/resolve")
    rig.world.remove_account("jordan")
    assert rig.look(number).code == 0
    assert rig.world.issue(number).state == "open"
    assert "@ghost" not in "".join(one.body for one in rig.by_bot(number))


def test_a_command_counts_as_it_stood_when_it_was_accepted(rig: Rig) -> None:
    """Editing it later into another command, or deleting it, takes nothing back and does nothing new."""
    number = rig.incident()
    rig.look(number)
    said = rig.world.person("jordan").comments(number, "/ack")
    assert rig.look(number).code == 0
    acknowledged = rig.card(number)
    rig.world.clock.advance(minutes=1)
    rig.world.person("jordan").edits_comment(said, "/resolve")
    assert rig.look(number, "--json").writes == []
    rig.world.person("jordan").deletes_comment(said)
    assert rig.heals(number).code == 0
    assert rig.world.issue(number).state == "open"
    assert "Acknowledged | 10:00 UTC" in acknowledged
    assert "Acknowledged | 10:00 UTC" in rig.card(number)


def test_a_command_that_is_edited_by_somebody_who_may_not_is_refused(rig: Rig) -> None:
    """The last editor's rights count too; words put into a colleague's mouth do nothing."""
    number = rig.incident()
    rig.look(number)
    said = rig.world.person("sam").comments(number, "It is slow.")
    rig.world.person("jordan").edits_comment(said, "/resolve")
    assert rig.look(number).code == 0
    assert rig.world.issue(number).state == "open"


def test_a_notice_that_was_deleted_is_not_said_again(rig: Rig) -> None:
    """The call is gone because somebody wanted it gone; the card, which remembers, is built anew."""
    number = rig.incident()
    rig.look(number)
    card, call = rig.by_bot(number)
    rig.world.person("alex").deletes_comment(call.id)
    rig.look(number)
    assert rig.keys(number) == [f"{number}/card"]
    rig.world.person("alex").deletes_comment(card.id)
    assert rig.heals(number).kinds[0] == "CreateComment"
    assert rig.keys(number) == [f"{number}/card"]


def test_an_issue_that_is_edited_to_nothing_stays_an_incident(rig: Rig) -> None:
    """Emptying the body later takes no clock and no card away."""
    number = rig.world.person("alex").opens("Incident: checkout", form_body({"Severity": "SEV-1: down"}))
    assert rig.look(number).code == 0
    rig.world.person("alex").edits_body(number, "")
    assert rig.heals(number).code == 0
    assert "SEV-1" in rig.card(number)
    assert "sev-1" in rig.world.issue(number).labels
