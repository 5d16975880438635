"""Coverage for those tests that are measured, and no tracing of the others: both run in one go."""

import os
from importlib import import_module
from pkgutil import walk_packages

from coverage import Coverage

import stanch

BEGUN = Coverage.current()
"""The measurement that `coverage run` began in this process; None without it."""

PASSED_ON = {name: os.environ[name] for name in os.environ if name.startswith("COVERAGE_PROCESS_")}
"""What makes a child process measure itself."""


def begin() -> None:
    """Import the whole package while that is measured, and nothing more until a test asks for it."""
    if BEGUN is None:
        return
    for module in walk_packages(stanch.__path__, "stanch."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    measure(False)


def measure(wanted: bool) -> None:
    """From here on measure this process and those that it starts, or none of them."""
    if BEGUN is None or wanted == (Coverage.current() is BEGUN):
        return
    if wanted:
        os.environ.update(PASSED_ON)
        BEGUN.start()
    else:
        BEGUN.stop()
        for name in PASSED_ON:
            del os.environ[name]


def keep() -> None:
    """Write down what was measured so far."""
    if BEGUN is not None:
        BEGUN.save()
