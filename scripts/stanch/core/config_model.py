"""The shape of `.github/stanch.yml`: its sections, what each key is for, and the JSON Schema of it all.

What is absent or empty is None here and gets its default in `config`.
"""

from datetime import time, timedelta
from typing import Annotated, cast

from pydantic import Field, ValidatorFunctionWrapHandler, WithJsonSchema, WrapValidator

from stanch.core.config_drills import Drills
from stanch.core.config_hotfix import Everywhere, Strict, Strictness
from stanch.core.config_notices import NoticesSection
from stanch.core.config_oncall import Oncall
from stanch.core.config_postmortem import Postmortem
from stanch.core.config_proof import Proof
from stanch.core.config_section import Section
from stanch.core.config_values import (
    LOGIN_SCHEMA,
    AnyPromise,
    Call,
    Called,
    Day,
    Duration,
    Factor,
    Hours,
    Interval,
    Line,
    Login,
    Mentions,
    Prose,
    Switch,
    Url,
    Version,
    Weekday,
    Zone,
)
from stanch.core.config_watch import Watch

NO_CLIENTS = "none"


class NoClients(list[str]):
    """What `clients: none` turns into: not only nobody listed, but nobody to tell."""


def _none_or_logins(value: object, read: ValidatorFunctionWrapHandler) -> list[str]:
    logins: list[str] = NoClients() if value == NO_CLIENTS else read(value)
    return logins


Clients = Annotated[
    list[Login],
    WrapValidator(_none_or_logins),
    WithJsonSchema({"anyOf": [{"const": NO_CLIENTS}, {"type": "array", "items": LOGIN_SCHEMA}]}),
]


class Team(Section):
    """Who the team is and when it works."""

    name: Line = Field("", description="The team's name, as clients know it.")
    zone: Zone = Field("UTC", description="The team's IANA time zone, such as Europe/Berlin. Default: UTC.")
    days: list[Weekday] | None = Field(
        None, min_length=1, description="Working days. Default: [mon, tue, wed, thu, fri]."
    )
    hours: Hours = Field((time(9), time(18)), description="Opening and closing time. Default: 09:00-18:00.")
    holidays: list[Day] | None = Field(None, description="Days off, as YYYY-MM-DD.")


class Override(Section):
    """What one severity promises where it differs from the default. Only the keys that are written count."""

    acknowledge: AnyPromise = Field(None, description="Somebody takes it within this time: 5m, 1 business day.")
    first_client_message: AnyPromise = Field(None, description="Clients hear of it within this time.")
    update: Interval = Field(None, description="The longest silence between two updates: 30m, 2h, none.")
    fix: AnyPromise = Field(None, description="Users are fine again within this time; backlog means no clock.")
    call: Called = Field(Call.NOBODY, description="Whom to mention when it starts.")
    postmortem: AnyPromise = Field(None, description="The post-mortem is due this long after resolution.")
    card: Switch = Field(default=True, description="Whether its issue gets a card.")
    remind: Switch = Field(default=True, description="Whether a clock that runs out is followed by a reminder.")
    escalate: Interval = Field(
        None,
        description="How long each person has to answer before the next one is asked: 5m, none. "
        "Default for sev-1 and sev-2: the time of acknowledge, if that is minutes, hours or days.",
    )


class Severities(Section):
    """Promises by severity."""

    sev_1: Override | None = Field(None, description="Down, data at risk, or revenue stopped.")
    sev_2: Override | None = Field(None, description="A major feature is broken.")
    sev_3: Override | None = Field(None, description="Partly broken; there is a workaround.")
    sev_4: Override | None = Field(None, description="Cosmetic.")


class Labels(Section):
    """Labels of yours that mean one of Stanch's. Case, dashes, spaces and underscores do not matter."""

    sev_1: list[Line] | None = Field(None, description="Labels that mean sev-1, such as [P0-critical].")
    sev_2: list[Line] | None = Field(None, description="Labels that mean sev-2.")
    sev_3: list[Line] | None = Field(None, description="Labels that mean sev-3.")
    sev_4: list[Line] | None = Field(None, description="Labels that mean sev-4.")
    client_report: list[Line] | None = Field(None, description="Labels that mean client-report.")
    post_mortem: list[Line] | None = Field(None, description="Labels that mean post-mortem.")


class Environments(Section):
    """What your deployment environments are called."""

    production: list[Line] | None = Field(None, description="Environments users see. Default: [production].")
    staging: list[Line] | None = Field(None, description="Environments before it. Default: [staging].")
    preview: list[Line] | None = Field(
        None, description="Environments of one pull request, with * for a part of a name. Default: [preview*]."
    )


class Hotfix(Section):
    """What a hotfix is here, and what its gate asks."""

    production_branch: Line = Field("", description="The branch that production runs. Default: the default branch.")
    branch_prefix: Line = Field("hotfix/", description="How a hotfix's branch begins. Default: hotfix/.")
    other_branches: list[Line] | None = Field(
        None, description="Long-lived branches whose commits must not come along. Default: [develop]."
    )
    maintainers: list[Login] | None = Field(
        None, description="Who may waive a rule, besides the repository's maintainers and administrators."
    )
    flags: list[Line] | None = Field(None, description="Files that hold nothing but feature flags, as patterns.")
    tests: list[Line] | None = Field(None, description="Files that no user runs, as patterns.")
    generated: list[Line] | None = Field(None, description="Files that a tool writes, as patterns.")
    migrations: list[Line] | None = Field(None, description="Files that change stored data, as patterns.")
    ten_minutes: Strict = Field(
        Strictness.WARN, description="What a fix within ten minutes of the incident meets: warn or block."
    )
    every_pull: list[Everywhere] | None = Field(
        None, description="What is asked, as advice, of every pull request into production: rollback, dependencies."
    )


class ServiceEntry(Section):
    """What somebody needs first when this service is broken."""

    look: list[Url] | None = Field(None, description="Where to look first: addresses of dashboards and logs.")
    rollback: Prose = Field("", description="How to roll back, in a sentence or a command.")
    owner: Login = Field("", description="GitHub login of whoever knows it best.")
    needs: list[Line] | None = Field(None, description="The services, by name, without which it does not work.")


class Forms(Section):
    """Further texts of the issue form's labels, for forms in another language or wording."""

    broken: list[Line] | None = Field(None, description="What is broken.")
    affected: list[Line] | None = Field(None, description="Who is affected.")
    data: list[Line] | None = Field(None, description="Whether data is lost, corrupted or leaked.")
    changed: list[Line] | None = Field(None, description="What changed before it began.")
    trigger: list[Line] | None = Field(None, description="What triggers it.")
    staging: list[Line] | None = Field(None, description="Whether it happens in staging too.")
    how: list[Line] | None = Field(None, description="How it was noticed.")
    detected: list[Line] | None = Field(None, description="When it was noticed.")
    severity: list[Line] | None = Field(None, description="How bad it is.")


class Containment(Section):
    """Measures that stop the bleeding."""

    expires: Duration = Field(timedelta(days=7), description="When one is due for removal. Default: 7d.")


class Updates(Section):
    """How often an update is asked for."""

    calm: Factor = Field(4, description="The interval's factor after mitigation. Default: 4.")


class CallLimit(Section):
    """How people are called."""

    at_most: Mentions | None = Field(
        None, description="The most people one comment mentions. Default: all under people; 8 where it is empty."
    )


class Written(Section):
    """Stanch's settings. Every key may be left out."""

    version: Version = Field(1, description="The version of this format: 1.")
    team: Team | None = Field(None, description="Who the team is and when it works.")
    people: list[Login] | None = Field(None, description="GitHub logins, in the order in which they are called.")
    clients: Clients | None = Field(
        None, description="GitHub logins of clients, or none: then no client message is asked for."
    )
    severities: Severities | None = Field(None, description="Promises by severity, where they differ.")
    labels: Labels | None = Field(None, description="Your labels that mean one of Stanch's.")
    environments: Environments | None = Field(None, description="What your environments are called.")
    hotfix: Hotfix | None = Field(None, description="What a hotfix is here, and what its gate asks.")
    services: dict[Line, ServiceEntry] | None = Field(None, description="Services by name.")
    forms: Forms | None = Field(None, description="Further label texts of your issue forms, by field.")
    containment: Containment | None = Field(None, description="Measures that stop the bleeding.")
    updates: Updates | None = Field(None, description="How often an update is asked for.")
    call: CallLimit | None = Field(None, description="How people are called.")
    notices: NoticesSection | None = Field(None, description="Which notice goes where outside of GitHub.")
    oncall: Oncall | None = Field(None, description="Who is on call, and when that changes.")
    postmortem: Postmortem | None = Field(None, description="How a post-mortem is laid out and read.")
    watch: Watch | None = Field(None, description="Whose clocks are kept to the minute, and for how long.")
    drills: Drills | None = Field(None, description="Whether game days are told outside of GitHub.")
    proof: Proof | None = Field(None, description="How a hotfix's test is shown to fail before and pass after.")


def json_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of the file, for editors and for `stanch config schema`.

    It cannot see what only the loader checks: that a zone and a day exist, that the day opens before it
    closes, and that no name is claimed twice.
    """
    schema = _tidy(Written.model_json_schema())
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return head | cast("dict[str, object]", schema) | {"type": ["object", "null"]}


def _tidy(node: object, *, named: bool = False) -> object:
    """Without generated titles and defaults, which the descriptions say; closed where keys have a pattern.

    `named` says that the keys of this mapping are names of the file's own.
    """
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: _tidy(value, named=key in {"properties", "$defs"})
        for key, value in node.items()
        if named or key not in {"title", "default"}
    }
    return kept | {"additionalProperties": False} if "patternProperties" in kept else kept
