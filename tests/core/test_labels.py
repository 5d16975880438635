"""The one table of labels: whole, and in a form that GitHub takes."""

import re

from stanch.core.config_check import RESERVED
from stanch.core.dashboard import LABEL as DASHBOARD
from stanch.core.gate import REVIEW_OWED, ROOT_CAUSE
from stanch.core.handover import LABEL as HANDOVER
from stanch.core.labels import LONGEST_DESCRIPTION, NAMES, TABLE
from stanch.core.postmortem import OPEN_ITEMS
from stanch.core.severity import same_name
from stanch.practices.contain import LABEL as CONTAINMENT
from stanch.practices.item_labels import OVERDUE
from stanch.practices.resolve import FALSE_ALARM


def test_every_label_that_the_code_sets_is_in_the_table() -> None:
    """What is not in it would hang on an issue in grey, without a word beside it."""
    set_by_practices = {ROOT_CAUSE, REVIEW_OWED, CONTAINMENT, OPEN_ITEMS, DASHBOARD, HANDOVER, OVERDUE, FALSE_ALARM}
    assert sorted((set_by_practices | set(RESERVED) - {"drill"}) - set(NAMES)) == []


def test_github_takes_each_as_it_stands() -> None:
    """A colour of six hex digits, a description of at most a hundred characters, and no two of one name."""
    assert [one.name for one in TABLE if not re.fullmatch(r"[0-9a-f]{6}", one.color)] == []
    assert [one.name for one in TABLE if not 0 < len(one.description) <= LONGEST_DESCRIPTION] == []
    assert len({same_name(name) for name in NAMES}) == len(TABLE)
