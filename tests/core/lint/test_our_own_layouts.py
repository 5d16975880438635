"""The post-mortems that Stanch writes: full of what is to be filled in, and clean once it is."""

import re
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from tests.golden.views import VIEWS
from tests.lint_documents import findings

from stanch.core.lint import About
from stanch.core.lint.p004_how_many import MOST
from stanch.render.words import Words

LAYOUTS = ("default", "list", "short", "table")
DAY = date(2026, 11, 18)
HINT = re.compile(r"(?<![\w*])_(?!Nothing recorded)[^_\n]+_(?!\w)")


def opened(layout: str) -> str:
    """The post-mortem of a SEV-1 as it is opened."""
    return Words.load()(VIEWS[f"postmortem/{layout}"])


def filled_in(body: str) -> str:
    """The same with an answer for everything that it asks, four items at most, and shared with the client."""
    numbers = count(2)
    body = body.replace("_YYYY-MM-DD_", "2026-11-30").replace("_who_", "@jordan")
    body = body.replace("- [ ] Shared", "- [x] Shared")
    body = HINT.sub(lambda _: f"A test with {next(numbers)} orders was missing.", body)
    lines = body.splitlines(keepends=True)
    boxes = [line for line in lines if line.startswith("- [ ] ")]
    return "".join(line for line in lines if line not in boxes[MOST:])


def unmended(layout: str) -> str:
    """The same of an incident for which nothing was merged or deployed."""
    view = VIEWS[f"postmortem/{layout}"]
    return Words.load()(replace(view, view={**view.view, "hotfixes": (), "works": ()}))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_section_is_there_from_the_start(layout: str) -> None:
    """Also the resolution of an incident that no change ended: its figures are none."""
    assert findings(unmended(layout), About(DAY, short=layout == "short"), ("P001",)) == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_asked_for_is_missing_at_first(layout: str) -> None:
    """What nobody has written yet is found, and that the client has not seen it."""
    found = {one.code for one in findings(opened(layout), About(DAY, short=layout == "short"))}
    assert found >= {"P002", "P018"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_filled_in_one_is_clean(layout: str) -> None:
    """Nobody is sent around in circles: what Stanch asks for is all that it asks for."""
    found = findings(filled_in(opened(layout)), About(DAY, short=layout == "short"))
    assert [(one.code, one.why, one.line, dict(one.values)) for one in found] == []
