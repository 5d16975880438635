"""docs/proof.md says what the proof does: its verdicts, its keys, its defaults and a config for each toolchain."""

import re
from datetime import timedelta

import pytest

from stanch.adapters.config_file import read_config
from stanch.core.config_proof import Proof, Repeats, SuiteEntry
from stanch.core.proof import ProofVerdict
from stanch.core.proof.detection import CARGO, JEST, NODE, PYTEST, UNITTEST, VITEST
from stanch.core.proof.suite import ProofRules, ReportKind
from stanch.core.proof.undoing import MOST_HUNKS
from stanch.core.wanted import Text
from stanch.render.words import Words
from tests.source import ROOT

DOCUMENT = (ROOT / "docs/proof.md").read_text(encoding="utf-8")
CONFIGS = re.findall(r"### ([\w:]+)\n(.*?)(?=^### |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    text = DOCUMENT.split(f"\n## {heading}\n")[1]
    table = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert table
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table[0].splitlines()[2:]]


def test_the_verdicts_are_those_of_the_code_in_the_words_of_the_templates() -> None:
    """Each with its exit code, its meaning and what to do, as `stanch prove` says them."""
    words = Words.load()

    def said(template: str, verdict: ProofVerdict) -> str:
        return words(Text(f"summary/{template}", {"verdict": verdict.value, "why": ""})).strip()

    assert rows("The verdicts") == [
        [f"`{one.value}`", str(one.exit_code), said("proof_says", one), said("proof_next", one)] for one in ProofVerdict
    ]


def test_the_runs_are_the_defaults() -> None:
    """How often each tree is run, and how many hunks are undone."""
    rules = ProofRules()
    assert [row[2] for row in rows("What is run")] == ["1", str(rules.before), str(rules.after)]
    assert MOST_HUNKS == 12
    assert "twelve at most" in DOCUMENT
    assert (Repeats().before, Repeats().after, Proof().budget) == (rules.before, rules.after, rules.budget)
    assert rules.budget == timedelta(minutes=8)


def test_every_key_and_every_kind_of_report_is_told() -> None:
    """The keys of a proof and of a suite, in their order."""
    keys = [*(name for name in Proof.model_fields if name != "suites"), *SuiteEntry.model_fields]
    assert [row[0].strip("`") for row in rows("Configuration")] == keys
    assert re.findall(r"`([\w-]+)`", rows("Configuration")[-1][1]) == [kind.value for kind in ReportKind]


@pytest.mark.parametrize(("toolchain", "text"), CONFIGS, ids=[name for name, _ in CONFIGS])
def test_every_config_that_is_shown_is_right(toolchain: str, text: str) -> None:
    """What somebody copies loads without a problem, and has a suite."""
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert examples, toolchain
    for example in examples:
        loaded = read_config(example.encode())
        assert [str(problem) for problem in loaded.problems] == []
        assert loaded.config.proof.suites


def test_the_commands_that_are_shown_are_those_that_are_detected() -> None:
    """The documented command is the one that runs where nothing is configured."""
    shown = dict(CONFIGS)
    commands = {
        "pytest": PYTEST,
        "unittest": UNITTEST,
        "vitest": VITEST,
        "jest": JEST,
        "node:test": NODE,
        "cargo": CARGO,
    }
    assert list(shown) == list(commands)
    assert [name for name, command in commands.items() if command not in shown[name]] == []
