"""Whatever a body holds, it is read: without a failure, within its lines, and the same way each time."""

import pytest
from hypothesis import HealthCheck, given, settings
from tests.core.actions.documents import DOCUMENTS

from stanch.core.action_list import items
from stanch.core.actions import Form, Reading, Written, read
from stanch.core.markdown import lines_of
from stanch.core.outline import outline


def keeps_its_promises(body: str) -> None:
    """What holds for every reading of every body."""
    found = read(body)
    last = len(lines_of(body))
    for item in found:
        assert 1 <= item.line <= item.line_end <= last
        assert item.text.strip()
        assert 0 <= item.confidence <= 1
        assert item.due is None or item.due_raw
        assert all(owner.strip() for owner in item.owners)
    assert [item.line for item in found] == sorted(item.line for item in found)
    assert found == read(lines_with(body, "\r\n")) == read(lines_with(body, "\n"))
    followed = [item.line for item in items(body)]
    acted_on = [item for item in found if item.strict or is_told_row(item)]
    assert followed == [item.line for item in acted_on if item.line in followed]
    assert all(item.text[0] == item.text[-1] == "_" for item in acted_on if item.line not in followed)
    sections = outline(body)
    assert all(1 <= section.line <= last and section.first >= section.line for section in sections)
    assert all(section.last <= last for section in sections)
    read(body, Reading(day_first=True))


def is_told_row(item: Written) -> bool:
    """Whether it is a row of a table that says who or when: those are followed as boxes are."""
    return item.form is Form.TABLE and item.confidence >= 0.8 and bool(item.owners or item.due_raw)


def lines_with(body: str, end: str) -> str:
    """The body with each of its lines ended alike."""
    return end.join(lines_of(body))


def test_the_ends_of_lines_change_nothing() -> None:
    """Who is known and when a document was written are read alike with CR, LF and both."""
    body = "Authors: Kim, Sam\nDate: 2026-03-03\n\n## Action items\n\n- [ ] Kim: Add a test (tomorrow)\n- [ ] b (Sam)\n"
    assert read(body) == read(lines_with(body, "\r\n")) == read(lines_with(body, "\r"))
    assert [item.owners for item in read(body)] == [("Kim",), ("Sam",)]


@pytest.mark.unmeasured
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_any_body_is_read(body: str) -> None:
    """Three hundred of them, each run anew."""
    keeps_its_promises(body)


@pytest.mark.long
@pytest.mark.unmeasured
@settings(max_examples=100_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_a_hundred_thousand_bodies_are_read(body: str) -> None:
    """The same for a hundred thousand of them."""
    keeps_its_promises(body)
