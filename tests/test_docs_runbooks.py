"""docs/runbooks.md says what the linter of runbooks does, and what a runbook is."""

import re

from stanch.adapters.config_file import read_config
from stanch.adapters.runbook_file import MOST_BYTES, read_runbook
from stanch.core.runbooks.front_matter import KEYS
from stanch.core.runbooks.lint.r019_danger import BEFORE
from stanch.core.runbooks.model import SECTIONS
from stanch.core.service_map import circles
from tests.source import ROOT

DOCUMENT = (ROOT / "docs/runbooks.md").read_text(encoding="utf-8")


def test_the_runbook_that_is_shown_is_one() -> None:
    """Its front matter has every key but `kind` and is right; its sections are those that there are."""
    (example,) = re.findall(r"````markdown\n(.*?)````", DOCUMENT, re.DOTALL)
    page = read_runbook("runbooks/high-latency.md", example)
    assert page.problems == ()
    assert page.runbook is not None
    assert {str(path[0]) for path in page.runbook.places if path} == set(KEYS) - {"kind"}
    assert tuple(one.title for one in page.runbook.sections) == SECTIONS


def test_the_services_that_are_shown_hang_together() -> None:
    """Each needs a service that is there, and none needs itself."""
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
    config = read_config(example).config
    assert any(one.needs for one in config.services.values())
    assert list(circles(config)) == []


def test_the_numbers_are_those_in_the_code() -> None:
    """How long a page may be, and how far before a command its warning may stand."""
    assert f"{MOST_BYTES // 1024} KiB" in DOCUMENT
    assert ("six lines" if "six lines" in DOCUMENT else "", 6) == ("six lines", BEFORE)


def test_it_is_read_in_one_go() -> None:
    """At most 120 lines."""
    assert len(DOCUMENT.splitlines()) <= 120
