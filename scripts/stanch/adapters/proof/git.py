"""What git says of a change, and trees of it on the disk. Nothing here runs the repository's own code."""

import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stanch.core.errors import StanchError, UsageProblem

SECONDS = 120
_NO_SHA = re.compile("0+")


class NotComparable(StanchError):
    """Base and head have no single point from which the change could be told."""

    advice = "Merge the base into the branch, or fetch the whole history (`fetch-depth: 0`), and try again."


@dataclass(frozen=True, slots=True)
class Change:
    """One changed file. `mode` and `blob` are the head's; both are empty for a file that is gone."""

    path: str
    status: str
    mode: str = ""
    blob: str = ""

    @property
    def is_gone(self) -> bool:
        return self.status == "D"

    @property
    def is_new(self) -> bool:
        return self.status == "A"

    @property
    def is_text(self) -> bool:
        """Whether it may be a file of lines: no symbolic link and no submodule."""
        return self.is_gone or self.mode in {"100644", "100755"}


class Git:
    """One repository. `environment` is what git needs of it: PATH and HOME."""

    def __init__(self, repository: Path, environment: Mapping[str, str]) -> None:
        quiet = {"LANG": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
        self._environment = {name: environment[name] for name in ("PATH", "HOME") if name in environment} | quiet
        self._repository = repository
        self._folder = self._ask("rev-parse", "--absolute-git-dir").decode().strip()

    def commit(self, name: str) -> str:
        """The SHA of a commit. Raises UsageProblem when there is none of this name."""
        try:
            return (
                self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
            )
        except UsageProblem:
            raise UsageProblem(
                f"{self._repository} has no commit {name[:80]!r}. Fetch it (`fetch-depth: 0`), or name another one."
            ) from None

    def merge_base(self, base: str, head: str) -> str:
        """The one best common ancestor. Raises NotComparable for none, or several."""
        try:
            found = self._ask("merge-base", "--all", base, head).decode().split()
        except UsageProblem:
            found = []
        if len(found) != 1:
            many = f"{len(found)} best common ancestors" if found else "no common ancestor that is known here"
            raise NotComparable(f"{base[:12]} and {head[:12]} have {many}")
        return found[0]

    def changes(self, before: str, after: str) -> tuple[Change, ...]:
        """Every changed file; a rename is one that is gone and one that is new."""
        raw = self._ask("diff", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", before, after, "--")
        fields = raw.decode(errors="replace").split("\0")
        return tuple(_change(head, path) for head, path in zip(fields[::2], fields[1::2], strict=False))

    def paths(self, commit: str) -> tuple[str, ...]:
        raw = self._ask("ls-tree", "-r", "-z", "--name-only", commit)
        return tuple(raw.decode(errors="replace").split("\0")[:-1])

    def uncommitted(self) -> tuple[str, ...]:
        """What stands in the folder and in no commit: a proof of the head does not see it."""
        raw = self._ask("status", "--porcelain", "-z", "--no-renames")
        return tuple(entry[3:] for entry in raw.decode(errors="replace").split("\0") if entry)

    def content(self, commit: str, path: str) -> bytes | None:
        """What stands in a file; None where there is none."""
        if not self._ask("ls-tree", "-z", commit, "--", path):
            return None
        return self._ask("cat-file", "blob", f"{commit}:{path}")

    def diff(self, before: str, after: str, path: str) -> str:
        """The change of one file, without context; empty for a binary one."""
        options = (
            "-U0",
            "--no-renames",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--src-prefix=a/",
            "--dst-prefix=b/",
        )
        raw = self._ask("diff", *options, before, after, "--", f":(literal){path}")
        return raw.decode(errors="replace")

    def lay_out(self, commit: str, overlay: Iterable[Change], place: Path, index: Path) -> None:
        """Write a commit's files to an empty folder, some of them as a change leaves them. No `.git` comes along."""
        place.mkdir(parents=True)
        index.unlink(missing_ok=True)
        extra = {"GIT_INDEX_FILE": str(index)}
        self._ask("read-tree", commit, extra=extra)
        entries = [_entry(change, len(commit)) for change in overlay]
        self._ask("update-index", "-z", "--index-info", extra=extra, given="".join(entries).encode(errors="replace"))
        self._ask("checkout-index", "--all", "--force", "--quiet", extra=extra, tree=place)

    def _ask(
        self, *words: str, extra: Mapping[str, str] | None = None, given: bytes = b"", tree: Path | None = None
    ) -> bytes:
        where = [f"--git-dir={self._folder}", f"--work-tree={tree}"] if tree else ["-C", str(self._repository)]
        settings = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"]
        try:
            ran = subprocess.run(  # noqa: S603 # git itself, with no shell and no option from outside
                ["git", *where, *settings, *words],  # noqa: S607 # the git of the PATH is the user's own
                input=given, capture_output=True, env={**self._environment, **(extra or {})}, timeout=SECONDS,
                cwd=tree, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise UsageProblem(
                f"git cannot be run ({type(problem).__name__}). Install it, and name a repository."
            ) from problem
        if ran.returncode:
            raise UsageProblem(_complaint(words, ran.stderr))
        return ran.stdout


def _complaint(words: Sequence[str], said: bytes) -> str:
    first = " ".join(said.decode(errors="replace").split())[:300]
    why = first or "it did not say why"
    return f"git {words[0]} failed: {why}. Is --repository a git repository with all of its history?"


def _change(head: str, path: str) -> Change:
    _, mode, _, blob, status = head.split()
    gone = bool(_NO_SHA.fullmatch(mode))
    return Change(path, status[0], "" if gone else mode, "" if gone else blob)


def _entry(change: Change, length: int) -> str:
    """A line for the index; mode 0 takes the file out."""
    if change.is_gone:
        return f"0 {'0' * length}\t{change.path}\0"
    return f"{change.mode} {change.blob}\t{change.path}\0"
