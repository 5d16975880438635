"""`stanch init` where it, or somebody else, was before: nothing that a person wrote is lost, and nothing is untrue."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stanch.core.config import CONFIG_PATH
from stanch.core.setup.manifest import MANIFEST
from tests.app.bringing import at_hand, bare_world, merged, now, pulls
from tests.app.rig import Rig, rigged

BRANCH = "stanch/init"
DECIDED = "people: [sam]\nteam: {zone: Europe/Berlin}\nclients: none\nproof: {}\n"


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """A repository that knows nothing of Stanch, nor has any tests."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with rigged(bare_world({"README.md": "# Shop\n"}), tmp_path, monkeypatch) as one:
        yield one


def missing(rig: Rig) -> set[str]:
    """What is said to be undecided."""
    return {"nobody", "owners", "zone", "clients", "labels", "proof"} & set(at_hand(rig, "--json").report["missing"])


@pytest.mark.parametrize("path", [CONFIG_PATH, ".github/stanch.yaml"])
def test_what_the_team_decided_before_is_not_called_missing(rig: Rig, path: str) -> None:
    """Their configuration says whom to call; what was not answered here is no gap."""
    assert missing(rig) >= {"zone", "clients", "proof"}
    rig.world.person("alex").closes(1)
    rig.world.person("alex").pushes(path, DECIDED)
    assert missing(rig) == set()


def test_what_the_team_decided_since_is_not_called_missing(rig: Rig) -> None:
    """From its first edit on the configuration speaks for itself."""
    at_hand(rig, "--yes")
    merged(rig.world, 1)
    rig.world.person("alex").pushes(CONFIG_PATH, DECIDED)
    assert missing(rig) == set()


def test_taking_stanch_out_misses_nothing(rig: Rig) -> None:
    """Whoever goes has nothing left to decide."""
    at_hand(rig, "--yes")
    merged(rig.world, 1)
    assert at_hand(rig, "--remove", "--json").report["missing"] == []


@pytest.mark.parametrize("way", ["merge", "squash", "rebase"])
def test_it_comes_again_after_it_went(rig: Rig, way: str) -> None:
    """The branch of then is still there, and merged: the request is made of a commit of today."""
    for arguments in (("--yes",), ("--remove",), ("--yes",)):
        assert at_hand(rig, *arguments).code == 0
        rig.world.person("alex").merges(len(pulls(rig.world)), way)
    assert (len(pulls(rig.world)), MANIFEST in now(rig.world)) == (3, True)


def test_what_somebody_wrote_into_the_request_stays(rig: Rig) -> None:
    """The branch is brought up to date all the same; the text is theirs from the first edit on."""
    at_hand(rig, "--yes")
    at_hand(rig, "--yes", "--people", "jordan")
    said = (pulls(rig.world)[0].body or "").replace("\n", "\r\n")
    rig.world.person("alex").edits_body(1, said)
    at_hand(rig, "--yes", "--zone", "Europe/Berlin")
    assert "No time zone is set" not in (pulls(rig.world)[0].body or "")
    rig.world.person("alex").edits_body(1, f"{pulls(rig.world)[0].body}\nAgreed on Monday.\n")
    assert "is brought up to date" in at_hand(rig, "--yes", "--people", "sam").out
    assert "people: [sam]" in now(rig.world, BRANCH)[CONFIG_PATH]
    assert "Agreed on Monday." in (pulls(rig.world)[0].body or "")


def test_of_many_edited_files_each_is_named(rig: Rig) -> None:
    """A request shows ten differences and names the rest: after the merge none of them is new any more."""
    at_hand(rig, "--yes")
    merged(rig.world, 1)
    files = now(rig.world)
    pages = sorted(path for path in files if path.startswith("runbooks/"))
    record = json.loads(files[MANIFEST])
    record["files"] |= dict.fromkeys(pages, "0" * 64)
    del record["files"][CONFIG_PATH]
    edited = {**dict.fromkeys(pages, "# Ours\n"), MANIFEST: json.dumps(record), CONFIG_PATH: None}
    rig.world.person("alex").pushes_to("main", edited)
    at_hand(rig, "--yes")
    body = pulls(rig.world)[-1].body or ""
    assert ([path for path in pages if f"`{path}`" not in body], body.count("<details>")) == ([], 10)


def test_a_page_that_does_not_exist_cannot_be_written_anew(rig: Rig) -> None:
    """A slip in the name is told, and not passed over."""
    ran = at_hand(rig, "--yes", "--overwrite", "runbooks/high-latncy.md")
    assert (ran.code, "is no file that Stanch brings" in ran.complaint, pulls(rig.world)) == (2, True, [])


def test_the_record_may_begin_with_a_byte_order_mark(rig: Rig) -> None:
    """As editors on Windows write it: still the same record."""
    at_hand(rig, "--yes")
    merged(rig.world, 1)
    rig.world.person("alex").pushes(MANIFEST, "\ufeff" + now(rig.world)[MANIFEST])
    assert "nothing to do" in at_hand(rig).out


def test_the_record_is_shown_only_to_who_wants_every_line(rig: Rig) -> None:
    """Fifty digests say nothing to a person."""
    at_hand(rig, "--yes")
    merged(rig.world, 1)
    rig.world.person("alex").pushes(MANIFEST, "{")
    rig.world.person("alex").pushes_to("main", {CONFIG_PATH: None})
    assert (f"+++ b/{MANIFEST}" in at_hand(rig).out, f"+++ b/{MANIFEST}" in at_hand(rig, "--dry-run").out) == (
        False,
        True,
    )
