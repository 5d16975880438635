"""`stanch runbooks lint` and `map`: the pages of the working tree held to the rules, and the services drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from stanch.adapters.runbook_file import read_runbooks
from stanch.adapters.runbook_folder import Files, is_folder, looked_up, read_file, read_folder, relative
from stanch.app.config import rules_and_source
from stanch.app.runbooks_told import Told, told
from stanch.core.clock import local_date
from stanch.core.errors import UsageProblem
from stanch.core.markdown import bare
from stanch.core.runbooks.library import Library
from stanch.core.runbooks.lint import CODES, lint
from stanch.core.runbooks.model import FOLDER
from stanch.core.service_map import flowchart


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: these rules, at this instant (UTC). `strict` lets warnings count as errors do."""

    now: datetime
    codes: tuple[str, ...] = CODES
    strict: bool = False


def chosen(select: Sequence[str], ignore: Iterable[str]) -> tuple[str, ...]:
    """The rules that `--select` and `--ignore` leave. Raises UsageProblem for an unknown code, or if none is left."""
    wanted, unwanted = _codes(select), _codes(ignore)
    unknown = sorted((wanted | unwanted) - set(CODES))
    if unknown:
        raise UsageProblem(f"There is no rule {bare(unknown[0], 40)}. The rules are {CODES[0]} to {CODES[-1]}.")
    left = tuple(code for code in CODES if (not select or code in wanted) and code not in unwanted)
    if not left:
        raise UsageProblem(f"No rule is left to ask. The rules are {CODES[0]} to {CODES[-1]}.")
    return left


def _codes(given: Iterable[str]) -> set[str]:
    return {code.strip().upper() for text in given for code in text.split(",") if code.strip()}


def lint_here(names: tuple[str, ...], order: Order) -> Told:
    """The pages of these files and folders, by default of `runbooks/`. What cannot be read hinders nothing else.

    Where files are named, only they are told of, but they are held against the whole folder beside them.
    Raises UsageProblem where there is no folder.
    """
    files, only = _read(names)
    loaded, source = rules_and_source()
    shelf = read_runbooks(files.bodies)
    library = Library(shelf, loaded.config, local_date(order.now, loaded.config.calendar), source=source)
    library = replace(library, there=looked_up(library.elsewhere()))
    found = [one for one in lint(library, order.codes) if only is None or one.path in only]
    return told(library, found, tuple(files.problems), only, strict=order.strict)


def _read(names: tuple[str, ...]) -> tuple[Files, frozenset[str] | None]:
    """What stands in the files and folders, and the files that are asked about, None for all."""
    if not names and not is_folder(FOLDER):
        raise UsageProblem(
            f"There is no folder {FOLDER} here. Name files or folders, or stand at the repository's top."
        )
    folders = [name for name in dict.fromkeys(names or (FOLDER,)) if is_folder(name)]
    single = [name for name in dict.fromkeys(names) if name not in folders]
    files = Files()
    for folder in folders or ([FOLDER] if is_folder(FOLDER) else []):
        read_folder(folder, files)
    for name in single:
        read_file(name, files)
    return files, None if folders else frozenset(map(relative, single))


def service_map() -> str:
    """The services of the config as a Mermaid flowchart. Raises UsageProblem where it names none, or is wrong."""
    loaded, source = rules_and_source()
    if loaded.problems:
        first = str(loaded.problems[0])
        end = "" if first.endswith("?") else "."
        raise UsageProblem(f"{first}{end} `stanch config check` says all that is wrong.")
    if not loaded.config.services:
        raise UsageProblem(f"{source.file} names no services. Add some, and `needs:` to those that need others.")
    return flowchart(loaded.config.services)
