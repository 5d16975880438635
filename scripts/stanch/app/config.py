"""`stanch config`: what a file says, and what it may say."""

import json
from collections.abc import Iterator
from pathlib import Path

from stanch.adapters.config_file import read_config, read_either, read_source
from stanch.core.config import ALTERNATIVE_PATH, CONFIG_PATH, Config, Loaded, Problem, Source, json_schema
from stanch.core.config_problems import in_order
from stanch.core.config_remarks import remarks
from stanch.core.errors import UsageProblem
from stanch.core.own_templates import OWN_TEMPLATES, TEMPLATES
from stanch.core.wanted import Text
from stanch.render.own_template import OwnTemplateError
from stanch.render.own_template import check as check_template
from stanch.render.words import Words


def check(name: str | None, *, as_json: bool) -> tuple[str, int]:
    """Everything that is wrong with a file, else what should be known of it, and the exit code: 0, 1 or 2.

    Without a name it is what the bot would read, templates of the team's own among it: the defaults count where there
    is no file. Raises UsageProblem if it cannot be read.
    """
    file, present, loaded = _named(name) if name is not None else _in_force()
    problems = [str(problem) for problem in loaded.problems]
    problems += _of_templates() if name is None else ()
    known = [] if problems else [str(one) for one in _remarks(loaded.config, file)]
    code = 2 if problems else 1 if known else 0
    if as_json:
        return json.dumps({"file": file, "present": present, "problems": problems, "remarks": known}), code
    if problems:
        return "\n".join(problems), code
    view = {"file": file, "present": present, "count": len(known)}
    return "\n".join((*known, Words.load()(Text("summary/config_fine", view)).strip())), code


def _remarks(config: Config, file: str) -> tuple[Problem, ...]:
    """What the rules allow but a team should know, each at its place in the file."""
    source = read_source(_text(file) or b"", file)
    return in_order(remark.told(source) for remark in remarks(config))


def rules_here() -> Config:
    """The rules of the folder that one stands in, the defaults where it has none. Raises UsageProblem as `check`."""
    return _in_force()[2].config


def rules_and_source() -> tuple[Loaded, Source]:
    """The rules of the folder that one stands in, and where everything stands in their file. Raises as `check`."""
    file, _, loaded = _in_force()
    return loaded, read_source(_text(file) or b"", file)


def rules_of(name: str | None) -> Loaded:
    """The rules in a file, or without a name those of the folder that one stands in. Raises UsageProblem as `check`."""
    return (_named(name) if name is not None else _in_force())[2]


def _named(name: str) -> tuple[str, bool, Loaded]:
    text = _text(name)
    if text is None:
        raise UsageProblem(f"There is no file {name}. Name one that exists, or none for {CONFIG_PATH}.")
    return name, True, read_config(text, name)


def _in_force() -> tuple[str, bool, Loaded]:
    yml, yaml = _text(CONFIG_PATH), _text(ALTERNATIVE_PATH)
    file = ALTERNATIVE_PATH if yml is None and yaml is not None else CONFIG_PATH
    return file, (yml, yaml) != (None, None), read_either(yml, yaml)


def _of_templates() -> Iterator[str]:
    """What is wrong with the templates of the team's own, before any of them is filled."""
    for name in OWN_TEMPLATES.values():
        source = _text(f"{TEMPLATES}/{name}")
        try:
            if source is not None:
                check_template(name, source.decode("utf-8"))
        except UnicodeDecodeError as problem:
            yield f"{TEMPLATES}/{name}: it is not UTF-8 at byte {problem.start}"
        except OwnTemplateError as problem:
            yield problem.told(name)


def _text(name: str) -> bytes | None:
    """What stands in a file, None where there is none. Raises UsageProblem when it cannot be read."""
    try:
        return Path(name).read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or type(problem).__name__
        raise UsageProblem(f"{name} cannot be read: {why}.") from problem


def schema() -> str:
    """The JSON Schema, indented."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False)
