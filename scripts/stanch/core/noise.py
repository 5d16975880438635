"""Whether anything makes a noise when the worst happens, as far as a config can tell: secrets decide the rest."""

from collections.abc import Iterator

from stanch.core.config import Config
from stanch.core.config_problems import Remark
from stanch.core.severity import Severity


def no_noise(config: Config) -> Iterator[Remark]:
    """A declared SEV-1 that is routed to nothing that can wake somebody."""
    if not config.notices.noisy(Severity.SEV_1):
        said = "a declared sev-1 goes to nothing that makes a noise, so who sleeps is not woken"
        yield Remark(("notices",), f"{said}; route declared to pagerduty or webhook")
