"""How sure it is that a line is an action item: from its form and from what its heading says."""

from stanch.core.actions.areas import Area
from stanch.core.actions.found import Found
from stanch.core.actions.headings import Meaning
from stanch.core.actions.written import Form

_OF_FORM = {Form.CHECKBOX: 1.0, Form.TABLE: 0.95, Form.BULLET: 0.9, Form.PARAGRAPH: 0.7}
_OF_MEANING = {Meaning.ACTIONS: 1.0, Meaning.LIKELY: 0.85}
_ELSEWHERE = 0.6
_BELOW_ANOTHER = 0.9


def confidence(found: Found, area: Area) -> float:
    """From 0 to 1, to two places. An owner or a date makes it surer."""
    sure = _OF_FORM[found.form] * _OF_MEANING.get(area.meaning, _ELSEWHERE)
    if found.nested:
        sure *= _BELOW_ANOTHER
    if found.said.owners or found.said.due.raw:
        sure += (1 - sure) / 2
    return round(sure, 2)
