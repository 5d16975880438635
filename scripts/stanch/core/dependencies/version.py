"""Versions and ranges, read only as far as a comparison needs: from where, to where, and over which major lines.

The ecosystems agree on most operators; a `Dialect` says where they do not. Prereleases count as their release.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

Numbers = tuple[int, ...]
"""Epoch and five numbers, so that 1.2 and 1.2.0 are the same."""

LONGEST = 200
"""Characters of a range that are read; a longer one cannot be read."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a bare version means (`=` or `^`), what `~` means, and whether a bare `1.2` stands for every 1.2.x."""

    bare: str = "="
    tilde: str = "~"
    partial: bool = False


PLAIN = Dialect()
NPM = Dialect(partial=True)
CARGO = Dialect(bare="^")
COMPOSER = Dialect(tilde="~>")


@dataclass(frozen=True, slots=True)
class Span:
    """The versions that a range admits: from `low` to below `high`, None for no bound, without `holes`.

    `exact` is one version alone. `ways` counts the alternatives; what lies between them is counted as admitted.
    """

    low: Numbers | None = None
    high: Numbers | None = None
    exact: bool = False
    ways: int = 1
    holes: frozenset[Numbers] = frozenset()

    def admits(self, version: Numbers) -> bool:
        return (self.low is None or self.low <= version) and (self.high is None or version < self.high)

    @property
    def width(self) -> int:
        """0 one version, 1 patches, 2 one major line, 3 several lines, 4 no end."""
        if self.exact:
            return 0
        if self.high is None:
            return 4
        low = self.low or _NOTHING
        if self.high <= _raised(low, 2):
            return 1
        return 2 if self.high <= _raised(low, 2 if low[1] == 0 else 1) else 3

    @property
    def top(self) -> tuple[Numbers, bool]:
        """The major line that the upper bound lies in, and whether it admits something of that line."""
        high = self.high or _ENDLESS
        return line(high), high > _first_of(line(high))


_SIZE = 6
_NOTHING: Numbers = (0,) * _SIZE
_ENDLESS: Numbers = (10**15,) * _SIZE
_ANY = {"", "*", "x", "X", "latest", "any", "latest.release"}
_VERSION = re.compile(
    r"[vV]?(?:([0-9]{1,9})!)?([0-9]{1,14}(?:\.[0-9]{1,14}){0,7})((?:[-+._]?[A-Za-z]|[-+_][0-9])[\w.+-]*)?"
)
_RELEASE = re.compile(r"v?[0-9]+(?:\.[0-9]+)+")
_WILD = re.compile(r"(?:\.[*xX+])+(?!\w)")
_COMMIT = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{7,64}")
_PSEUDO = re.compile(r"[-.][0-9]{14}-[0-9a-f]{12}")
_CLAUSE = re.compile(r"[\s,]*(\^|~>|~=|~|===|==|=|!=|>=|<=|>|<)?\s*((?:[0-9]+!)?[^\s,<>=!~^]+)")
_HYPHEN = re.compile(r"\s*(\S+)\s+-\s+(\S+)\s*")
_BRACKETS = re.compile(r"([\[(])([^,\[\]()]*)(,?)([^,\[\]()]*)([\])])")


def line(version: Numbers) -> Numbers:
    """What a breaking release changes: the major number, and before 1.0 the minor one."""
    return (version[0], version[1], version[2] if version[1] == 0 else 0)


def span(text: str, dialect: Dialect) -> Span | None:
    """What a range admits; None for what is no range of versions."""
    if len(text) > LONGEST:
        return None
    if dialect == PLAIN and _RELEASE.fullmatch(text) and (found := _numbers(text)):
        return _spanned("=", *found)  # most of a lock file
    ways = [_way(_bracketed(way.strip()), dialect) for way in re.split(r"\|\|?", text)]
    known = [way for way in ways if way is not None]
    return _union(known) if len(known) == len(ways) else None


def _union(ways: list[Span]) -> Span:
    if len(ways) == 1:
        return ways[0]
    lows = [way.low for way in ways if way.low is not None]
    highs = [way.high for way in ways if way.high is not None]
    return Span(
        low=min(lows) if len(lows) == len(ways) else None,
        high=max(highs) if len(highs) == len(ways) else None,
        ways=len(ways),
    )


def _bracketed(text: str) -> str:
    """`[1.0,2.0)`, as Maven writes ranges, in operators."""
    found = _BRACKETS.fullmatch(text)
    if found is None:
        return text
    left, low, comma, high, right = found.groups()
    if not comma:
        return f"={low}"
    lower = f"{'>=' if left == '[' else '>'}{low}" if low.strip() else ""
    upper = f"{'<=' if right == ']' else '<'}{high}" if high.strip() else ""
    return f"{lower},{upper}".strip(",")


def _way(text: str, dialect: Dialect) -> Span | None:
    if text in _ANY:
        return Span()
    hyphen = _HYPHEN.fullmatch(text)
    clauses = [(">=", hyphen[1]), ("<=", hyphen[2])] if hyphen else list(_clauses(text))
    spans = [_clause(operator, version, dialect) for operator, version in clauses]
    known = [found for found in spans if found is not None]
    return _intersection(known) if known and len(known) == len(spans) else None


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """Operator and version of each part; what is neither becomes a version that cannot be read."""
    position = 0
    while text[position:].strip(" ,\t"):
        found = _CLAUSE.match(text, position)
        yield (found[1] or "", found[2]) if found else ("", "?")
        position = found.end() if found else len(text)


def _intersection(spans: Iterable[Span]) -> Span:
    low: Numbers | None = None
    high: Numbers | None = None
    exact, holes = False, frozenset[Numbers]()
    for each in spans:
        low = each.low if low is None else max(low, each.low or low)
        high = each.high if high is None else min(high, each.high or high)
        exact, holes = exact or each.exact, holes | each.holes
    return Span(low=low, high=high, exact=exact, holes=holes)


def _clause(operator: str, text: str, dialect: Dialect) -> Span | None:
    if not operator and text in _ANY:
        return Span()
    written = text.partition("@")[0]
    plain = _WILD.sub("", written)
    wild = plain != written
    found = _numbers(plain)
    if found is None:
        return None
    version, given = found
    operator = dialect.tilde if operator == "~" else operator
    if not operator:
        operator = "*" if wild or (dialect.partial and given < 3) else dialect.bare
    elif wild and operator in {"=", "=="}:
        operator = "*"
    return _spanned(operator, version, given)


def _numbers(text: str) -> tuple[Numbers, int] | None:
    """A version's numbers, and how many were given."""
    if _COMMIT.fullmatch(text) or _PSEUDO.search(text) or text.endswith("-dev"):
        return None
    found = _VERSION.fullmatch(text)
    if found is None:
        return None
    numbers = [int(number) for number in found[2].split(".")][: _SIZE - 1]
    return (int(found[1] or 0), *numbers, *[0] * (_SIZE - 1 - len(numbers))), len(numbers)


def _spanned(operator: str, version: Numbers, given: int) -> Span:
    if operator in _FIXED:
        return Span(low=version, high=_raised(version, _FIXED[operator](version, given)))
    if operator == "!=":
        return Span(holes=frozenset({version}))
    if operator in {">", ">="}:
        return Span(low=version)
    if operator in {"<", "<="}:
        return Span(high=_after(version) if operator == "<=" else version)
    return Span(low=version, high=_after(version), exact=True)


def _caret(version: Numbers, given: int) -> int:
    """The place of the first number that is not zero, of those that were given."""
    return next((place for place in range(1, given) if version[place]), given)


_FIXED: dict[str, Callable[[Numbers, int], int]] = {
    "^": _caret,
    "~": lambda _, given: min(given, 2),
    "~>": lambda _, given: max(given - 1, 1),
    "~=": lambda _, given: max(given - 1, 1),
    "*": lambda _, given: given,
}
"""At which place a version is raised to end a range, by operator."""


def _raised(version: Numbers, place: int) -> Numbers:
    """The next version at a place: 1 is the major number."""
    return (*version[:place], version[place] + 1, *[0] * (_SIZE - 1 - place))


def _after(version: Numbers) -> Numbers:
    return (*version[:-1], version[-1] + 1)


def _first_of(major_line: Numbers) -> Numbers:
    return (*major_line, *[0] * (_SIZE - len(major_line)))
