"""What the documents say of rules and checks is what the code has: their tables, their codes, and every option."""

import re
from collections.abc import Callable

import click
import pytest

from stanch.app.doctor_told import listed as checks_listed
from stanch.app.lint_told import listed as rules_listed
from stanch.app.runbooks_told import listed as runbook_rules_listed
from stanch.cli.doctor import doctor
from stanch.cli.postmortem import lint as postmortem_lint
from stanch.cli.runbooks import lint as runbooks_lint
from stanch.core.doctor.checks import CODES as CHECKS
from stanch.core.lint import CODES as RULES
from stanch.core.runbooks.lint import CODES as RUNBOOK_RULES
from tests.source import ROOT

Told = tuple[str, Callable[[], str], tuple[str, ...], click.Command]

DOCUMENTS: dict[str, Told] = {
    "doctor": ("docs/doctor.md", checks_listed, tuple(CHECKS), doctor),
    "post-mortems": ("docs/postmortem-lint.md", rules_listed, tuple(RULES), postmortem_lint),
    "runbooks": ("docs/runbooks.md", runbook_rules_listed, tuple(RUNBOOK_RULES), runbooks_lint),
}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_rules_are_told_as_they_are(name: str) -> None:
    """Every rule with its name, how grave it is, and its reason, in their order: what the command lists."""
    path, listed, codes, _ = DOCUMENTS[name]
    told = [line for line in read(path).splitlines() if re.match(rf"\| {codes[0][0]}\d{{3}} ", line)]
    assert told == listed().splitlines()[2:]
    assert [line[2:6] for line in told] == list(codes)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_option_is_told(name: str) -> None:
    """Whoever looks for an option of the command finds it."""
    path, _, _, command = DOCUMENTS[name]
    options = [parameter.opts[0] for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option for option in options if option not in read(path)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_rule_that_is_named_exists(name: str) -> None:
    """A code in the prose is the code of a rule."""
    path, _, codes, _ = DOCUMENTS[name]
    assert set(re.findall(rf"\b{codes[0][0]}\d{{3}}\b", read(path))) == set(codes)
