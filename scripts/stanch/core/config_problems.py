"""What is wrong with a config file, said with its place and the way to mend it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

CONFIG_PATH = ".github/stanch.yml"
ALTERNATIVE_PATH = ".github/stanch.yaml"

MOST_PROBLEMS = 50
"""More problems than this are counted instead of told."""

SECRET = re.compile(r"://|^xox[a-z]-|^[A-Za-z0-9_-]{32,}$")
"""What may be a secret that somebody wrote into the file: what is wrong is said on the thread and in logs."""

Path = tuple[str | int, ...]
"""Where a value stands: keys of mappings and indexes of lists, from the top."""

Value = str | int | bool | list["Value"] | dict[str, "Value"] | None
"""A plain value. A scalar keeps its text unless it is exactly a whole number, `true`, `false` or empty."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column of the file, both counted from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong. Problems sort by file and place."""

    file: str
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.place.line}:{self.place.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Source:
    """A config file as read: its plain value, where everything stands, and what the reader stumbled over.

    `keys` says where a key stands, `values` where the value behind it does. A file that could not be
    read to its end has the value None and at least one problem.
    """

    file: str = CONFIG_PATH
    value: Value = None
    keys: Mapping[Path, Place] = field(default_factory=dict)
    values: Mapping[Path, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def problem(self, path: Path, message: str, *, at_key: bool = False) -> Problem:
        """A problem at this path's value, or at its key."""
        place = self.values.get(path) or Place()
        return Problem(self.file, self.keys.get(path, place) if at_key else place, message)


@dataclass(frozen=True, slots=True)
class Remark:
    """What is allowed and takes nothing out of force, but should be known: said of a place of the file."""

    path: Path
    message: str

    def told(self, source: Source) -> Problem:
        """The remark at its place, or at the nearest one above it that is written."""
        ends = range(len(self.path), -1, -1)
        path = next((self.path[:end] for end in ends if self.path[:end] in source.values), ())
        return source.problem(path, self.message, at_key=True)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems as they stand in the file, each once; a flood of them is cut and counted."""
    ordered = sorted(set(problems))
    told, rest = ordered[:MOST_PROBLEMS], ordered[MOST_PROBLEMS:]
    more = [Problem(rest[0].file, rest[0].place, f"and {len(rest)} more problems from here on")] if rest else []
    return tuple(told + more)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, empty when none is close."""
    by_case = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold()[:100].replace("_", "-").replace(" ", "-"), by_case, n=1)
    return by_case[close[0]] if close else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "services"?`, or nothing when no known word is close."""
    close = nearest(word, known)
    return f'; did you mean "{close}"?' if close else ""


def unknown_key(key: str, known: Iterable[str]) -> str:
    """What is said of a key that means nothing here."""
    names = list(known)
    return f"unknown key {quoted(key)}" + (did_you_mean(key, names) or f"; known here: {', '.join(names)}")


def quoted(text: str) -> str:
    """Somebody's words inside one line of ours: cut, without line breaks, and with nothing hidden in them."""
    line = " ".join(text[:1000].split())
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line)
    if SECRET.search(line):
        return "an address or a key, which is not repeated here"
    return f'"{shown[:60]}…"' if len(shown) > 61 else f'"{shown}"'


def kind_of(value: object) -> str:
    """What a person would call this value."""
    match value:
        case None:
            return "nothing"
        case bool() | int():
            return str(value).lower()
        case str():
            return quoted(value)
        case list():
            return "a list"
        case _:
            return "a mapping"


def spell_path(path: Path) -> str:
    """`services.checkout.look[2]`, counting list items from 1."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).lstrip(".")
