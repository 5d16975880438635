"""`stanch runbooks suggest`: what fits a text, from the files that one stands beside, and how it ends."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.app.rig import Rig
from tests.source import ROOT

CONNECTIONS = "runbooks/database-out-of-connections.md"


@pytest.fixture
def here(rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the runbooks that ship, to stand in."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "runbooks", tmp_path / "runbooks")
    return tmp_path


def suggest(rig: Rig, *words: str) -> tuple[int, str, str]:
    ran = rig.run("runbooks", "suggest", *words)
    return ran.code, ran.out, ran.err


def test_the_best_one_and_why(rig: Rig, here: Path) -> None:
    """Its title, its file and the symptom that fits; exit 0, and nothing is asked of GitHub."""
    code, out, err = suggest(rig, "sorry,", "too many clients already")
    assert (code, err) == (0, "")
    assert out.startswith(f"1. Database out of connections ({CONNECTIONS}): its symptom “Errors say too many clients")
    assert rig.world.counts.requests == 0


def test_nothing_fits(rig: Rig, here: Path) -> None:
    """Exit 1, and how many were looked at; the handbook is none of them, nor what lies deeper: no card reads it."""
    (here / "runbooks/old").mkdir()
    shutil.copy(here / CONNECTIONS, here / "runbooks/old/coffee.md")
    assert suggest(rig, "The coffee machine is cold") == (1, "No runbook fits: 19 were looked at.\n", "")
    shutil.rmtree(here / "runbooks")
    (here / "runbooks").mkdir()
    assert suggest(rig, "x")[1].startswith("There is no runbook in runbooks/")


def test_nothing_said_is_no_question(rig: Rig, here: Path) -> None:
    """Exit 2: that nothing fits would be an answer."""
    assert suggest(rig, " ") == (2, "", "stanch: Nothing was said. Tell in a few words what is broken.\n")


def test_a_report_is_read_from_stdin(rig: Rig, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads all of it; what is no UTF-8 in it hinders nothing."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"site down\n\xff x509: certificate has expired")))
    code, out, _ = suggest(rig, "-", "--top", "1")
    assert (code, out.count("\n")) == (0, 1)
    assert "certificate-expired.md" in out


def test_a_script_reads_json(rig: Rig, here: Path) -> None:
    """Each with its score and its reason as values; an empty list where nothing fits."""
    code, out, _ = suggest(rig, "sorry, too many clients already", "--json")
    first = json.loads(out)["suggestions"][0]
    assert (code, first["name"], first["path"], first["why"]) == (
        0,
        "database-out-of-connections",
        CONNECTIONS,
        "symptom",
    )
    assert first["met"][0] == "too many clients"
    assert json.loads(suggest(rig, "lunch", "--json")[1]) == {"suggestions": [], "problems": []}


def test_a_hostile_page_is_only_text(rig: Rig, here: Path) -> None:
    """What stands in a front matter is no command to a runner, and no control of a terminal."""
    page = '---\nsymptoms: ["::error::boo \\e[31m too many clients"]\n---\n\n# ::error::boo <b>\n'
    (here / CONNECTIONS).write_text(page)
    _, out, _ = suggest(rig, "too many clients")
    assert "\x1b" not in out
    assert [line for line in out.splitlines() if line.startswith("::")] == []


def test_without_a_folder_it_says_so(rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2: what, where and what to do."""
    monkeypatch.chdir(tmp_path)
    ran = rig.run("runbooks", "suggest", "x")
    assert (ran.code, ran.out) == (2, "")
    assert "Stand at the repository's top" in ran.complaint
    assert rig.run("runbooks", "suggest").code == 2
