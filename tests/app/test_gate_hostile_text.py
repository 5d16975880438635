"""Hostile text on the gate's road: titles, bodies, branches, paths, tests, waivers: nothing of it acts anywhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from stanch.app.road import carry
from stanch.app.stage import stage
from stanch.app.sweep import sweep
from tests.app.rig import Mood, Rig, rigged
from tests.app.test_hostile_text import FORGED, FRAGMENTS, HOSTILE, assert_harmless
from tests.gated import AFTER, CODE, Hotfix, archive, harbour, hotfix

TEAM = {"alex", "jordan", "morgan", "sam"}
LONGEST = 65_536
SINGLE = [piece for piece in FRAGMENTS if piece.strip() and "\n" not in piece]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Rig, Hotfix]]:
    """A rig at a repository with the gate, and an incident whose hotfix is still to be opened."""
    world = cast("Mood", harbour(kind=Mood))
    with stage(world) as connected, rigged(world, tmp_path, monkeypatch) as rig:
        yield rig, hotfix(connected)


def quiet(rig: Rig, found: Hotfix) -> None:
    """No line of any run begins a command to the runner, and no run ends in a traceback."""
    rig.set("GITHUB_ACTIONS", "true")
    rig.event({"action": "edited", "pull_request": {"number": found.number}}, "pull_request")
    for asked in (("--explain",), ("--json",), ("--as", "SEV-1"), ("--dry-run",)):
        said(rig.run("gate", str(found.number), *asked).out)
    said(rig.run("gate").out)
    said(rig.run("gate", "--dry-run", "--json").out)


def said(out: str) -> None:
    lines = [line.strip() for line in out.splitlines()]
    assert [
        one for one in lines if "##[" in one or (one.startswith("::") and not one.startswith("::error title="))
    ] == []


def lived(rig: Rig, found: Hotfix) -> None:
    """Looked at, waived, approved, merged past the gate and swept, with all that is posted on the way."""
    found.look()
    found.world.person("morgan").approves(found.number, HOSTILE)
    found.world.person("alex").comments(found.number, f"/waive H006 it cannot be smaller {HOSTILE}")
    found.look()
    quiet(rig, found)
    found.world.person("alex").merges(found.number, "squash")
    found.look()
    carry(found.stage.desk(), found.incident)
    list(sweep(found.stage.desk()))
    quiet(rig, found)


BODIES = {
    "lines": "\n".join(FRAGMENTS),
    "one line": HOSTILE,
    "forged": FORGED,
    "a wall": "@victim |`<b> " * (LONGEST // 14),
    "nested": "> " * 30_000,
    "brackets": "[" * LONGEST,
    "stars": "*_" * (LONGEST // 2),
    "fences": "```\n" * (LONGEST // 4),
    "comments": "<!--" * (LONGEST // 4),
}


ORDINARY = ("one line", "forged", "a wall")


def some(*names: str) -> list[object]:
    """These bodies, all but a few in the longer run."""
    return [pytest.param(name, marks=() if name in ORDINARY else pytest.mark.long) for name in names]


@pytest.mark.parametrize("name", some(*BODIES))
def test_no_body_or_title_acts(told: tuple[Rig, Hotfix], name: str) -> None:
    """In the card, the notices here and on the incident, the root-cause issue, the review, and the terminal."""
    rig, found = told
    body = BODIES[name]
    lines = f"Incident: #{found.incident}\nRollback: Revert `{HOSTILE[:200]}`\nWhy not smaller: {HOSTILE}\n"
    found.opened(lines + f"Root-cause owner: @morgan {HOSTILE}\n\n" + body[: LONGEST - 6000])
    found.world.person("jordan").renames(found.number, HOSTILE[:250])
    lived(rig, found)
    assert assert_harmless(found.world, TEAM) >= 6


@pytest.mark.parametrize("start", range(0, len(SINGLE), 8))
def test_no_declared_value_acts(told: tuple[Rig, Hotfix], start: int) -> None:
    """Each piece by itself at the start of every declared value, where it would do most."""
    rig, found = told
    for piece in SINGLE[start : start + 8]:
        body = f"Incident: #{found.incident} {piece}\nRollback: {piece} revert this pull request `now`\n"
        body += f"Why not smaller: {piece}\nTemporary until: {piece}\nRoot-cause owner: {piece}\nWorkaround: {piece}\n"
        if not found.number:
            found.opened(body)
        found.world.person("jordan").edits_body(found.number, body)
        found.look()
        said(rig.run("gate", str(found.number), "--explain").out)
    assert assert_harmless(found.world, TEAM) >= 2


PATHS = (
    "shop/|a|b|.py",
    "shop/`x`.py",
    "shop/<img src=x>.py",
    "shop/@victim.py",
    "shop/{{7777*3}}.py",
    "shop/\u202egnp.py",
    "shop/[a](https://evil.example).py",
    "migrations/::error::boo.sql",
    ".github/<!-- -->.yml",
    "vendor/@victim/x.py",
    "shop/" + "x" * 3000 + ".py",
)


def test_no_path_branch_or_line_acts(told: tuple[Rig, Hotfix]) -> None:
    """Names of files and branches, and lines that call themselves temporary."""
    rig, found = told
    files = dict.fromkeys(PATHS, f"x = 1  # TODO {HOSTILE}\n")
    branch = "hotfix/`@victim`|<b>{{7777+3}}"  # as far as git lets a branch be called
    found.world.person("jordan").pushes_to(branch, {CODE: AFTER, **files}, f"{HOSTILE}\n\nFixes #{found.incident}")
    found.world.clock.advance(minutes=20)
    body = f"Incident: #{found.incident}\nRollback: Revert this pull request and deploy `140`.\n"
    found.number = found.world.person("jordan").opens_pull("Round", body, branch)
    lived(rig, found)
    assert assert_harmless(found.world, TEAM) >= 6


@pytest.mark.parametrize("name", some("lines", "one line", "fences"))
def test_no_name_or_message_of_a_test_acts(told: tuple[Rig, Hotfix], name: str) -> None:
    """What the proof's job reported is the author's text as well."""
    rig, found = told
    found.opened()
    kept = archive(found.head, found.world.repository().head)
    text = "".join(one for one in BODIES[name][:20_000] if one.isprintable() or one == "\n")
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    kept = {path: one.replace("cents", shown[:900]).replace("0 is not 0.5", shown) for path, one in kept.items()}
    found.proven(kept)
    lived(rig, found)
    assert "H003" in found.card
    assert assert_harmless(found.world, TEAM) >= 6
