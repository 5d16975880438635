"""How severities are recognised, however people write them."""

import pytest

from stanch.core.severity import Severity, severity_in_choice, severity_of

ALIASES = {"P0-critical": Severity.SEV_1, "severity: high": Severity.SEV_2, "P0": Severity.SEV_3}


@pytest.mark.parametrize(
    "label",
    ["sev-1", "SEV 1", "sev_1", "Sev-1", "sev1", "SEV\u20111", "\uff33\uff25\uff36-\uff11", " sev - 1 ", "sev\u20131"],
)
def test_case_dashes_spaces_and_underscores_do_not_matter(label: str) -> None:
    """Every usual spelling of one label is that label."""
    assert severity_of(label) is Severity.SEV_1


@pytest.mark.parametrize(
    "label", ["sev-0", "sev-5", "sev-11", "sev", "1", "", "severity-1", "my sev-1", "sev-1!", "P0"]
)
def test_anything_else_is_no_severity(label: str) -> None:
    """A label means a severity as a whole or not at all."""
    assert severity_of(label) is None


def test_aliases_are_matched_as_loosely_as_labels() -> None:
    """The team's own labels count in any spelling, and the canonical ones still do."""
    assert severity_of("p0 CRITICAL", ALIASES) is Severity.SEV_1
    assert severity_of("Severity:High", ALIASES) is Severity.SEV_2
    assert severity_of("sev-4", ALIASES) is Severity.SEV_4


@pytest.mark.parametrize(
    ("answer", "severity"),
    [
        ("SEV-1: down, data at risk, or revenue stopped", Severity.SEV_1),
        ("sev 2 (major feature broken)", Severity.SEV_2),
        ("SEV-3\uff1a\u4e00\u90e8\u306e\u969c\u5bb3", Severity.SEV_3),
        ("SEV-1\u969c\u5bb3", Severity.SEV_1),
        ("SEV-2, en viktig funktion \u00e4r trasig", Severity.SEV_2),
        ("P0-critical: everything is down", Severity.SEV_1),
        ("P0 something", Severity.SEV_3),
        ("severity: high", Severity.SEV_2),
        ("SEV-12", None),
        ("SEV-1b", None),
        ("P0x", None),
        ("_No response_", None),
        ("down since SEV-1", None),
        ("", None),
    ],
)
def test_a_choice_begins_with_its_severity(answer: str, severity: Severity | None) -> None:
    """What follows the severity may be anything, in any language; the longest known name wins."""
    assert severity_in_choice(answer, ALIASES) is severity


def test_the_lower_number_is_worse() -> None:
    """SEV-1 is worse than SEV-2, and nothing is worse than itself."""
    assert Severity.SEV_1.is_worse_than(Severity.SEV_2)
    assert not Severity.SEV_2.is_worse_than(Severity.SEV_1)
    assert not Severity.SEV_3.is_worse_than(Severity.SEV_3)
    assert [severity.label for severity in Severity] == ["sev-1", "sev-2", "sev-3", "sev-4"]
