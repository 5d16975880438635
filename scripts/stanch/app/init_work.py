"""What `stanch init` was asked for, what is there, and what follows from both; nothing is written yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath

from stanch import __version__
from stanch.adapters.config_file import read_config, read_source
from stanch.adapters.setup.shipped import runbooks
from stanch.core.clock import local_date
from stanch.core.config_problems import ALTERNATIVE_PATH, CONFIG_PATH
from stanch.core.errors import UsageProblem
from stanch.core.setup.choices import Choices, seen_in
from stanch.core.setup.files import TEMPLATES, brought
from stanch.core.setup.found import Found, remembered
from stanch.core.setup.manifest import MANIFEST, Manifest, manifest_of, with_day
from stanch.core.setup.pin import PINNED, Pin, pin_of
from stanch.core.setup.review import page_wanted
from stanch.core.setup.upgrade import Upgrade, removal, upgrade
from stanch.core.versions import is_newer
from stanch.render.setup import written

CONFIG_VERSION = 1
"""The newest form of the configuration that is understood."""

TAG = f"v{__version__}"
"""What this version is called where it is released."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for, and when (UTC). `pin` is None where nobody said which commit of Stanch it is to be, `again`
    are paths to write anew whatever stands there.
    """

    now: datetime
    remove: bool = False
    dry: bool = False
    pin: Pin | None = None
    again: tuple[str, ...] = ()


def every_path() -> tuple[str, ...]:
    """Every path that Stanch writes to."""
    return (*TEMPLATES, MANIFEST, *runbooks())


def ordered(now: datetime, action: str | None, again: tuple[str, ...], *, remove: bool, dry: bool) -> Order:
    """An order that can be carried out. Raises UsageProblem when it contradicts itself."""
    pin = pin_of(action, TAG) if action is not None else None
    if action is not None and pin is None:
        raise UsageProblem(
            f"--action {action[:80]!r} names no commit. Write OWNER/REPOSITORY@ and the 40 digits of one."
        )
    if remove and again:
        raise UsageProblem("--remove and --overwrite contradict each other. Give one of them.")
    strange = [path for path in again if path not in {*TEMPLATES, *runbooks()}]
    if strange:
        raise UsageProblem(
            f"--overwrite {strange[0][:120]!r} is no file that Stanch brings. Name one of those it lists."
        )
    return Order(now, remove, dry, pin, again)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there: the repository, and what an earlier `init` left; `broken` is a manifest that is none any more."""

    found: Found
    installed: Manifest | None
    broken: bool

    @property
    def asks(self) -> bool:
        """Whether anything is to be decided: not again, and not over a configuration that is there."""
        return self.installed is None and not {CONFIG_PATH, ALTERNATIVE_PATH} & self.found.paths


def standing(found: Found, order: Order) -> Standing:
    """What is there to begin with. Raises UsageProblem where a newer Stanch was here, or there is nothing to remove."""
    text = found.files.get(MANIFEST)
    installed = manifest_of(text) if text is not None else None
    if installed and is_newer(installed.version, __version__):
        raise UsageProblem(
            f"Stanch {installed.version} was brought in here, and this is {__version__}. Upgrade this one first; "
            "nothing was written."
        )
    if order.remove and installed is None:
        said = "cannot be read" if text is not None else "is not there"
        raise UsageProblem(f"{MANIFEST} {said}, so nobody knows what was brought in. Take the files out by hand.")
    _of_this_time(found)
    found = remembered(found, installed.seen) if installed else found
    return Standing(found, installed, text is not None and installed is None)


def _has_room(found: Found) -> None:
    """Raise UsageProblem where a file, a link or a submodule is what has to be a folder."""
    blocked = sorted(found.paths & {str(parent) for path in every_path() for parent in PurePosixPath(path).parents})
    if blocked:
        raise UsageProblem(f"{blocked[0]} is no folder here, so nothing was written. Move it out of the way first.")


def _of_this_time(found: Found) -> None:
    """Raise UsageProblem for a configuration that a newer Stanch wrote."""
    for path in (CONFIG_PATH, ALTERNATIVE_PATH):
        value = read_source(found.files.get(path, ""), path).value
        version = value.get("version") if isinstance(value, dict) else None
        if isinstance(version, int) and version > CONFIG_VERSION:
            raise UsageProblem(
                f"{path} is of version {version}, and this Stanch knows {CONFIG_VERSION}. Upgrade Stanch first; "
                "nothing was written."
            )


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: `kind` is init, upgrade or remove."""

    kind: str
    there: Standing
    choices: Choices
    pin: Pin
    upgrade: Upgrade


def decided(there: Standing, choices: Choices, order: Order) -> Work:
    """What is to be done, with nothing written yet."""
    pin = _pin(there, order)
    if order.remove and there.installed:
        done = removal(there.found.files, there.installed)
        return Work("remove", there, there.installed.choices, pin, done)
    _has_room(there.found)
    wanted = texts(there.found, choices, pin)
    today = _today(order.now, there.found, wanted)
    since = with_day(there.installed.since if there.installed else (), today)
    coming = Manifest(__version__, choices, seen_in(there.found), since=since, pin=pin)
    done = upgrade(there.found.files, there.installed, wanted | _pages(there, today), coming, order.again)
    kind = "upgrade" if there.installed or there.broken else "init"
    return Work(kind, there, choices, pin, _quiet(done, there))


def _pin(there: Standing, order: Order) -> Pin:
    """What the workflows are to run: what was said, now or to this version before, else this version's release."""
    before = there.installed.pin if there.installed and there.installed.version == __version__ else None
    said = order.pin or (before if before and before.repository != PINNED.repository else None)
    return said or there.found.release or before or PINNED


def _quiet(done: Upgrade, there: Standing) -> Upgrade:
    """Without a new manifest where it is all that would be new: that alone is no reason for a pull request."""
    only = [change.path for change in done.writes] == [MANIFEST]
    if not only or there.installed is None:
        return done
    return replace(done, changes=tuple(change for change in done.changes if change.path != MANIFEST))


def texts(found: Found, choices: Choices, pin: Pin) -> dict[str, str]:
    """Every file that is brought but the runbooks, by its path.

    A configuration under its other name stays the only one.
    """
    files = {one.path: written(one.text) for one in brought(found, choices, pin)}
    if ALTERNATIVE_PATH in found.paths:
        del files[CONFIG_PATH]
    return files


def _today(now: datetime, found: Found, wanted: Mapping[str, str]) -> date:
    """The team's day, by the configuration that will be in force."""
    files = {**wanted, **found.files}
    return local_date(now, read_config(files.get(CONFIG_PATH, files.get(ALTERNATIVE_PATH))).config.calendar)


def _pages(there: Standing, today: date) -> dict[str, str]:
    """Every page of the runbooks, by its path."""
    now, installed = there.found.files, there.installed or Manifest(__version__)
    return {
        path: page_wanted(text, now.get(path), installed.files.get(path), installed.since, today)
        for path, text in runbooks().items()
    }
