"""Templates show their view, and nothing in a view can act through them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.core.errors import StanchError
from stanch.core.markdown import Safe
from stanch.core.wanted import Text
from stanch.render.environment import TemplateProblemError
from stanch.render.words import Words, tidy

HOSTILE = "<!-- **x** --> @alex #12 | `a` {{ 7 * 7 }}"
SHOWN = "&lt;!-- \\*\\*x\\*\\* --&gt; @\u200balex #\u200b12 &vert; &grave;a&grave; {{ 7 \\* 7 }}"


def said(template: str, file: str = "t.md", **view: object) -> str:
    """What a template of this text says of a view."""
    return Words.load({file: template})(Text("t", view))


def test_a_text_from_a_view_is_harmless_unless_it_says_otherwise() -> None:
    """Escaping is what happens when nobody thinks of it."""
    assert said("{{ x }}", x=HOSTILE) == f"{SHOWN}\n"
    assert said("{{ x }}", x=Safe("**x**")) == "**x**\n"


@pytest.mark.parametrize(
    "template",
    [
        "{% macro m(y) %}{{ y }}{% endmacro %}{{ m(x) }}",
        "{% set y %}{{ x }}{% endset %}{{ y }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ x }}{% endcall %}",
        "{% for y in [x] %}{{ y }}{% endfor %}",
        "{% block b %}{% endblock %}{% set y %}{{ x }}{% endset %}{% set z %}{{ y }}{% endset %}{{ z }}",
        "{{ x if x else '' }}",
        "{{ x | line }}",
        "{{ x ~ '' }}",
        "{{ [x] | join('') }}",
        "{{ '%s' | format(x) }}",
        "{{ x | trim }}",
        "{{ x[:] }}",
    ],
)
def test_a_text_is_made_harmless_once_on_every_way(template: str) -> None:
    """Neither a macro nor a block nor a filter lets it through, or escapes it twice."""
    assert said(template, x=HOSTILE) == f"{SHOWN}\n"


@pytest.mark.parametrize(
    "template",
    [
        "{{ x | at }}",
        "{{ x | code }}",
        "{{ x | line(40) }}",
        "{{ x | quote }}",
        "{{ x | link(x) }}",
        "{{ 'x' | link('https://e.com/' ~ x) }}",
        "{{ [x, x] | join_people }}",
        "{{ (x | code) ~ x }}",
        "{{ [x | code, x] | join }}",
        "{{ (x | code) | replace('c', x) }}",
        "{{ x | upper }}{{ x | title }}{{ x | indent }}",
    ],
)
@given(x=st.lists(st.sampled_from([HOSTILE, "@sam", "|", "`", "<b>", "\n", "](", "'", '"', "a", " "]), max_size=6))
def test_no_filter_lets_a_text_act(template: str, x: list[str]) -> None:
    """Whatever a template does with it: no marker, no tag of its own, no mention, no cell."""
    prose = said(template, x="".join(x))
    login = template == "{{ x | at }}" or "join_people" in template
    assert "<!--" not in prose
    assert set(re.findall(r"<[^>]*>", prose)) <= {"<code>", "</code>"}
    assert "|" not in prose
    assert login or not re.search(r"(?<!e\.com/)@[a-z](?![^(]*\))", prose)


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("{{ missing }}", "t.md: 'missing' is undefined"),
        ("{% if missing %}{% endif %}", "t.md: 'missing' is undefined"),
        ("{{ x.missing }}", "t.md: 'str object' has no attribute 'missing'"),
        ("{{ none }}", "t.md: None cannot be shown as it is; give it to a filter first"),
        ("{{ true }}", "t.md: True cannot be shown as it is; give it to a filter first"),
        ("{{ [x] }}", "t.md: ['x'] cannot be shown as it is; give it to a filter first"),
        ("{{ x | safe }}", "t.md: line 1: No filter named 'safe'."),
        ("a\n{% if %}", "t.md: line 2: "),
        ("{{ x.__class__.__mro__ }}", "t.md: access to attribute '__class__' of 'str' object is unsafe."),
        ("{{ [].append(1) }}", "t.md: "),
        ("{% for i in range(10000000) %}{% endfor %}", "t.md: Range too big"),
        ("{{ 1 / 0 }}", "t.md: division by zero"),
        ("{% include 'gone.md' %}", "t.md: gone.md"),
        ("{{ x | when }}", "t.md: "),
        ("{% include 't.md' %}", "t.md: maximum recursion depth"),
    ],
)
def test_a_template_that_cannot_be_filled_is_named(template: str, complaint: str) -> None:
    """A gap in the words is an error with the template's name, never a hole in a comment."""
    with pytest.raises(TemplateProblemError) as told:
        said(template, x="x")
    assert complaint in str(told.value)


def test_a_missing_template_is_named() -> None:
    """A name that leads nowhere ends in one sentence and an exit code."""
    with pytest.raises(StanchError, match=r"template nowhere\.md") as told:
        Words.load()(Text("nowhere"))
    assert told.value.exit_code == 2


def test_plain_text_is_one_line_without_markdown() -> None:
    """A title shows what a person wrote, without escapes, controls or line breaks, and fits."""
    assert said("Post-mortem:\n{{ x }}\n", "t.txt", x="R&D *now*\n\u202ex") == "Post-mortem: R&D *now* x"
    assert len(said("{{ x }}", "t.txt", x="y" * 999)) == 256


def test_a_text_is_tidy() -> None:
    """One newline at the end, one blank line at most, no CR, no spaces at the ends of lines."""
    assert tidy("\r\n\na  \r\n\n \n\nb\rc") == "a\n\nb\nc\n"
    assert said("{% if true %}\na\n{% endif %}\n\n\n\nb") == "a\n\nb\n"


def test_an_override_replaces_one_template() -> None:
    """A repository's own words win over those that ship."""
    words = Words.load({"comments/own.md": "{% include 'comments/_part.md' %}", "comments/_part.md": "own"})
    assert words(Text("comments/own")) == "own\n"
    assert "comments/own.md" in words.names
