"""`stanch config`: what a file says, and what it may say."""

import json
from pathlib import Path

from stanch.adapters.config_file import read_config
from stanch.core.config import json_schema
from stanch.core.errors import UsageProblem
from stanch.core.wanted import Text
from stanch.render.words import Words


def check(name: str, *, as_json: bool) -> tuple[str, int]:
    """Everything that is wrong with a file, and the exit code: 0 or 2. Raises UsageProblem if it cannot be read."""
    file = Path(name)
    try:
        text = file.read_bytes() if file.exists() else None
    except OSError as problem:
        raise UsageProblem(f"{file} cannot be read: {problem.strerror}.") from problem
    problems = [str(problem) for problem in read_config(text, str(file)).problems]
    code = 2 if problems else 0
    if as_json:
        return json.dumps({"file": str(file), "present": text is not None, "problems": problems}), code
    if problems:
        return "\n".join(problems), code
    return Words.load()(Text("summary/config_fine", {"file": str(file), "present": text is not None})).strip(), code


def schema() -> str:
    """The JSON Schema, indented."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False)
