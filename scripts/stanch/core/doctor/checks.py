"""All checks of the doctor, in their order.

To add a check: its file, the tuple, its template, its line in docs/doctor.md and its test.
"""

from collections.abc import Iterable

from stanch.core.doctor.check import Check
from stanch.core.doctor.d001_archived import Archived
from stanch.core.doctor.d002_issues import Issues
from stanch.core.doctor.d003_actions import Actions
from stanch.core.doctor.d004_policy import Policy
from stanch.core.doctor.d005_runs import Runs
from stanch.core.doctor.d006_files import Files
from stanch.core.doctor.d007_readable import Readable
from stanch.core.doctor.d008_triggers import Triggers
from stanch.core.doctor.d009_conditions import Conditions
from stanch.core.doctor.d010_queues import Queues
from stanch.core.doctor.d011_too_few import TooFew
from stanch.core.doctor.d012_too_many import TooMany
from stanch.core.doctor.d013_pins import Pins
from stanch.core.doctor.d014_release import Newest
from stanch.core.doctor.d015_switched_off import SwitchedOff
from stanch.core.doctor.d016_schedule import Schedule
from stanch.core.doctor.d017_watcher import Watcher
from stanch.core.doctor.d018_labels import Labels
from stanch.core.doctor.d019_config import Configuration
from stanch.core.doctor.d020_rota import Gaps
from stanch.core.doctor.d021_remarks import Remarks
from stanch.core.doctor.d022_people import People
from stanch.core.doctor.d023_clients import Clients
from stanch.core.doctor.d024_nobody import Somebody
from stanch.core.doctor.d025_branch import Branch
from stanch.core.doctor.d026_merging import Squashing
from stanch.core.doctor.d027_secrets import Secrets
from stanch.core.doctor.d028_unused import Unused
from stanch.core.doctor.d029_heard import Heard
from stanch.core.doctor.d030_installed import Installed
from stanch.core.doctor.d031_runbooks import Runbooks
from stanch.core.doctor.finding import GRAVITY, Finding, Verdict
from stanch.core.doctor.inspection import Inspection

__all__ = ["CHECKS", "CODES", "Check", "Finding", "Verdict", "examine", "worst"]

CHECKS: tuple[Check, ...] = (
    Archived(),
    Issues(),
    Actions(),
    Policy(),
    Runs(),
    Files(),
    Readable(),
    Triggers(),
    Conditions(),
    Queues(),
    TooFew(),
    TooMany(),
    Pins(),
    Newest(),
    SwitchedOff(),
    Schedule(),
    Watcher(),
    Labels(),
    Configuration(),
    Gaps(),
    Remarks(),
    People(),
    Clients(),
    Somebody(),
    Branch(),
    Squashing(),
    Secrets(),
    Unused(),
    Heard(),
    Installed(),
    Runbooks(),
)

CODES: tuple[str, ...] = tuple(check.code for check in CHECKS)


def examine(seen: Inspection) -> tuple[Finding, ...]:
    """Everything that the checks find, in their order; nothing is a healthy set-up."""
    return tuple(finding for check in CHECKS for finding in check.look(seen))


def worst(findings: Iterable[Finding]) -> Verdict:
    """The worst verdict of several findings; of none, that all is fine."""
    return min((one.verdict for one in findings), key=GRAVITY.index, default=Verdict.FINE)
