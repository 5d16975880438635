"""What a config allows but a team should know, told by `stanch config check` and by nothing else.

To add one: a function in a module of its own, and its name in the tuple.
"""

from collections.abc import Callable, Iterable

from stanch.core.config import Config
from stanch.core.config_problems import Remark
from stanch.core.noise import no_noise
from stanch.core.rota_remarks import alone_twice, gaps, never_off, strangers
from stanch.core.service_map import circles

REMARKS: tuple[Callable[[Config], Iterable[Remark]], ...] = (gaps, strangers, alone_twice, never_off, no_noise, circles)
"""In the order in which they are told where several are about one place."""


def remarks(config: Config) -> tuple[Remark, ...]:
    """Everything that should be known, each once."""
    return tuple(dict.fromkeys(remark for told in REMARKS for remark in told(config)))
