"""The section `oncall:`: a line for a small team, layers for a larger one, and what is wrong said with its place."""

from datetime import UTC, date, datetime, time

import pytest

from stanch.adapters.config_file import read_config
from stanch.core.config import DEFAULTS, Source, load
from stanch.core.config_problems import Value
from stanch.core.rota import ALWAYS, Layer, Override, Rota

THREE = ("alex", "jordan", "morgan")
PEOPLE: Value = ["alex", "jordan", "morgan"]


def rota_of(section: Value, **others: Value) -> Rota:
    loaded = load(Source(value={"oncall": section, **others}))
    assert loaded.problems == ()
    return loaded.config.oncall


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("section", [None, {}])
def test_nothing_written_is_no_rota(section: Value) -> None:
    """Nor are people who are listed for being called on call by that."""
    assert rota_of(section, people=PEOPLE) == Rota() == DEFAULTS.oncall


def test_a_small_team_needs_one_line() -> None:
    """Who takes turns as primary; the next in turn is secondary."""
    rota = rota_of({"people": PEOPLE, "period": "1 week", "handover": "mon 09:00"})
    assert rota == Rota((Layer("primary", THREE), Layer("secondary", ("jordan", "morgan", "alex"))))


@pytest.mark.parametrize(
    ("people", "layers"),
    [
        (["alex"], [("primary", ("alex",))]),
        (["alex", "jordan"], [("primary", ("alex", "jordan")), ("secondary", ("jordan", "alex"))]),
    ],
)
def test_a_team_of_one_or_two_is_no_mistake(people: list[Value], layers: list[tuple[str, tuple[str, ...]]]) -> None:
    """One person is primary, of two each is behind the other."""
    rota = rota_of({"people": people})
    assert [(layer.name, layer.people) for layer in rota.layers] == layers


def test_the_teams_people_and_zone_are_taken_where_none_are_named() -> None:
    """When turns change is enough for a team that has said already who it is and where."""
    rota = rota_of({"handover": "tue 8:30"}, people=PEOPLE, team={"zone": "Europe/Berlin"})
    first = date(2000, 12, 26)
    assert rota.layers[0] == Layer("primary", THREE, first, 7, time(8, 30), "Europe/Berlin")


def test_a_lead_alone_makes_no_turns() -> None:
    """Whoever is called last is decided without deciding anything else."""
    assert rota_of({"lead": "morgan"}, people=PEOPLE) == Rota(lead="morgan")


def test_layers_stand_in_the_order_of_escalation() -> None:
    """What a layer does not say counts as for all of them."""
    rota = rota_of(
        {
            "period": "2 weeks",
            "handover": "wed 10:00",
            "starts": "2026-11-20",
            "zone": "Asia/Tokyo",
            "layers": {
                "primary": {"people": ["alex", "jordan"]},
                "second line": {"people": ["kim"], "period": "1 day", "starts": "2026-12-01", "zone": "UTC"},
                "night": {"people": ["sam"], "handover": "19:00", "period": "1 week"},
            },
        }
    )
    assert rota.layers == (
        Layer("primary", ("alex", "jordan"), date(2026, 11, 18), 14, time(10), "Asia/Tokyo"),
        Layer("second line", ("kim",), date(2026, 12, 1), 1, time(10), "UTC"),
        Layer("night", ("sam",), date(2026, 11, 20), 7, time(19), "Asia/Tokyo"),
    )


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ({}, ALWAYS),
        ({"handover": "sun 09:00"}, date(2000, 12, 31)),
        ({"starts": "2026-11-18"}, date(2026, 11, 18)),
        ({"starts": "2026-11-18", "handover": "mon 09:00"}, date(2026, 11, 16)),
        ({"starts": "2026-11-16", "handover": "mon 09:00"}, date(2026, 11, 16)),
        ({"starts": "2026-11-18", "handover": "09:00", "period": "3 days"}, date(2026, 11, 18)),
    ],
)
def test_the_first_turn_is_the_one_in_which_the_day_lies(written: dict[str, Value], first: date) -> None:
    """Turns are counted from a day that somebody wrote, or from one that never moves: never from today."""
    assert rota_of({"people": PEOPLE, **written}).layers[0].first == first


@pytest.mark.parametrize(
    ("text", "days"),
    [("1 week", 7), ("2 weeks", 14), ("1 day", 1), ("10 days", 10), ("2w", 14), ("3 d", 3)],
)
def test_a_period_is_days_or_weeks(text: str, days: int) -> None:
    """A number with its unit."""
    assert rota_of({"people": PEOPLE, "period": text}).layers[0].days == days


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-12-24", "2026-12-26", ("2026-12-23 23:00", "2026-12-26 23:00")),
        ("2026-12-24", "2026-12-24", ("2026-12-23 23:00", "2026-12-24 23:00")),
        ("2026-12-24 18:00", "2026-12-25 9:00", ("2026-12-24 17:00", "2026-12-25 08:00")),
        ("2026-12-24T18:00 UTC", "2026-12-24T19:30Z", ("2026-12-24 18:00", "2026-12-24 19:30")),
        ("2027-03-28 02:30", "2027-03-28", ("2027-03-28 01:30", "2027-03-28 22:00")),
        ("2026-10-25 02:30", "2026-10-25 03:00", ("2026-10-25 00:30", "2026-10-25 02:00")),
    ],
)
def test_an_override_is_days_or_times(since: str, until: str, expected: tuple[str, str]) -> None:
    """Whole days are included; a time is local unless it says UTC, by the rules for clocks that change."""
    written: Value = {"people": PEOPLE, "overrides": [{"person": "sam", "from": since, "to": until}]}
    (override,) = rota_of(written, team={"zone": "Europe/Berlin"}).overrides
    assert override == Override("primary", "sam", utc(expected[0]), utc(expected[1]))


def test_an_override_is_local_where_its_layer_is() -> None:
    """A layer with a zone of its own is covered by its own clock."""
    layers: Value = {"day": {"people": ["alex"]}, "night": {"people": ["kim"], "zone": "Asia/Tokyo"}}
    cover: Value = {"person": "sam", "layer": "night", "from": "2026-12-24", "to": "2026-12-24"}
    (override,) = rota_of({"layers": layers, "overrides": [cover]}, team={"zone": "Europe/Berlin"}).overrides
    assert override == Override("night", "sam", utc("2026-12-23 15:00"), utc("2026-12-24 15:00"))


def test_an_override_of_a_layer_that_has_no_turns_is_left_out() -> None:
    """A team that shrank to one person has no secondary to cover for."""
    cover: Value = {"person": "sam", "layer": "secondary", "from": "2026-12-24", "to": "2026-12-24"}
    assert rota_of({"overrides": [cover]}, people=["alex"]) == Rota((Layer("primary", ("alex",)),))


def covering(**changed: Value) -> Value:
    right: dict[str, Value] = {"person": "sam", "from": "2026-12-24", "to": "2026-12-26"}
    return {"people": PEOPLE, "overrides": [right | changed]}


def test_what_is_missing_is_looked_for_where_it_should_stand() -> None:
    """Not at the top of the file: its line is that of what it is missing from."""
    (problem,) = read_config(
        "oncall:\n  people: [alex]\n  overrides:\n    - {person: alex, from: 2026-12-24}\n"
    ).problems
    assert (problem.place.line, problem.place.column) == (4, 7)


FROM = "oncall.overrides[1].from"
WHEN = "write a day such as 2026-12-24, or a time such as 2026-12-24 18:00 or 2026-12-24 17:00 UTC"
PERIOD = "write a number of days or weeks, such as 1 week or 3 days"
HANDOVER = "write a weekday and a time, such as mon 09:00, or a time alone"


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("alex", 'oncall is "alex"; write `key: value` lines'),
        ({"peopel": PEOPLE}, 'unknown key "peopel"; did you mean "people"?'),
        ({"people": []}, "oncall.people is empty; name at least one"),
        ({"layers": {}}, "oncall.layers is empty; name at least one"),
        ({"layers": {"primary": {}}}, "oncall.layers.primary.people is missing, and nothing can stand in for it"),
        ({"layers": {"primary": {"peple": PEOPLE, "people": ["a"]}}}, 'unknown key "peple"; did you mean "people"?'),
        ({"handover": "mon 09:00"}, "oncall says when turns change, but not who takes them; add people to it"),
        ({"people": PEOPLE, "period": "0 weeks"}, f'oncall.period is "0 weeks"; {PERIOD}'),
        ({"people": PEOPLE, "period": "12h"}, f'oncall.period is "12h"; {PERIOD}'),
        ({"people": PEOPLE, "period": 7}, f"oncall.period is 7; {PERIOD}"),
        ({"people": PEOPLE, "handover": "monday 09:00"}, f'oncall.handover is "monday 09:00"; {HANDOVER}'),
        ({"people": PEOPLE, "handover": "mon 24:00"}, f'oncall.handover is "mon 24:00"; {HANDOVER}'),
        ({"people": PEOPLE, "handover": "mon"}, f'oncall.handover is "mon"; {HANDOVER}'),
        ({"people": PEOPLE, "starts": "2026-02-30"}, 'oncall.starts is "2026-02-30"; the calendar has no such day'),
        ({"people": PEOPLE, "starts": "9999-12-31"}, 'oncall.starts is "9999-12-31"; write a day from 2000 to 2099'),
        (
            {"people": PEOPLE, "zone": "Europe/Berln"},
            'oncall.zone is "Europe/Berln"; write a time zone such as Europe/Berlin; did you mean "Europe/Berlin"?',
        ),
        ({"people": ["alex", "Alex"]}, 'oncall.people[2] is "Alex", who already stands in oncall.people'),
        (
            {"people": PEOPLE, "layers": {"primary": {"people": PEOPLE}}},
            "oncall.people and oncall.layers both say who takes turns; write one of them",
        ),
        (
            {"layers": {"lead": {"people": PEOPLE}}},
            'oncall.layers.lead cannot be a layer: who is called last is told by "lead" beside "layers"',
        ),
        (
            {"people": PEOPLE, "handover": "mon 09:00", "period": "3 days"},
            "oncall.handover names a weekday, but turns of 3 days change on any; write the time alone",
        ),
        (
            covering(to="2026-12-23"),
            "oncall.overrides[1].to is not after from; the override would end before it begins",
        ),
        (
            covering(**{"from": "2026-12-24 18:00", "to": "2026-12-24 18:00"}),
            "oncall.overrides[1].to is not after from; the override would end before it begins",
        ),
        (covering(layer="night"), 'oncall.overrides[1].layer is "night", which is no layer; there are primary, '),
        (covering(layer="secundary"), 'oncall.overrides[1].layer is "secundary", which is no layer; did you mean "sec'),
        (covering(**{"from": "tomorrow"}), f'{FROM} is "tomorrow"; {WHEN}'),
        (covering(**{"from": "2026-12-24 18"}), f'{FROM} is "2026-12-24 18"; {WHEN}'),
        (covering(**{"from": None}), f"{FROM} is empty; {WHEN}"),
        (covering(**{"from": "2026-02-30 18:00"}), f'{FROM} is "2026-02-30"; the calendar has no such day'),
        (covering(**{"from": "1899-01-01"}), f'{FROM} is "1899-01-01"; write a day from 2000 to 2099'),
        (covering(person="@octo/team"), 'oncall.overrides[1].person is "@octo/team"; write one person\'s GitHub login'),
    ],
)
def test_what_is_wrong_is_said(section: Value, message: str) -> None:
    """Each mistake with what it is and what to write; then nobody is on call by the file."""
    loaded = load(Source(value={"oncall": section}))
    (problem,) = loaded.problems
    assert problem.message.startswith(message)
    assert loaded.config.oncall == Rota()


def test_everything_that_is_wrong_is_said_at_once_with_its_place() -> None:
    """Line and column are those of the value."""
    text = """\
oncall:
  people: [alex, alex]
  period: 2 days
  handover: mon 09:00
  overrides:
    - {person: sam, layer: third, from: 2026-12-24, to: 2026-12-20}
"""
    assert [str(problem)[:44] for problem in read_config(text).problems] == [
        ".github/stanch.yml:2:18: oncall.people[2] is",
        ".github/stanch.yml:4:13: oncall.handover nam",
        ".github/stanch.yml:6:28: oncall.overrides[1]",
        ".github/stanch.yml:6:57: oncall.overrides[1]",
    ]


def test_a_mistake_elsewhere_leaves_who_is_on_call() -> None:
    """A typo never costs a call, nor moves a hand-over: the team's zone still counts for it."""
    team: Value = {"zone": "Europe/Berlin"}
    loaded = load(Source(value={"people": PEOPLE, "team": team, "oncall": {"period": "1 day"}, "serv": {}}))
    assert len(loaded.problems) == 1
    assert loaded.config.oncall.layers[0] == Layer("primary", THREE, days=1, zone="Europe/Berlin")
    assert loaded.config.calendar == DEFAULTS.calendar


def test_local_and_utc_are_compared_in_the_teams_zone() -> None:
    """18:00 in Berlin is before 17:30 UTC, and after 16:30 UTC."""
    for until, count in (("2026-12-24 17:30 UTC", 0), ("2026-12-24 16:30 UTC", 1)):
        section = covering(**{"from": "2026-12-24 18:00", "to": until})
        loaded = load(Source(value={"oncall": section, "team": {"zone": "Europe/Berlin"}}))
        assert len(loaded.problems) == count
