"""`--fix`: what is mechanical is mended, once, and nothing else is touched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lint_documents import GOOD, findings, items

from stanch.core.lint.boxes import set_right, with_box
from stanch.core.lint.mending import mended
from stanch.core.markdown import lines_of

LINES = {
    "no space inside": ("- [] Add a test", "- [ ] Add a test"),
    "no space behind": ("- [ ]Add a test", "- [ ] Add a test"),
    "no space before": ("-[ ] Add a test", "- [ ] Add a test"),
    "none at all": ("-[]Add a test", "- [ ] Add a test"),
    "spaces inside": ("- [  ] Add a test", "- [ ] Add a test"),
    "x with a space": ("- [ x ] Add a test", "- [x] Add a test"),
    "capital": ("- [X] Add a test", "- [x] Add a test"),
    "capital with spaces": ("- [ X ] Add a test", "- [x] Add a test"),
    "a v": ("- [v] Add a test", "- [x] Add a test"),
    "a y": ("- [Y] Add a test", "- [x] Add a test"),
    "a line to write on": ("- [_] Add a test", "- [ ] Add a test"),
    "a star inside": ("- [*] Add a test", "- [x] Add a test"),
    "a tick": ("* [✓] Add a test", "* [x] Add a test"),
    "a heavy tick": ("+ [✔️] Add a test", "+ [x] Add a test"),
    "a box as a sign": ("- ☐ Add a test", "- [ ] Add a test"),
    "a ticked box as a sign": ("- ☑ Add a test", "- [x] Add a test"),
    "numbered": ("1. []Add a test", "1. [ ] Add a test"),
    "indented": ("   - [] Add a test", "   - [ ] Add a test"),
}
UNTOUCHED = (
    "- [ ] Add a test",
    "- [x] Add a test",
    "1) [x] Add a test",
    "- [](https://example.com)",
    "- [x](https://example.com)",
    "- [ ]: nothing",
    "- [sam] Add a test",
    "- [-] dropped",
    "- [~] Add a test",
    "- [v](https://example.com)",
    "- [y]: https://example.com",
    "- [ ]",
    "-[link](x)",
    "- Add a test",
    "*[ ] emphasis*",
    "text [] text",
    "2026. [ ]",
    "- ✅ Add a test",
)


@pytest.mark.parametrize("name", LINES)
def test_a_box_is_set_right(name: str) -> None:
    """Each way of writing one becomes the one that GitHub shows, and stays it."""
    before, after = LINES[name]
    assert set_right(before) == after
    assert set_right(after) is None


@pytest.mark.parametrize("line", UNTOUCHED)
def test_what_is_no_box_is_left_alone(line: str) -> None:
    """Good boxes, links, names and what is not sure."""
    assert set_right(line) is None


def test_a_bullet_gets_its_box() -> None:
    """Behind its mark; what has one already and what is no bullet get none."""
    assert with_box("- Add a test") == "- [ ] Add a test"
    assert with_box("  12. Add a test") == "  12. [ ] Add a test"
    assert with_box("Add a test") is None
    assert with_box("- [ ] Add a test") is None
    assert with_box("- [-] Add a test") is None
    assert with_box("- [ ~ ] Add a test") is None
    assert with_box("- [sam] Add a test") == "- [ ] [sam] Add a test"
    assert with_box("- [v](https://example.com) Add a test") == "- [ ] [v](https://example.com) Add a test"


def fixed(body: str) -> str:
    return mended(body, findings(body))


REST = "Add a test — Owner: @sam — Due: 2026-03-24"
TICKED = ("[ x ]", "[ X ]", "[v]", "[y]", "[x ]", "[✓]")


@pytest.mark.parametrize("box", [*TICKED, "[_]", "[  ]", "[]", "[-]", "[~]", "[?]"])
def test_a_box_never_gets_a_second_one(box: str) -> None:
    """What was ticked stays ticked, and a mark that nobody can read is left to whoever wrote it."""
    (line,) = [one for one in lines_of(fixed(items(f"- {box} {REST}"))) if REST in one]
    unknown = box in {"[-]", "[~]", "[?]"}
    assert line == f"- {box if unknown else '[x]' if box in TICKED else '[ ]'} {REST}"


SLOPPY = items(
    "- [] Add a test — Owner: @sam — Due: 2026-03-24",
    "- Add an alert — Owner: @sam — Due: 2026-03-25",
    "- [X] Write it down — Owner: @kim — Due: 2026-03-19",
    "- [ ] Keep this — Owner: @kim — Due: 2026-03-26",
)


def test_only_the_lines_that_are_named_change() -> None:
    """Three lines have a finding that can be mended; all others stay as they are."""
    before, after = lines_of(SLOPPY), lines_of(fixed(SLOPPY))
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True), start=1) if old != new]
    assert changed == [one.line for one in findings(SLOPPY) if one.mended is not None]
    assert len(changed) == 3


def test_a_good_document_stays_as_it_is() -> None:
    """Nothing is mended for the sake of it."""
    assert fixed(GOOD) == GOOD


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_the_ends_of_lines_are_kept(end: str) -> None:
    """A file from Windows stays one; the last line keeps what it had, or had not."""
    body = SLOPPY.replace("\n", end)
    assert fixed(body) == fixed(SLOPPY).replace("\n", end)
    assert fixed(body.rstrip(end)) == fixed(SLOPPY).rstrip("\n").replace("\n", end)


PIECES = st.sampled_from(
    [
        "- ",
        "* ",
        "1. ",
        "-",
        "[ ]",
        "[]",
        "[X]",
        "[ x ]",
        "[*]",
        "☐",
        "✅",
        " ",
        "  ",
        "Add a test",
        "— Owner: @sam",
        "`",
        "> ",
        "|",
        "```",
        "(x)",
        ":",
        "~~",
        "done",
        "\t",
        "**",
    ]
)
DOCUMENTS = st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=12).map(lambda lines: items(*lines))


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_mending_twice_is_mending_once(body: str) -> None:
    """What was mended needs no mending, whatever stood there."""
    once = fixed(body)
    assert fixed(once) == once
    assert len(lines_of(once)) == len(lines_of(body))
