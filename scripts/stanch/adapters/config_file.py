"""Reads YAML text into plain values with the place of each, and refuses YAML's surprises.

It walks the parser's events instead of composing nodes: depth, aliases, tags and doubled keys are seen
where they stand, and nothing is expanded.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

import yaml

from stanch.core.config import ALTERNATIVE_PATH, CONFIG_PATH, Loaded, Place, Problem, Source, load
from stanch.core.config_problems import MOST_PROBLEMS, Path, Value, in_order, quoted

MOST_BYTES = 64 * 1024
MOST_DEPTH = 32

# libyaml, where PyYAML was built with it: five times as fast, with the same events and marks.
PARSER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Characters that nobody sees but that change what is read: controls, bidi marks, zero widths, surrogates."""

NOWHERE = -1
"""The path of what stands under a key that counts for nothing."""

WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
NOTHING = frozenset({"", "~", "null"})
SWITCHES = {"true": True, "false": False}


class UnreadableError(Exception):
    """The text cannot be read to its end; carries the one problem that stopped it."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place


def read_config(text: str | bytes | None, path: str = CONFIG_PATH) -> Loaded:
    """The rules that this text sets. None (no such file) and an empty text mean the defaults."""
    return Loaded() if text is None else load(read_source(text, path))


def read_either(yml: str | bytes | None, yaml_text: str | bytes | None) -> Loaded:
    """The rules of `.github/stanch.yml`, or else of `.github/stanch.yaml`; having both is a problem."""
    if yml is None:
        return read_config(yaml_text, ALTERNATIVE_PATH)
    loaded = read_config(yml, CONFIG_PATH)
    if yaml_text is None:
        return loaded
    both = Problem(ALTERNATIVE_PATH, Place(), f"{CONFIG_PATH} exists too and is the one in force; delete this file")
    return replace(loaded, problems=in_order([*loaded.problems, both]))


def read_source(text: str | bytes, path: str = CONFIG_PATH) -> Source:
    """Plain values with their places. Whatever stops the reading is the last of the source's problems."""
    reading = Reading(path)
    try:
        plain = _decoded(text)
        reading.look_for_hidden(plain)
        value = None if reading.problems else reading.document(plain)
    except UnreadableError as error:
        reading.object_to(error.place, str(error))
        value = None
    return Source(path, value, reading.keys, reading.values, tuple(reading.problems))


def _decoded(text: str | bytes) -> str:
    """The text without its byte order mark. Raises UnreadableError if it is too long or not plain UTF-8."""
    encoded = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
    if len(encoded) > MOST_BYTES:
        raise UnreadableError(Place(), f"the file has {len(encoded):,} bytes; at most {MOST_BYTES:,} are read")
    try:
        decoded = text.decode() if isinstance(text, bytes) else text
    except UnicodeDecodeError as error:
        line = encoded.count(b"\n", 0, error.start) + 1
        raise UnreadableError(Place(line), "the file is not UTF-8; save it as UTF-8") from None
    return decoded.removeprefix("\ufeff")


def _place_of(text: str, offset: int) -> Place:
    before = re.split(r"\r\n|\r|\n", text[:offset])
    return Place(len(before), len(before[-1]) + 1)


def _hidden(character: str) -> str:
    name = unicodedata.name(character, "control character").lower()
    return f"the invisible character U+{ord(character):04X} ({name}) is not allowed here"


@dataclass
class Frame:
    """A list or mapping that is still open. In a mapping, a key that counts for nothing is None."""

    path: Path
    items: list[Value] | dict[str, Value]
    key: str | None = None
    wants_value: bool = False


@dataclass
class Reading:
    """One file on its way from events to values."""

    file: str
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    top: Value = None
    documents: int = 0

    def object_to(self, place: Place, message: str) -> None:
        self.problems.append(Problem(self.file, place, message))

    def look_for_hidden(self, text: str) -> None:
        for found in islice(UNSEEN.finditer(text), MOST_PROBLEMS):
            self.object_to(_place_of(text, found.start()), _hidden(found[0]))

    def document(self, text: str) -> Value:
        """The value of the whole text. Raises UnreadableError where it cannot be read on."""
        for event in _events(text):
            self._take(event)
        return self.top

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self._begin_document(event)
            case yaml.AliasEvent():
                self.object_to(_start(event), f'write the text out again instead of "*{event.anchor}"')
                self._put(event, None)
            case yaml.ScalarEvent():
                self._take_scalar(event)
            case yaml.SequenceStartEvent():
                self._open(event, [])
            case yaml.MappingStartEvent():
                self._open(event, {})
            case yaml.CollectionEndEvent():
                self.frames.pop()

    def _begin_document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            raise UnreadableError(_start(event), 'a second document begins here; take "---" out')

    def _open(self, event: yaml.CollectionStartEvent, items: list[Value] | dict[str, Value]) -> None:
        if len(self.frames) == MOST_DEPTH:
            raise UnreadableError(_start(event), f"nested deeper than {MOST_DEPTH} levels")
        self._object_to_extras(event)
        self.frames.append(Frame(self._put(event, items), items))

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        self._object_to_extras(event)
        if found := UNSEEN.search(event.value):
            self.object_to(_start(event), _hidden(found[0]))
        if self.frames and isinstance(self.frames[-1].items, dict) and not self.frames[-1].wants_value:
            self._take_key(self.frames[-1], event)
        else:
            self._put(event, _plain_value(event))

    def _object_to_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self.object_to(_start(event), f'take "&{event.anchor}" out; anchors are not read')
        if event.tag is not None:
            self.object_to(_start(event), f"take the tag {quoted(event.tag)} out; tags are not read")

    def _take_key(self, frame: Frame, event: yaml.ScalarEvent) -> None:
        """A doubled key counts for nothing: the first one stays."""
        key, path = event.value, (*frame.path, event.value)
        frame.wants_value, frame.key = True, None
        if key == "<<" and not event.style:
            self.object_to(_start(event), 'write the keys out instead of "<<"; merging is not read')
        elif not key:
            self.object_to(_start(event), 'a key is missing before ":"')
        elif path in self.keys:
            line = self.keys[path].line
            self.object_to(_start(event), f"{quoted(key)} is written twice, first in line {line}")
        else:
            frame.key, self.keys[path] = key, _start(event)

    def _put(self, event: yaml.NodeEvent, value: Value) -> Path:
        """Put a value where it belongs, and answer where that is."""
        path = self._slot(event, value)
        self.values.setdefault(path, _start(event))
        return path

    def _slot(self, event: yaml.NodeEvent, value: Value) -> Path:
        if not self.frames:
            self.top = value
            return ()
        frame = self.frames[-1]
        if isinstance(frame.items, list):
            frame.items.append(value)
            return (*frame.path, len(frame.items) - 1)
        if not frame.wants_value:
            self.object_to(_start(event), "a key must be plain text")
            frame.wants_value, frame.key = True, None
            return (*frame.path, NOWHERE)
        frame.wants_value = False
        if frame.key is None:
            return (*frame.path, NOWHERE)
        frame.items[frame.key] = value
        return (*frame.path, frame.key)


def _start(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place()


def _plain_value(event: yaml.ScalarEvent) -> Value:
    """`9:00`, `on`, `012`, `1e3` and dates stay text; only `12`, `true`, `false` and nothing are more."""
    text: str = event.value
    if event.style:
        return text
    if text in NOTHING:
        return None
    if WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return SWITCHES.get(text, text)


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=PARSER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place()
        raise UnreadableError(place, _explained(error.problem or "", text, place)) from None
    except yaml.YAMLError:
        raise UnreadableError(Place(), "the file holds characters that YAML does not know") from None


def _explained(problem: str, text: str, place: Place) -> str:
    """What the parser stumbled over, with the remedy where it is a common one."""
    line = (text.splitlines()[place.line - 1 : place.line] or [""])[0]
    character = line[place.column - 1 : place.column]
    if character in {"@", "`", "%"}:
        return f'text that begins with "{character}" needs quotes; a login is written without "@"'
    if character == "\t":
        return "a tab cannot indent; use spaces"
    if problem.startswith("mapping values are not allowed"):
        return 'a second ":" in one line; put the text in quotes, or mend the indentation'
    return f"not YAML: {problem}"
