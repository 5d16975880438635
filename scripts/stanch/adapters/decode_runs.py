"""From GitHub's answer to how the workflows on some commits ended."""

from collections.abc import Iterator

from stanch.adapters.answer import Answer, At, clean
from stanch.core.runs import End, EndedRun, Runs

ENDS = {
    "SUCCESS": End.SUCCEEDED,
    "NEUTRAL": End.SUCCEEDED,
    "FAILURE": End.FAILED,
    "STARTUP_FAILURE": End.FAILED,
    "TIMED_OUT": End.TIMED_OUT,
    "CANCELLED": End.CANCELLED,
}
"""Conclusions that tell of an end. What was skipped never ran, and what waits for somebody has not ended."""


def runs(answer: Answer, commits: tuple[str, ...]) -> Runs:
    """What an answer to `documents.runs` says of these commits, in their order.

    A commit or a list of suites that is null could not be read: GitHub does not say why. Raises NotReadable.
    """
    nodes = [_suites(answer.repository[f"r{i}"]) for i in range(len(commits))]
    read = [(sha, suites) for sha, suites in zip(commits, nodes, strict=True) if suites is not None]
    return Runs(
        found=tuple(one for sha, suites in read for one in _ended(suites, sha)),
        asked=len(commits),
        unread=len(commits) - len(read),
        more=sum(1 for _, suites in read if suites["totalCount"].whole() > len(list(suites["nodes"].each()))),
    )


def _suites(commit: At) -> At | None:
    found = None if commit.null or "checkSuites" not in commit else commit["checkSuites"]
    return None if found is None or found.null else found


def _ended(suites: At, sha: str) -> Iterator[EndedRun]:
    """The suites that are runs of GitHub Actions and have ended; other apps have suites too."""
    for suite in suites["nodes"].each():
        run, conclusion = suite["workflowRun"], suite["conclusion"]
        if run.null or conclusion.null or suite["status"].text() != "COMPLETED" or conclusion.text() not in ENDS:
            continue
        yield EndedRun(
            name=clean(run["workflow"]["name"].text()),
            path="" if run["file"].null else clean(run["file"]["path"].text()),
            event=clean(run["event"].text()),
            end=ENDS[conclusion.text()],
            at=run["updatedAt"].instant(),
            url=run["url"].text(),
            sha=sha,
        )
