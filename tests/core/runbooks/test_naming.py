"""A runbook is known by its name, its path and its title, and a slip is answered with what was meant."""

import pytest
from tests.shelves import SHELF, book, shelved

from stanch.core.runbooks.model import Shelf
from stanch.core.runbooks.naming import called, names_of, nearest


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("queue-backlog", "queue-backlog"),
        ("Queue Backlog", "queue-backlog"),
        ("queue_backlog", "queue-backlog"),
        ("`queue-backlog`", "queue-backlog"),
        ("queue-backlog.md", "queue-backlog"),
        ("runbooks/queue-backlog.md", "queue-backlog"),
        ("https://github.test/octo/shop/blob/main/runbooks/queue-backlog.md#verify", "queue-backlog"),
        ("Database out of connections", "database-connections"),
        ("disk-full", "disk-full"),
        ("README", ""),
        ("queue", ""),
        ("", ""),
        ("#", ""),
        ("/", ""),
    ],
)
def test_what_a_runbook_is_called(typed: str, name: str) -> None:
    """Whatever case, dashes and marks it is typed with; also one whose file could not be read, but no other page."""
    assert called(SHELF, typed) == name


def test_a_name_goes_before_a_title() -> None:
    """Of two runbooks that answer to one word it is the one that bears it as a name."""
    shelf = shelved(book("a", "B"), book("b", "A"))
    assert (called(shelf, "a"), called(shelf, "b")) == ("a", "b")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("queue-backlogs", "queue-backlog"),
        ("db-connections", "database-connections"),
        ("expired certificates", "certificate-expired"),
        ("rolback", "roll-back"),
        ("lunch", ""),
        ("", ""),
    ],
)
def test_what_was_meant(typed: str, name: str) -> None:
    """By its name or its title, where one is like it."""
    assert nearest(SHELF, typed) == name


def test_an_empty_folder_has_no_names() -> None:
    """Nothing is called anything there."""
    assert (names_of(Shelf()), called(Shelf(), "a"), nearest(Shelf(), "a")) == ((), "", "")
