"""Which commit of Stanch `init` lets the workflows run: the one of its own version's tag, where GitHub tells of it."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stanch import __version__
from stanch.core.setup.manifest import MANIFEST
from stanch.core.setup.pin import PINNED
from stanch.sandbox.exchange import Request
from tests.app.bringing import at_hand, bare_world, merged, now, pulls
from tests.app.rig import Rig, Told, reply, rigged

SWEEP = ".github/workflows/stanch-sweep.yml"
OURS, SIGNED, FORK = "a" * 40, "b" * 40, "anchor/stanch@" + "c" * 40
TAG = f"/repos/{PINNED.repository}/git/ref/tags/v{__version__}"


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """A repository that knows nothing of Stanch, at a GitHub that has its release."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    world = bare_world()
    world.add_repository(PINNED.repository).tags[f"v{__version__}"] = OURS
    with rigged(world, tmp_path, monkeypatch) as one:
        yield one


def runs(rig: Rig, branch: str = "") -> str:
    """What the sweep of a branch runs, and what the file calls it."""
    (line,) = (line for line in now(rig.world, branch)[SWEEP].splitlines() if " uses: " in line)
    return line.partition("uses: ")[2]


def installed(rig: Rig, *args: str) -> None:
    assert at_hand(rig, "--yes", *args).code == 0
    merged(rig.world, 1)


def answered(*answers: tuple[str, object]) -> Told:
    """These paths are answered like this, whatever the world has."""

    def told(asked: Request) -> tuple[int, dict[str, str], bytes] | None:
        body = next((body for path, body in answers if asked.path == path), None)
        return None if body is None else (200, {"Content-Type": "application/json"}, json.dumps(body).encode())

    return told


def test_it_is_the_commit_of_this_version_s_tag(rig: Rig) -> None:
    """In the workflows, in the pull request, and with one read more; the next run finds nothing to do."""
    installed(rig)
    assert runs(rig) == f"{PINNED.repository}@{OURS} # v{__version__}"
    assert f"`{PINNED.repository}@{OURS}` (v{__version__})" in (pulls(rig.world)[0].body or "")
    assert "nothing to do" in at_hand(rig).out


def test_a_tag_that_was_signed_is_followed_to_its_commit(rig: Rig) -> None:
    """It names an object of its own, which no workflow can run."""
    rig.world.says = answered(
        (TAG, {"object": {"type": "tag", "sha": SIGNED}}),
        (f"/repos/{PINNED.repository}/git/tags/{SIGNED}", {"object": {"type": "commit", "sha": OURS}}),
    )
    at_hand(rig, "--yes")
    assert OURS in runs(rig, "stanch/init")


def at_the_tag(status: int, message: str) -> Told:
    """The tag is answered with this error."""
    return lambda asked: reply(status, message) if asked.path == TAG else None


UNTOLD = {
    "no such tag": at_the_tag(404, "Not Found"),
    "another organisation's sign-on": at_the_tag(403, "Resource protected by organization SAML enforcement."),
    "a repository that moved": at_the_tag(301, "Moved Permanently"),
    "GitHub fails": at_the_tag(502, "Bad gateway"),
    "no commit": answered((TAG, {"object": {"type": "commit", "sha": "main"}})),
    "no answer that makes sense": answered((TAG, ["?"])),
}


@pytest.mark.parametrize("why", UNTOLD)
def test_where_github_does_not_tell_the_commit_that_shipped_is_run(rig: Rig, why: str) -> None:
    """Nothing fails for want of it."""
    rig.world.says = UNTOLD[why]
    assert at_hand(rig, "--yes").code == 0
    assert runs(rig, "stanch/init") == f"{PINNED} # {PINNED.version}"


@pytest.mark.parametrize("why", UNTOLD)
def test_what_was_told_once_still_holds(rig: Rig, why: str) -> None:
    """The same version changes no file because GitHub does not tell this time."""
    installed(rig)
    rig.world.says = UNTOLD[why]
    assert "nothing to do" in at_hand(rig).out


def test_what_somebody_said_holds_for_this_version(rig: Rig) -> None:
    """A fork's commit is not replaced by ours for want of `--action` at the next run; nor is GitHub asked about it."""
    reads: list[str] = []
    rig.world.says = lambda asked: reads.append(asked.path)  # type: ignore[func-returns-value] # it answers nothing
    installed(rig, "--action", FORK)
    assert (TAG in reads, runs(rig)) == (False, f"{FORK} # v{__version__}")
    assert "nothing to do" in at_hand(rig).out


def test_what_an_older_version_ran_is_renewed(rig: Rig) -> None:
    """What is remembered holds for its own version alone."""
    installed(rig, "--action", f"{PINNED.repository}@{'d' * 40}")
    record = json.loads(now(rig.world)[MANIFEST])
    rig.world.person("alex").pushes(MANIFEST, json.dumps({**record, "version": "0.0.9"}))
    at_hand(rig)
    assert OURS in runs(rig, f"stanch/upgrade-{__version__}")
