"""D014: the workflows run one version of Stanch, and it is the newest."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import working
from stanch.core.doctor.finding import Finding, Verdict
from stanch.core.doctor.inspection import Inspection, Unknown
from stanch.core.versions import is_newer


class Newest(Check):
    """What was mended since reaches nobody who stays behind."""

    code = "D014"
    verdict = Verdict.WARNING

    def look(self, seen: Inspection) -> Iterator[Finding]:
        pins = {use.ref: use for one, _, job in working(seen) for use in job.uses if use.command == one.command}
        pinned = {ref: use for ref, use in pins.items() if use.pinned and not use.local}
        if len(pinned) > 1:
            yield self.found("mixed", versions=sorted(use.said or ref[:12] for ref, use in pinned.items()))
        if not pinned:
            return
        release = seen.release
        if isinstance(release, Unknown):
            yield self.untold(release)
        elif release is not None and release.sha not in pinned:
            said = {use.said for use in pinned.values()}
            if any(is_newer(one, release.tag) for one in said):
                return
            if release.tag in said:
                yield self.failed("moved", release.tag, tag=release.tag, sha=release.sha)
            else:
                there = sorted(said - {""}) or sorted(ref[:12] for ref in pinned)
                yield self.found("old", release.tag, tag=release.tag, sha=release.sha, there=there)
