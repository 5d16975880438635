"""What is wrong with the section `services:` as a whole, where each of its values is right by itself."""

from collections.abc import Iterator, Mapping

from stanch.core.config_problems import MOST_PROBLEMS, Path, Problem, Source, Value, did_you_mean, quoted, spell_path

SECTION = "services"
NEEDS = "needs"


def services_problems(source: Source) -> Iterator[Problem]:
    """Every name among what a service needs that is no service of the section, at its place."""
    top = source.value if isinstance(source.value, dict) else {}
    section = top.get(SECTION)
    services = section if isinstance(section, dict) else {}
    known = {name.strip() for name in services}
    for count, (path, needed) in enumerate(_strangers(services, known)):
        meant = did_you_mean(needed, known) if count < MOST_PROBLEMS else ""
        yield source.problem(path, f"{spell_path(path)} is {quoted(needed)}, which is no service here{meant}")


def _strangers(services: Mapping[str, Value], known: set[str]) -> Iterator[tuple[Path, str]]:
    """Every name that is no service, with where it stands."""
    for name, entry in services.items():
        for place, needed in enumerate(_needs(entry)):
            named = isinstance(needed, str | int) and not isinstance(needed, bool)
            if named and str(needed).strip() not in known:
                yield (SECTION, name, NEEDS, place), str(needed)


def _needs(entry: Value) -> list[Value]:
    needs = entry.get(NEEDS) if isinstance(entry, dict) else None
    return needs if isinstance(needs, list) else []
