"""What a command's own output says: `go test -json`, `cargo test`, jest's JSON, and an exit code alone."""

import json
import re
from collections.abc import Iterator

from stanch.adapters.proof.junit import MOST_CASES
from stanch.adapters.proof.texts import MESSAGE_MOST, ReportError, decisive_first, tidy_message, tidy_name
from stanch.core.proof.outcomes import Case, Key, Outcome

_GO = {"pass": Outcome.PASS, "fail": Outcome.FAIL, "skip": Outcome.SKIP}
_JEST = {"passed": Outcome.PASS, "failed": Outcome.FAIL}
_CARGO = {"ok": Outcome.PASS, "FAILED": Outcome.FAIL, "ignored": Outcome.SKIP}

_CARGO_TARGET = re.compile(r"^ +(?:Running (?:unittests )?(?P<file>\S+) \(|Doc-tests (?P<crate>\S+))")
_CARGO_TEST = re.compile(r"^test (?P<name>.+?) \.\.\. (?P<outcome>ok|FAILED|ignored)\b")
_CARGO_SAID = re.compile(r"^---- (?P<name>.+?) stdout ----$")
_CARGO_BROKEN = re.compile(r"^error: could not compile `(?P<crate>[^`]+)` \((?P<what>[^)]*)\)")
_CARGO_TEST_FILE = re.compile(r'test "([^"]+)"')

_CANNOT_LOAD = re.compile(
    r"^error(?:\[E\d+\])?: could not compile|^(?:ImportError|ModuleNotFoundError|SyntaxError): "
    r"|Failed to import test module|^collected \d+ items? / \d+ error|^Error: Cannot find module|\[build failed\]",
    re.MULTILINE,
)


def read_jest(text: bytes, suite: str, place: str) -> tuple[Case, ...]:
    """The file that jest (and vitest) write with `--json --outputFile`. Raises ReportError."""
    try:
        return _limited(_jest_cases(json.loads(text), suite, place))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as problem:
        raise ReportError("not-json") from problem


def _jest_cases(report: dict[str, list[dict[str, object]]], suite: str, place: str) -> Iterator[Case]:
    for file in report["testResults"]:
        name = tidy_name(str(file["name"]), place)
        tests = file["assertionResults"]
        if not isinstance(tests, list):
            raise ReportError("not-json")
        if not tests and file["status"] == "failed":
            yield Case(Key(suite, name, "", name), Outcome.COLLECT, tidy_message(str(file.get("message", "")), place))
        for test in tests:
            said = "\n".join(map(str, test.get("failureMessages") or ()))
            key = Key(suite, name, "", tidy_name(str(test["fullName"]), place))
            yield Case(key, _JEST.get(str(test["status"]), Outcome.SKIP), tidy_message(said, place))


def read_go(text: bytes, suite: str, place: str) -> tuple[Case, ...]:
    """The lines of `go test -json`; what is no such line is passed over. Raises ReportError."""
    said: dict[tuple[str, str], str] = {}
    return _limited(_go_cases(text, said, suite, place))


def _go_cases(text: bytes, said: dict[tuple[str, str], str], suite: str, place: str) -> Iterator[Case]:
    for event in _go_events(text):
        package = str(event.get("Package") or event.get("ImportPath") or "").partition(" ")[0]
        test, action = str(event.get("Test") or ""), str(event.get("Action"))
        where = (package, test)
        if action in {"output", "build-output"}:
            said[where] = (said.get(where, "") + str(event.get("Output") or ""))[-MESSAGE_MOST:]
        elif action == "build-fail" or (action == "fail" and event.get("FailedBuild")):
            yield Case(Key(suite, package, "", package), Outcome.COLLECT, tidy_message(said.get(where, ""), place))
        elif test and action in _GO:
            key = Key(suite, package, "", tidy_name(test, place))
            yield Case(key, _GO[action], tidy_message(said.get(where, ""), place) if action == "fail" else "")


def _go_events(text: bytes) -> Iterator[dict[str, object]]:
    for line in text.decode(errors="replace").splitlines():
        if line.startswith("{"):
            try:
                event = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(event, dict):
                yield event


def read_cargo(text: bytes, suite: str, place: str) -> tuple[Case, ...]:
    """The lines that `cargo test` prints for people, of one call or of several. Raises ReportError."""
    plain = text.decode(errors="replace")
    said = _cargo_said(plain)
    return _limited(_cargo_cases(plain, said, suite, place))


def _cargo_cases(text: str, said: dict[str, str], suite: str, place: str) -> Iterator[Case]:
    file, error = "", ""
    for line in text.splitlines():
        if target := _CARGO_TARGET.match(line):
            file = target["file"] or f"doc-tests of {target['crate']}"
        elif line.startswith("error") and not _CARGO_BROKEN.match(line):
            error = error or line
        elif broken := _CARGO_BROKEN.match(line):
            key = Key(suite, _cargo_file(broken["what"]), "", f"{broken['crate']} ({broken['what']}) does not compile")
            yield Case(key, Outcome.COLLECT, tidy_message(error, place))
            error = ""
        elif found := _CARGO_TEST.match(line):
            outcome = _CARGO[found["outcome"]]
            message = said.get(found["name"], "") if outcome is Outcome.FAIL else ""
            yield Case(Key(suite, file, "", tidy_name(found["name"], place)), outcome, tidy_message(message, place))


def _cargo_file(what: str) -> str:
    """`test "a"` is tests/a.rs; a library that does not compile takes every test with it."""
    found = _CARGO_TEST_FILE.fullmatch(what)
    return f"tests/{found[1]}.rs" if found else "src/lib.rs" if what == "lib test" else ""


def _cargo_said(text: str) -> dict[str, str]:
    """What each failing test printed."""
    said: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        found = _CARGO_SAID.match(line)
        if found:
            name = found["name"]
        elif line.startswith(("failures:", "stack backtrace:", "note: run with", "test result:")):
            name = ""
        elif name and len(said.get(name, "")) < MESSAGE_MOST:
            said[name] = f"{said.get(name, '')}{line}\n"
    return said


def read_exit(exit_code: int, output: bytes, suite: str, place: str) -> tuple[Case, ...]:
    """One case for the whole run. Only the last of the output says how it failed, and whether it loaded."""
    key = Key(suite, "", "", "exit code")
    if exit_code == 0:
        return (Case(key, Outcome.PASS),)
    text = output.decode(errors="replace")
    outcome = Outcome.COLLECT if _CANNOT_LOAD.search(text) else Outcome.FAIL
    return (Case(key, outcome, tidy_message(decisive_first(text[-MESSAGE_MOST:]), place)),)


def _limited(cases: Iterator[Case]) -> tuple[Case, ...]:
    kept: list[Case] = []
    for case in cases:
        if len(kept) == MOST_CASES:
            raise ReportError("too-many")
        kept.append(case)
    return tuple(kept)
