"""Which items a command names: the table of cases stands with the commands, here is what it costs."""

from contextlib import suppress

from tests.steps import steps
from tests.values import START

from stanch.core.arguments import Wrong
from stanch.core.item_arguments import MOST, items_done


def test_a_wall_of_numbers_is_read_as_far_as_may_be_named() -> None:
    """What stands behind the first too many is not looked at: a comment of them costs no more than a line."""

    def read(count: int) -> None:
        with suppress(Wrong):
            items_done("1 " * count, START, "UTC")

    read(1)  # what is compiled once is none of it
    assert steps(lambda: read(30_000)) == steps(lambda: read(MOST + 1))
