"""docs/doctor.md says what the doctor does."""

import re

import click

from stanch.adapters.inspector import MOST_ASKED
from stanch.app.doctor_told import listed
from stanch.cli.doctor import doctor
from stanch.core.doctor.checks import CODES
from stanch.core.doctor.d016_schedule import SLACK
from stanch.core.labels import SETUP
from tests.app.test_doctor import USUAL_REQUESTS
from tests.source import ROOT

DOCUMENT = (ROOT / "docs/doctor.md").read_text(encoding="utf-8")
PROSE = " ".join(DOCUMENT.split())


def test_the_checks_are_told_as_they_are() -> None:
    """Every check with its name and its reason, in order."""
    told = [line for line in DOCUMENT.splitlines() if re.match(r"\| D\d{3} ", line)]
    assert told == listed().splitlines()[2:]
    assert [line[2:6] for line in told] == list(CODES)


def test_every_option_is_told() -> None:
    """Whoever looks for an option of the command finds it."""
    options = [parameter.opts[0] for parameter in doctor.params if isinstance(parameter, click.Option)]
    assert [option for option in options if option not in DOCUMENT] == []


def test_the_numbers_are_those_in_the_code() -> None:
    """Requests, people who are asked about one by one, hours of a schedule, and the label."""
    assert f"about {USUAL_REQUESTS} requests" in PROSE
    assert (MOST_ASKED, "three are asked about one by one" in PROSE) == (3, True)
    assert f"for {SLACK.total_seconds() / 3600:.0f} hours" in PROSE
    assert f"`{SETUP}`" in PROSE


def test_every_check_that_is_named_exists() -> None:
    """A code in the prose is the code of a check."""
    assert set(re.findall(r"\bD\d{3}\b", DOCUMENT)) == set(CODES)
