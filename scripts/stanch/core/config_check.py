"""Everything that is wrong with what was written, found in one go."""

from collections.abc import Iterator, Mapping
from typing import get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stanch.core.config_model import Written
from stanch.core.config_oncall_check import oncall_problems
from stanch.core.config_problems import Path, Problem, Remark, Source, kind_of, quoted, spell_path, unknown_key
from stanch.core.config_section import Section
from stanch.core.config_services import services_problems
from stanch.core.severity import same_name

LABELS = ("sev-1", "sev-2", "sev-3", "sev-4", "client-report", "post-mortem")
RESERVED = (*LABELS, "root-cause", "drill", "false-alarm", "overdue")
"""Labels with a meaning of their own, which no alias may take."""

SECRETS = frozenset({"url", "key", "token", "secret", "webhook", "routing-key", "address"})
NO_SECRETS = (
    "addresses and keys are secrets of the workflow, and one that stood in a file is none any more: make a new one"
)

IS_KEY = "[key]"
"""How pydantic marks that a mapping's key, not its value, is wrong."""


def check(source: Source) -> tuple[Written | None, list[Problem]]:
    """The file in its typed shape, or None, and every problem of reading, shape and names."""
    problems = [*source.problems, *_twice(source), *oncall_problems(source), *services_problems(source)]
    if source.value is None:
        return Written(), problems
    try:
        return Written.model_validate(source.value), problems
    except ValidationError as error:
        return None, problems + [_told(source, detail) for detail in error.errors(include_url=False)]


def _told(source: Source, error: ErrorDetails) -> Problem:
    """One error of shape in our words, at its place."""
    path: Path = error["loc"]
    if path[-1:] == (IS_KEY,):
        return source.problem(path[:-1], f"{spell_path(path[:-2])} has a key that {reason_of(error)}", at_key=True)
    if error["type"] == "extra_forbidden":
        secret = path[0] == "notices" and str(path[-1]) in SECRETS
        said = f"unknown key {quoted(str(path[-1]))}; {NO_SECRETS}" if secret else ""
        return source.problem(path, said or unknown_key(str(path[-1]), known_keys(path[:-1])), at_key=True)
    if error["type"] == "missing":
        return Remark(path, f"{spell_path(path)} {reason_of(error)}").told(source)
    return source.problem(path, f"{spell_path(path) or 'the file'} {reason_of(error)}")


def reason_of(error: ErrorDetails) -> str:
    """What is wrong with a value, to be said behind its name."""
    match error["type"]:
        case "value_error":
            return str(error["ctx"]["error"])
        case "model_type" | "dict_type":
            return f"is {_said(error)}; write `key: value` lines"
        case "list_type":
            return f"is {_said(error)}; write a list, such as [one, two]"
        case "missing":
            return "is missing, and nothing can stand in for it"
        case "too_short":
            days = error["loc"][-1] == "days"
            return "is empty; a week needs at least one working day" if days else "is empty; name at least one"
        case _:
            return f"is wrong: {error['msg']}"


def _said(error: ErrorDetails) -> str:
    return "empty" if error["input"] is None else kind_of(error["input"])


def known_keys(path: Path) -> list[str]:
    """The keys that may stand in the mapping at this path."""
    section: type[Section] = Written
    for part in path:
        fields = {field.alias: field.annotation for field in section.model_fields.values()}
        section = _section_in(fields.get(str(part))) or section
    return [field.alias or name for name, field in section.model_fields.items()]


def _section_in(annotation: object) -> type[Section] | None:
    """The section that an annotation such as `dict[str, ServiceEntry] | None` leads to."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    return next(filter(None, map(_section_in, get_args(annotation))), None)


def _twice(source: Source) -> Iterator[Problem]:
    """Names that are claimed twice: people, label aliases, environments and the texts of form fields."""
    top = source.value if isinstance(source.value, dict) else {}
    for section in ("people", "clients"):
        yield from _claimed(source, {(section,): top.get(section)}, {})
    for section, taken in (("labels", RESERVED), ("environments", ()), ("forms", ())):
        lists = top.get(section)
        named: dict[Path, object] = {}
        if isinstance(lists, dict):
            named = {(section, key): items for key, items in lists.items()}
        yield from _claimed(source, named, {same_name(name): (section, name) for name in taken})


def _claimed(source: Source, lists: Mapping[Path, object], owners: dict[str, Path]) -> Iterator[Problem]:
    """Problems for every item that one of the lists repeats from another, or that is taken already.

    A list of a section may repeat itself, which is harmless; a list of people may not.
    """
    for path, items in lists.items():
        for index, item in enumerate(items if isinstance(items, list) else ()):
            here = (*path, index)
            claim = here if len(path) == 1 else path
            owner = owners.setdefault(same_name(str(item)), claim)
            if owner != claim and isinstance(item, str | int):
                yield source.problem(here, _conflict(here, item, owner))


def _conflict(here: Path, item: str | int, owner: Path) -> str:
    taken = f"already means {owner[-1]}" if len(here) > 2 else f"already stands in {spell_path(owner)}"
    return f"{spell_path(here)} is {quoted(str(item))}, which {taken}"
