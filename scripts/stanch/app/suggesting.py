"""`stanch runbooks suggest`: the runbooks of the working tree that fit what is said, as the card would have them."""

import json
from dataclasses import dataclass

from stanch.adapters.runbook_file import read_runbooks
from stanch.adapters.runbook_folder import Files, is_folder, read_folder
from stanch.app.report import harmless, unmarked
from stanch.core.errors import UsageProblem
from stanch.core.runbooks.model import FOLDER
from stanch.core.runbooks.ranking import Said, Suggestion, suggest
from stanch.core.runbooks.view import reason
from stanch.core.wanted import Text
from stanch.render.words import Words


@dataclass(frozen=True, slots=True)
class Told:
    """What is printed, what could not be read, and the exit code: 1 when nothing fits."""

    text: str
    problems: tuple[str, ...]
    exit_code: int


def suggested(text: str, most: int, *, as_json: bool) -> Told:
    """The best few, the best first. The first line of the text is its title.

    Raises UsageProblem without a text, or without a folder.
    """
    if not text.strip():
        raise UsageProblem("Nothing was said. Tell in a few words what is broken.")
    if not is_folder(FOLDER):
        raise UsageProblem(f"There is no folder {FOLDER} here. Stand at the repository's top.")
    files = Files()
    read_folder(FOLDER, files)
    pages = {path: body for path, body in files.bodies.items() if path.count("/") == 1}
    shelf = read_runbooks(pages)
    title, _, rest = text.strip().partition("\n")
    found = suggest(shelf.runbooks, Said(title, rest), most)
    rows = [_row(one) for one in found]
    problems = tuple(harmless(one) for one in files.problems)
    if as_json:
        report = {"suggestions": rows, "problems": list(problems)}
        return Told(harmless(json.dumps(report, ensure_ascii=False)) + "\n", problems, int(not found))
    view = {"suggested": rows, "count": len(shelf.runbooks)}
    shown = unmarked(Words.load()(Text("summary/runbook_suggested", view)))
    return Told(harmless(shown.strip()) + "\n", problems, int(not found))


def _row(one: Suggestion) -> dict[str, object]:
    book = one.runbook
    return {"name": book.name, "title": book.title, "path": book.path, "score": one.score, **reason(one)}
