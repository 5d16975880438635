"""H011: what comes from elsewhere is read by two."""

from stanch.core.dependencies import Bump
from stanch.core.rules.facts import Facts
from stanch.core.rules.h004_review import holding, team_of, works_alone
from stanch.core.rules.rule import SHOWN, Finding, Rule, Waivable, cannot_tell, fails, passes, skips

NEEDED = 2


class Dependencies(Rule):
    """A major bump, a new dependency or a new source needs a second approval."""

    code = "H011"
    waivable = Waivable.BY_ONE

    def judge(self, facts: Facts) -> Finding:
        if not facts.pull.all_files_shown:
            return cannot_tell("too-many-files", files=facts.pull.changed_files)
        if not facts.bumps:
            return skips("none")
        said = {"bumps": [_said(bump) for bump in facts.bumps[:SHOWN]], "more": max(0, len(facts.bumps) - SHOWN)}
        if works_alone(facts):
            return skips("alone", author=facts.author, **said)
        fresh = sorted({one.author.login for one in holding(facts)})
        needed = team_of(facts, NEEDED, fresh)
        if facts.pushers is None and fresh:
            return cannot_tell("pushers-unknown", **said)
        if len(fresh) < needed:
            return fails("one-more", approved=fresh, needed=needed, **said)
        return passes("read-by-two", by=fresh, **said)


def _said(bump: Bump) -> dict[str, object]:
    return {
        "path": bump.path,
        "name": bump.name,
        "before": bump.before,
        "after": bump.after,
        "kind": bump.kind.value,
    }
