"""What every test may rely on: hypothesis is reproducible and does not mind a busy machine."""

import gc
from collections.abc import Generator

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.measuring import begin, keep, measure

DEAR = ("e2e", "scenarios", "proof", "app/test_prove.py", "adapters/proof", "budgets")
"""They come first: whoever ends with a long one lets the other workers wait."""

UNMEASURED = (
    "scenarios",
    "e2e",
    "budgets",
    "proof",
    "adapters/test_config_file.py",
    "app/test_bad_input.py",
    "app/test_bad_texts.py",
    "app/test_follow_through.py",
    "app/test_following_hostile.py",
    "app/test_following_road.py",
    "app/test_gate_audit.py",
    "app/test_gate_bad_input.py",
    "app/test_gate_commands.py",
    "app/test_gate_hostile_text.py",
    "app/test_gate_races.py",
    "app/test_gate_told.py",
    "app/test_handing_over.py",
    "app/test_hostile_text.py",
    "app/test_notices.py",
    "app/test_postmortem_forms.py",
    "app/test_postmortem_hostile.py",
    "app/test_postmortem_runs.py",
    "app/test_real_payloads.py",
    "app/test_runner_clock.py",
    "app/test_sweep_app.py",
    "contract/test_documents.py",
    "core/lint/test_every_finding.py",
    "core/lint/test_lint.py",
    "core/rules/test_every_answer.py",
    "core/test_clock_laws.py",
    "core/test_dependencies.py",
    "core/test_following_walk.py",
    "core/test_one_writer.py",
    "core/test_plan.py",
    "core/test_reminding.py",
    "golden/test_every_template.py",
    "practices/test_updates.py",
    "render/test_own_words.py",
    "test_architecture.py",
    "test_workflows.py",
)
"""Suites that go over the same lines again and again, or run other programs: coverage would double their time."""

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Collecting is not measured in a worker, whose time it would double. Whoever starts workers has it passed on."""
    if hasattr(config, "workerinput"):
        begin()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is not measured for coverage: those suites, and whatever hypothesis makes up. Dear ones go first."""
    tests = config.rootpath / "tests"
    files = {item.path for item in items}
    unmeasured = {path: any(path.is_relative_to(tests / name) for name in UNMEASURED) for path in files}
    turns = {path: [not path.is_relative_to(tests / name) for name in DEAR] for path in files}
    for item in items:
        if unmeasured[item.path] or _is_made_up(item):
            item.add_marker("unmeasured")
    items.sort(key=lambda item: turns[item.path])


def pytest_collection_finish() -> None:
    """What was collected stays until the end: nobody has to look through it for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure a test, its fixtures and the processes that it starts only where that is wanted."""
    measure(item.get_closest_marker("unmeasured") is None)
    return (yield)


def pytest_sessionfinish() -> None:
    """Keep what was measured: a worker that takes too long to go is killed, and its figures would go with it."""
    keep()


def _is_made_up(item: pytest.Item) -> bool:
    """Whether hypothesis makes the values; its own marker comes after this hook."""
    return isinstance(item, pytest.Function) and is_hypothesis_test(item.obj)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what could not be shown on this machine: a toolchain that is missing is no success."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    told = [each for report in reports for each in getattr(report, "user_properties", ())]
    for what in sorted({str(value) for name, value in told if name == "not run"}):
        terminalreporter.write_line(f"NOT RUN: {what}")
