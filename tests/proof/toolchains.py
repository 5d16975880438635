"""All toolchains, which of them are on this machine, and what is missing of the others."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

from tests.patience import PATIENCE
from tests.proof.cases import Toolchain
from tests.proof.of_javascript import PACKAGES
from tests.proof.of_javascript import TOOLCHAINS as JAVASCRIPT
from tests.proof.of_python import TOOLCHAINS as PYTHON
from tests.proof.of_rust import TOOLCHAINS as RUST

ALL = (*PYTHON, *JAVASCRIPT, *RUST)
NOT_RUN = "not run"
"""The property of a test's report that names what could not be shown; `tests/conftest.py` prints it at the end."""

STRICT = "CI_HAS_ALL_TOOLCHAINS"
"""Set to 1 where everything has to be there."""


def missing(toolchain: Toolchain) -> str:
    """The programs that are not here, as a sentence; empty when all of them are."""
    absent = [name for name in toolchain.needs if not shutil.which(name)]
    return f"stanch prove with {toolchain.name}: no {' and no '.join(absent)} here" if absent else ""


HERE = tuple(one for one in ALL if not missing(one))


def installed(package: str, root: Path) -> Path | None:
    """The folder `node_modules` of a locked set of packages, made once below `root`; None if npm could not."""
    place = root / f"npm-{package}"
    with (root / f"npm-{package}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            shutil.copytree(PACKAGES / package, place)
            words = ["npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(words, cwd=place, capture_output=True, check=False, timeout=PATIENCE)
    modules = place / "node_modules"
    return modules if (modules / ".bin").exists() else None


def must_be_here() -> bool:
    return os.environ.get(STRICT) == "1"
