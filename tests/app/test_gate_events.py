"""Which pull requests an event or a sweep looks at, and when their incident is looked at as well."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from stanch.adapters.payload import Trigger
from stanch.app.desk import ReadsPulls
from stanch.app.gate_events import MOST_LINKED, arrived, needs_look, react
from stanch.app.handle import handle
from stanch.app.stage import stage
from stanch.core.landing import Landings
from stanch.core.pull import Listed
from stanch.core.thread import Repository
from tests.gated import AFTER, CODE, Hotfix, harbour, hotfix


@pytest.fixture
def found() -> Iterator[Hotfix]:
    """An incident, whose hotfix is still to be opened."""
    with stage(harbour()) as connected:
        yield hotfix(connected)


def looked_at(one: Hotfix, event: str, sha: str = "") -> list[int | None]:
    """The threads that a run carries which this event starts."""
    one.world.clock.advance(minutes=1)
    about = Trigger(event, sha=sha) if sha else Trigger(event, "edited", one.number, is_pull_request=True)
    return [outcome.number for outcome in react(one.stage.desk(), about)]


def test_the_incident_is_looked_at_when_it_was_told_something(found: Hotfix) -> None:
    """Not when the gate only speaks on the pull request; of the merge the incident hears, and shows it at once."""
    found.opened()
    assert looked_at(found, "pull_request") == [found.number]
    assert found.card
    found.world.person("alex").merges(found.number, "squash")
    assert looked_at(found, "pull_request") == [found.number, found.incident]
    assert looked_at(found, "pull_request") == [found.number]


def test_the_incident_is_looked_at_when_its_hotfix_was_deployed(found: Hotfix) -> None:
    """What ran on staging before the merge is none of that."""
    found.opened().look()
    found.world.person("jordan").deploys("staging", found.head)
    assert looked_at(found, "deployment_status", found.head) == [found.number]
    sha = found.world.person("alex").merges(found.number, "squash")
    looked_at(found, "pull_request")
    found.world.person("alex").deploys("production", sha)
    assert looked_at(found, "deployment_status", sha) == [found.number, found.incident]


def test_a_change_of_the_incident_reaches_the_newest_of_its_open_pull_requests(found: Hotfix) -> None:
    """As many as one run has time for; what is merged is judged as it was."""
    jordan, opened = found.world.person("jordan"), list[int]()
    for n in range(MOST_LINKED + 2):
        files = {CODE: AFTER + f"# {n}\n"}
        opened.append(jordan.opens_pull(f"Fix {n}", f"Incident: #{found.incident}", f"hotfix/{n}", files=files))
    found.world.person("alex").merges(opened[-1], "squash")
    numbers = [outcome.number for outcome in handle(found.stage.desk(), Trigger("issues", "labeled", found.incident))]
    assert numbers == [found.incident, *reversed(opened[1:-1])]


HOUR = timedelta(hours=1)
ORDINARY = Listed(41, "Words.", "feature/names", "success")
LISTED: dict[str, tuple[Listed, timedelta | None, bool]] = {
    "green, and no hotfix": (ORDINARY, None, False),
    "no status yet": (replace(ORDINARY, status=""), None, True),
    "red": (replace(ORDINARY, status="failure"), None, True),
    "a hotfix by its name": (replace(ORDINARY, head="hotfix/names"), None, True),
    "names an incident": (replace(ORDINARY, body="Incident: #12"), None, True),
    "would close an issue": (replace(ORDINARY, body="Fixes #12"), None, True),
    "linked in the sidebar": (replace(ORDINARY, linked=True), None, True),
    "merged green, and no hotfix": (ORDINARY, HOUR, False),
    "merged before the gate came by": (replace(ORDINARY, status=""), HOUR, False),
    "merged red": (replace(ORDINARY, status="failure"), HOUR, True),
    "a hotfix, merged": (replace(ORDINARY, head="hotfix/names"), HOUR, True),
    "a hotfix, merged a day and a bit ago": (replace(ORDINARY, head="hotfix/names"), 26 * HOUR, True),
    "a hotfix, merged long ago": (replace(ORDINARY, head="hotfix/names"), 27 * HOUR, False),
}


@pytest.mark.parametrize(("one", "ago", "looks"), LISTED.values(), ids=LISTED)
def test_what_a_sweep_looks_at(one: Listed, ago: timedelta | None, looks: bool) -> None:
    """What is or may be a hotfix, what waits, and what went round the gate since the sweep before the last."""
    with stage(harbour()) as connected:
        desk = connected.desk()
        listed = replace(one, merged_at=desk.now - ago) if ago else one
        assert needs_look(listed, "hotfix/", desk) is looks


@dataclass(frozen=True)
class Late:
    """GitHub a moment after a merge: no commit names the pull request that brought it."""

    real: ReadsPulls

    def landings(self, branch: str) -> tuple[Repository, Landings]:
        repository, landings = self.real.landings(branch)
        commits = tuple(replace(one, pulls=()) for one in landings.commits)
        return repository, replace(landings, commits=commits)


def test_a_merge_whose_commit_does_not_name_it_yet_is_no_push(found: Hotfix) -> None:
    """The list of merges knows it: no review is owed for having been pushed."""
    found.opened("A better name.", branch="feature/names").look()
    found.world.person("jordan").merges(found.number, "squash")
    desk = found.stage.desk()
    assert list(arrived(replace(desk, pulls=Late(desk.pulls)), "main")) == []
