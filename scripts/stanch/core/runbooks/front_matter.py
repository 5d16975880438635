"""The front matter of a runbook: what may stand in it, and everything that is wrong with what does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainValidator, ValidationError
from pydantic_core import ErrorDetails

from stanch.core.config_check import reason_of
from stanch.core.config_problems import Problem, Source, kind_of, quoted, spell_path, unknown_key
from stanch.core.config_values import Day, Duration, Line, Login, one_of
from stanch.core.runbooks.model import Kind
from stanch.core.runbooks.placeholders import holds_placeholder, is_placeholder
from stanch.core.severity import Severity

OTHER_NAMES: Mapping[str, str] = {
    "service": "services",
    "symptom": "symptoms",
    "alert": "alerts",
    "sev": "severity",
    "owners": "owner",
    "reviewed": "last_reviewed",
    "review": "review_every",
}
"""What people write instead, where likeness alone would not tell."""


def _read_severity(value: object) -> Severity:
    found = re.fullmatch(r"sev-([1-4])", value) if isinstance(value, str) else None
    if not found:
        raise ValueError(f"is {kind_of(value)}; write sev-1, sev-2, sev-3 or sev-4")
    return Severity(int(found[1]))


EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
"""The days of a review that can be reckoned with: a slip in one page must not stop a sweep."""


def _believable(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"is {day}; write a day from {EARLIEST} to {LATEST}")
    return day


def _unless_unfilled(value: object) -> object:
    return None if isinstance(value, str) and is_placeholder(value) else value


def _filled(value: object) -> object:
    """A list without what still waits to be filled in."""
    return [item for item in value if _unless_unfilled(item) is not None] if isinstance(value, list) else value


def _settled(value: object) -> object:
    """A list of names, of which none has a placeholder in it."""
    if not isinstance(value, list):
        return value
    return [item for item in value if not (isinstance(item, str) and holds_placeholder(item))]


_SEVERITY = Annotated[Severity, PlainValidator(_read_severity)]
Names = Annotated[list[Line] | None, BeforeValidator(_settled)]


class Written(BaseModel):
    """What may stand in front matter; what is absent or still a placeholder is None."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Annotated[Kind, PlainValidator(one_of(Kind))] = Kind.RUNBOOK
    services: Names = None
    symptoms: Annotated[list[Line] | None, BeforeValidator(_filled)] = None
    alerts: Names = None
    severity: Annotated[_SEVERITY | None, BeforeValidator(_unless_unfilled)] = None
    owner: Annotated[Login | None, BeforeValidator(_unless_unfilled)] = None
    last_reviewed: Annotated[Annotated[Day, AfterValidator(_believable)] | None, BeforeValidator(_unless_unfilled)] = (
        None
    )
    review_every: Annotated[Duration | None, BeforeValidator(_unless_unfilled)] = None


KEYS = tuple(Written.model_fields)


@dataclass(frozen=True, slots=True)
class Front:
    """What is right of the front matter, and all that is not."""

    written: Written
    problems: tuple[Problem, ...] = ()


def front_of(source: Source) -> Front:
    """Everything that counts of what was written; a wrong key takes only itself out."""
    top = source.value
    if top is None:
        return Front(Written(), source.problems)
    if not isinstance(top, dict):
        said = f"the front matter is {kind_of(top)}; write `key: value` lines"
        return Front(Written(), (*source.problems, source.problem((), said)))
    try:
        return Front(Written.model_validate(top), source.problems)
    except ValidationError as error:
        details = error.errors(include_url=False)
    wrong = {str(detail["loc"][0]) for detail in details}
    sound = {key: value for key, value in top.items() if key not in wrong}
    return Front(Written.model_validate(sound), (*source.problems, *(_told(source, one) for one in details)))


def _told(source: Source, error: ErrorDetails) -> Problem:
    path = error["loc"]
    if error["type"] == "extra_forbidden":
        return source.problem(path, _unknown(str(path[-1])), at_key=True)
    return source.problem(path, f"{spell_path(path)} {reason_of(error)}")


def _unknown(key: str) -> str:
    other = OTHER_NAMES.get(key.casefold())
    return f'unknown key {quoted(key)}; did you mean "{other}"?' if other else unknown_key(key, KEYS)
