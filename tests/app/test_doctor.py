"""`stanch doctor` on a healthy repository of the embedded GitHub, and with one fault after the other planted in it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stanch.core.doctor.checks import CHECKS
from tests.app.clinic import FAULTS, clinic
from tests.app.rig import Mood, Ran, Rig, rigged

Opens = Callable[[Mood], Rig]

MOST_REQUESTS = 25
"""What one look may ask of GitHub."""


@pytest.fixture
def opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """A rig at a world, with the token of an administrator."""
    held = []

    def rig_at(world: Mood) -> Rig:
        manager = rigged(world, tmp_path, monkeypatch)
        rig = manager.__enter__()
        held.append(manager)
        rig.set("GITHUB_TOKEN", world.token("alex"))
        return rig

    yield rig_at
    for manager in reversed(held):
        manager.__exit__(None, None, None)


def found(ran: Ran) -> list[str]:
    """What was found, each kind once, in order."""
    checks = json.loads(ran.out)["checks"]
    return list(dict.fromkeys(f"{one['code']} {finding['why']}" for one in checks for finding in one["findings"]))


def test_a_healthy_repository_has_nothing_wrong(opens: Opens) -> None:
    """Every check is fine, exit 0, nothing is written, and GitHub is asked few things."""
    world = clinic()
    rig = opens(world)
    ran = rig.run("doctor")
    assert ran.code == 0, ran.out
    assert [line[:1] for line in ran.out.splitlines()[: len(CHECKS)]] == ["✓"] * len(CHECKS)
    assert ran.out.splitlines()[-1] == f"{len(CHECKS)} checks, nothing wrong."
    assert (world.counts.writes, ran.err) == (0, "")
    assert world.counts.reads <= MOST_REQUESTS


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_named_and_mended_where_it_may_be(opens: Opens, name: str) -> None:
    """It alone is found, with a reason and a fix; what may be mended is, and then the doctor is silent."""
    fault = FAULTS[name]
    world = fault.world()
    rig = opens(world)
    ran = rig.run("doctor", "--json")
    assert found(ran) == list(fault.finds), ran.out
    assert ran.code == 1
    told = [finding for one in json.loads(ran.out)["checks"] for finding in one["findings"]]
    assert all(finding["what"].endswith(".") and finding["fix"].endswith((".", "`")) for finding in told), told
    assert (world.counts.writes, ran.err) == (0, "")
    assert world.counts.reads <= MOST_REQUESTS
    assert all(finding["mendable"] for finding in told) is fault.mends
    if fault.mends:
        assert rig.run("doctor", "--fix", "--yes", "--json").code == 0
        assert found(rig.run("doctor", "--json")) == []


def test_there_are_enough_faults() -> None:
    """At least 25 kinds, and most checks have one."""
    kinds = {one for fault in FAULTS.values() for one in fault.finds}
    assert len(kinds) >= 25
    assert {check.code for check in CHECKS} - {one.partition(" ")[0] for one in kinds} <= {"D031"}
