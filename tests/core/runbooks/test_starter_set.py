"""The runbooks that come with Stanch are held to what everybody's are: only what a team alone knows is missing."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests.source import ROOT

from stanch.adapters.runbook_file import read_runbooks
from stanch.adapters.runbook_folder import Files, looked_up, read_folder
from stanch.core.config import DEFAULTS
from stanch.core.runbooks.library import Leaf, Library
from stanch.core.runbooks.lint import Finding, lint
from stanch.core.runbooks.model import FOLDER
from stanch.core.runbooks.placeholders import PLACEHOLDER

FEWEST = 15
"""Runbooks of a set that a small team would use."""


@pytest.fixture
def bodies(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files of this checkout, as the command reads them at its top."""
    monkeypatch.chdir(ROOT)
    files = Files()
    read_folder(FOLDER, files)
    assert files.problems == []
    return files.bodies


def shelved(bodies: dict[str, bytes]) -> Library:
    """On the day of the newest review: how old a review may be is each team's to keep."""
    shelf = read_runbooks(bodies)
    days = [one.last_reviewed for one in (*shelf.runbooks, *shelf.handbook) if one.last_reviewed]
    library = Library(shelf, DEFAULTS, max(days))
    return replace(library, there=looked_up(library.elsewhere()))


def filled(bodies: dict[str, bytes]) -> dict[str, bytes]:
    """The same, with something in the place of every placeholder."""
    return {path: PLACEHOLDER.sub("shop-1", body.decode()).encode() for path, body in bodies.items()}


def brief(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.path}:{one.line}: {one.code} {one.why} {dict(one.values)}" for one in findings]


def test_nothing_is_missing_but_what_only_a_team_knows(bodies: dict[str, bytes]) -> None:
    """Placeholders, the owner's among them, and nothing else; and there are enough runbooks to say so."""
    library = shelved(bodies)
    found = lint(library)
    assert brief(tuple(one for one in found if one.code != "R009")) == []
    assert len(library.runbooks) >= FEWEST
    assert {one.path for one in found} == {leaf.path for leaf in library.leaves}


def test_once_they_are_filled_in_nothing_is_missing(bodies: dict[str, bytes]) -> None:
    """Whatever a team writes there: no rule depends on a placeholder that stays."""
    assert brief(lint(shelved(filled(bodies)))) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("## Verify", "## Checks", "R003"),
        ("Expect:", "Then", "R005"),
        ("minutes", "hours", "R008"),
        ('owner: "<OWNER>"', "", "R011"),
        ("review_every: 90d", "", "R013"),
        ("```sh\n", "```\n", "R004"),
    ],
)
def test_whoever_spoils_them_is_told(bodies: dict[str, bytes], old: str, new: str, code: str) -> None:
    """The check above is no empty one: each of these changes to every page is found."""
    spoiled = {path: body.decode().replace(old, new).encode() for path, body in bodies.items()}
    assert code in {one.code for one in lint(shelved(spoiled), (code,))}


def test_the_map_of_the_handbook_is_one_that_lint_reads(bodies: dict[str, bytes]) -> None:
    """Diagrams are there, and none is plainly unfinished; CI asks Mermaid's own parser."""
    sheets = shelved(bodies).sheets.values()
    diagrams = [fence for sheet in sheets for fence in sheet.fences if fence.language == "mermaid"]
    assert len(diagrams) > 1
    assert Path(ROOT / ".ci/mermaid/check.mjs").exists()


def test_a_shell_reads_every_command(bodies: dict[str, bytes]) -> None:
    """No quote, loop or heredoc is left open, and no `&&` leads nowhere: whoever pastes it is not left waiting."""
    scripts = {leaf.path: script_of(leaf) for leaf in shelved(filled(bodies)).leaves}
    assert sum(script.count("\n") for script in scripts.values()) > 100
    assert {path: said for path, script in scripts.items() if (said := unread(script))} == {}
    assert unread("kubectl get pods &&\n")
    assert unread("psql -c 'select 1\n")


def script_of(leaf: Leaf) -> str:
    """What a page has to type, with a word in the place of what the night itself shows."""
    lines = (line for fence in leaf.sheet.fences if fence.language == "sh" for line in fence.lines)
    return re.sub(r"<[a-z][\w-]*>", "1", "".join(f"{line}\n" for line in lines))


def unread(script: str) -> str:
    """What a shell says against a script that it only reads."""
    bash = shutil.which("bash") or "bash"
    return subprocess.run([bash, "-n"], input=script, capture_output=True, text=True, check=False).stderr
