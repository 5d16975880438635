"""What every test may rely on: hypothesis is reproducible and does not mind a busy machine."""

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what could not be shown on this machine: a toolchain that is missing is no success."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    told = [each for report in reports for each in getattr(report, "user_properties", ())]
    for what in sorted({str(value) for name, value in told if name == "not run"}):
        terminalreporter.write_line(f"NOT RUN: {what}")
