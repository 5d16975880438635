"""Who is called: users, each once, never a team."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from tests.values import START, TEAM, assigned, case, comment, incident_thread, labeled, thread

from stanch.core.config import DEFAULTS, Config
from stanch.core.incident import Incident
from stanch.core.oncall import called, chain, one_engineer, owners_in
from stanch.core.rota import Layer, Override, Rota
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


TURNS = ("jordan", "morgan", "alex")
FIRST = date(2026, 11, 10)
ROTA = Rota(
    (Layer("primary", TURNS, FIRST, at=time(2, 3)), Layer("secondary", TURNS[1:] + TURNS[:1], FIRST, at=time(2, 3)))
)
"""Jordan's turn until three minutes after the start, then Morgan's; the next in turn is behind them."""

ON_CALL = replace(TEAM, oncall=ROTA)
LATER = START + timedelta(days=1)


def incident(of: Thread, config: Config = ON_CALL) -> Incident:
    found = case(of, 5, config).incident
    assert found is not None
    return found


def rungs(config: Config, at: datetime = START, of: Thread | None = None, owners: str = "") -> list[str]:
    found = incident(of or incident_thread(), config)
    return [f"{rung.role} {rung.login}" for rung in chain(found, config, owners, at)]


@pytest.mark.parametrize(
    ("of", "people"),
    [
        (incident_thread(), ("jordan", "morgan", "alex")),
        (incident_thread(assigned("sam", 1)), ("jordan", "morgan", "sam", "alex")),
        (incident_thread(severity=2), ("jordan",)),
        (thread(labeled("sev-2", 0, by="jordan")), ("jordan",)),
        (incident_thread(assigned("kim", 1), severity=2), ("kim",)),
        (incident_thread(comment(1, "sam", "/ack", 2), severity=2), ("sam",)),
        (incident_thread(comment(1, "alex", "/sev 2 all of it", 4), severity=3), ("morgan",)),
    ],
)
def test_whoever_is_on_call_is_called_first(of: Thread, people: tuple[str, ...]) -> None:
    """All hands begin with them, one engineer is the primary, as of when the severity began to hold.

    Whoever leads goes before; that the primary declared it changes nothing.
    """
    assert called(incident(of), ON_CALL, "") == people


def test_a_later_look_calls_the_same_person() -> None:
    """The turn has changed by then, but not who was asked; another instant may be asked about."""
    found = incident(incident_thread(severity=2))
    for minutes in (2, 5, 100_000):
        again = case(incident_thread(severity=2), minutes, ON_CALL).incident
        assert again is not None
        assert called(again, ON_CALL, "") == ("jordan",)
    assert one_engineer(found, ON_CALL, "", LATER) == ("morgan",)


def test_before_the_first_turn_it_is_as_without_a_rota() -> None:
    """Somebody else than the declarer, and the people in their order."""
    later = replace(TEAM, oncall=Rota((Layer("primary", TURNS, date(2027, 1, 4)),)))
    assert called(incident(incident_thread(severity=2), later), later, "") == ("jordan",)
    assert called(incident(incident_thread(), later), later, "") == TEAM.people


def test_a_rota_names_people_too() -> None:
    """Without a list of people, all hands are those who take turns: all of them, and no owners of code."""
    crowd = tuple(f"p{n}" for n in range(12))
    config = replace(DEFAULTS, oncall=Rota((Layer("primary", crowd),)))
    people = called(incident(incident_thread(), config), config, OWNERS)
    assert people is not None
    assert (set(people), len(people)) == (set(crowd), 12)


def test_a_report_asks_for_who_was_on_call_when_it_was_made() -> None:
    """The label made it one, whatever happened to the turns since."""
    config = replace(ON_CALL, clients=("kim",))
    of = thread(labeled("client-report", 2), author="kim")
    found = case(of, 100_000, config).incident
    assert found is not None
    assert called(found, config, "") == ("jordan",)


NO_LEAD = ["primary jordan", "secondary morgan", "lead alex"]


@pytest.mark.parametrize(
    ("rota", "at", "expected"),
    [
        (ROTA, START, NO_LEAD),
        (ROTA, LATER, ["primary morgan", "secondary alex", "lead jordan"]),
        (replace(ROTA, lead="robin"), START, ["primary jordan", "secondary morgan", "lead robin"]),
        (replace(ROTA, lead="Jordan"), START, ["primary jordan", "secondary morgan"]),
        (ROTA.with_overrides(Override("primary", "morgan", START, LATER)), START, [
            "primary morgan", "secondary alex", "lead jordan"]),
        (ROTA.with_overrides(Override("primary", "sam", START, LATER)), START, [
            "primary sam", "secondary morgan", "lead alex"]),
        (Rota(ROTA.layers[:1]), START, ["primary jordan", "lead alex"]),
        (Rota((Layer("night", ("kim",)),)), START, ["night kim", "lead alex"]),
        (Rota(lead="robin"), START, ["primary alex", "secondary jordan", "lead robin"]),
        (Rota(), START, ["primary alex", "secondary jordan", "lead morgan"]),
    ],
)  # fmt: skip
def test_the_chain_goes_up_the_layers_to_the_lead(rota: Rota, at: datetime, expected: list[str]) -> None:
    """Nobody stands on it twice: the next in turn takes the place of whoever is on an earlier rung already."""
    assert rungs(replace(TEAM, oncall=rota), at) == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ((), []),
        (("alex",), ["primary alex"]),
        (("alex", "jordan"), ["primary alex", "secondary jordan"]),
        (("alex", "jordan", "morgan", "sam"), ["primary alex", "secondary jordan", "lead morgan"]),
    ],
)
def test_without_a_rota_the_chain_is_the_people_in_order(people: tuple[str, ...], expected: list[str]) -> None:
    """Whoever declared it stands on it like everybody else; a small team has a short chain."""
    assert rungs(replace(TEAM, people=people)) == expected


def test_without_people_the_chain_is_whoever_may_know() -> None:
    """The assignees, then the owners of the code."""
    assert rungs(DEFAULTS, owners=OWNERS) == ["primary sam", "secondary Riley"]
    of = incident_thread(assigned("kim", 1))
    assert rungs(DEFAULTS, of=of, owners=OWNERS) == ["primary kim", "secondary sam", "lead Riley"]


def test_two_people_on_call_take_turns_on_the_chain() -> None:
    """Each once, so that a round after a round calls neither twice in a row."""
    two = Rota((Layer("primary", ("alex", "jordan")), Layer("secondary", ("jordan", "alex"))))
    assert len(rungs(replace(TEAM, people=("alex", "jordan"), oncall=two))) == 2
    alone = Rota((Layer("primary", ("alex",)),))
    assert rungs(replace(TEAM, people=("alex",), oncall=alone)) == ["primary alex"]
