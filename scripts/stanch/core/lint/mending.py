"""What is mechanical, mended: whole lines replaced by what their findings say, and nothing else touched."""

import re
from collections.abc import Iterable

from stanch.core.lint.finding import Finding

_ENDS = re.compile(r"(\r\n?|\n)")


def mended(body: str, findings: Iterable[Finding]) -> str:
    """The body with every mended line in the place of its own; each line keeps its ending."""
    pieces = _ENDS.split(body)  # a line, its ending, the next line, ...
    for finding in findings:
        if finding.mended is not None:
            pieces[2 * (finding.line - 1)] = finding.mended
    return "".join(pieces)
