"""The folder that one stands in: what is there, and writing into it without losing anything."""

import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from stanch.adapters.setup.config_there import gate_in
from stanch.adapters.setup.workflow_file import workflows_in
from stanch.core.errors import UsageProblem
from stanch.core.markdown import bare
from stanch.core.setup.found import Found
from stanch.core.setup.reading import owners, suites, texts_wanted
from stanch.core.setup.upgrade import Change

SECONDS = 30
MOST_BYTES = 2_000_000
"""Of a file that is looked into."""

USUAL = ("main", "master")

UNREADABLE = "\0"
"""Stands for what is no text: never what Stanch wrote, so it is left."""

_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://[^/]+/|[^/:]+:)(?P<name>[A-Za-z0-9-]+/[A-Za-z0-9._-]+?)(?:\.git)?/?", re.IGNORECASE
)
"""An address with a host, or with what stands for one in somebody's settings of SSH; not a folder of this machine."""


class Checkout:
    """The git working tree around a folder. `environment` is what git needs of it: PATH and HOME.

    Raises UsageProblem where there is none.
    """

    def __init__(self, folder: str, environment: Mapping[str, str]) -> None:
        quiet = {"LANG": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
        self._environment = {name: environment[name] for name in ("PATH", "HOME") if name in environment} | quiet
        self._top = Path(folder)
        top = self._asked("rev-parse", "--show-toplevel")
        if not top:
            raise UsageProblem(
                f"{bare(str(self._top.resolve()), 200)} is not in a git repository. Run this in a clone of yours, "
                "or `git init` first."
            )
        self._top = Path(top)

    def name(self) -> str:
        """`owner/name` by the remote called origin; empty where there is none."""
        found = _REMOTE.fullmatch(self._asked("remote", "get-url", "origin"))
        return found["name"] if found else ""

    def look(self, ours: Iterable[str]) -> Found:
        """What can be told without GitHub. Of `ours` also what git leaves out: a file that it ignores is somebody's."""
        listed = self._asked("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        named = (path.rstrip("/") for path in listed.split("\0"))
        paths = frozenset(path for path in named if path and _is_there(self._top / path))
        paths |= {path for path in ours if (self._top / path).is_file()}
        files = {path: self._text(path) for path in texts_wanted(paths)}
        remote = self._asked("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD").removeprefix("origin/")
        return Found(
            name=self.name(),
            branch=remote or self._likely_branch(),
            sure=bool(remote),
            paths=paths,
            files=files,
            owners=owners(files),
            suites=suites(paths, files),
            workflows=workflows_in(files),
            gate=gate_in(files),
        )

    def write(self, changes: Iterable[Change]) -> None:
        """Write, in the given order; each file whole or not at all. Raises UsageProblem before anything is written
        when something is in the way.
        """
        kept = tuple(changes)
        for change in kept:
            self._check(change.path)
        for change in kept:
            if change.after is None:
                self._take_away(change.path)
            else:
                self._put(change.path, change.after)

    def _check(self, path: str) -> None:
        """Nothing is written through a link, into what is no folder, or over what is no file."""
        place = self._top
        for part in Path(path).parts[:-1]:
            place = place / part
            if place.is_symlink() or (place.exists() and not place.is_dir()):
                raise self._in_the_way(place, "is no folder")
        target = self._top / path
        if target.is_symlink() or (target.exists() and not target.is_file()):
            raise self._in_the_way(target, "is no file")

    def _in_the_way(self, place: Path, why: str) -> UsageProblem:
        shown = place.relative_to(self._top).as_posix()
        return UsageProblem(f"{shown} {why} of its own, so nothing was written. Move it out of the way first.")

    def _put(self, path: str, text: str) -> None:
        target = self._top / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            half = target.with_name(f".{target.name}.half")
            half.unlink(missing_ok=True)  # nothing is written through a link of this name either
            half.write_bytes(text.encode("utf-8"))
            half.replace(target)
        except OSError as problem:
            raise _unwritable(path, problem) from problem

    def _take_away(self, path: str) -> None:
        target = self._top / path
        try:
            target.unlink(missing_ok=True)
            for folder in target.parents:
                if folder == self._top or any(folder.iterdir()):
                    break
                folder.rmdir()
        except OSError as problem:
            raise _unwritable(path, problem) from problem

    def _text(self, path: str) -> str:
        """A file's text; UNREADABLE for a link, and for what is no text."""
        file = self._top / path
        try:
            if file.is_symlink() or file.stat().st_size > MOST_BYTES:
                return UNREADABLE
            return file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return UNREADABLE

    def _likely_branch(self) -> str:
        """Where the remote does not say which branch is the default: one of the usual names, else the one one is on."""
        there = self._asked("for-each-ref", "--format=%(refname:short)", "refs/heads").split("\n")
        here = self._asked("symbolic-ref", "--quiet", "--short", "HEAD")
        return next((name for name in USUAL if name in there), here or USUAL[0])

    def _asked(self, *arguments: str) -> str:
        """What git answers; empty where it refuses."""
        try:
            ran = subprocess.run(  # noqa: S603 # our own words and git's answers, no shell
                ["git", "-C", str(self._top), *arguments],  # noqa: S607 # the caller's own git
                capture_output=True, env=self._environment, check=False, timeout=SECONDS,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as problem:
            raise UsageProblem(f"git could not be run ({type(problem).__name__}). Install it, and try again.") from None
        return ran.stdout.decode("utf-8", "replace").rstrip("\n") if ran.returncode == 0 else ""


def _is_there(place: Path) -> bool:
    """Whether git lists a file, or a folder, which then is a repository of its own; a link to a folder is no file."""
    return place.is_file() or (place.is_dir() and not place.is_symlink())


def _unwritable(path: str, problem: OSError) -> UsageProblem:
    why = problem.strerror or type(problem).__name__
    return UsageProblem(f"{path} cannot be written: {why}. Running this again goes on where it stopped.")
