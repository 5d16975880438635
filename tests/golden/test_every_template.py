"""Every template, filled once and read as prose.

`UPDATE_GOLDEN=1 pytest tests/golden` writes the files anew; read their diff before you commit it.
"""

import os
from pathlib import Path

import pytest
from tests.golden.views import VIEWS

from stanch.render.words import Words

HERE = Path(__file__).parent
FOLDERS = ("clients/", "comments/", "issues/", "notices/", "postmortem/", "setup/", "summary/")


@pytest.fixture(scope="module")
def words() -> Words:
    """The templates of this checkout."""
    return Words.load()


def told(name: str) -> bool:
    """Whether a file is a text of its own: not a part (`_clocks.md`) that others include.

    What `stanch init` writes into files is held to this repository's own files instead.
    """
    whole = not Path(name).name.startswith("_") and not name.startswith("setup/files/")
    return name.startswith(FOLDERS) and whole


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_the_prose_is_the_one_that_was_read(words: Words, name: str) -> None:
    """A template with its view gives, to the letter, the text that somebody read and agreed to."""
    prose = words(VIEWS[name])
    golden = HERE / f"{name}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(prose.rstrip("\n") + "\n", encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == prose.rstrip("\n") + "\n"


def test_every_template_has_a_view(words: Words) -> None:
    """No words are shipped that nobody has seen filled in."""
    seen = {text.template for text in VIEWS.values()}
    assert sorted(name for name in words.names if told(name) and stem(name) not in seen) == []


def test_every_golden_text_has_its_view() -> None:
    """A golden text whose view is gone goes as well."""
    kept = {str(path.relative_to(HERE).with_suffix("")) for path in HERE.rglob("*.md")}
    assert sorted(kept - VIEWS.keys()) == []


def stem(name: str) -> str:
    """The template of a file: its name without the suffix."""
    return str(Path(name).with_suffix(""))
