"""D004: the repository's policy allows the actions that Stanch's workflows use."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import readable
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import ActionsPolicy, Inspection, Unknown
from stanch.core.doctor.workflow import Use

GITHUB = ("actions", "github")
"""Whose actions GitHub calls its own."""


class Policy(Check):
    """A workflow that uses an action that is not allowed fails before it starts."""

    code = "D004"
    place = "settings/actions"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        policy = seen.policy
        if isinstance(policy, Unknown):
            yield self.untold(policy)
            return
        owner = seen.home.full_name.partition("/")[0]
        uses = {f"{use.name}@{use.ref}": use for _, file in readable(seen) for use in file.uses}
        for written, use in sorted(uses.items()):
            if not use.local and not _allowed(policy, use, written, owner):
                yield self.found("forbidden", written, allowed=policy.allowed, uses=written, name=use.name)
            if policy.pins_required and not use.pinned:
                yield self.found("unpinned", written, uses=written)


def _allowed(policy: ActionsPolicy, use: Use, written: str, owner: str) -> bool:
    """Whether the policy lets an action run. `verified` creators cannot be told from here: their actions count as
    allowed where they are.
    """
    theirs = use.name.partition("/")[0]
    if policy.allowed == "all" or theirs.casefold() == owner.casefold():
        return True
    if policy.allowed == "local_only":
        return False
    if policy.github_owned and theirs.casefold() in GITHUB:
        return True
    shut = [one[1:] for one in policy.patterns if one.startswith("!")]
    open_ = [one for one in policy.patterns if not one.startswith("!")]
    return _named(written, open_) and not _named(written, shut)


def _named(written: str, patterns: list[str]) -> bool:
    """Whether one of the patterns names it: `*` stands for anything, `owner/name` for every version of it."""
    name = written.partition("@")[0]
    return any(fnmatchcase(written, one) or fnmatchcase(name, one) for one in patterns)
