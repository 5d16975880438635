"""D018: the labels are there."""

from collections.abc import Iterator
from dataclasses import replace

from stanch.core.doctor.check import Check
from stanch.core.doctor.finding import Finding, MakeLabels, PaintLabels
from stanch.core.doctor.inspection import Inspection, LabelSeen, Unknown
from stanch.core.labels import TABLE, Label, missing
from stanch.core.severity import same_name

PLAIN = "ededed"
"""The colour of a label that GitHub made in passing: nobody chose one, and nobody loses one that is painted."""


class Labels(Check):
    """A form drops in silence a label that the repository does not have."""

    code = "D018"
    place = "labels"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if isinstance(seen.labels, Unknown):
            yield self.untold(seen.labels)
            return
        spelt = {same_name(one.name): one.name for one in seen.labels}
        lacking = tuple(missing(one.name for one in seen.labels))
        absent = tuple(one for one in lacking if same_name(one.name) not in spelt)
        if absent:
            names = [one.name for one in absent]
            yield replace(self.found("missing", ",".join(names), names=names), mend=MakeLabels(absent))
        for one in lacking:
            if same_name(one.name) in spelt:
                yield self.found("spelt", one.name, name=one.name, there=spelt[same_name(one.name)])
        bare = tuple(one for one in TABLE if _is_bare(one, seen.labels))
        if bare:
            yield replace(self.warned("bare", names=[one.name for one in bare]), mend=PaintLabels(bare))


def _is_bare(label: Label, there: tuple[LabelSeen, ...]) -> bool:
    """Whether a label of ours has neither a colour nor a word: GitHub made it in passing."""
    return any(
        one.name.casefold() == label.name.casefold() and one.color.lower() == PLAIN and not one.description
        for one in there
    )
