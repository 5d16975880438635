"""Every kind of write has words of its own for the log, and a method that sends it."""

from typing import get_args

import pytest

from stanch.adapters.writer import Writer
from stanch.core.naming import named
from stanch.core.writes import Send, SetStatus, Write

KINDS = get_args(Write)


@pytest.mark.parametrize("kind", KINDS)
def test_no_write_goes_without_a_name_or_a_method(kind: type) -> None:
    """A new kind of write is told and sent by its own arm, never by the one for all others."""
    sends = Writer.__dict__["apply"].dispatcher
    assert named.dispatch(kind) is not named.dispatch(object)
    leaves = kind is Send  # a notice is sent by the service that it is for
    assert leaves is (sends.dispatch(kind) is sends.dispatch(object))


def test_a_status_is_named_by_its_commit() -> None:
    """Seven digits of it: a log is read by people."""
    write = SetStatus(45, "a" * 40, "stanch/hotfix", "success", "All 13 rules stand", "")
    assert named(write) == f"status success on {'a' * 7} of #45"
