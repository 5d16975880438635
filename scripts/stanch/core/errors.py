"""What can go wrong, told to a person: what happened, where, and what to do next.

Each kind knows its exit code: 1 findings, 2 usage or config, 3 could not tell.
"""


class StanchError(Exception):
    """Any failure that ends in one clear sentence instead of a traceback. `advice` says what to do about it."""

    exit_code = 3
    advice = ""

    @property
    def told(self) -> str:
        """What happened and what to do next, on one line."""
        said = " ".join(str(self).split())
        return f"{said if said.endswith(('.', '?', '!', '`')) else said + '.'} {self.advice}".rstrip()


class UsageProblem(StanchError):
    """The call itself is wrong: an argument, the environment, a payload file."""

    exit_code = 2


class GitHubError(StanchError):
    """GitHub did not do what was asked. `status` is the HTTP status, 0 when there was none."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class NotReadable(GitHubError):
    """A read failed, wholly or in part, after its retries. It says nothing about what is there."""

    advice = "Nothing is lost: the next event or sweep reads again."


class NoSuchThread(GitHubError):
    """The issue does not exist, was deleted (410), or may not be seen (404)."""

    advice = "Check the number and GITHUB_REPOSITORY; an issue that is gone needs nothing more."


class Moved(GitHubError):
    """The issue was transferred: GitHub answers with a redirect to `location`, which is not followed."""

    advice = "Look at it where it lives now."

    def __init__(self, message: str, status: int = 0, location: str = "") -> None:
        super().__init__(message, status)
        self.location = location


class Forbidden(GitHubError):
    """The token is missing (401) or lacks a permission (403)."""

    advice = "Check GITHUB_TOKEN and the permissions of the job; the README lists those that are needed."


class Refused(GitHubError):
    """GitHub answered a write with a definite no (4xx); nothing was applied."""

    advice = "The next event or sweep tries again."


class RateLimited(GitHubError):
    """Too many requests. `retry_after` is in seconds; nothing was applied."""

    advice = "Nothing is lost: the next event or sweep goes on."

    def __init__(self, message: str, status: int, retry_after: float) -> None:
        super().__init__(message, status)
        self.retry_after = retry_after


class UnknownOutcome(GitHubError):
    """A write was sent and not answered clearly (5xx, timeout, dropped): it may or may not have been applied."""

    advice = "The next event or sweep looks whether it was done."
