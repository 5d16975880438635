"""H006: the smallest change that mends it, and nothing else."""

from stanch.core.rules.facts import Facts
from stanch.core.rules.rule import SHOWN, Finding, Rule, Waivable, fails, firmly, passes

OBVIOUS = 10
"""Production lines below which a fix counts as obvious and small."""

LARGE = 50
"""Production lines above which a reason is not enough."""


class SmallestChange(Rule):
    """Less than ten lines of production pass; up to fifty with a reason; more, and anything in .github, on a waiver."""

    code = "H006"
    waivable = Waivable.BY_ONE

    def judge(self, facts: Facts) -> Finding:
        surface, reason = facts.surface, facts.declared.first("why not smaller")
        said = {
            "lines": surface.lines,
            "files": len(surface.files),
            "renamed": len(surface.renamed),
            "uncounted": surface.uncounted,
            "unneeded": len(facts.proving.proof.unneeded) if facts.proving.proof else 0,
            "reason": reason,
        }
        if surface.hidden:
            return firmly(fails("hidden", hidden=surface.hidden, **said))
        if surface.workflows:
            return explained(fails("workflows", paths=list(surface.workflows[:SHOWN]), **said), reason)
        if surface.lines > LARGE:
            return explained(fails("large", **said), reason)
        if surface.opaque:
            return explained(fails("opaque", paths=list(surface.opaque[:SHOWN]), **said), reason)
        if surface.lines >= OBVIOUS and not reason:
            return fails("no-reason", **said)
        return passes("small" if surface.lines < OBVIOUS else "reasoned", **said)


def explained(finding: Finding, reason: str) -> Finding:
    """Beyond the limits it takes the author's reason and a maintainer's waiver: without the one, no other."""
    return finding if reason else firmly(finding)
