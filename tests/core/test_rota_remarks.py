"""What a team should know of its rota, although nothing is wrong with it."""

import pytest

from stanch.adapters.config_file import read_config, read_source
from stanch.core.config_problems import Remark
from stanch.core.config_remarks import remarks


def said(text: str) -> list[str]:
    """The remarks on a file that has no problems, each with its line and column."""
    loaded = read_config(text, "x")
    assert loaded.problems == ()
    source = read_source(text, "x")
    return sorted(str(remark.told(source)).removeprefix("x:") for remark in remarks(loaded.config))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "people: [alex]",
        "oncall: {}",
        "oncall: {lead: robin}",
        "people: [alex, jordan, morgan]\noncall: {handover: mon 09:00, lead: Morgan}",
        "oncall: {people: [alex, jordan, morgan]}",
        "oncall: {people: [alex, jordan, morgan], period: 99 weeks}",
        "oncall: {layers: {primary: {people: [alex, jordan]}, secondary: {people: [morgan, sam]}}}",
        "oncall: {people: [alex, jordan, kim], overrides: [{person: sam, from: 2026-12-24, to: 2026-12-26}]}",
    ],
)
def test_nothing_is_said_of_a_rota_that_is_well(text: str) -> None:
    """No rota, enough people, and nobody twice."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (
            "alex",
            "2:1: alex is always on call: agree on when nobody is called, and on somebody to ask when it is too m",
        ),
        ("alex, sam", "2:1: neither alex nor sam is ever off: a third person, if only now and then, would give rest"),
    ],
)
def test_a_team_of_one_or_two_is_told_once_and_kindly(people: str, expected: str) -> None:
    """It works; what it costs is said in one sentence."""
    (told,) = said(f"people: [{people}]\noncall: {{handover: mon 09:00}}")
    assert told.startswith(expected)


LAYERS = """\
oncall:
  layers:
    primary: {people: [alex, jordan, morgan]}
    secondary: {people: [%s]%s}
"""


@pytest.mark.parametrize(
    ("second", "more", "expected"),
    [
        ("sam", "", ["2:3: sam is never off; more people, or fewer layers, would give rest"]),
        ("sam, kim", "", []),
        ("sam, kim", ", handover: mon 10:00", []),
        ("jordan, morgan, alex", "", []),
        (
            "morgan, alex",
            "",
            ["4:17: alex and morgan at times stand alone in primary and secondary; change one of the lists"],
        ),
        ("sam, Alex", "", ["4:17: alex at times stands alone in primary and secondary; change one of the lists"]),
        (
            "sam, kim",
            ", starts: 2026-12-07",
            ["4:37: nobody is secondary before 2026-12-07, and primary begins earlier; give both one starts"],
        ),
        (
            "alex, kim",
            ", period: 3 weeks",
            ["4:17: alex at times stands alone in primary and secondary; change one of the lists"],
        ),
    ],
)
def test_layers_are_laid_side_by_side(second: str, more: str, expected: list[str]) -> None:
    """Somebody who is never off, who stands in both at the same time, and a layer that begins later."""
    assert said(LAYERS % (second, more)) == expected


def test_more_people_may_still_leave_nobody_off() -> None:
    """Three people in three layers change places, and no more."""
    layers = "a: {people: [alex, sam, kim]}, b: {people: [sam, kim, alex]}, c: {people: [kim, alex, sam]}"
    told = ["1:10: alex, sam and kim are never off; more people, or fewer layers, would give rest"]
    assert said(f"oncall: {{layers: {{{layers}}}}}") == told


def test_strangers_are_told_once_each() -> None:
    """Whoever is in a layer, covers or leads without being among people; case does not matter."""
    text = """\
people: [alex, jordan, morgan]
oncall:
  lead: robin
  layers:
    primary: {people: [Alex, jordan, sam]}
  overrides:
    - {person: SAM, from: 2026-12-24, to: 2026-12-26}
    - {person: kim, from: 2026-12-28, to: 2026-12-29}
"""
    assert said(text) == [
        f"{place}: {login} is not among people, so a call to all hands may leave them out"
        for place, login in (("3:3", "robin"), ("5:38", "sam"), ("8:8", "kim"))
    ]


@pytest.mark.parametrize(
    ("since", "until", "twice"),
    [
        ("2026-11-17", "2026-11-18", True),
        ("2026-11-22", "2026-11-24", True),
        ("2026-11-24", "2026-11-25", False),
        ("2026-12-01", "2026-12-02", False),
    ],
)
def test_whoever_covers_may_have_a_turn_of_their_own(since: str, until: str, twice: bool) -> None:
    """Jordan is secondary from the 16th, primary from the 23rd, and off from the 30th on."""
    text = f"""\
oncall:
  people: [alex, jordan, morgan]
  starts: 2026-11-16
  overrides:
    - {{person: Jordan, from: {since}, to: {until}}}
"""
    expected = ["5:8: Jordan is secondary too while they cover primary; let somebody cover that"]
    assert said(text) == (expected if twice else [])


def test_an_override_that_is_covered_itself_is_not_told() -> None:
    """Somebody else covers the later one: nobody stands in two layers."""
    text = """\
oncall:
  people: [alex, jordan, morgan]
  starts: 2026-11-16
  overrides:
    - {person: jordan, from: 2026-11-17, to: 2026-11-18}
    - {person: sam, layer: secondary, from: 2026-11-17, to: 2026-11-18}
"""
    assert said(text) == []


def test_a_remark_stands_at_the_nearest_place_that_is_written() -> None:
    """What follows from a line alone is told of that line; of an empty file, of its beginning."""
    remark = Remark(("oncall", "layers", "primary", "people", 3), "so")
    assert str(remark.told(read_source("a: 1\noncall: {people: [alex]}", "x"))) == "x:2:1: so"
    assert str(remark.told(read_source("", "x"))) == "x:1:1: so"
