"""R019: a command that destroys something says so before it is run."""

import re
from collections.abc import Iterator

from stanch.core.lint.finding import Gravity
from stanch.core.runbooks.library import Leaf, Library
from stanch.core.runbooks.lint.finding import Finding
from stanch.core.runbooks.lint.rule import Rule
from stanch.core.runbooks.sheet import Fence

DANGEROUS = re.compile(
    r"\brm\s{1,4}(?:-[\w-]{1,30}\s{1,4}){0,3}?-\w{0,6}(?:r\w{0,6}f|f\w{0,6}r)|\b(?:drop\s+(?:table|database|schema|role|user)|truncate\s+(?:table\s+)?[\w\"])"
    r"|\bdelete\s+from\s+[\w.\"]+\s*(?:;|[\"']|$)|\bgit\s+push\b[^|;&]{0,200}?\s(?:--force(?![\w-])|-f\b)|\bgit\s+reset\s+--hard"
    r"|\bgit\s+clean\s+-\w*f|\bkubectl\b[^|;&]{0,200}?\sdelete\s(?!pod\b|pods\b)|\b(?:terraform|tofu|pulumi)\s+destroy\b"
    r"|\b(?:flushall|flushdb)\b|\bmkfs\b|\bdd\s[^|;&]{0,200}?\bof=|\bdocker\s+(?:system|volume)\s+(?:prune|rm)\b"
    r"|\baws\s+s3\s+r[mb]\b[^|;&]{0,200}?\s--(?:recursive|force)\b|\bhelm\s+(?:uninstall|delete)\b|\b(?:queue|topic)\b[^|;&]{0,40}\bpurge\b|\bpurge-queue\b",
    re.IGNORECASE,
)
"""What cannot be taken back, by the tools that runbooks name most; a pod that is deleted comes back by itself."""

WARNED = re.compile(
    r"\b(?:warn\w*|cautio\w*|careful\w*|danger\w*|irrevers\w*|undone|undo|los(?:e|es|t|ing)|loss|destroy\w*|gone|"
    r"only (?:if|when|after|once)|never|make sure|back ?up\w*|snapshot|cop(?:y|ies)|for good|second (?:person|pair)|"
    r"two of you|look (?:first|before|again)|look, |not (?:come|bring) back|cannot be|removes?|deletes?|drops?)\b",
    re.IGNORECASE,
)

BEFORE = 6
"""Lines before a command in which it may be warned of."""


class Danger(Rule):
    """A command that deletes for good is preceded by a sentence about it: what is lost, or what to look at before."""

    code = "R019"
    gravity = Gravity.WARNING

    def look(self, library: Library) -> Iterator[Finding]:
        for leaf in library.runbooks:
            for fence in leaf.sheet.fences:
                if fence.is_command:
                    yield from self._of_fence(leaf, fence)

    def _of_fence(self, leaf: Leaf, fence: Fence) -> Iterator[Finding]:
        warned = any(WARNED.search(line) for line in leaf.sheet.prose[max(0, fence.line - 1 - BEFORE) : fence.line - 1])
        for offset, line in enumerate(fence.lines, start=1):
            if line.lstrip().startswith("#"):
                warned = warned or bool(WARNED.search(line))
            elif not warned and (found := DANGEROUS.search(line[:2_000])):
                yield self.found("unwarned", leaf.path, fence.line + offset, found.start() + 1, command=found[0])
