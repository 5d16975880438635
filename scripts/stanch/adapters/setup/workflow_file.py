"""The repository's own workflows: what each is called and what starts it, as its file says."""

from collections.abc import Iterator, Mapping

import yaml

from stanch.core.globs import matches
from stanch.core.setup.found import Workflow
from stanch.core.setup.reading import WORKFLOW_FILES

LONGEST = 200_000
"""Characters of a workflow that is read; GitHub's own limit is 512 KB, and a name stands at the top."""

MOST_ALIASES = 50


def workflows_in(files: Mapping[str, str]) -> tuple[Workflow, ...]:
    """Every workflow that can be read, by path; what is no workflow is left out."""
    return tuple(_workflows(files))


def _workflows(files: Mapping[str, str]) -> Iterator[Workflow]:
    for path, text in sorted(files.items()):
        said = _read(text) if matches(path, WORKFLOW_FILES) else {}
        if said:
            name = said.get("name")
            named = name if isinstance(name, str) and name.strip() and name.isprintable() else path
            yield Workflow(path, named, frozenset(_events(said)))


def _read(text: str) -> Mapping[object, object]:
    """What a file says. One with anchors by the dozen is left alone: they grow without bounds."""
    if len(text) > LONGEST or text.count("*") > LONGEST // 100 or text.count("&") > MOST_ALIASES:
        return {}
    try:
        said = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _events(said: Mapping[object, object]) -> Iterator[str]:
    """PyYAML reads the key `on` as true."""
    on = said.get("on", said.get(True))
    listed = [on] if isinstance(on, str) else on if isinstance(on, list | dict) else []
    return (event for event in listed if isinstance(event, str))
