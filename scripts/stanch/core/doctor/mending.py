"""What mends a finding, as writes; and which of them have to be shown to somebody first."""

import json
from collections.abc import Iterable

from stanch.core.doctor.finding import Enable, Finding, MakeLabels, MakeRuleset, Mend, PaintLabels
from stanch.core.writes import CreateRuleset, DefineLabel, EnableWorkflow, PaintLabel, Write


def mends(findings: Iterable[Finding]) -> tuple[Mend, ...]:
    """What `--fix` may do about them, each once."""
    found: list[Mend] = []
    for one in findings:
        if one.mend is not None and one.mend not in found:
            found.append(one.mend)
    return tuple(found)


def is_delicate(mend: Mend) -> bool:
    """Whether it may stop somebody's work: it is made only when somebody has seen it and agreed."""
    return isinstance(mend, MakeRuleset)


def writes_of(mend: Mend) -> tuple[Write, ...]:
    match mend:
        case MakeLabels(labels):
            return tuple(DefineLabel(one.name, one.color, one.description) for one in labels)
        case PaintLabels(labels):
            return tuple(PaintLabel(one.name, one.color, one.description) for one in labels)
        case Enable(file):
            return (EnableWorkflow(file),)
        case MakeRuleset(name, branch, rules):
            return (CreateRuleset(name, branch, json.dumps(list(rules), indent=2)),)
