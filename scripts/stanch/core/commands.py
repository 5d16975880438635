"""The commands: one table that is the grammar, the help and the list of who may do what, and where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stanch.core.arguments import (
    Arguments,
    a_check,
    a_containment,
    a_login,
    a_moment,
    a_reason,
    a_runbook,
    a_severity,
    a_status,
    a_text,
    a_waiver,
    an_id,
    anything,
    minutes,
)
from stanch.core.item_arguments import a_deferral, a_drop, an_assignment, items_done


class Verb(StrEnum):
    """Every command's name, as it is typed."""

    ACK = "ack"
    TAKE = "take"
    SEV = "sev"
    LEAD = "lead"
    STATUS = "status"
    UPDATE = "update"
    UPDATE_ANYWAY = "update!"
    TIMELINE = "timeline"
    CONTAIN = "contain"
    RESTORE = "restore"
    VERIFY = "verify"
    RUNBOOK = "runbook"
    SNOOZE = "snooze"
    RESOLVE = "resolve"
    FALSE_ALARM = "false-alarm"
    HANDOFF = "handoff"
    COMMS = "comms"
    WAIVE = "waive"
    RECHECK = "recheck"
    DONE = "done"
    DEFER = "defer"
    DROP = "drop"
    ASSIGN = "assign"
    REVIEWED = "reviewed"
    HELP = "help"


class Place(StrEnum):
    """Where a command belongs: on an incident and its pull requests, on a post-mortem, or on both."""

    INCIDENT = "incident"
    POSTMORTEM = "post-mortem"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Usage:
    """One row of the table. `runs_on` commands take every line up to the next command."""

    verb: Verb
    arguments: str
    meaning: str
    parse: Callable[[str, datetime, str], Arguments]
    runs_on: bool = False
    place: Place = Place.INCIDENT

    @property
    def on_postmortem(self) -> bool:
        return self.place is not Place.INCIDENT

    @property
    def on_incident(self) -> bool:
        return self.place is not Place.POSTMORTEM


COMMANDS: tuple[Usage, ...] = (
    Usage(Verb.ACK, "", "I have seen it and I am looking.", anything),
    Usage(Verb.TAKE, "", "Acknowledge, assign it to me, and lead if nobody does.", anything),
    Usage(
        Verb.SEV,
        "N why",
        "Set the severity, 1 to 4. A reason that begins with misjudged: says that it never was that bad.",
        a_severity,
    ),
    Usage(Verb.LEAD, "@user|me", "Say who leads.", a_login),
    Usage(
        Verb.HANDOFF,
        "@user|me",
        "Hand the lead and the assignment to somebody else: who led until now is unassigned.",
        a_login,
    ),
    Usage(Verb.COMMS, "@user|me", "Say who speaks to the clients.", a_login),
    Usage(
        Verb.STATUS,
        "investigating|identified|mitigated|monitoring|resolved [text]",
        "Move the status; a text counts as an internal update.",
        a_status,
        runs_on=True,
    ),
    Usage(Verb.UPDATE, "text", "Tell the clients. Public, and safe for them to read.", a_text, runs_on=True),
    Usage(Verb.UPDATE_ANYWAY, "text", "The same, past the checks.", a_text, runs_on=True),
    Usage(Verb.TIMELINE, "text | time", "Note what happened, and when; no time means now.", a_moment),
    Usage(
        Verb.CONTAIN,
        "rollback|flag|scale|redirect|kill-switch|workaround what [until date]",
        "Record what stopped the bleeding, and until when it may stay.",
        a_containment,
    ),
    Usage(
        Verb.RESTORE,
        "id [for good why]",
        "Say that a containment is gone again, or, with the reason, that it stays for good.",
        an_id,
    ),
    Usage(
        Verb.VERIFY,
        "failure|neighbours|containment",
        "Checked in production: the failure is gone, its neighbours work, containment is removed. One or several.",
        a_check,
    ),
    Usage(
        Verb.RUNBOOK,
        "name worked|failed [why]",
        "Say which runbook was followed, and whether it worked. One that failed needs the reason, and gets an issue.",
        a_runbook,
        runs_on=True,
    ),
    Usage(
        Verb.SNOOZE,
        "30m",
        "Put the next update off: four hours at most, one on a SEV-1, and once between two updates.",
        minutes,
    ),
    Usage(Verb.RESOLVE, "[text]", "The failure is gone. Closes the issue.", anything, runs_on=True),
    Usage(
        Verb.FALSE_ALARM,
        "why",
        "Nothing was wrong. Closes the issue without a post-mortem.",
        a_reason,
        runs_on=True,
    ),
    Usage(
        Verb.WAIVE,
        "rule why",
        "On a hotfix: a maintainer eases one rule for what is there now, with a reason of five words or more.",
        a_waiver,
        runs_on=True,
    ),
    Usage(Verb.RECHECK, "", "On a pull request: look at it again.", anything),
    Usage(
        Verb.DONE,
        "N [note]",
        "On a post-mortem: its action item N is done; several numbers work here and below.",
        items_done,
        place=Place.POSTMORTEM,
    ),
    Usage(
        Verb.DEFER,
        "N date why",
        "On a post-mortem: move the item's due date to a day, or by days (3d). Each time it moves later is counted.",
        a_deferral,
        place=Place.POSTMORTEM,
    ),
    Usage(
        Verb.DROP,
        "N why",
        "On a post-mortem: the item's owner or the lead decides that it will not be done.",
        a_drop,
        place=Place.POSTMORTEM,
    ),
    Usage(
        Verb.ASSIGN,
        "N @user|me",
        "On a post-mortem: say who owns the item.",
        an_assignment,
        place=Place.POSTMORTEM,
    ),
    Usage(
        Verb.REVIEWED,
        "[note]",
        "On a post-mortem: somebody who did not write it has read it, and it can be called finished. "
        "On the dashboard: it was walked through.",
        anything,
        place=Place.POSTMORTEM,
    ),
    Usage(Verb.HELP, "", "Show this table.", anything, place=Place.BOTH),
)

TABLE: Mapping[str, Usage] = {usage.verb.value: usage for usage in COMMANDS}


def help_view(place: Place = Place.INCIDENT) -> dict[str, object]:
    """The commands that can be said in one place, as a template is given them."""
    here = (usage for usage in COMMANDS if usage.place in {place, Place.BOTH})
    return {
        "commands": [
            {"verb": usage.verb.value, "arguments": usage.arguments, "meaning": usage.meaning} for usage in here
        ]
    }
