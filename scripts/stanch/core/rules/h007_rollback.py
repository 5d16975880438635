"""H007: how to go back is written down before anybody goes forward."""

import re

from stanch.core.rules.facts import Facts
from stanch.core.rules.h004_review import holding
from stanch.core.rules.rule import SHOWN, Finding, Rule, Waivable, fails, passes

SHORTEST, LONGEST = 20, 280
"""Characters of the sentence."""

PLACEHOLDER = re.compile(
    r"\b(?:tbd|tba|todo|xxx|lorem ipsum|to be (?:done|decided|defined)|fill (?:me|this|it) in)\b"
    r"|^(?:n/?a|none|nothing|unknown)(?:[.,;:!-]|$)|<[a-z][\w .-]*>|\.\.\.$|…$",
    re.IGNORECASE,
)
HANDLE = re.compile(
    r"`[^`]{2,}`|https?://\S+|#\d+|\brevert(?:s|ing)?\b|\bflags?\b|\b(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b|\bv?\d+\.\d+",
    re.IGNORECASE,
)
"""What somebody can hold on to at three in the morning: a command, an address, a flag, a version, a revert."""

DATA = re.compile(
    r"\b(?:data|rows?|records?|columns?|tables?|schema|index(?:es)?|backups?|restores?|down|migrat\w*)\b", re.I
)


class Rollback(Rule):
    """`Rollback:` is one sentence with a handle. One that comes with a migration says what happens to the data."""

    code = "H007"
    waivable = Waivable.NEVER

    def judge(self, facts: Facts) -> Finding:
        said = facts.declared.values.get("rollback", ())
        if not said:
            return fails("missing")
        if len(said) > 1:
            return fails("several")
        return _sentence(facts, " ".join(said[0].split()))


def _sentence(facts: Facts, text: str) -> Finding:
    placeholder = PLACEHOLDER.search(text)
    if placeholder:
        return fails("placeholder", found=placeholder[0])
    if not SHORTEST <= len(text) <= LONGEST:
        return fails("no-sentence", shortest=SHORTEST, longest=LONGEST, length=len(text))
    if not HANDLE.search(text):
        return fails("no-handle")
    if facts.surface.migrations and not DATA.search(text):
        return fails("no-data", paths=list(facts.surface.migrations[:SHOWN]))
    if changed_since_read(facts):
        return fails("changed", text=text)
    return passes("told", text=text)


def changed_since_read(facts: Facts) -> bool:
    """Whether every approval that counts was given to another sentence than the one that stands there now."""
    read = [facts.bound[one.id] for one in holding(facts)]
    return bool(read) and all(one.rollback != facts.content.rollback for one in read)
