"""The config file as people write it: places, YAML's traps, and files that are not what they should be."""

from dataclasses import replace

import pytest
import yaml

from stanch.adapters import config_file
from stanch.adapters.config_file import MOST_BYTES, read_config, read_either, read_source
from stanch.core.config import DEFAULTS
from stanch.core.config_problems import Value
from tests.steps import steps


@pytest.fixture(autouse=True, params=[yaml.CSafeLoader, yaml.SafeLoader], ids=["libyaml", "python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers of PyYAML: not every installation has libyaml."""
    monkeypatch.setattr(config_file, "PARSER", request.param)


def told(text: str | bytes) -> list[str]:
    loaded = read_config(text)
    assert replace(loaded.config, people=(), clients=()) == DEFAULTS
    return [str(problem).removeprefix(".github/stanch.yml:") for problem in loaded.problems]


def test_every_mistake_is_told_where_it_stands() -> None:
    """File, line and column of the key or the value, in the order of the file, all at once."""
    text = """\
team:
  zone: Mars/Base
  hours: 18:00-9:00

serv:
  checkout: {}
people: [alex, "@jordan"]
people: [sam]
severities:
  sev-1:
    acknowlege: 5m
    fix: soon
"""
    loaded = read_config(text)
    assert [str(problem).split(";")[0] for problem in loaded.problems] == [
        '.github/stanch.yml:2:9: team.zone is "Mars/Base"',
        '.github/stanch.yml:3:10: team.hours is "18:00-9:00"',
        '.github/stanch.yml:5:1: unknown key "serv"',
        '.github/stanch.yml:7:16: people[2] is "@jordan"',
        '.github/stanch.yml:8:1: "people" is written twice, first in line 7',
        '.github/stanch.yml:11:5: unknown key "acknowlege"',
        '.github/stanch.yml:12:10: severities.sev-1.fix is "soon"',
    ]


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("9:00", "9:00"),
        ("22:22:22", "22:22:22"),
        ("on", "on"),
        ("no", "no"),
        ("yes", "yes"),
        ("True", "True"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("1.5", "1.5"),
        (".nan", ".nan"),
        ("2026-01-02", "2026-01-02"),
        ("2026-01-02 03:04:05", "2026-01-02 03:04:05"),
        ("=", "="),
        ("1" * 5000, "1" * 5000),
        ("12", 12),
        ("-3", -3),
        ("'12'", "12"),
        ("true", True),
        ("'true'", "true"),
        ("~", None),
        ("null", None),
        ("''", ""),
        ("|\n  a\n  b\n", "a\nb\n"),
    ],
)
def test_scalars_stay_what_was_written(scalar: str, value: Value) -> None:
    """Only a plain whole number, `true`, `false` and nothing are more than text."""
    assert read_source(f"a: {scalar}").value == {"a": value}


def test_yaml_traps_do_not_change_what_a_team_meant() -> None:
    """Hours without a leading zero, a login of digits, a label with leading zero and a label named `on`."""
    text = 'team: {hours: 9:00-17:30}\npeople: [12345]\nlabels: {sev-1: [012, on, 2026-01-02, "P0: now"]}\n'
    loaded = read_config(text)
    assert loaded.problems == ()
    assert (loaded.config.calendar.opening.hour, loaded.config.people) == (9, ("12345",))
    assert loaded.config.aliases["sev-1"] == ("012", "on", "2026-01-02", "P0: now")


@pytest.mark.parametrize(
    "text", [None, "", "\n\n", "# nothing yet\n", "\ufeff", "---\n", "{}", "people:\n#  - alex\n", b""]
)
def test_nothing_written_means_the_defaults(text: str | bytes | None) -> None:
    """No file, an empty one, comments only, and a section whose lines are commented out."""
    loaded = read_config(text)
    assert (loaded.config, loaded.problems) == (DEFAULTS, ())


def test_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    """They change neither meaning nor places."""
    text = "\ufeffpeople:\r\n  - alex\r\n"
    assert read_config(text).config.people == ("alex",)
    assert read_config(text.encode()).config.people == ("alex",)
    assert told("\ufeffteam:\r\n  nmae: x\r\n") == ['2:3: unknown key "nmae"; did you mean "name"?']


def test_columns_count_characters() -> None:
    """A wide or four-byte character before the mistake does not move it."""
    assert told("team: {name: '\U0001f6d1\u00e9', zone: Mars}")[0].startswith("1:26: team.zone")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("people: &a [x]", '1:9: take "&a" out; anchors are not read'),
        ("people: !!python/tuple [x]", '1:9: take the tag "tag:yaml.org,2002:python/tuple" out; tags are not read'),
        ("people: [! x]", '1:10: take the tag "!" out; tags are not read'),
        ("<<: {}", '1:1: write the keys out instead of "<<"; merging is not read'),
        ("? [a]\n: 1", "1:3: a key must be plain text"),
        ("? \n: 1", '1:2: a key is missing before ":"'),
        ("team: {name: a, name: b}", '1:17: "name" is written twice, first in line 1'),
        ("{}\n---\n{}", '2:1: a second document begins here; take "---" out'),
        ("- people", "1:1: the file is a list; write `key: value` lines"),
        ("people", '1:1: the file is "people"; write `key: value` lines'),
        ("people: [@alex]", '1:10: text that begins with "@" needs quotes; a login is written without "@"'),
        ("team:\n\tname: x", "2:1: a tab cannot indent; use spaces"),
        ("team: name: x", '1:11: a second ":" in one line; put the text in quotes, or mend the indentation'),
        (
            "people: [al\u202eex]",
            "1:12: the invisible character U+202E (right-to-left override) is not allowed here",
        ),
        ("people: [a\0]", "1:11: the invisible character U+0000 (control character) is not allowed here"),
        (
            'team: {name: "a\\u202eb"}',
            "1:14: the invisible character U+202E (right-to-left override) is not allowed here",
        ),
        ("a\ud800", "1:2: the invisible character U+D800 (control character) is not allowed here"),
        (b"people: [a]\n\xff\xfe", "2:1: the file is not UTF-8; save it as UTF-8"),
        ("#" * (MOST_BYTES + 1), "1:1: the file has 65,537 bytes; at most 65,536 are read"),
        ("[" * 2_000, "1:33: nested deeper than 32 levels"),
    ],
)
def test_what_is_not_read_is_named(text: str | bytes, problem: str) -> None:
    """One sentence with the place and the remedy, and the defaults hold."""
    assert told(text) == [problem]


def test_an_alias_is_never_expanded() -> None:
    """The anchor and each use of it are named, and nothing grows."""
    found = told("people: &a [x]\nclients: [*a, *a, *a]")
    assert len([problem for problem in found if "instead of" in problem]) == 3


def test_every_hidden_character_is_named() -> None:
    """Also when there are several, each at its place."""
    assert [problem[:5] for problem in told("a\u200b: b\u2066\r\nc: \x07")] == ["1:2: ", "1:6: ", "2:4: "]


def test_a_message_hides_nothing() -> None:
    """Words that are repeated to people show what was hidden in them, in one line."""
    assert all(problem.isprintable() for problem in told('people: ["a\\u202eb\\nc"]'))


@pytest.mark.parametrize("text", ["{", "[a", "'", '"\\q"', "a: [}", "%YAML 9.9\n---\n", "a: |9x", "- a\nb", "&", "*"])
def test_text_that_is_not_yaml_is_one_problem(text: str) -> None:
    """Whatever stops the parser is told as one line, without a traceback."""
    assert len([problem for problem in told(text) if "unknown key" not in problem]) == 1


@pytest.mark.unmeasured
@pytest.mark.parametrize("text", ["[" * 8_000, "{" * 8_000, "- " * 8_000, "? " * 8_000, "a: " * 8_000, "k:\n" * 8_000])
def test_depth_and_repetition_cost_no_stack(text: str) -> None:
    """Nesting without end is a problem that is named; twice as much of it takes at most three times the steps."""
    assert told(text)
    half = text[: len(text) // 2]
    assert steps(lambda: told(text)) <= 3 * steps(lambda: told(half)) + 1_000


def test_the_yml_file_wins_over_the_yaml_file() -> None:
    """Both present is a problem of the second one; the first is in force."""
    loaded = read_either("people: [alex]", "people: [sam]")
    assert loaded.config.people == ("alex",)
    assert [str(problem) for problem in loaded.problems] == [
        ".github/stanch.yaml:1:1: .github/stanch.yml exists too and is the one in force; delete this file"
    ]


def test_the_yaml_file_alone_is_read() -> None:
    """Its problems carry its own name."""
    assert read_either(None, "people: [alex]").config.people == ("alex",)
    assert str(read_either(None, "peple: 1").problems[0]).startswith(".github/stanch.yaml:1:1: ")
    assert read_either(None, None).problems == ()


def test_a_config_twice_as_long_takes_twice_the_steps() -> None:
    """1,200 lines are read in proportion to their number."""

    def services(count: int) -> str:
        rows = (f"  s{n}:\n    look: [https://a.example/{n}]\n    rollback: undo it\n" for n in range(count))
        return "services:\n" + "".join(rows)

    assert len(read_config(services(400)).config.services) == 400
    assert steps(lambda: read_config(services(400))) <= 3 * steps(lambda: read_config(services(200)))
