"""What every test may rely on: hypothesis is reproducible and does not mind a busy machine."""

from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings

UNMEASURED = (
    "scenarios",
    "e2e",
    "budgets",
    "proof",
    "app/test_bad_input.py",
    "app/test_bad_texts.py",
    "app/test_following_hostile.py",
    "app/test_following_road.py",
    "app/test_gate_audit.py",
    "app/test_gate_bad_input.py",
    "app/test_gate_commands.py",
    "app/test_gate_hostile_text.py",
    "app/test_gate_told.py",
    "app/test_hostile_text.py",
    "app/test_real_payloads.py",
    "app/test_sweep_app.py",
)
"""Suites that go over the same lines again and again, or run other programs: coverage would double their time."""

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is not measured for coverage: those suites, and whatever hypothesis makes up."""
    homes = [config.rootpath / "tests" / name for name in UNMEASURED]
    for item in items:
        if _is_made_up(item) or any(Path(item.path).is_relative_to(home) for home in homes):
            item.add_marker("unmeasured")


def _is_made_up(item: pytest.Item) -> bool:
    """Whether hypothesis makes the values; its own marker comes after this hook."""
    return isinstance(item, pytest.Function) and is_hypothesis_test(item.obj)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what could not be shown on this machine: a toolchain that is missing is no success."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    told = [each for report in reports for each in getattr(report, "user_properties", ())]
    for what in sorted({str(value) for name, value in told if name == "not run"}):
        terminalreporter.write_line(f"NOT RUN: {what}")
