"""What becomes of each file: nothing that somebody wrote is ever overwritten, taken away, or brought back."""

from itertools import product

import pytest

from stanch.core.config_problems import CONFIG_PATH
from stanch.core.setup.choices import Choices
from stanch.core.setup.manifest import MANIFEST, Manifest, digest, manifest_of
from stanch.core.setup.upgrade import WRITES, Fate, Upgrade, fate, removal, upgrade

SWEEP, WATCH = ".github/workflows/stanch-sweep.yml", ".github/workflows/stanch-watch.yml"
OLD, NEW, MINE = "name: old\n", "name: new\n", "name: mine\n"
BEFORE = Manifest("0.0.9", Choices(), files={SWEEP: digest(OLD)})
COMING = Manifest("0.1.0", Choices())


def brought(now: dict[str, str], wanted: dict[str, str], installed: Manifest | None = BEFORE) -> Upgrade:
    return upgrade(now, installed, wanted, COMING)


def test_nothing_to_do() -> None:
    """What is as this version brings it is not written again, nor is the manifest."""
    first = upgrade({}, None, {SWEEP: NEW}, COMING)
    now = {change.path: change.after or "" for change in first.changes}
    again = upgrade(now, manifest_of(now[MANIFEST]), {SWEEP: NEW}, COMING)
    assert (again.writes, [one.fate for one in again.changes]) == ((), [Fate.SAME])


@pytest.mark.parametrize(
    ("now", "recorded", "wanted", "expected"),
    [
        (None, None, NEW, Fate.ADD),
        (None, OLD, NEW, Fate.GONE),
        (None, OLD, None, Fate.SAME),
        (NEW, None, NEW, Fate.SAME),
        (NEW, OLD, NEW, Fate.SAME),
        (NEW.replace("\n", "\r\n"), OLD, NEW, Fate.SAME),
        (OLD, OLD, NEW, Fate.REPLACE),
        (OLD.replace("\n", "\r\n"), OLD, NEW, Fate.REPLACE),
        (OLD, OLD, None, Fate.REMOVE),
        (MINE, None, NEW, Fate.THEIRS),
        (MINE, NEW, NEW, Fate.KEEP),
        (MINE, OLD, NEW, Fate.OFFER),
        (MINE, OLD, None, Fate.KEEP),
    ],
)
def test_each_row_of_the_table(now: str | None, recorded: str | None, wanted: str | None, expected: Fate) -> None:
    """The table in the code, row by row; how lines end is no edit."""
    assert fate(now, digest(recorded) if recorded else None, wanted) is expected


@pytest.mark.parametrize(
    ("now", "recorded", "wanted"), list(product((None, OLD, NEW, MINE), (None, OLD, NEW), (None, OLD, NEW)))
)
def test_no_text_of_anybody_s_is_lost(now: str | None, recorded: str | None, wanted: str | None) -> None:
    """Whatever is there, only a text that Stanch itself wrote there is ever replaced or taken away."""
    if fate(now, digest(recorded) if recorded else None, wanted) in WRITES:
        assert now in (None, recorded)


def test_what_was_deleted_stays_deleted_at_the_next_upgrade_too() -> None:
    """The manifest goes on knowing that it was there."""
    done = brought({}, {SWEEP: NEW})
    assert [one.fate for one in done.changes] == [Fate.GONE, Fate.ADD]
    assert done.manifest is not None
    assert fate(None, done.manifest.files[SWEEP], NEW) is Fate.GONE


def test_what_is_new_is_offered_once() -> None:
    """An edited file is shown what is new in it; after the next manifest nothing is new any more."""
    done = brought({SWEEP: MINE}, {SWEEP: NEW})
    assert [one.path for one in done.of(Fate.OFFER)] == [SWEEP]
    assert done.manifest is not None
    assert upgrade({SWEEP: MINE}, done.manifest, {SWEEP: NEW}, COMING).of(Fate.OFFER) == ()


def test_a_file_that_was_there_before_is_never_taken_for_ours() -> None:
    """Neither the upgrade nor the removal touches it afterwards."""
    done = brought({SWEEP: MINE}, {SWEEP: NEW}, None)
    assert [one.path for one in done.of(Fate.THEIRS)] == [SWEEP]
    assert done.manifest is not None
    assert [one.fate for one in removal({SWEEP: MINE}, done.manifest).changes] == [Fate.KEEP, Fate.REMOVE]


def test_an_edited_file_that_is_no_longer_brought_is_not_forgotten() -> None:
    """It stays, and who takes Stanch out is told of it."""
    done = brought({SWEEP: MINE}, {})
    assert [one.fate for one in done.changes] == [Fate.KEEP, Fate.ADD]
    assert done.manifest is not None
    assert [one.path for one in removal({SWEEP: MINE}, done.manifest).of(Fate.KEEP)] == [SWEEP]


def test_nothing_is_offered_for_the_team_s_own_configuration() -> None:
    """From the first edit on it is theirs; unedited it is renewed like the rest."""
    installed = Manifest("0.0.9", Choices(), files={CONFIG_PATH: digest(OLD)})
    assert brought({CONFIG_PATH: MINE}, {CONFIG_PATH: NEW}, installed).of(Fate.OFFER) == ()
    assert brought({CONFIG_PATH: OLD}, {CONFIG_PATH: NEW}, installed).of(Fate.REPLACE)


def test_a_file_is_written_anew_where_somebody_asked_for_it() -> None:
    """`--overwrite` takes what is there, edited or deleted; it touches no other file."""
    wanted = {SWEEP: NEW, WATCH: NEW}
    done = upgrade({SWEEP: MINE, WATCH: MINE}, BEFORE, wanted, COMING, (SWEEP,))
    assert {one.path: one.fate for one in done.changes} == {
        SWEEP: Fate.REPLACE, WATCH: Fate.THEIRS, MANIFEST: Fate.ADD
    }  # fmt: skip
    assert upgrade({}, BEFORE, wanted, COMING, (SWEEP,)).changes[0].fate is Fate.ADD


def test_taking_stanch_out_leaves_what_somebody_edited() -> None:
    """And takes the manifest with it; what is gone already is not named."""
    installed = Manifest("0.1.0", Choices(), files={SWEEP: digest(NEW), WATCH: digest(NEW), CONFIG_PATH: digest(NEW)})
    done = removal({SWEEP: NEW, WATCH: MINE, MANIFEST: "{}"}, installed)
    assert {one.path: one.fate for one in done.changes} == {
        SWEEP: Fate.REMOVE, WATCH: Fate.KEEP, MANIFEST: Fate.REMOVE
    }  # fmt: skip
