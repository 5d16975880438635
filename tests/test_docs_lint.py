"""docs/postmortem-lint.md says what the linter does."""

import re

import click

from stanch.app.lint_told import listed
from stanch.cli.postmortem import lint
from stanch.core.lint import CODES, RULES
from tests.source import ROOT

DOCUMENT = (ROOT / "docs/postmortem-lint.md").read_text(encoding="utf-8")


def test_the_rules_are_told_as_they_are() -> None:
    """Every rule with its name, its severity and its reason: what `--list` prints."""
    told = [line for line in DOCUMENT.splitlines() if re.match(r"\| P\d{3} ", line)]
    assert told == listed().splitlines()[2:]
    assert [line.split(" | ")[1] for line in told] == [rule.gravity.value for rule in RULES]
    assert [line[2:6] for line in told] == list(CODES)


def test_every_option_is_told() -> None:
    """Whoever looks for an option of the command finds it."""
    options = [parameter.opts[0] for parameter in lint.params if isinstance(parameter, click.Option)]
    assert [option for option in options if option not in DOCUMENT] == []


def test_every_rule_that_is_named_exists() -> None:
    """A code in the prose is the code of a rule."""
    assert set(re.findall(r"\bP\d{3}\b", DOCUMENT)) == set(CODES)
