"""Every layout is read as it is meant: what is to be done has an owner and a day, what is to be filled in has none."""

from itertools import pairwise

import pytest

from stanch.core.actions import read
from stanch.core.config_postmortem import Layout
from stanch.render.words import Words
from tests.golden.views import VIEWS

SHARED = "- [ ] Shared with the client"


def body(name: str) -> str:
    """A report of a whole incident, or with `-bare` of one with next to nothing."""
    return Words.load()(VIEWS[f"postmortem/{'default-slow' if name == 'default' else name}"])


@pytest.mark.parametrize("layout", list(Layout))
def test_what_is_still_contained_is_an_action_item(layout: Layout) -> None:
    """With whoever did it as its owner, and the day on which it runs out."""
    due = [(one.text.partition(" (")[0], one.owners, str(one.due)) for one in read(body(layout)) if one.due]
    assert due == [("Remove C1", ("@morgan",), "2026-11-24"), ("Remove C2", ("@morgan",), "2026-11-20")]


@pytest.mark.parametrize("layout", list(Layout))
def test_a_placeholder_is_nobodys_and_due_never(layout: Layout) -> None:
    """Until somebody fills it in, it is no item; with an owner it is one."""
    left = body(f"{layout}-bare")
    assert "_who_" in left
    assert read(left) == ()
    assert [(one.owners, one.due, one.done) for one in read(left.replace("_who_", "@kim", 1))] == [
        (("@kim",), None, False)
    ]


@pytest.mark.parametrize("layout", list(Layout))
def test_sharing_it_is_asked_after_a_sev_1_and_is_no_action_item(layout: Layout) -> None:
    """It is a box of its own, outside of the items."""
    whole, bare = body(layout), body(f"{layout}-bare")
    assert whole.splitlines().count(SHARED) == 1
    assert "Shared with" not in bare
    assert [one for one in read(whole) if "client" in one.text] == []
    assert whole.index(SHARED) < whole.index("## Action items")


def test_what_a_client_reads_has_no_action_items() -> None:
    """Neither boxes nor owners."""
    assert read(body("client")) == ()
    assert "- [ ]" not in body("client")


@pytest.mark.parametrize("name", [name for name in VIEWS if name.startswith("postmortem/")])
def test_it_ends_where_it_should(name: str) -> None:
    """No two blank lines, no heading that is glued to what stands above it."""
    lines = Words.load()(VIEWS[name]).split("\n")
    glued = [line for before, line in pairwise(lines) if line.startswith("#") and before]
    ruled = [line for before, line in pairwise(lines) if line == "---" and before]
    assert (glued, ruled) == ([], [])
