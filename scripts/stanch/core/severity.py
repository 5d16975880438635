"""How bad it is for users now, and the many ways in which people write it."""

import re
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache

from stanch.core.letters import folded

NO_ALIASES: Mapping[str, "Severity"] = {}

IGNORED = re.compile(r"[\s_\-\u2010-\u2015\u2212]+")
"""What does not matter in a label: spaces, underscores and dashes of any kind."""

CHOICE_HEAD = 200
"""Characters of a form's answer in which its severity must stand."""

UNSURE = re.compile(r"(?:i am |i'm )?(?:not sure|unsure|not known|unknown|i? ?do(?:n[\u2019']t| not) know)\b")


class Severity(IntEnum):
    """A severity; the lower the number, the worse."""

    SEV_1 = 1
    SEV_2 = 2
    SEV_3 = 3
    SEV_4 = 4

    @property
    def label(self) -> str:
        """The canonical label, `sev-1` … `sev-4`."""
        return f"sev-{self.value}"

    def is_worse_than(self, other: "Severity") -> bool:
        return self < other


@lru_cache(maxsize=4096)
def same_name(label: str) -> str:
    """What two spellings of one label have in common: NFKC, without case, dashes, spaces and underscores."""
    return IGNORED.sub("", folded(label).casefold())


def hung(name: str, labels: Iterable[str]) -> str:
    """A label as it is spelt where it hangs; empty where it does not."""
    return next((label for label in labels if same_name(label) == same_name(name)), "")


CANONICAL: Mapping[str, Severity] = {same_name(severity.label): severity for severity in Severity}


def severity_of(text: str, aliases: Mapping[str, Severity] = NO_ALIASES) -> Severity | None:
    """The severity that a label means, or None. `aliases` maps labels, spelt in any way, to severities."""
    return _known(aliases).get(same_name(text))


def severity_in_choice(text: str, aliases: Mapping[str, Severity] = NO_ALIASES) -> Severity | None:
    """The severity at the start of a form's answer, such as `SEV-1: down, data at risk`, or None.

    The longest known name wins; what follows it may be in any language.
    """
    known = _known(aliases)
    head = folded(text.strip()[:CHOICE_HEAD])
    names = (same_name(head[:end]) for end in range(len(head), 0, -1) if _ends_word(head, end))
    return next((known[name] for name in names if name in known), None)


def unsure(text: str) -> bool:
    """Whether a form's answer says that nobody knows how bad it is: until somebody does, it is treated as the worst."""
    return UNSURE.match(folded(text.strip()[:CHOICE_HEAD]).casefold()) is not None


def _known(aliases: Mapping[str, Severity]) -> Mapping[str, Severity]:
    if not aliases:
        return CANONICAL
    return {same_name(name): severity for name, severity in aliases.items()} | dict(CANONICAL)


def _ends_word(text: str, end: int) -> bool:
    """Whether a name may end here: Japanese puts no space after `SEV-1`, so only ASCII runs on."""
    following = text[end : end + 1]
    return not (following.isascii() and following.isalnum())
