"""Post-mortem: a SEV-1 or SEV-2 that is over opens one issue to learn from, once.

It opens when the incident is resolved, or two business days after mitigation if it is still open then, and
is filled with what the thread recorded. While the incident is still open it is short; once that is resolved it gets
its long form.
"""

from collections.abc import Iterator
from datetime import timedelta

from stanch.core.case import Case
from stanch.core.clocks import postmortem_deadline, postmortem_start
from stanch.core.config import POST_MORTEM
from stanch.core.config_postmortem import Layout
from stanch.core.incident import Incident
from stanch.core.lengthening import lengthened, opened_short
from stanch.core.marker import stamp_of
from stanch.core.postmortem import FORM, KEY, SHORT
from stanch.core.story import story
from stanch.core.wanted import ChildIssue, LongForm, Text, Want

TOO_OLD = timedelta(hours=72)
"""An incident that Stanch never had a card on and that ended longer ago than this gets no post-mortem."""


def postmortem(case: Case) -> Iterator[Want]:
    incident = case.incident
    if incident is None or not _wanted(case, incident):
        return
    due = postmortem_deadline(incident, case.config)
    if due is None:
        return
    layout = case.config.postmortem.layout_of(incident.highest)
    interim = incident.resolved is None and layout is not Layout.SHORT
    view = {**story(incident, case.config), "due": due, "interim": interim}
    stamp = {"due": stamp_of(due), "sev": str(view["severity"])}
    yield ChildIssue(
        key=case.key(KEY),
        title=Text("issues/postmortem_title", {"number": incident.number, "title": incident.title}),
        text=Text(f"postmortem/{Layout.SHORT if interim else layout}", view),
        labels=(POST_MORTEM,),
        assignees=(incident.leader,) if incident.leader else (),
        stamp=stamp | ({FORM: SHORT} if interim else {}),
    )
    number = case.children.get(case.key(KEY))
    if number is not None and incident.resolved is not None and _is_still_short(case):
        notice = Text("comments/long_form", view)
        yield LongForm(lengthened(case), case.key(KEY), number, Text(f"postmortem/{layout}", view), notice, stamp)


def _is_still_short(case: Case) -> bool:
    return opened_short(case) in case.settled and lengthened(case) not in case.settled


def _wanted(case: Case, incident: Incident) -> bool:
    start = postmortem_start(incident, case.config)
    if start is None or not incident.ours or case.now < start:
        return False
    ended = incident.resolved.at if incident.resolved else start
    return (incident.has_card and incident.adopted is None) or case.now - ended <= TOO_OLD
