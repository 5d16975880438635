"""JUnit XML as test runners really write it. The text comes from whoever wrote the tests: nothing in it is trusted.

Seen in the wild: pytest tells a file that does not load as an error "collection failure"; vitest as a case named
like its class; node:test as a case named by an absolute path, and a failing `todo` as skipped and failed at once;
jest-junit twice, under the class "Test suite failed to run"; unittest as a class `_FailedTest`.
"""

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse

from stanch.adapters.proof.texts import ReportError, decisive_first, tidy_message, tidy_name
from stanch.core.proof.outcomes import Case, Key, Outcome

MOST_CASES = 50_000
MOST_DEPTH = 50

_NOT_LOADED = "Test suite failed to run"
_FAILED_IMPORT = "_FailedTest"
_NODE_CLASS = "test"


def read_junit(text: bytes, suite: str, place: str) -> tuple[Case, ...]:
    """Every case of a report. `place` is the worktree's path. Raises ReportError."""
    try:
        return tuple(_cases(text, suite, place))
    except (ParseError, ValueError, LookupError) as problem:
        raise ReportError("not-xml") from problem


def _cases(text: bytes, suite: str, place: str) -> Iterator[Case]:
    names: list[str] = []
    count = 0
    for event, element in iterparse(io.BytesIO(text), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            names.append(element.get("name", "") if element.tag == "testsuite" else "")
            if len(names) > MOST_DEPTH:
                raise ReportError("too-deep")
            continue
        names.pop()
        if element.tag == "testcase":
            count += 1
            if count > MOST_CASES:
                raise ReportError("too-many")
            yield _case(element, [name for name in names if name], suite, place)
            element.clear()


def _case(element: Element, above: list[str], suite: str, place: str) -> Case:
    raw = element.get("name", "")
    classname = element.get("classname", "")
    outcome, message = _result(element)
    if outcome.is_red and _did_not_load(raw, classname, message, place):
        outcome = Outcome.COLLECT
    name = tidy_name(raw, place)
    if classname == _NODE_CLASS and outcome is not Outcome.COLLECT:
        # node:test says no class and no file: only the groups around a test tell two of one name apart.
        name = " > ".join([*(tidy_name(group, place) for group in above), name])
    key = Key(suite, tidy_name(element.get("file", ""), place), tidy_name(classname, place), name)
    return Case(key, outcome, tidy_message(message, place) if outcome is not Outcome.PASS else "")


def _result(element: Element) -> tuple[Outcome, str]:
    """A case that is skipped and failed at once was expected to fail: node's `todo`."""
    if element.find("skipped") is not None:
        return Outcome.SKIP, ""
    for tag, outcome in (("error", Outcome.ERROR), ("failure", Outcome.FAIL)):
        found = element.find(tag)
        if found is not None:
            return outcome, _said(found)
    return Outcome.PASS, ""


def _said(found: Element) -> str:
    """The message, or the text where there is none; pytest says with the message alone only that it is one."""
    message, text = found.get("message", ""), found.text or ""
    if not message.strip():
        return text
    if message == "collection failure":
        return f"{message}: {decisive_first(text)}"
    return decisive_first(text) if "Traceback (most recent call last)" in message else message


def _did_not_load(name: str, classname: str, message: str, place: str) -> bool:
    return (
        message.startswith("collection failure")
        or (bool(name) and name == classname)
        or (classname == _NODE_CLASS and bool(place) and name.startswith(place))
        or _NOT_LOADED in {classname.strip(), name.strip()}
        or _FAILED_IMPORT in classname.split(".")
    )
