"""The one table of labels."""

import re

from stanch.core.config_check import RESERVED
from stanch.core.labels import LABELS, LONGEST_DESCRIPTION, missing
from stanch.practices.contain import LABEL as CONTAINMENT
from stanch.practices.item_labels import OVERDUE
from stanch.practices.resolve import FALSE_ALARM

NAMES = tuple(label.name for label in LABELS)


def test_nothing_is_missing_where_every_label_is_there_in_whatever_case() -> None:
    """GitHub finds a label without regard to case."""
    assert list(missing(name.upper() for name in NAMES)) == []


def test_what_is_missing_is_named_in_the_order_of_the_table() -> None:
    """Another spelling is another label to GitHub."""
    there = [name for name in NAMES if name not in {"sev-2", "drill"}]
    assert [label.name for label in missing([*there, "SEV 2"])] == ["sev-2", "drill"]


def test_every_label_can_be_made_as_it_stands() -> None:
    """A colour as GitHub writes it, and a description that it keeps whole."""
    wrong = [
        one.name
        for one in LABELS
        if not re.fullmatch("[0-9a-f]{6}", one.color) or not 0 < len(one.description) <= LONGEST_DESCRIPTION
    ]
    assert wrong == []
    assert len(set(NAMES)) == len(NAMES)


def test_the_labels_of_the_practices_and_the_reserved_ones_are_in_it() -> None:
    """Nothing is set that is not in the table."""
    assert {CONTAINMENT, OVERDUE, FALSE_ALARM, *RESERVED} - set(NAMES) == set()
