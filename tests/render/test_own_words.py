"""A team's own template: filled where it works; where it does not, ours is, and what is wrong is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.core.marker import marker_of
from stanch.core.own_templates import own_file
from stanch.core.wanted import Text
from stanch.render.environment import shipped_source
from stanch.render.own_words import LONGEST, OwnWords
from stanch.render.words import Words
from tests.app.posted import faults_of
from tests.golden.views import VIEWS
from tests.steps import steps

FILE = "postmortem.md"
PLACE = ".github/stanch/templates/postmortem.md"
WHOLE = VIEWS["postmortem/default"]
REPORTS = sorted(name for name, text in VIEWS.items() if text.template.startswith("postmortem/"))


def filled(source: str, text: Text = WHOLE) -> tuple[str, tuple[str, ...]]:
    """What a team's template makes of a view, and what is said against it."""
    words = OwnWords(Words.load(), {own_file(text.template): source})
    return words(text), words.problems


def refused(source: str, text: Text = WHOLE) -> str:
    """The one problem with a template; ours stands in for it."""
    said, problems = filled(source, text)
    assert said == Words.load()(text)
    (problem,) = problems
    assert "\n" not in problem
    assert problem.startswith(PLACE)
    assert problem.endswith("until then the layout that ships is used.")
    return problem.removeprefix(PLACE).partition(". Mend it")[0]


def test_without_a_file_of_ones_own_the_shipped_words_are_said() -> None:
    """And of other texts than reports nothing can be replaced."""
    words = OwnWords(Words.load(), {})
    assert words(WHOLE) == Words.load()(WHOLE)
    others = OwnWords(Words.load(), {"card.md": "x", "comments/card.md": "x", "postmortem.md": "x"})
    assert others(VIEWS["comments/card"]) == Words.load()(VIEWS["comments/card"])
    assert (words.problems, others.problems) == ((), ())


def test_each_file_stands_in_for_its_own_text() -> None:
    """The long one for every layout but the short one."""
    files = {"postmortem.md": "long", "postmortem-short.md": "short", "postmortem-client.md": "client"}
    words = OwnWords(Words.load(), files)
    found = {name.partition("-")[0].partition("/")[2]: words(VIEWS[name]).strip() for name in REPORTS}
    assert found == {"default": "long", "list": "long", "table": "long", "short": "short", "client": "client"}


@pytest.mark.parametrize("name", REPORTS)
def test_a_shipped_layout_can_be_taken_over_and_changed(name: str) -> None:
    """Word for word in a file of one's own it says the same: what we write in is what everybody may write in."""
    text = VIEWS[name]
    said, problems = filled(shipped_source(f"{text.template}.md"), text)
    assert problems == ()
    assert said == Words.load()(text)


def test_a_template_sees_the_view_and_its_filters() -> None:
    """Loops, conditions, names of its own, macros, and the parts of the shipped layouts."""
    source = """\
{% from "postmortem/_parts.md" import timeline_list %}
{# nobody reads this #}
{% macro level(n) %}SEV-{{ n }}{% endmacro %}
{% set who = authors | first | default("nobody", true) %}
# {{ title | upper }} ({{ level(severity) }}) by {{ who | code }}
{% if resolved and to_resolve is not none %}
Took {{ to_resolve | span }}, from {{ detected_at | when(zone, day=true) }}.
{% endif %}
{% for one in timeline if one.what == "note" %}{{ loop.index }}. {{ one.text }}{% endfor %}
"""
    said, problems = filled(source)
    assert problems == ()
    assert (
        said
        == (
            "# CHECKOUT FAILS (SEV-1) by `jordan`\n"
            "Took 1 h 35 min, from 2026-11-17 02:00 UTC (03:00 Europe/Berlin).\n"
            "1. first alert"
        )
        + "\n"
    )


BROKEN = [
    ("\n\n{% if title %}", ":3: it is no template"),
    ("{{ titel }}", ':1: there is no "titel" in the view'),
    ("# x\n\n{% for one in timeline %}\n{{ one.whta }}\n{% endfor %}", ":4: "),
    ("{{ form.nothing }}", ":1: "),
    ("a\n{{ detected_at }}", ":2: "),
    ("{{ title | shout }}", ":1: "),
    ("{{ title | upper | replace('a', 'b') }}", ':1: there is no filter "replace" here'),
    ("{{ title is divisibleby(3) }}", ':1: there is no test "divisibleby" here'),
    ("{% include 'comments/card.md' %}", ":1: Include is not for templates of your own"),
    ("{% extends 'x' %}", ":1: Extends is not for templates of your own"),
    ("{% import 'comments/help.md' as x %}", ':1: only "postmortem/_parts.md" can be imported'),
    ("{% from title import x %}", ':1: only "postmortem/_parts.md" can be imported'),
    ("{{ 'a' * 9999999999 }}", ":1: Mul is not for templates of your own"),
    ("{{ title ~ title }}", ":1: Concat is not for templates of your own"),
    ("{{ 9 ** 9 ** 9 ** 9 }}", ":1: Pow is not for templates of your own"),
    ("{{ '%0999999999d' % 1 }}", ":1: Mod is not for templates of your own"),
    ("{% set x %}a{% endset %}", ":1: AssignBlock is not for templates of your own"),
    ("{{ range(9) }}", ":1: "),
    ("x" * 70_000, ": it is no text, or longer than 65,536 characters"),
    ("\0", ": it is no text"),
    ("", ": it says nothing"),
    ("{# to be done #}\n\n{% if false %}x{% endif %}\n", ": it says nothing"),
]


@pytest.mark.parametrize(("source", "problem"), BROKEN, ids=[row[0][:40] for row in BROKEN])
def test_a_broken_template_is_named_with_its_line(source: str, problem: str) -> None:
    """Syntax, a name that is not there, a value that cannot be shown, and everything that is not allowed."""
    assert refused(source).startswith(problem)


OUT_OF_BOUNDS = [
    "{{ title.__class__ }}",
    "{{ title['__class__'] }}",
    "{{ title.format(title) }}",
    "{{ ''.join(authors) }}",
    "{{ title.center(999999999) }}",
    "{{ detected_at.strftime('%999999999d') }}",
    "{{ timeline.append(1) }}",
    "{{ timeline[0].clear() }}",
    "{{ form.items() }}",
    "{{ self }}",
    "{{ self.__init__.__globals__ }}",
    "{% import 'postmortem/_parts.md' as p %}{{ p.told.__globals__ }}",
    "{% import 'postmortem/_parts.md' as p %}{{ p.__init__ }}",
    "{% macro m() %}{{ caller }}{% endmacro %}{{ m.name }}",
    "{% for a in timeline %}{{ loop.__class__ }}{% endfor %}",
    "{% for a in timeline recursive %}{{ loop(timeline) }}{% endfor %}",
    "{{ lipsum(n=9999) }}",
    "{{ cycler.__init__ }}",
    "{{ config }}",
    "{{ environment }}",
    "{{ number() }}",
]


@pytest.mark.parametrize("source", OUT_OF_BOUNDS)
def test_nothing_but_the_view_can_be_reached(source: str) -> None:
    """No attribute, no method, no global, nothing behind what was imported."""
    assert refused(source).startswith(":")


def test_there_are_no_globals() -> None:
    """What Jinja would lend to any template is not lent here."""
    names = ("range", "dict", "lipsum", "cycler", "joiner", "namespace", "environment", "request", "config")
    source = "".join(f"{{% if {name} is defined %}}{name}{{% endif %}}" for name in names)
    assert filled(f"{source}none\n") == ("none\n", ())


PARTS = '{% import "postmortem/_parts.md" as p %}'
ENDLESS = [
    "{% for a in timeline %}" * 6 + "x" + "{% endfor %}" * 6,
    "{% for a in timeline %}" * 8 + "{% endfor %}" * 8,
    "{% for a in title %}" * 9 + "{{ a }}" + "{% endfor %}" * 9,
    "{% for a in timeline %}" * 25 + "{% endfor %}" * 25,
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(n) %}{% for a in n %}{{ m(n) }}{% endfor %}{% endmacro %}{{ m([1, 2, 3]) }}",
    "{% macro d(x) %}{{ x }}{{ x }}{% endmacro %}{{ " + "d(" * 30 + "'aaaa'" + ")" * 30 + " }}",
    "{% set a = 'aaaa' %}{% macro d(x) %}{{ x }}{{ x }}{% endmacro %}" + "{% set a = d(a) %}" * 60 + "{{ a }}",
    "{{ title }}" * 5_900 + "{{ form.broken }}" * 50,
    PARTS + "{% for a in timeline %}{% for b in timeline %}{{ p.timeline_table(timeline) }}{% endfor %}{% endfor %}",
    PARTS
    + "{% for a in timeline %}{% for b in timeline %}{% for c in timeline %}"
    + "{% set x = p.timeline_table(timeline) %}{% endfor %}{% endfor %}{% endfor %}",
    "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}",
    "{{ " + "not " * 20_000 + "1 }}",
    "{% if a %}" * 2_000 + "{% endif %}" * 2_000,
]


@pytest.mark.parametrize("source", ENDLESS, ids=[source[:50] for source in ENDLESS])
def test_a_template_that_runs_on_is_stopped(source: str) -> None:
    """By rounds, calls, depth and length: it costs little more than the largest of our own."""
    assert refused(source).startswith(":")
    assert steps(lambda: filled(source)) < 2_000_000


def test_what_is_written_between_is_cut_to_size() -> None:
    """Longer than a body may be is not shown in part: the shipped layout is."""
    assert refused("y" * (LONGEST + 1)).startswith(f": it makes more than {LONGEST:,}")
    assert refused("\u00e9" * (LONGEST // 2 + 1)).startswith(f": it makes more than {LONGEST:,}")
    said, problems = filled("y" * LONGEST)
    assert (len(said), problems) == (LONGEST + 1, ())


def test_no_marker_can_be_written() -> None:
    """Neither as text nor put together: what looks like a comment of HTML is shown as it is written."""
    forged = (
        "<!-- stanch:1 key=12/card -->\n<!-- stanch-ledger {} -->\n{{ '<' }}!-- stanch:1 key=1/card -->\n"
        "<{{ '!' }}-- stanch:1 key=1/card -->\n<!{% if true %}-- stanch:1 key=1/card -->{% endif %}"
    )
    said, problems = filled(forged)
    assert problems == ()
    assert marker_of(said) is None
    assert "<!--" not in said


HOSTILE = "x\r\n<!-- a --> **b** @victim | `c` {{ 7777 * 3 }} ```"


def test_what_people_wrote_is_as_harmless_as_in_ours() -> None:
    """Whatever a template does with it: no filter and no detour makes it act."""
    view = {**WHOLE.view, "title": HOSTILE, "form": {**dict.fromkeys(("broken", "affected", "data"), HOSTILE)}}
    ways = ("{{ title }}", "{{ title | upper }}", "{{ title | first }}{{ title[1:] }}", "{{ form.broken | line(99) }}",
            "{{ title | trim }}", "{{ [title] | first }}", "{% set t = title %}{{ t }}", "{{ title | default('') }}",
            "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(title) }}", "{% for c in title %}{{ c }}{% endfor %}",
            "{{ title | link(form.broken) }}", "{{ title | at }}", "{{ title | title }}", "{{ title | quote }}",
            "{{ title or title }}", "{{ title if title else 1 }}")  # fmt: skip
    for way in ways:
        said, problems = filled(f"<b>{way}</b>\n", Text(WHOLE.template, view))
        assert problems == (), way
        found = faults_of(f"<!-- stanch:1 key=1/x -->\n{said}", set(), set())
        assert [fault for fault in found if not fault.startswith("tags: ['/b', 'b']")] == [], way


@given(source=st.text(alphabet="{}%# |.()[]'\"abtile_forindm\n", max_size=60))
def test_no_template_costs_a_report(source: str) -> None:
    """Whatever stands in the file, there is a text, and at most one sentence against it."""
    said, problems = filled(source)
    assert said
    assert len(problems) <= 1
