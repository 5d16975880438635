"""What a check of the doctor is: a stable code, how bad its findings are, and a look at what was read.

Its words stand in `templates/doctor/<code>.md`: what it is about, why that matters, and for every `why` what was seen
and what to do.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.inspection import Inspection, Unknown

UNKNOWN = "unknown"


class Check(ABC):
    """One check. `verdict` is what its findings have unless they say otherwise, `place` where it is mended."""

    code: ClassVar[str]
    verdict: ClassVar[Verdict] = Verdict.FAULT
    place: ClassVar[str] = ""

    @abstractmethod
    def look(self, seen: Inspection) -> Iterator[Finding]:
        """What is amiss, from what was read alone."""

    def found(self, why: str, about: str = "", **values: object) -> Finding:
        """A finding of this check. `about` names the one of several things that it is about."""
        return Finding(self.code, self.verdict, why, values, self.place, about)

    def warned(self, why: str, about: str = "", **values: object) -> Finding:
        """A finding that costs no incident."""
        return replace(self.found(why, about, **values), verdict=Verdict.WARNING)

    def failed(self, why: str, about: str = "", **values: object) -> Finding:
        """A finding that costs one."""
        return replace(self.found(why, about, **values), verdict=Verdict.FAULT)

    def untold(self, gap: Unknown) -> Finding:
        """That it could not be told: never fine, and never a fault."""
        told = self.found(UNKNOWN, gap.what, what=gap.what, reason=gap.why.value)
        return replace(told, verdict=Verdict.UNKNOWN)
