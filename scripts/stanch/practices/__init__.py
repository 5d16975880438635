"""The habits of the process, one file each. Each looks at a case and says what should be true.

To add one: its file, this tuple, its template and its test.
"""

from collections.abc import Callable, Iterable

from stanch.core.case import Case
from stanch.core.wanted import Want
from stanch.practices.acknowledge import acknowledge
from stanch.practices.announce import announce
from stanch.practices.card import card
from stanch.practices.contain import contain
from stanch.practices.dashboard import dashboard
from stanch.practices.declare import declare
from stanch.practices.escalate import escalate
from stanch.practices.followup import followup
from stanch.practices.handover import handover
from stanch.practices.hotfix import hotfix
from stanch.practices.item_labels import item_labels
from stanch.practices.postmortem import postmortem
from stanch.practices.postmortem_card import postmortem_card
from stanch.practices.quiet_day import quiet_day
from stanch.practices.remind import remind
from stanch.practices.replies import replies
from stanch.practices.resolve import resolve
from stanch.practices.runbooks import runbooks
from stanch.practices.scorecard import scorecard
from stanch.practices.set_up import set_up
from stanch.practices.updates import updates
from stanch.practices.watch import watch

Practice = Callable[[Case], Iterable[Want]]

PRACTICES: tuple[Practice, ...] = (
    card,
    postmortem_card,
    announce,
    declare,
    acknowledge,
    updates,
    escalate,
    contain,
    hotfix,
    followup,
    resolve,
    runbooks,
    quiet_day,
    postmortem,
    scorecard,
    replies,
    item_labels,
    remind,
    dashboard,
    handover,
    set_up,
    watch,
)
