"""What the team has decided: promises, people and names, with a default for everything.

`load` turns what was written into a `Config`. A typo never costs an incident: in a file with any problem only
who is called counts, and what is wrong is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property

from stanch.core import config_decided, config_drills
from stanch.core.channels import Notices
from stanch.core.clock import BusinessDays, Calendar, Promise, SameBusinessDay, Within
from stanch.core.config_check import check
from stanch.core.config_hotfix import HotfixRules
from stanch.core.config_model import (
    CallLimit,
    Containment,
    Environments,
    Forms,
    Hotfix,
    Labels,
    NoClients,
    Override,
    ServiceEntry,
    Severities,
    Team,
    Updates,
    Written,
    json_schema,
)
from stanch.core.config_notices import notices_decided
from stanch.core.config_oncall import Oncall
from stanch.core.config_oncall import decided as oncall_decided
from stanch.core.config_oncall_check import nobody_in_turn
from stanch.core.config_postmortem import Postmortem, PostmortemRules
from stanch.core.config_postmortem import decided as postmortem_decided
from stanch.core.config_problems import ALTERNATIVE_PATH, CONFIG_PATH, Place, Problem, Source, in_order
from stanch.core.config_proof import Proof
from stanch.core.config_proof import decided as proof_decided
from stanch.core.config_values import Call
from stanch.core.config_watch import Watch, WatchRules
from stanch.core.config_watch import decided as watch_decided
from stanch.core.proof.suite import ProofRules
from stanch.core.rota import Rota
from stanch.core.severity import Severity, same_name, severity_in_choice, severity_of

__all__ = [
    "ALTERNATIVE_PATH",
    "CLIENT_REPORT",
    "CONFIG_PATH",
    "DEFAULTS",
    "POST_MORTEM",
    "Call",
    "Config",
    "Loaded",
    "Place",
    "Problem",
    "Service",
    "SeverityRules",
    "Source",
    "json_schema",
    "load",
]

CLIENT_REPORT = "client-report"
POST_MORTEM = "post-mortem"


@dataclass(frozen=True, slots=True)
class SeverityRules:
    """What one severity promises. `update` is the longest silence; None means no clock.

    `escalate` is the time that each person has to answer, before the next one is asked; None asks nobody further.
    """

    acknowledge: Promise = None
    first_client_message: Promise = None
    update: timedelta | None = None
    fix: Promise = None
    call: Call = Call.NOBODY
    postmortem: Promise = None
    card: bool = True
    remind: bool = True
    escalate: timedelta | None = None


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


DEFAULT_RULES: Mapping[Severity, SeverityRules] = {
    Severity.SEV_1: SeverityRules(
        acknowledge=Within(_minutes(5)),
        first_client_message=Within(_minutes(15)),
        update=_minutes(30),
        fix=Within(_minutes(120)),
        call=Call.EVERYONE,
        postmortem=BusinessDays(2),
        escalate=_minutes(5),
    ),
    Severity.SEV_2: SeverityRules(
        acknowledge=Within(_minutes(15)),
        first_client_message=Within(_minutes(15)),
        update=_minutes(120),
        fix=SameBusinessDay(),
        call=Call.ONE,
        postmortem=BusinessDays(2),
        escalate=_minutes(15),
    ),
    Severity.SEV_3: SeverityRules(acknowledge=BusinessDays(1), call=Call.ASSIGNEE, remind=False),
    Severity.SEV_4: SeverityRules(card=False, remind=False),
}


@dataclass(frozen=True, slots=True)
class Service:
    """Where to look first, how to roll back, who knows it best, and the services without which it does not work."""

    look: tuple[str, ...] = ()
    rollback: str = ""
    owner: str | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Config:
    """Everything a team can decide. `Config()` is what holds for a repository without a config.

    `people` stand in the order of calling. `tells_clients` is False when `clients: none` silences client
    prompts and clocks. `aliases` maps `sev-1` … `sev-4`, `client-report` and `post-mortem` to further
    labels, `forms` a field's name to further label texts. `calm_factor` stretches the update interval after
    mitigation. `stated_staging`: the team named its staging itself.
    """

    team: str = ""
    calendar: Calendar = field(default_factory=Calendar)
    people: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    tells_clients: bool = True
    rules: Mapping[Severity, SeverityRules] = field(default_factory=lambda: DEFAULT_RULES)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    production: tuple[str, ...] = ("production",)
    staging: tuple[str, ...] = ("staging",)
    preview: tuple[str, ...] = ("preview*",)
    stated_staging: bool = False
    hotfix: HotfixRules = field(default_factory=HotfixRules)
    services: Mapping[str, Service] = field(default_factory=dict)
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    containment_expires: timedelta = timedelta(days=7)
    calm_factor: int = 4
    call_at_most: int | None = None
    proof: ProofRules = field(default_factory=ProofRules)
    postmortem: PostmortemRules = field(default_factory=PostmortemRules)
    oncall: Rota = field(default_factory=Rota)
    notices: Notices = field(default_factory=Notices)
    watch: WatchRules = field(default_factory=WatchRules)
    drills: config_drills.DrillRules = field(default_factory=config_drills.DrillRules)

    @cached_property
    def severity_aliases(self) -> Mapping[str, Severity]:
        """The team's own severity labels."""
        return {name: severity for severity in Severity for name in self.aliases.get(severity.label, ())}

    def severity_of(self, label: str) -> Severity | None:
        """The severity that a label means here, or None."""
        return severity_of(label, self.severity_aliases)

    def severity_in_choice(self, text: str) -> Severity | None:
        """The severity that an answer in the incident form begins with, or None."""
        return severity_in_choice(text, self.severity_aliases)

    def promises(self, severity: Severity) -> SeverityRules:
        """What this severity promises; a team without clients owes them no first message."""
        rules = self.rules[severity]
        return rules if self.tells_clients else replace(rules, first_client_message=None)

    def label_for(self, severity: Severity) -> str:
        """The label to set for a severity: always the canonical one."""
        return severity.label

    def is_client_report(self, label: str) -> bool:
        return self._means(label, CLIENT_REPORT)

    def is_postmortem(self, label: str) -> bool:
        return self._means(label, POST_MORTEM)

    def _means(self, label: str, canonical: str) -> bool:
        return same_name(label) in map(same_name, (canonical, *self.aliases.get(canonical, ())))

    def watched_labels(self) -> tuple[str, ...]:
        """Every label whose issues a sweep looks at.

        These are the severities that get a card, client-report and post-mortem, each followed by its aliases.
        """
        watched = [severity.label for severity in Severity if self.rules[severity].card]
        names = [*watched, CLIENT_REPORT, POST_MORTEM]
        return tuple(label for name in names for label in (name, *self.aliases.get(name, ())))

    def field_labels(self, name: str) -> tuple[str, ...]:
        """Further label texts of a form's field (`broken`, `severity`, …), beside those of our own form."""
        return self.forms.get(name, ())


DEFAULTS = Config()


SURVIVING = ("people", "clients", "labels", "oncall", "notices")
"""Sections that count, each if it is right by itself, whatever else is wrong: who is called, for what, and how."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rules in force, and what is wrong with the file: with any problem in it, the defaults and `SURVIVING`."""

    config: Config = DEFAULTS
    problems: tuple[Problem, ...] = ()


def load(source: Source) -> Loaded:
    """Check everything that was written and say all that is wrong, in the order of the file."""
    written, problems = check(source)
    if written is not None and not problems:
        problems = list(nobody_in_turn(source, written.oncall, written.people))
    if written is None or problems:
        return Loaded(_surviving(source), in_order(problems))
    return Loaded(_decided(written))


def _surviving(source: Source) -> Config:
    """What still counts of a file that has problems; the team's zone only for when turns change on call."""
    config = _decided(_sound(source, (*SURVIVING, "team")))
    return replace(config, team=DEFAULTS.team, calendar=DEFAULTS.calendar)


def _sound(source: Source, sections: tuple[str, ...]) -> Written:
    """Those of the sections that are right by themselves."""
    top = source.value if isinstance(source.value, dict) else {}
    alone = (check(replace(source, value={name: top[name]}, problems=())) for name in sections if name in top)
    sound = [written for written, problems in alone if written is not None and not problems]
    return Written.model_construct(**{name: getattr(one, name) for one in sound for name in one.model_fields_set})


def _decided(written: Written) -> Config:
    """What was written, over the defaults."""
    environments = written.environments or Environments()
    return Config(
        team=(written.team or Team()).name,
        calendar=config_decided.calendar(written.team or Team()),
        people=tuple(written.people or ()),
        clients=tuple(written.clients or ()),
        tells_clients=not isinstance(written.clients, NoClients),
        rules=_rules(written.severities or Severities()),
        aliases=config_decided.lists(written.labels or Labels()),
        production=config_decided.listed(environments.production, DEFAULTS.production),
        staging=config_decided.listed(environments.staging, DEFAULTS.staging),
        preview=config_decided.listed(environments.preview, DEFAULTS.preview),
        stated_staging=bool(environments.staging),
        hotfix=config_decided.hotfix(written.hotfix or Hotfix()),
        services={name: _service(entry) for name, entry in (written.services or {}).items()},
        forms=config_decided.lists(written.forms or Forms()),
        containment_expires=(written.containment or Containment()).expires,
        calm_factor=(written.updates or Updates()).calm,
        call_at_most=(written.call or CallLimit()).at_most,
        proof=proof_decided(written.proof or Proof()),
        postmortem=postmortem_decided(written.postmortem or Postmortem()),
        notices=notices_decided(written.notices),
        oncall=oncall_decided(written.oncall or Oncall(), tuple(written.people or ()), (written.team or Team()).zone),
        watch=watch_decided(written.watch or Watch()),
        drills=config_drills.decided(written.drills),
    )


def _rules(severities: Severities) -> Mapping[Severity, SeverityRules]:
    overrides = (severities.sev_1, severities.sev_2, severities.sev_3, severities.sev_4)
    pairs = zip(Severity, overrides, strict=True)
    return {severity: _overridden(DEFAULT_RULES[severity], override) for severity, override in pairs}


def _overridden(rules: SeverityRules, override: Override | None) -> SeverityRules:
    """The default with what was written in its place; `none` is something written.

    Who is escalated has as long to answer as an acknowledgement may take, unless a pace was written.
    """
    names = override.model_fields_set if override else set()
    found = replace(rules, **{name: getattr(override, name) for name in names})
    if rules.escalate is None or "acknowledge" not in names or "escalate" in names:
        return found
    return replace(found, escalate=found.acknowledge.amount if isinstance(found.acknowledge, Within) else None)


def _service(entry: ServiceEntry) -> Service:
    return Service(
        look=tuple(entry.look or ()),
        rollback=entry.rollback,
        owner=entry.owner or None,
        needs=tuple(dict.fromkeys(entry.needs or ())),
    )
