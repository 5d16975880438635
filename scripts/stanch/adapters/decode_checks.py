"""From GitHub's answers to the checks, statuses and workflow runs of a commit."""

from collections.abc import Iterable

from stanch.adapters.answer import At
from stanch.core.pull import Check, CheckState, Run

CONCLUSIONS = {
    "SUCCESS": CheckState.PASSED,
    "NEUTRAL": CheckState.PASSED,
    "SKIPPED": CheckState.PASSED,
}
STATES = {"SUCCESS": CheckState.PASSED, "PENDING": CheckState.RUNNING, "EXPECTED": CheckState.RUNNING}


def checks(nodes: Iterable[At], context: str) -> Iterable[Check]:
    """Every check and status but the gate's own."""
    for node in nodes:
        if node["__typename"].text() == "CheckRun":
            yield _check_run(node)
        elif node["context"].text().lower() != context.lower():
            state = STATES.get(node["contextState"].text(), CheckState.FAILED)
            yield Check(node["context"].text(), state)


def _check_run(node: At) -> Check:
    run = node["checkSuite"]["workflowRun"]
    return Check(name=node["name"].text(), state=_ended(node), workflow=_path(run))


def _ended(node: At) -> CheckState:
    """How a check run or a suite ended; what has no conclusion still runs."""
    if node["status"].text() != "COMPLETED":
        return CheckState.RUNNING
    conclusion = node["conclusion"]
    return CheckState.RUNNING if conclusion.null else CONCLUSIONS.get(conclusion.text(), CheckState.FAILED)


def _path(run: At) -> str:
    return "" if run.null or run["file"].null else run["file"]["path"].text()


def runs(suites: At) -> Iterable[Run]:
    """The workflow runs among the check suites of a commit."""
    if suites.null:
        return
    for suite in suites["nodes"].each():
        run = suite["workflowRun"]
        if not run.null and not run["databaseId"].null:
            at = suite["createdAt"].instant()
            yield Run(
                run["databaseId"].whole(),
                _path(run),
                run["event"].text(),
                _run_ended(suite),
                at,
                run["updatedAt"].instant(),
            )


def _run_ended(suite: At) -> CheckState:
    skipped = not suite["conclusion"].null and suite["conclusion"].text() == "SKIPPED"
    return CheckState.SKIPPED if skipped else _ended(suite)
