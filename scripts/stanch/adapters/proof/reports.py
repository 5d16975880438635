"""From what a run left behind to what each test did, for every kind of report."""

from collections.abc import Callable

from stanch.adapters.proof.junit import read_junit
from stanch.adapters.proof.outputs import read_cargo, read_exit, read_go, read_jest
from stanch.adapters.proof.texts import ReportError
from stanch.core.proof.outcomes import Case
from stanch.core.proof.suite import ReportKind

MOST_BYTES = 8 * 1024 * 1024

_READERS: dict[ReportKind, Callable[[bytes, str, str], tuple[Case, ...]]] = {
    ReportKind.JUNIT: read_junit,
    ReportKind.JEST_JSON: read_jest,
    ReportKind.GO_TEST_JSON: read_go,
    ReportKind.CARGO_TEST: read_cargo,
}


def read_report(
    kind: ReportKind, raw: bytes | None, exit_code: int, suite: str, place: str
) -> tuple[tuple[Case, ...], str]:
    """What each test did, and a short code for why that cannot be said: one of the two is empty.

    `raw` is the file that the command wrote, or its output where the kind is read from that; None is a file that
    is missing. `place` is the path of the worktree, which names and messages are rid of.
    """
    if raw is None:
        return (), "missing"
    if len(raw) > MOST_BYTES:
        return (), "too-big"
    if kind is ReportKind.EXIT_CODE:
        return read_exit(exit_code, raw, suite, place), ""
    try:
        return _READERS[kind](raw, suite, place), ""
    except ReportError as problem:
        return (), str(problem)
