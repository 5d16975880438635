"""A runbook that nobody has read for too long: asked about once, listed until it is read, and kept fresh by its use."""

import pytest

from stanch.sandbox.records import Issue
from tests.app.rig import Rig
from tests.app.test_follow_through import boards, remembered, until
from tests.shelves import front_matter

PATH = "runbooks/queue-backlog.md"


@pytest.fixture
def team(rig: Rig) -> Rig:
    """Tuesday, 17 March 2026, and a runbook of jordan's that is due to be read on Thursday."""
    put(rig, PATH, front_matter(owner="jordan", last_reviewed="2026-02-17", review_every="30d"))
    return rig


def put(rig: Rig, path: str, text: str) -> None:
    """A commit on the default branch."""
    rig.world.person("alex").pushes(path, text)


def texts(rig: Rig, word: str) -> list[str]:
    """What the bot said on the dashboard with this word in its first line."""
    (one,) = boards(rig)
    return [said.body for said in one.comments if word in said.body.split("\n")[0]]


def sweep(rig: Rig) -> Issue | None:
    ran = rig.run("sweep", "--json")
    assert ran.code == 0, ran.err
    return next(iter(boards(rig)), None)


def test_what_is_fresh_makes_no_dashboard(team: Rig) -> None:
    """Nor does what was just installed, whatever its day, as long as nobody owns it."""
    put(team, "runbooks/new.md", front_matter(owner='"<OWNER>"', last_reviewed="2020-01-01", review_every="30d"))
    assert sweep(team) is None


def test_it_is_asked_about_once_and_listed_until_it_is_read(team: Rig) -> None:
    """The dashboard opens for it; its owner is asked on it, once; the digest of the next week names it quietly."""
    until(team, 19)
    assert sweep(team) is not None
    assert "## Runbooks to read again" in (boards(team)[0].body or "")
    (asked,) = texts(team, "/stale/")
    assert "@jordan" in asked
    for day in (20, 21, 22):
        until(team, day)
        sweep(team)
    assert len(boards(team)[0].comments) == 1
    until(team, 23)
    sweep(team)
    (digest,) = texts(team, "/digest/")
    assert "`jordan`: the runbook [Queue backlog]" in digest
    assert "@jordan" not in digest
    put(team, PATH, front_matter(owner="jordan", last_reviewed="2026-03-23", review_every="30d"))
    sweep(team)
    assert "## Runbooks to read again" not in (boards(team)[0].body or "")
    assert len(texts(team, "/stale/")) == 1
    before = team.world.counts.writes
    sweep(team)
    assert team.world.counts.writes == before


def test_a_use_that_worked_keeps_it_fresh(team: Rig) -> None:
    """The dashboard remembers it after the incident is out of sight; what became stale again is asked about again."""
    number = team.world.person("alex").opens("Queue", "", labels=["sev-2"])
    team.look(number)
    team.world.person("jordan").comments(number, "/runbook queue-backlog worked\n/contain flag x")
    team.look(number)
    sweep(team)
    assert {name: str(day) for name, day in remembered(team).worked.items()} == {"queue-backlog": "2026-03-17"}
    until(team, 24)
    sweep(team)
    assert texts(team, "/stale/") == []
    until(team, 17 + 30)
    sweep(team)
    assert len(texts(team, "/stale/")) == 1


def test_whoever_switched_the_dashboard_off_hears_nothing(team: Rig) -> None:
    """Closing it does without it, for runbooks too."""
    until(team, 19)
    board = sweep(team)
    assert board is not None
    team.world.person("alex").closes(board.number)
    put(team, "runbooks/other.md", front_matter(owner="jordan", last_reviewed="2026-01-01", review_every="30d"))
    until(team, 20)
    sweep(team)
    assert len(texts(team, "/stale/")) == 1
    assert len(boards(team)) == 1


def test_who_cannot_be_reached_is_not_mentioned(team: Rig) -> None:
    """A stranger's login in a file calls nobody in: the first of the team is asked instead."""
    put(team, PATH, front_matter(owner="stranger", last_reviewed="2026-02-17", review_every="30d"))
    until(team, 19)
    sweep(team)
    (asked,) = texts(team, "/stale/")
    assert "@stranger" not in asked
    assert "@jordan" in asked


@pytest.mark.parametrize(("day", "hour", "asked"), [(19, 8, 0), (19, 9, 1), (21, 12, 0)])
def test_it_is_asked_on_a_working_morning(rig: Rig, day: int, hour: int, asked: int) -> None:
    """What is not burning is said from 09:00 team time on working days; the list has it all the same."""
    put(rig, PATH, front_matter(owner="jordan", last_reviewed="2026-02-17", review_every=f"{day + 11}d"))
    until(rig, day, hour)
    sweep(rig)
    assert len(texts(rig, "/stale/")) == asked
