"""Who is called: users, each once, never a team."""

from dataclasses import replace

import pytest
from tests.values import TEAM, assigned, case, comment, incident_thread, thread

from stanch.core.config import DEFAULTS, Config
from stanch.core.oncall import called, owners_in
from stanch.core.thread import Thread

OWNERS = "* @octo/team @sam\n# @nobody\ndocs/ riley@example.com @Riley @sam # @commented\n"


@pytest.mark.parametrize(
    ("of", "config", "people"),
    [
        (incident_thread(), TEAM, ("alex", "jordan", "morgan")),
        (incident_thread(assigned("sam", 1), assigned("Jordan", 1)), TEAM, ("sam", "Jordan", "alex", "morgan")),
        (incident_thread(), DEFAULTS, ("sam", "Riley")),
        (incident_thread(assigned("kim", 1)), DEFAULTS, ("kim", "sam", "Riley")),
        (incident_thread(), replace(TEAM, call_at_most=2), ("alex", "jordan")),
        (incident_thread(severity=2), TEAM, ("jordan",)),
        (incident_thread(assigned("kim", 1), severity=2), TEAM, ("kim",)),
        (incident_thread(comment(1, "sam", "/ack", 2), severity=2), TEAM, ("sam",)),
        (incident_thread(comment(1, "sam", "/lead @kim", 2), severity=2), TEAM, ("kim",)),
        (incident_thread(severity=2), replace(TEAM, people=("Alex",)), ("Alex",)),
        (incident_thread(severity=3), TEAM, None),
        (incident_thread(assigned("sam", 1), severity=3), TEAM, ("sam",)),
        (incident_thread(assigned("sam", 1), comment(1, "sam", "/ack", 2), severity=3), TEAM, None),
        (incident_thread(severity=4), TEAM, None),
        (thread(), replace(TEAM, people=()), ("sam",)),
    ],
)
def test_who_is_called(of: Thread, config: Config, people: tuple[str, ...] | None) -> None:
    """All hands, one engineer, the assignee or nobody, by severity."""
    found = case(of, 5, config).incident
    assert found is not None
    assert called(found, config, OWNERS) == people


def test_everybody_whom_the_team_named_is_called() -> None:
    """Twelve named people are twelve; of the owners of the code, eight; and `call: at-most` decides over both."""
    crowd = tuple(f"p{n}" for n in range(12))
    owners = "* " + " ".join(f"@{login}" for login in crowd)
    found = case(incident_thread(), 5).incident
    assert found is not None
    assert called(found, replace(TEAM, people=crowd), "") == crowd
    assert called(found, DEFAULTS, owners) == crowd[:8]
    for config in (replace(TEAM, people=crowd, call_at_most=10), replace(DEFAULTS, call_at_most=10)):
        assert called(found, config, owners) == crowd[:10]


def test_codeowners_names_users() -> None:
    """No teams, addresses or comments; each user once, in the file's order."""
    assert owners_in(OWNERS) == ("sam", "Riley")
    assert owners_in("") == ()
