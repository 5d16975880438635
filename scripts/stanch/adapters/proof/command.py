"""One command line in its own process group, with an emptied environment, a time limit and a limit on its output."""

import contextlib
import os
import selectors
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

KEPT = (
    "PATH", "HOME", "LANG", "LC_ALL", "USER", "LOGNAME", "VIRTUAL_ENV", "pythonLocation", "LD_LIBRARY_PATH",
    "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "GOROOT", "GOPATH", "GOCACHE", "GOMODCACHE", "GOPROXY",
    "JAVA_HOME", "NVM_DIR", "PNPM_HOME", "npm_config_cache", "PIP_CACHE_DIR", "UV_CACHE_DIR",
)  # fmt: skip
"""All that a toolchain may need of the job's environment. Nothing here carries a secret: no token, no ACTIONS_*."""

SET = {"CI": "1", "INSTA_UPDATE": "no", "NO_COLOR": "1", "RUST_BACKTRACE": "0"}
"""CI=1: a missing snapshot is a failure instead of being written."""

MOST_OUTPUT = 8 * 1024 * 1024 + 1
LONG = 2.0
"""Seconds after which it is said that something is still running."""

Clock = Callable[[], float]
"""Seconds since some moment; it never goes back."""

_TICK = 0.2
_LINGER = 1.0
"""Seconds for which the output is read on after the end; something in the background may write for ever."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended. `output` is what it wrote to both streams, cut at MOST_OUTPUT bytes."""

    exit_code: int
    seconds: float
    timed_out: bool
    output: bytes


def environment_for(told: Mapping[str, str], temporary: Path) -> dict[str, str]:
    """The environment of a run: what is kept of the job's, and what makes runs alike."""
    return {name: told[name] for name in KEPT if name in told} | SET | {"TMPDIR": str(temporary)}


def run_line(
    line: str, folder: Path, environment: Mapping[str, str], seconds: float, waiting: Callable[[], None], clock: Clock
) -> Ran:
    """Run a line in the shell. Whatever it started is killed at its end, or after this many seconds."""
    began = clock()
    process = subprocess.Popen(  # noqa: S602 # the line is the base branch's config: it means a shell's line
        line, shell=True, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        output, timed_out = _watched(process, lambda: clock() - began, seconds, waiting)
    finally:
        # Also what went on in the background: it could change the tree under the next run.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        exit_code = process.wait()
    return Ran(exit_code, round(clock() - began, 3), timed_out, output)


def _watched(
    process: "subprocess.Popen[bytes]", spent: Clock, seconds: float, waiting: Callable[[], None]
) -> tuple[bytes, bool]:
    """What it writes until it ends, and whether it took too long. A pipe that a child keeps open is not waited for."""
    kept = bytearray()
    told, over = False, float("inf")
    # Its output is a pipe: we asked for one.
    with selectors.DefaultSelector() as selector, cast("IO[bytes]", process.stdout) as pipe:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            now = spent()
            if now > seconds:
                return bytes(kept), True
            if now > LONG and not told:
                told = True
                waiting()
            ended = process.poll() is not None
            over = min(over, now + _LINGER) if ended else over
            if selector.select(_TICK):
                chunk = os.read(pipe.fileno(), 65_536)
                kept += chunk[: MOST_OUTPUT - len(kept)]
                if chunk and now < over:
                    continue
                ended = _closed(process, seconds - spent())
            if ended:
                return bytes(kept), spent() > seconds


def _closed(process: "subprocess.Popen[bytes]", left: float) -> bool:
    """It has closed its output; wait for its end, or until no time is left."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(max(0.0, left))
    return True
