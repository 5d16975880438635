"""What docs/postmortems.md promises of layouts and templates is what the code gives."""

import re
from pathlib import Path

import yaml

from stanch.core import own_templates, questions, runs, silences
from stanch.core.config import Source, load
from stanch.core.config_postmortem import Layout
from stanch.core.factors import RULES
from stanch.render import own_template, own_words
from tests.golden.views import VIEWS

TEXT = (Path(__file__).parents[1] / "docs/postmortems.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`\n]+)`")


def under(heading: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    found = re.search(rf"^##+ {re.escape(heading)}\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def first_cells(text: str) -> set[str]:
    """The names in the first column of the tables of a text."""
    rows = (line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    return {name for row in rows for name in CODE.findall(row)}


def test_every_layout_is_told() -> None:
    """Each by the name that the configuration takes."""
    assert first_cells(under("Layouts")) == set(Layout)


def test_the_example_is_a_right_configuration() -> None:
    """As it stands there."""
    example = re.search(r"```yaml\n(.*?)```", under("Layouts"), re.DOTALL)
    assert example
    loaded = load(Source(value=yaml.safe_load(example[1])))
    assert loaded.problems == ()
    assert loaded.config.postmortem.day_first is True


def test_every_name_of_the_views_is_promised() -> None:
    """No more and no fewer than a template is given."""
    team, client = under("What a template is given").split("The client's template is given less:")
    assert first_cells(team) == set(VIEWS["postmortem/default"].view)
    assert first_cells(client) == set(VIEWS["postmortem/client"].view)


def test_the_files_are_the_ones_that_are_read() -> None:
    """In their folder."""
    assert first_cells(under("Templates of your own")) == set(own_templates.OWN_TEMPLATES.values())
    assert f"`{own_templates.TEMPLATES}/`" in TEXT


def test_the_language_is_the_one_that_is_allowed() -> None:
    """Filters, tests and bounds."""
    told = under("Templates of your own")
    listed = told[told.index("Filters:") : told.index("- All loops")]
    assert set(CODE.findall(listed)) == own_template.OURS | own_template.THEIRS | own_template.TESTS
    assert f"{own_template.MOST_ROUNDS:,} times" in told
    assert f"{own_words.LONGEST:,} bytes" in told
    assert f"`{own_template.PARTS}`" in told


def test_what_is_told_of_workflow_runs_is_what_is_read() -> None:
    """The bounds, every state that a template may meet, and the sentence for each."""
    told = under("The timeline")
    assert f"at most {runs.MOST_COMMITS} commits" in told
    assert f"the first {runs.SUITES} check suites" in told
    assert f"more than {runs.MOST_LINES} the failures" in told
    (row,) = [line for line in under("What a template is given").splitlines() if line.startswith("| `runs`")]
    assert {f"`{state}`" for state in runs.State} == set(
        re.findall(r"`[a-z ]+`", row.partition("(")[2].partition(")")[0])
    )
    parts = (Path(__file__).parents[1] / "templates/postmortem/_parts.md").read_text(encoding="utf-8")
    sentences = [line.split("|")[1].strip(" …") for line in told.splitlines() if line.startswith("| ")][1:]
    assert len(sentences) == len(runs.State) + 1
    assert [one for one in sentences if one not in parts] == []


def test_the_bounds_of_gaps_and_questions_are_told() -> None:
    """In minutes."""
    assert f"more than {silences.LEAST.seconds // 60} minutes" in under("The timeline")
    asked = under("Figures and questions")
    for bound, what in (
        (questions.SLOW_TO_DETECT, "from the start to detection"),
        (questions.SLOW_TO_MITIGATE, "from `identified` to mitigation"),
    ):
        assert f"More than {bound.seconds // 60} minutes {what}" in asked
    assert all(f"`{rule}`" in asked for rule in RULES)
