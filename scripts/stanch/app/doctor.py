"""`stanch doctor`: look at the whole set-up, say what is wrong, and mend what may be mended."""

from dataclasses import dataclass

from stanch.app.desk import Desk
from stanch.app.doctor_told import Told
from stanch.app.inspecting import inspect
from stanch.app.mending import Agree, Mended, mend
from stanch.app.reaching import send_tests
from stanch.core.doctor.checks import examine


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. `version` is the one that looks."""

    version: str
    fix: bool = False
    notify: bool = False


def examined(desk: Desk, order: Order, agree: Agree) -> Told:
    """One look at everything; after something was mended, a second one. What is archived takes no write.

    Raises what stops all of it: the repository, its files, a limit, a refused token.
    """
    seen = inspect(desk, order.version)
    findings = examine(seen)
    mended = mend(desk, findings, agree) if order.fix and not seen.home.archived else Mended()
    if mended.done and not desk.dry:
        seen = inspect(desk, order.version)
        findings = examine(seen)
    sent = send_tests(desk, seen) if order.notify else ()
    return Told(seen, findings, mended, sent, dry=desk.dry)
