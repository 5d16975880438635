"""The manifest: it says again what it was told, and a hand in it does no harm."""

import json
from datetime import date, timedelta

import pytest

from stanch.core.setup.choices import Choices
from stanch.core.setup.found import Seen
from stanch.core.setup.manifest import MOST_DAYS, Manifest, digest, is_brought, manifest_of, with_day
from stanch.core.setup.pin import PINNED
from stanch.core.versions import is_newer

SWEEP = ".github/workflows/stanch-sweep.yml"
CHOICES = Choices(
    ("alex", "jordan"), "Europe/Berlin", ("acme",), {"sev-1": ("P0-critical", "Größe: kritisch")}, ("make",)
)
SEEN = Seen("release/2026", False, ("prod", "staging"), ())
WHOLE = Manifest("0.1.0", CHOICES, SEEN, {SWEEP: digest("x"), "runbooks/handbook/roles.md": digest("y")},
                 (date(2026, 11, 22), date(2027, 3, 1)), PINNED)  # fmt: skip


@pytest.mark.parametrize("manifest", [WHOLE, Manifest("0.1.0"), Manifest("0.1.0", Choices(clients=()))])
def test_it_is_read_as_it_was_written(manifest: Manifest) -> None:
    """Every answer, and the digest of every file; that there are no clients is not that it is undecided."""
    assert manifest_of(str(manifest)) == manifest


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "[" * 9000, '{"version": 1, "files": {}}', '{"version": "new", "files": {}}',
     '{"version": "0.1.0"}', '{"version": "0.1.0", "files": []}', "<<<<<<< ours\n{}\n"],
)  # fmt: skip
def test_a_text_that_is_none_is_none(text: str) -> None:
    """It is not guessed at: every file then counts as somebody's own."""
    assert manifest_of(text) is None


def test_a_part_that_makes_no_sense_is_left_out() -> None:
    """The rest still counts."""
    said = json.loads(str(WHOLE))
    said["choices"] |= {
        "people": ["alex", 7, "no login"],
        "clients": ["no login", 7],
        "zone": "Nowhere",
        "labels": {"sev-9": ["x"], "sev-1": "x"},
    }
    said["files"] |= {".github/stanch.yml": "deadbeef", ".github/workflows/stanch-watch.yml": 5}
    read = manifest_of(json.dumps(said))
    assert read is not None
    assert (read.choices.people, read.choices.zone, read.choices.labels) == (("alex",), "", {"sev-1": ()})
    assert read.choices.clients is None  # undecided, and not that there are none
    assert (read.files, read.seen) == (WHOLE.files, WHOLE.seen)
    said["since"] = ["2026-11-22", 7, "soon", "2027-02-30", "2027-03-01"]
    said["seen"] = {"branch": 7, "private": "yes", "environments": "prod", "labels": [1, "x"]}
    again = manifest_of(json.dumps(said))
    assert again is not None
    assert (again.seen, again.since) == (Seen("", None, None, ("x",)), WHOLE.since)


@pytest.mark.parametrize(
    "action",
    [None, 7, [], {}, {"uses": str(PINNED)}, {"uses": "o/r@main", "version": "v1.0.0"},
     {"uses": str(PINNED), "version": "new # x"}, {"uses": 7, "version": "v1.0.0"}],
)  # fmt: skip
def test_an_action_that_is_none_is_none(action: object) -> None:
    """Only a commit with the number of a version is run again."""
    read = manifest_of(json.dumps({**json.loads(str(WHOLE)), "action": action}))
    assert read is not None
    assert (read.pin, read.files) == (None, WHOLE.files)


def test_the_days_on_which_something_came_are_few() -> None:
    """Each once, in order; the oldest of very many is forgotten."""
    first = date(2026, 11, 22)
    assert with_day((first,), first) == (first,)
    days = tuple(first + timedelta(days=n) for n in range(MOST_DAYS))
    assert with_day(reversed(days), days[-1] + timedelta(days=1)) == (*days[1:], days[-1] + timedelta(days=1))


@pytest.mark.parametrize(
    "path",
    ["README.md", "../README.md", "runbooks/../README.md", "/etc/passwd", "runbooks/.hidden.md", "runbooks/a/b/c.md",
     ".github/workflows/ci.yml", ".git/hooks/pre-commit", "runbooks/x.sh", "", "runbooks/", "runbooks\\x.md"],
)  # fmt: skip
def test_only_what_stanch_brings_is_ever_taken_for_its_own(path: str) -> None:
    """A manifest that somebody wrote by hand cannot make `--remove` delete another file."""
    assert not is_brought(path)
    assert manifest_of(json.dumps({"version": "0.1.0", "files": {path: digest("x")}})) == Manifest("0.1.0")


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [("0.1.0", "0.1.0", False), ("0.2.0", "0.1.9", True), ("0.10.0", "0.9.0", True), ("v1.0.0", "0.9.0", True),
     ("0.1.0", "0.2.0", False), ("0.2.0-rc1", "0.1.0", True), ("?", "0.1.0", False)],
)  # fmt: skip
def test_versions_are_numbers_and_not_words(version: str, than: str, newer: bool) -> None:
    """0.10 is newer than 0.9; what cannot be read is not."""
    assert is_newer(version, than) is newer
