"""What is shown with every toolchain: the same shop, the same changes to it, and what a proof of each comes to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.adapters.proof.repository import Files

NAMES = (
    "proven", "by-undo", "coupled", "not-reproduced", "not-fixed", "regression", "no-test", "flaky", "infra",
    "deleted", "fixture", "snapshot", "renamed", "same-file",
)  # fmt: skip

EXIT = {
    "PROVEN": 0, "PROVEN-BY-UNDO": 0,
    "NOT-REPRODUCED": 1, "NOT-FIXED": 1, "REGRESSION": 1, "NO-TEST": 1,
    "COUPLED": 3, "FLAKY": 3, "INFRA": 3,
}  # fmt: skip

Swap = tuple[str, str]
"""What stands in the code, and what stands there instead."""


@dataclass(frozen=True)
class Case:
    """One change, and everything that is said of it but the names of files: see `gist` in `proving`.

    `base` and `head` are files beside the toolchain's own base. `config` is the heading of the page under which
    its config stands, the toolchain's own if empty. `message` is part of what the first test says.
    """

    head: Files
    verdict: str
    told: Mapping[str, object] = field(default_factory=dict)
    base: Files = field(default_factory=dict)
    message: str = ""
    before: int = 1
    config: str = ""

    @property
    def exit_code(self) -> int:
        return EXIT[self.verdict]


@dataclass(frozen=True)
class Language:
    """The shop and its tests in one language.

    `file` makes the text of a test file of the names it uses and of tests: each a name, a call and a value.
    """

    code: str
    test: str
    new_test: str
    shop: str
    fix: Swap
    extra: Swap
    wrong: Swap
    couple: Swap
    clean: str
    remark: str
    calls: Mapping[str, tuple[str, str, str]]
    file: Callable[[Sequence[str], Sequence[tuple[str, str, str]]], str]

    @property
    def fixed(self) -> str:
        return swapped(self.shop, self.fix)

    @property
    def touched(self) -> str:
        """A change that mends nothing."""
        return self.shop + self.remark

    def tests(self, *names: str) -> str:
        """A test file with these tests of the table `calls`: what each uses, calls and expects."""
        uses = dict.fromkeys(word for name in names for word in self.calls[name][0].split())
        return self.file(list(uses), [(name, *self.calls[name][1:]) for name in names])

    def line(self, text: str, words: str) -> str:
        """The place of the first line with these words, as a hunk is named."""
        number = next(n for n, line in enumerate(text.splitlines(), start=1) if words in line)
        return f"{self.code}:{number}"


def swapped(text: str, *swaps: Swap) -> str:
    for old, new in swaps:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
        text = text.replace(old, new)
    return text


OLD = ("is_shown", "is_rounded")
"""The tests that the base has."""


def usual(lang: Language) -> dict[str, Case]:
    """The cases that differ between toolchains in nothing but the language."""
    more = swapped(lang.fixed, lang.extra)
    coupled = swapped(lang.fixed, lang.couple) + lang.clean
    new = [*OLD, "adds_up"]

    def changed(code: str, *tests: str) -> Files:
        return {lang.code: code, lang.test: lang.tests(*tests)}

    return {
        "proven": Case(changed(more, *new), "PROVEN",
                       {"tests": ["adds_up"], "unneeded": [lang.line(more, lang.extra[1])]}),
        "by-undo": Case({lang.code: coupled, lang.new_test: lang.tests("adds_up_clean")}, "PROVEN-BY-UNDO",
                        {"tests": ["adds_up_clean"], "by_undo": lang.line(coupled, lang.couple[1])}),
        "coupled": Case({lang.code: lang.shop + lang.clean, lang.new_test: lang.tests("is_cleaned")}, "COUPLED",
                        {"coupled": ["is_cleaned"]}, message="clean"),
        "not-reproduced": Case(changed(lang.touched, *OLD, "is_shown_longer"), "NOT-REPRODUCED"),
        "not-fixed": Case(changed(lang.touched, *new), "NOT-FIXED", {"failing": ["adds_up"]}),
        "regression": Case(changed(swapped(lang.fixed, lang.wrong), *new), "REGRESSION",
                           {"regressions": ["is_shown"]}),
        "no-test": Case({lang.code: lang.fixed}, "NO-TEST"),
        "deleted": Case(changed(lang.fixed, "is_shown", "adds_up"), "PROVEN",
                        {"tests": ["adds_up"], "removed": ["is_rounded"]}),
        "renamed": Case(changed(lang.fixed, "is_shown", "is_rounded_down", "adds_up"), "PROVEN",
                        {"tests": ["adds_up"], "renamed": ["is_rounded -> is_rounded_down"]}),
    }  # fmt: skip


@dataclass(frozen=True)
class Toolchain:
    """A way to run tests, as the page documents it under a heading of this name.

    `needs` are the programs without which nothing is shown. `less` says for a case why it shows less here than
    elsewhere. `package` names the locked packages that npm installs.
    """

    name: str
    needs: tuple[str, ...]
    base: Files
    cases: Mapping[str, Case]
    less: Mapping[str, str] = field(default_factory=dict)
    package: str = ""
