"""What `stanch init` writes is what this repository itself runs, and is right for repositories of other kinds."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from stanch.adapters.config_file import read_config
from stanch.adapters.setup.shipped import runbooks
from stanch.core.config import CONFIG_PATH
from stanch.core.setup.choices import Choices
from stanch.core.setup.files import OFTEN, RUNBOOKS, SPARSE, TEMPLATES
from stanch.core.setup.found import Found, Workflow
from stanch.core.setup.pin import PINNED, SETUP_PYTHON
from stanch.render.setup import command, scalar
from tests.patience import PATIENCE
from tests.setup_files import ROOT, texts, this_repository
from tests.workflows import pinned

DOGFOOD = sorted(set(TEMPLATES) - {CONFIG_PATH})
HOSTILE = 'deploy: "${{ github.token }}" #\u202e [x], \U0001f680\n- y'
CHECKS = frozenset({"pull_request"})

KINDS = {
    "ours": this_repository(),
    "nothing known": Found(),
    "private, another branch": Found("a/b", "release/2026", True),
    "node": Found("a/b", "trunk", False, frozenset({"pnpm-lock.yaml"}), suites=("vitest",)),
    "rust and python": Found("a/b", "main", True, suites=("cargo", "unittest"), environments=("prod", "stage")),
    "hostile names": Found(
        "a/b", "main", False, workflows=(Workflow("x.yml", HOSTILE, CHECKS),),
        environments=(f"prod {HOSTILE}", 'prod "x" #1'),
        labels=("severity: high", 'critical "bug"', "bug\u202ecritical"),
    ),
}  # fmt: skip
ANSWERS = {
    "decided": Choices(
        ("alex", "jordan"), "Europe/Berlin", ("acme",), {"sev-1": ("P0: critical #1", "yes"), "sev-2": ("on", "12")}
    ),
    "undecided": Choices(),
    "nobody to tell": Choices(("true", "null", "0x1F"), "UTC", ()),
}


@pytest.mark.parametrize("path", DOGFOOD)
def test_this_repository_runs_what_others_get(path: str) -> None:
    """To the letter: with this repository's own choices `init` would find nothing to do."""
    assert texts(this_repository())[path] == (ROOT / path).read_text(encoding="utf-8")


def test_the_pin_is_the_one_that_is_run_here() -> None:
    """A release renews both at once."""
    assert str(PINNED) == pinned()
    used = (ROOT / ".github/workflows/stanch-prove.yml").read_text(encoding="utf-8")
    assert f"uses: {PINNED} # {PINNED.version}\n" in used
    assert f"uses: {SETUP_PYTHON} # {SETUP_PYTHON.version}\n" in used


def test_every_runbook_of_this_repository_is_brought() -> None:
    """Under the path that it has here."""
    here = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in (ROOT / RUNBOOKS).rglob("*.md")}
    assert runbooks() == here


@pytest.mark.parametrize("answers", ANSWERS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_file_reads_as_what_was_meant(kind: str, answers: str) -> None:
    """Names of any kind stay names: no key, no comment, no expression comes out of them."""
    found, choices = KINDS[kind], ANSWERS[answers]
    written = texts(found, choices)
    gate = yaml.safe_load(written[".github/workflows/stanch-hotfix.yml"])
    named = [one.name for one in found.workflows if not one.path.startswith(".github/workflows/stanch-")]
    assert gate[True]["workflow_run"]["workflows"] == ["stanch-prove", *named]
    assert gate[True]["push"]["branches"] == [found.branch]
    sweep = yaml.safe_load(written[".github/workflows/stanch-sweep.yml"])
    crons = tuple(entry["cron"] for entry in sweep[True]["schedule"])
    assert crons == (OFTEN if found.private is False else SPARSE)
    assert sweep[True]["push"]["branches"] == [found.branch]


@pytest.mark.parametrize("answers", ANSWERS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_configuration_is_right_and_says_what_was_answered(kind: str, answers: str) -> None:
    """Without a problem, at most twenty lines, the schema's address first."""
    choices, text = ANSWERS[answers], texts(KINDS[kind], ANSWERS[answers])[CONFIG_PATH]
    loaded = read_config(text)
    assert [str(problem) for problem in loaded.problems] == []
    assert (loaded.config.people, loaded.config.aliases) == (choices.people, dict(choices.labels))
    assert loaded.config.calendar.zone == (choices.zone or "UTC")
    assert (loaded.config.clients, loaded.config.tells_clients) == (choices.clients or (), choices.clients != ())
    assert text.startswith(f"# yaml-language-server: $schema={PINNED.raw('docs/stanch.schema.json')}\n")
    assert len(text.splitlines()) <= 20


def test_what_is_only_proposed_stands_there_as_a_comment() -> None:
    """Labels that may mean a severity call nobody before somebody has decided so."""
    text = texts(Found(labels=("P0-critical",)), Choices())[CONFIG_PATH]
    assert "# labels: {sev-1: [P0-critical]}" in text
    assert read_config(text).config.aliases == {}


@pytest.mark.parametrize(
    "text",
    ["a", "", "on", "No", "NULL", "~", "12", "1e3", "0x1F", "1:30", "2026-01-01", "a: b", "a #b", "- a", "'", '"', "\\",
     "[a]", "{a}", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a`", "a\nb", "\t", "\u202e", "\U0001f680", "\x00", "a,b",
     " a ", "...", "---", ".5", "${{ x }}", "=", "<<"],
)  # fmt: skip
def test_a_name_of_any_kind_stays_that_name(text: str) -> None:
    """Alone and in a list; without quotes only where nothing else could be read."""
    assert yaml.safe_load(f"x: {scalar(text)}") == {"x": text}
    assert yaml.safe_load(f"x: [{scalar(text)}, b]") == {"x": [text, "b"]}


@pytest.mark.parametrize(
    "text",
    ["make test", 'echo "$(a b)/bin" >>"$X"', "a: b", "a #b", "- a", "'a' b", "a:", "a\nb", "ends ", "{a}", "* a"],
)
def test_a_command_of_any_kind_stays_that_command(text: str) -> None:
    """As it is typed where YAML reads it so."""
    assert yaml.safe_load(f"- run: {command(text)}\n  x: y") == [{"run": text, "x": "y"}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of every kind of repository, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("kinds")
    for kind, found in KINDS.items():
        for path, text in texts(found, Choices()).items():
            file = folder / kind.replace(" ", "_") / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return folder


def test_the_linters_find_nothing_in_any_of_them(folder: Path) -> None:
    """GitHub's schema for workflows, and zizmor at its strictest, as for this repository's own."""
    tools, flows = Path(sys.executable).parent, sorted(folder.rglob("stanch-*.yml"))
    assert len(flows) == 5 * len(KINDS)
    for call in (
        [tools / "zizmor", "--offline", "--pedantic", "--no-progress", "--no-config", *flows],
        [tools / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *flows],
    ):
        ran = subprocess.run(call, capture_output=True, text=True, check=False, timeout=PATIENCE)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_pull_request_says_what_readme_says_of_the_token() -> None:
    """The same table, row by row; README's is held to the workflows."""
    rows = re.findall(r"^\| .+$", (ROOT / "templates/setup/_permissions.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 8
    assert [row for row in rows if row not in (ROOT / "README.md").read_text("utf-8")] == []
