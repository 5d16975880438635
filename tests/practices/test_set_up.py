"""The issue about the set-up: opened once, written anew, closed when all is well."""

from dataclasses import replace

from tests.core.doctor.test_weekly import FAULT, OTHER, WARNING, child, setup
from tests.values import START, snapshot, thread

from stanch.core.case import case_of
from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.weekly import SetUp, written
from stanch.core.marker import Marker
from stanch.core.thread import CloseReason, Thread
from stanch.core.wanted import Body, ChildIssue, Closed, Want
from stanch.practices.set_up import set_up


def wanted(number: int, found: SetUp | None, memory: tuple[Finding, ...] = (FAULT,)) -> list[Want]:
    """What the practice wants of the repository itself (0), or of the issue that stands."""
    if number == 0:
        seen = Thread(0, is_pull_request=True)
    else:
        body = f"{Marker('0/setup/2026-W46')}\n{written(memory)}\ntext"
        seen = replace(thread(when=START), number=number, body=body, ours=True)
    return list(set_up(replace(case_of(snapshot(seen, START)), setup=found)))


def test_nothing_to_do_while_nobody_looked_or_nothing_is_wrong() -> None:
    """An event's look knows nothing of the set-up; a healthy week opens nothing."""
    assert wanted(0, None) == []
    assert wanted(7, None) == []
    assert wanted(0, setup()) == []
    assert wanted(0, setup(WARNING)) == []


def test_a_fault_opens_it_with_everything_in_it() -> None:
    """The faults, and below them what should be known; nobody is assigned."""
    (issue,) = wanted(0, setup(FAULT, WARNING))
    assert isinstance(issue, ChildIssue)
    assert (issue.key, issue.labels, issue.assignees) == ("0/setup/2026-W48", ("incident-setup",), ())
    shown = [rows for part in ("faults", "warnings") if isinstance(rows := issue.text.view[part], list)]
    assert [len(rows) for rows in shown] == [1, 1]


def test_it_is_written_anew_while_something_is_wrong() -> None:
    """Under the key that it was opened with, and with a memory of what is wrong now."""
    (body,) = wanted(7, setup(FAULT, OTHER, standing=(child(7),)))
    assert isinstance(body, Body)
    assert (body.key, body.memory) == ("0/setup/2026-W46", written((FAULT, OTHER)))


def test_it_closes_itself_when_all_is_well() -> None:
    """Warnings do not hold it open."""
    assert wanted(7, setup(WARNING, standing=(child(7),))) == [Closed(CloseReason.COMPLETED)]


def test_what_could_not_be_told_this_week_is_not_well() -> None:
    """A check that found something, and now cannot look, keeps it open; one that never found anything does not."""
    unknown = replace(FAULT, verdict=Verdict.UNKNOWN, why="unknown")
    assert wanted(7, setup(unknown, standing=(child(7),))) == []
    assert wanted(7, setup(unknown, standing=(child(7),)), (OTHER,)) == [Closed(CloseReason.COMPLETED)]


def test_a_second_one_goes() -> None:
    """Two sweeps raced: the one with the lower number stays."""
    both = (child(7), child(9))
    assert wanted(9, setup(FAULT, standing=both)) == [Closed(CloseReason.DUPLICATE)]
    assert isinstance(wanted(7, setup(FAULT, standing=both))[0], Body)
