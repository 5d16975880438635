"""What a team may decide, and what holds until it does."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from stanch.core.clock import BusinessDays, SameBusinessDay, Within
from stanch.core.config import DEFAULTS, Call, Config, Service, Source, load
from stanch.core.config_problems import MOST_PROBLEMS, Value
from stanch.core.proof.suite import ProofRules, ReportKind, Suite
from stanch.core.severity import Severity


def config_of(value: Value) -> Config:
    loaded = load(Source(value=value))
    assert loaded.problems == ()
    return loaded.config


def messages(value: Value) -> list[str]:
    loaded = load(Source(value=value))
    assert replace(loaded.config, people=(), clients=(), tells_clients=True, aliases={}) == DEFAULTS
    return [problem.message for problem in loaded.problems]


def suites(**changed: Value) -> Value:
    """A proof with one suite; a key that is None is left out."""
    right: dict[str, Value] = {"name": "api", "tests": ["**/test_*.py"], "command": "pytest --junitxml={report}"}
    return {"proof": {"suites": [{key: value for key, value in (right | changed).items() if value is not None}]}}


def test_the_defaults_are_those_of_the_handbook() -> None:
    """With no config, a SEV-1 is acknowledged in 5 minutes, fixed in 2 hours, and so on down the table."""
    one, two, three, four = (DEFAULTS.promises(severity) for severity in Severity)
    quarter = Within(timedelta(minutes=15))
    assert (one.acknowledge, one.first_client_message) == (Within(timedelta(minutes=5)), quarter)
    assert (one.update, one.fix) == (timedelta(minutes=30), Within(timedelta(hours=2)))
    assert (one.call, one.postmortem) == (Call.EVERYONE, BusinessDays(2))
    assert (two.acknowledge, two.first_client_message) == (quarter, quarter)
    assert (two.update, two.fix) == (timedelta(hours=2), SameBusinessDay())
    assert (two.call, two.postmortem) == (Call.ONE, BusinessDays(2))
    assert (three.acknowledge, three.remind, three.call) == (BusinessDays(1), False, Call.ASSIGNEE)
    assert (three.first_client_message, three.update, three.fix, three.postmortem) == (None, None, None, None)
    assert (four.card, four.acknowledge, four.call) == (False, None, Call.NOBODY)
    assert (DEFAULTS.calm_factor, DEFAULTS.call_at_most) == (4, None)
    assert DEFAULTS.containment_expires == timedelta(days=7)


@pytest.mark.parametrize("nothing", [None, {}, {"team": None, "people": None, "severities": {"sev-1": None}}])
def test_nothing_written_means_the_defaults(nothing: Value) -> None:
    """An empty file, and sections whose lines are all commented out."""
    assert config_of(nothing) == DEFAULTS


def test_everything_that_may_be_written_is_taken_over() -> None:
    """Each section lands where practices look for it."""
    config = config_of(
        {
            "version": 1,
            "team": {
                "name": "Checkout",
                "zone": "Europe/Berlin",
                "days": ["sun", "mon"],
                "hours": "9:00\u201317:30",
                "holidays": ["2026-12-25"],
            },
            "people": ["alex", 12345],
            "clients": ["riley"],
            "environments": {"production": ["live"], "staging": []},
            "services": {"checkout": {"look": ["https://logs.example/a"], "rollback": "undo", "owner": "sam"}},
            "forms": {"severity": ["Allvarlighetsgrad"]},
            "containment": {"expires": "2d"},
            "updates": {"calm": 2},
            "call": {"at-most": 3},
        }
    )
    calendar = config.calendar
    assert (config.team, calendar.zone, calendar.days) == ("Checkout", "Europe/Berlin", frozenset({6, 0}))
    assert (calendar.opening, calendar.closing) == (time(9), time(17, 30))
    assert calendar.holidays == frozenset({date(2026, 12, 25)})
    assert (config.people, config.clients, config.tells_clients) == (("alex", "12345"), ("riley",), True)
    assert (config.production, config.staging) == (("live",), ())
    assert config.services == {"checkout": Service(("https://logs.example/a",), "undo", "sam")}
    assert (config.field_labels("severity"), config.field_labels("how")) == (("Allvarlighetsgrad",), ())
    assert (config.containment_expires, config.calm_factor, config.call_at_most) == (timedelta(days=2), 2, 3)


def test_a_severity_overrides_only_what_is_written() -> None:
    """`none` is a decision; a key that is left out keeps its default."""
    written: Value = {"severities": {"sev-1": {"first-client-message": "none", "update": "1h", "call": "one"}}}
    rules, usual = config_of(written).promises(Severity.SEV_1), DEFAULTS.promises(Severity.SEV_1)
    assert (rules.first_client_message, rules.update, rules.call) == (None, timedelta(hours=1), Call.ONE)
    assert (rules.acknowledge, rules.fix, rules.postmortem) == (usual.acknowledge, usual.fix, usual.postmortem)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ({}, 5),
        ({"acknowledge": "10m"}, 10),
        ({"acknowledge": "10m", "escalate": "3m"}, 3),
        ({"escalate": "none"}, None),
        ({"acknowledge": "none"}, None),
        ({"acknowledge": "1 business day"}, None),
        ({"acknowledge": "1 business day", "escalate": "30m"}, 30),
    ],
)
def test_each_person_has_as_long_to_answer_as_an_acknowledgement_may_take(
    written: dict[str, Value], minutes: int | None
) -> None:
    """Unless a pace of its own is written; a promise in working days is no pace."""
    rules = config_of({"severities": {"sev-1": written}}).promises(Severity.SEV_1)
    assert rules.escalate == (timedelta(minutes=minutes) if minutes else None)
    assert config_of({"severities": {"sev-3": {"acknowledge": "10m"}}}).promises(Severity.SEV_3).escalate is None


def test_a_team_without_clients_owes_them_no_message() -> None:
    """`clients: none` silences the client clock at every severity, and nothing else."""
    config = config_of({"clients": "none"})
    assert not config.tells_clients
    assert all(config.promises(severity).first_client_message is None for severity in Severity)
    assert config.promises(Severity.SEV_1).update == timedelta(minutes=30)


def test_aliases_mean_what_their_key_says() -> None:
    """The team's labels are found in any spelling; the label that is set is the canonical one."""
    config = config_of({"labels": {"sev-1": ["P0-critical"], "client-report": ["from client"], "post-mortem": ["PM"]}})
    assert config.severity_of("p0 critical") is Severity.SEV_1
    assert config.severity_in_choice("P0-critical: all is down") is Severity.SEV_1
    assert config.severity_of("PM") is None
    assert config.is_client_report("From-Client")
    assert config.is_client_report("client report")
    assert config.is_postmortem("pm")
    assert config.is_postmortem("Post Mortem")
    assert not config.is_postmortem("sev-1")
    assert config.label_for(Severity.SEV_1) == "sev-1"


def test_a_sweep_watches_what_gets_a_card() -> None:
    """SEV-4 is not looked at unless the team wants cards for it; aliases follow their label."""
    usual = ("sev-1", "sev-2", "sev-3", "client-report", "post-mortem")
    assert DEFAULTS.watched_labels() == usual
    config = config_of({"labels": {"sev-2": ["P1"]}, "severities": {"sev-4": {"card": True}}})
    assert config.watched_labels() == ("sev-1", "sev-2", "P1", "sev-3", "sev-4", "client-report", "post-mortem")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"serv": {}}, 'unknown key "serv"; did you mean "services"?'),
        ({"People": []}, 'unknown key "People"; did you mean "people"?'),
        ({"call": {"at_most": 3}}, 'unknown key "at_most"; did you mean "at-most"?'),
        ({"call": {"zzz": 3}}, 'unknown key "zzz"; known here: at-most'),
        ({"services": {"a": {"owners": "x"}}}, 'unknown key "owners"; did you mean "owner"?'),
        ({"severities": {"SEV-1": {}}}, 'unknown key "SEV-1"; did you mean "sev-1"?'),
        ([1], "the file is a list; write `key: value` lines"),
        ("people", 'the file is "people"; write `key: value` lines'),
        ({"people": "alex"}, 'people is "alex"; write a list, such as [one, two]'),
        ({"clients": "nobody"}, 'clients is "nobody"; write a list, such as [one, two]'),
        ({"team": [1]}, "team is a list; write `key: value` lines"),
        ({"services": {"a": None}}, "services.a is empty; write `key: value` lines"),
        ({"team": {"days": []}}, "team.days is empty; a week needs at least one working day"),
        ({"team": {"hours": "09:00-24:00"}}, 'team.hours is "09:00-24:00"; the last minute of a day is 23:59'),
        ({"team": {"hours": "18:00-09:00"}}, 'team.hours is "18:00-09:00"; the day must open before it closes'),
        ({"team": {"holidays": ["2026-02-30"]}}, 'team.holidays[1] is "2026-02-30"; the calendar has no such day'),
        ({"version": 2}, "version is 2; write 1"),
        ({"people": ["alex", "Alex"]}, 'people[2] is "Alex", which already stands in people[1]'),
        ({"labels": {"sev-1": ["P1"], "sev-2": ["p-1"]}}, 'labels.sev-2[1] is "p-1", which already means sev-1'),
        ({"labels": {"sev-2": ["SEV 1"]}}, 'labels.sev-2[1] is "SEV 1", which already means sev-1'),
        ({"labels": {"sev-2": ["Drill"]}}, 'labels.sev-2[1] is "Drill", which already means drill'),
        ({"forms": {"how": ["Hur"], "data": ["hur"]}}, 'forms.data[1] is "hur", which already means how'),
        ({"proof": {"repeat": {}}}, 'unknown key "repeat"; did you mean "repeats"?'),
        (suites(comand="x"), 'unknown key "comand"; did you mean "command"?'),
        (suites(tests=None), "proof.suites[1].tests is missing, and nothing can stand in for it"),
        (suites(report="xml"), f'proof.suites[1].report is "xml"; write one of {", ".join(ReportKind)}'),
        (
            suites(report="junti"),
            f'proof.suites[1].report is "junti"; write one of {", ".join(ReportKind)}; did you mean "junit"?',
        ),
        (
            suites(command="pytest"),
            "proof.suites[1] reports by junit, which needs {report} in its command",
        ),
    ],
)
def test_each_mistake_is_said_with_its_remedy(value: Value, message: str) -> None:
    """One sentence: where, what was written, what to write instead; and the defaults hold."""
    assert messages(value) == [message]


def test_a_wrong_zone_gets_the_name_that_was_meant() -> None:
    """Zones are matched exactly, and a near miss is named."""
    assert 'did you mean "Europe/Berlin"' in messages({"team": {"zone": "europe/berlin"}})[0]
    assert "such as Europe/Berlin" in messages({"team": {"zone": "Mars/Base"}})[0]


def test_a_proof_is_taken_over_with_its_suites() -> None:
    """What is left out keeps its default; a root of `.` is the repository's."""
    rules = config_of({"proof": {"repeats": {"after": 5}, "budget": "3m"}}).proof
    assert rules == ProofRules(before=2, after=5, budget=timedelta(minutes=3))
    (suite,) = config_of(suites(root=".", inline=["src/**/*.rs"], setup="make")).proof.suites
    command = "pytest --junitxml={report}"
    assert suite == Suite("api", command, tests=("**/test_*.py",), inline=("src/**/*.rs",), setup="make")


def test_all_mistakes_are_told_at_once() -> None:
    """Shape, values and doubled names do not wait for each other."""
    found = messages({"serv": 1, "people": ["a", "a"], "team": {"zone": 7}, "updates": {"calm": 0}})
    assert len(found) == 4


@pytest.mark.parametrize("mistake", [{"serv": 1}, {"severities": {"sev-1": 5}}, {"team": {"zone": "Mars/Base"}}])
def test_a_mistake_elsewhere_keeps_nobody_from_being_called(mistake: dict[str, Value]) -> None:
    """Who is called, and for which labels, counts whatever else is wrong; promises and the calendar do not."""
    right: dict[str, Value] = {"people": ["alex"], "clients": ["kim"], "labels": {"sev-1": ["P1"]}}
    loaded = load(Source(value={**right, "updates": {"calm": 2}, **mistake}))
    assert len(loaded.problems) == 1
    assert loaded.config == config_of(right)


def test_a_mistake_about_people_costs_only_the_people() -> None:
    """Each of the three is judged by itself."""
    loaded = load(Source(value={"people": ["a", "a"], "clients": "none", "labels": {"sev-9": []}}))
    assert len(loaded.problems) == 2
    assert loaded.config == replace(DEFAULTS, tells_clients=False)


def test_a_flood_of_mistakes_is_counted() -> None:
    """Nobody reads the hundredth line; the last one says how many there are."""
    found = messages({f"key{n}": 1 for n in range(200)})
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1] == "and 150 more problems from here on"
